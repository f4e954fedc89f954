"""The demo's meetings: two of one quadrant that were held and closed, the next one frozen, and one of another to come."""

from datetime import date, datetime, timedelta

from trigpoint.changes.agenda import finish_item
from trigpoint.changes.freezing import freeze_meeting
from trigpoint.changes.meetings import (
    MeetingTold,
    close_meeting,
    hold_meeting,
    mark_step,
    meeting,
    plan_meeting,
    seat_agencies,
)
from trigpoint.changes.minutes import write_minute
from trigpoint.core.workflow.meeting import next_meeting
from trigpoint.gate.asked import LONDON
from trigpoint.gate.quadrants import home_quadrants
from trigpoint.web.meeting.kept_maps import draw_kept

__all__ = ["coming_day", "play_meetings"]

CHAIR = "chair"
"""Who freezes, so that the room reads what was kept; others are answered anew where they are permitted less."""

FIRST = date(2026, 9, 23)
KEPT = ("hot-now", "coverage", "notices")
"""What past meetings of the demo keep: what needs no run."""
KEPT_NEXT = (*KEPT, "questions")
"""What the next one keeps, as its pack lists the questions. A meeting that somebody freezes keeps the silences, too."""
FREEZE = timedelta(days=5)
ABSENT = ("health",)
SAID = (
    {
        "welcome": "Confidentiality and the marking were read out. No interest was declared.",
        "hot": "Each place was looked at in turn. Schools near the first are asked before the next meeting.",
        "release": "The district sheet goes to community safety; nothing finer leaves the room.",
    },
    {
        "welcome": "Confidentiality and the marking were read out. Community safety runs a centre near one place.",
        "hot": "The places of last month were looked at first. Transport staff on the way home are to be briefed.",
        "health": "What came late was looked at in the room.",
    },
)


def coming_day(at: datetime) -> date:
    """The day of the next meeting of the quadrant that has met before."""
    following = next_meeting(next_meeting(FIRST, 1), 1)
    while following < at.astimezone(LONDON).date():
        following = next_meeting(following, 1)
    return following


def play_meetings(*, by: str, at: datetime, plans: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Plan, freeze, hold and close them by the functions that people use; the coming one keeps the results of `plans`.

    Gives their numbers, in order.
    """
    codes = [one.code for one in home_quadrants()]
    first = "south" if "south" in codes else next(iter(codes), "")
    days, following = [FIRST, next_meeting(FIRST, 1)], coming_day(at)
    numbers = [_held(first, day, said, by=by, at=at) for day, said in zip(days, SAID, strict=True)]
    coming = plan_meeting(quadrant=first, held_on=following, by=by, at=at)
    kept = (*KEPT_NEXT, *(f"evaluation-{plan}" for plan in plans))
    freeze_meeting(number=coming, version=1, by=CHAIR, at=at, may_wait=True, only=kept, draw=draw_kept)
    mark_step(number=coming, step="placed", done=True, version=2, by=by, at=at)
    numbers.append(coming)
    others = [code for code in codes if code != first]
    if others:
        later = plan_meeting(quadrant=others[0], held_on=following + timedelta(days=7), by=by, at=at)
        numbers.append(later)
    return tuple(numbers)


def _held(quadrant: str, day: date, said: dict[str, str], *, by: str, at: datetime) -> int:
    number = plan_meeting(quadrant=quadrant, held_on=day, by=by, at=at)
    freeze_meeting(
        number=number,
        version=1,
        by=CHAIR,
        at=at,
        may_wait=True,
        known=day - FREEZE,
        only=KEPT,
        draw=draw_kept,
    )
    found = meeting(number=number, by=by)
    _seats(found, by=by, at=at)
    for item in found.agenda:
        if item.item in said:
            write_minute(meeting=number, item=item.number, text=said[item.item], by=by, at=at)
        finish_item(number=item.number, done=True, version=item.version, by=by, at=at)
    hold_meeting(number=number, version=2, by=by, at=at)
    for place, step in enumerate(one for one in found.steps if one.name not in ("frozen", "meeting")):
        mark_step(number=number, step=step.name, done=True, version=3 + place, by=by, at=at)
    return close_meeting(number=number, version=_version(number, by), by=by, at=at)


def _seats(found: MeetingTold, *, by: str, at: datetime) -> None:
    said: dict[str, bool | None] = {one.agency: one.agency not in ABSENT for one in found.attendance}
    seat_agencies(number=found.number, said=said, seen={}, version=found.seats_version, by=by, at=at)


def _version(number: int, by: str) -> int:
    return meeting(number=number, by=by).version
