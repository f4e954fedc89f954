"""Do two patterns agree? Areas in which one set of records has about the share that the other has."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import chi2, hypergeom

from trigpoint.core.analysis.discovery import discovery_q

__all__ = ["PatternAgreement", "PatternDifference", "pattern_difference", "sppt"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class PatternAgreement:
    """n areas.

    base_share, test_share  float64[n]  share of each set's records in the area
    low, high               float64[n]  limits of the test's share
    local                   int8[n]     −1 the base has more than the limits, +1 less, 0 within
    s                       float       share of the areas within
    robust_s                float       the same among areas that hold any record of either; NaN with none
    """

    base_share: Floats
    test_share: Floats
    low: Floats
    high: Floats
    local: NDArray[np.int8]
    s: float
    robust_s: float


@dataclass(frozen=True, slots=True, eq=False)
class PatternDifference:
    """n areas: difference (test share − base share), its p and q, float64[n], NaN where neither set has a record.

    `differing` is the share of the tested areas with q at most the rate asked; NaN with none tested.
    """

    difference: Floats
    p: Floats
    q: Floats
    differing: float


def sppt(
    base: ArrayLike, test: ArrayLike, *, share: float = 0.85, coverage: float = 0.95
) -> PatternAgreement:
    """Andresen's spatial point pattern test (Andresen 2009, Applied Geography 29:333–345), its limits exact.

    `base` and `test` are whole counts by area, [n]. Andresen draws 85 % of the test's records, without replacement,
    200 times, and takes the middle 95 % of an area's shares. The number drawn in an area is hypergeometric, so the
    limits to which such draws tend are looked up and nothing is random. S is the share of areas whose base share
    lies within; robust S leaves out areas without a record, which agree by being empty (Wheeler, Steenbeek &
    Andresen 2018, Transactions in GIS 22:760–774).

    An index, not a test: 85 % gives limits of its own, that tighten with many records as any do. S of 0.8 and more is custom
    for "similar". Not symmetric: which set is the base matters. Raises ValueError for lengths that differ, counts
    that are not whole or below 0, a set without a record, or a share or coverage outside (0, 1).
    """
    ours, theirs = _checked(base, test)
    if not (0.0 < share < 1.0 and 0.0 < coverage < 1.0):
        raise ValueError("the share drawn and the coverage lie between 0 and 1")
    total = int(theirs.sum())
    drawn = max(1, round(share * total))
    tail = (1.0 - coverage) / 2.0
    low, high = (hypergeom.ppf(one, total, theirs, drawn) / drawn for one in (tail, 1.0 - tail))
    base_share = ours / ours.sum()
    # shares of two totals, compared with room for rounding
    local = np.where(base_share > high + 1e-12, -1, np.where(base_share < low - 1e-12, 1, 0)).astype(np.int8)
    told = (ours + theirs) > 0
    within = local == 0
    return PatternAgreement(
        base_share, theirs / total, low, high, local, float(within.mean()), float(within[told].mean())
    )


def pattern_difference(base: ArrayLike, test: ArrayLike, *, rate: float = 0.05) -> PatternDifference:
    """Wheeler's variant: in which areas do the two shares differ, allowing for how many areas are asked?

    Each area's two shares by Pearson's chi-square of a 2 × 2 table without correction, one degree of freedom, then
    Benjamini–Hochberg (Wheeler, Steenbeek & Andresen 2018, as above). Misleads with expected counts below about 5,
    where chi-square is too ready to differ. Symmetric. Arguments and errors as for `sppt`.
    """
    ours, theirs = _checked(base, test)
    if not 0.0 < rate < 1.0:
        raise ValueError("the false discovery rate must lie between 0 and 1")
    n, m = int(ours.sum()), int(theirs.sum())
    difference = theirs / m - ours / n
    pooled = (ours + theirs) / (n + m)
    spread = pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)
    told = spread > 0.0
    statistic = np.divide(difference**2, spread, out=np.full(len(ours), np.nan), where=told)
    p = chi2.sf(statistic, 1)
    q = discovery_q(p)
    differing = float((q[told] <= rate).mean()) if told.any() else float("nan")
    return PatternDifference(np.where(ours + theirs > 0, difference, np.nan), p, q, differing)


def _checked(base: ArrayLike, test: ArrayLike) -> tuple[Ints, Ints]:
    ours, theirs = np.asarray(base), np.asarray(test)
    if ours.ndim != 1 or ours.shape != theirs.shape:
        raise ValueError("both sets are counted over the same areas")
    for counts in (ours, theirs):
        if not np.issubdtype(counts.dtype, np.integer) or (counts < 0).any() or not counts.sum() > 0:
            raise ValueError("counts are whole and not below 0, and each set has a record")
    return ours.astype(np.int64), theirs.astype(np.int64)
