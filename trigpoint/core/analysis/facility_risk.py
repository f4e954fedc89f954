"""How much of what is recorded lies near a class of site, quarter by quarter, against how much of the county does."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtr

__all__ = ["SharesNear", "cochran_armitage", "shares_near"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SharesNear:
    """Of T periods: `near` of `records` int64[T] records lie near a site, and `share` of them, with the interval
    `low`..`high` (95%, Jeffreys); `of_county` is the share of the county's ground (or streets) that lies near, and
    `ratio` is share over it, with `ratio_low` and `ratio_high`. float64[T], NaN where there is no record or no ground
    near. `trend_z` and `trend_p`: whether the share rises or falls steadily over the periods, two-sided; NaN where it
    cannot be told."""

    near: Ints
    records: Ints
    share: Floats
    low: Floats
    high: Floats
    of_county: Floats
    ratio: Floats
    ratio_low: Floats
    ratio_high: Floats
    trend_z: float
    trend_p: float


def shares_near(
    unit: NDArray[np.integer], period: NDArray[np.integer], near: Bools, ground: Floats
) -> SharesNear:
    """The share of records in units near a class of site, by period, beside the share of the ground.

    `unit` and `period` int[n], the unit (0..u−1) and period (0..T−1) of each record; `near` bool[T, u] whether the unit
    lies near a site that was open in the period; `ground` float64[u], each unit's area or length. A ratio of 2 says
    that twice as much is recorded near such sites as on as much ground elsewhere, and nothing of why: sites stand where
    people are. Where sites open or close, the trend is partly theirs. Raises ValueError for what does not fit.
    """
    periods, units = near.shape
    if unit.shape != period.shape or ground.shape != (units,):
        raise ValueError("every record needs a unit and a period, and every unit its ground")
    if unit.size and not (
        0 <= unit.min() <= unit.max() < units and 0 <= period.min() <= period.max() < periods
    ):
        raise ValueError("a record lies outside the units or the periods")
    if np.any(ground < 0) or (units and ground.sum() <= 0):
        raise ValueError("there is no ground to compare with")
    records = np.bincount(period, minlength=periods).astype(np.int64)
    beside = np.bincount(period[near[period, unit]], minlength=periods).astype(np.int64)
    some = records > 0
    share = np.divide(beside, records, out=np.full(periods, np.nan), where=some)
    low, high = _jeffreys(beside, records)
    of_county = (near @ ground / ground.sum()) if units else np.zeros(periods)
    ratio, ratio_low, ratio_high = (
        np.divide(one, of_county, out=np.full(periods, np.nan), where=of_county > 0)
        for one in (share, low, high)
    )
    z, p = cochran_armitage(beside, records)
    return SharesNear(beside, records, share, low, high, of_county, ratio, ratio_low, ratio_high, z, p)


def cochran_armitage(successes: NDArray[np.integer], trials: NDArray[np.integer]) -> tuple[float, float]:
    """Does a share rise or fall over ordered groups? z and the two-sided p of a straight trend.

    z = Σ (i − ī)(sᵢ − nᵢ·p̄) / √(p̄(1 − p̄) Σ nᵢ(i − ī)²), groups scored 0, 1, 2, … and ī their mean weighed by nᵢ
    (Cochran 1954, *Biometrics* 10: 417–451; Armitage 1955, *Biometrics* 11: 375–386). NaN where all or none succeed, or
    where there are not two groups with a trial. Normal approximation: it misleads where counts are few, and where
    trials lean on each other (one child's episodes).
    """
    s, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    whole, place = n.sum(), np.arange(n.size, dtype=np.float64)
    pooled = s.sum() / whole if whole else 0.0
    from_mean = place - (place @ n / whole if whole else 0.0)
    variance = pooled * (1.0 - pooled) * (n @ from_mean**2)
    if variance <= 0:
        return float("nan"), float("nan")
    z = float(from_mean @ (s - n * pooled) / np.sqrt(variance))
    return z, float(2.0 * ndtr(-abs(z)))


def _jeffreys(successes: Ints, trials: Ints) -> tuple[Floats, Floats]:
    """The 95% interval of a share by Jeffreys' prior (Brown, Cai & DasGupta 2001, Statistical Science 16: 101–133)."""
    low = betaincinv(successes + 0.5, trials - successes + 0.5, 0.025)
    high = betaincinv(successes + 0.5, trials - successes + 0.5, 0.975)
    some = trials > 0
    low, high = np.where(successes == 0, 0.0, low), np.where(successes == trials, 1.0, high)
    return np.where(some, low, np.nan), np.where(some, high, np.nan)
