"""The guard against regression to the mean: would it have fallen anyway?

Work is often begun where a run of records has just been high. A run of luck ends of itself, so such places fall whether
or not anything is done. Two questions are asked: was the start at a peak of the place's own, and did places with as
high a run, where nothing was done, fall as much?

Sources: Galton, F. (1886), Journal of the Anthropological Institute 15, 246–263; Barnett, A. G., van der Pols, J. C. &
Dobson, A. J. (2005), "Regression to the mean: what it is and how to deal with it", International Journal of
Epidemiology 34, 215–220.
"""

from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.e_test import e_test

__all__ = ["FEWEST_LIKE", "Guard", "like_peaks", "regression_to_mean"]

FEWEST_LIKE = 3
"""Comparable peaks below which nothing is said of how they went on."""

AT_A_PEAK = 0.05


@dataclass(frozen=True, slots=True)
class Guard:
    """`peak_ratio` is the rate just before the start over the place's own earlier rate, `peak_p` its chance.

    `like` places had as high a run. In records after the start, `continued` is what the target would have had at the
    rate of its run, `usual` at its own earlier rate, and `expected` had it gone on as the like places did; `like_p` is
    the chance of their change, taken together, and `p` how often one of them fell at least as far (the target counted
    among them). NaN where there is nothing to reckon from.
    """

    peak_ratio: float
    peak_p: float
    like: int
    before: int
    after: int
    continued: float
    usual: float
    expected: float
    like_p: float
    p: float

    @property
    def at_a_peak(self) -> bool:
        """Whether the start came at a run higher than the place's own usual, and not by chance alone."""
        return self.peak_ratio > 1.0 and self.peak_p < AT_A_PEAK

    @property
    def explains(self) -> bool:
        """Whether the fall is one that peaks have anyway: it began at one, like places fell, and it no further than they,
        or no further than to its own usual. Where too few places are alike, its own usual alone decides.
        """
        if not self.at_a_peak or self.after >= self.continued:
            return False
        if self.like < FEWEST_LIKE:
            return _no_less(self.after, self.usual)
        fell = self.expected < self.continued and self.like_p < AT_A_PEAK
        return fell and _no_less(self.after, min(self.usual, self.expected))


def _no_less(count: int, expected: float) -> bool:
    """Whether a count is not clearly below what is expected: by two errors of Poisson's."""
    return count >= expected - 2.0 * sqrt(expected)


def like_peaks(
    peak: NDArray[np.integer], earlier: NDArray[np.integer], own: tuple[int, int]
) -> NDArray[np.intp]:
    """Which places had a like run after a like past: positions, ascending.

    `peak` and `earlier` are each place's records in the run before the start and in the time before that, int[n];
    `own` are the target's. Alike is within two standard errors of a Poisson count, on the scale of square roots.
    """
    here, there = np.sqrt(own[0]), np.sqrt(own[1])
    alike = (np.abs(np.sqrt(peak) - here) <= 1.0) & (np.abs(np.sqrt(earlier) - there) <= 1.0)
    return np.flatnonzero(alike)


def regression_to_mean(
    own: tuple[int, int, int],
    times: tuple[float, float, float],
    before: NDArray[np.integer],
    after: NDArray[np.integer],
) -> Guard:
    """The guard for one target, or several taken together.

    `own` are its records in the earlier time, in the run before the start and after it; `times` how long each was, in
    one unit (NaN is returned where a time is not known to be positive). `before` and `after` are the records of the
    like places, int[n] each, over the same run and time after. Raises ValueError for lengths that differ, a negative
    count, or a time after that is not positive.
    """
    earlier, run, since = own
    if len(before) != len(after) or min(own) < 0 or min(times[1:]) <= 0:
        raise ValueError("counts are not negative, times are positive and places have both counts")
    peak_ratio, peak_p, usual = nan, nan, nan
    if times[0] > 0:
        peak_p = e_test(run, earlier, (times[1], times[0]))
        peak_ratio = (run / times[1]) / (earlier / times[0]) if earlier else nan
        usual = earlier / times[0] * times[2]
    expected, like_p, p = nan, nan, nan
    runs, sinces = int(before.sum()), int(after.sum())
    if runs:
        expected = run * sinces / runs
        like_p = e_test(sinces, runs, (times[2], times[1]))
        falls = np.sqrt(after) - np.sqrt(before)
        p = (1 + int(np.sum(falls <= np.sqrt(since) - np.sqrt(run) + 1e-9))) / (len(before) + 1)
    continued = run / times[1] * times[2]
    return Guard(peak_ratio, peak_p, len(before), run, since, continued, usual, expected, like_p, p)
