"""A minute from the map: its place is opened with it where there is none, and both are kept or neither."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.changes.deciding import DrawnAt
from trigpoint.changes.minutes import write_minute
from trigpoint.changes.named_places import open_place, place, place_drawn_at
from trigpoint.core.workflow.meeting import MeetingRefused
from trigpoint.core.workflow.place import drawn
from trigpoint.db.models import Minute

__all__ = ["Minuted", "minute_there"]


@dataclass(frozen=True, slots=True)
class Minuted:
    """What was kept: numbers of the minute and of its place, None for none; `opened` says that the place is new."""

    minute: int
    version: int
    place: int | None
    place_name: str
    opened: bool


def minute_there(
    *,
    meeting: int,
    item: int | None,
    there: DrawnAt | int | None,
    text: str,
    version: int,
    by: str,
    at: datetime,
) -> Minuted:
    """What was said of `there`: what is drawn on the map, a place by its number, or no place and then an item.

    Raises as `write_minute` and `open_place`, and MeetingRefused where a place would be opened for no words; then
    nothing was changed.
    """
    with transaction.atomic():
        number, name, opened = _place_of(there, text, by, at)
        minute = write_minute(
            meeting=meeting, item=item, place=number, text=text, version=version, by=by, at=at
        )
    return Minuted(minute, Minute.objects.get(pk=minute).version, number, name, opened)


def _place_of(there: DrawnAt | int | None, text: str, by: str, at: datetime) -> tuple[int | None, str, bool]:
    """Number and name of the place, and whether it was opened for this minute."""
    if there is None:
        return None, "", False
    if isinstance(there, int):
        return there, place(number=there, by=by).name, False
    wanted = drawn(there.level, there.units)
    known = place_drawn_at(level=wanted.level, units=wanted.units, by=by)
    if known is not None:
        return known.number, known.name, False
    if not text.strip():
        raise MeetingRefused("Write what was said: a place is opened with its first minute.")
    number = open_place(
        name=there.name, level=wanted.level, units=wanted.units, owner="", origin=there.origin, by=by, at=at
    )
    return number, there.name, True
