"""A year of the partnership's work, as whoever keeps an eye on it may read it: counted, without a word anybody typed.

It is for people who may have no seat at a meeting. So nothing here names a place or repeats a minute; what a place has
become is asked of the gate by its units, by whoever reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min

from trigpoint.changes.acting import acting
from trigpoint.changes.action_kinds import action_kinds
from trigpoint.core.workflow.action import MEASURES, NO_ACTION, ActionState, standing
from trigpoint.core.workflow.after import YearSpan
from trigpoint.db.models import (
    Action,
    Meeting,
    MeetingQuestion,
    Minute,
    Place,
    Release,
    SenseCheck,
)
from trigpoint.gate.evaluation_terms import LONDON, ends_on
from trigpoint.gate.quadrants import home_quadrants

__all__ = [
    "ActionLine",
    "CheckLine",
    "MeetingLine",
    "PlanLine",
    "QuestionLine",
    "ReleaseLine",
    "TakenUp",
    "YearTold",
    "year_told",
]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting whose day is in the year."""

    number: int
    quadrant: str
    held_on: date
    state: str


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A place of the partnership that a decision or a minute of the year is about.

    `since` is the day on which it was first taken up, in whatever year; `plans` are evaluations of work there.
    """

    number: int
    quadrant: str
    district: str
    level: str
    units: tuple[str, ...]
    since: date
    plans: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A decision of the year. `done_on` is the day it was said to be done; `planned` and `done` are dose by measure,
    without what was struck out."""

    number: int
    kind: str
    label: str
    agency: str
    place: int | None
    state: ActionState
    decided_on: date
    due_on: date | None
    done_on: date | None
    planned: Mapping[str, float]
    done: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question put in the year, of a rule of the analysis or of a member."""

    number: int
    of_analysis: bool
    asked_of: str
    place: int | None
    state: str
    carried: int


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A sense-check of the year."""

    agency: str
    outcome: str
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release that was issued in the year."""

    audience: str
    issued_on: date
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A locked evaluation of work whose months were over in the year, or run still. `label` is the kind of work."""

    plan: int
    label: str
    ends: date


@dataclass(frozen=True, slots=True)
class YearTold:
    """Everything that a year is told from. Lists are in the order of their numbers."""

    meetings: tuple[MeetingLine, ...]
    places: tuple[TakenUp, ...]
    actions: tuple[ActionLine, ...]
    questions: tuple[QuestionLine, ...]
    checks: tuple[CheckLine, ...]
    releases: tuple[ReleaseLine, ...]
    plans: tuple[PlanLine, ...]


def year_told(*, span: YearSpan, by: str) -> YearTold:
    """The year as known now. Raises ChangeDenied for somebody whom it is not for."""
    acting(by, "read_year")
    return YearTold(
        meetings=_meetings(span),
        places=_places(span),
        actions=_actions(span),
        questions=_questions(span),
        checks=_checks(span),
        releases=_releases(span),
        plans=_plans(span),
    )


def _day(at: datetime) -> date:
    return at.astimezone(LONDON).date()


def _meetings(span: YearSpan) -> tuple[MeetingLine, ...]:
    found = Meeting.objects.filter(held_on__gte=span.first, held_on__lt=span.end)
    return tuple(MeetingLine(int(one.pk), one.quadrant, one.held_on, one.state) for one in found)


def _places(span: YearSpan) -> tuple[TakenUp, ...]:
    decided, minuted = _first_days()
    of = {code: one.code for one in home_quadrants() for code in one.districts}
    plans: dict[int, list[int]] = {}
    for place, plan in Action.objects.filter(plan__isnull=False).values_list("place_id", "plan_id"):
        plans.setdefault(place, []).append(plan)
    told = []
    for one in Place.objects.filter(pk__in=_touched(span)).order_by("pk"):
        days = [day for day in (decided.get(one.pk), minuted.get(one.pk)) if day is not None]
        told.append(
            TakenUp(
                number=int(one.pk),
                quadrant=of.get(one.district, ""),
                district=one.district,
                level=one.level,
                units=tuple(one.units.split(",")),
                since=min(days),
                plans=tuple(sorted(plans.get(one.pk, ()))),
            )
        )
    return tuple(told)


def _touched(span: YearSpan) -> set[int]:
    """Places that something of the year was decided on, or minuted of."""
    decided = Action.objects.filter(place__isnull=False).values_list("place_id", "decided_at")
    minuted = Minute.objects.filter(place__isnull=False).exclude(text="").values_list("place_id", "at")
    return {int(place) for place, at in (*decided, *minuted) if place is not None and span.has(_day(at))}


def _first_days() -> tuple[dict[int, date], dict[int, date]]:
    """When each place was first decided on, and first minuted."""
    decided = Action.objects.filter(place__isnull=False).values("place_id").annotate(first=Min("decided_at"))
    minuted = (
        Minute.objects.filter(place__isnull=False)
        .exclude(text="")
        .values("place_id")
        .annotate(first=Min("at"))
    )
    first, second = (
        {int(one["place_id"]): _day(one["first"]) for one in found} for found in (decided, minuted)
    )
    return first, second


def _actions(span: YearSpan) -> tuple[ActionLine, ...]:
    kinds = action_kinds()
    kept = Action.objects.prefetch_related("steps", "doses").order_by("pk")
    return tuple(
        ActionLine(
            number=int(one.pk),
            kind=one.kind,
            label="No action"
            if one.kind == NO_ACTION
            else kinds[one.kind].label
            if one.kind in kinds
            else one.kind,
            agency=one.agency,
            place=one.place_id,
            state=ActionState(one.state),
            decided_on=_day(one.decided_at),
            due_on=one.due_on,
            done_on=_done_on(one),
            planned=one.dose_planned,
            done={
                name: sum(getattr(dose, name) for dose in one.doses.all() if dose.struck_at is None)
                for name in MEASURES
            },
        )
        for one in kept
        if span.has(_day(one.decided_at))
    )


def _done_on(one: Action) -> date | None:
    """The day it was done; a move that was taken back is none."""
    steps = list(one.steps.all())
    stands = [steps[at] for at in standing([(step.from_state, step.to_state) for step in steps])]
    return next((_day(step.at) for step in stands if step.to_state == ActionState.DONE), None)


def _questions(span: YearSpan) -> tuple[QuestionLine, ...]:
    return tuple(
        QuestionLine(int(one.pk), bool(one.rule), one.asked_of, one.place_id, one.state, one.carried)
        for one in MeetingQuestion.objects.order_by("pk")
        if span.has(_day(one.at))
    )


def _checks(span: YearSpan) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(one.agency, one.outcome, one.reason, one.state)
        for one in SenseCheck.objects.order_by("pk")
        if span.has(_day(one.at))
    )


def _releases(span: YearSpan) -> tuple[ReleaseLine, ...]:
    issued = (
        Release.objects.filter(issued_at__isnull=False).defer("page", "document").order_by("issued_at", "pk")
    )
    return tuple(
        ReleaseLine(
            one.recipe["words"]["title"], _day(one.issued_at), one.state == Release.State.WITHDRAWN.value
        )
        for one in issued
        if one.issued_at is not None and span.has(_day(one.issued_at))
    )


def _plans(span: YearSpan) -> tuple[PlanLine, ...]:
    kinds = action_kinds()
    found = Action.objects.filter(plan__isnull=False).select_related("plan").order_by("plan_id")
    return tuple(
        PlanLine(
            int(one.plan.pk), kinds[one.kind].label if one.kind in kinds else one.kind, ends_on(one.plan)
        )
        for one in found
        if one.plan is not None
        and one.plan.locked_at is not None
        and _day(one.plan.locked_at) < span.end
        and ends_on(one.plan) > span.first
    )
