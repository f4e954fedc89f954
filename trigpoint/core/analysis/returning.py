"""Places that come back: more in every one of several stretches of days alike (each summer holiday) than in between.

Of a place's records so many would fall in those stretches as of all the county's do. What is more than that by an exact
binomial tail, and more in each single stretch, comes back. A place is compared with the county's own calendar, so that a
month in which everybody records more is no news of any place.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

__all__ = ["LEAST_RECORDS", "LEAST_TIMES", "Returning", "find_returning", "whole_stretches"]

LEAST_TIMES = 2
"""A stretch that was there once may be anything; nothing comes back that was not there twice."""
LEAST_RECORDS = 10
"""A unit with fewer records in all cannot be told from chance."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Returning:
    """Of n units over k stretches: `observed` int64[n] records in any of them, `expected` float64[n] by the county's share.

    `each` bool[n]: more than expected in every single stretch. `p` float64[n]: chance of as many or more, one-sided, exact;
    NaN for a unit with fewer than LEAST_RECORDS records, and for all where the county has none in, or none outside, them.
    """

    observed: Ints
    expected: NDArray[np.float64]
    each: NDArray[np.bool_]
    p: NDArray[np.float64]


def whole_stretches(
    stretches: Sequence[tuple[int, int]], first_day: int, end_day: int
) -> tuple[tuple[int, int], ...]:
    """Those `(first, end)` that lie whole in `[first_day, end_day)`, in order."""
    return tuple(sorted((first, end) for first, end in stretches if first_day <= first < end <= end_day))


def find_returning(
    unit: NDArray[np.integer], day: NDArray[np.integer], units: int, stretches: Sequence[tuple[int, int]]
) -> Returning | None:
    """Test every unit against the county's calendar; None, which is "cannot tell", for fewer than LEAST_TIMES stretches.

    `unit` int[r] from 0 to `units` - 1 and `day` int[r] are of the records; stretches are `(first, end)` days, end not
    included, and do not overlap. Records are taken as independent: a few people who come often make a place look surer
    than it is, so its caller looks at how many people stand behind it.
    """
    if len(stretches) < LEAST_TIMES:
        return None
    held = np.stack(
        [np.bincount(unit[(day >= first) & (day < end)], minlength=units) for first, end in stretches]
    ).astype(np.int64)
    total = np.bincount(unit, minlength=units).astype(np.int64)
    everything = max(int(total.sum()), 1)
    shares = held.sum(axis=1) / everything
    share = float(shares.sum())
    observed = held.sum(axis=0)
    p = np.full(units, np.nan)
    if 0 < share < 1:
        enough = total >= LEAST_RECORDS
        p[enough] = binom.sf(observed[enough] - 1, total[enough], share)
    each = (held > shares[:, None] * total[None, :]).all(axis=0)
    return Returning(observed, (total * share).astype(np.float64), each, p)
