"""Dates and times as agencies write them, to local clock readings (Europe/London) with their UTC offset."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from trigpoint.ingest.codes import PRECISION
from trigpoint.ingest.definition_records import DateFormat, Moment, When
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Fault, Sheet, blank
from trigpoint.ingest.steps.dates_odd import (
    EXCEL,
    WEEKDAY,
    ZONED,
    Days,
    Instants,
    by_evidence,
    excel_days,
    month_first_twin,
    unmistakable,
    weekdays,
    zone_parted,
)

LONDON = ZoneInfo("Europe/London")
EARLIEST_YEAR, LATEST_YEAR = 1950, 2100
"""What lies outside is a slip of the pen."""
NEVER = np.datetime64("9999-01-01", "us")
"""From this on a system means that there is no end."""
FRACTION = r"[.][0-9]{1,9}$"


@dataclass(frozen=True, slots=True)
class Near:
    """What days without a month lie near: a day for each cell, and how near (see dates_odd.weekdays)."""

    days: Days
    kind: str


def parse(
    values: pa.StringArray, formats: Iterable[str], near: Near | None = None
) -> tuple[Instants, NDArray[np.int16]]:
    """Read each cell by the first format that fits it: the reading (NaT where none fits) and the format's number.

    Where a format and the same with day and month exchanged are both listed, the cells' unmistakable dates decide which
    comes first. Readings by a format with `%z` are local ones. `near` is needed for the format `weekday` alone.
    """
    shapes = tuple(formats)
    readings = np.full(len(values), np.datetime64("NaT"), dtype="datetime64[us]")
    used = np.full(len(values), -1, dtype=np.int16)
    for number in by_evidence(values, shapes):
        left = np.flatnonzero(used < 0)
        if len(left) == 0:
            break
        cells = values if len(left) == len(values) else values.take(pa.array(left))
        fitting = _parse_any(cells, shapes[number], near, left)
        hit = ~np.isnat(fitting)
        readings[left[hit]] = fitting[hit]
        used[left[hit]] = number
    return readings, used


def _parse_any(cells: pa.StringArray, format_: str, near: Near | None, left: NDArray[np.intp]) -> Instants:
    if format_ == WEEKDAY:
        days = np.full(len(cells), np.datetime64("NaT", "D")) if near is None else near.days[left]
        return weekdays(cells, days, near.kind if near is not None else "received")
    encoded = cells.dictionary_encode()
    spread: Instants = _parse_words(encoded.dictionary, format_)[encoded.indices.to_numpy()]
    return spread


def _parse_words(words: pa.StringArray, format_: str) -> Instants:
    if format_ == EXCEL:
        return excel_days(words)
    if format_.endswith(ZONED):
        bare, ahead = zone_parted(words)
        return utc_to_local(_parse_words(bare, format_.removesuffix(ZONED).rstrip()) - ahead)
    if format_.endswith(".%f"):
        whole = pc.if_else(
            pc.match_substring_regex(words, FRACTION), pc.replace_substring_regex(words, FRACTION, ""), ""
        )
        return _parse_one(whole, format_.removesuffix(".%f"))
    return _parse_one(words, format_)


def _parse_one(words: pa.StringArray, format_: str) -> Instants:
    """By one format. Arrow turns 31 February into 2 March, so whatever does not print back is read again strictly."""
    try:
        parsed = pc.strptime(words, format=format_, unit="us", error_is_null=True)
        printed = pc.strftime(parsed.cast(pa.timestamp("s")), format_)
    except pa.ArrowInvalid as fault:
        raise LoadRefused(f"The definition's date format {format_} cannot be used.") from fault
    suspect = pc.fill_null(pc.not_equal(printed, words), False)
    readings: Instants = parsed.to_numpy(zero_copy_only=False).astype("datetime64[us]")
    for place in np.flatnonzero(suspect.to_numpy(zero_copy_only=False)):
        readings[place] = _parse_strictly(words[int(place)].as_py(), format_)
    return readings


def _parse_strictly(word: str, format_: str) -> np.datetime64:
    try:
        return np.datetime64(datetime.strptime(word, format_), "us")  # noqa: DTZ007 (a clock reading)
    except ValueError:
        return np.datetime64("NaT", "us")


@lru_cache(maxsize=8)
def _clock_changes(first_year: int, last_year: int) -> tuple[Instants, NDArray[np.int16]]:
    """The UTC instants from which each offset holds (minutes), found by walking the zone's days and then hours."""
    day = datetime(first_year - 1, 12, 30, tzinfo=UTC)
    instants, offsets = [day], [_offset(day)]
    while day.year <= last_year:
        following = day + timedelta(days=1)
        if _offset(following) != offsets[-1]:
            change = next(h for k in range(1, 25) if _offset(h := day + timedelta(hours=k)) != offsets[-1])
            instants.append(change)
            offsets.append(_offset(change))
        day = following
    stamps = np.array([instant.replace(tzinfo=None) for instant in instants], dtype="datetime64[us]")
    return stamps, np.array(offsets, dtype=np.int16)


def _offset(instant: datetime) -> int:
    offset = instant.astimezone(LONDON).utcoffset()
    return int((offset or timedelta()).total_seconds() // 60)


def _years(readings: Instants) -> tuple[int, int]:
    known = readings[~np.isnat(readings)].astype("datetime64[Y]").astype(np.int64) + 1970
    known = np.clip(known, EARLIEST_YEAR, LATEST_YEAR)
    return (int(known.min()), int(known.max())) if len(known) else (2000, 2000)


def utc_to_local(readings: Instants) -> Instants:
    """UTC clock readings to London ones."""
    changes, offsets = _clock_changes(*_years(readings))
    at = np.maximum(np.searchsorted(changes, readings, side="right") - 1, 0)
    local: Instants = readings + offsets[at].astype("timedelta64[m]")
    return local


def utc_offset_min(readings: Instants) -> NDArray[np.int16]:
    """Minutes that London's clock was ahead of UTC at each reading; the first of an hour that happened twice."""
    changes, offsets = _clock_changes(*_years(readings))
    before = np.concatenate((offsets[:1], offsets[:-1]))
    # A change shows on the clock when the old offset's reading of it has passed.
    shown = changes + before.astype("timedelta64[m]")
    at = np.maximum(np.searchsorted(shown, readings, side="right") - 1, 0)
    return np.where(np.isnat(readings), 0, offsets[at]).astype(np.int16)


def moment(sheet: Sheet, told: Moment, when: When) -> tuple[Instants, NDArray[np.int8]]:
    """One moment of every row as a local reading and its precision (see codes.PRECISION)."""
    formats = [*when.formats, *_ISO]
    readings, used = parse(sheet.text(told.date), [known.format for known in formats], _near(sheet, when))
    codes = np.array([PRECISION[known.precision] for known in formats], dtype=np.int8)
    precision = codes[used]
    if told.time is not None:
        clock, _ = parse(sheet.text(told.time), when.time_formats)
        timed = ~np.isnat(clock)
        since_midnight = clock - clock.astype("datetime64[D]")
        readings = np.where(
            timed, readings + np.where(timed, since_midnight, np.timedelta64(0, "us")), readings
        )
        precision = np.where(timed, np.int8(PRECISION["minute"]), precision)
    exact = precision == PRECISION["minute"]
    if when.zone == "utc":
        zoned = np.array([known.format.endswith(ZONED) for known in formats], dtype=np.bool_)[used]
        readings = np.where(exact & ~zoned, utc_to_local(readings), readings)
    if when.midnight == "no hour":
        midnight = readings == readings.astype("datetime64[D]")
        precision = np.where(exact & midnight, np.int8(PRECISION["day"]), precision)
    return readings, precision.astype(np.int8)


def _near(sheet: Sheet, when: When) -> Near | None:
    """What the rows' days without a month lie near, where the definition has any such."""
    if all(known.format != WEEKDAY for known in when.formats):
        return None
    if isinstance(when.dates_near, Ref):
        others = [known.format for known in when.formats if known.format != WEEKDAY]
        days, _ = parse(sheet.text(when.dates_near), [*others, *(known.format for known in _ISO)])
        return Near(days.astype("datetime64[D]"), "column")
    by_name = when.dates_near == "the file's name"
    day = sheet.month if by_name else sheet.received
    days = np.full(len(sheet.rows), np.datetime64(day if day is not None else "NaT", "D"))
    return Near(days, "month" if by_name else "received")


_ISO = (
    # How workbooks' own dates are handed over by the reader.
    DateFormat(format="%Y-%m-%d %H:%M:%S", precision="minute"),
    DateFormat(format="%Y-%m-%d", precision="day"),
)


def occurred(sheet: Sheet, when: When) -> tuple[Instants, Instants, NDArray[np.int8], list[Fault]]:
    """From, to and precision for every row, and what is wrong: unreadable dates and ends before starts."""
    start = np.full(len(sheet.rows), np.datetime64("NaT"), dtype="datetime64[us]")
    precision = np.zeros(len(sheet.rows), dtype=np.int8)
    faults: list[Fault] = []
    given = np.zeros(len(sheet.rows), dtype=np.bool_)
    for told in when.start:
        readings, exactness = moment(sheet, told, when)
        here = ~blank(sheet.text(told.date)) & ~given
        given |= here
        start, precision = np.where(here, readings, start), np.where(here, exactness, precision)
        faults += _unreadable(sheet, told, when, here, readings)
    faults.append(Fault(~given, sheet.header(when.start[0].date), "no date", "Give the date it happened."))
    if when.end is None:
        return start, start, precision, faults
    end, end_faults = _end(sheet, when.end, when, start)
    return start, end, precision, [*faults, *end_faults]


def _unreadable(
    sheet: Sheet, told: Moment, when: When, here: NDArray[np.bool_], readings: Instants
) -> list[Fault]:
    header = sheet.header(told.date)
    faults = [
        *_american(sheet, told, when, here),
        Fault(here & np.isnat(readings), header, "not a date", _advice(when)),
        Fault(here & _odd_year(readings), header, ODD_YEAR, "Check the year."),
    ]
    if told.time is not None:
        times = sheet.text(told.time)
        clock, _ = parse(times, when.time_formats)
        unreadable = here & ~blank(times) & np.isnat(clock)
        advice = f"Write it as one of {', '.join(when.time_formats)}."
        faults.append(Fault(unreadable, sheet.header(told.time), "not a time", advice))
    return faults


ODD_YEAR = f"a year before {EARLIEST_YEAR} or after {LATEST_YEAR}"
_SHOWN = {EXCEL: "a workbook's day number", WEEKDAY: "Fri 3rd"}


def _advice(when: When) -> str:
    return (
        f"Write it as one of {', '.join(_SHOWN.get(known.format, known.format) for known in when.formats)}."
    )


def _american(sheet: Sheet, told: Moment, when: When, here: NDArray[np.bool_]) -> list[Fault]:
    """A column whose unmistakable dates have the month first, where the definition lists the day first only.

    Every date of it would be read as another day or not at all, so none of them is taken.
    """
    formats = [known.format for known in when.formats]
    day_first = [f for f in formats if f.startswith("%d") and month_first_twin(f)]
    if not day_first or any(f.startswith("%m") and month_first_twin(f) for f in formats):
        return []
    words = sheet.text(told.date)
    ours, theirs = unmistakable(words)
    if theirs <= ours:
        return []
    numbers = pc.match_substring_regex(words, "^[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2}")
    mask = here & np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.bool_)
    advice = (
        "Ask for dates with the day first; or, if every file comes so, add "
        f"{month_first_twin(day_first[0])} to the definition's formats."
    )
    return [Fault(mask, sheet.header(told.date), "dates with the month first", advice)]


def _odd_year(readings: Instants) -> NDArray[np.bool_]:
    years = readings.astype("datetime64[Y]").astype(np.int64) + 1970
    return ~np.isnat(readings) & ((years < EARLIEST_YEAR) | (years > LATEST_YEAR))


def _end(sheet: Sheet, told: Moment, when: When, start: Instants) -> tuple[Instants, list[Fault]]:
    words = sheet.text(told.date)
    readings, precision = moment(sheet, told, when)
    no_end = blank(words) | np.isin(np.asarray(words.to_numpy(zero_copy_only=False)), list(when.no_end))
    no_end |= readings >= NEVER
    readings = np.where(no_end, start, readings)
    # A day without an hour lasts until its end: it is before the start only where the whole day is.
    whole_day = precision != PRECISION["minute"]
    latest = np.where(whole_day, readings + np.timedelta64(1, "D") - np.timedelta64(1, "us"), readings)
    before = ~no_end & (latest < start)
    header = sheet.header(told.date)
    faults = [
        *_american(sheet, told, when, ~no_end),
        Fault(np.isnat(readings) & ~np.isnat(start), header, "not a date", _advice(when)),
        Fault(_odd_year(readings) & ~no_end, header, ODD_YEAR, "Check the year."),
        Fault(before, header, "the end is before the start", "Check both dates."),
    ]
    return np.maximum(readings, start), faults
