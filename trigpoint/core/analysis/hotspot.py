"""Hotspots: the places where more is recorded, in and around, than chance arrangement would put there."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csgraph, csr_matrix

from trigpoint.core.analysis.backgrounds import ChildrenBackground, Compared, RecordsBackground
from trigpoint.core.analysis.discovery import discovery_q, rejected
from trigpoint.core.analysis.exact import exact_p, exact_p_own_value_fixed
from trigpoint.core.analysis.getis_ord import gi_star
from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["Background", "Hotspot", "HotspotResult", "find_hotspots", "joined_hotspots"]

Floats = NDArray[np.float64]
Background = RecordsBackground | ChildrenBackground


@dataclass(frozen=True, slots=True)
class Hotspot:
    """Hot units that touch, taken together, with a record in one of them at least.

    Hot units in whose group nothing was recorded are no hotspot: the records that made them hot lie beside them, in a
    unit whose own window did not pass, and there is nothing in the group to name or to act on.

    `number` is 1..H, the strongest first. `members` are units, ascending. `peak` is the member with the most
    itself; of equals the one with the most around it, then the first. `count` is the members' total.
    `p_min` and `q_min` are the smallest of the members'.
    """

    number: int
    members: tuple[int, ...]
    peak: int
    count: int
    p_min: float
    q_min: float


@dataclass(frozen=True, slots=True, eq=False)
class HotspotResult:
    """The test of n units, and the hotspots it found.

    count    int64[n]    records in the unit          hot      bool[n]   see `find_hotspots`
    around   int64[n]    records in its window        hotspot  int32[n]  0 none, else a hotspot's number; an empty
                                                               group of hot units has none
    expected float64[n]  what the window holds on average over all arrangements of the counts
    z        float64[n]  Gi*                          p        float64[n]  exact, upper tail
    q        float64[n]  Benjamini–Hochberg, over every unit tested
    beside   float64[n]  what the window holds of the background it is compared with; NaN for the even one
    z, p and q are NaN where a unit was not tested. `tested` is how many were; `rate` the false discovery
    rate; `own_value_fixed` which law p comes from. Against another background than the even one, `expected`, z and p
    are those of `backgrounds`.
    """

    count: NDArray[np.int64]
    around: NDArray[np.int64]
    expected: Floats
    z: Floats
    p: Floats
    q: Floats
    hot: NDArray[np.bool_]
    hotspot: NDArray[np.int32]
    hotspots: tuple[Hotspot, ...]
    tested: int
    rate: float
    own_value_fixed: bool
    beside: Floats


def find_hotspots(
    counts: ArrayLike,
    neighbours: Neighbours,
    *,
    q: float = 0.05,
    fixed_own_value: bool = False,
    background: Background | None = None,
) -> HotspotResult:
    """Test every unit, and join the hot ones that touch.

    `counts` is whole numbers [n], zeros included. A unit is **hot** if its window passes the test at the
    false discovery rate `q` and holds more than expected. An empty unit beside a busy one has that one in its
    window and may be hot too: Gi* tests windows, so a hotspot's edge is its window's edge, not where records end.

    Compared evenly with every other unit unless a `background` is given (docs/methods/backgrounds.md).
    `fixed_own_value` takes p from conditional permutations instead, for comparison only: a lone peak is then
    never hot. Method, source and when it misleads: docs/methods/hotspots.md. Raises ValueError as `exact_p`, as the
    background's `compare`, and for a background with the own value fixed, which has no meaning.
    """
    if background is not None and fixed_own_value:
        raise ValueError("the own value is fixed only where counts are compared evenly")
    held = np.asarray(counts)
    against = (
        background.compare(held, neighbours) if background else _evenly(held, neighbours, fixed_own_value)
    )
    discovery = discovery_q(against.p)
    hot = rejected(discovery, q) & (against.around > against.expected)
    return joined_hotspots(held.astype(np.int64), neighbours, against, discovery, hot, q, fixed_own_value)


def joined_hotspots(
    count: NDArray[np.int64],
    neighbours: Neighbours,
    against: Compared,
    discovery: Floats,
    hot: NDArray[np.bool_],
    rate: float,
    own_value_fixed: bool,
) -> HotspotResult:
    """The result of a test whose hot units are known."""
    hotspots = _joined(hot, neighbours, count, against.around, against.p, discovery)
    return HotspotResult(
        count=count,
        around=against.around,
        expected=against.expected,
        z=against.z,
        p=against.p,
        q=discovery,
        hot=hot,
        hotspot=_numbers(hotspots, count.size),
        hotspots=hotspots,
        tested=int(np.count_nonzero(~np.isnan(against.p))),
        rate=rate,
        own_value_fixed=own_value_fixed,
        beside=against.beside,
    )


def _evenly(held: NDArray[np.generic], neighbours: Neighbours, fixed_own_value: bool) -> Compared:
    star = gi_star(held, neighbours)
    around = np.rint(star.around).astype(np.int64)
    law = exact_p_own_value_fixed if fixed_own_value else exact_p
    p = law(held, around, star.window_sizes)
    return Compared(around, np.full(held.size, np.nan), star.expected, star.z, p)


def _joined(
    hot: NDArray[np.bool_],
    neighbours: Neighbours,
    count: NDArray[np.int64],
    around: NDArray[np.int64],
    p: Floats,
    q: Floats,
) -> tuple[Hotspot, ...]:
    found = []
    for members in _touching(hot, neighbours):
        if not count[members].any():
            continue
        peak = min(members.tolist(), key=lambda unit: (-count[unit], -around[unit], unit))
        found.append(
            (float(p[members].min()), -int(around[members].max()), -int(count[members].sum()), peak, members)
        )
    found.sort(key=lambda one: one[:4])
    return tuple(
        Hotspot(number, tuple(members.tolist()), peak, -total, p_min, float(q[members].min()))
        for number, (p_min, _, total, peak, members) in enumerate(found, start=1)
    )


def _touching(hot: NDArray[np.bool_], neighbours: Neighbours) -> list[NDArray[np.int64]]:
    """The connected groups of hot units, each ascending."""
    units = np.flatnonzero(hot)
    place = np.cumsum(hot) - 1
    rows = np.repeat(np.arange(hot.size), neighbours.degrees)
    both = hot[rows] & hot[neighbours.indices]
    ends = (place[rows[both]], place[neighbours.indices[both]])
    graph = csr_matrix((np.ones(ends[0].size, dtype=np.int8), ends), shape=(units.size, units.size))
    groups, group = csgraph.connected_components(graph, directed=False)
    if groups == 0:
        return []
    return np.split(units[np.argsort(group, kind="stable")], np.cumsum(np.bincount(group))[:-1])


def _numbers(hotspots: tuple[Hotspot, ...], units: int) -> NDArray[np.int32]:
    numbers = np.zeros(units, dtype=np.int32)
    for one in hotspots:
        numbers[list(one.members)] = one.number
    return numbers
