"""A release whose cells held rows that are gone: withdrawn at once, made again, and put to those who approve."""

import pytest

from tests.functional.test_releases import FIRST, built, issued, partnership, pressed, signed_in
from trigpoint.changes.accounts import open_account
from trigpoint.changes.erasure import erase_rows
from trigpoint.changes.release_restating import restate_releases
from trigpoint.changes.restating_runs import left_to_restate, restate_in_background, resume_restating
from trigpoint.core.workflow.release import ReleaseState
from trigpoint.db.models import AuditEvent, Delivery, Release, User
from trigpoint.store.connection import let_go_of_others

__all__ = ["partnership"]

WHY = "asked for by the records officer"


@pytest.fixture
def holding(partnership, at):
    """Somebody who may erase, and the number of a delivery whose rows lie in the quarter released."""
    open_account(user="gov", role="governance", agency=None, password=None, by="analyst", at=at)
    yield int(
        Delivery.objects.filter(definition="police_uk_street", covers_from__gte=FIRST).order_by("pk")[0].pk
    )
    let_go_of_others(None)


def rows_of(delivery: int) -> list[int]:
    from trigpoint.db.home import current_home
    from trigpoint.upkeep.erasure import every_row

    return list(every_row(delivery, current_home()))[:3]


def test_it_is_withdrawn_at_once_and_made_again_for_two_agencies(holding):
    number, draft = issued(), built()
    cells = list(Release.objects.get(pk=number).cells.values_list("area", "theme", "told"))
    told = {
        "delivery": holding,
        "rows": ",".join(map(str, rows_of(holding))),
        "reason": WHY,
        "what": "rows",
        "sure": "on",
    }
    answer = signed_in("gov").post("/erasure/erase/", told, follow=True)
    assert answer.redirect_chain[-1][0] == "/erasure/restating/"
    assert answer["Refresh"] == "2"
    old = Release.objects.get(pk=number)
    assert (old.state, old.restating, old.page, old.document) == ("withdrawn", "due", None, None)
    assert Release.objects.get(pk=draft).state == "withdrawn"
    assert list(old.cells.values_list("area", "theme", "told")) == cells, "kept for the joint proof"
    assert signed_in("teacher").get(f"/shared/{number}/html/").status_code == 404
    page = signed_in("teacher").get("/shared/").content.decode()
    assert "Withdrawn: being restated" in page
    assert WHY not in page
    assert "Withdrawn: being restated" in signed_in("chair").get(f"/releases/{number}/").content.decode()
    assert resume_restating()
    assert restate_in_background.func() == 1
    assert left_to_restate() is None
    assert not resume_restating()
    assert "It is done" in signed_in("gov").get("/erasure/restating/").content.decode()
    new = Release.objects.get(restates=number)
    assert (new.state, new.audience, new.first_on, new.author) == (
        "proposed",
        old.audience,
        old.first_on,
        "analyst",
    )
    assert new.expires_on <= old.expires_on
    assert "stands in the place of" in signed_in("officer").get(f"/releases/{new.pk}/").content.decode()
    assert "Withdrawn: being restated" in signed_in("teacher").get("/shared/").content.decode()
    for name, what in (("officer", "approve"), ("chair", "approve"), ("analyst", "issue")):
        pressed(name, new.pk, what)
    page = signed_in("teacher").get("/shared/").content.decode()
    assert f"/shared/{new.pk}/html/" in page
    assert "being restated" not in page
    assert AuditEvent.objects.filter(event="release.withdrawn", subject=f"release {number}").count() == 1


def test_one_that_cannot_be_made_again_stays_withdrawn_and_says_why(holding, at):
    number = issued()
    User.objects.filter(username="analyst").update(role="member")
    erase_rows(delivery=holding, rows=rows_of(holding), reason=WHY, by="gov", at=at)
    old = Release.objects.get(pk=number)
    assert (old.state, old.restating) == (ReleaseState.WITHDRAWN, "cannot")
    assert "cannot be made again" in old.ended_because
    assert restate_releases(at=at) == 0
    page = signed_in("teacher").get("/shared/").content.decode()
    assert "Withdrawn</span>" in page
    assert "being restated" not in page


def test_a_release_of_another_time_or_another_feed_stays(holding, at):
    number = issued()
    row = Release.objects.get(pk=number)
    recipe, earlier = row.recipe, row.first_on.replace(year=row.first_on.year - 1)
    rows = rows_of(holding)
    Release.objects.filter(pk=number).update(first_on=earlier, end_on=earlier.replace(month=4))
    erase_rows(delivery=holding, rows=rows[:1], reason=WHY, by="gov", at=at)
    Release.objects.filter(pk=number).update(
        first_on=row.first_on, end_on=row.end_on, recipe=recipe | {"feeds": []}
    )
    erase_rows(delivery=holding, rows=rows[1:2], reason=WHY, by="gov", at=at)
    assert Release.objects.get(pk=number).state == "issued"
