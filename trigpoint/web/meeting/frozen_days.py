"""Meetings that are frozen, for pages that go on: a stamp that leads to them, and the days that a map may go back to."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.meetings import MeetingTold, list_meetings
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.web.viewer import viewer_of

__all__ = ["FrozenLink", "frozen_link", "frozen_links", "meeting_days", "meeting_on"]


@dataclass(frozen=True, slots=True)
class FrozenLink:
    """A meeting that is frozen and not closed. `words` is "South, 25 November"."""

    number: int
    words: str
    frozen_at: datetime


def frozen_links(request: HttpRequest, quadrant: str) -> tuple[FrozenLink, ...]:
    """Of a quadrant and of the whole county, of every quadrant where none is named; none for who reads no meetings."""
    found = (
        frozen_link(one)
        for one in _frozen(request)
        if one.state != "closed" and (not quadrant or one.quadrant in ("", quadrant))
    )
    return tuple(one for one in found if one is not None)


def frozen_link(of: MeetingTold) -> FrozenLink | None:
    """The stamp of one meeting; None where it is not frozen."""
    if of.frozen_at is None:
        return None
    return FrozenLink(of.number, f"{of.quadrant_name}, {of.held_on:%-d %B}", of.frozen_at)


def meeting_on(request: HttpRequest) -> str:
    """Which meetings minutes can be taken of, in words for whoever takes them; "" for everybody else, and for none."""
    if viewer_of(request).role not in DUTIES["hold_meeting"]:
        return ""
    words = [one.words for one in frozen_links(request, "")]
    return words[0] if len(words) == 1 else f"{len(words)} meetings are on" if words else ""


def meeting_days(request: HttpRequest) -> tuple[tuple[date, str], ...]:
    """The days on which meetings were frozen, the newest first, each with whose meeting it was."""
    found = {
        timezone.localtime(one.frozen_at).date(): f"{one.quadrant_name} meeting, {one.held_on:%-d %B %Y}"
        for one in _frozen(request)
        if one.frozen_at
    }
    return tuple(sorted(found.items(), reverse=True))


def _frozen(request: HttpRequest) -> tuple[MeetingTold, ...]:
    viewer = viewer_of(request)
    if viewer.role not in DUTIES["read_meetings"]:
        return ()
    return tuple(one for one in list_meetings(by=viewer.user) if one.is_frozen)
