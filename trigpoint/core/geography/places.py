"""Towns and villages, as bus stops name them: stops of one name that lie together are one locality."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

__all__ = ["LINK_M", "REACH_M", "Localities", "localities_from_stops"]

LINK_M = 2000.0
"""Stops of one name farther apart than this, with none between, are two places that share a name."""

REACH_M = 1000.0
"""A point farther than this from every stop belongs to no locality."""

_LEAST_RADIUS_M = 250.0


@dataclass(frozen=True, slots=True, eq=False)
class Localities:
    """Named places; the position is the id, in the order of name, then easting, then northing.

    `names` str[n]; `easting_m`, `northing_m` float64[n], the median of its stops; `radius_m` float64[n], to
    its farthest stop and at least 250 m; `stops` and `stop_locality` serve `locate`.
    """

    names: tuple[str, ...]
    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    radius_m: NDArray[np.float64]
    stops: NDArray[np.float64]
    stop_locality: NDArray[np.int32]

    def locate(
        self, easting_m: ArrayLike, northing_m: ArrayLike, reach_m: float = REACH_M
    ) -> NDArray[np.int32]:
        """The locality of the stop nearest to each point, int32[n]; -1 where none is in reach, or for NaN.

        Misleads at the edge of two towns, where the nearest stop may be across the border: use it for search
        and labels, never for a count that an area's own boundary should decide.
        """
        points = np.column_stack([np.asarray(easting_m, np.float64), np.asarray(northing_m, np.float64)])
        found = np.full(len(points), -1, dtype=np.int32)
        placed = np.flatnonzero(np.isfinite(points).all(axis=1))
        if not len(self.stops) or not placed.size:
            return found
        _, stop = cKDTree(self.stops).query(points[placed], distance_upper_bound=reach_m)
        near = stop < len(self.stops)
        found[placed[near]] = self.stop_locality[stop[near]]
        return found


def localities_from_stops(
    names: Sequence[str | None], easting_m: ArrayLike, northing_m: ArrayLike, link_m: float = LINK_M
) -> Localities:
    """Gather stops into localities. One entry a stop: its locality's name and its point in metres.

    Stops without a name or without coordinates (NaN) are left out. The order of the stops does not matter.
    """
    given = np.array([n or "" for n in names], dtype=object)
    points = np.column_stack([np.asarray(easting_m, np.float64), np.asarray(northing_m, np.float64)])
    kept = (given != "") & np.isfinite(points).all(axis=1)
    order = np.lexsort((points[kept, 1], points[kept, 0], given[kept].astype(str)))
    named, stops = given[kept][order], points[kept][order]
    group = _groups(named, stops, link_m)
    count = int(group.max()) + 1 if group.size else 0
    middle = np.array([np.median(stops[group == g], axis=0) for g in range(count)]).reshape(count, 2)
    radius = np.array(
        [max(_LEAST_RADIUS_M, np.hypot(*(stops[group == g] - middle[g]).T).max()) for g in range(count)]
    )
    first = np.unique(group, return_index=True)[1]
    return Localities(
        tuple(str(n) for n in named[first]), middle[:, 0], middle[:, 1], radius, stops, group.astype(np.int32)
    )


def _groups(named: NDArray[np.object_], stops: NDArray[np.float64], link_m: float) -> NDArray[np.int64]:
    """A number for each stop's locality, in the order in which the sorted stops first meet them."""
    if not named.size:
        return np.empty(0, dtype=np.int64)
    pairs = cKDTree(stops).query_pairs(link_m, output_type="ndarray")
    pairs = pairs[named[pairs[:, 0]] == named[pairs[:, 1]]]
    graph = sparse.coo_matrix((np.ones(len(pairs)), pairs.T), shape=(len(stops), len(stops)))
    label = connected_components(graph, directed=False)[1]
    first = np.unique(label, return_index=True)[1]
    rank = np.empty(first.size, dtype=np.int64)
    rank[np.argsort(first)] = np.arange(first.size)
    numbered: NDArray[np.int64] = rank[label]
    return numbered
