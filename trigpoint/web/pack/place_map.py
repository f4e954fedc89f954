"""The map of a place on paper: its streets, what lies on them, what stands around, and how far one walks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.web.hot_now.minimap import Frame
from trigpoint.web.pack import inks
from trigpoint.web.pack.labels import Label, street_labels
from trigpoint.web.presenters.marks import mark_of

__all__ = ["Ground", "Pin", "frame_of", "place_map"]

Shapes = NDArray[np.object_]
LEAST_WIDE_M = 1100.0
ROOM = 1.7
WIDTHS = (0.0, 2.2, 3.0, 4.2, 5.6, 7.2, 9.0)
"""How wide a street is drawn by the class of its count, drawing units."""
MARK = 22.0
TRANSPORT = frozenset({"station", "bus_stop"})


@dataclass(frozen=True, slots=True)
class Pin:
    """A place of public kind, or a notice, at its point (EPSG:27700 metres)."""

    kind: str
    east_m: float
    north_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What a map of a place is drawn from. `units` are shape, name and class of count, 1 to 6; `ring` may be None.

    Shapes are in EPSG:27700 metres: lines of streets, or areas of hexagons.
    """

    letter: str
    place: Any
    units: Sequence[tuple[Any, str, int]]
    streets: Shapes
    pins: Sequence[Pin]
    ring: Any


def frame_of(place: Any, aspect: float) -> Frame:
    """A frame with room around the place. `aspect` is width over height."""
    west, south, east, north = shapely.bounds(place).tolist()
    wide = max((east - west) * ROOM, (north - south) * ROOM * aspect, LEAST_WIDE_M)
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(x - wide / 2, y - wide / 2 / aspect, x + wide / 2, y + wide / 2 / aspect)


def place_map(ground: Ground, frame: Frame, wide: int, high: int) -> bytes:
    """The drawing, as SVG `wide` by `high` units."""
    pen = Pen(frame, wide, high)
    return inks.svg(
        wide,
        high,
        f'<rect width="{wide}" height="{high}" fill="{inks.GROUND}"/>',
        *_streets(pen, ground.streets),
        *_units(pen, ground),
        *_ring(pen, ground.ring),
        *_pins(pen, ground.pins),
        *_labels(pen, ground),
        _plate(pen, ground),
        _scale_bar(pen),
        f'<rect width="{wide}" height="{high}" fill="none" stroke="{inks.QUIET}" stroke-width="1"/>',
    )


@dataclass(frozen=True, slots=True)
class Pen:
    """From metres to drawing units."""

    frame: Frame
    wide: int
    high: int

    @property
    def scale(self) -> float:
        return self.wide / (self.frame.east_m - self.frame.west_m)

    def at(self, east_m: float, north_m: float) -> tuple[float, float]:
        return (east_m - self.frame.west_m) * self.scale, (self.frame.north_m - north_m) * self.scale

    def inside(self, x: float, y: float, margin: float) -> bool:
        return margin <= x <= self.wide - margin and margin <= y <= self.high - margin

    def cut(self, shape: Any) -> Any:
        margin = (self.frame.east_m - self.frame.west_m) * 0.03
        west, south, east, north = self.frame.box
        return shapely.intersection(
            shape, shapely.box(west - margin, south - margin, east + margin, north + margin)
        )

    def path(self, shapes: Any) -> str:
        """SVG path data of shapes, cut to the frame."""
        parts = shapely.get_parts(self.cut(shapes)).tolist()
        return "".join(self._ring(one) for one in parts if not one.is_empty)

    def _ring(self, shape: Any) -> str:
        if shape.geom_type == "Polygon":
            return self._points(shapely.get_coordinates(shape.exterior)) + "Z"
        return (
            self._points(shapely.get_coordinates(shape))
            if shape.geom_type in ("LineString", "LinearRing")
            else ""
        )

    def _points(self, points: NDArray[np.float64]) -> str:
        pairs = (self.at(east, north) for east, north in points.tolist())
        return "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in pairs)


ROUND = 'stroke-linecap="round" stroke-linejoin="round"'


def _streets(pen: Pen, streets: Shapes) -> list[str]:
    path = pen.path(streets) if len(streets) else ""
    return [inks.line(path, inks.STREET_EDGE, 5.4, ROUND), inks.line(path, inks.STREET, 4.0, ROUND)]


def _units(pen: Pen, ground: Ground) -> list[str]:
    """What is counted, the least first; the outline of hot streets lies under them, that of hot areas over them."""
    drawn: list[str] = []
    filled = bool(shapely.area(ground.place) > 0)
    if not filled:
        drawn.append(inks.line(pen.path(ground.place), inks.INK, WIDTHS[-1] + 5, ROUND))
    for number in range(1, 7):
        shapes = [shape for shape, _, held in ground.units if held == number]
        path = pen.path(np.array([*shapes, None], dtype=object)[:-1]) if shapes else ""
        ink = inks.COUNTS[number - 1]
        if path and filled:
            drawn.append(
                f'<path d="{path}" fill="{ink}" fill-opacity="0.8" stroke="{ink}" stroke-width="0.5"/>'
            )
        elif path:
            drawn.append(inks.line(path, ink, WIDTHS[number], ROUND))
    if filled:
        drawn.append(inks.line(pen.path(ground.place), inks.INK, 3.2, ROUND))
    return drawn


def _ring(pen: Pen, ring: Any) -> list[str]:
    if ring is None:
        return []
    path = pen.path(shapely.boundary(ring))
    return [
        inks.line(path, inks.PAPER, 4.6, ROUND),
        inks.line(path, inks.RING, 2.4, f'stroke-dasharray="1 5" {ROUND}'),
    ]


def _pins(pen: Pen, pins: Sequence[Pin]) -> list[str]:
    drawn, taken = [], list[tuple[float, float]]()
    for pin in pins:
        x, y = pen.at(pin.east_m, pin.north_m)
        crowded = any(abs(x - a) < MARK * 0.9 and abs(y - b) < MARK * 0.9 for a, b in taken)
        if pen.inside(x, y, MARK / 2) and not crowded:
            taken.append((x, y))
            drawn.append(mark(pin.kind, x, y))
    return drawn


def mark(kind: str, x: float, y: float, size: float = MARK) -> str:
    """The map's own symbol of a kind, centred at a point."""
    if kind in NOTICE_LETTERS:
        return _notice(NOTICE_LETTERS[kind], x, y, size)
    told = mark_of(kind)
    ink = inks.TRANSPORT if kind in TRANSPORT else inks.VULNERABLE
    inner = f'<path d="{told.outline}" fill="{ink}" stroke="{inks.PAPER}" stroke-width="1.6"/>'
    if told.fill:
        inner += f'<path d="{told.fill}" fill="{inks.PAPER}" fill-rule="evenodd"/>'
    if told.stroke:
        inner += f'<path d="{told.stroke}" fill="none" stroke="{inks.PAPER}" stroke-width="1.7" {ROUND}/>'
    if told.letter:
        inner += inks.written(told.letter, 12, 15.4, 9, inks.PAPER, weight=700, anchor="middle")
    return _placed(inner, x, y, size)


NOTICE_LETTERS: Mapping[str, str] = {"closure": "–", "hotel": "H", "cpn": "N", "pspo": "O", "dispersal": "D"}
"""Notices that stand on paper. Warning notices are about a child and somebody: they are counted, never drawn."""


def _notice(letter: str, x: float, y: float, size: float) -> str:
    diamond = "M12 1.4 22.6 12 12 22.6 1.4 12Z"
    inner = f'<path d="{diamond}" fill="{inks.NOTICE}" stroke="{inks.PAPER}" stroke-width="1.4"/>'
    return _placed(
        inner + inks.written(letter, 12, 15.8, 10.5, inks.PAPER, weight=700, anchor="middle"), x, y, size
    )


def _placed(inner: str, x: float, y: float, size: float) -> str:
    scale = size / 24
    return f'<g transform="translate({x - size / 2:.1f} {y - size / 2:.1f}) scale({scale:.3f})">{inner}</g>'


def _labels(pen: Pen, ground: Ground) -> list[str]:
    named = [(shape, name, held) for shape, name, held in ground.units if name]
    lines = [(pen.cut(shape), name, held) for shape, name, held in named]
    return [_label(one, pen) for one in street_labels(lines, pen.at, pen.wide, pen.high)]


def _label(label: Label, pen: Pen) -> str:
    halo = f'stroke="{inks.PAPER}" stroke-width="3.4" stroke-linejoin="round" paint-order="stroke"'
    turn = f'{halo} transform="rotate({label.turn:.0f} {label.x:.1f} {label.y:.1f})"'
    return inks.written(
        label.words, label.x, label.y - 6, 12.5, "#3c474e", weight=600, anchor="middle", more=turn
    )


def _plate(pen: Pen, ground: Ground) -> str:
    west, south, _, _ = shapely.bounds(ground.place).tolist()
    x, y = pen.at(west, south)
    x, y = min(max(x - 26, 24.0), pen.wide - 24.0), min(max(y + 26, 24.0), pen.high - 48.0)
    box = (
        f'<rect x="{x - 16:.1f}" y="{y - 16:.1f}" width="32" height="32" rx="4" fill="{inks.INK}" '
        f'stroke="{inks.PAPER}" stroke-width="2.5"/>'
    )
    return box + inks.written(ground.letter, x, y + 7, 20, inks.PAPER, weight=700, anchor="middle")


def _scale_bar(pen: Pen) -> str:
    metres = next(
        one for one in (1000, 500, 200, 100, 50, 20) if one * pen.scale <= pen.wide * 0.3 or one == 20
    )
    long, x, y = metres * pen.scale, 16.0, pen.high - 14.0
    back = (
        f'<rect x="8" y="{y - 24:.0f}" width="{long + 16:.1f}" height="32" rx="3" fill="{inks.PAPER}" '
        'fill-opacity="0.85"/>'
    )
    bar = inks.line(f"M{x} {y - 5}V{y}H{x + long:.1f}V{y - 5}", inks.INK, 1.8)
    return back + bar + inks.written(f"{metres} m", x + long / 2, y - 8, 12, inks.INK, anchor="middle")
