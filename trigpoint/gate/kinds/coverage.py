"""Who sent records, for which district and month: silence told apart from quiet."""

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.tally import month_of_day
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.kinds.series import month_words, months_of
from trigpoint.store.coverage import fetch_coverage

__all__ = ["answer_coverage", "expected_received"]

LEAST_MONTHS = 3
METHOD = (
    "Received: records of the feed that lie in the district and month. Expected: the median of the feed's other "
    f"months in that district in which it sent anything, where there are at least {LEAST_MONTHS} of them."
)


def answer_coverage(asked: Asked) -> Answer:
    """Columns feed, district, month, expected (NaN where too few months to tell), received: every combination.

    Records that lie in no district are counted in about.unplaced alone.
    """
    with asked.records() as cursor:
        found = fetch_coverage(cursor, asked.selection)
    first, months = months_of(*asked.period())
    districts = asked.version.areas("district")
    feeds = [one for one in asked.version.vocabulary.feeds if one.code in asked.restrictions.granted]
    place = np.full(max((one.id for one in feeds), default=0) + 1, -1, dtype=np.int64)
    place[[one.id for one in feeds]] = np.arange(len(feeds))
    shape = (len(feeds), len(districts.codes), months)
    lies = found["district"] >= 0
    received = np.zeros(shape, dtype=np.int64)
    month = month_of_day(found["day"][lies]) - first
    np.add.at(received, (place[found["feed"][lies]], found["district"][lies], month), 1)
    many = len(districts.codes) * months
    columns: Table = {
        "feed": [one.code for one in feeds for _ in range(many)],
        "district": [code for _ in feeds for code in districts.codes for _ in range(months)],
        "month": month_words(first, months) * (len(feeds) * len(districts.codes)),
        "expected": expected_received(received).ravel(),
        "received": received.ravel(),
    }
    unplaced = int(np.count_nonzero(~lies))
    about = asked.about(total=int(lies.size), unplaced=unplaced, method=METHOD)
    return Answer("coverage", columns, about)


def expected_received(received: NDArray[np.int64]) -> NDArray[np.float64]:
    """The median of the other months in which anything came, float64 of the same shape [feeds, districts, months].

    NaN with fewer than LEAST_MONTHS of them: silence is no yardstick. A blunt one all the same: it knows no season.
    """
    sent = np.where(received > 0, received, np.nan).astype(np.float64)
    expected = np.full(received.shape, np.nan)
    if received.shape[-1] <= LEAST_MONTHS:
        return expected
    for month in range(received.shape[-1]):
        others = np.delete(sent, month, axis=-1)
        enough = np.count_nonzero(~np.isnan(others), axis=-1) >= LEAST_MONTHS
        expected[enough, month] = np.nanmedian(others[enough], axis=-1)
    return expected
