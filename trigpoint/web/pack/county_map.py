"""The county on paper: its districts, those of the meeting, and a letter where each place lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from trigpoint.web.hot_now.minimap import Frame
from trigpoint.web.pack import inks
from trigpoint.web.pack.place_map import Pen

__all__ = ["Lettered", "Shaded", "county_map", "ward_map"]

PLATE = 26.0
MOST_NAMES = 10
LETTER_HALF, NAME_HIGH = 2.9, 12.0
"""Half a letter's width and a line's height of the names, drawing units."""


@dataclass(frozen=True, slots=True)
class Lettered:
    letter: str
    east_m: float
    north_m: float


def county_map(
    districts: Sequence[tuple[str, str, Any]],
    here: frozenset[str] | None,
    places: Sequence[Lettered],
    wide: int,
    high: int,
) -> bytes:
    """`districts` are code, name and shape (EPSG:27700 metres); `here` those of the meeting, None for all."""
    shapes = np.array([*(shape for _, _, shape in districts), None], dtype=object)[:-1]
    pen = Pen(_frame(shapes, wide / high), wide, high)
    standing, drawn = _standing(pen, places), []
    for code, _, shape in districts:
        inside = here is None or code in here
        fill = inks.GROUND if inside else inks.PAPER
        drawn.append(f'<path d="{pen.path(shape)}" fill="{fill}" stroke="{inks.QUIET}" stroke-width="1.2"/>')
    for code, name, shape in districts:
        if here is None or code in here:
            point = shapely.point_on_surface(shape)
            x, y = pen.at(point.x, point.y)
            under = [b for a, b in standing if _covers([(a, b)], x, y, name)]
            y = max(under) + PLATE / 2 + NAME_HIGH if under else y
            drawn.append(inks.written(name, x, y, 11, inks.INK_2, anchor="middle"))
    return inks.svg(wide, high, *drawn, *_plates(pen, places, standing))


def _frame(shapes: Any, aspect: float) -> Frame:
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    wide = max(east - west, (north - south) * aspect) * 1.04
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(x - wide / 2, y - wide / 2 / aspect, x + wide / 2, y + wide / 2 / aspect)


def _standing(pen: Pen, places: Sequence[Lettered]) -> list[tuple[float, float]]:
    """Where each plate's middle stands: at its point, or higher where it would cover another."""
    taken: list[tuple[float, float]] = []
    for place in places:
        x, down = pen.at(place.east_m, place.north_m)
        while any(abs(x - a) < PLATE and abs(down - b) < PLATE for a, b in taken) and down > PLATE:
            down -= 6
        taken.append((x, down))
    return taken


def _covers(standing: Sequence[tuple[float, float]], x: float, y: float, name: str) -> bool:
    """Whether a plate would cover a name whose middle is there."""
    half = len(name) * LETTER_HALF
    return any(
        abs(x - a) < half + PLATE / 2 and abs(y - NAME_HIGH / 3 - b) < (PLATE + NAME_HIGH) / 2
        for a, b in standing
    )


def _plates(pen: Pen, places: Sequence[Lettered], standing: Sequence[tuple[float, float]]) -> list[str]:
    """Each plate, with a line to the point where it belongs."""
    drawn: list[str] = []
    for place, (x, down) in zip(places, standing, strict=True):
        _, y = pen.at(place.east_m, place.north_m)
        half = PLATE / 2
        drawn.append(inks.line(f"M{x:.1f} {y:.1f}V{down:.1f}", inks.INK, 1.4))
        drawn.append(
            f'<rect x="{x - half:.1f}" y="{down - half:.1f}" width="{PLATE}" height="{PLATE}" rx="3" fill="{inks.INK}" '
            f'stroke="{inks.PAPER}" stroke-width="2"/>'
        )
        drawn.append(inks.written(place.letter, x, down + 5.5, 16, inks.PAPER, weight=700, anchor="middle"))
    return drawn


@dataclass(frozen=True, slots=True, eq=False)
class Shaded:
    """An area with its name and the class of its count, 0 to 6."""

    shape: Any
    name: str
    held: int


def ward_map(wards: Sequence[Shaded], places: Sequence[Lettered], wide: int, high: int) -> bytes:
    """Wards in the colours of counts, the fullest named, a letter where each place lies."""
    shapes = np.array([*(one.shape for one in wards), None], dtype=object)[:-1]
    pen = Pen(_frame(shapes, wide / high), wide, high)
    standing, drawn = _standing(pen, places), []
    for one in wards:
        fill = inks.COUNTS[one.held - 1] if one.held else inks.PAPER
        drawn.append(
            f'<path d="{pen.path(one.shape)}" fill="{fill}" stroke="{inks.PAPER}" stroke-width="1"/>'
        )
    taken: list[tuple[float, float, float]] = []
    for one in sorted(wards, key=lambda each: -each.held)[:MOST_NAMES]:
        point = shapely.point_on_surface(one.shape)
        (x, y), half = pen.at(point.x, point.y), len(one.name) * LETTER_HALF
        if any(abs(x - a) < half + wide_a and abs(y - b) < NAME_HIGH for a, b, wide_a in taken):
            continue
        if _covers(standing, x, y, one.name):
            continue
        taken.append((x, y, half))
        halo = f'stroke="{inks.PAPER}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        drawn.append(inks.written(one.name, x, y, 10, inks.INK, anchor="middle", more=halo))
    return inks.svg(wide, high, *drawn, *_plates(pen, places, standing))
