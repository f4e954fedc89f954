"""What a played year is told to do, and what was done in it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

__all__ = ["LAST_DAY", "Script", "Year", "at_nine", "meeting_days"]

LAST_DAY = date(2026, 10, 31)


@dataclass(frozen=True, slots=True)
class Script:
    """How many meetings there are and which of them is replayed; what happens before which of them."""

    meetings: int = 12
    actions_each: int = 5
    closures: int = 15
    closures_from: int = 3
    replayed: int = 3
    erased_before: int = 8
    withdrawn_before: int = 10
    corrected_before: int = 6


@dataclass
class Year:
    """What was done, to be told at the end and held against the laws.

    `kept` are the digests of each meeting's answers on its day, `places` the places of its own frozen answer, and
    `plans` the action of each evaluation's plan with the words it was told in when it was due.
    """

    script: Script
    kept: dict[int, dict[str, str]] = field(default_factory=dict)
    hot: dict[int, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    decided: int = 0
    closures: int = 0
    taken: set[tuple[str, str]] = field(default_factory=set)
    late: list[str] = field(default_factory=list)
    corrected: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    plans: dict[int, dict[str, Any]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    replay: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def require(self, holds: bool, law: str) -> None:
        if not holds:
            self.faults.append(law)


def meeting_days(many: int) -> list[date]:
    """The third Wednesday of each month from November 2025 on, as many as that."""
    firsts = [date(2025 + (10 + month) // 12, (10 + month) % 12 + 1, 1) for month in range(many)]
    return [one + timedelta(days=(2 - one.weekday()) % 7 + 14) for one in firsts]


def at_nine(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
