"""The audit's page: for information governance alone, by day, kind, agency and role; never what a record told."""

from datetime import UTC, datetime, timedelta

import pytest

from trigpoint.changes.accounts import open_account
from trigpoint.changes.audit_told import GROUPS, read_audit
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.audit import record_event
from trigpoint.db.models import Agency, AuditEvent, User

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = NOW.date()
SECRET = "7 Thornastow Road"


@pytest.fixture
def gov(home, at):
    Agency.objects.get_or_create(code="police", defaults={"name": "Police", "position": 1})
    open_account(user="gov", role="governance", agency="police", password=None, by="analyst", at=at)
    question = {"kind": "counts", "question": {"level": "street", "within": ["S1", "S2"], "text": SECRET}}
    told = {"user": "mo", "agency": "police", "role": "member", "purpose": "safeguarding"}
    for hours in range(40):
        record_event(
            event="question",
            at=NOW - timedelta(minutes=hours),
            detail=question,
            subject="counts street",
            **told,
        )
    record_event(event="question", at=NOW - timedelta(days=3), detail=question, **told)
    record_event(event="question", at=NOW, allowed=False, clause="police v1 clause 4.2", detail=question,
                 user="yas", agency="youth", role="frontline")  # fmt: skip
    record_event(event="sense_check.made", at=NOW, subject="sense-check 3", detail={"unit": SECRET}, **told)
    record_event(event="exported", at=NOW, subject=SECRET, **told)
    return "gov"


def read(**words):
    return read_audit(**({"first": DAY, "last": DAY, "by": "gov", "at": NOW - timedelta(days=9)} | words))


def test_what_is_looked_for_is_found_and_every_line_is_of_one_kind(gov):
    assert read().whole == 43
    assert read(group="questions").whole == 41
    assert read(group="refused").lines[0].clause == "police v1 clause 4.2"
    assert [one.event for one in read(group="changes").lines] == ["sense_check.made"]
    assert (read(agency="police").whole, read(role="frontline").whole, read(agency="nobody").whole) == (
        42,
        1,
        0,
    )
    assert read(first=DAY - timedelta(days=3)).whole == 44
    kinds = [name for name in GROUPS if name != "refused"]
    assert sum(read(group=name).whole for name in kinds) == read().whole
    whole = read(page=99)
    assert (whole.page, whole.pages) == (1, 1)


def test_who_asked_more_than_usual_is_said_and_each_agency_and_role_is_counted(gov):
    found = read()
    assert [(one.user, one.questions, one.usual) for one in found.unusual] == [("mo", 40, 1.0)]
    (police, _) = found.by_role
    assert (police["agency"], police["questions"], police["files"], police["people"]) == ("police", 40, 1, 1)


def test_it_is_read_by_governance_alone_and_reading_is_a_line(gov):
    with pytest.raises(ChangeDenied):
        read(by="analyst")
    before = AuditEvent.objects.filter(event="audit_read").count()
    read(group="files")
    assert AuditEvent.objects.filter(event="audit_read").count() == before + 1
    assert AuditEvent.objects.filter(event="audit_read").last().detail["group"] == "files"


def test_the_page_tells_who_and_for_what_and_nothing_that_was_written_or_answered(gov, client):
    client.force_login(User.objects.get(username="gov"))
    page = client.get(f"/audit/?from={DAY}&to={DAY}")
    words = page.content.decode()
    assert page.status_code == 200
    assert SECRET not in words
    assert "S1" not in words
    for told in ("Asked for how many records, by street", "2 streets or hexagons", "20 November 2026", "Safeguarding",
                 "mo asked 40 questions", "A sense-check was made (sense-check 3)"):  # fmt: skip
        assert told in words
    assert client.get("/audit/?from=nonsense&to=&page=x").status_code == 200
    client.force_login(User.objects.get(username="analyst"))
    assert client.get("/audit/").status_code == 403
