"""Funnel limits: which rates lie outside what chance alone gives a place of that size?

Sources: Spiegelhalter, D. J. (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24:
1185–1202; (2005) "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14: 347–351.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, ndtri, pdtr
from scipy.stats import binom, poisson

__all__ = ["TAILS", "Funnel", "Law", "funnel"]

Floats = NDArray[np.float64]
Law = Literal["poisson", "binomial"]

TAILS = (0.025, 0.001)
"""Beyond the 95% and the 99.8% limit, on either side."""
WINSORISED = 0.1
"""Share at either end that is drawn in before over-dispersion is estimated: outliers must not widen their own limits."""


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Limits and states of n units.

    expected  float64[n]     the count at the common rate; NaN where no people are known
    lower     float64[2, n]  fewest that lie within the 95% and the 99.8% limits, as counts
    upper     float64[2, n]  most that lie within them
    state     int8[n]        −2 below 99.8%, −1 below 95%, 0 within or not known, 1 above 95%, 2 above 99.8%
    usual     float          the common rate, all counts over all people
    dispersion float         variance over what chance alone gives, at least 1; 1 where it was not asked for
    """

    expected: Floats
    lower: Floats
    upper: Floats
    state: NDArray[np.int8]
    usual: float
    dispersion: float


def funnel(
    counts: ArrayLike, people: ArrayLike, *, law: Law = "poisson", over_dispersed: bool = False
) -> Funnel:
    """Hold every unit's count against the common rate of all of them.

    `counts` is whole numbers [n]; `people` [n] > 0, NaN or 0 where none are known. Limits are exact: a count lies above
    if P(X ≥ count) ≤ 0.025 (0.001). `law` is "poisson" (records; a person may have several) or "binomial" (people; no
    more than live there). With `over_dispersed` the limits are widened by √φ on the scale where the spread does not hang
    on size (√ for counts, arcsine for shares), φ the mean square of the winsorised z, never below 1.

    At 95% one unit in twenty lies outside by chance: no correction for many units is made, a funnel is for looking. It
    misleads where the people counted are not those at risk. Raises ValueError for what does not fit together.
    """
    c, n = np.asarray(counts, dtype=np.float64), np.asarray(people, dtype=np.float64)
    known = _checked(c, n, law)
    usual = float(c[known].sum() / n[known].sum()) if known.any() else float("nan")
    c, n = c[known], n[known]
    dispersion = _dispersion(c, n, usual, law) if over_dispersed and c.size else 1.0
    inside = _widened(n, usual, law, dispersion) if over_dispersed else _exact(n, usual, law)
    size, where = known.size, np.flatnonzero(known)
    expected, state = np.full(size, np.nan), np.zeros(size, dtype=np.int8)
    lower, upper = np.full((2, size), np.nan), np.full((2, size), np.nan)
    expected[where] = n * usual
    lower[:, where], upper[:, where] = inside
    # NaN compares as neither above nor below
    state[where] = (c > upper[:, where]).sum(axis=0) - (c < lower[:, where]).sum(axis=0)
    return Funnel(expected, lower, upper, state, usual, dispersion)


def _checked(c: Floats, n: Floats, law: Law) -> NDArray[np.bool_]:
    if c.shape != n.shape or c.ndim != 1:
        raise ValueError("there must be one count and one number of people for each unit")
    if np.any(c < 0) or np.any(c != np.floor(c)) or np.any(n < 0):
        raise ValueError("counts are whole, and neither counts nor people are ever negative")
    known = np.asarray(n > 0)
    if law == "binomial" and (np.any(n[known] != np.floor(n[known])) or np.any(c[known] > n[known])):
        raise ValueError("for shares of people, people are whole and no fewer than are counted")
    return known


def _exact(n: Floats, usual: float, law: Law) -> tuple[Floats, Floats]:
    tails = np.array(TAILS)[:, None]
    if law == "binomial":
        lower, upper = binom.ppf(tails, n, usual), binom.isf(tails, n, usual)
        return _no_less(lower, bdtr(lower, n.astype(np.int64), usual), tails), upper
    lower, upper = poisson.ppf(tails, n * usual), poisson.isf(tails, n * usual)
    return _no_less(lower, pdtr(lower, n * usual), tails), upper


def _no_less(lower: Floats, beneath: Floats, tails: Floats) -> Floats:
    """The fewest with P(X ≤ count) above the tail: one more where it is the tail to the last digit."""
    return np.where(beneath <= tails, lower + 1.0, lower)


def _widened(n: Floats, usual: float, law: Law, dispersion: float) -> tuple[Floats, Floats]:
    reach = -ndtri(np.array(TAILS))[:, None] * np.sqrt(dispersion) / 2.0
    if law == "binomial":
        middle, reach = np.arcsin(np.sqrt(usual)), reach / np.sqrt(n)
        low, high = np.maximum(middle - reach, 0.0), np.minimum(middle + reach, np.pi / 2)
        return n * np.sin(low) ** 2, n * np.sin(high) ** 2
    middle = np.sqrt(n * usual)
    return np.maximum(middle - reach, 0.0) ** 2, (middle + reach) ** 2


def _dispersion(c: Floats, n: Floats, usual: float, law: Law) -> float:
    if law == "binomial":
        z = 2.0 * np.sqrt(n) * (np.arcsin(np.sqrt(c / n)) - np.arcsin(np.sqrt(usual)))
    else:
        z = 2.0 * (np.sqrt(c) - np.sqrt(n * usual))
    low, high = np.quantile(z, [WINSORISED, 1.0 - WINSORISED])
    return max(float(np.mean(np.clip(z, low, high) ** 2)), 1.0)
