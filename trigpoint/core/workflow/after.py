"""What became of what a meeting took up: of a place, and of an action's day. In words, never a score.

A place comes to a meeting because it is high, and what is high falls by itself. So a place that is no longer hot is
called quiet and nothing more; that it moved is said only where an evaluation with comparable places found it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from trigpoint.core.workflow.action import ActionState

__all__ = [
    "BECAME_WORDS",
    "LEAST_MONTHS",
    "TIMELY_WORDS",
    "Became",
    "Seen",
    "Timely",
    "YearSpan",
    "became_of",
    "months_between",
    "span_of_year",
    "timely",
]

LEAST_MONTHS = 3
"""Whole months that have to be over before a place is called quiet."""


class Became(StrEnum):
    """What a place that was taken up has become by a later test."""

    STILL_HOT = "still_hot"
    MOVED = "moved"
    QUIET = "quiet"
    CANNOT_TELL = "cannot_tell"


BECAME_WORDS = {
    Became.STILL_HOT: "Still hot",
    Became.MOVED: "Moved",
    Became.QUIET: "Gone quiet",
    Became.CANNOT_TELL: "Cannot tell",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a place that was taken up.

    `hot` is whether a unit of it passes the test now, None where the test is not told; `displaced` whether an evaluation
    found that it moved. `silent` is whether a feed may be silent there, `concern` whether its district has a concern that is
    told without a place, `few_months` whether fewer than `LEAST_MONTHS` are over since it was taken up. `was_hot` is whether
    it passed the test of the twelve months before that: what was never hot, to this reader, cannot go quiet.
    """

    hot: bool | None
    displaced: bool
    silent: bool
    concern: bool
    few_months: bool
    was_hot: bool = True


def became_of(seen: Seen) -> tuple[Became, str]:
    """What it became, and why it cannot be told where it cannot; hot comes before all, and quiet after every doubt."""
    if seen.hot is None:
        return Became.CANNOT_TELL, "the test is not told here"
    if seen.hot:
        return Became.STILL_HOT, ""
    if seen.displaced:
        return Became.MOVED, ""
    doubts = (
        (seen.few_months, f"fewer than {LEAST_MONTHS} months are over since"),
        (not seen.was_hot, "they were not hot when they were taken up, in what is shown here"),
        (seen.silent, "a feed is silent there"),
        (seen.concern, "a concern in the district is told without its place"),
    )
    why = next((words for holds, words in doubts if holds), "")
    return (Became.CANNOT_TELL, why) if why else (Became.QUIET, "")


class Timely(StrEnum):
    """How an action stands to its day."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    TO_COME = "to_come"
    ENDED = "ended"
    NONE_TAKEN = "none_taken"


TIMELY_WORDS = {
    Timely.IN_TIME: "Done in time",
    Timely.LATE: "Done after its day",
    Timely.OVERDUE: "Open and overdue",
    Timely.TO_COME: "Open, its day to come",
    Timely.ENDED: "Stopped or superseded",
    Timely.NONE_TAKEN: "No action, because",
}


def timely(state: ActionState, due_on: date | None, done_on: date | None, today: date) -> Timely:
    """Where an action stands on a day. Work without a day is never late; `done_on` is None while it is not done."""
    if state is ActionState.NONE_TAKEN:
        return Timely.NONE_TAKEN
    if state in (ActionState.STOPPED, ActionState.SUPERSEDED):
        return Timely.ENDED
    if state is ActionState.DONE:
        late = due_on is not None and done_on is not None and done_on > due_on
        return Timely.LATE if late else Timely.IN_TIME
    return Timely.OVERDUE if due_on is not None and due_on < today else Timely.TO_COME


@dataclass(frozen=True, slots=True)
class YearSpan:
    """A calendar year as far as it is over, or a part of one: half-open. `to_date` is whether it still runs; `label` says
    what it is where that is no year."""

    year: int
    first: date
    end: date
    to_date: bool
    label: str = ""

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)

    def has(self, day: date) -> bool:
        return self.first <= day < self.end

    @property
    def words(self) -> str:
        return self.label or (f"{self.year} to date" if self.to_date else str(self.year))


def span_of_year(year: int, today: date) -> YearSpan:
    """The year up to and with `today`. Raises ValueError for a year that has not begun, and for one before 2000."""
    if not 2000 <= year <= today.year:
        raise ValueError(f"Choose a year from 2000 to {today.year}.")
    running = year == today.year
    end = today + timedelta(days=1) if running else date(year + 1, 1, 1)
    return YearSpan(year, date(year, 1, 1), end, running)


def months_between(after: date, end: date) -> int:
    """Whole months that began after a day and are over by `end`, a first of a month; never below 0."""
    return max((end.year - after.year) * 12 + end.month - after.month - 1, 0)
