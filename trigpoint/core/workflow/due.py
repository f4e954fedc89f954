"""Days as people type them: "+2w", "+10d", "9 December", "9/12", "2026-12-09"."""

import re
from datetime import date, timedelta

__all__ = ["DueRefused", "due_from"]

_AHEAD = re.compile(r"\+\s*(\d{1,3})\s*([dw])?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}|\d{2}))?")
_SPOKEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}))?", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DueRefused(ValueError):
    """The day cannot be read; the message says how to write it."""


def due_from(text: str, today: date) -> date:
    """The day meant. "+2w" counts from today; a day without its year is the next one. Raises DueRefused."""
    told = " ".join(text.split())
    try:
        found = _ahead(told, today) or _dated(told, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise DueRefused("Write the day as 9 December, 09/12/2026 or +2w.")
    return found


def _ahead(told: str, today: date) -> date | None:
    match = _AHEAD.fullmatch(told)
    if match is None:
        return None
    days = int(match[1]) * (1 if (match[2] or "w").lower() == "d" else 7)
    return today + timedelta(days=days)


def _dated(told: str, today: date) -> date | None:
    if match := _ISO.fullmatch(told):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := _SLASHED.fullmatch(told):
        year = int(match[3]) if match[3] else 0
        return _in_year(int(match[1]), int(match[2]), year + 2000 if 0 < year < 100 else year, today)
    match = _SPOKEN.fullmatch(told)
    if match is None or match[2][:3].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(match[2][:3].lower()) + 1
    return _in_year(int(match[1]), month, int(match[3] or 0), today)


def _in_year(day: int, month: int, year: int, today: date) -> date:
    if year:
        return date(year, month, day)
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)
