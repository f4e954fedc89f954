"""The street network: junctions, the segments between them, and where on it points and areas lie.

Positions on it are stretches of segments: a point is a stretch of no length, a hexagon all the streets inside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from trigpoint.core.geography.streets import StreetFinder, street_finder

__all__ = ["SNAP_LIMIT_M", "Positions", "StreetNetwork", "at_points", "inside", "street_network"]

SNAP_LIMIT_M = 150.0
"""A point farther than this from every street has no walk that the streets could tell."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Stretches of segments, [m] each, one or several a place.

    place      int32    which place the stretch belongs to, 0..places-1
    segment    int32    the segment's number
    from_m     float64  where on the segment the stretch begins, metres from the segment's start
    to_m       float64  where it ends; equal to `from_m` for a point
    away_m     float64  straight line from the place to the stretch: walked as well
    places     int      how many places there are; one with no stretch is off the network
    """

    place: Ints
    segment: Ints
    from_m: Floats
    to_m: Floats
    away_m: Floats
    places: int

    def __post_init__(self) -> None:
        sizes = {self.place.size, self.segment.size, self.from_m.size, self.to_m.size, self.away_m.size}
        if len(sizes) > 1:
            raise ValueError("every stretch needs a place, a segment, two ends and a distance")

    @property
    def on_network(self) -> NDArray[np.bool_]:
        """Which places have a stretch at all, bool[places]."""
        found = np.zeros(self.places, dtype=bool)
        found[self.place] = True
        return found

    def of(self, places: NDArray[np.integer]) -> "Positions":
        """The stretches of some places, as those of one place: a set to walk from."""
        chosen = np.isin(self.place, places)
        none = np.zeros(int(chosen.sum()), dtype=np.int32)
        return Positions(
            none, self.segment[chosen], self.from_m[chosen], self.to_m[chosen], self.away_m[chosen], 1
        )


@dataclass(frozen=True, slots=True, eq=False)
class StreetNetwork:
    """n junctions and s segments, walked both ways. Made by `street_network`; safe to share between threads.

    start, end  int32[s]     junctions at the segment's two ends
    length_m    float64[s]   of the segment's line
    indptr      int64[n+1]   the ends of junction i's segments are target[indptr[i]:indptr[i+1]]
    target      int32[2s]    the junction at the other end
    cost_m      float64[2s]  the segment's length
    component   int32[n]     junctions of one number can be reached from one another
    lines       object[s]    the segments, EPSG:27700, each running from its start to its end
    """

    start: Ints
    end: Ints
    length_m: Floats
    indptr: NDArray[np.int64]
    target: Ints
    cost_m: Floats
    component: Ints
    lines: NDArray[np.object_]
    finder: StreetFinder

    @property
    def junctions(self) -> int:
        return int(self.indptr.size) - 1


def street_network(
    lines: Sequence[shapely.Geometry] | NDArray[np.object_],
    start_junction: ArrayLike,
    end_junction: ArrayLike,
) -> StreetNetwork:
    """The network of segments that meet at junctions.

    `lines` are LineStrings [s] (EPSG:27700) that run from `start_junction` to `end_junction`, int[s], ids of any
    size. Where lines cross without a common junction (a bridge) nobody can turn. One-way streets are walked both
    ways. Raises ValueError if the lengths differ, an id is negative or a line is empty.
    """
    shapes = np.asarray(lines, dtype=object)
    start, end = np.asarray(start_junction, dtype=np.int64), np.asarray(end_junction, dtype=np.int64)
    if not shapes.shape == start.shape == end.shape or shapes.ndim != 1:
        raise ValueError("every segment needs a line, a start and an end")
    if start.size and min(start.min(), end.min()) < 0:
        raise ValueError("a junction id is negative")
    length_m = np.asarray(shapely.length(shapes), dtype=np.float64)
    if not (length_m > 0).all():
        raise ValueError("a segment has no length")
    known, at = np.unique(np.concatenate([start, end]), return_inverse=True)
    one, other = at[: start.size].astype(np.int32), at[start.size :].astype(np.int32)
    indptr, target, cost_m = _rows(one, other, length_m, known.size)
    return StreetNetwork(
        one, other, length_m, indptr, target, cost_m, _components(one, other, known.size),
        shapes, street_finder(shapes, [""] * shapes.size),
    )  # fmt: skip


def _rows(one: Ints, other: Ints, length_m: Floats, nodes: int) -> tuple[NDArray[np.int64], Ints, Floats]:
    begins, ends = np.concatenate([one, other]), np.concatenate([other, one])
    order = np.argsort(begins, kind="stable")
    indptr = np.zeros(nodes + 1, dtype=np.int64)
    np.cumsum(np.bincount(begins, minlength=nodes), out=indptr[1:])
    return indptr, ends[order], np.tile(length_m, 2)[order]


def _components(one: Ints, other: Ints, nodes: int) -> Ints:
    joined = sparse.csr_matrix((np.ones(one.size, dtype=np.int8), (one, other)), shape=(nodes, nodes))
    labels = connected_components(joined, directed=False)[1] if nodes else np.empty(0)
    return np.asarray(labels, dtype=np.int32)


def at_points(
    network: StreetNetwork, easting_m: ArrayLike, northing_m: ArrayLike, limit_m: float = SNAP_LIMIT_M
) -> Positions:
    """Where each point, [m], meets the network: the nearest place on the nearest segment within the limit.

    A point without coordinates (NaN), or farther from every street, gets no stretch. The nearest street need not
    be the one a building's door is on.
    """
    east, north = np.asarray(easting_m, dtype=np.float64), np.asarray(northing_m, dtype=np.float64)
    segment = network.finder.nearest(east, north, limit_m)
    found = np.flatnonzero(segment >= 0).astype(np.int32)
    segment = segment[found]
    points, lines = shapely.points(east[found], north[found]), network.lines[segment]
    along_m = np.clip(shapely.line_locate_point(lines, points), 0.0, network.length_m[segment])
    away_m = np.asarray(shapely.distance(points, lines), dtype=np.float64)
    return Positions(found, segment, along_m, along_m, away_m, east.size)


def inside(network: StreetNetwork, areas: Sequence[shapely.Geometry] | NDArray[np.object_]) -> Positions:
    """The stretches of street that lie inside each area (polygons, [m], EPSG:27700)."""
    shapes = np.asarray(areas, dtype=object)
    at, segment = network.finder.tree.query(shapes, predicate="intersects")
    shapely.prepare(shapes)
    cut = network.lines[segment]
    across = ~shapely.contains_properly(shapes[at], cut)
    cut[across] = shapely.intersection(cut[across], shapes[at[across]])
    pieces, owner = shapely.get_parts(cut, return_index=True)
    line = shapely.get_type_id(pieces) == shapely.GeometryType.LINESTRING
    pieces, owner = pieces[line & ~shapely.is_empty(pieces)], owner[line & ~shapely.is_empty(pieces)]
    place, on = at[owner], segment[owner]
    first, last = _ends_along(network, pieces, on)
    order = np.lexsort((first, on, place))
    return Positions(
        place[order].astype(np.int32), on[order].astype(np.int32), first[order], last[order],
        np.zeros(order.size), shapes.size,
    )  # fmt: skip


def _ends_along(
    network: StreetNetwork, pieces: NDArray[np.object_], segment: NDArray[np.integer]
) -> tuple[Floats, Floats]:
    """Where a piece of a segment begins and ends, measured along it; a whole segment is told by its length."""
    lines, length_m = network.lines[segment], network.length_m[segment]
    one = shapely.line_locate_point(lines, shapely.get_point(pieces, 0))
    first = np.clip(one, 0.0, length_m)
    other = shapely.line_locate_point(lines, shapely.get_point(pieces, -1))
    last = np.clip(other, 0.0, length_m)
    low, high = np.minimum(first, last), np.maximum(first, last)
    whole = np.isclose(shapely.length(pieces), length_m, rtol=0, atol=1e-6)
    return np.where(whole, 0.0, low), np.where(whole, length_m, high)
