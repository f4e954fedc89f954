"""The incident-rate ratio: by what factor did the treated places change, compared with the places beside them?

The model is log μ = place + month + β · treated · after, fitted by Poisson likelihood. Where every place is seen in the
same months and all begin together (count months from each place's own start, beside controls of its own, and they do),
its estimate has a closed form, the ratio of two ratios of totals; so has its error clustered by place.

Sources: Wooldridge, J. M. (1999), "Distribution-free estimation of some nonlinear panel data models", Journal of
Econometrics 90, 77–97; Liang, K.-Y. & Zeger, S. L. (1986), Biometrika 73, 13–22 (the clustered error); Fisher's exact
test for the chance given the totals; Young, A. (2019), Quarterly Journal of Economics 134, 557–598 (randomisation).
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from math import comb, exp, inf, log, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import fisher_exact

__all__ = ["FEWEST_PLACES", "RateRatio", "randomisation_p", "rate_ratio"]

FEWEST_PLACES = 8
"""Places on either side below which the error clustered by place is not used: with one treated place it is nought."""

Counts = NDArray[np.integer]


@dataclass(frozen=True, slots=True)
class RateRatio:
    """`ratio` less than 1 is a fall compared with the controls; 0, infinite or NaN where totals are nought.

    `poisson_se` and `cluster_se` are errors of its logarithm (NaN where they do not exist); `lower` and `upper` use the
    one that `law` names. `exact_p` is Fisher's, two-sided, given the four totals.
    """

    ratio: float
    lower: float
    upper: float
    poisson_se: float
    cluster_se: float
    exact_p: float
    law: str
    totals: tuple[int, int, int, int]


def rate_ratio(
    before: Counts, after: Counts, treated: NDArray[np.bool_], *, coverage: float = 0.95
) -> RateRatio:
    """The ratio from records before and after in each place, int[n] each; `treated` says which places are, bool[n].

    Raises ValueError for lengths that differ, a negative count, or no place on either side.

    It misleads where the two groups were already parting before the start (see the event study), and its Poisson law
    is too sure of itself where records come in runs.
    """
    if not len(before) == len(after) == len(treated):
        raise ValueError("counts and treated must be of one length")
    if not treated.any() or treated.all() or (np.minimum(before, after) < 0).any():
        raise ValueError("there must be treated places and others, and counts are not negative")
    totals = _totals(before, after, treated)
    value = _ratio(totals)
    poisson_se = sqrt(sum(1.0 / one for one in totals)) if min(totals) else nan
    cluster_se = _clustered(before, after, treated, totals)
    many = min(int(treated.sum()), int((~treated).sum())) >= FEWEST_PLACES
    se, law = (cluster_se, "clustered by place") if many else (poisson_se, "Poisson")
    reach = float(ndtri(0.5 + coverage / 2.0)) * se
    lower, upper = (exp(log(value) - reach), exp(log(value) + reach)) if min(totals) else (nan, nan)
    exact = float(fisher_exact([[totals[1], totals[0]], [totals[3], totals[2]]])[1])
    return RateRatio(value, lower, upper, poisson_se, cluster_se, exact, law, totals)


def _totals(before: Counts, after: Counts, treated: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Treated before and after, controls before and after."""
    one, other = before[treated], before[~treated]
    return int(one.sum()), int(after[treated].sum()), int(other.sum()), int(after[~treated].sum())


def _ratio(totals: tuple[int, int, int, int]) -> float:
    above, below = totals[1] * totals[2], totals[0] * totals[3]
    if below:
        return above / below
    return inf if above else nan


def _clustered(
    before: Counts, after: Counts, treated: NDArray[np.bool_], totals: tuple[int, int, int, int]
) -> float:
    """The sandwich error: what each place adds to the logarithm, squared and summed."""
    if not min(totals) or min(int(treated.sum()), int((~treated).sum())) < 2:
        return nan
    of_treated = after / totals[1] - before / totals[0]
    of_others = after / totals[3] - before / totals[2]
    return float(np.sqrt(np.sum(np.where(treated, of_treated, of_others) ** 2)))


def randomisation_p(
    counts: Counts,
    treated: NDArray[np.bool_],
    *,
    months: int,
    start: int,
    starts: tuple[int, ...] = (),
    draws: int,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> float:
    """How often the ratio would be as far from 1, had other places been treated, or another month been the start.

    `counts` are records, int[places, months in all]; `start` is the column of the first month after it, `months` how
    many are taken either side, and `starts` are other columns that might have been the start (all of them before the
    real one's months, or the effect itself would be among the draws). Every choice is tried where there are at most
    `draws`, else so many are drawn. The real one counts among them, so p is never nought. Half a record is added to
    each total, so that noughts compare. Raises ValueError where a start leaves too few months, or for no draws.
    """
    possible = tuple(dict.fromkeys((start, *starts)))
    if draws < 1 or months < 1 or min(possible) < months or max(possible) + months > counts.shape[1]:
        raise ValueError("every start needs its months before and after it, and at least one draw is made")
    places, chosen = len(treated), int(treated.sum())
    sums = {
        one: (counts[:, one - months : one].sum(axis=1), counts[:, one : one + months].sum(axis=1))
        for one in possible
    }
    seen = _far(*sums[start], np.flatnonzero(treated))
    ways = comb(places, chosen) * len(possible)
    if ways <= draws:
        trials = [
            (np.array(group), when) for when in possible for group in combinations(range(places), chosen)
        ]
    else:
        trials = [
            (rng.permutation(places)[:chosen], possible[int(rng.integers(len(possible)))])
            for _ in range(draws)
        ]
    as_far = 0
    for done, (group, when) in enumerate(trials, start=1):
        as_far += _far(*sums[when], group) >= seen - 1e-9
        if progress:
            progress(done, len(trials))
    return as_far / ways if ways <= draws else (as_far + 1) / (draws + 1)


def _far(before: Counts, after: Counts, group: NDArray[np.integer]) -> float:
    """How far the logarithm of the ratio lies from nought, half a record added to each total."""
    one = np.array([before[group].sum(), after[group].sum()], dtype=np.float64) + 0.5
    both = np.array([before.sum(), after.sum()], dtype=np.float64) + 1.0
    other = both - one
    return abs(log(one[1] * other[0] / (one[0] * other[1])))
