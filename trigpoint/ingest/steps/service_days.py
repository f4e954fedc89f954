"""On which days the services of a timetable run: its fullest week stands for all."""

from collections.abc import Mapping
from datetime import date, datetime

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.ingest.receipt import LoadRefused

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_DAYS = 2_000
ADDED, REMOVED = "1", "2"


def fullest_week(tables: Mapping[str, pa.Table]) -> tuple[dict[str, int], NDArray[np.bool_]]:
    """Each service's number, and on which days (Monday first) of the week with the most trips it runs. Shape (n, 7).

    A publisher's file holds this month's timetable beside last month's; one week is never both. Raises LoadRefused
    where there is neither calendar.txt nor calendar_dates.txt, or where a date in them cannot be read.
    """
    regular, exceptions = _rows(tables.get("calendar")), _rows(tables.get("calendar_dates"))
    services = {row["service_id"]: None for row in (*regular, *exceptions)}
    number = {name: place for place, name in enumerate(services)}
    if not number:
        raise LoadRefused(
            "The timetable has neither calendar.txt nor calendar_dates.txt, or nothing in them."
        )
    runs = _runs(regular, exceptions, number)
    trips = np.zeros(len(number), dtype=np.int64)
    for row in _rows(tables.get("trips")):
        if row.get("service_id") in number:
            trips[number[row["service_id"]]] += 1
    weeks = runs.reshape(len(number), -1, 7)
    busiest = int(np.argmax((weeks * trips[:, None, None]).sum(axis=(0, 2))))
    return number, weeks[:, busiest, :]


def _rows(table: pa.Table | None) -> list[dict[str, str]]:
    return [] if table is None else table.to_pylist()


def _runs(
    regular: list[dict[str, str]], exceptions: list[dict[str, str]], number: Mapping[str, int]
) -> NDArray[np.bool_]:
    """Services by days, whole weeks from a Monday."""
    spans = [(_day(row["start_date"]), _day(row["end_date"])) for row in regular]
    single = [_day(row["date"]) for row in exceptions]
    first = min([start for start, _ in spans] + single).toordinal()
    last = max([end for _, end in spans] + single).toordinal()
    first -= date.fromordinal(first).weekday()
    if last - first > LONGEST_DAYS:
        raise LoadRefused("The timetable's calendar spans more than five years; check its dates.")
    runs = np.zeros((len(number), ((last - first) // 7 + 1) * 7), dtype=np.bool_)
    weekday = np.arange(runs.shape[1]) % 7
    for row, (start, end) in zip(regular, spans, strict=True):
        on = np.array([row[name] == "1" for name in WEEKDAYS], dtype=np.bool_)
        days = np.arange(start.toordinal() - first, end.toordinal() - first + 1)
        runs[number[row["service_id"]], days] |= on[weekday[days]]
    for row, day in zip(exceptions, single, strict=True):
        if row["exception_type"] in (ADDED, REMOVED):
            runs[number[row["service_id"]], day.toordinal() - first] = row["exception_type"] == ADDED
    return runs


def _day(word: str) -> date:
    try:
        return datetime.strptime(word, "%Y%m%d").date()  # noqa: DTZ007 (a day of the calendar)
    except ValueError as fault:
        raise LoadRefused("A date in the timetable's calendar is not written as yyyymmdd.") from fault
