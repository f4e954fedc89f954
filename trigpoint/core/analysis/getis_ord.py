"""Getis–Ord Gi*: is there more in and around this unit than its share of the whole map?"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["GiStar", "gi_star"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class GiStar:
    """Gi* of n units. The window of a unit is the unit itself and its neighbours.

    z             float64[n]  standard deviations above (+) or below (−) what the window would hold if the
                              same values lay in random order; NaN where the unit cannot be tested
    around        float64[n]  sum of the values in the window
    expected      float64[n]  window size × mean of all values: what the window holds on average
    window_sizes  int64[n]    units in the window, at least 1
    """

    z: Floats
    around: Floats
    expected: Floats
    window_sizes: NDArray[np.int64]


def gi_star(values: ArrayLike, neighbours: Neighbours) -> GiStar:
    """Gi* with binary weights, the unit's own included (Ord & Getis 1995, Geographical Analysis 27:286–306).

    `values` is a number per unit, [n], finite; whole counts or rates. The z of a unit whose window is the
    whole map, and every z of a map whose values are all alike, is NaN: there is nothing to compare with.
    A unit without neighbours is tested as a window of one.

    Misleads when values are small and skewed, as counts of incidents are: z is then far from normal and a
    probability must come from `exact`, not from a normal table. Raises ValueError if the lengths differ or a
    value is not finite.
    """
    x = np.require(values, dtype=np.float64, requirements=["C", "W"])
    if x.shape != (neighbours.units,):
        raise ValueError("there must be one value for each unit")
    if not np.isfinite(x).all():
        raise ValueError("a value is not a finite number")
    z, around, expected = np.empty_like(x), np.empty_like(x), np.empty_like(x)
    if x.size:
        _gi_star(x, neighbours.indptr, neighbours.indices, z, around, expected)
    return GiStar(z, around, expected, neighbours.degrees + 1)


@njit(cache=True, nogil=True)
def _gi_star(
    x: Floats,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    z: Floats,
    around: Floats,
    expected: Floats,
) -> None:
    n = x.size
    mean, deviation = _mean_and_deviation(x)
    for i in range(n):
        held = x[i]
        for position in range(indptr[i], indptr[i + 1]):
            held += x[indices[position]]
        size = indptr[i + 1] - indptr[i] + 1
        around[i], expected[i] = held, size * mean
        if deviation == 0.0 or size == n:
            z[i] = np.nan
        else:
            z[i] = (held - size * mean) / (deviation * np.sqrt(size * (n - size) / (n - 1.0)))


@njit(cache=True, nogil=True)
def _mean_and_deviation(x: Floats) -> tuple[float, float]:
    # two passes, and equal values told by comparison: Σx² − n·mean² loses its digits on large values
    total, lowest, highest = 0.0, x[0], x[0]
    for value in x:
        total += value
        lowest, highest = min(lowest, value), max(highest, value)
    mean, squares = total / x.size, 0.0
    if lowest == highest:
        return mean, 0.0
    for value in x:
        squares += (value - mean) ** 2
    return mean, np.sqrt(squares / x.size)
