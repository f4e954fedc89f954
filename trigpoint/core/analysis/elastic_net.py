"""Elastic-net Poisson regression of events on yes-or-no factors, along a path of penalties.

Solved here, by Newton steps whose penalised quadratic is descended one coefficient at a time (Friedman, Hastie &
Tibshirani 2010, J. Statistical Software 33(1)): cells alike in every factor are one row, so a fit of fifty thousand
cells is one of a few thousand, and a bootstrap of such fits takes seconds on one thread.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from trigpoint.core.analysis.count_model import Tallies

__all__ = ["MIXTURE", "PenalisedPath", "penalised_path"]

Floats = NDArray[np.float64]

MIXTURE = 0.5
"""Half lasso, half ridge: of factors that are nearly one, more than one is kept."""

_PENALTIES = 20
_SMALLEST = 1e-3
"""Of the largest penalty, at which no factor has a coefficient."""
_STEPS, _SWEEPS = 100, 1000
_CLOSE = 1e-7


@dataclass(frozen=True, slots=True, eq=False)
class PenalisedPath:
    """Fits at `penalties` float64[a], descending: `intercepts` float64[a] and `coefficients` float64[a, f], none < 0.

    Coefficients are those of the factors themselves; the penalty weighs them by each factor's standard deviation.
    """

    penalties: Floats
    intercepts: Floats
    coefficients: Floats

    def deviance(self, tallies: Tallies) -> Floats:
        """Poisson deviance of events that the fits have not seen, float64[a], but for what is alike in all fits."""
        linear = self.intercepts[:, None] + self.coefficients @ tallies.rows.T
        lost: Floats = 2.0 * (np.exp(linear) @ tallies.cells - linear @ tallies.events)
        return lost


def penalised_path(tallies: Tallies, penalties: Floats | None = None) -> PenalisedPath:
    """Fit at each penalty; without any, at twenty from the largest that matters down to a thousandth of it.

    min over b ≥ 0 of −log likelihood / cells + penalty · Σ (½|b| + ¼b²), for factors scaled to a deviation of 1 (Zou &
    Hastie 2005, J. R. Statist. Soc. B 67: 301–320). No penalty at all comes back where no factor goes
    with more events: there is nothing to choose. Raises ValueError where there is no event.
    """
    held = tallies.cells > 0
    rows, cells, events = tallies.rows[held].astype(np.float64), tallies.cells[held], tallies.events[held]
    if events.sum() <= 0:
        raise ValueError("without an event there is nothing to fit")
    share = cells @ rows / cells.sum()
    deviation = np.sqrt(share * (1.0 - share))
    varies = deviation > 0
    scaled = rows[:, varies] / deviation[varies]
    if penalties is None:
        penalties = _penalties(scaled, cells, events)
    coefficients = np.zeros((penalties.size, rows.shape[1]))
    intercepts = np.full(penalties.size, np.log(events.sum() / cells.sum()))
    if penalties.size and varies.any():
        intercepts, found = _fitted(scaled, cells, events, penalties)
        coefficients[:, varies] = found / deviation[varies]
    return PenalisedPath(penalties, intercepts, coefficients)


def _penalties(scaled: Floats, cells: Floats, events: Floats) -> Floats:
    slope = (events - cells * (events.sum() / cells.sum())) @ scaled / cells.sum()
    largest = slope.max(initial=0.0) / MIXTURE
    if largest <= 0:
        return np.empty(0)
    return np.geomspace(largest, largest * _SMALLEST, _PENALTIES)


def _fitted(scaled: Floats, cells: Floats, events: Floats, penalties: Floats) -> tuple[Floats, Floats]:
    """Each fit begins where the one before it, of a larger penalty, ended."""
    design = np.column_stack([np.ones(len(scaled)), scaled])
    now = np.zeros(design.shape[1])
    now[0] = np.log(events.sum() / cells.sum())
    found = []
    for penalty in penalties.tolist():
        now = _least(design, cells / cells.sum(), events / cells.sum(), now, penalty)
        found.append(now)
    each = np.array(found)
    return each[:, 0], each[:, 1:]


def _least(design: Floats, cells: Floats, events: Floats, start: Floats, penalty: float) -> Floats:
    now, lost = start, _lost(design, cells, events, start, penalty)
    for _ in range(_STEPS):
        mean = cells * np.exp(design @ now)
        bend = (design * mean[:, None]).T @ design
        there = _descended(
            bend, design.T @ (mean - events), now, penalty * MIXTURE, penalty * (1.0 - MIXTURE)
        )
        step = there - now
        then = _lost(design, cells, events, there, penalty)
        while then > lost + abs(lost) * 1e-12 and np.abs(step).max() > _CLOSE:
            step = step / 2
            then = _lost(design, cells, events, now + step, penalty)
        now, lost = now + step, then
        if np.abs(step).max() <= _CLOSE:
            break
    return now


def _lost(design: Floats, cells: Floats, events: Floats, at: Floats, penalty: float) -> float:
    linear = design @ at
    with np.errstate(over="ignore"):
        mean = np.exp(linear)
    weighed = MIXTURE * at[1:].sum() + (1.0 - MIXTURE) / 2 * (at[1:] @ at[1:])
    return float(cells @ mean - events @ linear + penalty * weighed)


@njit(cache=True, nogil=True)
def _descended(bend: Floats, slope: Floats, start: Floats, lasso: float, ridge: float) -> Floats:
    """The least of slope·d + ½ d·bend·d and the penalty of start + d; the first is not penalised, no other below 0."""
    at, now = start.copy(), slope.copy()
    for _ in range(_SWEEPS):
        farthest = 0.0
        for one in range(at.size):
            if one == 0:
                to = at[one] - now[one] / bend[one, one]
            else:
                to = max(0.0, (bend[one, one] * at[one] - now[one] - lasso) / (bend[one, one] + ridge))
            moved = to - at[one]
            if moved != 0.0:
                now += bend[one] * moved
                at[one] = to
                farthest = max(farthest, abs(moved))
        if farthest <= _CLOSE / 10:
            break
    return at
