"""Plans of evaluations in a real home: opened, locked, followed, amended in the open, reported; each recorded once."""

from datetime import UTC, datetime

import pytest

from tests.factories.evaluated import WORDS, month, spots, world_of
from tests.factories.world import write_file
from trigpoint.changes.accounts import open_account
from trigpoint.changes.evaluations import (
    PlanRefused,
    amend_plan,
    list_plans,
    lock_plan,
    open_plan,
    report_plan,
)
from trigpoint.cli.plans import manage_plans
from trigpoint.cli.words import build_parser
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import AdoptedAgreement, Agency, AuditEvent, EvaluationPlan, Publication
from trigpoint.gate.ask import QuestionError, ask
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.questions import question_from_words
from trigpoint.store.connection import let_go_of_others

BEFORE, OVER = datetime(2024, 12, 20, 9, 0, tzinfo=UTC), datetime(2025, 8, 1, 9, 0, tzinfo=UTC)
VIEWER = Viewer("analyst", "", "analyst")


@pytest.fixture
def published(home, at):
    """A home whose one publication is a world in which records fell at one place."""
    home.store.mkdir(exist_ok=True)
    world = world_of("fell")
    write_file(home.store / "1.duckdb", world)
    Publication.objects.create(
        number=1,
        file_name="1.duckdb",
        built_at=at,
        built_by="tests",
        records=len(world.records),
        claims=0,
        seconds=0.1,
    )
    AdoptedAgreement.objects.update(adopted_at=datetime(2024, 1, 1, tzinfo=UTC))
    Agency.objects.get_or_create(code="police", defaults={"name": "Police", "position": 1})
    open_account(user="mo", role="member", agency="police", password=None, by="analyst", at=at)
    yield home
    let_go_of_others(None)


def words(**more):
    return {**WORDS, "around": spots()[0].cell, "feed": "police_uk_street"} | more


def events(event):
    return AuditEvent.objects.filter(event=f"evaluation_plan.{event}")


def follow(number, when=OVER):
    return ask(VIEWER, question_from_words("evaluation", {"plan": str(number)}), when)


def test_a_plan_from_its_opening_to_its_report(published):
    number = open_plan(words=words(), by="analyst", at=BEFORE)
    with pytest.raises(QuestionError, match="no locked plan"):
        follow(number)
    assert (
        amend_plan(number=number, words={"months": "6", "buffer": "120"}, by="analyst", at=BEFORE) == number
    )
    assert amend_plan(number=number, words={"buffer": WORDS["buffer"]}, by="analyst", at=BEFORE) == number
    lock_plan(number=number, by="analyst", at=BEFORE)
    plan = EvaluationPlan.objects.get(pk=number)
    assert (plan.state, plan.publication, plan.places) == ("locked", 1, spots()[0].cell)
    assert plan.outcome == "feed=police_uk_street"
    assert plan.smallest_fall < plan.expected
    found = follow(number)
    assert found.about["verdict"] == "fell"
    assert found.about["planned"] == "Planned before: locked on 20 December 2024, before the work began."
    assert sorted(found.parts["controls"]["code"]) == sorted(plan.controls.split(","))
    with pytest.raises(PlanRefused, match="not over before 1 July 2025"):
        report_plan(number=number, by="analyst", at=BEFORE)
    report_plan(number=number, by="analyst", at=OVER)
    assert EvaluationPlan.objects.get(pk=number).reported_publication == 1
    counted = {name: events(name).count() for name in ("opened", "edited", "locked", "reported")}
    assert counted == {"opened": 1, "edited": 2, "locked": 1, "reported": 1}


def test_what_a_plan_waits_for_can_be_asked_again_as_it_is_told(published):
    """A freeze, or a page, has it worked out by the question it is given: one with the plan's terms beside it is refused."""
    number = open_plan(words=words(), by="analyst", at=BEFORE)
    lock_plan(number=number, by="analyst", at=BEFORE)
    question = question_from_words("evaluation", {"plan": str(number)})
    with pytest.raises(NotWorkedOut) as waits:
        ask(VIEWER, question, OVER, may_wait=False)
    assert waits.value.question == question
    found = ask(VIEWER, waits.value.question, OVER)
    assert ask(VIEWER, question, OVER, may_wait=False).about["sentence"] == found.about["sentence"]


def test_a_changed_outcome_is_post_hoc_and_stands_beside_the_first(published):
    number = lock_plan(number=open_plan(words=words(), by="analyst", at=BEFORE), by="analyst", at=BEFORE)
    before = EvaluationPlan.objects.filter(pk=number).values().get()
    second = amend_plan(number=number, words={"months": "4"}, by="analyst", at=OVER)
    assert second != number
    assert EvaluationPlan.objects.filter(pk=number).values().get() == before
    assert follow(second).about["planned"].startswith("Post hoc: changed after the plan was locked (months)")
    assert follow(number).about["planned"].startswith("Planned before")
    third = amend_plan(number=second, words={"weekdays": "mon-fri"}, by="analyst", at=OVER)
    assert EvaluationPlan.objects.get(pk=third).amends_id == number
    assert [plan.number for plan in list_plans(by="analyst")] == [number, second, third]
    for refused in ({"start": month(1).isoformat()}, {"around": spots()[1].cell}):
        with pytest.raises(PlanRefused, match="other work"):
            amend_plan(number=number, words=refused, by="analyst", at=OVER)
    with pytest.raises(PlanRefused, match="Nothing is changed"):
        amend_plan(number=number, words={"months": "6"}, by="analyst", at=OVER)


def test_a_plan_locked_after_the_work_began_says_so(published):
    number = lock_plan(number=open_plan(words=words(), by="analyst", at=OVER), by="analyst", at=OVER)
    assert (
        follow(number).about["planned"].startswith("Post hoc: locked on 1 August 2025, after the work began")
    )
    with pytest.raises(PlanRefused, match="locked already"):
        lock_plan(number=number, by="analyst", at=OVER)


def test_what_cannot_be_planned_is_refused_and_changes_nothing(published):
    for refused, why in (
        ({"start": ""}, "where the work is"),
        ({"around": ""}, "where the work is"),
        ({"known": "2024-05-01"}, "leave out"),
    ):
        with pytest.raises(PlanRefused, match=why):
            open_plan(words=words(**refused), by="analyst", at=BEFORE)
    with pytest.raises(QuestionError, match="no place of the level"):
        open_plan(words=words(around="W02"), by="analyst", at=BEFORE)
    with pytest.raises(PlanRefused, match="no plan 99"):
        lock_plan(number=99, by="analyst", at=BEFORE)
    lonely = open_plan(words=words(category="police_uk_street_b"), by="analyst", at=BEFORE)
    with pytest.raises(PlanRefused, match="No place is similar enough"):
        lock_plan(number=lonely, by="analyst", at=BEFORE)
    assert EvaluationPlan.objects.get(pk=lonely).state == "draft"
    assert events("locked").count() == 0


def test_only_those_with_the_duty_plan(published):
    for attempt in (
        lambda: open_plan(words=words(), by="mo", at=BEFORE),
        lambda: lock_plan(number=1, by="mo", at=BEFORE),
        lambda: amend_plan(number=1, words={}, by="mo", at=BEFORE),
        lambda: report_plan(number=1, by="mo", at=BEFORE),
        lambda: list_plans(by="mo"),
    ):
        with pytest.raises(ChangeDenied):
            attempt()
    assert not EvaluationPlan.objects.exists()


def test_the_command_says_what_it_did(published, capsys):
    def run(*told):
        manage_plans(build_parser().parse_args(["plan", *told]))
        return capsys.readouterr().out

    told = [part for word, value in words().items() for part in (f"--{word}", value)]
    assert "opened as a draft" in run("open", *told)
    number = str(EvaluationPlan.objects.get().pk)
    assert "can be seen" in run("lock", number)
    assert "post hoc one beside plan" in run("amend", number, "--months", "4")
    assert "post hoc to" in run("list")
    assert "There is no plan 999" in run("show", "999")
    assert number in run("report", number)
