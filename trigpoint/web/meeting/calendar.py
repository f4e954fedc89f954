"""The calendar: the next meeting of each quadrant with its timetable, and those that were held."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.actions_told import list_actions
from trigpoint.changes.meetings import MeetingTold, list_meetings
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.workflow.meeting import next_meeting
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.meeting_terms import home_terms
from trigpoint.gate.quadrants import Quadrant, home_quadrants
from trigpoint.web.meeting.kept import kept_places
from trigpoint.web.meeting.late_by import late_by
from trigpoint.web.meeting.page import districts_of, health_of, kept_of
from trigpoint.web.meeting.timetable import Late, StepShown, late_of, steps_shown
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.viewer import viewer_of

__all__ = ["Coming", "calendar_page"]


@dataclass(frozen=True, slots=True)
class Coming:
    """A meeting that is not closed, with its timetable and what is late."""

    meeting: MeetingTold
    steps: tuple[StepShown, ...]
    late: tuple[Late, ...]


def calendar_page(request: HttpRequest) -> dict[str, object]:
    """The context. Raises ChangeDenied where the person reads no meetings."""
    viewer, today = viewer_of(request), timezone.localdate()
    found = list_meetings(by=viewer.user)
    coming = tuple(_coming(request, one, today) for one in found if one.state != "closed")
    return {
        **tabs("meetings", viewer.role),
        "coming": coming,
        "over": tuple(one for one in reversed(found) if one.state == "closed"),
        "quadrants": home_quadrants(),
        "suggested": _suggested(found, home_quadrants(), today),
        "may_hold": viewer.role in DUTIES["hold_meeting"],
    }


def _coming(request: HttpRequest, one: MeetingTold, today: date) -> Coming:
    health = health_of(request, one, today)
    by = viewer_of(request).user
    late = any(each.late(today) for each in one.steps if each.name == "checked")
    hot = next((each for each in kept_of(request, one) if late and each.name == "hot-now"), None)
    places = kept_places(hot, districts_of(request, one), home_terms().most_places)
    actions = list_actions(by=by, meeting=one.number)
    whose = late_by(one, places, actions, dict(agency_names()), today, by)
    return Coming(one, steps_shown(one, today, health), late_of(one, today, health, whose))


def _suggested(found: tuple[MeetingTold, ...], quadrants: tuple[Quadrant, ...], today: date) -> date:
    """The day of the next meeting by the cadence: after the last of the quadrant that meets next."""
    months = home_terms().cadence_months
    last = {one.quadrant: one.held_on for one in found}
    codes = [one.code for one in quadrants] or [""]
    known = [last[code] for code in codes if code in last]
    first = min(known) if known else today
    day = next_meeting(first, months)
    while day <= today:
        day = next_meeting(day, months)
    return day
