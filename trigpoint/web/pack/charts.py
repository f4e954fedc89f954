"""Charts on paper: a place's months with what it would keep to, and the hours of its week."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.web.pack import inks

__all__ = ["Months", "months_chart", "week_chart"]


@dataclass(frozen=True, slots=True)
class Months:
    """Months as 2026-04 with their counts; `low` and `high` the expected band or empty; `breaks` (month, title)."""

    months: Sequence[str]
    counts: Sequence[int]
    low: Sequence[float]
    high: Sequence[float]
    silent: Sequence[bool]
    breaks: Sequence[tuple[str, str]]


Along = Callable[[float], float]
LEFT, RIGHT, TOP, BOTTOM = 42.0, 118.0, 20.0, 22.0


def months_chart(told: Months, wide: int, high: int) -> bytes:
    """A line of counts over the grey band; silent months hatched; the last month named at the line's end."""
    most = _ceiling(max((*told.counts, *told.high, 1)))
    step = (wide - LEFT - RIGHT) / max(len(told.months) - 1, 1)

    def x(at: float) -> float:
        return LEFT + at * step

    def y(count: float) -> float:
        return high - BOTTOM - count / most * (high - TOP - BOTTOM)

    grid = [
        inks.line(f"M{LEFT} {y(one):.1f}H{wide - RIGHT}", inks.LINE, 1)
        + inks.written(f"{one:,}", LEFT - 6, y(one) + 5, 13, inks.INK_2, anchor="end")
        for one in sorted({0, most // 2, most})
    ]
    path = "M" + " ".join(f"{x(at):.1f},{y(count):.1f}" for at, count in enumerate(told.counts))
    last = len(told.counts) - 1
    return inks.svg(
        wide,
        high,
        *_band(told, x, y),
        *grid,
        *_silences(told, x, step, high),
        *_breaks(told, x, high),
        inks.line(path, inks.HOT, 3, 'stroke-linejoin="round"'),
        f'<circle cx="{x(last):.1f}" cy="{y(told.counts[last]):.1f}" r="5" fill="{inks.HOT}"/>',
        inks.written(
            f"{told.counts[last]:,} in {_short(told.months[last])}",
            x(last) + 11,
            y(told.counts[last]) + 5,
            13,
            inks.HOT,
            weight=700,
        ),
        inks.written(_short(told.months[0]), LEFT, high - 5, 13, inks.INK_2),
        inks.written(_short(told.months[last]), x(last), high - 5, 13, inks.INK_2, anchor="end"),
    )


def _band(told: Months, x: Along, y: Along) -> list[str]:
    if not told.high:
        return []
    upper = [f"{x(at):.1f},{y(one):.1f}" for at, one in enumerate(told.high)]
    lower = [f"{x(at):.1f},{y(one):.1f}" for at, one in enumerate(told.low)]
    return [f'<path d="M{" ".join((*upper, *reversed(lower)))}Z" fill="{inks.BAND}"/>']


def _silences(told: Months, x: Along, step: float, high: int) -> list[str]:
    drawn = []
    for at, silent in enumerate(told.silent):
        if silent:
            left, right = x(at) - step / 2, x(at) + step / 2
            strokes = "".join(
                f"M{left:.1f} {down:.1f}L{right:.1f} {down - step:.1f}"
                for down in range(int(TOP + step), high - int(BOTTOM), 6)
            )
            drawn.append(inks.line(strokes, inks.SILENT, 1))
    return drawn


def _breaks(told: Months, x: Along, high: int) -> list[str]:
    """A dashed line where a definition changed; the first of them says which."""
    inside = [(month, title) for month, title in told.breaks if month in told.months]
    drawn = []
    for at, (month, title) in enumerate(inside):
        across = x(told.months.index(month))
        drawn.append(
            inks.line(f"M{across:.1f} {TOP - 6}V{high - BOTTOM}", inks.INK, 1.6, 'stroke-dasharray="4 4"')
        )
        if at == 0:
            late = told.months.index(month) * 2 > len(told.months)
            side, anchor = (-6, "end") if late else (6, "start")
            drawn.append(inks.written(f"{_short(month)}: {title}", across + side, 13, 13, anchor=anchor))
    return drawn


STEPS = (2, 4, 6, 10, 20, 30, 40, 60)


def _ceiling(most: float) -> int:
    """The least round number that is no less, so that half of it is whole."""
    scale = 1
    while most > STEPS[-1] * scale:
        scale *= 10
    return next(one * scale for one in STEPS if one * scale >= most)


def _short(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%b %Y}"


DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def week_chart(counts: Sequence[Sequence[int]], wide: int, high: int) -> bytes:
    """Seven rows of twenty-four hours, darker where more; an empty hour is paper."""
    most = max((max(row, default=0) for row in counts), default=0) or 1
    left, bottom = 44.0, 22.0
    across, down = (wide - left) / 24, (high - bottom) / 7
    drawn = [inks.written(day, 0, down * at + down * 0.68, 14, inks.INK_2) for at, day in enumerate(DAYS)]
    for at, row in enumerate(counts):
        for hour, count in enumerate(row):
            ink = inks.COUNTS[min(5, count * 6 // (most + 1))] if count else inks.PAPER
            drawn.append(
                f'<rect x="{left + hour * across:.1f}" y="{at * down:.1f}" width="{across - 1:.1f}" height="{down - 1:.1f}" '
                f'fill="{ink}" stroke="{inks.LINE}" stroke-width="0.6"/>'
            )
    for hour in (0, 6, 12, 18):
        drawn.append(inks.written(f"{hour:02d}:00", left + hour * across, high - 5, 13, inks.INK_2))
    return inks.svg(wide, high, *drawn)
