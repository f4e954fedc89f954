"""Stability: in how many of many redrawn maps does a unit stay hot?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Claims", "Stability", "hotspot_stays", "stability"]

Ints = NDArray[np.int64]
Counts = NDArray[np.int64]
TOLERANCE = 1e-5
"""Weights are kept in single precision: so near 1 is 1."""
Test = Callable[[Counts, Counts], NDArray[np.bool_]]
"""Which units are hot, bool[n], given the records of the theme and all records in each, int64[n] both."""


@dataclass(frozen=True, slots=True, eq=False)
class Claims:
    """Where each of r records may lie: candidates as parallel arrays, those of one record together.

    `starts` int64[r + 1]: the candidates of record i are `starts[i]..starts[i + 1] - 1`. `unit` -1..units-1, -1 a
    candidate beyond the map; `weight` ≥ 0, summing to 1 over a record's candidates or to less, the rest being nowhere.
    `theme` bool[r], whether the record is of the theme. Raises ValueError where they do not fit together.
    """

    starts: Ints
    unit: NDArray[np.integer]
    weight: NDArray[np.float64]
    theme: NDArray[np.bool_]
    units: int

    def __post_init__(self) -> None:
        if self.starts.size != self.theme.size + 1 or self.starts[0] != 0 or np.any(np.diff(self.starts) < 0):
            raise ValueError("every record needs a first candidate and an end")
        if not self.starts[-1] == self.unit.size == self.weight.size:
            raise ValueError("every candidate needs a unit and a weight")
        if self.unit.size and (
            not -1 <= self.unit.min() <= self.unit.max() < self.units or self.weight.min() < 0
        ):
            raise ValueError("a candidate lies in a unit that does not exist, or weighs less than nothing")
        if np.any(self.totals > 1.0 + TOLERANCE):
            raise ValueError("the candidates of a record weigh more than one record")

    @classmethod
    def certain(cls, unit: NDArray[np.integer], theme: NDArray[np.bool_], units: int) -> "Claims":
        """Records each of which lies in one unit, or -1 in none."""
        return cls(np.arange(unit.size + 1, dtype=np.int64), unit, np.ones(unit.size), theme, units)

    @property
    def totals(self) -> NDArray[np.float64]:
        """The weight of each record's candidates together, float64[r]."""
        summed = np.concatenate([[0.0], np.cumsum(self.weight)])
        totals: NDArray[np.float64] = summed[self.starts[1:]] - summed[self.starts[:-1]]
        return totals


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """`stays` float64[n]: the share of `draws` redrawn maps in which the unit is hot."""

    stays: NDArray[np.float64]
    draws: int


def stability(
    claims: Claims,
    test: Test,
    rng: np.random.Generator,
    *,
    draws: int = 200,
    places: bool = True,
    records: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Stability:
    """Redraw the map `draws` times and test it anew each time.

    `places`: each record is put at one of its candidate locations, with the chance of its weight (Monte Carlo over
    location error). `records`: as many records are drawn, with replacement, as there are (Efron 1979, Annals of
    Statistics 7: 1–26), so that a hotspot that hangs on a few records falls. The test is the same in every draw, and so
    is what it corrects for.

    Not a probability that the place is hot: a share of 0.9 says that the result hardly hangs on where uncertain records
    lie and on which few were recorded. Drawing with replacement makes every map a little lumpier than the real one, so
    that places near the edge of significance may pass more often than they should; those well inside are judged
    fairly. Its own error is about √(s(1 − s)/draws), 0.035 at most with 200. Raises ValueError for no draws.
    """
    if draws < 1:
        raise ValueError("stability needs at least one draw")
    hot = np.zeros(claims.units, dtype=np.int64)
    place = _Places.of(claims)
    for done in range(draws):
        unit = place.drawn(rng) if places else place.likeliest
        chosen = rng.integers(0, unit.size, unit.size) if records and unit.size else np.arange(unit.size)
        hot += test(*_counted(unit[chosen], claims.theme[chosen], claims.units))
        if progress is not None:
            progress(done + 1, draws)
    return Stability(hot / draws, draws)


def hotspot_stays(stays: ArrayLike, hotspot: ArrayLike, hotspots: int) -> NDArray[np.float64]:
    """For hotspots 1..hotspots, float64[hotspots]: the greatest share among the members, that of its firmest unit."""
    found = np.zeros(hotspots + 1)
    np.maximum.at(found, np.asarray(hotspot), np.asarray(stays, dtype=np.float64))
    return found[1:]


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """`likeliest` unit of each record; of the `uncertain` ones, `upto` and `unit` of each candidate, to draw one.

    The i-th uncertain record's weights are summed up from i to i + 1, what is missing being nowhere: one search among
    all candidates then draws for every record.
    """

    likeliest: Ints
    uncertain: Ints
    upto: NDArray[np.float64]
    unit: Ints

    @classmethod
    def of(cls, claims: Claims) -> "_Places":
        each = np.diff(claims.starts)
        record = np.repeat(np.arange(each.size), each)
        # ascending by weight, so that the heaviest is the last to be written; of equals the first given
        order = np.lexsort((-np.arange(record.size), claims.weight, record))
        likeliest = np.full(each.size, -1, dtype=np.int64)
        likeliest[record[order]] = claims.unit[order]
        uncertain = np.flatnonzero((each > 1) | ((each == 1) & (claims.totals < 1.0 - TOLERANCE)))
        rank = np.full(each.size, -1, dtype=np.int64)
        rank[uncertain] = np.arange(uncertain.size)
        upto = rank[record] + np.cumsum(claims.weight) - (np.cumsum(claims.totals) - claims.totals)[record]
        kept = rank[record] >= 0
        ends = np.cumsum(each[uncertain])
        return cls(
            likeliest,
            uncertain,
            np.insert(upto[kept], ends, np.arange(uncertain.size) + 1.0),
            np.insert(claims.unit[kept].astype(np.int64), ends, -1),
        )

    def drawn(self, rng: np.random.Generator) -> Ints:
        unit = self.likeliest.copy()
        at = np.arange(self.uncertain.size) + rng.random(self.uncertain.size) * (1.0 - TOLERANCE)
        unit[self.uncertain] = self.unit[np.searchsorted(self.upto, at, side="right")]
        return unit


def _counted(unit: Ints, theme: NDArray[np.bool_], units: int) -> tuple[Counts, Counts]:
    tally = np.bincount(2 * (unit + 1) + theme, minlength=2 * (units + 1)).reshape(units + 1, 2)[1:]
    return np.ascontiguousarray(tally[:, 1]), tally.sum(axis=1)
