"""When files came, month by month: on time or late by a feed's own habit, which is all there is to hold it against."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median_low

__all__ = ["GRACE_DAYS", "Arrived", "Sent", "arrivals"]

GRACE_DAYS = 7
"""Late is more than so many days after the usual wait: the same days of grace that coverage gives."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of a feed: the day its extract was taken, the day it came, and the first day it tells of, None for none."""

    extracted_on: date
    received_on: date
    covers_from: date | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """The month that a file was the first to complete, as its first day; `late_days` is 0 where it came on time."""

    month: date
    received_on: date
    late_days: int


def arrivals(files: Iterable[Sent]) -> tuple[Arrived, ...]:
    """The months that the files of one feed completed, in order, each with when it came.

    A file completes the last month that was over when its extract was taken, and months before it that had no file in their
    own turn where it tells of them. The usual step from file to file and the usual wait, from a month's end to its file, are
    medians, the shorter of two middle ones. A month is late if it came more than the usual wait and `GRACE_DAYS` after its
    end. What no file brought is not told here: whether that is silence is for coverage to say. A feed's only file is late
    against nothing.
    """
    first: dict[int, Sent] = {}
    for one in sorted(files, key=lambda file: (file.received_on, file.extracted_on)):
        first.setdefault(_number(one.extracted_on) - 1, one)
    months = sorted(first)
    step = median_low([b - a for a, b in pairwise(months)]) if len(months) > 1 else 1
    usual = max(median_low([_wait(one, first[one]) for one in months]), 0) if months else 0
    told: list[Arrived] = []
    for at, month in enumerate(months):
        file = first[month]
        for turn in _turns(months[at - 1] if at else month, month, step, file):
            late = max(_wait(turn, file) - usual - GRACE_DAYS, 0) if len(months) > 1 else 0
            told.append(Arrived(_day(turn), file.received_on, late))
    return tuple(told)


def _turns(before: int, month: int, step: int, file: Sent) -> list[int]:
    """The month itself, after those since the file before it that were due and of which this one tells."""
    from_month = _number(file.covers_from) if file.covers_from is not None else month
    return [*(one for one in range(before + step, month, step) if one >= from_month), month]


def _wait(month: int, file: Sent) -> int:
    return (file.received_on - _day(month + 1)).days


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _day(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
