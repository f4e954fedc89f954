"""Two counts of one place, in two periods: did it change by more than chance?

Sources: Przyborowski, J. & Wilenski, H. (1940), "Homogeneity of results in testing samples from Poisson series",
Biometrika 31, 313–323 (the conditional test); Clopper, C. J. & Pearson, E. S. (1934), Biometrika 26, 404–413 (its
interval); Morisita, M. (1959), Mem. Fac. Sci. Kyushu Univ. E 2, 215–235 (pairs in one month against chance); Benjamini,
Y. & Hochberg, Y. (1995), J. R. Statist. Soc. B 57, 289–300; Gilbert, P. B. (2005), Applied Statistics 54, 143–158
(tests that could never pass are not counted among the many).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv

from trigpoint.core.analysis.discovery import discovery_q, rejected

__all__ = ["STRENGTHS", "Changes", "find_changes", "scatter_between_months"]

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

STRENGTHS = (1.0, 1.5, 2.0)
"""From which factor on a change is of the first, second, third strength, upwards or downwards (its reciprocal)."""


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """One row a place, [n] each.

    ratio      float64  rate of the later period over that of the earlier; infinite where only the later holds any, NaN
                        where neither does
    low, high  float64  limits of that ratio; 0 and infinite where a count is nought; NaN where neither holds any
    p          float64  two-sided chance of so uneven a share, had both one rate; NaN where neither holds any
    q          float64  Benjamini–Hochberg over the places tested; NaN for those not tested
    strength   int8     -3 to -1 fewer, 0 no difference that can be told, 1 to 3 more (STRENGTHS)
    tested     bool     whether so few records could ever have shown a change
    """

    ratio: Floats
    low: Floats
    high: Floats
    p: Floats
    q: Floats
    strength: NDArray[np.int8]
    tested: NDArray[np.bool_]


def find_changes(
    earlier: ArrayLike,
    later: ArrayLike,
    times: tuple[float, float],
    *,
    scatter: float = 0.0,
    months: float = 1.0,
    coverage: float = 0.95,
    rate: float = 0.05,
) -> Changes:
    """Compare two counts in each place: `earlier` and `later` are whole numbers [n], `times` how long each period is.

    Given the two counts' sum, the later one is binomial with the share of the time that its period took, if nothing
    changed. Limits and p are of that law, exact, and agree: p is below 1 − coverage where the limits leave out 1.
    `scatter` is how much more than Poisson months differ (variance = mean + scatter·mean², see
    `scatter_between_months`), and `months` how many both periods have together: counts then weigh as much less as they
    scatter more, 1 + scatter·mean a month. A place whose sum is so small that even all in one period would not be
    rare is not tested, and is not among the many tests. `rate` is the false discovery rate.

    It misleads where who records, or what a record is, changed between the periods: leave such feeds out of both. Raises
    ValueError for lengths that differ, counts that are negative or not whole, times or months that are not positive, a
    negative scatter, or a coverage or rate outside 0 to 1.
    """
    before, after = _whole(earlier), _whole(later)
    _check(before, after, times, scatter, months, coverage)
    both = before + after
    held = both > 0
    expected = times[1] / (times[0] + times[1])
    allowance = 1.0 + scatter * both / months
    x, n = after / allowance, both / allowance
    low, high = _limits(x, n, held, coverage)
    turned = times[0] / times[1]
    p = _chance(x, n, held, expected)
    tested = held & (2.0 * min(expected, 1.0 - expected) ** n <= rate)
    q = discovery_q(np.where(tested, p, np.nan))
    ratio = np.full(both.shape, np.nan)
    np.divide(after * turned, before, out=ratio, where=before > 0)
    ratio[(before == 0) & held] = np.inf
    strength = np.where(rejected(q, rate), _strengths(ratio), 0).astype(np.int8)
    return Changes(ratio, _odds(low) * turned, _odds(high) * turned, p, q, strength, tested)


def scatter_between_months(windows: Sequence[ArrayLike]) -> float:
    """How much more than Poisson the months of one place differ, pooled over places: at least 0.

    Each window is counts by place and month, int[n, k], k the same or not from window to window. Pairs of records that
    share a place and a month are counted, and set against those that chance would put there if every month of the window
    were alike: the excess is the scatter of a negative binomial. 0 where no place has two records in a window of two
    months. Busy places weigh most. It counts seasons and trends inside a window as scatter, so what is found with it is
    found cautiously. Raises ValueError for a window that is no table, or a negative count.
    """
    together = by_chance = 0.0
    for window in windows:
        counts = _whole(window)
        if counts.ndim != 2 or (counts < 0).any():
            raise ValueError("a window is a table of counts, by place and month")
        if counts.shape[1] < 2:
            continue
        held = counts.sum(axis=1).astype(np.float64)
        together += float((counts * (counts - 1.0)).sum())
        by_chance += float((held * (held - 1.0)).sum()) / counts.shape[1]
    return max(together / by_chance - 1.0, 0.0) if by_chance > 0 else 0.0


def _whole(numbers: ArrayLike) -> Counts:
    given = np.asarray(numbers)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise ValueError("counts are whole numbers")
    return given.astype(np.int64)


def _check(
    before: Counts, after: Counts, times: tuple[float, float], scatter: float, months: float, coverage: float
) -> None:
    if before.shape != after.shape or before.ndim != 1:
        raise ValueError("there must be two counts for every place")
    if before.size and min(before.min(), after.min()) < 0:
        raise ValueError("counts are not negative")
    if min(*times, months) <= 0.0 or scatter < 0.0:
        raise ValueError("times and months are positive, and scatter is not negative")
    if not 0.0 < coverage < 1.0:
        raise ValueError("a coverage lies between 0 and 1")


def _limits(x: Floats, n: Floats, held: NDArray[np.bool_], coverage: float) -> tuple[Floats, Floats]:
    """Clopper and Pearson's limits of the later period's share; NaN where nothing is held."""
    tail = (1.0 - coverage) / 2.0
    low = np.where(held, 0.0, np.nan)
    some = held & (x > 0)
    low[some] = betaincinv(x[some], (n - x)[some] + 1.0, tail)
    high = np.where(held, 1.0, np.nan)
    short = held & (x < n)
    high[short] = betaincinv(x[short] + 1.0, (n - x)[short], 1.0 - tail)
    return low, high


def _chance(x: Floats, n: Floats, held: NDArray[np.bool_], expected: float) -> Floats:
    """Twice the smaller tail at the share expected, at most 1; NaN where nothing is held."""
    at_least = np.ones(x.shape)
    some = held & (x > 0)
    at_least[some] = betainc(x[some], (n - x)[some] + 1.0, expected)
    at_most = np.ones(x.shape)
    short = held & (x < n)
    at_most[short] = betainc((n - x)[short], x[short] + 1.0, 1.0 - expected)
    return np.where(held, np.minimum(2.0 * np.minimum(at_least, at_most), 1.0), np.nan)


def _odds(share: Floats) -> Floats:
    return np.divide(share, 1.0 - share, out=np.where(np.isnan(share), np.nan, np.inf), where=share < 1.0)


def _strengths(ratio: Floats) -> NDArray[np.int64]:
    """-3 to 3 by the factor alone; 0 where it is 1 or not known."""
    up = np.searchsorted(STRENGTHS, np.nan_to_num(ratio, nan=1.0), side="right")
    down = np.searchsorted(STRENGTHS, 1.0 / np.maximum(np.nan_to_num(ratio, nan=1.0), 1e-300), side="right")
    return np.where(ratio > 1.0, up, np.where(ratio < 1.0, -down, 0))
