"""Two years of a place as a small chart: a bar a month, a scale, the months beneath, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.web.hot_now.words import month_words
from trigpoint.web.presenters.words import counted

__all__ = ["MonthBar", "MonthChart", "month_chart"]

LEFT, TOP, TALLEST, BAR, WIDE = 34, 10, 90, 13, 10
"""The drawing's measures: the room for the scale, above the tallest bar, its height, and from bar to bar."""
YEAR = 12
STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class MonthBar:
    """A month's count and its bar, in units of the drawing."""

    month: str
    count: int
    x: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class MonthChart:
    """`scale` are counts with how far down their lines are, `under` the months that are named, with where; `years` when
    a year begins. `said` is the chart in words."""

    bars: tuple[MonthBar, ...]
    scale: tuple[tuple[int, float], ...]
    under: tuple[tuple[str, int], ...]
    years: tuple[int, ...]
    said: str

    @property
    def width(self) -> int:
        return LEFT + len(self.bars) * BAR + 4

    @property
    def base(self) -> int:
        return TOP + TALLEST

    left, wide = LEFT, WIDE


def month_chart(told: Sequence[tuple[str, int]]) -> MonthChart | None:
    """`told` are months, as 2026-04, with their counts, in their order; None for no month."""
    if not told:
        return None
    top = _top(max(count for _, count in told))
    bars = tuple(
        MonthBar(month, count, LEFT + at * BAR, TOP + TALLEST - _high(count, top), _high(count, top))
        for at, (month, count) in enumerate(told)
    )
    return MonthChart(
        bars=bars,
        scale=tuple((count, TOP + TALLEST - _high(count, top)) for count in sorted({0, top // 2, top})),
        under=tuple((_short(one.month), one.x) for one in bars if one.month[5:] in ("01", "04", "07", "10")),
        years=tuple(one.x for one in bars[1:] if one.month.endswith("-01")),
        said=_said(told),
    )


def _said(told: Sequence[tuple[str, int]]) -> str:
    total, last = sum(count for _, count in told), sum(count for _, count in told[-YEAR:])
    most = max(told, key=lambda one: one[1])
    span = f"{month_words(told[0][0])} to {month_words(told[-1][0])}"
    if not total:
        return f"Nothing is told of {span}."
    said = f"{counted(total, 'record', 'records')} from {span}"
    said += f"; the most in one month, {most[1]:,}, in {month_words(most[0])}."
    return f"{said} {last:,} of them in the last twelve months." if len(told) > YEAR else said


def _short(month: str) -> str:
    """Jan 26 for the first month of a year, Apr for another."""
    day = date.fromisoformat(f"{month}-01")
    return f"{day:%b %y}" if day.month == 1 else f"{day:%b}"


def _high(count: int, top: int) -> float:
    return round(count * TALLEST / top, 1)


def _top(most: int) -> int:
    """The least even round number that no month is above."""
    size = 1
    while True:
        for step in STEPS:
            if step * size >= most and step * size >= 2 and step * size % 2 == 0:
                return step * size
        size *= 10
