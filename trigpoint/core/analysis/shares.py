"""One share before and after, over strata that are each compared with themselves."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import erfc, ndtri

__all__ = ["ShareChange", "compare_shares"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ShareChange:
    """How a share changed within strata.

    odds_ratio     Mantel–Haenszel; after over before. NaN where no stratum can tell, 0 or ∞ where one side has none
    low, high      interval at `level`; NaN where the ratio is NaN, 0 or ∞
    z, p           Cochran–Mantel–Haenszel, without continuity correction, two-sided; NaN where no stratum can tell
    dispersion     how much more the months differ than chance alone gives; at least 1, and by it z is smaller
    share_before, share_after   of the strata that can tell, the share of all their records; NaN for none
    strata         how many can tell: records on both sides, and neither none nor all of them carrying
    carrying, total             records of those strata, both sides
    """

    odds_ratio: float
    low: float
    high: float
    z: float
    p: float
    dispersion: float
    share_before: float
    share_after: float
    strata: int
    carrying: int
    total: int

    @property
    def log_odds(self) -> float:
        """The logarithm of the odds ratio; NaN and ±∞ as it."""
        with np.errstate(divide="ignore"):
            return float(np.log(self.odds_ratio))


def compare_shares(
    carrying: NDArray[np.integer],
    total: NDArray[np.integer],
    after: Bools,
    usable: Bools,
    *,
    level: float = 0.95,
) -> ShareChange:
    """`carrying` of `total` records, int[s strata, m months], before and `after` bool[m], where `usable` bool[s, m].

    Mantel & Haenszel (1959, J. Natl Cancer Inst. 22:719–748): each stratum has its own share, all the same odds ratio.
    Variance of its logarithm by Robins, Breslow & Greenland (1986, Biometrics 42:311–323), widened, as the test is, by
    the dispersion of months within stratum and side (Pearson's X² over its degrees of freedom: quasi-binomial). Where a
    stratum's own level changed on a known day, give it as two strata: that is the break as a term of the model.

    Raises ValueError for shapes that do not fit or more carrying than there are. Misleads where records of one month
    lean on those of the last (it assumes they do not), where a share trends on both sides alike (a trend is no step but
    looks like one), and where the strata's odds ratios differ: it is then an average of them.
    """
    held, records = _checked(carrying, total, after, usable)
    a, n1 = (np.where(after, x, 0).sum(axis=1) for x in (held, records))
    c, n0 = (np.where(after, 0, x).sum(axis=1) for x in (held, records))
    tells = (n1 > 0) & (n0 > 0) & (a + c > 0) & (a + c < n1 + n0)
    a, n1, c, n0 = (x[tells].astype(np.float64) for x in (a, n1, c, n0))
    if not tells.any():
        nan = math.nan
        return ShareChange(nan, nan, nan, nan, nan, 1.0, nan, nan, 0, 0, 0)
    dispersion = _dispersion(held[tells], records[tells], after)
    low, ratio, high = _odds_ratio(a, n1, c, n0, dispersion, level)
    z = _cochran(a, n1, c, n0) / math.sqrt(dispersion)
    return ShareChange(
        odds_ratio=ratio,
        low=low,
        high=high,
        z=z,
        p=float(erfc(abs(z) / math.sqrt(2.0))),
        dispersion=dispersion,
        share_before=float(c.sum() / n0.sum()),
        share_after=float(a.sum() / n1.sum()),
        strata=int(tells.sum()),
        carrying=int(a.sum() + c.sum()),
        total=int(n1.sum() + n0.sum()),
    )


def _checked(
    carrying: NDArray[np.integer], total: NDArray[np.integer], after: Bools, usable: Bools
) -> tuple[Ints, Ints]:
    held, records = np.asarray(carrying), np.asarray(total)
    if (
        held.ndim != 2
        or held.shape != records.shape
        or usable.shape != held.shape
        or after.shape != held.shape[1:]
    ):
        raise ValueError(
            "strata and months must be the same for what is carried, for all and for what can be used"
        )
    if np.any(held < 0) or np.any(held > records):
        raise ValueError("no more records can carry a theme than there are")
    return np.where(usable, held, 0).astype(np.int64), np.where(usable, records, 0).astype(np.int64)


def _odds_ratio(
    a: Floats, n1: Floats, c: Floats, n0: Floats, dispersion: float, level: float
) -> tuple[float, float, float]:
    b, d, n = n1 - a, n0 - c, n1 + n0
    r, s = a * d / n, b * c / n
    if r.sum() == 0 or s.sum() == 0:
        return math.nan, math.inf if s.sum() == 0 else 0.0, math.nan
    p, q = (a + d) / n, (b + c) / n
    variance = (
        (p * r).sum() / (2 * r.sum() ** 2)
        + (p * s + q * r).sum() / (2 * r.sum() * s.sum())
        + (q * s).sum() / (2 * s.sum() ** 2)
    )
    ratio = r.sum() / s.sum()
    wide = math.exp(float(ndtri(0.5 + level / 2)) * math.sqrt(variance * dispersion))
    return float(ratio / wide), float(ratio), float(ratio * wide)


def _cochran(a: Floats, n1: Floats, c: Floats, n0: Floats) -> float:
    n, carried = n1 + n0, a + c
    expected = n1 * carried / n
    variance = n1 * n0 * carried * (n - carried) / (n**2 * np.maximum(n - 1, 1))
    return float((a - expected).sum() / math.sqrt(variance.sum()))


def _dispersion(held: Ints, records: Ints, after: Bools) -> float:
    squares, freedom = 0.0, 0
    for side in (after, ~after):
        x, n = held[:, side].astype(np.float64), records[:, side].astype(np.float64)
        share = x.sum(axis=1, keepdims=True) / np.maximum(n.sum(axis=1, keepdims=True), 1)
        varies = (share[:, 0] > 0) & (share[:, 0] < 1)
        within = np.where(n > 0, (x - n * share) ** 2 / np.maximum(n * share * (1 - share), 1e-300), 0.0)
        squares += float(within[varies].sum())
        freedom += int((n[varies] > 0).sum()) - int(varies.sum())
    return max(squares / freedom, 1.0) if freedom > 0 else 1.0
