"""What a feed was expected to send for a district and month, and what its silence can mean."""

import numpy as np
from numpy.typing import NDArray
from scipy.stats import poisson

__all__ = ["STATES", "Cadence", "due_months", "expected_records", "states"]

LEAST_MONTHS = 3
"""Fewer months than this to compare with are no yardstick."""
SILENT_BELOW = 0.01
LOW_BELOW = 0.001
AUGUST = 8
QUARTER_ENDS = (3, 6, 9, 12)

STATES = ("received", "low", "quiet", "silent", "closed", "not due", "cannot tell")
"""received: about what was expected, or more. low: some, but chance would seldom give so few. quiet: none, and
chance could do that. silent: none where some were to be expected. closed: none, in a month in which the feed never
sends (August for schools). not due: its delivery is not yet to be expected. cannot tell: none, and no yardstick."""

Cadence = str
"""weekly | monthly | termly | quarterly | irregular, as the definition says."""


def due_months(months: NDArray[np.integer], cadence: Cadence, last_due: int) -> NDArray[np.bool_]:
    """In which months anything is to be expected at all, bool[m]. `months` and `last_due` are yyyymm.

    A quarterly feed's rows lie in the last month of the quarter.
    """
    due = np.asarray(months) <= last_due
    if cadence == "quarterly":
        due = due & np.isin(np.asarray(months) % 100, QUARTER_ENDS)
    return np.asarray(due, dtype=bool)


def expected_records(
    received: NDArray[np.integer], months: NDArray[np.integer], due: NDArray[np.bool_], *, terms_only: bool
) -> NDArray[np.float64]:
    """The median of the feed's other due months in that district, float64[districts, months]; NaN for too few.

    `received` is [districts, months] of one feed; `months` yyyymm. A month counts as one in which the feed sent
    where any district has a record in it, so a district that falls silent is still expected. A feed of terms only
    compares August with other Augusts and every other month with months that are not August. Misleads where
    a feed grows or shrinks: it knows no trend.
    """
    sent = due & (received.sum(axis=0) > 0)
    holiday = np.asarray(months) % 100 == AUGUST if terms_only else np.zeros(len(months), dtype=bool)
    expected = np.full(received.shape, np.nan)
    for month in np.flatnonzero(due):
        alike = sent & (holiday == holiday[month])
        alike[month] = False
        if np.count_nonzero(alike) >= (1 if holiday[month] else LEAST_MONTHS):
            expected[:, month] = np.median(received[:, alike], axis=1)
    return expected


def states(
    received: NDArray[np.integer],
    expected: NDArray[np.float64],
    due: NDArray[np.bool_],
    closed: NDArray[np.bool_],
) -> NDArray[np.int8]:
    """The state of each district and month of one feed, indexes into STATES, int8[districts, months].

    `closed` bool[months] are months in which nothing is to be expected though the feed is due. Chance is Poisson at
    the expected count, so a feed whose counts come in bursts is called silent or low too soon.
    """
    chance = poisson.cdf(received, np.nan_to_num(expected))
    unknown = np.isnan(expected)
    nothing = received == 0
    told = np.zeros(received.shape, dtype=np.int8)
    told[~nothing & ~unknown & (chance < LOW_BELOW)] = STATES.index("low")
    told[nothing & unknown] = STATES.index("cannot tell")
    told[nothing & ~unknown] = STATES.index("quiet")
    told[nothing & ~unknown & (chance < SILENT_BELOW)] = STATES.index("silent")
    told[nothing & closed[None, :]] = STATES.index("closed")
    told[nothing & ~due[None, :]] = STATES.index("not due")
    return told
