"""The ways in which one thing is spelt: yes and no, dates, codes; by weight, as different hands and systems write it."""

from collections.abc import Sequence

import numpy as np

from trigpoint.core.county.tables import Bools, Minutes, Strings, british_date

_YES = ("Y", "Y", "Y", "Y", "Yes", "1")
_NO = ("N", "N", "N", "N", "No", "0", "")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def yes_or_no(yes: Bools, rng: np.random.Generator) -> Strings:
    """Y, Yes or 1; N, No, 0 or a blank."""
    spelt_yes = np.array(_YES)[rng.integers(0, len(_YES), len(yes))]
    spelt_no = np.array(_NO)[rng.integers(0, len(_NO), len(yes))]
    return np.where(yes, spelt_yes, spelt_no)


def short_date(at: Minutes) -> Strings:
    """1-Sep-25, as a spreadsheet shows a date; a missing instant becomes a blank."""
    text = np.datetime_as_string(at.astype("datetime64[D]")).tolist()
    return np.array(
        ["" if t == "NaT" else f"{int(t[8:10])}-{_MONTHS[int(t[5:7]) - 1]}-{t[2:4]}" for t in text],
        dtype=np.str_,
    )


def weekday_and_ordinal(at: Minutes) -> Strings:
    """Fri 3rd: the month is whatever month the sheet is of."""
    days = at.astype("datetime64[D]")
    weekday = ((days.astype(np.int64) + 3) % 7).tolist()
    number = ((days - days.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1).tolist()
    return np.array(
        [f"{_DAYS[w]} {n}{_ending(n)}" for w, n in zip(weekday, number, strict=True)], dtype=np.str_
    )


def excel_serial(at: Minutes) -> Strings:
    """45901: the days since the end of 1899, as a date column pasted as values; a missing instant becomes a blank."""
    days = (at.astype("datetime64[D]") - np.datetime64("1899-12-30")).astype(np.int64).astype(np.str_)
    return np.where(np.isnat(at), "", days)


def american_minute(at: Minutes) -> Strings:
    """09/30/2025 09:05:00 PM, as the reporting tool was set up by somebody overseas."""
    text = np.datetime_as_string(at.astype("datetime64[m]")).tolist()
    return np.array(["" if t == "NaT" else _american(t) for t in text], dtype=np.str_)


def universal(at: Minutes) -> Strings:
    """2026-03-04T21:15:00Z of a British clock's reading; a missing instant becomes a blank."""
    summer = _is_summer(at)
    utc = np.where(summer, at - np.timedelta64(60, "m"), at)
    text = np.datetime_as_string(utc.astype("datetime64[m]")).tolist()
    return np.array(["" if t == "NaT" else f"{t}:00Z" for t in text], dtype=np.str_)


def mixed_dates(at: Minutes, rng: np.random.Generator, *, short: float) -> Strings:
    """dd/mm/yyyy, and for a share 1-Sep-25."""
    return np.where(rng.random(len(at)) < short, short_date(at), british_date(at))


def typed_names(names: Strings, rng: np.random.Generator) -> Strings:
    """School names as staff type them: whole, shortened, with a stray space, in capitals."""
    shapes = rng.integers(0, 12, len(names)).tolist()
    return np.array([_typed(name, s) for name, s in zip(names.tolist(), shapes, strict=True)], dtype=np.str_)


def joined_choices(ticked: Bools, choices: Sequence[str], separators: Sequence[str]) -> Strings:
    """The ticked choices of each row in one cell, joined by the row's separator."""
    rows = zip(ticked.tolist(), separators, strict=True)
    return np.array(
        [s.join(c for c, t in zip(choices, row, strict=True) if t) for row, s in rows], dtype=np.str_
    )


def _american(text: str) -> str:
    hour = int(text[11:13])
    return f"{text[5:7]}/{text[8:10]}/{text[:4]} {(hour + 11) % 12 + 1:02d}:{text[14:16]}:00 {'PM' if hour >= 12 else 'AM'}"


def _typed(name: str, shape: int) -> str:
    if shape == 0:
        return name.upper()
    if shape == 1:
        return name.replace(" School", " Sch").replace(" Pupil Referral Unit", " PRU")
    if shape == 2:
        return f"{name} "
    if shape == 3:
        return name.split(",")[0].replace("School", "Academy")
    return name


def _ending(number: int) -> str:
    if number in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _is_summer(at: Minutes) -> Bools:
    """Whether a British clock is an hour ahead: from the last Sunday of March to the last of October, at one UTC."""
    year = at.astype("datetime64[Y]")
    begins = _last_sunday(year, 3) + np.timedelta64(2 * 60, "m")
    ends = _last_sunday(year, 10) + np.timedelta64(2 * 60, "m")
    return np.asarray((at >= begins) & (at < ends))


def _last_sunday(year: Minutes, month: int) -> Minutes:
    following = (year.astype("datetime64[M]") + month).astype("datetime64[D]")
    last = following - np.timedelta64(1, "D")
    back = (last.astype(np.int64) + 4) % 7
    return np.asarray((last - back.astype("timedelta64[D]")).astype("datetime64[m]"))
