"""What people agreed and asked, as the pack lists it: never a person's name, only agencies and places."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from trigpoint.changes.action_plans import ActionPlan, plans_of_actions
from trigpoint.changes.actions_told import ActionTold, list_actions
from trigpoint.changes.evaluations import Plan, list_plans
from trigpoint.changes.meeting_questions import list_questions
from trigpoint.changes.named_places import place_drawn_at
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.sources import Heard
from trigpoint.web.pack.before_after import before_after, finding_of
from trigpoint.web.pack.sentences import sentence_case
from trigpoint.web.pack.told_pack import PeoplesWork
from trigpoint.web.presenters.words import counted, day_words

__all__ = ["done_there", "peoples_work"]

Json = dict[str, Any]
STILL = "Still being worked out: make this pack again in a few minutes, and its result is here."


def peoples_work(by: str, heard: Heard, today: date, here: Collection[str] | None = None) -> PeoplesWork:
    """Open actions, overdue first; evaluations that were locked, with their result in words; open questions of members.

    `here` are the districts whose actions are reviewed, None for all. What the duties of `by` do not give them is None, so
    that it is told from nothing.
    """
    return PeoplesWork(
        actions=_actions(by, today, here), evaluations=_evaluations(by, heard), questions=_questions(by)
    )


def _actions(by: str, today: date, here: Collection[str] | None) -> list[Json] | None:
    try:
        found = list_actions(by=by)
    except ChangeDenied:
        return None
    open_ones = [one for one in found if one.is_open and (here is None or one.district in here)]
    return [_action(one, today) for one in sorted(open_ones, key=lambda one: not one.is_overdue(today))]


def _action(one: ActionTold, today: date) -> Json:
    return {
        "what": sentence_case(one.what or one.kind_label),
        "place": one.place_name or "no place",
        "agency": one.agency_name,
        "due": day_words(one.due_on) if one.due_on else "no day",
        "overdue": one.is_overdue(today),
        "state": one.state_words,
    }


def done_there(by: str, level: str, units: Sequence[str]) -> tuple[str, ...]:
    """What the partnership decided at the place that this is, a sentence an action; nothing where it has no such place."""
    try:
        spot = place_drawn_at(level=level, units=units, by=by)
        found = list_actions(by=by, place=spot.number) if spot else ()
    except ChangeDenied:
        return ()
    return tuple(
        f"{sentence_case(one.what or one.kind_label)}: {one.agency_name}, {one.state_words.lower()}"
        f"{f', by {day_words(one.due_on)}' if one.is_open and one.due_on else ''}."
        for one in found
        if one.agency_name
    )


def _evaluations(by: str, heard: Heard) -> list[Json] | None:
    """Those that no meeting has had first, and of them the first to end."""
    try:
        plans, actions = list_plans(by=by), {one.plan: one for one in plans_of_actions(by=by)}
    except ChangeDenied:
        return None
    locked = [one for one in plans if one.state in ("locked", "reported")]
    order = sorted(locked, key=lambda one: (one.state == "reported", one.terms.start, one.number))
    return [_evaluation(one, actions.get(one.number), heard) for one in order]


def _evaluation(plan: Plan, action: ActionPlan | None, heard: Heard) -> Json:
    """In words, and as the small chart where a month after the start is over: "drawn", None without one."""
    waiting, refused = len(heard.waits), len(heard.refusals)
    found = heard.ask("evaluation", {"plan": str(plan.number)})
    if found is None:
        denied = next(iter(heard.refusals[refused:]), "Its result is not told to you.")
        why = STILL if len(heard.waits) > waiting else denied
        return {"title": _titled(plan, action), "words": why, "short": why, "drawn": None}
    least = str(found.about["said_when_locked"])
    return {
        "title": _titled(plan, action),
        "words": f"{found.about['sentence']} {least}".strip(),
        "short": f"{finding_of(found.about)[0]} {least}".strip(),
        "drawn": before_after(list(rows(found.columns)), found.about),
    }


def _titled(plan: Plan, action: ActionPlan | None) -> str:
    start = day_words(plan.terms.start)
    if action is None or not action.place_name:
        where = counted(len(plan.terms.places), "place", "places")
        return f"Plan {plan.number}, {where} from {start}"
    return f"{action.place_name}: {action.what}, from {start}"


def _questions(by: str) -> list[Json]:
    """Those that members put, each with its place: "here" says nothing on paper. The analysis is asked anew."""
    try:
        found = list_questions(by=by)
    except ChangeDenied:
        return []
    return [
        {
            "text": f"{one.place_name}: {one.text}" if one.place_name else one.text,
            "owner": one.asked_of_name,
            "told": f"Back for the {one.carried + 1}. time." if one.carried else "",
            "letter": "",
            "place": one.place_name,
        }
        for one in found
        if one.is_open and not one.rule
    ]
