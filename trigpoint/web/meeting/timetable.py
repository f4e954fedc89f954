"""The timetable of a meeting as a row of steps, and what is late, by whom."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.changes.meetings import MeetingTold
from trigpoint.core.workflow.meeting import Step
from trigpoint.web.hot_now.health import AgencyHealth
from trigpoint.web.presenters.words import counted

__all__ = ["Late", "StepShown", "late_of", "steps_shown"]

FEEDS = "feeds"
SAID_ELSEWHERE = frozenset({"frozen", "meeting"})
"""Steps that are done by freezing and by holding, and by no word."""


@dataclass(frozen=True, slots=True)
class StepShown:
    """`state` is done, now (the meeting's own day, or what is due next), late or coming."""

    name: str
    words: str
    on: date
    state: str
    told: str
    may_mark: bool


@dataclass(frozen=True, slots=True)
class Late:
    """What is late: the step, by how many days, and whose it is."""

    words: str
    told: str


def steps_shown(meeting: MeetingTold, today: date, health: Sequence[AgencyHealth]) -> tuple[StepShown, ...]:
    """The steps in the order of their days; the first that is neither done nor late is the one that is due next.

    Feeds are done when their day is over and nobody is silent, or when somebody said so.
    """
    shown: list[StepShown] = []
    next_found, all_sent = False, not any(one.warn for one in health)
    for one in meeting.steps:
        sent = one.name == FEEDS and all_sent and today > one.on
        state = "done" if sent else _state(one, today)
        if state == "coming" and not next_found:
            state, next_found = "now", True
        shown.append(StepShown(one.name, one.words, one.on, state, _told(one, state, today), _may_mark(one)))
    return tuple(shown)


def late_of(
    meeting: MeetingTold, today: date, health: Sequence[AgencyHealth], whose: Mapping[str, str] | None = None
) -> tuple[Late, ...]:
    """Steps past their day, each with whose it is; feeds that are due are late by agency, as the coverage answer says.

    `whose` says by the step's name who exactly has not done it, where that is known: see `late_by.py`.
    """
    if meeting.state == "closed":
        return ()
    silent = [one for one in health if one.warn]
    found = [Late(one.name, one.phrase) for one in silent] if _feeds_count(meeting, today) else []
    for one in meeting.steps:
        if one.late(today) and one.name != FEEDS:
            said = (whose or {}).get(one.name, one.owner)
            found.append(Late(one.words, f"{counted(one.late(today), 'day', 'days')} late: {said}"))
    return tuple(found)


def _feeds_count(meeting: MeetingTold, today: date) -> bool:
    """Whether feeds are late by now: from the day they are due until the meeting is held."""
    due = next((one.on for one in meeting.steps if one.name == FEEDS), None)
    return due is not None and today > due and meeting.state in ("planned", "frozen")


def _state(one: Step, today: date) -> str:
    if one.done:
        return "done"
    return "late" if one.late(today) else "coming"


def _told(one: Step, state: str, today: date) -> str:
    if state == "late":
        return f"{counted(one.late(today), 'day', 'days')} late"
    return {"done": "done", "now": "next", "coming": "to come"}[state]


def _may_mark(one: Step) -> bool:
    return one.name not in SAID_ELSEWHERE
