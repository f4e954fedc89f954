"""Plans of evaluations: opened, locked before the work is judged, amended in the open, reported.

Each change is one transaction and one audit event. What locking fixes (the comparable places, how alike they were, the
smallest fall that can be seen) is asked of the gate as the person who locks, and the gate records that question too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from trigpoint.changes.accounts import Account, account_named
from trigpoint.core.sharing.duties import require_duty
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
from trigpoint.core.workflow.evaluation import (
    PlanState,
    PlanTerms,
    TransitionRefused,
    amendment,
    locked,
    reported,
)
from trigpoint.db.audit import record_event
from trigpoint.db.models import EvaluationPlan
from trigpoint.gate.ask import Answer, ask
from trigpoint.gate.connection import current_version
from trigpoint.gate.evaluation_terms import LONDON, ends_on, terms_of, words_of
from trigpoint.gate.kinds.evaluation import METHOD_VERSION
from trigpoint.gate.plans_kept import question_of
from trigpoint.gate.questions import Question, question_from_words

__all__ = ["Plan", "PlanRefused", "amend_plan", "list_plans", "lock_plan", "open_plan", "report_plan"]

Words = Mapping[str, str | Sequence[str]]


class PlanRefused(ValueError):
    """The plan cannot be changed as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as whoever has the duty may read it. What locking fixes is None or empty for a draft; `amends` is the first
    plan's number where this one is post hoc, and `changed` the terms that differ from it."""

    number: int
    state: str
    terms: PlanTerms
    controls: tuple[str, ...]
    balance: str
    smallest_fall: float | None
    expected: float | None
    publication: int | None
    locked_at: datetime | None
    amends: int | None
    changed: str


def list_plans(*, by: str) -> tuple[Plan, ...]:
    """Every plan, oldest first. Raises ChangeDenied where `by` has no part in them."""
    _may_evaluate(by)
    return tuple(_told(one) for one in EvaluationPlan.objects.order_by("pk"))


def _told(plan: EvaluationPlan) -> Plan:
    return Plan(
        number=int(plan.pk),
        state=plan.state,
        terms=terms_of(plan),
        controls=tuple(plan.controls.split(",")) if plan.controls else (),
        balance=plan.balance,
        smallest_fall=plan.smallest_fall,
        expected=plan.expected,
        publication=plan.publication,
        locked_at=plan.locked_at,
        amends=plan.amends_id,
        changed=plan.changed,
    )


def open_plan(*, words: Words, by: str, at: datetime) -> int:
    """A draft from the words of an evaluation: where, from when, which records. Gives its number.

    Raises ChangeDenied, PlanRefused, or QuestionError for words that cannot be asked; then nothing was changed.
    """
    account = _may_evaluate(by)
    terms = _terms(question_from_words("evaluation", words))
    with transaction.atomic():
        plan = EvaluationPlan(opened_by=account.user, opened_at=at, **_columns(terms))
        plan.save()
        _record("evaluation_plan.opened", plan, account, at, {"start": terms.start.isoformat()})
    return int(plan.pk)


def lock_plan(*, number: int, by: str, at: datetime) -> int:
    """Fix the plan: from here on nothing of it changes. Raises ChangeDenied, PlanRefused, ReadDenied or QuestionError."""
    account = _may_evaluate(by)
    plan = _plan(number)
    try:
        state = locked(PlanState(plan.state))
    except TransitionRefused as refusal:
        raise PlanRefused(str(refusal)) from refusal
    before, designed = terms_of(plan), _designed(question_of(plan), account, at)
    with transaction.atomic():
        plan = _plan(number, hold=True)
        if PlanState(plan.state) is not PlanState.DRAFT or terms_of(plan) != before:
            raise PlanRefused("Somebody changed the plan meanwhile: look at it again, then lock it.")
        _fix(plan, designed, account, at)
        plan.state = state
        plan.save()
        _record("evaluation_plan.locked", plan, account, at, {"publication": plan.publication})
    return int(plan.pk)


def amend_plan(*, number: int, words: Words, by: str, at: datetime) -> int:
    """Change some terms: a draft as it stands, a locked plan by a second one, marked post hoc, beside it.

    Gives the number of the plan that has the new terms. Raises ChangeDenied, PlanRefused, ReadDenied or QuestionError.
    """
    account = _may_evaluate(by)
    plan = _plan(number)
    first, wanted = terms_of(plan), _terms(_changed(plan, words))
    try:
        meant = amendment(PlanState(plan.state), first, wanted)
    except TransitionRefused as refusal:
        raise PlanRefused(str(refusal)) from refusal
    if meant.kind == "edit":
        return _edit(number, first, wanted, account, at)
    second = EvaluationPlan(
        opened_by=account.user, opened_at=at, amends=plan.amends or plan, changed=",".join(meant.changed),
        **_columns(wanted),
    )  # fmt: skip
    designed = _designed(question_of(second), account, at)
    with transaction.atomic():
        _fix(second, designed, account, at)
        second.state = PlanState.LOCKED
        second.save()
        detail = {"amends": int(plan.pk), "changed": list(meant.changed)}
        _record("evaluation_plan.amended", second, account, at, detail)
    return int(second.pk)


def report_plan(*, number: int, by: str, at: datetime) -> int:
    """Say that the meeting has had its result. Raises ChangeDenied or PlanRefused."""
    account = _may_evaluate(by)
    with transaction.atomic():
        plan = _plan(number, hold=True)
        try:
            plan.state = reported(PlanState(plan.state), ends_on(plan), at.astimezone(LONDON).date())
        except TransitionRefused as refusal:
            raise PlanRefused(str(refusal)) from refusal
        plan.reported_by, plan.reported_at = account.user, at
        plan.reported_publication = current_version().number
        plan.save()
        _record("evaluation_plan.reported", plan, account, at, {"publication": plan.reported_publication})
    return int(plan.pk)


def _may_evaluate(by: str) -> Account:
    account = account_named(by)
    require_duty("evaluate", role=account.role, user=by)
    return account


def _plan(number: int, *, hold: bool = False) -> EvaluationPlan:
    plans = EvaluationPlan.objects.select_for_update() if hold else EvaluationPlan.objects
    found = plans.filter(pk=number).first()
    if found is None:
        raise PlanRefused(f"There is no plan {number}.")
    return found


def _terms(question: Question) -> PlanTerms:
    """The terms of a question. Raises PlanRefused where it leaves one out."""
    if question.start is None or not (question.around or question.within):
        raise PlanRefused("A plan says where the work is (around) and on which day it begins (start).")
    if question.period_from or question.period_to or question.known or question.plan:
        raise PlanRefused("A plan takes its time from its start: leave out from, to, known and plan.")
    return words_of(question, current_version())


def _changed(plan: EvaluationPlan, words: Words) -> Question:
    """The plan's question with some words put in place of its own."""
    told: dict[str, str | Sequence[str]] = dict(question_of(plan).to_dict())
    if "around" in words:
        told.pop("within", None)
    return question_from_words("evaluation", {**told, **words})


def _edit(number: int, first: PlanTerms, wanted: PlanTerms, account: Account, at: datetime) -> int:
    with transaction.atomic():
        plan = _plan(number, hold=True)
        if PlanState(plan.state) is not PlanState.DRAFT or terms_of(plan) != first:
            raise PlanRefused("Somebody changed the plan meanwhile: look at it again.")
        for name, value in _columns(wanted).items():
            setattr(plan, name, value)
        plan.save()
        _record("evaluation_plan.edited", plan, account, at, {"start": wanted.start.isoformat()})
    return number


def _columns(terms: PlanTerms) -> dict[str, object]:
    return {
        "places": ",".join(terms.places),
        "level": terms.level,
        "start": terms.start,
        "outcome": terms.outcome,
        "radius_m": terms.radius_m,
        "buffer_m": terms.buffer_m,
        "months": terms.months,
    }


def _designed(question: Question, account: Account, at: datetime) -> Answer:
    """What the gate says of the plan. Raises PlanRefused where no place is alike."""
    viewer = Viewer(user=account.user, agency=account.agency, role=account.role, purpose=DEFAULT_PURPOSE)
    designed = ask(viewer, replace(question, plan=""), at)
    if not designed.about["balanced"]:
        raise PlanRefused(
            "No place is similar enough to compare with: try another radius, other records, or more places together."
        )
    return designed


def _fix(plan: EvaluationPlan, designed: Answer, account: Account, at: datetime) -> None:
    """Write down what locking fixes."""
    about, balance = designed.about, designed.parts["balance"]
    plan.controls = ",".join(designed.parts["controls"]["code"])
    plan.balance = ",".join(
        f"{name}={value:.3f}" for name, value in zip(balance["measure"], balance["difference"], strict=True)
    )
    plan.smallest_fall = float(str(about["smallest_fall"]))
    plan.expected = float(str(about["expected"]))
    plan.basis = str(about["basis"])
    plan.publication = int(str(about["publication"]))
    plan.method = METHOD_VERSION
    plan.locked_by, plan.locked_at = account.user, at


def _record(
    event: str, plan: EvaluationPlan, account: Account, at: datetime, detail: Mapping[str, object]
) -> None:
    record_event(
        event=event, at=at, user=account.user, agency=account.agency, role=account.role,
        subject=str(plan.pk), detail=detail,
    )  # fmt: skip
