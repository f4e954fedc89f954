"""The exact law of the sum of k values drawn without replacement from a fixed set.

The law is the coefficient of tᵏ in ∏ᵥ (1 + t·xᵛ)^{nᵥ} over C(N, k), where nᵥ of the N values equal v. It is
built one distinct value at a time, for every k at once, in probabilities rather than in counts: when nᵥ units
of value v join M others, the number of them among k drawn is hypergeometric, so

    law'(k, s) = Σᵢ P(i of the v's among k of M + nᵥ) · law(k − i, s − i·v).

Only positive terms are added and every weight is a ratio of products, so that small probabilities keep their
digits. Sums beyond the largest one observed are gathered in one last place. The cost is bounded by
Σᵥ Σₖ min(k·v, largest sum), whatever N is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = ["Kinds", "leave_one_out_tails", "upper_tails"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGEST_TABLE = 2**27
"""Entries of the largest law that will be built: a gibibyte."""


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """A set of whole, non-negative values: the distinct ones, ascending, and how many there are of each."""

    values: Ints
    multiplicities: Ints

    @classmethod
    def of(cls, counts: Ints) -> "Kinds":
        if counts.max() > 4 * counts.size + 65_536:
            return cls(*np.unique(counts, return_counts=True))
        tally = np.bincount(counts)
        values = np.flatnonzero(tally)
        return cls(values, tally[values])


def upper_tails(kinds: Kinds, most_drawn: int, largest_sum: int) -> Floats:
    """P(S ≥ s) for k values drawn without replacement: float64[most_drawn + 1, largest_sum + 1], at [k, s].

    A row k beyond the number of values is all zero but for its first place. Raises ValueError where the table
    would exceed `LARGEST_TABLE`: window sums in the millions.
    """
    law, reach = _nothing_admitted(most_drawn, largest_sum)
    _admit(law, reach, kinds.values, kinds.multiplicities, 0)
    _accumulate_from_above(law)
    return law


def leave_one_out_tails(kinds: Kinds, most_drawn: int, largest_sum: int) -> Iterator[tuple[int, Floats]]:
    """The same table once for each kind, with one unit of that kind left out of the set.

    Yields (place of the kind, table), the places ascending. Dividing one unit out of the whole law would
    subtract and lose digits; instead the kinds are halved again and again and the other half admitted.
    """
    law, reach = _nothing_admitted(most_drawn, largest_sum)
    yield from _without_each(kinds, law, reach, 0, 0, kinds.values.size)


def _without_each(
    kinds: Kinds, law: Floats, reach: Ints, admitted: int, first: int, end: int
) -> Iterator[tuple[int, Floats]]:
    if end - first == 1:
        rest = kinds.multiplicities[first:end] - 1
        _admit(law, reach, kinds.values[first:end], rest, admitted)
        _accumulate_from_above(law)
        yield first, law
        return
    middle = (first + end) // 2
    for low, high, other_low, other_high in ((first, middle, middle, end), (middle, end, first, middle)):
        half, half_reach = law.copy(), reach.copy()
        alike = kinds.multiplicities[other_low:other_high]
        _admit(half, half_reach, kinds.values[other_low:other_high], alike, admitted)
        yield from _without_each(kinds, half, half_reach, admitted + int(alike.sum()), low, high)


def _nothing_admitted(most_drawn: int, largest_sum: int) -> tuple[Floats, Ints]:
    rows, width = most_drawn + 1, largest_sum + 1
    if rows * width > LARGEST_TABLE:
        raise ValueError("the sums are too large for the exact law")
    law = np.zeros((rows, width))
    law[0, 0] = 1.0
    return law, np.zeros(rows, dtype=np.int64)


@njit(cache=True, nogil=True)
def _admit(law: Floats, reach: Ints, values: Ints, multiplicities: Ints, admitted: int) -> None:
    """Let kinds join the set behind `law`, in place; `reach[k]` is the largest sum of row k so far."""
    weights = np.empty(law.shape[0])
    others = admitted
    for kind in range(values.size):
        value, alike = values[kind], multiplicities[kind]
        # descending, so that the rows a row is made from still hold the law before this kind joined
        for drawn in range(min(law.shape[0] - 1, others + alike), 0, -1):
            least, most = _weigh(weights, drawn, alike, others)
            if least == 0:
                _scale(law[drawn, : reach[drawn] + 1], weights[0])
            for taken in range(max(least, 1), most + 1):
                source = law[drawn - taken, : reach[drawn - taken] + 1]
                top = _add_shifted(law[drawn], source, taken * value, weights[taken])
                reach[drawn] = max(reach[drawn], top)
        others += alike


@njit(cache=True, nogil=True)
def _weigh(weights: Floats, drawn: int, alike: int, others: int) -> tuple[int, int]:
    """P(i of the alike among those drawn), for i from least to most, by ratios outward from the likeliest."""
    least, most = max(0, drawn - others), min(drawn, alike)
    likeliest = min(max((drawn + 1) * (alike + 1) // (alike + others + 2), least), most)
    weights[likeliest] = total = 1.0
    for i in range(likeliest, most):
        ratio = (alike - i) / (i + 1) * ((drawn - i) / (others - drawn + i + 1))
        weights[i + 1] = weights[i] * ratio
        total += weights[i + 1]
    for i in range(likeliest, least, -1):
        ratio = i / (alike - i + 1) * ((others - drawn + i) / (drawn - i + 1))
        weights[i - 1] = weights[i] * ratio
        total += weights[i - 1]
    for i in range(least, most + 1):
        weights[i] /= total
    return least, most


@njit(cache=True, nogil=True)
def _scale(row: Floats, weight: float) -> None:
    for s in range(row.size):
        row[s] *= weight


@njit(cache=True, nogil=True)
def _add_shifted(row: Floats, source: Floats, shift: int, weight: float) -> int:
    last = row.size - 1
    inside = max(0, min(source.size, last - shift))
    into = row[shift : shift + inside]
    for s in range(inside):
        into[s] += weight * source[s]
    beyond = 0.0
    for s in range(inside, source.size):
        beyond += source[s]
    row[last] += weight * beyond
    return min(source.size - 1 + shift, last)


@njit(cache=True, nogil=True)
def _accumulate_from_above(law: Floats) -> None:
    for drawn in range(law.shape[0]):
        row = law[drawn]
        for s in range(row.size - 2, -1, -1):
            row[s] += row[s + 1]
        row[0] = 1.0
