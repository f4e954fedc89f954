"""Questions carried on, evaluations opened with the action, reminders that name nothing finer than a ward, and the pages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core import mail

from tests.functional.test_decisions import AT, cells, decided, events, opened
from trigpoint.changes.accounts import open_account
from trigpoint.changes.action_plans import open_action_plan, plans_of_actions
from trigpoint.changes.actions import ActionRefused, list_actions, move_action, take_back
from trigpoint.changes.editing import ChangedMeanwhile
from trigpoint.changes.meeting_questions import (
    QuestionRefused,
    adopt_question,
    answer_question,
    carry_open,
    drop_question,
    list_questions,
    raise_question,
    reopen_question,
)
from trigpoint.changes.reminders import remind
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.models import Action, AuditEvent, Meeting, User

PAGES = ("/places/", "/places/new/", "/actions/", "/actions/new/", "/questions/", "/enforcement/")


@pytest.fixture
def table(county):
    open_account(user="officer", role="member", agency="police", password=None, by="analyst", at=AT)
    open_account(user="frontline", role="frontline", agency=None, password=None, by="analyst", at=AT)
    return county


def sitting(day):
    return int(Meeting.objects.create(held_on=day, planned_by="analyst", planned_at=AT).pk)


def test_a_question_left_open_comes_back_and_an_answered_one_does_not(table):
    first, second = sitting(date(2026, 11, 4)), sitting(date(2026, 12, 2))
    left = raise_question(text="Who runs the car park?", meeting=first, by="officer", at=AT)
    answered = raise_question(text="Is it the holidays?", meeting=first, by="officer", at=AT)
    answer_question(number=answered, answer="No: it began in May.", version=1, by="officer", at=AT)
    before = events()
    assert carry_open(meeting_from=first, meeting_to=second, by="analyst", at=AT) == 1
    assert events() == before + 1
    assert carry_open(meeting_from=first, meeting_to=second, by="analyst", at=AT) == 0
    assert [(one.number, one.carried) for one in list_questions(by="officer", meeting=second)] == [(left, 1)]
    assert [one.number for one in list_questions(by="officer", meeting=first)] == [answered]


def test_a_closed_meeting_is_asked_nothing_more(table):
    over = sitting(date(2026, 11, 4))
    Meeting.objects.filter(pk=over).update(state=Meeting.State.CLOSED)
    before = events()
    with pytest.raises(QuestionRefused, match="closed"):
        raise_question(text="Who runs the car park?", meeting=over, by="officer", at=AT)
    assert events() == before
    assert not list_questions(by="officer")


def test_every_change_of_a_question_is_one_event_and_the_second_writer_sees_both(table, client):
    before = events()
    number = raise_question(text="Who runs the car park?", by="officer", at=AT)
    answer_question(number=number, answer="The district.", version=1, by="officer", at=AT)
    answer_question(number=number, answer="The railway.", version=2, by="officer", at=AT)
    reopen_question(number=number, version=3, by="analyst", at=AT)
    drop_question(number=number, version=4, by="analyst", at=AT)
    assert events() == before + 5
    with pytest.raises(ChangedMeanwhile) as late:
        answer_question(number=number, answer="Nobody.", version=2, by="officer", at=AT)
    assert late.value.now["answer"] == "The railway."
    said = AuditEvent.objects.filter(event="question_answered").order_by("pk").last()
    assert said is not None
    assert said.detail == {"before": "The district.", "after": "The railway."}


def test_one_question_of_the_analysis_is_put_once(table):
    put = {
        "rule": "silent",
        "key": "k1",
        "text": "Who asks?",
        "evidence": "coverage?",
        "by": "analyst",
        "at": AT,
    }
    assert adopt_question(**put) == adopt_question(**put)
    with pytest.raises(ChangeDenied):
        adopt_question(**put | {"by": "officer", "key": "k2"})


def test_nobody_is_named_in_a_question(table):
    with pytest.raises(TextRefused):
        raise_question(text="Ask about 07700 900123?", by="officer", at=AT)


def test_a_question_becomes_an_action_and_says_so(table, client):
    number = raise_question(text="Who runs the car park?", by="officer", at=AT)
    decided(None, question=number, kind="intelligence")
    assert list_questions(by="analyst")[0].state == "actioned"


def test_a_slip_is_taken_back_with_why_and_both_moves_stay(table):
    number = decided(None, kind="intelligence", agency="police")
    for version, to in enumerate(("started", "evidence_due"), start=1):
        move_action(number=number, to=to, note="", version=version, by="officer", at=AT)
    before = events()
    with pytest.raises(TextRefused):
        take_back(number=number, note="", version=3, by="officer", at=AT)
    take_back(number=number, note="The wrong line.", version=3, by="officer", at=AT)
    assert events() == before + 1
    told = list_actions(by="officer")[0]
    assert (told.state, told.back_to, told.started_on) == ("started", "Agreed", AT.date())
    assert (told.steps[-1].to, told.steps[-1].note, told.steps[-1].back) == (
        "Started",
        "The wrong line.",
        True,
    )
    take_back(number=number, note="Not begun.", version=4, by="officer", at=AT)
    told = list_actions(by="officer")[0]
    assert (told.state, told.back_to, told.started_on) == ("agreed", "", None)
    with pytest.raises(ChangeDenied):
        take_back(number=number, note="Not agreed.", version=5, by="officer", at=AT)


def test_the_evaluation_is_opened_with_the_action_and_only_where_it_can_be_judged(table, client):
    spot = opened(client)
    judged, watched = decided(spot, kind="environment"), decided(spot, kind="place_watch")
    start = AT.date() + timedelta(days=14)
    plan = open_action_plan(number=judged, start=start, months=3, version=1, by="analyst", at=AT)
    told = plans_of_actions(by="officer")
    assert [(one.plan, one.action, one.state, one.start) for one in told] == [(plan, judged, "draft", start)]
    with pytest.raises(ActionRefused):
        open_action_plan(number=judged, start=start, version=2, by="analyst", at=AT)
    with pytest.raises(ActionRefused):
        open_action_plan(number=watched, start=start, version=1, by="analyst", at=AT)
    with pytest.raises(ChangeDenied):
        open_action_plan(number=watched, start=start, version=1, by="officer", at=AT)
    page = client.get(f"/actions/{judged}/").content.decode()
    assert f"Plan {plan}:" in page
    assert "Will we see whether it works?" not in client.get(f"/actions/{watched}/").content.decode()


def test_a_reminder_names_kind_ward_and_day_once_a_week_and_nothing_typed(table, client, settings):
    settings.HOME = replace(
        settings.HOME, agency_emails={"police": "duty@police.example", "education": "a@b.example"}
    )
    spot = opened(client, name="Behind the Crown")
    number = decided(spot, kind="licensing_visit", what="visit the Crown twice", due_on=AT.date())
    decided(spot, due_on=AT.date() + timedelta(days=60))
    on = AT.date() + timedelta(days=1)
    before = events()
    assert [(one.agency, one.actions) for one in remind(on=on, by="analyst", at=AT)] == [("police", 1)]
    assert events() == before + 1
    assert remind(on=on + timedelta(days=6), by="analyst", at=AT) == ()
    [sent] = mail.outbox
    assert sent.to == ["duty@police.example"]
    assert f"Action {number}: Licensing visit" in sent.body
    assert "was due on 2 November 2026" in sent.body
    assert "Crown" not in sent.body + sent.subject
    assert not any(code in sent.body for code in cells(client))
    move_action(number=number, to="stopped", note="The shop has shut.", version=1, by="officer", at=AT)
    assert remind(on=on + timedelta(days=30), by="analyst", at=AT) == ()
    with pytest.raises(ChangeDenied):
        remind(on=on, by="officer", at=AT)


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_open_to_the_table_and_to_nobody_else(table, client, path):
    assert client.get(path).status_code == 200
    client.force_login(User.objects.get(username="officer"))
    assert client.get(path).status_code == (403 if path.endswith("/new/") else 200)
    client.force_login(User.objects.get(username="frontline"))
    assert client.get(path).status_code == 403


def test_a_place_tells_a_member_only_what_they_may_know_and_why_not(table, client):
    spot = opened(client)
    chair = client.get(f"/places/{spot}/").content.decode()
    assert "Records a month" in chair
    client.force_login(User.objects.get(username="officer"))
    member = client.get(f"/places/{spot}/")
    assert member.status_code == 200
    assert "Change this place" not in member.content.decode()
    assert list_actions(by="officer", place=spot) == ()
    assert not Action.objects.exists()
