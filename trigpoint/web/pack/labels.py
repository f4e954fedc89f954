"""Where street names stand on a map on paper: along the street, upright, none over another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan2, cos, degrees, radians, sin
from typing import Any

import shapely

__all__ = ["Label", "street_labels"]

MOST = 8
LETTER_WIDE = 6.8
"""Of the type that labels are set in, drawing units."""
HIGH = 18.0


@dataclass(frozen=True, slots=True)
class Label:
    """`x`, `y` the middle of its baseline and `turn` its angle in degrees, so that it reads from the left."""

    words: str
    x: float
    y: float
    turn: float


def street_labels(
    named: Sequence[tuple[Any, str, int]],
    at: Callable[[float, float], tuple[float, float]],
    wide: float,
    high: float,
) -> list[Label]:
    """One label a street, the fullest streets first, at most `MOST`; a street too short for its name has none.

    `named` are lines (or areas, which get none) with name and class; `at` turns metres into drawing units.
    """
    longest: dict[str, tuple[int, float, Any]] = {}
    for shape, name, held in named:
        for part in shapely.get_parts(shape).tolist():
            if part.geom_type != "LineString" or part.is_empty:
                continue
            told = (held, part.length, part)
            if name not in longest or told[:2] > longest[name][:2]:
                longest[name] = told
    placed: list[Label] = []
    boxes: list[tuple[float, float, float, float]] = []
    for name, (_, _, part) in sorted(longest.items(), key=lambda one: (-one[1][0], -one[1][1], one[0])):
        label = _along(name, part, at)
        box = _box(label)
        inside = box[0] > 2 and box[1] > 2 and box[2] < wide - 2 and box[3] < high - 40
        if inside and not any(_meet(box, one) for one in boxes):
            placed.append(label)
            boxes.append(box)
        if len(placed) == MOST:
            break
    return placed


def _along(name: str, part: Any, at: Callable[[float, float], tuple[float, float]]) -> Label:
    middle = part.interpolate(0.5, normalized=True)
    before, after = (part.interpolate(one, normalized=True) for one in (0.35, 0.65))
    (x0, y0), (x1, y1) = at(before.x, before.y), at(after.x, after.y)
    turn = degrees(atan2(y1 - y0, x1 - x0))
    turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
    return Label(name, *at(middle.x, middle.y), turn)


def _box(label: Label) -> tuple[float, float, float, float]:
    long, turn = len(label.words) * LETTER_WIDE / 2, radians(label.turn)
    across, down = abs(cos(turn)) * long + HIGH / 2, abs(sin(turn)) * long + HIGH / 2
    return label.x - across, label.y - down, label.x + across, label.y + down


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
