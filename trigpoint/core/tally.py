"""Adding up: how many records fall in each unit, month, hour or theme.

Every function takes dense ids, one per record, and gives whole counts. An id of -1 is *not placed here* (no unit,
no hour) and is never counted in a unit; callers tell how many there were. Where many records have the same id they
may be given once, with `many`, int64[n]: how many records each id stands for.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["by_month", "by_theme", "by_unit", "by_week_hour", "month_of_day", "rate_per_1000"]

Ids = NDArray[np.integer]
Counts = NDArray[np.int64]

HOURS, WEEKDAYS = 24, 7


def by_unit(ids: Ids, units: int, many: Counts | None = None) -> tuple[Counts, int]:
    """Records in each of `units` units, int64[units], and the number that have none.

    `ids` is an integer array [n] of -1..units-1. The two together always make n.
    Raises ValueError for an id beyond the units: a record may not vanish.
    """
    tally = _bincount(np.add(ids, 1, dtype=np.int64), many, units + 1)
    if tally.size > units + 1:
        raise ValueError("a record lies in a unit that does not exist")
    return tally[1:], int(tally[0])


def _bincount(ids: Ids, many: Counts | None, least: int) -> Counts:
    """Exact below 2**53 records, beyond which no store comes."""
    return np.bincount(ids, weights=many, minlength=least).astype(np.int64, copy=False)


def month_of_day(day: Ids) -> NDArray[np.int32]:
    """Months since January 1970 of days since 1970-01-01, int32[n]."""
    if day.size == 0:
        return np.empty(0, dtype=np.int32)
    first, last = int(day.min()), int(day.max())
    months = np.arange(first, last + 1).astype("M8[D]").astype("M8[M]").astype(np.int32)
    return months[np.subtract(day, first, dtype=np.int64)]


def by_month(day: Ids, first_month: int, months: int, many: Counts | None = None) -> Counts:
    """Records in each of `months` months from `first_month` (months since January 1970), int64[months].

    `day` is days since 1970-01-01, [n]; a day outside the months raises ValueError.
    """
    counts, before = by_unit(np.maximum(month_of_day(day) - first_month, -1), months, many)
    if before:
        raise ValueError("a record lies before the first month")
    return counts


def by_week_hour(weekday: Ids, hour: Ids, many: Counts | None = None) -> tuple[Counts, int]:
    """Records by weekday and hour, int64[7, 24] with Monday first, and the number that have no hour."""
    slot = np.multiply(weekday, HOURS, dtype=np.int64) + hour
    slot[(np.asarray(hour) < 0) | (np.asarray(weekday) < 0)] = -1
    counts, without_hour = by_unit(slot, WEEKDAYS * HOURS, many)
    return counts.reshape(WEEKDAYS, HOURS), without_hour


def by_theme(mask: NDArray[np.uint64], bits: NDArray[np.integer], many: Counts | None = None) -> Counts:
    """Records that carry each theme, int64[len(bits)]. A record may carry several, or none: no total to check."""
    if many is None:
        kinds, times = np.unique(mask, return_counts=True)
    else:
        kinds, place = np.unique(mask, return_inverse=True)
        times = _bincount(place, many, kinds.size)
    carried = (kinds[None, :] >> np.asarray(bits, dtype=np.uint64)[:, None]) & np.uint64(1)
    found: Counts = carried.astype(np.int64) @ times.astype(np.int64)
    return found


def rate_per_1000(counts: Counts, people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Counts per 1,000 people, float64[n]; NaN where nobody is known to live (NaN or 0).

    Misleads where those who are harmed in a place do not live there: a town centre, a station.
    """
    rate = np.full(np.shape(counts), np.nan)
    known = np.asarray(people) > 0
    np.divide(1000.0 * np.asarray(counts), people, out=rate, where=known)
    return rate
