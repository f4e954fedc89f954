"""Saved views: a question under a name, its owner's alone to change, open to others only where it is shared."""

from datetime import UTC, datetime

import pytest

from trigpoint.changes.accounts import open_account
from trigpoint.changes.saved_views import (
    NoSuchView,
    ViewRefused,
    delete_view,
    list_views,
    opened_view,
    rename_view,
    save_view,
    share_view,
)
from trigpoint.db.models import AuditEvent, SavedView

AT = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
QUERY = "level=ward&from=2025-11-01&to=2026-11-01&theme=cse&quality=A&quality=B"


@pytest.fixture
def people(home):
    open_account(user="chair", role="chair", agency=None, password=None, by="analyst", at=AT)


def saved(by="analyst", **more):
    return save_view(**({"name": "After school", "query": QUERY, "shared": False, "by": by, "at": AT} | more))


def names(by):
    return [one.name for one in list_views(by=by)]


def test_a_view_keeps_the_question_as_it_was_asked_and_nothing_more(people):
    view = opened_view(number=saved(query=f"?{QUERY}"), by="analyst")
    assert (view.name, view.query, view.mine, view.shared) == ("After school", QUERY, True, False)
    kept = {field.name for field in SavedView._meta.get_fields()}
    assert kept == {"id", "name", "owner", "query", "shared", "saved_at", "changed_at"}


def test_it_is_its_owners_alone_until_it_is_shared(people):
    number = saved()
    assert names("chair") == []
    with pytest.raises(NoSuchView):
        opened_view(number=number, by="chair")
    share_view(number=number, shared=True, by="analyst", at=AT)
    assert names("chair") == ["After school"]
    assert not opened_view(number=number, by="chair").mine
    share_view(number=number, shared=False, by="analyst", at=AT)
    assert names("chair") == []


@pytest.mark.parametrize(
    "change",
    [
        lambda number: rename_view(number=number, name="Mine now", by="chair", at=AT),
        lambda number: share_view(number=number, shared=False, by="chair", at=AT),
        lambda number: delete_view(number=number, by="chair", at=AT),
    ],
)
def test_nobody_changes_anothers_view_though_it_is_shared(people, change):
    number = saved(shared=True)
    before = list(SavedView.objects.values_list())
    with pytest.raises(NoSuchView):
        change(number)
    assert list(SavedView.objects.values_list()) == before


def test_each_change_is_one_event_of_the_audit(people):
    number = saved()
    rename_view(number=number, name="On the way home", by="analyst", at=AT)
    share_view(number=number, shared=True, by="analyst", at=AT)
    share_view(number=number, shared=False, by="analyst", at=AT)
    delete_view(number=number, by="analyst", at=AT)
    told = AuditEvent.objects.filter(subject=f"view {number}").order_by("pk")
    assert list(told.values_list("event", flat=True)) == [
        "view_saved",
        "view_renamed",
        "view_shared",
        "view_kept_private",
        "view_deleted",
    ]
    assert names("analyst") == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "n" * 81},
        {"name": "Where Liam Carter goes"},
        {"name": "calls from 07700 900123"},
        {"query": "<b>=1"},
        {"query": "a=" + "b" * 2001},
    ],
)
def test_what_is_no_view_is_refused_in_words_and_nothing_is_kept(people, wrong):
    with pytest.raises(ViewRefused):
        saved(**wrong)
    assert not SavedView.objects.exists()


def test_a_view_is_not_renamed_after_somebody(people):
    number = saved()
    with pytest.raises(ViewRefused, match="never somebody"):
        rename_view(number=number, name="Where Liam Carter goes", by="analyst", at=AT)
    assert names("analyst") == ["After school"]
