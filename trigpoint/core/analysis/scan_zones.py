"""Circles around places: which places lie in the smallest circle around each, the next, and so on."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

__all__ = ["TIES", "Ties", "Zones", "zones_within"]

Ties = Literal["all", "one"]
TIES: tuple[Ties, ...] = ("all", "one")

LARGEST_M = 2_000_000.0
PER_M = 1000  # distances are compared in whole millimetres: what is nearer alike than that is equally far


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """The circles around each of n centres, every place being a centre.

    starts     int64[n+1]    where a centre's places begin
    places     int32[m]      the places around it, itself first, then outwards
    distance_m float64[m]    how far each is, metres, rounded to a millimetre
    ends       bool[m]       whether a circle ends with this place
    """

    starts: NDArray[np.int64]
    places: NDArray[np.int32]
    distance_m: NDArray[np.float64]
    ends: NDArray[np.bool_]

    @property
    def centres(self) -> int:
        return self.starts.size - 1


def zones_within(easting_m: ArrayLike, northing_m: ArrayLike, most_m: float, *, ties: Ties = "all") -> Zones:
    """Every circle of at most `most_m` around each place. `easting_m` and `northing_m`: metres, [n], finite.

    Places equally far from a centre, to the millimetre, enter its circles together ("all"), so that a circle holds
    all that lies in it; or one at a time, the westernmost first and of these the southernmost ("one"), as SaTScan
    does, which makes more circles, some of which are no circles. Raises ValueError for points that are not finite,
    lengths that differ, a radius that is negative or beyond 2,000 km, or an unknown rule.
    """
    x, y = np.asarray(easting_m, dtype=np.float64), np.asarray(northing_m, dtype=np.float64)
    if x.ndim != 1 or x.shape != y.shape or not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("places need one finite easting and northing each")
    if not 0 <= most_m <= LARGEST_M or ties not in TIES:
        raise ValueError("the largest radius is from 0 metres to 2,000 km, and ties are taken all or one")
    if x.size == 0:
        none = np.empty(0)
        return Zones(np.zeros(1, np.int64), none.astype(np.int32), none, none.astype(np.bool_))
    rank = np.empty(x.size, dtype=np.int64)
    by_place = np.lexsort((y, x))
    rank[by_place] = np.arange(x.size)
    at = np.column_stack([x, y])
    # a hair wider, so that rounding to a millimetre decides and not the last bit of a square root
    pairs = cKDTree(at).query_pairs(most_m + 0.5 / PER_M, output_type="ndarray")
    starts, ranks, apart = _around(pairs.astype(np.int64), at, rank)
    places = by_place[ranks].astype(np.int32)
    ends = np.ones(places.size, dtype=np.bool_)
    if ties == "all":
        ends[:-1] = apart[1:] != apart[:-1]
        ends[starts[1:] - 1] = True
    return Zones(starts, places, apart / PER_M, ends)


@njit(cache=True, nogil=True)
def _around(
    pairs: NDArray[np.int64], at: NDArray[np.float64], rank: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Each place's neighbours as ranks, from the nearest outwards, of equals the lowest; distances in millimetres."""
    places = rank.size
    starts = np.zeros(places + 1, dtype=np.int64)
    for one, other in pairs:
        starts[one + 1] += 1
        starts[other + 1] += 1
    starts = np.cumsum(starts + 1) - 1
    keys = np.empty(starts[places], dtype=np.int64)
    free = starts[:-1].copy()
    for place in range(places):
        keys[free[place]] = rank[place]
        free[place] += 1
    for one, other in pairs:
        apart_m = np.hypot(at[one, 0] - at[other, 0], at[one, 1] - at[other, 1])
        apart = np.int64(np.rint(apart_m * PER_M)) << 32
        keys[free[one]], keys[free[other]] = apart + rank[other], apart + rank[one]
        free[one] += 1
        free[other] += 1
    for place in range(places):
        # the centre stays first even among places that share its point
        keys[starts[place] + 1 : starts[place + 1]].sort()
    return starts, keys & 0xFFFFFFFF, keys >> 32
