"""The life of a meeting, and the days before and after it on which something is due.

Planned, frozen, held, closed: one way, one step at a time; a closed one alone is opened again, with a
reason. What a meeting froze stays as it was; another look at the
facts is another meeting.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

__all__ = [
    "ALLOWED",
    "AgendaLine",
    "MeetingRefused",
    "MeetingState",
    "NotLooked",
    "Step",
    "StepRule",
    "Timetable",
    "moved",
    "next_meeting",
    "not_looked",
    "reopened",
]


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    FROZEN = "frozen"
    HELD = "held"
    CLOSED = "closed"


ALLOWED: dict[MeetingState, frozenset[MeetingState]] = {
    MeetingState.PLANNED: frozenset({MeetingState.FROZEN}),
    MeetingState.FROZEN: frozenset({MeetingState.HELD}),
    MeetingState.HELD: frozenset({MeetingState.CLOSED}),
    MeetingState.CLOSED: frozenset(),
}
"""Where a meeting may go from each state."""

_REFUSED = {
    (
        MeetingState.PLANNED,
        MeetingState.HELD,
    ): "Freeze the meeting first: the room talks about what stands still.",
    (MeetingState.PLANNED, MeetingState.CLOSED): "This meeting has not been held.",
    (MeetingState.FROZEN, MeetingState.CLOSED): "This meeting has not been held.",
    (
        MeetingState.FROZEN,
        MeetingState.FROZEN,
    ): "This meeting is frozen already: what it rests on does not move.",
    (MeetingState.HELD, MeetingState.FROZEN): "This meeting was held: what it rested on does not move.",
    (MeetingState.HELD, MeetingState.HELD): "This meeting was held already.",
}


class MeetingRefused(ValueError):
    """The meeting cannot go that way, or cannot be changed so; the message says why."""


def moved(state: MeetingState, to: MeetingState) -> MeetingState:
    """The state it goes to. Raises MeetingRefused for every way that `ALLOWED` does not name."""
    if to in ALLOWED[state]:
        return to
    told = _REFUSED.get((state, to))
    raise MeetingRefused(told or f"A meeting that is {state} cannot become {to}.")


def reopened(state: MeetingState) -> MeetingState:
    """A closed meeting opened again is one that was held: what it froze stays. Raises MeetingRefused for any other."""
    if state is not MeetingState.CLOSED:
        raise MeetingRefused("Only a closed meeting can be opened again.")
    return MeetingState.HELD


@dataclass(frozen=True, slots=True)
class StepRule:
    """Something due `days` from the meeting's day, before it where negative. `owner` is the role that sees to it."""

    name: str
    words: str
    days: int
    owner: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of one meeting: the day it is due on, and whether it is done."""

    name: str
    words: str
    on: date
    done: bool
    owner: str

    def late(self, today: date) -> int:
        """Days past its day, 0 where it is done or not due before today."""
        return 0 if self.done else max((today - self.on).days, 0)


@dataclass(frozen=True, slots=True)
class Timetable:
    """The steps of every meeting, in the order of their days. Raises ValueError for two of one name, and without the
    steps "frozen" and "meeting", on which the others hang."""

    rules: tuple[StepRule, ...]

    def __post_init__(self) -> None:
        names = [one.name for one in self.rules]
        if len(set(names)) < len(names):
            raise ValueError("a step stands twice in the timetable")
        if not {"frozen", "meeting"} <= set(names):
            raise ValueError("a timetable has the steps frozen and meeting")
        if any(one.days != 0 for one in self.rules if one.name == "meeting"):
            raise ValueError("the step meeting is the day itself")
        object.__setattr__(self, "rules", tuple(sorted(self.rules, key=lambda one: one.days)))

    def steps(self, held_on: date, done: Collection[str] = ()) -> tuple[Step, ...]:
        """The steps of a meeting on that day; those named in `done` are done."""
        return tuple(
            Step(one.name, one.words, held_on + timedelta(days=one.days), one.name in done, one.owner)
            for one in self.rules
        )


@dataclass(frozen=True, slots=True)
class NotLooked:
    """Of the agencies whose records stand behind a meeting's places: those that opened none of these, and those that
    opened one and said nothing of any."""

    nothing: tuple[str, ...]
    only_opened: tuple[str, ...]


def not_looked(expected: Collection[str], opened: Collection[str], answered: Collection[str]) -> NotLooked:
    """Who is still to look, in the order of `expected`. Whoever answered has looked."""
    return NotLooked(
        tuple(one for one in expected if one not in opened and one not in answered),
        tuple(one for one in expected if one in opened and one not in answered),
    )


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """An item that every agenda begins with. `item` says what the page shows there, `minutes` the time it is given."""

    item: str
    title: str
    minutes: int


def next_meeting(day: date, months: int) -> date:
    """The same weekday of the month, so many months later: the third Wednesday stays the third Wednesday.

    A fifth weekday that the later month has not got becomes its fourth. Raises ValueError for less than a month.
    """
    if months < 1:
        raise ValueError("meetings are at least a month apart")
    week = (day.day - 1) // 7
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * week)
    return found if found.month == first.month else found - timedelta(days=7)
