"""The pages of meetings, by the test client: a meeting planned, frozen, minuted, held, closed, shown again."""

import re

import pytest
from django.template import Context, Template
from django.test import Client

from trigpoint.changes.accounts import open_account
from trigpoint.changes.freezing import freeze_meeting
from trigpoint.changes.looking import Looked, looked_at, note_opened
from trigpoint.changes.meetings import list_meetings
from trigpoint.changes.restating import restate
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import AgendaItem, Attendance, AuditEvent, KeptAnswer, Meeting, Minute, User
from trigpoint.gate.ask import ask
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import rows
from trigpoint.web.meeting.kept_maps import draw_kept


@pytest.fixture
def planned(county, client):
    answer = client.post("/meetings/plan/", {"quadrant": "", "held_on": "2026-11-25"})
    assert answer.status_code == 302
    return Meeting.objects.get()


@pytest.fixture
def frozen(planned, at):
    freeze_meeting(number=planned.pk, version=1, by="analyst", at=at, may_wait=True)
    planned.refresh_from_db()
    return planned


def page_of(client, meeting, more=""):
    answer = client.get(f"/meetings/{meeting.pk}/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_meeting_from_its_planning_to_its_minutes(frozen, client):
    page = page_of(client, frozen)
    assert "Frozen" in page
    assert page.count('class="agenda-line') == 9
    item = frozen.agenda.get(item="hot")
    kept = KeptAnswer.objects.get(name="hot-now")
    assert (kept.kind, bool(kept.rests_on)) == ("hotspots", True)
    said = {"item": item.pk, "version": 0, "text": "Station Parade first: youth service and transport speak."}
    assert client.post(f"/meetings/{frozen.pk}/minutes/take/", said).status_code == 302
    assert said["text"] in page_of(client, frozen, f"?item={item.pk}")
    assert (
        client.post(f"/meetings/{frozen.pk}/move/", {"to": "hold", "version": 2, "sure": "yes"}).status_code
        == 302
    )
    shut = {"to": "close", "version": 3}
    client.post(f"/meetings/{frozen.pk}/move/", shut)
    assert list_meetings(by="analyst")[0].state == "held", "closing asks for the box first"
    client.post(f"/meetings/{frozen.pk}/move/", shut | {"sure": "yes"})
    kept_bytes = list(KeptAnswer.objects.values_list("name", "digest"))
    client.post(f"/meetings/{frozen.pk}/move/", {"to": "reopen", "version": 4, "because": ""})
    assert list_meetings(by="analyst")[0].state == "closed", "opening again says why"
    client.post(
        f"/meetings/{frozen.pk}/move/", {"to": "reopen", "version": 4, "because": "A minute was missed."}
    )
    assert list_meetings(by="analyst")[0].state == "held"
    assert AuditEvent.objects.get(event="meeting.reopened").detail == {"because": "A minute was missed."}
    client.post(f"/meetings/{frozen.pk}/move/", {"to": "close", "version": 5, "sure": "yes"})
    assert list(KeptAnswer.objects.values_list("name", "digest")) == kept_bytes
    document = page_of(client, frozen, "minutes/")
    assert said["text"] in document
    assert "Draft" not in document
    assert not re.search(r"\banalyst\b", document.partition("<article>")[2].partition("</article>")[0])
    assert [one.state for one in list_meetings(by="analyst")] == ["closed"]
    assert "Held and closed" in client.get("/meetings/").content.decode()


def test_today_beside_what_was_kept_says_the_same_while_nothing_changed(frozen, client):
    page = page_of(client, frozen, "replay/?today=yes")
    assert page.count("Today says the same") >= 3
    assert "Nothing that we know of has changed" not in page


def test_what_was_restated_says_so_beside_what_was_kept(frozen, client, at):
    (number,) = KeptAnswer.objects.get(name="hot-now").rests_on[-1:]
    restate(deliveries=[number], because="rows were erased: a request was granted", by="analyst", at=at)
    for page in (page_of(client, frozen), page_of(client, frozen, "replay/")):
        assert "because rows were erased: a request was granted." in page
    assert KeptAnswer.objects.get(name="hot-now").digest in page_of(client, frozen, "replay/")


def test_agenda_and_seats_are_changed_by_plain_forms(planned, client):
    first = planned.agenda.first()
    post = f"/meetings/{planned.pk}/agenda/"
    placed = client.post(post, {"do": "add", "title": "The bus survey", "minutes": "3", "place": "2"})
    assert placed["Location"].endswith("?agenda=new"), "the panel stays open where one adds"
    assert planned.agenda.all()[1].title == "The bus survey"
    survey = planned.agenda.all()[1]
    moved = {
        "do": "retitle",
        "item": survey.pk,
        "title": survey.title,
        "minutes": "3",
        "place": "4",
        "version": 1,
    }
    client.post(post, moved)
    assert [one.pk for one in planned.agenda.all()].index(survey.pk) == 3
    assert re.search(
        r"<details[^>]* open><summary>Change the agenda", page_of(client, planned, "?agenda=new")
    )
    client.post(post, {"do": "drop", "item": survey.pk, "version": 2})
    client.post(post, {"do": "add", "title": "The winter plan", "minutes": "7"})
    last = planned.agenda.last()
    assert (last.title, last.minutes, last.item) == ("The winter plan", 7, "other")
    client.post(post, {"do": "up", "item": last.pk})
    assert [one.pk for one in planned.agenda.all()][-2] == last.pk
    client.post(post, {"do": "retitle", "item": last.pk, "title": "Winter", "minutes": "9", "version": 1})
    client.post(post, {"do": "drop", "item": first.pk, "version": 1})
    last.refresh_from_db()
    assert (last.title, last.minutes) == ("Winter", 9)
    assert not AgendaItem.objects.filter(pk=first.pk).exists()
    seat = Attendance.objects.filter(meeting=planned).first()
    told = {"agency": f"{seat.agency}:1", "present": "yes", "conflict": "Runs the centre next door"}
    client.post(f"/meetings/{planned.pk}/seat/", told)
    page = page_of(client, planned)
    assert "Interest declared: Runs the centre next door" in page
    client.post(f"/meetings/{planned.pk}/step/", {"step": "pack", "done": "yes", "version": 1})
    planned.refresh_from_db()
    assert set(planned.steps_done) == {"pack"}


def test_the_table_is_saved_by_one_press_and_nobody_is_absent_until_somebody_says(planned, client):
    one, two, three, *_ = list_meetings(by="analyst")[0].attendance
    post = f"/meetings/{planned.pk}/seats/"
    version = list_meetings(by="analyst")[0].seats_version
    shown = {f"was {seat.agency}": "nobody has said yet" for seat in (one, two, three)}
    first = {**shown, "version": version, one.label: "present", two.label: "absent"}
    assert client.post(post, first).status_code == 302
    assert [seat.present for seat in list_meetings(by="analyst")[0].attendance[:3]] == [True, False, None]
    minutes = page_of(client, planned, "minutes/")
    assert f"<b>Absent:</b> {two.name}." in minutes
    assert three.name in minutes.partition("Nobody has said of:")[2].partition("</p>")[0]
    meanwhile = {**shown, "version": version, three.label: "present"}
    assert client.post(post, meanwhile).status_code == 302, (
        "another seat than the first writer's is no conflict"
    )
    both = client.post(post, {**shown, "version": version, two.label: "present"})
    assert both.status_code == 409
    page = both.content.decode()
    again = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page.partition("<tbody>")[2]))
    assert client.post(post, again).status_code == 302
    assert [seat.present for seat in list_meetings(by="analyst")[0].attendance[:3]] == [True, True, True]
    assert AuditEvent.objects.filter(event="meeting.seats").count() == 3


def test_before_the_freeze_what_would_be_kept_is_shown_as_live(planned, client):
    item = planned.agenda.get(item="hot").pk
    page = page_of(client, planned, f"?item={item}")
    assert "what would be frozen now, and not kept" in page
    assert "what would be frozen now" not in page_of(client, planned, "minutes/")
    assert not KeptAnswer.objects.exists()


def test_a_place_that_the_list_had_stands_struck_where_what_was_kept_is_shown(frozen, client, at):
    line = KeptAnswer.objects.get(name="hot-now")
    line.restated_at, line.restated_because = at, "rows were erased"
    line.listed = [
        {"letter": "Q", "name": "Pier Street", "ward": "Harbour", "district": "Eastmere", "level": "street",
         "units": ["gone"]}
    ]  # fmt: skip
    line.save()
    item = frozen.agenda.get(item="hot").pk
    for more in (f"?item={item}", "minutes/", "replay/", "replay/?today=yes"):
        page = page_of(client, frozen, more)
        assert "<s>Pier Street</s>" in page, more
        assert "was Q at the freeze" in page
        assert "because rows were erased." in page.partition("<s>Pier Street</s>")[2]


def test_an_agency_has_looked_when_it_opened_a_place_or_answered(frozen, client, at):
    open_account(user="pc", role="member", agency="police", password=None, by="analyst", at=at)
    since = AuditEvent.objects.order_by("at").first().at
    asked = {"units": {"s1", "s2"}, "meeting": frozen.pk, "since": since, "by": "analyst"}
    assert looked_at(**asked) == Looked(frozenset(), frozenset())
    note_opened(level="street", units=["s2", "s9"], by="pc", at=at)
    note_opened(level="street", units=["s3"], by="pc", at=at)
    assert looked_at(**asked) == Looked(frozenset({"police"}), frozenset())
    assert looked_at(**{**asked, "units": {"s4"}}).opened == frozenset()


def test_whoever_saves_second_sees_both_texts(frozen, client, at):
    open_account(user="chair", role="chair", agency="social_care", password=None, by="analyst", at=at)
    other = Client()
    other.force_login(User.objects.get(username="chair"))
    item, post = frozen.agenda.get(item="hot").pk, f"/meetings/{frozen.pk}/minutes/take/"
    assert client.post(post, {"item": item, "version": 0, "text": "The first text."}).status_code == 302
    second = other.post(post, {"item": item, "version": 0, "text": "The second text."})
    assert second.status_code == 409
    page = second.content.decode()
    assert "The first text." in page
    assert "The second text." in page
    assert Minute.objects.get().text == "The first text."
    again = dict(re.findall(r'name="(item|version|text)" value="([^"]*)"', page))
    assert other.post(post, again).status_code == 302
    assert Minute.objects.get().text == "The second text."
    program = client.post(
        post, {"item": item, "version": 1, "text": "x"}, headers={"accept": "application/json"}
    )
    assert program.status_code == 409


def test_a_refused_text_is_given_back(frozen, client):
    item = frozen.agenda.first().pk
    text = "Ring 07700 900123 about it"
    answer = client.post(f"/meetings/{frozen.pk}/minutes/take/", {"item": item, "version": 0, "text": text})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert not Minute.objects.exists()


def test_what_is_still_worked_out_is_begun_and_nothing_is_frozen(planned, client):
    answer = client.post(f"/meetings/{planned.pk}/move/", {"to": "freeze", "version": 1}, follow=True)
    planned.refresh_from_db()
    assert planned.state == "planned"
    assert "Nothing was frozen" in answer.content.decode()
    assert not KeptAnswer.objects.exists()


def test_members_read_and_only_the_chair_and_the_analyst_change(frozen, client, at):
    open_account(user="mo", role="member", agency="police", password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="mo"))
    page = page_of(client, frozen)
    assert "Change the agenda" not in page
    assert page_of(client, frozen, "minutes/")
    assert page_of(client, frozen, "replay/?today=yes")
    assert client.post(f"/meetings/{frozen.pk}/move/", {"to": "hold", "version": 2}).status_code == 403
    open_account(user="fro", role="frontline", agency=None, password=None, by="analyst", at=at)
    client.force_login(User.objects.get(username="fro"))
    for path in ("", f"{frozen.pk}/", f"{frozen.pk}/minutes/", f"{frozen.pk}/replay/"):
        assert client.get(f"/meetings/{path}").status_code == 403


def test_the_maps_of_a_freeze_are_drawn_of_the_places_alone_and_say_what_they_show(county, at):
    viewer = Viewer("analyst", "", "analyst", "meeting")
    words = {
        "level": "cell:9",
        "background": "even",
        "from": "2024-01-01",
        "to": "2026-10-31",
        "geometry": "yes",
    }
    tested = ask(viewer, question_from_words("hotspots", words), at)
    districts = ask(viewer, question_from_words("shapes", {"level": "district"}), at)
    told = [one for one in rows(tested.parts["hotspots"]) if one["verdict"] != "few"][:6]
    assert told, "no place of this county passes the even test"
    maps = draw_kept(tested, districts, "")
    assert [one.letter for one in maps] == ["", *(one["letter"] for one in told)]
    assert all(one.svg.startswith("<svg ") and one.svg.endswith("</svg>") for one in maps)
    assert all(one["name"] in each.alt for one, each in zip(told, maps[1:], strict=True))
    page = Template("{% load kept %}{% kept_picture one %}").render(Context({"one": maps[1]}))
    assert page.startswith('<div class="kept-picture" role="img" aria-label="Map of ')
    assert "<svg " in page
