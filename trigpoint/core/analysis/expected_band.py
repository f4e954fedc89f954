"""What a place would have month by month if it only did what the county did: a band to read its line against."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom

__all__ = ["LEAST_MONTHS", "ExpectedBand", "expected_band"]

LEAST_MONTHS = 6
"""With fewer months before the period there is nothing to expect by."""
HALF = 0.5
"""Jeffreys' prior of a Poisson mean: half a record, so that a place without any is not expected to stay without."""


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedBand:
    """The middle 90% of what each month would hold, low and high int64[m]: both ends included."""

    low: NDArray[np.int64]
    high: NDArray[np.int64]


def expected_band(
    place: ArrayLike, county: ArrayLike, before: ArrayLike, *, coverage: float = 0.9
) -> ExpectedBand | None:
    """The band of a place's months, int[m], from its share of the county's in the months `before`, bool[m].

    The share is not known but estimated: with n records of the place among N of the county before, a month in which the
    county has M holds a negative binomial number, n + ½ successes at probability N / (N + M): a Poisson count whose
    mean has a gamma law (Gelman et al. 2013, Bayesian Data Analysis, 2.6). The season and the whole county's rise or
    fall are thus in the band. None where `before` has fewer than `LEAST_MONTHS` months or the county none in them.
    It misleads where records come in bunches, or a feed began or fell silent in between: the band is then too narrow.
    Raises ValueError for lengths that differ, counts below nought and a coverage that is no share.
    """
    here, whole = np.asarray(place, dtype=np.int64), np.asarray(county, dtype=np.int64)
    first = np.asarray(before, dtype=bool)
    if here.shape != whole.shape or here.shape != first.shape or here.ndim != 1:
        raise ValueError("every month needs the place's count, the county's and whether it lies before")
    if (here < 0).any() or (whole < 0).any() or not 0.0 < coverage < 1.0:
        raise ValueError("counts are at least 0 and a coverage lies between 0 and 1")
    total = int(whole[first].sum())
    if int(first.sum()) < LEAST_MONTHS or total == 0:
        return None
    shape = int(here[first].sum()) + HALF
    probability = total / (total + whole)
    tail = (1.0 - coverage) / 2.0
    low = np.maximum(nbinom.ppf(tail, shape, probability), 0.0)
    high = np.maximum(nbinom.ppf(1.0 - tail, shape, probability), 0.0)
    return ExpectedBand(low.astype(np.int64), high.astype(np.int64))
