"""Many tests at once: how often may a unit called hot be chance?"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["discovery_q", "rejected"]


def discovery_q(p: ArrayLike) -> NDArray[np.float64]:
    """Benjamini–Hochberg q of every p, float64[n]: the lowest rate at which that test would be rejected.

    q of the i-th smallest of m probabilities is the least m·p(k)/k over k ≥ i, at most 1 (Benjamini &
    Hochberg 1995, J. R. Statist. Soc. B 57:289–300). A NaN was not tested: it stays NaN, outside m.

    Proved for independent tests and for those that depend positively; windows of one map overlap (positive)
    and share a fixed total (slightly negative), so there it holds in approximation. It bounds the *average
    share* of false ones among those rejected; it is not Bonferroni's bound on there being any.
    Raises ValueError for a p outside [0, 1].
    """
    given = np.asarray(p, dtype=np.float64)
    q = np.full(given.shape, np.nan)
    tested = np.flatnonzero(~np.isnan(given))
    if tested.size == 0:
        return q
    order = tested[np.argsort(given[tested], kind="stable")]
    ascending = given[order]
    if ascending[0] < 0.0 or ascending[-1] > 1.0:
        raise ValueError("a probability lies outside 0 to 1")
    stepped = ascending * tested.size / np.arange(1, tested.size + 1)
    q[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return q


def rejected(q: ArrayLike, rate: float) -> NDArray[np.bool_]:
    """Which tests are rejected at a false discovery rate, bool[n]; what was not tested (NaN) never is.

    Raises ValueError for a rate outside (0, 1).
    """
    if not 0.0 < rate < 1.0:
        raise ValueError("the false discovery rate must lie between 0 and 1")
    return np.asarray(q, dtype=np.float64) <= rate
