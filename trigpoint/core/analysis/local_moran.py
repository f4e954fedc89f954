"""Local Moran: is what is high beside what is high, more than by chance?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.backgrounds import Compared, window_sums
from trigpoint.core.analysis.discovery import discovery_q, rejected
from trigpoint.core.analysis.exact import exact_p_own_value_fixed
from trigpoint.core.analysis.hotspot import HotspotResult, joined_hotspots
from trigpoint.core.geography.neighbours import Neighbours

__all__ = [
    "HIGH_HIGH",
    "HIGH_LOW",
    "LOW_HIGH",
    "LOW_LOW",
    "LocalMoran",
    "find_moran_hotspots",
    "local_moran",
    "moran_p",
]

Floats = NDArray[np.float64]

HIGH_HIGH, LOW_HIGH, LOW_LOW, HIGH_LOW = 1, 2, 3, 4


@dataclass(frozen=True, slots=True, eq=False)
class LocalMoran:
    """Local Moran of n units, weights row-standardised (each neighbour 1/k).

    value     float64[n]  Iᵢ = zᵢ·(mean of z over the neighbours)/m₂, z the distances from the mean, m₂ = Σz²/n
    expected  float64[n]  mean of Iᵢ when the unit keeps its value and the others are reordered
    z         float64[n]  (value − expected) in standard deviations of that law; orders units, gives no probability
    quadrant  int8[n]     1 high among high, 2 low among high, 3 low among low, 4 high among low; 0 not tested
    Everything is NaN (0) for a unit without neighbours, one that touches all others, and for values that are all alike.
    """

    value: Floats
    expected: Floats
    z: Floats
    quadrant: NDArray[np.int8]


ROUNDING = 1e-12
"""Of the variance: less than that is what is left of nought."""


def local_moran(values: ArrayLike, neighbours: Neighbours) -> LocalMoran:
    """Anselin's local Moran (1995, Geographical Analysis 27: 93–115) with the moments of conditional permutation.

    With equal weights those moments are exact and short: the neighbours are k of the other n − 1 values, drawn without
    replacement (Sokal, Oden & Thomson 1998, Geographical Analysis 30: 331–354, give them for any weights).
    `values` is a number per unit, [n], finite. Raises ValueError if the lengths differ or a value is not finite.
    """
    x = np.asarray(values, dtype=np.float64)
    if x.shape != (neighbours.units,) or not np.isfinite(x).all():
        raise ValueError("there must be one finite value for each unit")
    tested = _tested(x, neighbours)
    away = x - x.mean() if x.size else x
    n, k = max(x.size, 3), neighbours.degrees[tested].astype(np.float64)
    own, squares = away[tested], float((away**2).sum())
    around = (window_sums(away, neighbours) - away)[tested] / k
    mean = -own / (n - 1)
    spread = (squares - own**2) / (n - 1) - mean**2
    # other values that are all alike have no spread; what subtraction leaves of it then is rounding
    spread = np.where(spread > ROUNDING * squares / (n - 1), spread, 0.0)
    # a sum of k of n − 1 values drawn without replacement, over k
    deviation = np.sqrt(spread / k * (n - 1 - k) / (n - 2))
    value, expected, z = (np.full(x.size, np.nan) for _ in range(3))
    value[tested], expected[tested] = (own * one * n / squares if own.size else own for one in (around, mean))
    # where the other values are all alike, nothing can be more or less like the unit than they are
    z[tested] = np.divide(
        np.sign(own) * (around - mean), deviation, out=np.full(own.size, np.nan), where=deviation > 0
    )
    quadrant = np.zeros(x.size, dtype=np.int8)
    quadrant[tested] = np.where(
        own > 0, np.where(around > 0, HIGH_HIGH, HIGH_LOW), np.where(around > 0, LOW_HIGH, LOW_LOW)
    )
    return LocalMoran(value, expected, z, quadrant)


def moran_p(counts: ArrayLike, neighbours: Neighbours) -> Floats:
    """The chance of neighbours as much like the unit as they are, or more so, float64[n]; exact, NaN where not tested.

    The unit keeps its count and the other n − 1 are reordered, every order as likely: a unit above the mean is held
    against P(T ≥ t), one at it or below against P(T ≤ t), t what its neighbours hold. This is what conditional
    permutations draw from, without drawing. The upper tail is good to 10⁻¹² of itself, the lower to 10⁻¹² of one.

    It asks of the neighbours alone: a unit with much, and nothing around it, is never found (Gi* may find it).
    Raises ValueError as `exact_p_own_value_fixed`.
    """
    held = np.asarray(counts)
    if held.shape != (neighbours.units,):
        raise ValueError("there must be one count for each unit")
    tested = _tested(held, neighbours)
    around = window_sums(held.astype(np.int64), neighbours)
    sizes = neighbours.degrees + 1
    high = tested & (held > held.mean()) if held.size else tested
    upper = exact_p_own_value_fixed(held, around, sizes)
    more = exact_p_own_value_fixed(held, around + 1, sizes)
    # P(T ≤ t) = 1 − P(T ≥ t + 1), and there may be no t + 1 at all: then the law gives the smallest double
    lower = np.maximum(1.0 - more, np.finfo(np.float64).tiny)
    return np.where(tested, np.where(high, upper, lower), np.nan)


def find_moran_hotspots(counts: ArrayLike, neighbours: Neighbours, *, q: float = 0.05) -> HotspotResult:
    """As `find_hotspots`, hot being high among high at the false discovery rate `q`, over all units tested.

    `around` is what the window holds, the unit among it; `expected` what it would hold on average, the unit's own count
    kept; z is local Moran's.
    """
    held = np.asarray(counts)
    moran, p = local_moran(held, neighbours), moran_p(held, neighbours)
    count, k = held.astype(np.int64), neighbours.degrees
    around = window_sums(count, neighbours)
    expected = count + k * (count.sum() - count) / max(count.size - 1, 1)
    discovery = discovery_q(p)
    hot = rejected(discovery, q) & (moran.quadrant == HIGH_HIGH) & (around > expected)
    against = Compared(around, np.full(held.size, np.nan), expected, moran.z, p)
    return joined_hotspots(count, neighbours, against, discovery, hot, q, own_value_fixed=True)


def _tested(values: NDArray[np.generic], neighbours: Neighbours) -> NDArray[np.bool_]:
    if values.size == 0 or values.min() == values.max():
        return np.zeros(values.size, dtype=bool)
    degrees = neighbours.degrees
    return np.asarray((degrees > 0) & (degrees < values.size - 1))
