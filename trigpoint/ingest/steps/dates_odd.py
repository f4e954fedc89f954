"""Dates that strptime cannot read: workbooks' day numbers, weekdays without a month, readings with a zone."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Instants = NDArray[np.datetime64]
"""datetime64[us]; NaT where there is none."""
Days = NDArray[np.datetime64]
"""datetime64[D]; NaT where there is none."""

EXCEL, WEEKDAY, ZONED = "excel", "weekday", "%z"
EXCEL_ZERO = np.datetime64("1899-12-30", "us")
"""Day 0 of the 1900 system as it counts from March 1900 on; before that it counts a 29 February that never was."""
EXCEL_DAYS = (18_264.0, 73_051.0)
"""1950 to 2100. Any other number is no day: a price, an age, a reference."""
ZONE = r"\s*(Z|UTC|GMT|BST|[+-][0-9]{2}:?[0-9]{2})$"
FURTHEST_BACK_DAYS = 92
"""A weekday and a day of the month fall together every three months or so: further away it may be another one."""
NEAREST_DAYS = 31
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]?\s+(\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s+(?:of\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)?",
    re.IGNORECASE,
)
_NUMBERS_FIRST = re.compile(r"%([dm])([/.-])%([dm])\2%[yY].*")


def excel_days(words: pa.StringArray) -> Instants:
    """Numbers of days (1900 system), with the time as a fraction, to the second."""
    number = pc.match_substring_regex(words, r"^[0-9]{5}([.][0-9]+)?$")
    days = np.array(pc.if_else(number, words, None).cast(pa.float64()).to_numpy(zero_copy_only=False))
    days[~((days >= EXCEL_DAYS[0]) & (days < EXCEL_DAYS[1]))] = np.nan
    seconds = np.round(np.nan_to_num(days) * 86_400).astype("timedelta64[s]")
    return np.where(np.isnan(days), np.datetime64("NaT", "us"), EXCEL_ZERO + seconds).astype("datetime64[us]")


def zone_parted(words: pa.StringArray) -> tuple[pa.StringArray, NDArray[np.timedelta64]]:
    """The readings without their zone ("" where none is written), and how far each was ahead of UTC."""
    zoned = pc.match_substring_regex(words, ZONE)
    bare = pc.if_else(zoned, pc.replace_substring_regex(words, ZONE, ""), "")
    zones = [_ahead(word) for word in pc.if_else(zoned, words, "Z").to_pylist()]
    return bare, np.array(zones, dtype="timedelta64[m]")


def _ahead(word: str) -> int:
    """Minutes ahead of UTC."""
    found = re.search(ZONE, word)
    zone = found[1] if found else "Z"
    if zone[0] in "+-":
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return -minutes if zone[0] == "-" else minutes
    return 60 if zone == "BST" else 0


def weekdays(words: pa.StringArray, near: Days, kind: str) -> Instants:
    """`Fri 3rd`, `Friday 3 October`: the one such day that lies near. NaT where there is none, or two as near.

    `near` has one day a word. `kind` is "received": the last such day up to it; "month": within the month; "column":
    the nearest, either side.
    """
    known: dict[tuple[str, date | None], date | None] = {}
    found = []
    for word, day in zip(words.to_pylist(), near.tolist(), strict=True):
        if (word, day) not in known:
            known[word, day] = _resolved(word, day, kind)
        found.append(known[word, day])
    return np.array(found, dtype="datetime64[D]").astype("datetime64[us]")


def _resolved(word: str, near: date | None, kind: str) -> date | None:
    told = _WEEKDAY.fullmatch(word.strip())
    if told is None or near is None:
        return None
    weekday, day = WEEKDAYS.index(told[1].lower()), int(told[2])
    month = MONTHS.index(told[3].lower()) + 1 if told[3] else None
    within = NEAREST_DAYS if kind == "column" else FURTHEST_BACK_DAYS
    span = (near + timedelta(days=n) for n in range(-400 if month else -within, 400 if month else within + 1))
    fits = [d for d in span if d.day == day and d.weekday() == weekday and month in (None, d.month)]
    if kind == "received":
        return max((d for d in fits if d <= near), default=None)
    if kind == "month":
        return next((d for d in fits if (d.year, d.month) == (near.year, near.month)), None)
    fits.sort(key=lambda d: abs((d - near).days))
    tie = len(fits) > 1 and abs((fits[0] - near).days) == abs((fits[1] - near).days)
    return fits[0] if fits and not tie else None


def month_first_twin(format_: str) -> str | None:
    """The same format with day and month exchanged; None where it does not begin with the two as numbers."""
    found = _NUMBERS_FIRST.fullmatch(format_)
    if found is None or found[1] == found[3]:
        return None
    return format_.replace("%d", "%\0").replace("%m", "%d").replace("%\0", "%m")


def unmistakable(words: pa.StringArray) -> tuple[int, int]:
    """How many cells can only have the day first, and how many only the month first."""
    parts = pc.extract_regex(words, r"^(?P<a>[0-9]{1,2})[/.-](?P<b>[0-9]{1,2})[/.-][0-9]{2}")
    first, second = (_numbers(parts, name) for name in ("a", "b"))
    return int(((first > 12) & (second <= 12)).sum()), int(((second > 12) & (first <= 12)).sum())


def _numbers(parts: pa.StructArray, name: str) -> NDArray[np.int64]:
    cells = pc.fill_null(pc.struct_field(parts, name), "0")
    return np.asarray(cells.cast(pa.int64()).to_numpy(zero_copy_only=False))


def by_evidence(words: pa.StringArray, formats: Sequence[str]) -> list[int]:
    """The order in which to try formats: where a format and its month-first twin are both listed, the cells decide."""
    order = list(range(len(formats)))
    twins = [(n, formats.index(t)) for n, f in enumerate(formats) if (t := month_first_twin(f)) in formats]
    if not twins:
        return order
    day_first, month_first = unmistakable(words)
    if day_first == month_first:
        return order
    wanted = "%d" if day_first > month_first else "%m"
    return sorted(order, key=lambda n: (n in dict(twins) and not formats[n].startswith(wanted), n))
