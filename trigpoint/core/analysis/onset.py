"""New since when: has a place more lately than its own past, and the county's months, would give it?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from trigpoint.core.analysis.discovery import discovery_q
from trigpoint.core.analysis.exact_tails import hypergeometric_upper

__all__ = ["Onset", "find_onsets"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Onset:
    """Of n windows:

    since     int32[n]    the step from which on the rise is least likely by chance; -1 where none could be tested
    observed  int64[n]    records from that step to the last
    expected  float64[n]  what the window's own total, spread as the whole county's is, would give there
    before    int64[n]    records before that step
    p         float64[n]  exact, and allowing for the steps that were tried; NaN where none could be
    q         float64[n]  Benjamini–Hochberg over the windows tested
    year_before int64[n]  records in the same steps a year before; -1 where the steps do not reach so far
    season_p  float64[n]  exact: how likely so many more than the year before would be by chance alone, the county's two
                          years being as they are; NaN where there is no year before. Large: it may be a season
    """

    since: NDArray[np.int32]
    observed: Ints
    expected: Floats
    before: Ints
    p: Floats
    q: Floats
    year_before: Ints
    season_p: Floats


def find_onsets(
    windows: ArrayLike, everywhere: ArrayLike, *, most_steps: int | None = None, steps_a_year: int = 12
) -> Onset:
    """Compare each window's last steps with its own past, int[n windows, m steps] against the county's int[m].

    Of C records everywhere C_T lie in the last steps, and the window has R in all. If when and where had nothing to do
    with each other, the window's records in those steps are hypergeometric (C, R, C_T): the law behind Kulldorff's
    space-time permutation scan (2005, PLoS Medicine 2(3):e59), for one window and one stretch. So neither a busy place
    nor a busy month is a rise. Every stretch of 1 to `most_steps` last steps is tried (half of the steps unless
    told), the least likely kept, and its chance multiplied by how many were tried (Bonferroni: the stretches overlap,
    so this is too careful rather than not careful enough).

    Misleads where the county's mix of places changes for another reason (an agency that stops elsewhere makes every
    other place rise). A place with a season of its own, as a seafront, rises each summer: `season_p` compares with
    the same steps `steps_a_year` before. Raises ValueError for counts that are negative, or that exceed the county's
    in a step.
    """
    held, county = _checked(windows, everywhere)
    steps, total = held.shape[1], int(county.sum())
    own = held.sum(axis=1)
    stretches = min(steps - 1, steps // 2 if most_steps is None else most_steps)
    least, since = np.full(len(held), np.nan), np.full(len(held), -1, dtype=np.int32)
    tested = (own > 0) & (own < total)
    for start in range(steps - 1, steps - 1 - stretches, -1):
        lately = int(county[start:].sum())
        p = np.full(len(held), np.nan)
        p[tested] = hypergeometric_upper(held[tested, start:].sum(axis=1), own[tested], lately, total)
        better = tested & ~(least <= p)
        least[better], since[better] = p[better], start
    return _told(held, county, np.minimum(least * stretches, 1.0), since, steps_a_year)


def _told(held: Ints, county: Ints, p: Floats, since: NDArray[np.int32], a_year: int) -> Onset:
    steps = held.shape[1]
    start = np.where(since < 0, steps, since)
    observed, lately = _between(held, start, steps), _between(county[None, :], start, steps)
    year_before, season_p = _season(held, county, start, observed, lately, a_year)
    return Onset(
        since=since,
        observed=observed,
        expected=held.sum(axis=1) * lately / max(int(county.sum()), 1),
        before=held.sum(axis=1) - observed,
        p=p,
        q=discovery_q(p),
        year_before=year_before,
        season_p=season_p,
    )


def _season(
    held: Ints, county: Ints, start: Ints, observed: Ints, lately: Ints, a_year: int
) -> tuple[Ints, Floats]:
    """Of the records of both years' steps, each is of this year with the county's share: binomial, upper tail."""
    steps = held.shape[1]
    reaches = (start >= a_year) & (start < steps) & (steps - start <= a_year)
    first = np.where(reaches, start - a_year, 0)
    end = np.where(reaches, steps - a_year, 0)
    then = np.where(reaches, _between(held, first, end), -1)
    both = lately + _between(county[None, :], first, end)
    share = lately / np.maximum(both, 1)
    # the binomial's upper tail as an incomplete beta; of none held it is 1
    tail = betainc(np.maximum(observed, 1), np.maximum(then, 0) + 1.0, share)
    season_p = np.where(reaches & (both > 0), np.where(observed > 0, tail, 1.0), np.nan)
    return then, season_p


def _between(held: Ints, first: Ints, end: Ints | int) -> Ints:
    """The sum of each row from its first step up to, not with, its end; one row serves all."""
    upto = np.zeros((len(held), held.shape[1] + 1), dtype=np.int64)
    np.cumsum(held, axis=1, out=upto[:, 1:])
    row = np.arange(len(first)) if len(held) == len(first) else np.zeros(len(first), dtype=np.int64)
    return np.asarray(upto[row, end] - upto[row, first], dtype=np.int64)


def _checked(windows: ArrayLike, everywhere: ArrayLike) -> tuple[Ints, Ints]:
    held, county = np.asarray(windows), np.asarray(everywhere)
    whole = np.issubdtype(held.dtype, np.integer) and np.issubdtype(county.dtype, np.integer)
    if held.ndim != 2 or county.shape != held.shape[1:] or not whole:
        raise ValueError("whole counts of every window and of the county are needed for each step")
    if held.size and (held.min() < 0 or np.any(held.max(axis=0) > county)):
        raise ValueError("counts are never negative, and no window holds more than the county")
    return held.astype(np.int64), county.astype(np.int64)
