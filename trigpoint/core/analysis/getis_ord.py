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
    window_sizes = neighbours.degrees + 1
    if x.size:
        mean, deviation = _mean_and_deviation(x)
        per_size = _per_size(int(window_sizes.max()), x.size, deviation)
        _gi_star(x, neighbours.indptr, neighbours.indices, mean, per_size, z, around, expected)
    return GiStar(z, around, expected, window_sizes)


def _per_size(largest: int, units: int, deviation: float) -> Floats:
    """One over the standard deviation of a window's sum, at [window size]; NaN where there is none."""
    sizes = np.arange(largest + 1)
    deviations = deviation * np.sqrt(sizes * (units - sizes) / max(units - 1, 1))
    per_size = np.full(sizes.size, np.nan)
    np.divide(1.0, deviations, out=per_size, where=deviations > 0)
    return per_size


@njit(cache=True, nogil=True)
def _gi_star(
    x: Floats,
    indptr: NDArray[np.int64],
    indices: NDArray[np.int32],
    mean: float,
    per_size: Floats,
    z: Floats,
    around: Floats,
    expected: Floats,
) -> None:
    # unsigned, because a signed index costs a test for "from the end" at every read: half the time of the loop
    begin, one = np.uint64(0), np.uint64(1)
    for i in range(x.size):
        end = np.uint64(indptr[i + 1])
        held = x[i]
        for position in range(begin, end):
            held += x[np.uint32(indices[position])]
        size = end - begin + one
        around[i], expected[i] = held, size * mean
        z[i] = (held - size * mean) * per_size[size]
        begin = end


@njit(cache=True, nogil=True, fastmath={"reassoc"})
def _mean_and_deviation(x: Floats) -> tuple[float, float]:
    # two passes, and equal values told by comparison: Σx² − n·mean² loses its digits on large values
    total, squares = 0.0, 0.0
    for i in range(x.size):
        total += x[i]
    mean = total / x.size
    if not _differ(x):
        return mean, 0.0
    for i in range(x.size):
        squares += (x[i] - mean) ** 2
    return mean, np.sqrt(squares / x.size)


@njit(cache=True, nogil=True)
def _differ(x: Floats) -> bool:
    for i in range(1, x.size):  # noqa: SIM110 - a generator does not compile
        if x[i] != x[0]:
            return True
    return False
