"""What can be reached on foot: the streets within a distance, as lines; and walks that fall back to a straight line."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.geography.network import SNAP_LIMIT_M, Positions, StreetNetwork, at_points
from trigpoint.core.geography.walking import walked_from
from trigpoint.core.geography.walks import walks_between, walks_to

__all__ = ["Reach", "Walks", "isochrone", "reached_pairs", "walks_or_straight"]

Floats = NDArray[np.float64]

BESIDE_M = 20.0
"""Ground this near a street that is reached counts as reached: the depth of a plot, about."""
CONCAVE, DENSE_M = 0.25, 40.0
"""How far the hull of the streets follows their bays (0 all the way, 1 not at all), seen every so many metres."""


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Stretches of segments that can be reached within a distance: segment int32, from_m and to_m float64, [p] each.

    Ascending by segment and beginning; stretches of one segment neither touch nor overlap.
    """

    segment: NDArray[np.int32]
    from_m: Floats
    to_m: Floats

    @property
    def length_m(self) -> float:
        """Metres of street in all."""
        return float((self.to_m - self.from_m).sum())

    def lines(self, network: StreetNetwork) -> shapely.Geometry:
        """One MultiLineString (EPSG:27700): whole segments as they are, others cut where the distance is used up."""
        shapes = network.lines[self.segment].copy()
        part = np.flatnonzero((self.from_m > 0) | (self.to_m < network.length_m[self.segment]))
        shapes[part] = [
            _cut(line, begin_m, end_m)
            for line, begin_m, end_m in zip(
                shapes[part], self.from_m[part].tolist(), self.to_m[part].tolist(), strict=True
            )
        ]
        return shapely.multilinestrings(shapes)

    def ground(self, network: StreetNetwork) -> shapely.Geometry:
        """The ground these streets enclose (EPSG:27700), a polygon, or several where the streets lie apart; no holes.

        Their concave hull, and all within `BESIDE_M` of one. Drawn for people: ground between two streets that are
        reached counts as reached, whether or not anything there can be walked to. Nothing reached is an empty polygon.
        """
        if not self.segment.size:
            return shapely.Polygon()
        lines = self.lines(network)
        dense = shapely.segmentize(lines, DENSE_M)
        hull = shapely.concave_hull(dense, ratio=CONCAVE, allow_holes=False)
        ground = shapely.union(shapely.buffer(hull, BESIDE_M), shapely.buffer(lines, BESIDE_M, quad_segs=4))
        return shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(ground))))


@dataclass(frozen=True, slots=True, eq=False)
class Walks:
    """How far each of m places is: distance_m float64[m] (infinite beyond the limit, NaN without a point), and
    walked bool[m], False where the distance is a straight line because the streets could not tell.
    """

    distance_m: Floats
    walked: NDArray[np.bool_]


def isochrone(network: StreetNetwork, origins: Positions, limit_m: float) -> Reach:
    """All street within `limit_m` metres' walk of any of the origins' stretches, partly reached segments in part."""
    at_junction = walked_from(network, origins, limit_m)
    every = np.arange(network.start.size)
    left_start = limit_m - at_junction[network.start]
    left_end = limit_m - at_junction[network.end]
    left = limit_m - origins.away_m
    segment = np.concatenate([every, every, origins.segment])
    begin = np.concatenate([np.zeros(every.size), network.length_m - left_end, origins.from_m - left])
    end = np.concatenate([left_start, network.length_m, origins.to_m + left])
    got = np.concatenate([left_start > 0, left_end > 0, left >= 0])
    segment, begin, end = segment[got], np.maximum(begin[got], 0.0), end[got]
    return _joined(segment.astype(np.int32), begin, np.minimum(end, network.length_m[segment]))


def _joined(segment: NDArray[np.int32], begin: Floats, end: Floats) -> Reach:
    """Overlapping stretches of one segment as one; those of no length are left out."""
    order = np.lexsort((begin, segment))
    joined: list[tuple[int, float, float]] = []
    for place in order.tolist():
        one, first, last = int(segment[place]), float(begin[place]), float(end[place])
        if joined and joined[-1][0] == one and first <= joined[-1][2]:
            joined[-1] = (one, joined[-1][1], max(joined[-1][2], last))
        else:
            joined.append((one, first, last))
    kept = [row for row in joined if row[2] > row[1]]
    numbers = np.array([row[0] for row in kept], dtype=np.int32)
    return Reach(numbers, np.array([row[1] for row in kept]), np.array([row[2] for row in kept]))


def _cut(line: shapely.Geometry, begin_m: float, end_m: float) -> shapely.Geometry:
    corners = shapely.get_coordinates(line)
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    ends = shapely.get_coordinates(shapely.line_interpolate_point(line, [begin_m, end_m]))
    between = corners[(along_m > begin_m) & (along_m < end_m)]
    return shapely.linestrings(np.vstack([ends[:1], between, ends[1:]]))


def walks_or_straight(
    network: StreetNetwork | None,
    origins: Positions | None,
    ground: shapely.Geometry,
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    *,
    limit_m: float = np.inf,
    snap_m: float = SNAP_LIMIT_M,
) -> Walks:
    """How far each point, [m], is from a place: on foot, or in a straight line where the streets cannot tell.

    `origins` are the place's stretches of street and `ground` its outline (EPSG:27700), from which straight lines
    are measured. The line is straight where there is no network, where the place or the point is farther than
    `snap_m` from any street, and where no street joins the two. A walk that is merely long is never replaced. A
    point inside the ground is at a distance of nought, and walked if there are streets at all.
    """
    east, north = np.asarray(easting_m, dtype=np.float64), np.asarray(northing_m, dtype=np.float64)
    known = np.isfinite(east) & np.isfinite(north)
    straight_m = np.full(east.size, np.nan)
    points = shapely.points(east[known], north[known])
    straight_m[known] = shapely.distance(points, ground)
    distance_m, walked = _within(straight_m, limit_m), np.zeros(east.size, dtype=bool)
    if network is None or origins is None:
        return Walks(distance_m, walked)
    # no walk is shorter than the straight line
    near = np.flatnonzero(np.isfinite(distance_m))
    targets = at_points(network, east[near], north[near], snap_m)
    joined = _joined_by_street(
        network,
        origins.of(np.arange(origins.places)),
        targets,
        np.zeros(near.size, np.int64),
        np.arange(near.size),
    )
    walks_m = walks_to(network, origins, targets, limit_m)
    walked[near] = joined
    distance_m[near] = np.where(joined, walks_m, distance_m[near])
    distance_m[straight_m == 0] = 0.0
    return Walks(distance_m, walked)


def reached_pairs(
    network: StreetNetwork | None,
    origins: Positions | None,
    grounds: NDArray[np.object_],
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    *,
    limit_m: float,
    snap_m: float = SNAP_LIMIT_M,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Which points, [m], are within the distance of which places, [p], by the same rules as `walks_or_straight`.

    `origins` are the places' stretches and `grounds` their outlines. The place and the point of every pair, ascending,
    int32 each; every point has coordinates.
    """
    east, north = np.asarray(easting_m, dtype=np.float64), np.asarray(northing_m, dtype=np.float64)
    points = shapely.points(east, north)
    place, point = shapely.STRtree(points).query(grounds, predicate="dwithin", distance=limit_m)
    within = np.ones(place.size, dtype=bool)
    if network is not None and origins is not None:
        near, at = np.unique(point, return_inverse=True)
        targets = at_points(network, east[near], north[near], snap_m)
        walks = walks_between(network, origins, targets, limit_m)
        walked = np.isin(place * near.size + at, walks.origin.astype(np.int64) * near.size + walks.target)
        straight = ~_joined_by_street(network, origins, targets, place, at)
        within = walked | straight | shapely.intersects(grounds[place], points[point])
    order = np.lexsort((point[within], place[within]))
    return place[within][order].astype(np.int32), point[within][order].astype(np.int32)


def _within(straight_m: Floats, limit_m: float) -> Floats:
    return np.where(straight_m > limit_m, np.inf, straight_m)


def _joined_by_street(
    network: StreetNetwork,
    origins: Positions,
    targets: Positions,
    place: NDArray[np.integer],
    point: NDArray[np.integer],
) -> NDArray[np.bool_]:
    """Which of these pairs of a place and a target, [w] each, lie in one part of the network, bool[w]."""
    parts = int(network.component.max(initial=0)) + 1
    reached = origins.place.astype(np.int64) * parts + network.component[network.start[origins.segment]]
    own = np.full(targets.places, -1, dtype=np.int64)
    own[targets.place] = network.component[network.start[targets.segment]]
    together = (own[point] >= 0) & np.isin(place.astype(np.int64) * parts + own[point], reached)
    return np.asarray(together, dtype=np.bool_)
