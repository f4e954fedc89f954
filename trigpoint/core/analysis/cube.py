"""Gi* over places and time: each place in each step, with an exact probability in both tails."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.cube_laws import CubeBackground, Judged, judged_evenly, windows_over_time
from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["WINDOWS", "CubeTest", "judge_cube"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WINDOWS = ("cube", "neighbourhood", "step")


@dataclass(frozen=True, slots=True, eq=False)
class CubeTest:
    """The test of n places in m steps; every array is [n, m].

    count     int64    records in the bin            around    int64    records in its window
    expected  float64  what the window would hold by chance
    z         float64  (around − expected) in standard deviations of the law; Gi* where compared evenly
    p_high    float64  exact chance of a window as full as this or fuller; p_low as empty as this or emptier
    hot, cold bool     see `judge_cube`
    z and the chances are NaN where there was nothing to compare with. `tested` is how many bins could be tested.
    """

    count: Ints
    around: Ints
    expected: Floats
    z: Floats
    p_high: Floats
    p_low: Floats
    hot: Bools
    cold: Bools
    tested: int


def judge_cube(
    counts: ArrayLike,
    neighbours: Neighbours,
    *,
    window: str,
    back: int,
    rate: float,
    corrected: bool,
    background: CubeBackground | None = None,
) -> CubeTest:
    """Test every bin of `counts`, whole numbers [n places, m steps].

    The window of bin (i, t) is place i and its neighbours in steps t − back … t (fewer at the start). It is compared
    with a set of bins: all of them ("cube"), those of its window's steps ("neighbourhood"), or those of step t, the
    window being of that step alone ("step": back must be 0). Evenly: its sum is that of a simple random sample of the
    set's counts, drawn without replacement, as in `exact`; or against a `background`, see `cube_laws`.

    Hot: more than expected, and p_high at most `rate`, or, `corrected`, Benjamini–Hochberg over the p_high of every
    bin tested at that rate; cold likewise from p_low. Raises ValueError for an unknown window, counts that are not
    whole or are negative, a `back` that does not fit, and a background that does not.
    """
    held = _checked(counts, neighbours, window, back)
    around = windows_over_time(held, neighbours, back)
    beside = None if background is None else background.windows(held, neighbours, back)
    expected, z, p_high, p_low = (np.full(held.shape, np.nan) for _ in range(4))
    for of, among in _sets(held.shape[1], window, back):
        if background is None or beside is None:
            sizes = (neighbours.degrees + 1)[:, None] * (np.minimum(of, back) + 1)
            told = judged_evenly(held[:, among].ravel(), sizes, around[:, of])
        else:
            total = int(held[:, among].sum())
            told = background.judge(around[:, of], beside[:, of], total, among)
        _keep(told, of, expected, z, p_high, p_low)
    least = (_largest_rejected(p_high, rate), _largest_rejected(p_low, rate)) if corrected else (rate, rate)
    return CubeTest(
        count=held,
        around=around,
        expected=expected,
        z=z,
        p_high=p_high,
        p_low=p_low,
        hot=(p_high <= least[0]) & (around > expected),
        cold=(p_low <= least[1]) & (around < expected),
        tested=int(np.count_nonzero(~np.isnan(p_high))),
    )


def _keep(told: Judged, of: Ints, expected: Floats, z: Floats, p_high: Floats, p_low: Floats) -> None:
    expected[:, of], z[:, of], p_high[:, of], p_low[:, of] = told


def _largest_rejected(p: Floats, rate: float) -> float:
    """The largest p that Benjamini and Hochberg reject at this rate; -1 if none. None above the rate ever is."""
    tested = np.count_nonzero(~np.isnan(p))
    ascending = np.sort(p[p <= rate])
    passed = np.flatnonzero(ascending * tested <= rate * np.arange(1, ascending.size + 1))
    return float(ascending[passed[-1]]) if passed.size else -1.0


def _checked(counts: ArrayLike, neighbours: Neighbours, window: str, back: int) -> Ints:
    held = np.asarray(counts)
    if held.ndim != 2 or len(held) != neighbours.units:
        raise ValueError("there must be one row of counts for each place")
    if held.size and (not np.issubdtype(held.dtype, np.integer) or held.min() < 0):
        raise ValueError("the exact law is for whole counts, and counts are never negative")
    if window not in WINDOWS:
        raise ValueError(f"the window is one of {', '.join(WINDOWS)}")
    if back < 0 or (window == "step" and back):
        raise ValueError("steps back are none or more, and none where each step is taken alone")
    return np.require(held, dtype=np.int64, requirements=["C"])


def _sets(steps: int, window: str, back: int) -> Iterator[tuple[Ints, Ints]]:
    """The steps whose bins are tested together, and the steps whose bins they are compared with."""
    if window == "cube":
        yield np.arange(steps), np.arange(steps)
        return
    for step in range(steps):
        yield np.array([step]), np.arange(max(step - back, 0), step + 1)
