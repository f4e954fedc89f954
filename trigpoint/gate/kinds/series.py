"""How many records in each month."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.tally import by_month
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.events import counts_events, leading
from trigpoint.store.picture import fetch_columns
from trigpoint.store.series import fetch_days

__all__ = ["answer_series", "first_month", "month_spoken", "month_words", "months_of"]

METHOD = (
    "Whole records by the month in which each occurred or began. A part month at either end is a part month."
)


def answer_series(asked: Asked) -> Answer:
    """Columns month ("2024-03") and count: every month that the period touches, zeros included."""
    days = _days(asked)
    first, months = months_of(*asked.period())
    counts = by_month(days, first, months)
    columns: Table = {"month": month_words(first, months), "count": counts}
    return Answer("series", columns, asked.about(total=int(days.size), unplaced=0, method=METHOD))


def _days(asked: Asked) -> NDArray[np.int32]:
    """The day of each record, or of each linked event by its earliest record in the ledger."""
    if not counts_events(asked):
        with asked.records() as cursor:
            return fetch_days(cursor, asked.selection)
    with asked.records() as cursor:
        columns = fetch_columns(cursor, asked.selection, ("day", "number"))
    return np.asarray(columns["day"][leading(asked, columns)], dtype=np.int32)


def months_of(start: date | None, end: date | None) -> tuple[int, int]:
    """The first month of a half-open period (months since January 1970) and how many months it touches."""
    if start is None or end is None:
        return 0, 0
    last = first_month(date.fromordinal(end.toordinal() - 1))
    return first_month(start), max(last - first_month(start) + 1, 0)


def first_month(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1


def month_words(first: int, months: int) -> list[str]:
    """Months as "2024-03"."""
    words: list[str] = (np.arange(months) + np.datetime64("1970-01", "M") + first).astype(str).tolist()
    return words


def month_spoken(month: str) -> str:
    """ "2026-07" as "July 2026", for sentences; columns keep the digits."""
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"
