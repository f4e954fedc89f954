"""Walks from places to places: from one set of stretches to many targets, and between many of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.network import Positions, StreetNetwork
from trigpoint.core.geography.walking import SitesWithin, sites_within, walked_from

__all__ = ["WalksBetween", "walks_between", "walks_to"]

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class WalksBetween:
    """Pairs of an origin and a target within the distance, each once, ascending by origin and target, [w] each.

    origin, target  int32    places of the two sets of positions
    distance_m      float64
    """

    origin: Ints
    target: Ints
    distance_m: Floats


def walks_to(
    network: StreetNetwork, origins: Positions, targets: Positions, limit_m: float = np.inf
) -> Floats:
    """Metres' walk from the nearest of the origins' stretches to each target place, float64[places].

    Infinite beyond the limit, and for a target off the network or in a part of it that no origin is in. A target
    that lies in one of the origins' stretches is as far as the two are from their street.
    """
    at_junction = walked_from(network, origins, limit_m)
    segment = targets.segment
    by_start = at_junction[network.start[segment]] + targets.from_m
    by_end = at_junction[network.end[segment]] + (network.length_m[segment] - targets.to_m)
    each = np.minimum(np.minimum(by_start, by_end), _same_segment(origins, targets)) + targets.away_m
    walked = np.full(targets.places, np.inf)
    np.minimum.at(walked, targets.place, each)
    walked[walked > limit_m] = np.inf
    return walked


def walks_between(
    network: StreetNetwork, origins: Positions, targets: Positions, limit_m: float
) -> WalksBetween:
    """Which targets are within `limit_m` metres' walk of which origins, place by place: many of each at once.

    The same distances as `walks_to` of each origin alone. Raises ValueError for an endless limit.
    """
    near = sites_within(network, origins, limit_m)
    by_start = _from_junctions(near, network.start[targets.segment], targets.from_m)
    by_end = _from_junctions(
        near, network.end[targets.segment], network.length_m[targets.segment] - targets.to_m
    )
    row, at, along_m = _sharing_segment(origins, targets)
    rows = np.concatenate([by_start[0], by_end[0], row])
    origin = np.concatenate([by_start[1], by_end[1], origins.place[at]])
    distance_m = np.concatenate([by_start[2], by_end[2], along_m]) + targets.away_m[rows]
    target = targets.place[rows]
    order = np.lexsort((distance_m, target, origin))
    order = order[distance_m[order] <= limit_m]
    first = np.ones(order.size, dtype=bool)
    first[1:] = (np.diff(origin[order]) != 0) | (np.diff(target[order]) != 0)
    kept = order[first]
    return WalksBetween(origin[kept], target[kept], distance_m[kept])


def _from_junctions(near: SitesWithin, node: Ints, rest_m: Floats) -> tuple[Longs, Ints, Floats]:
    """For every row of `node`: each site within the distance of it. The row, the site, and metres with the rest."""
    many = near.indptr[node + 1] - near.indptr[node]
    row = np.repeat(np.arange(node.size), many)
    at = near.indptr[node][row] + np.arange(row.size) - np.repeat(np.cumsum(many) - many, many)
    return row, near.site[at], near.distance_m[at] + rest_m[row]


def _same_segment(origins: Positions, targets: Positions) -> Floats:
    """Metres along the segment that a target shares with an origin, without passing a junction; else infinite."""
    row, _, apart = _sharing_segment(origins, targets)
    nearest = np.full(targets.segment.size, np.inf)
    np.minimum.at(nearest, row, apart)
    return nearest


def _sharing_segment(origins: Positions, targets: Positions) -> tuple[Longs, Longs, Floats]:
    """Rows of targets and of origins that lie on one segment, and the metres between them along it."""
    order = np.argsort(origins.segment, kind="stable")
    first = np.searchsorted(origins.segment[order], targets.segment, side="left")
    many = np.searchsorted(origins.segment[order], targets.segment, side="right") - first
    row = np.repeat(np.arange(targets.segment.size), many)
    step = np.arange(row.size) - np.repeat(np.cumsum(many) - many, many)
    at = order[first[row] + step]
    before, after = origins.from_m[at] - targets.to_m[row], targets.from_m[row] - origins.to_m[at]
    return row, at, np.maximum(np.maximum(before, after), 0.0) + origins.away_m[at]
