"""Knox: are pairs of records near in space and soon after one another more often than chance would have it?"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

__all__ = ["NearRepeats", "expected_pairs", "near_repeats", "people_of_events"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Days = NDArray[np.int32]

MOST_PAIRS = 30_000_000
"""Pairs near in space that will be held at once: 480 MB."""
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class NearRepeats:
    """Pairs by band of distance (rows) and of days apart (columns).

    edges_m, edges_days  the bands: [lo, hi), in metres and whole days
    observed   int64[m, d]    pairs of records in both bands
    expected   float64[m, d]  what chance gives on average: exact, not drawn
    ratio      float64[m, d]  observed / expected; NaN where nothing is expected
    p          float64[m, d]  upper tail by permutation, (1 + as many or more) / (1 + replicates); NaN with none
    pairs      int            pairs of records in all
    left_out   int64[m]       pairs near in space that are one person's, in no other figure but `pairs`
    """

    edges_m: tuple[float, ...]
    edges_days: tuple[int, ...]
    observed: Ints
    expected: Floats
    ratio: Floats
    p: Floats
    pairs: int
    left_out: Ints
    replicates: int


def expected_pairs(near_in_space: float, near_in_time: float, pairs: float) -> float:
    """Pairs near in both that chance gives on average (Knox 1964): the product of the margins over all pairs."""
    return near_in_space * near_in_time / pairs


def near_repeats(
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    day: ArrayLike,
    edges_m: tuple[float, ...],
    edges_days: tuple[int, ...],
    *,
    replicates: int,
    rng: np.random.Generator,
    person: ArrayLike | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> NearRepeats:
    """Knox's test in bands (Knox 1964, Applied Statistics 13:25–29; Johnson et al. 2007, J. Quant. Crim. 23:201–219).

    `easting_m`, `northing_m` float and `day` whole numbers, [n]; edges ascend, and a band is [lo, hi): an edge of 0 and
    of 1 metre is "the same place". The null: the days lie over the places in any order. Under it a pair near in space
    is in a band of days as often as any pair, so the expected number is exact; p is drawn.

    With `person` (a dense id, -1 for nobody known) pairs of one known person are left out of the observed and the
    expected: most near repeats of missing episodes are one child. Two ids may still be one person, known to two
    agencies, and a pair with nobody known is kept; so what is left is not proved to be two people. Permuting single
    days also parts a person's run of days, so p is too small where a few people made most of the records.

    Misleads where a feed writes many records at once (a day's backlog), where places are centres of areas (all then
    stand at distance 0), and where risk moves slowly: seasons and growth look like near repeats at wide bands. Many
    bands are many tests. Raises ValueError for lengths that differ, edges that do not ascend, fewer than one
    replicate, numbers that are not finite, or more than MOST_PAIRS near in space.
    """
    _check_edges(edges_m, edges_days, replicates)
    places, days = _checked(easting_m, northing_m, day)
    who = _checked_people(person, len(days))
    # neighbours in place become neighbours in memory, where each replicate looks their days up
    order = np.lexsort((places[:, 0], np.floor(places[:, 1] / edges_m[-1])))
    places, days, who = places[order], days[order], who[order]
    first, second, band = _near_in_space(places, np.asarray(edges_m, dtype=np.float64))
    same = (who[first] == who[second]) & (who[first] != NOBODY)
    left_out = np.bincount(band[same], minlength=len(edges_m) - 1)
    first, second, band = first[~same], second[~same], band[~same]
    lookup = _band_of_days(edges_days)
    shape = (len(edges_m) - 1, len(edges_days) - 1)
    pairs = len(days) * (len(days) - 1) // 2
    observed = _count(first, second, band, days, lookup, np.zeros(shape, dtype=np.int64))
    near = np.bincount(band, minlength=shape[0])
    expected = np.outer(near, _near_in_time(days, edges_days)) / max(pairs, 1)
    at_least = np.zeros(shape, dtype=np.int64)
    for done in range(replicates):
        drawn = _count(first, second, band, rng.permutation(days), lookup, np.zeros(shape, dtype=np.int64))
        at_least += drawn >= observed
        if progress is not None:
            progress(done + 1, replicates)
    p = np.where(expected > 0.0, (1.0 + at_least) / (1.0 + replicates), np.nan)
    ratio = np.divide(observed, expected, out=np.full(shape, np.nan), where=expected > 0.0)
    return NearRepeats(edges_m, edges_days, observed, expected, ratio, p, pairs, left_out, replicates)


def people_of_events(event: ArrayLike, person: ArrayLike, wanted: ArrayLike) -> Ints:
    """A person for each wanted event, int64[m], -1 where none is known: events that share one have the same.

    `event` and `person` (-1 for nobody known) are those of n records, [n]. An event told by several agencies ties their
    keys together, so that no pair is counted as two people's that may be one's; where an event is of two people, they
    count as one from then on. The order of the records changes nothing but the numbers given. Raises ValueError for
    lengths that differ.
    """
    told, who = np.asarray(event), np.asarray(person)
    if told.shape != who.shape or told.ndim != 1:
        raise ValueError("each record has an event, and a person or -1")
    known = who != NOBODY
    events, row = np.unique(told[known], return_inverse=True)
    people, column = np.unique(who[known], return_inverse=True)
    size = len(events) + len(people)
    ties = coo_array((np.ones(row.size, dtype=bool), (row, len(events) + column)), shape=(size, size))
    _, group = connected_components(ties, directed=False)
    asked = np.asarray(wanted)
    if len(events) == 0:
        return np.full(asked.shape, NOBODY, dtype=np.int64)
    place = np.minimum(np.searchsorted(events, asked), len(events) - 1)
    return np.where(events[place] == asked, group[place], NOBODY).astype(np.int64)


def _checked(easting_m: ArrayLike, northing_m: ArrayLike, day: ArrayLike) -> tuple[Floats, Days]:
    places = np.column_stack([np.asarray(one, dtype=np.float64).ravel() for one in (easting_m, northing_m)])
    days = np.asarray(day)
    if days.shape != (len(places),) or not np.isfinite(places).all():
        raise ValueError("there must be one place, in finite numbers, and one day for each record")
    if days.size and not np.issubdtype(days.dtype, np.integer):
        raise ValueError("days are whole numbers")
    whole = days.astype(np.int64)
    from_first = whole - (whole.min() if whole.size else 0)
    if whole.size and from_first.max() > np.iinfo(np.int32).max:
        raise ValueError("days lie too far apart")
    return places, from_first.astype(np.int32)


def _check_edges(edges_m: tuple[float, ...], edges_days: tuple[int, ...], replicates: int) -> None:
    for edges in (edges_m, edges_days):
        if len(edges) < 2 or edges[0] < 0 or any(low >= high for low, high in pairwise(edges)):
            raise ValueError("the edges of bands ascend from 0 or more")
    if replicates < 1:
        raise ValueError("there must be at least one replicate")


def _near_in_space(
    places: Floats, edges_m: Floats
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int16]]:
    """Pairs of records within the bands of distance, each once, and the band of each."""
    tree = cKDTree(places)
    if (int(tree.count_neighbors(tree, edges_m[-1])) - len(places)) // 2 > MOST_PAIRS:
        raise ValueError("too many records lie near one another for so great a distance")
    # a little wider than the last edge: the tree's own arithmetic must not decide what lies at an edge
    near = tree.query_pairs(edges_m[-1] * (1.0 + 1e-9), output_type="ndarray").astype(np.int32)
    near = near[np.lexsort((near[:, 1], near[:, 0]))]
    apart = places[near[:, 0]] - places[near[:, 1]]
    band = np.searchsorted(edges_m, np.hypot(apart[:, 0], apart[:, 1]), side="right") - 1
    kept = (band >= 0) & (band < len(edges_m) - 1)
    return near[kept, 0].copy(), near[kept, 1].copy(), band[kept].astype(np.int16)


def _checked_people(person: ArrayLike | None, records: int) -> NDArray[np.integer]:
    who = np.full(records, NOBODY) if person is None else np.asarray(person)
    if who.shape != (records,):
        raise ValueError("there must be one person, or -1, for each record")
    return who


def _band_of_days(edges_days: tuple[int, ...]) -> NDArray[np.int16]:
    """The band of each number of days apart below the last edge; -1 below the first."""
    apart = np.arange(edges_days[-1])
    return (np.searchsorted(edges_days, apart, side="right") - 1).astype(np.int16)


def _near_in_time(days: Days, edges_days: tuple[int, ...]) -> Ints:
    """Pairs of all records in each band of days, by counting within a sorted list."""
    ordered = np.sort(days)
    nearer = [
        int((np.searchsorted(ordered, ordered + edge, side="left") - np.arange(len(ordered)) - 1).sum())
        if edge > 0
        else 0
        for edge in edges_days
    ]
    within = np.array(nearer, dtype=np.int64)
    return within[1:] - within[:-1]


@njit(cache=True, nogil=True)
def _count(
    first: NDArray[np.int32],
    second: NDArray[np.int32],
    band: NDArray[np.int16],
    days: Days,
    lookup: NDArray[np.int16],
    counts: Ints,
) -> Ints:
    """Pairs in both bands, added to `counts`."""
    for pair in range(first.size):
        apart = abs(days[first[pair]] - days[second[pair]])
        if apart < lookup.size and lookup[apart] >= 0:
            counts[band[pair], lookup[apart]] += 1
    return counts
