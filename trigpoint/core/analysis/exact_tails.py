"""Exact upper tails of the hypergeometric and the binomial law, for many windows at once.

Terms are products of ratios outward from the likeliest value, never differences of log-gammas: with a million records
a log-gamma is near 10⁷ and its last digits are worth 10⁻⁹ of the probability. Here a tail is good to about 10⁻¹² of
itself however small it is, as long as a double can hold it.
"""

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

__all__ = ["binomial_upper", "hypergeometric_upper"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SMALLEST = 5e-324
NEGLIGIBLE = 1e-20
"""Terms below this share of what is summed so far, and falling, add nothing that a double can hold."""


def hypergeometric_upper(held: ArrayLike, drawn: ArrayLike, marked: int, total: int) -> Floats:
    """P(X ≥ held), float64[n]: of `total` records `marked` are of the theme, and `drawn` are taken without replacement.

    `held` and `drawn` are whole numbers [n]. 1 where held is 0; the smallest positive double where a tail is smaller.
    Raises ValueError where a number cannot be: more held than drawn or than marked, more drawn or marked than there are.
    """
    x, n = _whole(held), _whole(drawn)
    if not 0 <= marked <= total or (n.size and not 0 <= n.min() <= n.max() <= total):
        raise ValueError("no more can be marked or drawn than there are")
    if np.any(x < 0) or np.any(x > np.minimum(n, marked)):
        raise ValueError("no more can be held than is drawn or marked")
    # the law is the same with the two samples exchanged, and a window is drawn once for each pair that differs
    pairs, place = np.unique(x * (total + 1) + n, return_inverse=True)
    tails = np.empty(pairs.size)
    _hypergeometric(pairs // (total + 1), pairs % (total + 1), marked, total, tails)
    return tails[place]


def binomial_upper(held: ArrayLike, share: ArrayLike, trials: int) -> Floats:
    """P(X ≥ held), float64[n]: each of `trials` records falls in the window with probability `share`.

    `held` is whole numbers [n], `share` [n] in [0, 1]. As `hypergeometric_upper`; where share is 0 and something is
    held the tail is the smallest positive double. Raises ValueError for a share outside [0, 1] or held outside 0..trials.
    """
    x, p = _whole(held), np.require(share, dtype=np.float64, requirements=["C", "W"])
    if x.shape != p.shape or not np.all((p >= 0.0) & (p <= 1.0)):
        raise ValueError("every window needs a share between 0 and 1")
    if np.any(x < 0) or np.any(x > trials):
        raise ValueError("no more can be held than there is")
    tails = np.empty(x.size)
    _binomial(x, p, trials, tails)
    return tails


def _whole(numbers: ArrayLike) -> Ints:
    given = np.asarray(numbers)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise ValueError("the exact law is for whole counts")
    return np.require(given, dtype=np.int64, requirements=["C", "W"])


@njit(cache=True, nogil=True)
def _hypergeometric(held: Ints, drawn: Ints, marked: int, total: int, tails: Floats) -> None:
    for i in range(held.size):
        n = drawn[i]
        least, most = max(0, n + marked - total), min(n, marked)
        mode = min(max((n + 1) * (marked + 1) // (total + 2), least), most)
        tails[i] = _tail(held[i], least, mode, most, marked, n, total - marked - n, 0.0)


@njit(cache=True, nogil=True)
def _binomial(held: Ints, share: Floats, trials: int, tails: Floats) -> None:
    for i in range(held.size):
        p = share[i]
        if p == 0.0 or p == 1.0:
            tails[i] = 1.0 if p == 1.0 or held[i] == 0 else SMALLEST
            continue
        mode = min(int((trials + 1) * p), trials)
        tails[i] = _tail(held[i], 0, mode, trials, trials, 0, 0, p / (1.0 - p))


@njit(cache=True, nogil=True)
def _tail(
    held: int, least: int, mode: int, most: int, marked: int, drawn: int, spare: int, odds: float
) -> float:
    if held <= least:
        return 1.0
    above, whole, weight = 0.0, 1.0, 1.0
    for x in range(mode, most):
        if weight == 0.0 or (x >= held and weight < NEGLIGIBLE * above):
            break
        weight *= _step(x, marked, drawn, spare, odds)
        whole += weight
        if x + 1 >= held:
            above += weight
    weight = 1.0
    if mode >= held:
        above += 1.0
    for x in range(mode, least, -1):
        if weight < NEGLIGIBLE * whole:
            break
        weight /= _step(x - 1, marked, drawn, spare, odds)
        whole += weight
        if x - 1 >= held:
            above += weight
    return min(max(above / whole, SMALLEST), 1.0)


@njit(cache=True, nogil=True)
def _step(x: int, marked: int, drawn: int, spare: int, odds: float) -> float:
    """P(x + 1) over P(x): of the binomial where there are odds, else of the hypergeometric."""
    if odds > 0.0:
        return (marked - x) / (x + 1) * odds
    return (marked - x) / (x + 1) * ((drawn - x) / (spare + x + 1))
