"""Evaluations as pages tell them: what is proposed with an action, what its plan promises, and results that are due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from django.http import HttpRequest

from trigpoint.changes.action_plans import ActionPlan, may_be_judged, plan_words, plans_of_actions
from trigpoint.changes.actions import ActionTold
from trigpoint.changes.evaluations import Plan, list_plans
from trigpoint.changes.named_places import place
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.asking_softly import Part, asked_softly
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.words import day_words
from trigpoint.web.viewer import viewer_of

__all__ = ["Bar", "Due", "PlanOfAction", "evaluations_due", "plan_of_action"]

LONGEST = 200
"""Of a bar, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the small chart: what was counted, when, how many, and how long it is drawn."""

    title: str
    before: int
    after: int
    before_width: int
    after_width: int


@dataclass(frozen=True, slots=True)
class Due:
    """One evaluation whose months are over. `sentence` is its result or why it is not told."""

    plan: ActionPlan
    ended: str
    sentence: str
    bars: tuple[Bar, ...]
    could_see: str


@dataclass(frozen=True, slots=True)
class PlanOfAction:
    """For `parts/action_plan.html`. `proposed` is the gate's answer for a plan that is not opened yet."""

    may_open: bool
    start: str
    proposed: Part | None
    controls: tuple[str, ...]
    plan: Plan | None
    number: int | None


def evaluations_due(request: HttpRequest, on: date) -> list[Due]:
    """Locked plans of actions whose months are over by a day and that no meeting has had, asked as this person."""
    by = viewer_of(request).user
    return [_due(request, one) for one in plans_of_actions(by=by) if one.state == "locked" and one.ends <= on]


def plan_of_action(request: HttpRequest, action: ActionTold, today: date) -> PlanOfAction | None:
    """What stands of an action's evaluation; None for work that is not evaluated."""
    viewer = viewer_of(request)
    if action.plan is None and (action.place is None or not may_be_judged(action.kind) or not action.is_open):
        return None
    evaluates = viewer.role in DUTIES["evaluate"]
    if action.plan is not None:
        plans = list_plans(by=viewer.user) if evaluates else ()
        plan = next((one for one in plans if one.number == action.plan), None)
        return PlanOfAction(evaluates, "", None, (), plan, action.plan)
    start = action.started_on or action.due_on or today
    told = place(number=action.place or 0, by=viewer.user)
    part = (
        asked_softly(request, "evaluation", plan_words(told.level, told.units, start)) if evaluates else None
    )
    answer = part.answer if part is not None else None
    controls = tuple(map(str, answer.parts["controls"]["name"])) if answer is not None else ()
    return PlanOfAction(evaluates, start.isoformat(), part, tuple(dict.fromkeys(controls)), None, None)


def _due(request: HttpRequest, plan: ActionPlan) -> Due:
    part = asked_softly(request, "evaluation", {"plan": [str(plan.plan)]})
    if part.answer is None:
        return Due(plan, day_words(plan.ends), part.sentence, (), "")
    about = part.answer.about
    could_see = str(about["said_when_locked"] or about["said_before"])
    return Due(plan, day_words(plan.ends), said(str(about["sentence"])), _bars(part.answer), could_see)


def _bars(answer: Answer) -> tuple[Bar, ...]:
    """Records before and after at the place and in its ring; comparable places are a mean of one."""
    told = {str(row["part"]): row for row in rows(answer.columns)}
    wanted = (
        ("target", "At the place", 1.0),
        ("control", "A similar place, on average", 0.0),
        ("buffer", "Round it", 1.0),
    )
    found = [_counts(told[part], title, each) for part, title, each in wanted if part in told]
    counted = [one for one in found if one is not None]
    most = max((max(before, after) for _, before, after in counted), default=0) or 1
    return tuple(
        Bar(title, before, after, round(before * LONGEST / most), round(after * LONGEST / most))
        for title, before, after in counted
    )


def _counts(row: Mapping[str, Any], title: str, each: float) -> tuple[str, int, int] | None:
    before, after = row["before"], row["after"]
    if before is None or after is None or isnan(float(before)) or isnan(float(after)):
        return None
    share = each or float(row["places"]) or 1.0
    return title, round(float(before) / share), round(float(after) / share)
