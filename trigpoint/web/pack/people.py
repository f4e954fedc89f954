"""What people agreed and asked, as the pack lists it: never a person's name, only agencies and places."""

from datetime import date
from typing import Any

from trigpoint.changes.actions_told import ActionTold, list_actions
from trigpoint.changes.evaluations import Plan, list_plans
from trigpoint.changes.meeting_questions import list_questions
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.gate.evaluation_terms import LONDON
from trigpoint.web.hot_now.sources import Heard
from trigpoint.web.pack.told_pack import PeoplesWork
from trigpoint.web.presenters.words import counted, day_words

__all__ = ["peoples_work"]

Json = dict[str, Any]
STILL = "Still being worked out."


def peoples_work(by: str, heard: Heard, today: date) -> PeoplesWork:
    """Open actions, overdue first; evaluations that were locked, with their result in words; open questions of members.

    What the duties of `by` do not give them is None, so that it is told from nothing.
    """
    return PeoplesWork(
        actions=_actions(by, today), evaluations=_evaluations(by, heard), questions=_questions(by)
    )


def _actions(by: str, today: date) -> list[Json] | None:
    try:
        found = list_actions(by=by)
    except ChangeDenied:
        return None
    open_ones = [one for one in found if one.is_open]
    return [_action(one, today) for one in sorted(open_ones, key=lambda one: not one.is_overdue(today))]


def _action(one: ActionTold, today: date) -> Json:
    return {
        "what": one.what or one.kind_label,
        "place": one.place_name or "no place",
        "agency": one.agency_name,
        "due": day_words(one.due_on) if one.due_on else "no day",
        "overdue": one.is_overdue(today),
        "state": one.state_words,
    }


def _evaluations(by: str, heard: Heard) -> list[Json] | None:
    try:
        plans = list_plans(by=by)
    except ChangeDenied:
        return None
    return [_evaluation(one, heard) for one in plans if one.state in ("locked", "reported")]


def _evaluation(plan: Plan, heard: Heard) -> Json:
    found = heard.ask("evaluation", {"plan": str(plan.number)})
    locked = f"Locked on {day_words(plan.locked_at.astimezone(LONDON).date())}. " if plan.locked_at else ""
    seen = (
        ""
        if plan.smallest_fall is None
        else f" A fall of less than {plan.smallest_fall:.0f} could not have been seen."
    )
    words = STILL if found is None else f"{found.about['sentence']}{seen}"
    where = counted(len(plan.terms.places), "place", "places")
    return {
        "title": f"Plan {plan.number}, {where} from {day_words(plan.terms.start)}",
        "words": f"{locked}{words}",
    }


def _questions(by: str) -> list[Json]:
    """Those that members put; what the rules of the analysis ask is asked of it anew."""
    try:
        found = list_questions(by=by)
    except ChangeDenied:
        return []
    return [
        {
            "text": one.text,
            "owner": one.asked_of_name,
            "told": f"Back for the {one.carried + 1}. time." if one.carried else "",
            "letter": "",
            "place": one.place_name,
        }
        for one in found
        if one.is_open and not one.rule
    ]
