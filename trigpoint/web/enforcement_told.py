"""What the page of enforcement and the meeting's page ask the gate: notices, and what ends when and where."""

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest

from trigpoint.changes.sittings import quadrant_meeting_after
from trigpoint.core.workflow.meeting import next_meeting
from trigpoint.gate.quadrants import Quadrant, home_quadrants
from trigpoint.web.asking_softly import Part, asked_softly
from trigpoint.web.presenters.enforcement import NoticeRow, ends_before_rows
from trigpoint.web.presenters.plain import words

__all__ = ["EndsBefore", "area_names", "ends_before", "ends_before_meeting", "ends_by_quadrant"]


@dataclass(frozen=True, slots=True)
class EndsBefore:
    """For `parts/ends_before.html`: notices that end before a day, or why they are not told.

    `rows` are those in the quadrant (`where`, "" for the whole county), `elsewhere` those in other districts or in none
    that may be told. `planned` is whether the day is a meeting's, and not only the day after which one is due.
    """

    day: date
    rows: list[NoticeRow] = field(default_factory=list)
    sentence: str = ""
    where: str = ""
    elsewhere: list[NoticeRow] = field(default_factory=list)
    planned: bool = False


def ends_before(
    request: HttpRequest, day: date, quadrant: Quadrant | None, *, planned: bool, notices: Part | None = None
) -> EndsBefore:
    """Notices in force that end before a day, as this person may be told of them; the county's where no quadrant."""
    part = notices or asked_softly(request, "notices", {})
    where = quadrant.name if quadrant else ""
    if part.answer is None:
        return EndsBefore(day, sentence=part.sentence, where=where, planned=planned)
    told = ends_before_rows(part.answer, day, area_names(request))
    here = [one for one in told if quadrant is None or one.district in quadrant.districts]
    elsewhere = [one for one in told if one not in here]
    return EndsBefore(day, here, where=where, elsewhere=elsewhere, planned=planned)


def ends_before_meeting(
    request: HttpRequest, *, quadrant: str, held_on: date, cadence_months: int, by: str
) -> EndsBefore:
    """What ends before the meeting after this one, of its own quadrant; where none is planned, before it is due."""
    found = next((one for one in home_quadrants() if one.code == quadrant), None)
    following = quadrant_meeting_after(quadrant=quadrant, after=held_on, by=by)
    day = following.held_on if following else next_meeting(held_on, cadence_months)
    return ends_before(request, day, found, planned=following is not None)


def ends_by_quadrant(
    request: HttpRequest, *, today: date, cadence_months: int, by: str, notices: Part
) -> list[EndsBefore]:
    """For each quadrant what ends before its own next meeting; of the county where it has no quadrants."""
    found = []
    for quadrant in home_quadrants() or (None,):
        code = quadrant.code if quadrant else ""
        following = quadrant_meeting_after(quadrant=code, after=today, by=by)
        day = following.held_on if following else next_meeting(today, cadence_months)
        found.append(ends_before(request, day, quadrant, planned=following is not None, notices=notices))
    return [*found, *_of_no_quadrant(found)]


def _of_no_quadrant(found: list[EndsBefore]) -> list[EndsBefore]:
    """What ends in a district that no quadrant has, or in one that is not told."""
    known = {one for each in found for one in each.rows}
    last = max(found, key=lambda one: one.day)
    left = [one for one in last.elsewhere if one not in known]
    return [EndsBefore(last.day, left, where="No quadrant", planned=last.planned)] if left else []


def area_names(request: HttpRequest) -> dict[str, str]:
    """Names of wards and districts by code: published geography."""
    found: dict[str, str] = {}
    for level in ("district", "ward"):
        part = asked_softly(request, "shapes", {"level": [level]})
        if part.answer is not None:
            found |= dict(
                zip(words(part.answer.columns["code"]), words(part.answer.columns["name"]), strict=True)
            )
    return found
