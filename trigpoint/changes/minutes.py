"""What a meeting said, by item of its agenda and by place. Earlier wordings lie in the audit."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from trigpoint.changes.editing import NoSuchThing, held
from trigpoint.changes.meetings import record_meeting, with_duty
from trigpoint.changes.told_text import told
from trigpoint.core.workflow.meeting import MeetingRefused, MeetingState
from trigpoint.db.models import AgendaItem, Meeting, Minute, Place

__all__ = ["MinuteTold", "list_minutes", "write_minute"]

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class MinuteTold:
    """A minute. `item` is None where its item was dropped; `place` names the place it is about, "" for none."""

    number: int
    item: int | None
    place: str
    place_number: int | None
    text: str
    at: datetime
    version: int


def list_minutes(*, meeting: int, by: str) -> tuple[MinuteTold, ...]:
    """In the order they were first taken. Raises ChangeDenied."""
    with_duty("read_meetings", by)
    found = Minute.objects.filter(meeting_id=meeting).select_related("place")
    return tuple(
        MinuteTold(
            int(one.pk), one.item_id, one.place.name if one.place else "", one.place_id, one.text, one.at,
            one.version,
        )
        for one in found
    )  # fmt: skip


def write_minute(
    *,
    meeting: int,
    item: int,
    text: str,
    by: str,
    at: datetime,
    place: int | None = None,
    version: int | None = None,
) -> int:
    """What was said under an item, of a place or of none: one text each. Gives its number.

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


def _minute(meeting: Meeting, item: int, place: int | None, version: int | None) -> Minute:
    """The minute of that item and place, locked and a version on, or a new one."""
    if not AgendaItem.objects.filter(pk=item, meeting=meeting).exists():
        raise NoSuchThing(f"Meeting {meeting.pk} has no item {item}.")
    if place is not None and not Place.objects.filter(pk=place).exists():
        raise NoSuchThing(f"There is no place {place}.")
    about = {"place_id": place} if place is not None else {"place__isnull": True}
    known = Minute.objects.filter(meeting=meeting, item_id=item, **about).first()
    if known is None:
        return Minute(meeting=meeting, item_id=item, place_id=place, version=1)
    minute = held(Minute, int(known.pk), version or 0, ("text",))
    minute.version += 1
    return minute
