"""The likelihood ratio of a cylinder, and bounds that tell without a logarithm which cylinders cannot reach one."""

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

__all__ = [
    "Bounds",
    "bounds_for",
    "fewest_cases",
    "level_of",
    "limit_at",
    "log_likelihood_ratio",
    "most_expected",
]

Floats = NDArray[np.float64]

FINE = 1024  # counts with a bound of their own; larger ones share it by steps
STEP_BITS = 7
LEVELS = 512
PER_ROOT = 16.0  # a level g stands for the ratio (g/16)²: closer where ratios are small
HALVINGS = 60
GROWTH = 4.0


class Bounds(NamedTuple):
    """What a cylinder must have for its ratio to exceed a level; `total` is all cases.

    At ratio M the cases that reach it are a concave function of the cases expected. `height` + `slope`·expected
    are its chords: whoever exceeds M, with the `fewest` cases at least, lies above the chord of his interval.
    float64[levels, chords], of the intervals between `corners`.
    `most` float64[levels, counts] is the most that may be expected for a count to exceed M; NaN is not worked out.
    """

    total: int
    fewest: int
    corners: Floats
    slope: Floats
    height: Floats
    most: Floats


@njit(cache=True, nogil=True)
def log_likelihood_ratio(cases: float, expected: float, total: float) -> float:
    """c·ln(c/μ) + (C − c)·ln((C − c)/(C − μ)) where c > μ, else 0 (Kulldorff et al. 2005, PLoS Medicine 2(3): e59).

    `expected` is above 0 wherever `cases` is, and below `total`.
    """
    if cases <= expected:
        return 0.0
    inside = cases * math.log(cases / expected)
    beyond = total - cases
    return inside if beyond <= 0.0 else inside + beyond * math.log1p((expected - cases) / (total - expected))


@njit(cache=True, nogil=True)
def most_expected(cases: float, ratio: float, total: float) -> float:
    """How much may at most be expected for `cases` to exceed `ratio`: the upper end of where that is."""
    # at the low end c·ln(c/μ) − (c − μ), which is never above the ratio, has reached it
    low, high = -ratio / cases - 1.0, 0.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if log_likelihood_ratio(cases, cases * math.exp(middle), total) > ratio:
            low = middle
        else:
            high = middle
    return cases * math.exp(high)


@njit(cache=True, nogil=True)
def fewest_cases(expected: float, ratio: float, total: float) -> float:
    """How many cases, as a fraction goes, reach `ratio` where so many are expected: the lower end."""
    low, high = expected, total
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        if log_likelihood_ratio(middle, expected, total) > ratio:
            high = middle
        else:
            low = middle
    return low


def bounds_for(total: int, fewest: int) -> Bounds:
    """Room for the bounds of a map of `total` cases; they are worked out when they are first asked for."""
    count = max(5, math.ceil(math.log(max(total, 2) * 64.0, GROWTH)) + 1)
    corners = np.concatenate([[0.0], GROWTH ** np.arange(count) / 64.0])
    counts = FINE + (total >> STEP_BITS) + 2
    empty = np.full((LEVELS, corners.size - 1), np.nan)
    return Bounds(total, fewest, corners, empty, empty.copy(), np.full((LEVELS, counts), np.nan))


@njit(cache=True, nogil=True)
def level_of(ratio: float, bounds: Bounds) -> int:
    """The highest level whose ratio is not above this one, its chords worked out."""
    level = min(int(PER_ROOT * math.sqrt(ratio)), LEVELS - 1)
    if math.isnan(bounds.slope[level, 0]):
        _draw_chords(level, bounds)
    return level


@njit(cache=True, nogil=True)
def _draw_chords(level: int, bounds: Bounds) -> None:
    ratio, total = (level / PER_ROOT) ** 2, float(bounds.total)
    # where fewer than the fewest cases would do, it is they that are needed
    reached = float(bounds.fewest)
    before = most_expected(reached, ratio, total)
    for chord in range(bounds.corners.size - 1):
        corner = min(bounds.corners[chord + 1], total)
        # below the first interval any such number of cases exceeds; beyond all cases there is nothing to exceed
        bounds.slope[level, chord] = 0.0
        bounds.height[level, chord] = bounds.fewest - 0.5 if before < total else np.inf
        if corner > before:
            cases = fewest_cases(corner, ratio, total)
            slope = max((cases - reached) / (corner - before), 0.0)
            bounds.slope[level, chord] = slope
            bounds.height[level, chord] = reached - slope * before - 1e-9 * (1.0 + cases)
            before, reached = corner, cases


@njit(cache=True, nogil=True)
def limit_at(level: int, cases: int, bounds: Bounds) -> float:
    """The most that may be expected for so many cases to exceed a level; larger counts share a bound, never too low."""
    place, stand_in = cases, cases
    if cases >= FINE:
        stand_in = ((cases >> STEP_BITS) + 1) << STEP_BITS
        place = FINE + (cases >> STEP_BITS)
    limit = float(bounds.most[level, place])
    if math.isnan(limit):
        ratio, total = (level / PER_ROOT) ** 2, float(bounds.total)
        limit = most_expected(float(stand_in), ratio, max(total, float(stand_in))) * (1.0 + 1e-9) + 1e-9
        bounds.most[level, place] = limit
    return limit
