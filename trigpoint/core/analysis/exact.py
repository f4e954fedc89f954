"""Exact upper-tail probabilities of Gi*: no normal table, no permutations drawn."""

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.sampling_law import Kinds, leave_one_out_tails, upper_tails

__all__ = ["exact_p", "exact_p_own_value_fixed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def exact_p(counts: ArrayLike, around: ArrayLike, window_sizes: ArrayLike) -> Floats:
    """P(S ≥ s) under full permutation, float64[n]: how often chance alone fills a window as full as this.

    All n counts are laid over the units in random order, each order equally likely; S is then the sum of a
    simple random sample of `window_sizes[i]` of them, drawn without replacement, and s is `around[i]`, the
    sum of the unit and its neighbours. `counts`, `around` and `window_sizes` are whole numbers, [n].

    NaN where the window is the whole map, or where all counts are alike. Otherwise in (0, 1], correct to
    about 1e-13 of itself; what is too small for a double is given as the smallest positive one.

    Misleads where exposure differs (a town centre is not a field: compare rates, or like with like), and says
    nothing of one window alone: the map's other counts are what it is compared with. Raises ValueError for
    counts that are not whole or are negative, lengths that differ, or sums beyond `LARGEST_TABLE`.
    """
    held, sums, sizes = _checked(counts, around, window_sizes)
    p, tested = _untested(held, sizes)
    if tested.any():
        most, largest = int(sizes[tested].max()), int(sums[tested].max())
        _look_up(upper_tails(Kinds.of(held), most, largest), np.flatnonzero(tested), sizes, sums, p)
    return p


def exact_p_own_value_fixed(counts: ArrayLike, around: ArrayLike, window_sizes: ArrayLike) -> Floats:
    """P(xᵢ + T ≥ s), float64[n]: T is what the neighbours hold when the other n − 1 counts are reordered.

    The law that conditional permutations (esda's, for one) draw from, for comparison only. The unit's own
    count is no evidence here: a lone peak gets p = 1 and its empty neighbours small p. Arguments, NaN,
    accuracy and errors as for `exact_p`.
    """
    held, sums, sizes = _checked(counts, around, window_sizes)
    p, tested = _untested(held, sizes)
    if not tested.any():
        return p
    beside, drawn = sums - held, sizes - 1
    most, largest = int(drawn[tested].max()), int(beside[tested].max())
    kinds = Kinds.of(held)
    members = np.split(_ascending(held), np.cumsum(kinds.multiplicities)[:-1])
    for kind, tails in leave_one_out_tails(kinds, most, largest):
        _look_up(tails, members[kind][tested[members[kind]]], drawn, beside, p)
    return p


def _checked(counts: ArrayLike, around: ArrayLike, window_sizes: ArrayLike) -> tuple[Ints, Ints, Ints]:
    held, sums, sizes = (_whole(numbers) for numbers in (counts, around, window_sizes))
    if held.ndim != 1 or not held.shape == sums.shape == sizes.shape:
        raise ValueError("counts, sums and window sizes must be as many as there are units")
    if held.size and (held.min() < 0 or sizes.min() < 1 or np.any(sums < held)):
        raise ValueError("counts are never negative, and a window holds at least its own unit")
    return held, sums, sizes


def _whole(numbers: ArrayLike) -> Ints:
    given = np.asarray(numbers)
    if given.size and not np.issubdtype(given.dtype, np.integer):
        raise ValueError("the exact law is for whole counts")
    return np.require(given, dtype=np.int64, requirements=["C", "W"])


def _untested(held: Ints, sizes: Ints) -> tuple[Floats, NDArray[np.bool_]]:
    alike = held.size == 0 or held.min() == held.max()
    return np.full(held.size, np.nan), (sizes < held.size) & (not alike)


def _ascending(held: Ints) -> Ints:
    # sixteen-bit numbers are sorted by radix, several times faster
    return np.argsort(held.astype(np.uint16) if held.max() < 65_536 else held, kind="stable")


@njit(cache=True, nogil=True)
def _look_up(tails: Floats, units: Ints, drawn: Ints, sums: Ints, p: Floats) -> None:
    for unit in units:
        p[unit] = min(max(tails[drawn[unit], sums[unit]], 5e-324), 1.0)
