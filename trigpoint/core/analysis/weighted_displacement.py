"""The weighted displacement difference: how many fewer records than comparable places would lead one to expect.

Source: Wheeler, A. P. & Ratcliffe, J. H. (2018), "A simple weighted displacement difference test to evaluate place
based crime interventions", Crime Science 7:11. Weights for areas, for times and for harm as in Wheeler's own extension
of the test.
"""

from dataclasses import dataclass
from math import inf, isinf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtr, stdtrit

__all__ = ["Difference", "Displacement", "weighted_displacement"]

NORMAL_95 = 0.95


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of counts with its standard error. `z` and `p` (two-sided) are NaN where every count is nought."""

    value: float
    se: float
    z: float
    p: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Displacement:
    """`local` is the target's change less its control's, `buffer` the same round them, `total` their sum.

    `buffer` is None, and `total` is `local`, where no buffer was given. All are in the unit of the weighted counts:
    records, or harm, of one target in one weighted period; negative is fewer.
    """

    local: Difference
    buffer: Difference | None
    total: Difference


def weighted_displacement(
    target: ArrayLike,
    control: ArrayLike,
    buffer: ArrayLike | None = None,
    buffer_control: ArrayLike | None = None,
    *,
    areas: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0),
    times: tuple[float, float] = (1.0, 1.0),
    spread: tuple[float, float] = (1.0, 1.0),
    freedom: float = inf,
    harm: ArrayLike | None = None,
    coverage: float = NORMAL_95,
) -> Displacement:
    """The difference of changes, (ΔT − ΔC) + (ΔB − ΔBC), and its variance under independent Poisson counts.

    Each argument is counts before and after, shape (2,), or one row a type of record, (types, 2). `areas` divide the
    counts of target, control, buffer and buffer's control (and their variance by the square): the size of each, or how
    many places a control is the sum of. `times` divide before and after. `spread` is how many times Poisson's the variance
    is, of target and control, and of what lies round them (`overdispersion`), learnt with so many degrees of
    `freedom`: limits and p are then Student's. `harm` has a weight for each type.
    Raises ValueError for a negative count, a weight that is not positive, a harm that is negative, shapes that do not
    fit, or only one of the two buffers.

    It misleads where counts are not independent (one child's forty episodes, one event told twice) and `spread` does
    not say by how much, which makes the error too small; where the control is unlike the target; and where the start was
    at a peak.
    """
    if (buffer is None) != (buffer_control is None):
        raise ValueError("a buffer and its control are given together")
    if min(*areas, *times, *spread, freedom) <= 0.0:
        raise ValueError("weights of areas and times, and spreads, are positive")
    weights = None if harm is None else np.atleast_1d(np.asarray(harm, dtype=np.float64))
    parts = [
        _change(one, weights, area, times, spread[at // 2])
        for at, (one, area) in enumerate(zip((target, control, buffer, buffer_control), areas, strict=True))
        if one is not None
    ]
    local = _less(parts[0], parts[1], coverage, freedom)
    if buffer is None:
        return Displacement(local, None, local)
    both = (parts[0][0] + parts[2][0], parts[0][1] + parts[2][1])
    compared = (parts[1][0] + parts[3][0], parts[1][1] + parts[3][1])
    return Displacement(
        local, _less(parts[2], parts[3], coverage, freedom), _less(both, compared, coverage, freedom)
    )


def _change(
    counts: ArrayLike,
    harm: NDArray[np.float64] | None,
    area: float,
    times: tuple[float, float],
    spread: float,
) -> tuple[float, float]:
    """After less before, weighted, and its variance."""
    rows = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    weights = np.ones(len(rows)) if harm is None else harm
    if rows.ndim != 2 or rows.shape[1] != 2 or weights.shape != (len(rows),):
        raise ValueError("counts are before and after, one row for each type that has a weight")
    if (rows < 0).any() or (weights < 0).any():
        raise ValueError("counts and harm are not negative")
    before, after = rows[:, 0] / times[0], rows[:, 1] / times[1]
    variance = spread * (rows[:, 0] / times[0] ** 2 + rows[:, 1] / times[1] ** 2)
    return float(weights @ (after - before)) / area, float(weights**2 @ variance) / area**2


def _less(
    one: tuple[float, float], other: tuple[float, float], coverage: float, freedom: float
) -> Difference:
    value, se = one[0] - other[0], float(np.sqrt(one[1] + other[1]))
    z = value / se if se > 0 else float("nan")
    normal, upper = isinf(freedom), 0.5 + coverage / 2.0
    reach = float(ndtri(upper) if normal else stdtrit(freedom, upper)) * se
    p = 2.0 * float(ndtr(-abs(z)) if normal else stdtr(freedom, -abs(z)))
    return Difference(value, se, z, p, value - reach, value + reach)
