"""The evaluation opened with an action: proposed when it is agreed, locked before the work is judged (decision 0015)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from trigpoint.changes.acting import acting, recorded
from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.actions import ActionRefused
from trigpoint.changes.editing import held
from trigpoint.changes.evaluations import open_plan
from trigpoint.changes.place_ground import district_of
from trigpoint.core.workflow.action import ActionState, is_open
from trigpoint.core.workflow.place import PlaceMoveRefused, drawn
from trigpoint.db.models import Action, EvaluationPlan
from trigpoint.gate.evaluation_terms import ends_on

__all__ = [
    "ActionPlan",
    "may_be_judged",
    "open_action_plan",
    "plan_district",
    "plan_words",
    "plans_of_actions",
]

SHOWN = ("agency", "what", "due_on", "state")


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """The plan of an action, as those at the table read it: its terms, never a figure. `ends` is the day after its
    months, `district` the code of where it works, "" where that is none or not known."""

    plan: int
    action: int
    what: str
    agency: str
    place: int | None
    place_name: str
    state: str
    start: date
    ends: date
    district: str


def plans_of_actions(*, by: str) -> tuple[ActionPlan, ...]:
    """Every plan that was opened with an action, the first to end first. Raises ChangeDenied."""
    acting(by, "read_meetings")
    found = Action.objects.filter(plan__isnull=False).select_related("plan", "place")
    told = [
        ActionPlan(
            plan=int(one.plan.pk), action=int(one.pk), what=one.what, agency=one.agency, place=one.place_id,
            place_name=one.place.name if one.place else "", state=one.plan.state, start=one.plan.start,
            ends=ends_on(one.plan), district=plan_district(one.plan),
        )
        for one in found
        if one.plan is not None
    ]  # fmt: skip
    return tuple(sorted(told, key=lambda one: (one.ends, one.plan)))


def plan_district(plan: EvaluationPlan) -> str:
    """The code of the district that a plan's places lie in; "" where none does or the ground has changed since."""
    try:
        return district_of(drawn(plan.level, plan.places.split(",")))
    except PlaceMoveRefused:
        return ""


def may_be_judged(kind: str) -> bool:
    """Whether work of this kind may change what is recorded, so that it can be asked if it did."""
    found = action_kinds().get(kind)
    return found is not None and found.changes_context


def plan_words(level: str, units: tuple[str, ...], start: date) -> dict[str, list[str]]:
    """The words of the evaluation that is proposed for work at a place from a day on."""
    return {"level": [level], "within": list(units), "start": [start.isoformat()]}


def open_action_plan(
    *,
    number: int,
    start: date,
    version: int,
    by: str,
    at: datetime,
    radius_m: int | None = None,
    buffer_m: int | None = None,
    months: int | None = None,
) -> int:
    """Open the plan of an action at its place, as a draft; gives the plan's number. What is left out is the usual.

    The plan's own opening and its tie to the action are two changes, both kept or neither. Raises ChangeDenied,
    ChangedMeanwhile, ActionRefused, PlanRefused, QuestionError.
    """
    account = acting(by, "evaluate")
    with transaction.atomic():
        action = held(Action, number, version, SHOWN)
        if action.place is None or not may_be_judged(action.kind) or not is_open(ActionState(action.state)):
            raise ActionRefused(
                "Only open work at a place that may change what is recorded there is evaluated."
            )
        if action.plan_id is not None:
            raise ActionRefused("This action has its plan already.")
        words = plan_words(action.place.level, tuple(action.place.units.split(",")), start)
        terms = {"radius": radius_m, "buffer": buffer_m, "months": months}
        words |= {name: [str(value)] for name, value in terms.items() if value}
        plan = open_plan(words=words, by=by, at=at)
        action.plan_id = plan
        action.version += 1
        action.save()
        recorded("action_plan_opened", f"action {number}", account, at, {"plan": plan})
    return plan
