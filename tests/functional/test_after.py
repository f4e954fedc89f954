"""After a meeting, after a year, what a feed added: by the test client, on the small county."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories.read_pdf import read_pdf
from trigpoint.changes.accounts import open_account
from trigpoint.changes.actions import decide, list_actions
from trigpoint.changes.freezing import freeze_meeting
from trigpoint.changes.meeting_questions import asked_at, raise_question
from trigpoint.changes.meetings import close_meeting, hold_meeting, plan_meeting
from trigpoint.changes.minutes import write_minute
from trigpoint.changes.named_places import open_place
from trigpoint.changes.restating import restate
from trigpoint.core.workflow.action import NO_ACTION
from trigpoint.db.models import AuditEvent, Delivery, Meeting, Place, User

BECAUSE = "The work agreed last month has not had its time yet."
MINUTED = "The park staff have begun their rounds."


@pytest.fixture
def closed(county, client, at):
    """A meeting that was frozen, decided two things at a place and one of none, left a question open, and is closed."""
    day = at.date()
    number = plan_meeting(quadrant="", held_on=day - timedelta(days=70), by="analyst", at=at)
    plan_meeting(quadrant="", held_on=day + timedelta(days=7), by="analyst", at=at)
    freeze_meeting(number=number, version=1, by="analyst", at=at, may_wait=True)
    units = client.get("/api/picture?level=cell:9").json()["units"]
    busiest = units["code"][max(range(len(units["code"])), key=lambda one: units["count"][one])]
    spot = open_place(
        name="Behind the market",
        level="cell:9",
        units=[busiest],
        owner="police",
        origin="",
        by="analyst",
        at=at,
    )
    common = {"expected_change": "", "how_seen": "", "meeting": number, "by": "analyst", "at": at}
    decide(kind="patrol", agency="police", what="", due_on=day, place=spot, **common)
    decide(kind=NO_ACTION, agency="", what="", due_on=None, because=BECAUSE, place=spot, **common)
    decide(kind="problem_profile", agency="police", what="", due_on=day + timedelta(days=9), **common)
    raise_question(text="Who opens the gate in the evening?", meeting=number, by="analyst", at=at)
    item = Meeting.objects.get(pk=number).agenda.get(item="hot").pk
    write_minute(meeting=number, item=item, text=MINUTED, place=spot, by="analyst", at=at)
    hold_meeting(number=number, version=2, by="analyst", at=at)
    close_meeting(number=number, version=3, by="analyst", at=at)
    return Meeting.objects.get(pk=number)


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content[:500]
    return answer.content.decode()


def words_of(page: str) -> str:
    inside = page.partition("<article>")[2].partition("</article>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inside))


def test_after_a_meeting_each_place_says_what_was_known_decided_done_and_what_happened(closed, client):
    page = words_of(read(client, f"/meetings/{closed.pk}/after/"))
    for told in (
        "What we knew", "What we decided", "What was done", "What happened", BECAUSE, MINUTED, "Behind the market",
        "Visible patrols", "No evaluation with comparable places was opened", "Decided of no single place",
        "Who opens the gate in the evening?", "left open at 1 meeting",
    ):  # fmt: skip
        assert told in page, told
    assert not re.search(r"\banalyst\b", page)
    assert f"/meetings/{closed.pk}/after/" in read(client, f"/meetings/{closed.pk}/")
    assert f"/meetings/{closed.pk}/after/" in read(client, f"/places/{Place.objects.get().pk}/")
    assert page == words_of(read(client, f"/meetings/{closed.pk}/after/"))
    coming = Meeting.objects.exclude(pk=closed.pk).get()
    assert "is not closed" in read(client, f"/meetings/{coming.pk}/after/")
    assert [one.text for one in asked_at(meeting=closed.pk, by="analyst")] == [
        one.text for one in asked_at(meeting=coming.pk, by="analyst")
    ]


def test_what_was_restated_says_so_with_what_was_known(closed, client, at):
    resting = list(Delivery.objects.values_list("pk", flat=True))
    restate(deliveries=resting, because="a row was erased", by="analyst", at=at)
    assert "Restated on" in words_of(read(client, f"/meetings/{closed.pk}/after/"))


def test_the_years_totals_are_those_of_the_list_of_actions_and_it_names_no_place(closed, client, at):
    page = words_of(read(client, "/year/"))
    actions = list_actions(by="analyst")
    work = [one for one in actions if one.kind != NO_ACTION]
    assert f"{len(work)} actions were decided" in page
    assert "1 meeting was held and 1 place taken up" in page
    cells = re.findall(r'class="all"><th[^>]*>All</th>(.*?)</tr>', read(client, "/year/"))
    sums = [int(re.findall(r">(\d+)</td>", row)[-1]) for row in cells]
    assert len(actions) in sums
    assert "Behind the market" not in page
    assert "Who opens the gate" not in page
    made = read_pdf(client.get("/year/year.pdf").content)
    assert made.language == "en-GB"
    assert "<pdfuaid:part>1</pdfuaid:part>" in made.metadata
    assert {"H1", "H2", "Table", "TH", "TD"} <= made.tags
    assert f"{len(work)} actions were decided" in made.text
    assert "Behind the market" not in made.text
    assert AuditEvent.objects.filter(event="exported", subject="year").count() == 1
    assert client.get("/year/?year=1066").status_code == 400
    assert "0 meetings were held" in words_of(read(client, f"/year/?year={at.year - 1}"))


def test_what_a_feed_added_is_for_its_own_people_and_those_who_look_after_every_feed(closed, client, at):
    page = words_of(read(client, "/added/?agency=police"))
    assert "Agencies are not compared here." in page
    assert client.get("/added/?agency=nobody").status_code == 400
    assert client.get(f"/added/?agency=police&since={closed.pk}").status_code == 200
    assert client.get("/added/?agency=police&since=99").status_code == 400
    file = client.get("/added/added.csv?agency=police")
    assert file["Content-Type"].startswith("text/csv")
    assert file.content.decode("utf-8-sig").startswith("part,what,says\r\n")
    for name, role, agency in (("mo", "member", "police"), ("gov", "governance", None)):
        open_account(user=name, role=role, agency=agency, password=None, by="analyst", at=at)
    member, governance = Client(), Client()
    member.force_login(User.objects.get(username="mo"))
    governance.force_login(User.objects.get(username="gov"))
    assert "What Police added" in words_of(read(member, "/added/"))
    assert member.get("/added/?agency=education").status_code == 403
    assert member.get("/added/added.csv?agency=education").status_code == 403
    told = words_of(read(governance, "/added/?agency=education"))
    assert "Which places these records tell of is not told to you." in told
    assert "Behind the market" not in read(governance, "/year/")
    assert governance.get(f"/meetings/{closed.pk}/after/").status_code == 403


def test_the_front_line_reads_none_of_it(closed, at):
    open_account(user="fro", role="frontline", agency="police", password=None, by="analyst", at=at)
    front = Client()
    front.force_login(User.objects.get(username="fro"))
    for path in ("/year/", "/year/year.pdf", "/added/", "/added/added.csv", f"/meetings/{closed.pk}/after/"):
        assert front.get(path).status_code == 403, path
    assert not AuditEvent.objects.filter(event="exported").exists()
