"""What a window of places and steps is compared with, and the exact law of what it would hold by chance."""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.exact_tails import binomial_upper, hypergeometric_upper
from trigpoint.core.analysis.sampling_law import Kinds, upper_tails
from trigpoint.core.geography.neighbours import Neighbours

__all__ = [
    "ChildrenOverTime",
    "CubeBackground",
    "Judged",
    "RecordsOverTime",
    "judged_evenly",
    "windows_over_time",
]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FINEST = 2.0**-53
"""A lower tail is all but an upper one: its digits end here."""


class Judged(NamedTuple):
    """Expected, z, upper and lower chance of some bins, float64[n, steps] each; NaN where there is no test."""

    expected: Floats
    z: Floats
    p_high: Floats
    p_low: Floats


class CubeBackground(Protocol):
    """What the windows are compared with, if not evenly with each other."""

    def windows(self, held: Ints, neighbours: Neighbours, back: int) -> NDArray[Any]:
        """What each window holds of it, [n, m]. Raises ValueError where it does not fit the counts."""

    def judge(self, sums: Ints, beside: NDArray[Any], total: int, among: Ints) -> Judged:
        """The windows of one set of steps, [n, steps]: `total` records lie in the steps `among`."""


def judged_evenly(drawn: Ints, sizes: Ints, sums: Ints) -> Judged:
    """Windows of `sizes` bins that hold `sums`, [n, steps] each, against a random sample of the counts `drawn`.

    Every order of the counts is as likely as any other. NaN where they are all alike, or the window is all of them.
    """
    shape = np.broadcast_shapes(sizes.shape, sums.shape)
    alike = drawn.size == 0 or int(drawn.min()) == int(drawn.max())
    if alike or sizes.min() >= drawn.size:
        nothing = np.full(shape, np.nan)
        return Judged(sizes * (drawn.mean() if drawn.size else 0.0), nothing, nothing.copy(), nothing.copy())
    mean, deviation = float(drawn.mean()), float(drawn.std())
    spare = np.maximum(drawn.size - sizes, 0) / (drawn.size - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(spare > 0, (sums - sizes * mean) / (deviation * np.sqrt(sizes * spare)), np.nan)
    upper = upper_tails(Kinds.of(drawn), int(sizes.max()), int(sums.max()) + 1)
    lower = np.ones_like(upper)
    lower[:, :-1] = np.clip(1.0 - upper[:, 1:], FINEST, 1.0)
    place = sizes * upper.shape[1] + sums
    high, low = np.clip(upper.ravel()[place], 5e-324, 1.0), lower.ravel()[place]
    high[np.isnan(z)], low[np.isnan(z)] = np.nan, np.nan
    return Judged(np.broadcast_to(sizes * mean, shape), z, high, low)


@dataclass(frozen=True, slots=True, eq=False)
class RecordsOverTime:
    """All records of the chosen feeds in each bin, `everything` int[n, m]; those of the theme are among them.

    Of N records in the set K are the theme's; a window holds n of the N, and of them the theme's are hypergeometric if
    it has nothing to do with place or time. It misleads as `RecordsBackground` does. A window without any record is
    not tested.
    """

    everything: ArrayLike

    def windows(self, held: Ints, neighbours: Neighbours, back: int) -> Ints:
        """Records of any kind in each window, int64[n, m]."""
        given = np.asarray(self.everything)
        if given.shape != held.shape or not np.issubdtype(given.dtype, np.integer) or np.any(given < held):
            raise ValueError("every bin needs a whole number of records, and no fewer than are of the theme")
        return windows_over_time(np.require(given, dtype=np.int64, requirements=["C"]), neighbours, back)

    def judge(self, sums: Ints, beside: NDArray[Any], total: int, among: Ints) -> Judged:
        """Hypergeometric, upper and lower tail."""
        drawn, whole = beside.astype(np.int64), int(np.asarray(self.everything)[:, among].sum())
        tested = (drawn > 0) & (drawn < whole) & (0 < total < whole)
        share = total / max(whole, 1)
        spread = np.asarray(drawn * (share * (1.0 - share)) * (whole - drawn) / max(whole - 1, 1), np.float64)
        held, taken = sums[tested], drawn[tested]
        high = hypergeometric_upper(held, taken, total, whole)
        low = hypergeometric_upper(taken - held, taken, whole - total, whole)
        return _spread_out(tested, sums, np.asarray(drawn * share), spread, high, low)


@dataclass(frozen=True, slots=True, eq=False)
class ChildrenOverTime:
    """Children who live in each place, `children` float[n] ≥ 0, the same in every step; NaN is not known.

    Each record falls in a window with the window's share of the children, every step alike: binomial. A place whose
    children are not known is in nobody's window and is not tested, nor is a window without a child. It misleads as
    `ChildrenBackground` does, and calls a busy month hot everywhere unless each step is taken alone.
    """

    children: ArrayLike

    def windows(self, held: Ints, neighbours: Neighbours, back: int) -> Floats:
        """Each window's share of all children and steps times the number of steps, float64[n, m]."""
        living = np.array(self.children, dtype=np.float64)
        if living.shape != held.shape[:1] or np.any(living < 0) or np.any(np.isinf(living)):
            raise ValueError("every place needs a number of children, and none is negative")
        if np.any(held[np.isnan(living)]):
            raise ValueError("a place whose children are not known holds records: leave it out")
        known = np.nan_to_num(living)
        around = known.copy()
        np.add.at(around, np.repeat(np.arange(known.size), neighbours.degrees), known[neighbours.indices])
        around[np.isnan(living)] = 0.0
        steps = np.minimum(np.arange(held.shape[1]), back) + 1
        return np.asarray(around[:, None] / max(float(known.sum()), 1e-300) * steps)

    def judge(self, sums: Ints, beside: NDArray[Any], total: int, among: Ints) -> Judged:
        """Binomial, upper and lower tail."""
        share = beside.astype(np.float64) / among.size
        # shares are added up in floats: all of the children but a hair is all of them
        tested = (share > 0.0) & (share < 1.0 - 1e-12) & (total > 0)
        high = binomial_upper(sums[tested], share[tested], total)
        low = binomial_upper(total - sums[tested], 1.0 - share[tested], total)
        return _spread_out(tested, sums, total * share, total * share * (1.0 - share), high, low)


def _spread_out(
    tested: NDArray[np.bool_], sums: Ints, expected: Floats, variance: Floats, high: Floats, low: Floats
) -> Judged:
    told = Judged(*(np.full(sums.shape, np.nan) for _ in range(4)))
    told.expected[tested] = expected[tested]
    told.z[tested] = (sums[tested] - expected[tested]) / np.sqrt(variance[tested])
    told.p_high[tested], told.p_low[tested] = high, low
    return told


def windows_over_time(held: Ints, neighbours: Neighbours, back: int) -> Ints:
    """What each place and its neighbours hold in each step and the `back` before it, int64[n, m]."""
    return _window_sums(held, neighbours.indptr, neighbours.indices, back)


@njit(cache=True, nogil=True)
def _window_sums(held: Ints, indptr: NDArray[np.int64], indices: NDArray[np.int32], back: int) -> Ints:
    around = np.empty_like(held)
    steps = held.shape[1]
    row = np.empty(steps, dtype=np.int64)
    for i in range(held.shape[0]):
        row[:] = held[i]
        for position in range(indptr[i], indptr[i + 1]):
            other = indices[position]
            for step in range(steps):
                row[step] += held[other, step]
        for step in range(steps):
            total = 0
            for earlier in range(max(step - back, 0), step + 1):
                total += row[earlier]
            around[i, step] = total
    return around
