"""How much further apart counts jump than independent records would: one child's forty episodes are not forty records.

Places that stood alike are seen over the same stretches of time. Were their records independent, and did all change by the
same factors, the table of their counts would have a χ² of its degrees of freedom; how many times as much it has is how
many times Poisson's the variance of a change is.

Source: Wedderburn, R. W. M. (1974), "Quasi-likelihood functions, generalized linear models, and the Gauss–Newton
method", Biometrika 61, 439–447 (Pearson's χ² over its degrees of freedom).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["FEWEST_PLACES", "Overdispersion", "overdispersion"]

FEWEST_PLACES = 8
"""Places with any record below which nothing is said."""


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """`factor` is how many times Poisson's the variance is, at least 1, and `freedom` how many places beyond one it was
    learnt from: what a test of one more place has as its degrees of freedom."""

    factor: float
    freedom: int


def overdispersion(counts: NDArray[np.integer]) -> Overdispersion | None:
    """From the records of each place in each stretch of time, int[places, stretches]; None for too few places or stretches.

    Raises ValueError for a negative count or what is no table.

    It is too large where the places went different ways for a reason that those it is used for do not share, and too small
    where the stretches were matched to one another when the places were chosen.
    """
    if counts.ndim != 2 or (counts.size and counts.min() < 0):
        raise ValueError("counts are of places and stretches of time, and none is negative")
    held = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0].astype(np.float64)
    places, stretches = held.shape
    if places < FEWEST_PLACES or stretches < 2:
        return None
    expected = held.sum(axis=1, keepdims=True) * held.sum(axis=0, keepdims=True) / held.sum()
    chi_square = float(np.sum((held - expected) ** 2 / expected))
    return Overdispersion(max(chi_square / ((places - 1) * (stretches - 1)), 1.0), places - 1)
