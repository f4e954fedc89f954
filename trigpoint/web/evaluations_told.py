"""Evaluations as pages tell them: what is proposed with an action, what its plan promises, and results that are due."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest

from trigpoint.changes.action_plans import ActionPlan, may_be_judged, plan_words, plans_of_actions
from trigpoint.changes.actions import ActionTold
from trigpoint.changes.evaluations import Plan, list_plans
from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.named_places import place
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.quadrants import is_anothers
from trigpoint.gate.show import rows
from trigpoint.web.asking_softly import Part, asked_softly
from trigpoint.web.evaluations_drawn import Drawn, drawn_of
from trigpoint.web.pack.before_after import could_see_of, finding_of
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.words import day_words
from trigpoint.web.viewer import viewer_of

__all__ = ["Due", "PlanOfAction", "evaluations_due", "evaluations_kept", "plan_of_action"]

RADII_M = (150, 100, 200, 300)
"""How wide a place is proposed to be, the usual first: the first at which other places stood alike before."""
MONTHS = 12
"""Months before and after that are proposed: enough for what moved to show in the ring."""


@dataclass(frozen=True, slots=True)
class Due:
    """One evaluation. `sentence` is its result or why it is not told, `beside` what was left out of it and whether it was
    planned, `cautions` what must be known beside it; `plan` is None where it was opened with no action, and
    `kept` is what a meeting kept of it."""

    number: int
    plan: ActionPlan | None
    ended: str
    sentence: str
    beside: str = ""
    drawn: Drawn | None = None
    could_see: str = ""
    cautions: tuple[str, ...] = ()
    kept: KeptTold | None = None


@dataclass(frozen=True, slots=True)
class PlanOfAction:
    """For `parts/action_plan.html`. `proposed` is the gate's answer for a plan that is not opened yet, within `radius_m`;
    `tried` are the radii at which no place stood alike, and `result` what a locked plan says so far."""

    may_open: bool
    number: int | None = None
    plan: Plan | None = None
    result: Due | None = None
    start: str = ""
    proposed: Part | None = None
    radius_m: int = RADII_M[0]
    months: int = MONTHS
    tried: tuple[int, ...] = ()

    @property
    def alike(self) -> bool:
        """Whether there is something to compare with."""
        answer = self.proposed.answer if self.proposed else None
        return answer is not None and bool(answer.about["balanced"])

    @property
    def controls(self) -> tuple[str, ...]:
        """Names of the comparable places that are proposed."""
        answer = self.proposed.answer if self.proposed else None
        return tuple(dict.fromkeys(map(str, answer.parts["controls"]["name"]))) if answer else ()


def evaluations_due(request: HttpRequest, on: date, quadrant: str = "") -> list[Due]:
    """Locked plans of actions whose months are over by a day and that no meeting has had, asked as this person; but for
    those of another quadrant than the one that is named."""
    by = viewer_of(request).user
    due = [one for one in plans_of_actions(by=by) if one.state == "locked" and one.ends <= on]
    return [_due(request, one) for one in due if not is_anothers(one.district, quadrant)]


def evaluations_kept(request: HttpRequest, kept: Iterable[KeptTold]) -> list[Due]:
    """The evaluations among what a meeting kept, as this person may read them, each with the action it is of."""
    plans = {one.plan: one for one in plans_of_actions(by=viewer_of(request).user)}
    found = []
    for one in kept:
        if one.name.startswith("evaluation-"):
            number = int(one.name.removeprefix("evaluation-"))
            told = one.content or {"about": {}, "rows": []}
            found.append(_told(number, plans.get(number), told["about"], told["rows"], one))
    return found


def plan_of_action(request: HttpRequest, action: ActionTold, today: date) -> PlanOfAction | None:
    """What stands of an action's evaluation; None for work that is not evaluated."""
    viewer = viewer_of(request)
    if action.plan is None and (action.place is None or not may_be_judged(action.kind) or not action.is_open):
        return None
    evaluates = viewer.role in DUTIES["evaluate"]
    if action.plan is not None:
        plans = list_plans(by=viewer.user) if evaluates else ()
        plan = next((one for one in plans if one.number == action.plan), None)
        locked = [one for one in plans_of_actions(by=viewer.user) if one.plan == action.plan]
        result = _due(request, locked[0]) if locked and locked[0].state != "draft" else None
        return PlanOfAction(evaluates, action.plan, plan, result)
    start = action.started_on or action.due_on or today
    if not evaluates:
        return PlanOfAction(evaluates, start=start.isoformat())
    told = place(number=action.place or 0, by=viewer.user)
    return _proposed(request, plan_words(told.level, told.units, start), start)


def _proposed(request: HttpRequest, words: Mapping[str, list[str]], start: date) -> PlanOfAction:
    """The usual radius, else the first of the others at which places stood alike, else the usual after all."""
    offers: list[PlanOfAction] = []
    for radius_m in RADII_M:
        terms = {"radius": [str(radius_m)], "months": [str(MONTHS)]}
        part = asked_softly(request, "evaluation", {**words, **terms})
        tried = tuple(one.radius_m for one in offers if one.proposed and one.proposed.answer)
        offers.append(
            PlanOfAction(True, start=start.isoformat(), proposed=part, radius_m=radius_m, tried=tried)
        )
        if (part.answer is None and not part.waits) or offers[-1].alike:
            return offers[-1]
    waits = [one for one in offers if one.proposed is not None and one.proposed.waits]
    return waits[0] if waits else replace(offers[0], tried=RADII_M)


def _due(request: HttpRequest, plan: ActionPlan) -> Due:
    part = asked_softly(request, "evaluation", {"plan": [str(plan.plan)]})
    if part.answer is None:
        return Due(plan.plan, plan, day_words(plan.ends), part.sentence)
    return _told(plan.plan, plan, part.answer.about, list(rows(part.answer.columns)))


def _told(
    number: int,
    plan: ActionPlan | None,
    about: Mapping[str, Any],
    measures: Sequence[Mapping[str, Any]],
    kept: KeptTold | None = None,
) -> Due:
    finding, beside = map(said, finding_of(about)) if about else ("", "")
    return Due(
        number=number,
        plan=plan,
        ended=day_words(plan.ends) if plan else "",
        sentence=finding,
        beside=beside,
        drawn=drawn_of(measures, about) if about else None,
        could_see=could_see_of(about),
        cautions=tuple(map(str, about.get("cautions", ()))),
        kept=kept,
    )
