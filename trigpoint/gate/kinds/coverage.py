"""Who sent records, for which district and month: silence told apart from quiet."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.coverage import (
    AUGUST,
    LEAST_MONTHS,
    LOW_BELOW,
    SILENT_BELOW,
    STATES,
    due_months,
    expected_records,
    states,
)
from trigpoint.core.tally import month_of_day
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import LONDON, Asked
from trigpoint.gate.kinds.series import month_words, months_of
from trigpoint.store.choices import FeedNamed
from trigpoint.store.coverage import fetch_coverage
from trigpoint.store.questions import Columns
from trigpoint.store.schema import PIECES

__all__ = ["answer_coverage", "last_due", "received_by_month"]

GRACE_DAYS = 7
METHOD = (
    "Received: records of the feed that lie in the district and month. Expected: the median of the feed's other due "
    f"months in which it sent anything, where there are at least {LEAST_MONTHS}; a feed of terms only compares August "
    "with August. Due: by the feed's cadence and how long after a month its deliveries have come. Silent: none where "
    f"chance would give none less than once in {round(1 / SILENT_BELOW)}; low: so few less than once in "
    f"{round(1 / LOW_BELOW):,}."
)


def answer_coverage(asked: Asked) -> Answer:
    """Columns feed, district, month, expected (NaN where too few months to tell), received, exposure, state (one of
    STATES): every combination. `exposure` are those of the received that are no concerns: sessions held, say.

    Records that lie in no district are counted in about.unplaced alone.
    """
    with asked.records() as cursor:
        found = fetch_coverage(cursor, asked.selection)
    first, months = months_of(*asked.period())
    districts = asked.version.areas("district")
    feeds = [one for one in asked.version.vocabulary.feeds if one.code in asked.restrictions.granted]
    received = received_by_month(found, feeds, len(districts.codes), first, months)
    no_concern = np.isin(found["category"], asked.exposure)
    exposure = received_by_month(
        {name: column[no_concern] for name, column in found.items()},
        feeds,
        len(districts.codes),
        first,
        months,
    )
    judged = [_judged(asked, one, received[i], found, first) for i, one in enumerate(feeds)]
    shape = (len(feeds), len(districts.codes), months)
    many = len(districts.codes) * months
    told = np.array([state for _, state in judged], dtype=np.int8).reshape(shape)
    columns: Table = {
        "feed": [one.code for one in feeds for _ in range(many)],
        "district": [code for _ in feeds for code in districts.codes for _ in range(months)],
        "month": month_words(first, months) * (len(feeds) * len(districts.codes)),
        "expected": np.array([expected for expected, _ in judged], dtype=np.float64).reshape(shape).ravel(),
        "received": received.ravel(),
        "exposure": exposure.ravel(),
        "state": [STATES[one] for one in told.ravel().tolist()],
    }
    unplaced = int(np.count_nonzero(found["district"] < 0))
    about = asked.about(total=int(found["district"].size), unplaced=unplaced, method=METHOD)
    return Answer("coverage", columns, about)


def received_by_month(
    found: Columns, feeds: list[FeedNamed], districts: int, first: int, months: int
) -> NDArray[np.int64]:
    """Records by feed, district and month, int64[feeds, districts, months]."""
    place = np.full(max((one.id for one in feeds), default=0) + 1, -1, dtype=np.int64)
    place[[one.id for one in feeds]] = np.arange(len(feeds))
    lies = found["district"] >= 0
    received = np.zeros((len(feeds), districts, months), dtype=np.int64)
    month = month_of_day(found["day"][lies]) - first
    np.add.at(received, (place[found["feed"][lies]], found["district"][lies], month), 1)
    return received


def _judged(
    asked: Asked, feed: FeedNamed, received: NDArray[np.int64], found: Columns, first: int
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """What was expected of one feed, and the state of each district and month, [districts, months] each."""
    numbers = first + np.arange(received.shape[1])
    months = (numbers // 12 + 1970) * 100 + numbers % 12 + 1
    due = due_months(months, feed.cadence, last_due(asked, found, feed))
    expected = expected_records(received, months, due, terms_only=feed.terms_only)
    closed = (months % 100 == AUGUST) & feed.terms_only & ~(np.nan_to_num(expected) >= 1).any(axis=0)
    return expected, states(received, expected, due, closed)


def last_due(asked: Asked, found: Columns, feed: FeedNamed) -> int:
    """The last month (yyyymm) whose delivery was to be expected by now, by how long deliveries took so far."""
    now = asked.question.known or asked.at.astimezone(LONDON).date()
    # a corrected record is known from its correction on: that is no receipt
    received = (found["feed"] == feed.id) & (found["number"] % PIECES == 0)
    wait = _wait_days(found["day"][received], found["known_from"][received])
    latest = date.fromordinal(now.toordinal() - wait - GRACE_DAYS)
    before = date.fromordinal(latest.replace(day=1).toordinal() - 1)
    return before.year * 100 + before.month


def _wait_days(day: NDArray[np.integer], known_from: NDArray[np.datetime64]) -> int:
    """The median, over deliveries, of the days from the end of the last record's month to the receipt; at least 0."""
    if day.size == 0:
        return 0
    received, delivery = np.unique(known_from, return_inverse=True)
    last = np.full(len(received), np.iinfo(np.int64).min)
    np.maximum.at(last, delivery, day.astype(np.int64))
    months = last.astype("datetime64[D]").astype("datetime64[M]") + 1
    waits = received.astype("datetime64[D]") - months.astype("datetime64[D]")
    return max(0, int(np.median(waits.astype(np.int64))))
