"""Which meeting a decision belongs to, and which comes after it."""

from dataclasses import dataclass
from datetime import date, datetime

from trigpoint.changes.acting import acting
from trigpoint.db.models import Meeting
from trigpoint.gate.quadrants import home_quadrants

__all__ = ["Sitting", "meeting_after", "meeting_now", "quadrant_meeting_after"]

_AT_THE_TABLE = (Meeting.State.FROZEN, Meeting.State.HELD)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as decisions need it; `quadrant` is empty for one of the whole county."""

    number: int
    quadrant: str
    held_on: date
    state: str
    frozen_at: datetime | None


def meeting_now(*, district: str, on: date, by: str) -> Sitting | None:
    """The meeting that decides on a place of that district: a frozen one, one not closed yet, else the next planned.

    `district` is a code, empty for the whole county. None where no meeting is planned for it. Raises ChangeDenied.
    """
    acting(by, "read_meetings")
    open_ones = [one for one in _of(district) if one.state in _AT_THE_TABLE]
    frozen = [one for one in open_ones if one.state == Meeting.State.FROZEN]
    if frozen:
        return _told(frozen[0])
    return _told(open_ones[-1]) if open_ones else meeting_after(district=district, after=on, by=by, same=True)


def meeting_after(*, district: str, after: date, by: str, same: bool = False) -> Sitting | None:
    """The next planned meeting of that district after a day, or on it too where `same` is true."""
    acting(by, "read_meetings")
    coming = (
        one
        for one in _of(district)
        if one.state == Meeting.State.PLANNED and (one.held_on > after or (same and one.held_on == after))
    )
    found = next(coming, None)
    return None if found is None else _told(found)


def quadrant_meeting_after(*, quadrant: str, after: date, by: str) -> Sitting | None:
    """The next meeting of that quadrant after a day, planned or frozen, or of the county; the county's alone for "".

    Raises ChangeDenied.
    """
    acting(by, "read_meetings")
    coming = Meeting.objects.filter(
        state__in=(Meeting.State.PLANNED, Meeting.State.FROZEN),
        held_on__gt=after,
        quadrant__in={quadrant, ""},
    )
    found = coming.order_by("held_on", "pk").first()
    return None if found is None else _told(found)


def _of(district: str) -> list[Meeting]:
    """Meetings that talk of the district, by their day: those of its quadrant, and of the whole county."""
    quadrants = {one.code for one in home_quadrants() if not district or district in one.districts}
    meetings = Meeting.objects.exclude(state=Meeting.State.CLOSED).order_by("held_on", "pk")
    return [one for one in meetings if not one.quadrant or one.quadrant in quadrants]


def _told(meeting: Meeting) -> Sitting:
    return Sitting(int(meeting.pk), meeting.quadrant, meeting.held_on, meeting.state, meeting.frozen_at)
