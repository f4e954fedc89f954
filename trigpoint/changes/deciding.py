"""A decision on a hotspot of the map: its place is opened with it where there is none, and both are kept or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from trigpoint.changes.actions import decide
from trigpoint.changes.named_places import open_place, place, place_drawn_at, places_overlapping
from trigpoint.changes.sittings import meeting_now
from trigpoint.core.workflow.place import drawn

__all__ = ["Decided", "DrawnAt", "decide_there"]


@dataclass(frozen=True, slots=True)
class DrawnAt:
    """Where on the map: a name and codes of a level; `origin` is the question whose hotspot it is."""

    name: str
    level: str
    units: Sequence[str]
    origin: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was kept: numbers of the decision, its place and its meeting (None where none is planned)."""

    action: int
    place: int
    place_name: str
    opened: bool
    meeting: int | None


def decide_there(
    *,
    there: DrawnAt,
    kind: str,
    agency: str,
    what: str,
    due_on: date | None,
    expected_change: str,
    how_seen: str,
    because: str,
    on: date,
    by: str,
    at: datetime,
    at_place: int | None = None,
    beside: Sequence[int] = (),
) -> Decided:
    """Decide on what is drawn there, in the meeting of its district that sits now or comes next.

    `at_place` is the number of an open place there that is meant instead of a new one; it must share ground with what is
    drawn. `beside` are those that are not meant. Raises as `decide` and `open_place`; then nothing was changed.
    """
    with transaction.atomic():
        wanted = drawn(there.level, there.units)
        there_now = places_overlapping(level=wanted.level, units=wanted.units, by=by)
        known = next((one for one in there_now if one.number == at_place), None)
        known = known or place_drawn_at(level=wanted.level, units=wanted.units, by=by)
        number = (
            known.number
            if known
            else open_place(
                name=there.name,
                level=wanted.level,
                units=wanted.units,
                owner=agency,
                origin=there.origin,
                by=by,
                at=at,
                beside=beside,
            )
        )
        told = known or place(number=number, by=by)
        sitting = meeting_now(district=told.district, on=on, by=by)
        meeting = sitting.number if sitting else None
        action = decide(
            kind=kind, agency=agency, what=what, due_on=due_on, expected_change=expected_change,
            how_seen=how_seen, because=because, meeting=meeting, place=number, by=by, at=at,
        )  # fmt: skip
    return Decided(action, number, told.name, known is None, meeting)
