"""The small chart of an evaluation: before and after, beside what would have been had the place gone as similar ones.

Read in black and white: before is an outline, after is filled, what was to be expected a dashed line on a grey band.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from trigpoint.gate.kinds.evaluation_words import LEFT_OUT
from trigpoint.web.pack import inks
from trigpoint.web.presenters.words import day_words

__all__ = [
    "BeforeAfter",
    "Side",
    "before_after",
    "before_after_chart",
    "before_after_words",
    "could_see_of",
    "finding_of",
]

Row = Mapping[str, Any]
WIDE, HIGH = 520, 184
_LEFT, _TOP, _FOOT, _HEAD = 4.0, 26.0, 62.0, 18.0
_COLUMN, _GAP = 38.0, 26.0
_LETTERS = 14


@dataclass(frozen=True, slots=True)
class Side:
    """Records of one ground before and after the start. `expected` is what it would have had after, had it gone as
    similar places did, `low` and `high` what chance leaves open; None where nothing is compared."""

    title: str
    before: int
    after: int
    expected: int | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """`sides` in the order they are drawn; `start` is the day the work began; months are those that were counted."""

    start: date
    months_before: int
    months_after: int
    sides: tuple[Side, ...]


def before_after(counted: Sequence[Row], about: Mapping[str, Any]) -> BeforeAfter | None:
    """From the rows and the words of an answer to "evaluation", told now or kept; None where no month after is over."""
    told = {str(one["part"]): one for one in counted}
    before, after = int(about["months_before"]), int(about["months_after"])
    sides = tuple(_sides(told, before, after, round(float(about["buffer_m"]))))
    if not before or not after or not sides:
        return None
    return BeforeAfter(date.fromisoformat(str(about["start"])), before, after, sides)


def _sides(told: Mapping[str, Row], months_before: int, months_after: int, ring_m: int) -> Iterator[Side]:
    many = _number(told.get("control", {}).get("places")) or 0.0
    similar = "A similar place" if many <= 1 else f"{many:.0f} similar places, mean"
    grounds = (
        ("target", "At the place", "difference"),
        ("control", similar, ""),
        ("buffer", f"{ring_m} metres round it", "difference_buffer"),
    )
    for part, title, difference in grounds:
        row = told.get(part, {})
        before, after = _number(row.get("before")), _number(row.get("after"))
        if before is None or after is None or (part == "control" and not many):
            continue
        share = many if part == "control" else 1.0
        side = Side(title, round(before / share), round(after / share))
        yield _expected(side, after, told.get(difference, {}))


def _expected(side: Side, after: float, difference: Row) -> Side:
    """With what was to be expected: the count after, less what lies beyond similar places."""
    value, lower, upper = (_number(difference.get(one)) for one in ("value", "lower", "upper"))
    if value is None or lower is None or upper is None:
        return side
    low, middle, high = (max(round(after - one), 0) for one in (upper, value, lower))
    return Side(side.title, side.before, side.after, middle, low, high)


def _number(told: Any) -> float | None:
    if told is None or isnan(float(told)):
        return None
    return float(told)


def finding_of(about: Mapping[str, Any]) -> tuple[str, str]:
    """What was found, and what is said beside it: what was left out of the count, and whether it was planned."""
    sentence, planned = str(about["sentence"]), str(about["planned"])
    found = sentence.split(f" {LEFT_OUT}")[0].removesuffix(planned).strip()
    return found, sentence[len(found) :].strip()


def could_see_of(about: Mapping[str, Any]) -> str:
    """What could have been seen: as it was said when the plan was locked, and of what is counted now where that is less."""
    then, now = str(about.get("said_when_locked", "")), str(about.get("said_before", ""))
    if not then:
        return now
    return (
        f"{then} Of what is counted now: {now[:1].lower()}{now[1:]}" if about.get("feeds_left_out") else then
    )


def before_after_words(told: BeforeAfter) -> str:
    """The drawing in words, for whoever does not see it."""
    spans = f"{told.months_before} months before and {told.months_after} months after {day_words(told.start)}"
    return f"Records in the {spans}. {' '.join(map(_side_words, told.sides))}"


def _side_words(side: Side) -> str:
    said = f"{side.title}: {side.before:,} before, {side.after:,} after"
    if side.expected is None:
        return f"{said}."
    return f"{said}; {side.expected:,} ({side.low:,} to {side.high:,}) had it gone as similar places did."


def before_after_chart(told: BeforeAfter) -> bytes:
    """Two columns a ground, as records a month where the times differ, with the day the work began between them."""
    panel = (WIDE - _LEFT) / max(len(told.sides), 2)
    most = max(max(_heights(told, one)) for one in told.sides) or 1.0
    high = HIGH - _TOP - _FOOT - _HEAD
    drawn = [
        part
        for at, side in enumerate(told.sides)
        for part in _panel(told, side, _LEFT + at * panel, high / most)
    ]
    return inks.svg(WIDE, HIGH, *drawn, *_legend(told))


def _heights(told: BeforeAfter, side: Side) -> tuple[float, float, float, float, float]:
    """Records a month: before, after, expected, low and high, 0 where there is none."""
    after = (side.after, side.expected or 0, side.low or 0, side.high or 0)
    late = [one / told.months_after for one in after]
    return side.before / told.months_before, late[0], late[1], late[2], late[3]


def _panel(told: BeforeAfter, side: Side, left: float, scale: float) -> Iterator[str]:
    before, after, expected, low, high = (one * scale for one in _heights(told, side))
    base, first = HIGH - _FOOT, left + 6
    second, middle = first + _COLUMN + _GAP, first + _COLUMN + _GAP / 2
    yield inks.written(side.title, left, 15, _LETTERS, weight=700)
    yield _column("before", first, base, before)
    if side.expected is not None:
        yield (
            f'<rect class="range" x="{second - 7:.1f}" y="{base - high:.1f}" width="{_COLUMN + 14:.1f}" '
            f'height="{max(high - low, 1):.1f}" fill="{inks.QUIET}"/>'
        )
    yield _column("after", second + 5, base, after, _COLUMN - 10)
    if side.expected is not None:
        across = f"M{second - 7:.1f} {base - expected:.1f}h{_COLUMN + 14:.1f}"
        yield inks.line(across, inks.INK, 2, 'class="expected" stroke-dasharray="5 3"')
        yield inks.written(
            f"{side.expected:,}", second + _COLUMN + 12, base - expected + 5, _LETTERS, inks.INK_2
        )
    yield inks.line(
        f"M{middle:.1f} {_TOP - 3:.1f}V{base:.1f}", inks.INK, 1.4, 'class="start" stroke-dasharray="2 3"'
    )
    yield inks.line(f"M{left:.1f} {base:.1f}H{second + _COLUMN + 8:.1f}", inks.INK, 1.4, 'class="base"')
    yield inks.written(
        f"{side.before:,}", first + _COLUMN / 2, base - before - 5, _LETTERS, weight=700, anchor="middle"
    )
    yield inks.written(
        f"{side.after:,}", second + _COLUMN / 2, base + 16, _LETTERS, weight=700, anchor="middle"
    )


def _column(name: str, left: float, base: float, high: float, wide: float = _COLUMN) -> str:
    fill = inks.PAPER if name == "before" else inks.HOT
    return (
        f'<rect class="{name}" x="{left:.1f}" y="{base - high:.1f}" width="{wide:.1f}" height="{high:.1f}" fill="{fill}" '
        f'stroke="{inks.INK}" stroke-width="1.6"/>'
    )


def _legend(told: BeforeAfter) -> Iterator[str]:
    """What each mark means, in two lines below."""
    upper, lower = HIGH - 24.0, HIGH - 5.0
    compared = any(one.expected is not None for one in told.sides)
    yield _key("before", _LEFT, upper)
    yield inks.written(f"{told.months_before} months before", _LEFT + 18, upper, _LETTERS, inks.INK_2)
    yield _key("after", 168, upper)
    yield inks.written(f"{told.months_after} months after", 186, upper, _LETTERS, inks.INK_2)
    yield inks.line(f"M338 {upper - 13}v14", inks.INK, 1.4, 'class="start" stroke-dasharray="2 3"')
    yield inks.written(f"began {day_words(told.start)}", 346, upper, _LETTERS, inks.INK_2)
    if compared:
        yield f'<rect class="range" x="{_LEFT}" y="{lower - 11:.1f}" width="26" height="12" fill="{inks.QUIET}"/>'
        yield inks.line(f"M{_LEFT} {lower - 5}h26", inks.INK, 2, 'class="expected" stroke-dasharray="5 3"')
        yield inks.written(
            "had it gone as similar places did, and what chance leaves open",
            _LEFT + 33,
            lower,
            _LETTERS,
            inks.INK_2,
        )


def _key(name: str, left: float, base: float) -> str:
    return _column(name, left, base, 11, 11)
