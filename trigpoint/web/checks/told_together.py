"""One's own records that are told as one event, and those that might be: what a merge or a split is said of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest

from trigpoint.changes.sense_checks import CheckTold
from trigpoint.web.checks.queue import OwnRow, the_rows

__all__ = ["EventRows", "rows_of_event"]

NEAR_DAYS = 3
MOST_NEAR = 12


@dataclass(frozen=True, slots=True)
class EventRows:
    """The row asked about, those told with it, and rows of one's other feeds near it in time at the same place."""

    row: OwnRow
    together: tuple[OwnRow, ...]
    near: tuple[OwnRow, ...]


def rows_of_event(
    request: HttpRequest,
    units: Sequence[str],
    period: Mapping[str, str],
    checks: Sequence[CheckTold],
    record: str,
) -> EventRows | None:
    """None where no such row of one's own is there. Raises ReadDenied for an account that acts for no agency."""
    found = the_rows(request, units, period, checks)
    row = next((one for one in found if one.key == record), None)
    if row is None:
        return None
    together = tuple(one for one in found if one.event == row.event and one.key != row.key)
    held = {row.feed, *(one.feed for one in together)}
    day = date.fromisoformat(row.day)
    near = [
        one
        for one in found
        if one.feed not in held and abs(date.fromisoformat(one.day) - day) <= timedelta(days=NEAR_DAYS)
    ]
    return EventRows(row, together, tuple(near[:MOST_NEAR]))
