"""Compared with what? Two backgrounds beside the even one: all records, and the children who live there.

The even background (`exact`) mostly finds where people are. These two ask instead: is there more of *this* here than the
other records here, or the children here, would lead one to expect?
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.exact_tails import binomial_upper, hypergeometric_upper
from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["ChildrenBackground", "Compared", "RecordsBackground", "window_sums"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Each of n windows (a unit and its neighbours) against a background.

    around    int64[n]    records of the theme in the window
    beside    float64[n]  what the window holds of the background: records, or children
    expected  float64[n]  records of the theme it would hold at the background's share
    z         float64[n]  (around − expected) in standard deviations of the law; orders places, gives no probability
    p         float64[n]  exact, upper tail
    beside is 0 where there is none; expected, z and p are NaN where the window was not tested.
    """

    around: Ints
    beside: Floats
    expected: Floats
    z: Floats
    p: Floats


@dataclass(frozen=True, slots=True, eq=False)
class RecordsBackground:
    """All records of the chosen feeds in each unit, `everything` int[n]; those of the theme are among them.

    If the theme had nothing to do with place, any set of records would be as likely as any other of the same number to
    be the theme's: of N records K are the theme's, a window holds n records, and the theme's among them are
    hypergeometric. p = P(X ≥ around). Fisher's exact test, one-sided, of the window against the rest.

    It misleads where feeds differ in what they send from where (an agency that sends only this theme, only from here);
    and a theme can be over-represented where little of anything is recorded. A window without a record is not tested.
    """

    everything: ArrayLike

    def compare(self, counts: ArrayLike, neighbours: Neighbours) -> Compared:
        """Raises ValueError for counts that are not whole, lengths that differ, or more of the theme than of all."""
        held, everything = _whole(counts, neighbours), _whole(self.everything, neighbours)
        if np.any(held > everything):
            raise ValueError("a unit holds more records of the theme than records")
        marked, total = int(held.sum()), int(everything.sum())
        around, beside = window_sums(held, neighbours), window_sums(everything, neighbours)
        tested = (beside > 0) & (beside < total) & (0 < marked < total)
        expected, deviation = np.full(held.size, np.nan), np.full(held.size, np.nan)
        n = beside[tested].astype(np.float64)
        share = marked / max(total, 1)
        expected[tested] = n * share
        deviation[tested] = np.sqrt(n * share * (1.0 - share) * (total - n) / max(total - 1, 1))
        p = np.full(held.size, np.nan)
        p[tested] = hypergeometric_upper(around[tested], beside[tested], marked, total)
        return Compared(around, beside.astype(np.float64), expected, (around - expected) / deviation, p)


@dataclass(frozen=True, slots=True, eq=False)
class ChildrenBackground:
    """Children who live in each unit, `children` float[n] ≥ 0, not whole where they were shared out; NaN not known.

    If every child living anywhere were as likely as any other to be behind a record, each of the K records of the theme
    (in units whose children are known) would fall in a window with the window's share of the children: binomial.
    p = P(X ≥ around). A unit whose children are not known is in nobody's window and is not tested; nor is a window
    without a child, where any record at all would be infinitely more than expected.

    It misleads wherever children are harmed far from home: town centres, stations, parks, schools. And one child who
    makes many records is many records.
    """

    children: ArrayLike

    def compare(self, counts: ArrayLike, neighbours: Neighbours) -> Compared:
        """Raises ValueError for counts that are not whole, lengths that differ, or negative children."""
        held, living = _whole(counts, neighbours), np.array(self.children, dtype=np.float64)
        if living.shape != held.shape:
            raise ValueError("there must be a number of children for each unit")
        known = ~np.isnan(living)
        if not np.all(np.isfinite(living[known]) & (living[known] >= 0.0)):
            raise ValueError("children are never negative")
        living[~known] = 0.0
        among = np.where(known, held, 0)
        around, beside = window_sums(among, neighbours), window_sums(living, neighbours)
        trials, everyone = int(among.sum()), float(living.sum())
        # a window of all the children could hold nothing but all the records: adding up in floats, all but a hair
        tested = known & (beside > 0.0) & (beside < everyone * (1.0 - 1e-12)) & (trials > 0)
        share = np.zeros(held.size)
        share[tested] = beside[tested] / everyone
        expected, p = np.full(held.size, np.nan), np.full(held.size, np.nan)
        expected[tested] = trials * share[tested]
        deviation = np.sqrt(expected * (1.0 - share))
        p[tested] = binomial_upper(around[tested], share[tested], trials)
        # a unit that is in nobody's window is shown with its own records
        around = around + np.where(known, 0, held)
        return Compared(around, beside, expected, (around - expected) / deviation, p)


Number = TypeVar("Number", np.int64, np.float64)


def window_sums(values: NDArray[Number], neighbours: Neighbours) -> NDArray[Number]:
    """The sum over each unit and its neighbours, [n], of the kind of number given."""
    rows = np.repeat(np.arange(neighbours.units), neighbours.degrees)
    sums = values.copy()
    np.add.at(sums, rows, values[neighbours.indices])
    return sums


def _whole(numbers: ArrayLike, neighbours: Neighbours) -> Ints:
    given = np.asarray(numbers)
    if given.shape != (neighbours.units,):
        raise ValueError("there must be one count for each unit")
    if given.size and (not np.issubdtype(given.dtype, np.integer) or given.min() < 0):
        raise ValueError("counts are whole and never negative")
    return given.astype(np.int64)
