"""The E-test: could two Poisson counts have one rate?

Source: Krishnamoorthy, K. & Thomson, J. (2004), "A more powerful test for comparing two Poisson means", Journal of
Statistical Planning and Inference 119, 23–35.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

__all__ = ["MOST_EXPECTED", "e_test"]

MOST_EXPECTED = 100_000.0
"""The largest expected count whose sums are still added up one by one."""

_DEVIATIONS, _AT_LEAST = 9.0, 40
_ROWS_AT_ONCE = 2_000_000


def e_test(first: int, second: int, times: tuple[float, float] = (1.0, 1.0)) -> float:
    """The chance of a difference of rates at least this large, either way, had both one rate: two-sided p.

    `times` are how long, or how much, each count was taken over, in one unit. The statistic is the difference of rates
    over its estimated error; its chance is added up exactly over both Poisson counts at their common estimated rate.
    NaN where both counts are nought: there is nothing to compare. Raises ValueError for a negative count, a time that
    is not positive, or an expected count above MOST_EXPECTED.

    It misleads where records are not independent of each other: one event told twice makes p too small.
    """
    if first < 0 or second < 0 or min(times) <= 0.0:
        raise ValueError("counts are not negative and times are positive")
    if first + second == 0:
        return float("nan")
    rate = (first + second) / (times[0] + times[1])
    if rate * max(times) > MOST_EXPECTED:
        raise ValueError("there are too many records for the exact sum")
    ones, others = (_range(rate * time) for time in times)
    chance_one, chance_other = poisson.pmf(ones, rate * times[0]), poisson.pmf(others, rate * times[1])
    seen = float(_distance(np.array([first]), np.array([second]), times)[0, 0])
    p, step = 0.0, max(_ROWS_AT_ONCE // len(others), 1)
    for start in range(0, len(ones), step):
        rows = slice(start, start + step)
        as_far = _distance(ones[rows], others, times) >= seen * (1.0 - 1e-12)
        p += float(chance_one[rows] @ (as_far @ chance_other))
    return min(p, 1.0)


def _range(expected: float) -> NDArray[np.int64]:
    """The counts that are not negligible under an expected count, ascending: nine deviations either way."""
    reach = _DEVIATIONS * expected**0.5
    return np.arange(max(int(expected - reach), 0), int(expected + reach) + _AT_LEAST, dtype=np.int64)


def _distance(
    ones: NDArray[np.int64], others: NDArray[np.int64], times: tuple[float, float]
) -> NDArray[np.float64]:
    """The size of the statistic, [ones, others]; nought against nought is no distance."""
    first, second = ones[:, None] / times[0], others[None, :] / times[1]
    spread = np.sqrt(first / times[0] + second / times[1])
    apart = np.abs(first - second)
    return np.divide(apart, spread, out=np.zeros_like(spread), where=spread > 0)
