"""How often chance does as well: probabilities of the scan from its replicates."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ALIKE", "exceeded", "gumbel_p", "monte_carlo_p", "recurrence_days", "sequential_p"]

EULER = 0.5772156649015329
ALIKE = 1e-9
"""Two ratios nearer than this, of themselves, are of cylinders with the same numbers: a tie counts against us."""


def exceeded(replicates: ArrayLike, ratio: float) -> NDArray[np.bool_]:
    """Whether each replicate's largest ratio is at least this one, bool[n]."""
    return np.asarray(replicates, dtype=np.float64) >= ratio * (1.0 - ALIKE)


def monte_carlo_p(replicates: ArrayLike, ratio: float) -> float:
    """(1 + the replicates at least as large) / (1 + replicates) (Dwass 1957): exact, whatever their number.

    Under the null it is at most u with a probability of at most u; just u where u·(replicates + 1) is whole and
    there are no ties.
    """
    reached = exceeded(replicates, ratio)
    return (1 + int(np.count_nonzero(reached))) / (1 + reached.size)


def sequential_p(replicates: ArrayLike, ratio: float, most: int, enough: int) -> float:
    """Besag & Clifford (1991, Biometrika 78: 301–304): replicates are drawn until `enough` reach the ratio.

    If that was at the l-th, p = enough/l; otherwise all `most` were drawn and p = (1 + reached)/(1 + most). It is
    as exact as a fixed number of replicates. Raises ValueError if the draws stopped before either.
    """
    reached = np.flatnonzero(exceeded(replicates, ratio))
    if reached.size >= enough:
        return enough / (int(reached[enough - 1]) + 1)
    if np.size(replicates) < most:
        raise ValueError("the draws stopped before the sequential rule allows it")
    return (1 + reached.size) / (1 + most)


def gumbel_p(replicates: Sequence[float] | NDArray[np.float64], ratio: float) -> float:
    """p from a Gumbel law fitted by moments to whole, uncensored replicates (Abrams, Kleinman & Kulldorff 2010).

    Goes below 1/(replicates + 1), as an approximation; it is not exact and promises nothing in small maps. NaN
    where the replicates are fewer than two or all alike. International Journal of Health Geographics 9: 61.
    """
    drawn = np.asarray(replicates, dtype=np.float64)
    if drawn.size < 2 or drawn.min() == drawn.max():
        return math.nan
    scale = float(drawn.std(ddof=1)) * math.sqrt(6.0) / math.pi
    mode = float(drawn.mean()) - EULER * scale
    return -math.expm1(-math.exp(-(ratio - mode) / scale))


def recurrence_days(p: float, step_days: float) -> float:
    """If the scan is made anew every step: how long until chance alone is expected to show as much, in days."""
    return step_days / p
