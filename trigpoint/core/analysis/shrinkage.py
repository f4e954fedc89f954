"""Rates of small places, drawn towards what is usual: empirical Bayes after Marshall.

Source: Marshall, R. J. (1991), "Mapping disease and mortality rates using empirical Bayes estimators", Journal of the
Royal Statistical Society C (Applied Statistics) 40: 283–294.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from trigpoint.core.analysis.backgrounds import window_sums
from trigpoint.core.analysis.count_interval import count_interval
from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["Shrunken", "shrink", "shrink_locally"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Shrunken:
    """Rates per person of n units, float64[n] each; NaN where nobody is known to live.

    rate           drawn towards `usual`, the more the fewer people there are
    lower, upper   interval of the rate at the coverage asked: too narrow by what `usual` and `spread` are unsure of
    usual          what it is drawn towards: of all units, or of the unit and its neighbours
    spread         variance of the true rates between units, at least 0; 0 draws a rate all the way
    """

    rate: Floats
    lower: Floats
    upper: Floats
    usual: Floats
    spread: Floats


def shrink(counts: ArrayLike, people: ArrayLike, *, coverage: float = 0.95) -> Shrunken:
    """Draw each unit's rate towards that of all: m + (r − m)·A/(A + m/n), A the moment estimate of Marshall's (1991).

    `counts` is whole numbers [n], `people` [n] > 0, NaN or 0 where none are known (left out of everything). The interval
    is that of the gamma law with mean m and variance A once the unit's count is known; where A is 0, that of the common
    rate. Raises ValueError for lengths that differ, negative numbers, or a coverage outside (0, 1).

    It misleads where the rates of places truly fall into groups (towns and fields): then all are drawn to a middle that
    belongs to none. And a count in which one child is many records is surer than it looks.
    """
    c, n, known = _checked(counts, people)
    everyone = float(n[known].sum())
    usual, spread = 0.0, 0.0
    if known.any():
        usual = float(c[known].sum()) / everyone
        apart = float((n[known] * (c[known] / n[known] - usual) ** 2).sum()) / everyone
        spread = max(apart - usual / (everyone / np.count_nonzero(known)), 0.0)
    as_one = count_interval(int(c[known].sum()), coverage=coverage)
    common = tuple(limit / everyone if known.any() else np.nan for limit in as_one)
    return _drawn(c, n, known, np.full(c.size, usual), np.full(c.size, spread), coverage, common)


def shrink_locally(
    counts: ArrayLike, people: ArrayLike, neighbours: Neighbours, *, coverage: float = 0.95
) -> Shrunken:
    """As `shrink`, each unit towards its own window's rate, with the window's spread.

    A window has few units, so its spread is often 0 by chance and its unit is then drawn all the way: a lone high rate
    all but vanishes. For looking at a pattern; never for telling whether one place stands out.
    """
    c, n, known = _checked(counts, people)
    living, held = np.where(known, n, 0.0), np.where(known, c, 0.0)
    everyone, among = window_sums(living, neighbours), window_sums(known.astype(np.float64), neighbours)
    usual, spread = np.full(c.size, np.nan), np.full(c.size, np.nan)
    usual[known] = window_sums(held, neighbours)[known] / everyone[known]
    rate = np.divide(held, living, out=np.zeros(c.size), where=known)
    # Σ n (r − m)² over a window is Σ n r² − m² Σ n, since m is the window's own rate
    squares = window_sums(living * rate**2, neighbours)[known] / everyone[known] - usual[known] ** 2
    spread[known] = np.maximum(squares - usual[known] * among[known] / everyone[known], 0.0)
    return _drawn(c, n, known, usual, spread, coverage, (np.nan, np.nan))


def _drawn(
    c: Floats, n: Floats, known: NDArray[np.bool_], usual: Floats, spread: Floats, coverage: float,
    common: tuple[float, ...],
) -> Shrunken:  # fmt: skip
    rate, lower, upper = (np.full(c.size, np.nan) for _ in range(3))
    varied = known & (spread > 0.0)
    alike = known & ~varied
    rate[alike], lower[alike], upper[alike] = usual[alike], common[0], common[1]
    # the gamma law with mean m and variance A: shape m²/A and m/A people as good as known beforehand
    shape = usual[varied] ** 2 / spread[varied] + c[varied]
    known_of = usual[varied] / spread[varied] + n[varied]
    rate[varied] = shape / known_of
    tail = (1.0 - coverage) / 2.0
    lower[varied] = gammaincinv(shape, tail) / known_of
    upper[varied] = gammaincinv(shape, 1.0 - tail) / known_of
    return Shrunken(rate, lower, upper, np.where(known, usual, np.nan), np.where(known, spread, np.nan))


def _checked(counts: ArrayLike, people: ArrayLike) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    c, n = np.asarray(counts, dtype=np.float64), np.asarray(people, dtype=np.float64)
    if c.shape != n.shape or c.ndim != 1:
        raise ValueError("there must be one count and one number of people for each unit")
    if np.any(c < 0) or np.any(c != np.floor(c)) or np.any(n < 0):
        raise ValueError("counts are whole, and neither counts nor people are ever negative")
    return c, n, n > 0
