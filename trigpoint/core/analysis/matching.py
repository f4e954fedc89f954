"""Comparable places: those that stood as the treated ones stood, by what was known before the start.

Level, the run just before the start, trend and season are compared on the scale of square roots, on which a Poisson
count has one error whatever its size; kinds of place (such as town or country, and class of road) must be the same.
What is balanced is told for each, as a standardised difference; above 0.25 of one, the comparison is refused.

Sources: Stuart, E. A. (2010), "Matching methods for causal inference", Statistical Science 25, 1–21 (optimal and nearest
matching; 0.25); Rosenbaum, P. R. (1989), JASA 84, 1024–1032 (optimal matching); Anscombe, F. J. (1948), Biometrika 35,
246–254 (square roots of counts).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

__all__ = ["LEAST_SPREAD", "MOST_DIFFERENCE", "PATTERN", "Matched", "matched_controls", "prior_pattern"]

MOST_DIFFERENCE = 0.25
"""The largest standardised difference that is still comparable."""

LEAST_SPREAD = 2.0
"""The least deviation differences are measured in. The square root of a Poisson count has an error of a half, whatever
its size; with this, a difference within that error is never called one, in a county however even."""

PATTERN = ("level", "run", "trend", "season")

_RESERVE = 8

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """`controls` are positions in the pool, int[m], those of each treated place one after another (`of`, int[m], says
    whose); `differences` float64[4] in the order of PATTERN, in standard deviations of the pool (see LEAST_SPREAD).

    `pool` is how many places could have been chosen, and `near` the likest of them, apart from each other, the likest
    first: those that a placebo may be tried on. No controls where there was no place of the kind.
    """

    controls: NDArray[np.intp]
    of: NDArray[np.intp]
    differences: Floats
    pool: int
    near: NDArray[np.intp]

    @property
    def balanced(self) -> bool:
        """Whether the controls stood as the treated places stood; without it nothing may be compared."""
        return bool(len(self.controls) and np.all(np.abs(self.differences) <= MOST_DIFFERENCE))


def prior_pattern(counts: Ints, run: int, first_month: int) -> Floats:
    """How places stood before the start: float64[places, 4], in the order of PATTERN.

    `counts` are records, int[places, months], the last month being the last before the start; `run` how many of them
    are the run just before it, and `first_month` the month of the year of the first (0 is January). Level is √ of all,
    run √ of the run, trend √ of the later half less √ of the earlier, season √ of April to September less √ of October
    to March, each for as many months. Raises ValueError for fewer than twelve months, or a run that is not shorter.
    """
    months = counts.shape[1]
    if months < 12 or not 0 < run < months:
        raise ValueError("a year of months is needed, and a run shorter than all of them")
    half = months // 2
    of_year = (first_month + np.arange(months)) % 12
    summer = (of_year >= 3) & (of_year < 9)
    warm, cold = counts[:, summer].mean(axis=1), counts[:, ~summer].mean(axis=1)
    return np.column_stack(
        [
            np.sqrt(counts.sum(axis=1)),
            np.sqrt(counts[:, -run:].sum(axis=1)),
            np.sqrt(counts[:, -half:].sum(axis=1)) - np.sqrt(counts[:, :half].sum(axis=1)),
            np.sqrt(6.0 * warm) - np.sqrt(6.0 * cold),
        ]
    )


def matched_controls(
    treated: tuple[Floats, Ints],
    pool: tuple[Floats, Ints],
    at: tuple[Floats, Floats],
    *,
    apart_m: float,
    most: int = 5,
    optimal: bool = True,
) -> Matched:
    """Choose for each treated place the same number of controls, at most `most`: as many as stay balanced.

    `treated` and `pool` are patterns (as of `prior_pattern`) and the kind of each place; `at` the pool's eastings and
    northings in metres: controls lie at least `apart_m` from each other, so that none is counted twice. `optimal`
    makes the sum of differences least over all treated places; else each in turn takes its nearest. Equals are taken in
    the pool's order. Raises ValueError for patterns that do not fit or a `most` below one.

    It misleads where places differ in what was not compared: who lives there, who else was at work there.
    """
    (wanted, kinds), (pattern, pool_kinds) = treated, pool
    if wanted.shape[1:] != pattern.shape[1:] or most < 1 or not len(wanted):
        raise ValueError("patterns have the same columns, and at least one control is wanted of one place")
    spread = _spread(pattern)
    away = np.sqrt(np.sum(((wanted[:, None, :] - pattern[None, :, :]) / spread) ** 2, axis=2))
    away[kinds[:, None] != pool_kinds[None, :]] = np.inf
    size = int(np.isfinite(away).any(axis=0).sum())
    kept = _apart(away, at, apart_m, len(wanted) * most * _RESERVE)
    best: Matched | None = None
    for each in range(most, 0, -1):
        found = _assign(away[:, kept], each, optimal)
        if found is None:
            continue
        of, chosen = found
        controls = kept[chosen]
        differences = (wanted.mean(axis=0) - pattern[controls].mean(axis=0)) / spread
        best = Matched(controls, of, differences, size, kept)
        if best.balanced:
            return best
    none = np.empty(0, dtype=np.intp)
    return best or Matched(none, none, np.full(wanted.shape[1], np.nan), size, kept)


def _spread(pattern: Floats) -> Floats:
    """Each column's deviation over the pool, and at least LEAST_SPREAD."""
    spread = pattern.std(axis=0) if len(pattern) else np.zeros(pattern.shape[1])
    return np.maximum(spread, LEAST_SPREAD)


def _apart(away: Floats, at: tuple[Floats, Floats], apart_m: float, enough: int) -> NDArray[np.intp]:
    """Places of the pool, nearest to any treated one first, each far enough from those before it."""
    nearest = away.min(axis=0)
    kept: list[int] = []
    for one in np.argsort(nearest, kind="stable").tolist():
        if len(kept) == enough or not np.isfinite(nearest[one]):
            break
        gap_m = np.hypot(at[0][kept] - at[0][one], at[1][kept] - at[1][one])
        if (gap_m >= apart_m).all():
            kept.append(one)
    return np.array(kept, dtype=np.intp)


def _assign(away: Floats, each: int, optimal: bool) -> tuple[NDArray[np.intp], NDArray[np.intp]] | None:
    """Whose control, and which, `each` for every treated place; None where there are too few of a kind."""
    rows = np.repeat(np.arange(len(away)), each)
    costs = away[rows]
    if costs.shape[0] > costs.shape[1]:
        return None
    if optimal:
        # a cost so high that one is paid only where nothing else is left
        barred = 1e9 * np.isinf(costs)
        _, chosen = linear_sum_assignment(np.where(np.isinf(costs), 0.0, costs) + barred)
    else:
        chosen = _in_turn(costs)
    if np.isinf(costs[np.arange(len(rows)), chosen]).any():
        return None
    return rows, np.asarray(chosen, dtype=np.intp)


def _in_turn(costs: Floats) -> NDArray[np.intp]:
    """Each row's nearest that no row before it has taken."""
    left, chosen = costs.copy(), []
    for row in range(len(costs)):
        chosen.append(int(np.argmin(left[row])))
        left[:, chosen[-1]] = np.inf
    return np.array(chosen, dtype=np.intp)
