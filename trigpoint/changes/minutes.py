"""What a meeting said, by item of its agenda and by place. Earlier wordings lie in the audit."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from trigpoint.changes.editing import NoSuchThing, held
from trigpoint.changes.meetings import record_meeting, with_duty
from trigpoint.changes.told_text import told
from trigpoint.core.workflow.meeting import MeetingRefused, MeetingState
from trigpoint.db.models import AgendaItem, Meeting, Minute, Place

__all__ = ["MinuteTold", "list_minutes", "minutes_of_place", "write_minute"]

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class MinuteTold:
    """A minute. `item` is None where its item was dropped, or its place was taken up besides the agenda.

    `place` names the place it is about, "" for none; `meeting` is the number of its meeting.
    """

    number: int
    item: int | None
    place: str
    place_number: int | None
    text: str
    at: datetime
    version: int
    meeting: int


def list_minutes(*, meeting: int, by: str) -> tuple[MinuteTold, ...]:
    """In the order they were first taken. Raises ChangeDenied."""
    with_duty("read_meetings", by)
    return tuple(_told(one) for one in Minute.objects.filter(meeting_id=meeting).select_related("place"))


def minutes_of_place(*, place: int, by: str) -> tuple[MinuteTold, ...]:
    """Of every meeting that took it up, the latest first; those taken away are left out. Raises ChangeDenied."""
    with_duty("read_meetings", by)
    found = Minute.objects.filter(place_id=place).exclude(text="").select_related("place")
    return tuple(_told(one) for one in found.order_by("-meeting__held_on", "-at", "-pk"))


def _told(one: Minute) -> MinuteTold:
    place = one.place.name if one.place else ""
    return MinuteTold(
        int(one.pk), one.item_id, place, one.place_id, one.text, one.at, one.version, int(one.meeting_id)
    )


def write_minute(
    *,
    meeting: int,
    item: int | None,
    text: str,
    by: str,
    at: datetime,
    place: int | None = None,
    version: int | None = None,
) -> int:
    """What was said under an item, of a place or of none: one text each. Gives its number.

    `item` is None for a place that no item of the agenda is about: it is taken up besides.
    `version` is of the text that its writer saw, None or 0 where there was none. An empty text takes the minute away.
    Raises ChangeDenied, NoSuchThing, TextRefused, MeetingRefused, and ChangedMeanwhile where somebody wrote meanwhile.
    """
    account = with_duty("hold_meeting", by)
    words = told(text, what="the minute", longest=LONGEST, needed=False)
    with transaction.atomic():
        found = held(Meeting, meeting, None, ())
        if MeetingState(found.state) in (MeetingState.PLANNED, MeetingState.CLOSED):
            raise MeetingRefused("Minutes are taken from the freeze until the meeting is closed.")
        minute = _minute(found, item, place, version)
        before, minute.text = minute.text, words
        minute.by, minute.at = account.user, at
        minute.save()
        detail: dict[str, object] = {"minute": int(minute.pk), "item": item, "place": place, "before": before}
        record_meeting("minute_taken", found, account, at, detail)
    return int(minute.pk)


def _minute(meeting: Meeting, item: int | None, place: int | None, version: int | None) -> Minute:
    """The minute of that item and place, locked and a version on, or a new one."""
    if item is None and place is None:
        raise MeetingRefused("A minute is of an item of the agenda, or of a place.")
    if item is not None and not AgendaItem.objects.filter(pk=item, meeting=meeting).exists():
        raise NoSuchThing(f"Meeting {meeting.pk} has no item {item}.")
    if place is not None and not Place.objects.filter(pk=place).exists():
        raise NoSuchThing(f"There is no place {place}.")
    about = Q(place__isnull=True) if place is None else Q(place_id=place)
    under = Q(item__isnull=True) if item is None else Q(item_id=item)
    known = Minute.objects.filter(about, under, meeting=meeting).first()
    if known is None:
        return Minute(meeting=meeting, item_id=item, place_id=place, version=1)
    minute = held(Minute, int(known.pk), version or 0, ("text",))
    minute.version += 1
    return minute
