"""The agenda of a meeting: items added, moved, retitled, dropped, done. What a meeting has closed is not changed."""

from datetime import datetime

from django.db import transaction

from trigpoint.changes.editing import held
from trigpoint.changes.meetings import record_meeting, with_duty
from trigpoint.changes.told_text import told
from trigpoint.core.workflow.meeting import MeetingRefused, MeetingState
from trigpoint.db.models import AgendaItem, Meeting
from trigpoint.gate.meeting_terms import ITEMS

__all__ = ["add_item", "drop_item", "finish_item", "move_item", "retitle_item"]

SHOWN = ("title", "minutes")
MOST_MINUTES = 600


def add_item(
    *,
    meeting: int,
    title: str,
    minutes: int,
    by: str,
    at: datetime,
    item: str = "other",
    place: int | None = None,
) -> int:
    """A further item, as the `place`th of the agenda, counted from 1, or last. Gives its number.

    Raises ChangeDenied, NoSuchThing, TextRefused, MeetingRefused.
    """
    account = with_duty("hold_meeting", by)
    words = told(title, what="the title", longest=200)
    if item not in ITEMS:
        raise MeetingRefused(f"There is no item {item}.")
    with transaction.atomic():
        found = _open(meeting)
        last = found.agenda.last()
        made = AgendaItem.objects.create(
            meeting=found, position=last.position + 1 if last else 1, item=item, title=words,
            minutes=_minutes(minutes),
        )  # fmt: skip
        stands = _put_at(found, int(made.pk), place)
        record_meeting("item_added", found, account, at, {"item": int(made.pk), "kind": item, "to": stands})
    return int(made.pk)


def retitle_item(
    *, number: int, title: str, minutes: int, version: int, by: str, at: datetime, place: int | None = None
) -> int:
    """Other words, another time or another `place` for an item. Raises as `add_item`, and ChangedMeanwhile."""
    account = with_duty("hold_meeting", by)
    words = told(title, what="the title", longest=200)
    with transaction.atomic():
        item = held(AgendaItem, number, version, SHOWN)
        _open(item.meeting_id)
        before = {"title_before": item.title, "minutes_before": item.minutes}
        item.title, item.minutes = words, _minutes(minutes)
        item.version += 1
        item.save()
        stands = _put_at(item.meeting, number, place)
        record_meeting("item_retitled", item.meeting, account, at, {"item": number, "to": stands, **before})
    return number


def move_item(*, number: int, up: bool, by: str, at: datetime) -> int:
    """Change places with the item before it, or after it; the first does not go up nor the last down."""
    account = with_duty("hold_meeting", by)
    with transaction.atomic():
        item = held(AgendaItem, number, None, SHOWN)
        order = list(_open(item.meeting_id).agenda.select_for_update())
        other = next(place for place, one in enumerate(order) if one.pk == item.pk) + (-1 if up else 1)
        if 0 <= other < len(order):
            _put_at(item.meeting, number, other + 1)
            record_meeting("item_moved", item.meeting, account, at, {"item": number, "to": other + 1})
    return number


def drop_item(*, number: int, version: int, by: str, at: datetime) -> int:
    """Take an item off the agenda; what was said under it stays in the minutes. Raises as `retitle_item`."""
    account = with_duty("hold_meeting", by)
    with transaction.atomic():
        item = held(AgendaItem, number, version, SHOWN)
        found = _open(item.meeting_id)
        detail: dict[str, object] = {"item": number, "kind": item.item, "title": item.title}
        item.delete()
        record_meeting("item_dropped", found, account, at, detail)
    return number


def finish_item(*, number: int, done: bool, version: int, by: str, at: datetime) -> int:
    """Say that the room is through with an item, or not after all. Raises as `retitle_item`."""
    account = with_duty("hold_meeting", by)
    with transaction.atomic():
        item = held(AgendaItem, number, version, SHOWN)
        _open(item.meeting_id)
        item.done_at, item.version = at if done else None, item.version + 1
        item.save()
        record_meeting("item_done", item.meeting, account, at, {"item": number, "done": done})
    return number


def _put_at(meeting: Meeting, number: int, place: int | None) -> int:
    """The item where it is to stand, the others in their order; where it stands now, counted from 1."""
    order = [int(one.pk) for one in meeting.agenda.select_for_update().order_by("position", "pk")]
    stands = order.index(number) + 1
    if place is None:
        return stands
    order.remove(number)
    order.insert(min(max(place, 1) - 1, len(order)), number)
    for position, pk in enumerate(order, start=1):
        AgendaItem.objects.filter(pk=pk).update(position=position)
    return order.index(number) + 1


def _open(number: int) -> Meeting:
    found = held(Meeting, number, None, ())
    if MeetingState(found.state) is MeetingState.CLOSED:
        raise MeetingRefused("This meeting is closed: its agenda stays as it was.")
    return found


def _minutes(told_minutes: int) -> int:
    if not 0 <= told_minutes <= MOST_MINUTES:
        raise MeetingRefused(f"Minutes are a whole number from 0 to {MOST_MINUTES}.")
    return told_minutes
