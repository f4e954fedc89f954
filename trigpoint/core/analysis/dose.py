"""Dose: how much of what was planned was done, and does more of it go with a larger change?

Three figures stand side by side. *Intention to treat* compares all places where work was planned with the others, done
or not: it is the honest one, for where work is skipped is not chance. *As treated* compares those where it was done.
The slope asks whether more goes with more.

Sources: Hollis, S. & Campbell, F. (1999), BMJ 319, 670–674 (intention to treat); the slope is the Poisson model with an
effect for each place, fitted given each place's total, which makes it a logistic one (McCullagh, P. & Nelder, J. A.
(1989), *Generalized Linear Models*, section 7.5).
"""

from dataclasses import dataclass
from math import exp, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from trigpoint.core.analysis.rate_ratio import RateRatio, rate_ratio

__all__ = ["Dose", "dose_response"]

_STEPS, _CLOSE, _RUNAWAY = 50, 1e-10, 15.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Dose:
    """`delivered` is the share of what was planned. `as_planned` is by intention to treat, `as_treated` by what was
    done (None where no place, or every place, had any).

    `ratio` is the factor for one more unit of dose, `se` the error of its logarithm and `p` its two-sided chance: NaN
    where all places have one dose, or where the counts cannot tell.
    """

    delivered: float
    as_planned: RateRatio
    as_treated: RateRatio | None
    ratio: float
    se: float
    p: float


def dose_response(
    planned: Floats, delivered: Floats, before: NDArray[np.integer], after: NDArray[np.integer]
) -> Dose:
    """Dose planned and delivered in each place (in one unit: sessions, person-hours), records before and after, [n].

    Places with nothing planned are the controls. Raises ValueError for lengths that differ, a dose that is negative or
    not finite, or where no place or every place was planned for.

    The slope misleads where dose went where need was: more work beside more records is not work making records.
    """
    if not len(planned) == len(delivered) == len(before) == len(after):
        raise ValueError("doses and counts must be of one length")
    doses = np.concatenate([planned, delivered])
    if not np.isfinite(doses).all() or (doses < 0).any():
        raise ValueError("doses are finite and not negative")
    as_planned = rate_ratio(before, after, planned > 0)
    done = delivered > 0
    as_treated = rate_ratio(before, after, done) if done.any() and not done.all() else None
    slope, se = _slope(delivered, before, after)
    p = 2.0 * float(ndtr(-abs(slope / se))) if se > 0 else nan
    return Dose(float(delivered.sum() / planned.sum()), as_planned, as_treated, exp(slope), se, p)


def _slope(dose: Floats, before: NDArray[np.integer], after: NDArray[np.integer]) -> tuple[float, float]:
    """The logarithm of the factor for a unit of dose, and its error, by Newton's steps; NaN where there is none."""
    both = (before + after).astype(np.float64)
    held = both > 0
    dose, both, late = dose[held], both[held], after[held].astype(np.float64)
    if len(np.unique(dose)) < 2:
        return nan, nan
    unit = float(dose.max())
    design = np.column_stack([np.ones(len(dose)), dose / unit])
    beta = np.zeros(2)
    for _ in range(_STEPS):
        share = expit(design @ beta)
        told = design.T * (both * share * (1.0 - share)) @ design
        step = np.linalg.solve(told, design.T @ (late - both * share))
        beta = beta + step
        if np.abs(beta).max() > _RUNAWAY:
            break
        if np.abs(step).max() < _CLOSE:
            return float(beta[1]) / unit, sqrt(float(np.linalg.inv(told)[1, 1])) / unit
    return nan, nan
