"""A card's small map: the streets around a place, those that hold something in the count ramp, the place outlined."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import h3
import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import whole, words

__all__ = ["Frame", "MiniMap", "frame_around", "mini_map", "shapes_by_code"]

Shapes = NDArray[np.object_]
Lines = Callable[[float, float, float, float], NDArray[Any]]

WIDTH, HEIGHT = 660, 208
"""The drawing's own units, two to a screen pixel of a usual card."""
LEAST_WIDE_M = 900.0
ROOM = 1.5
"""How much wider than the place its frame is."""
STREET_CLASSES = 5
POINT_M = 12.0
"""Radius of the disc that stands for an anchor point."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame on the ground, EPSG:27700 metres."""

    west_m: float
    south_m: float
    east_m: float
    north_m: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.west_m, self.south_m, self.east_m, self.north_m


@dataclass(frozen=True, slots=True)
class Ink:
    """One path of the drawing: the name that the style sheet colours it by, and its data."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class MiniMap:
    """`ground` the streets, whatever they hold; `inks` what is counted, the least first; `outline` the place.

    The outline of streets lies under what is counted on them, that of cells over it.
    """

    width: int
    height: int
    ground: str
    inks: tuple[Ink, ...]
    outline: str
    filled: bool


def shapes_by_code(answer: Answer) -> dict[str, Any]:
    """The shape of each unit of an answer asked with its geometry, EPSG:27700; an anchor point is a small disc."""
    codes = words(answer.columns["code"])
    if str(answer.about["level"]).startswith("cell"):
        return {code: _hexagon(code) for code in codes}
    shapes = shapely.from_wkb(list(answer.parts["geometry"]["wkb"]))
    points = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    shapes = np.where(points, shapely.buffer(shapes, POINT_M), shapes)
    return dict(zip(codes, shapes.tolist(), strict=True))


def frame_around(place: Any) -> Frame:
    """The frame of a card around a place, of the card's own shape."""
    west, south, east, north = shapely.bounds(place).tolist()
    aspect = WIDTH / HEIGHT
    wide = max((east - west) * ROOM, (north - south) * ROOM * aspect, LEAST_WIDE_M)
    x, y = (west + east) / 2, (south + north) / 2
    return Frame(x - wide / 2, y - wide / 2 / aspect, x + wide / 2, y + wide / 2 / aspect)


def mini_map(place: Any, counted: Answer, breaks: Sequence[int], lines: Lines) -> MiniMap:
    """`counted` are the units around, with their geometry; `breaks` the least count of each class; `lines` the ground."""
    frame = frame_around(place)
    inks: list[Ink] = []
    shapes = shapes_by_code(counted)
    classes = np.searchsorted(breaks, whole(counted.columns["count"]), side="right")
    every = np.array([*shapes.values(), None], dtype=object)[:-1]
    filled = bool(shapely.area(place) > 0)
    kind = "cell" if filled else "street"
    for number in range(1, len(breaks) + 1):
        chosen = every[classes == number]
        inks.append(Ink(f"{kind} count-{number + (0 if filled else 1)}", _path(chosen, frame)))
    return MiniMap(
        WIDTH,
        HEIGHT,
        _path(lines(*frame.box), frame),
        tuple(one for one in inks if one.path),
        _path(np.array([place], dtype=object), frame),
        filled,
    )


def _hexagon(code: str) -> Any:
    ring = np.array(h3.cell_to_boundary(code))
    return shapely.Polygon(np.column_stack(to_national_grid(ring[:, 1], ring[:, 0])))


def _path(shapes: Shapes, frame: Frame) -> str:
    """SVG path data of shapes, cut to the frame and a little more, in whole drawing units."""
    if not len(shapes):
        return ""
    margin = (frame.east_m - frame.west_m) * 0.05
    box = shapely.box(
        frame.west_m - margin, frame.south_m - margin, frame.east_m + margin, frame.north_m + margin
    )
    parts = shapely.get_parts(shapely.intersection(shapes, box))
    rings = [_line(one, frame) for one in parts.tolist() if not one.is_empty]
    return "".join(rings)


def _line(shape: Any, frame: Frame) -> str:
    if shape.geom_type == "Polygon":
        return _points(shapely.get_coordinates(shape.exterior), frame) + "Z"
    if shape.geom_type == "LineString":
        return _points(shapely.get_coordinates(shape), frame)
    return ""


def _points(points: NDArray[np.float64], frame: Frame) -> str:
    scale = WIDTH / (frame.east_m - frame.west_m)
    x = np.round((points[:, 0] - frame.west_m) * scale).astype(int).tolist()
    y = np.round((frame.north_m - points[:, 1]) * scale).astype(int).tolist()
    return "M" + " ".join(f"{a},{b}" for a, b in zip(x, y, strict=True))
