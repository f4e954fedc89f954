"""Mann–Kendall: does a series keep rising, or keep falling?"""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray
from scipy.special import erfc

__all__ = ["MannKendall", "mann_kendall", "overlap_inflation", "sen_slope"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class MannKendall:
    """The test of n series.

    s         int64[n]    pairs that rise less pairs that fall
    variance  float64[n]  of s if the order were chance, ties allowed for, times the inflation asked for
    z         float64[n]  (s − sign s)/√variance; 0 where no two values differ
    p         float64[n]  two-sided, normal; 1 where no two values differ
    steps     int64[n]    values in the series that are known
    """

    s: Ints
    variance: Floats
    z: Floats
    p: Floats
    steps: Ints


def mann_kendall(series: ArrayLike, *, inflation: ArrayLike = 1.0) -> MannKendall:
    """Test each row of `series`, float[n, steps], for a trend (Mann 1945, Econometrica 13:245–259; Kendall 1975).

    Variance with the correction for ties, z with the continuity correction. NaN is a step that is not known: it is
    left out. `inflation` (one number, or [n]) multiplies the variance of series whose steps are not independent:
    see `overlap_inflation`. Raises ValueError if `series` is not two-dimensional.

    Misleads where steps lean on each other (a run then looks like a trend), where there is a season and not whole
    years of it, and for fewer than about ten steps, where the normal table is rough.
    """
    x = np.require(series, dtype=np.float64, requirements=["C"])
    if x.ndim != 2:
        raise ValueError("series stand in rows: an array of two dimensions")
    s, steps = np.zeros(len(x), dtype=np.int64), np.zeros(len(x), dtype=np.int64)
    tied = np.zeros(len(x), dtype=np.int64)
    _pairs(x, s, steps, tied)
    variance = (steps * (steps - 1) * (2 * steps + 5) - tied) / 18.0 * np.asarray(inflation, dtype=np.float64)
    z = np.zeros(len(x))
    np.divide(s - np.sign(s), np.sqrt(variance), out=z, where=variance > 0)
    return MannKendall(s, variance, z, erfc(np.abs(z) / math.sqrt(2.0)), steps)


def overlap_inflation(steps: ArrayLike, shared: int) -> Floats:
    """How much wider s varies where each value is a sum over its own step and the `shared` steps before it.

    Sums of neighbouring steps have records in common, so they resemble each other though nothing trends: their
    correlation at lag i is 1 − i/(shared + 1), that of ranks (6/π)·asin(ρ/2). From these the variance of s grows by
    1 + 2/(n(n−1)(n−2))·Σ (n−i)(n−i−1)(n−i−2)·ρᵢ (Hamed & Rao 1998, J. Hydrology 204:182–196), whose correlations
    are estimated; here they are known. `steps` [n], whole; 1 for fewer than three steps. Raises ValueError for a
    negative `shared`.
    """
    if shared < 0:
        raise ValueError("steps in common cannot be fewer than none")
    n = np.asarray(steps, dtype=np.float64)
    wider = np.zeros(n.shape)
    for lag in range(1, shared + 1):
        alike = 6.0 / math.pi * math.asin((1.0 - lag / (shared + 1.0)) / 2.0)
        wider += np.maximum(n - lag, 0) * np.maximum(n - lag - 1, 0) * np.maximum(n - lag - 2, 0) * alike
    return np.asarray(1.0 + 2.0 * wider / np.maximum(n * (n - 1.0) * (n - 2.0), 1.0))


def sen_slope(series: ArrayLike) -> Floats:
    """The median of the slopes between every two known steps, float64[n], per step (Sen 1968, JASA 63:1379–1389).

    `series` float[n, steps]; NaN where fewer than two steps are known. Raises ValueError as `mann_kendall`.
    Misleads on rare counts: where most steps are alike, the median slope is 0 whatever the rest does.
    """
    x = np.asarray(series, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError("series stand in rows: an array of two dimensions")
    slopes = np.full(len(x), np.nan)
    earlier, later = np.triu_indices(x.shape[1], 1)
    for i, row in enumerate(x):
        between = (row[later] - row[earlier]) / (later - earlier)
        known = between[~np.isnan(between)]
        if known.size:
            slopes[i] = np.median(known)
    return slopes


@njit(cache=True, nogil=True)
def _pairs(x: Floats, s: Ints, steps: Ints, tied: Ints) -> None:
    """Σ sign(later − earlier), how many are known, and Σ t(t−1)(2t+5) over groups of t alike."""
    for i in range(x.shape[0]):
        row = x[i]
        for at in range(row.size):
            if np.isnan(row[at]):
                continue
            alike = 0
            for other in range(row.size):
                if row[other] == row[at]:
                    alike += 1
                elif other > at:
                    s[i] += (row[other] > row[at]) * 1 - (row[other] < row[at]) * 1
            steps[i] += 1
            tied[i] += (alike - 1) * (2 * alike + 5)
