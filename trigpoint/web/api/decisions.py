"""A decision from the map: what its panel offers, what could be detected, and the decision itself."""

from datetime import date

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from trigpoint.changes.actions import ActionRefused, list_actions
from trigpoint.changes.deciding import decide_there
from trigpoint.changes.named_places import PlaceRefused, places_overlapping
from trigpoint.changes.place_ground import district_of
from trigpoint.changes.sittings import Sitting
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import ChangeDenied, require_duty
from trigpoint.core.workflow.due import DueRefused, due_from
from trigpoint.core.workflow.place import PlaceMoveRefused
from trigpoint.web.deciding import (
    dates_offered,
    detectable,
    drawn_at,
    kinds_offered,
    known_place,
    sitting_for,
)
from trigpoint.web.presenters.words import day_words
from trigpoint.web.read_by import read_by
from trigpoint.web.viewer import viewer_of

Json = dict[str, object]
router = Router()
REFUSED = (ActionRefused, PlaceRefused, PlaceMoveRefused, TextRefused, DueRefused)


class NewDecision(Schema):
    """`query` is the map's question with the hotspot's `letter`; `due` a day as people type it.

    `place` is an open place there that is meant instead of a new one, `beside` those that are not.
    """

    query: str
    kind: str
    agency: str = ""
    what: str = ""
    due: str = ""
    expected_change: str = ""
    how_seen: str = ""
    because: str = ""
    place: int | None = None
    beside: list[int] = Field(default_factory=list)


@router.get("/decisions/new")
def offered(request: HttpRequest) -> Json:
    """What the panel of a decision on a hotspot offers: place, meeting, kinds, days, and what is open there."""
    by, today = _decider(request), timezone.localdate()
    there = drawn_at(request, request.GET)
    try:
        drawing, known = known_place(there, by)
        district = known.district if known else district_of(drawing)
        overlapping = places_overlapping(level=drawing.level, units=drawing.units, by=by)
    except PlaceMoveRefused as refusal:
        raise HttpError(400, str(refusal)) from refusal
    sitting = sitting_for(district, today, by)
    days = dates_offered(today=today, district=district, sitting=sitting, by=by)
    actions = list_actions(by=by, place=known.number) if known else ()
    return {
        "place": {"number": known.number if known else None, "name": known.name if known else there.name},
        "beside": [] if known else [{"number": one.number, "name": one.name} for one in overlapping],
        "read_by": read_by(request, request.GET, known),
        "meeting": _meeting(sitting),
        "today": today.isoformat(),
        "kinds": kinds_offered(),
        "days": [{"day": one.day.isoformat(), "words": one.words, "why": one.why} for one in days],
        "open": [
            {"words": one.sentence, "state": one.state_words, "overdue": one.is_overdue(today)}
            for one in actions
            if one.is_open
        ],
    }


@router.get("/decisions/detectable")
def could_be_seen(request: HttpRequest) -> Json:
    """The smallest fall that could be told from chance at the hotspot, before anything is done; or 202 with a run."""
    by, today = _decider(request), timezone.localdate()
    drawing, _ = known_place(drawn_at(request, request.GET), by)
    return {
        "sentence": detectable(request, drawing, request.GET, _start(request.GET.get("start", ""), today))
    }


@router.post("/decisions")
def save(request: HttpRequest, told: NewDecision) -> Json:
    """Keep it; the place is opened with it where there is none. Its words, its number, and those of place and meeting."""
    by, at, today = _decider(request), timezone.now(), timezone.localdate()
    there = drawn_at(request, QueryDict(told.query))
    try:
        kept = decide_there(
            there=there, kind=told.kind, agency=told.agency, what=told.what,
            due_on=due_from(told.due, today) if told.due else None, expected_change=told.expected_change,
            how_seen=told.how_seen, because=told.because, on=today, by=by, at=at,
            at_place=told.place, beside=told.beside,
        )  # fmt: skip
    except REFUSED as refusal:
        raise HttpError(400, str(refusal)) from refusal
    return {
        "number": kept.action,
        "words": _read_back(kept.action, kept.place, by),
        "place": {"number": kept.place, "name": kept.place_name, "opened": kept.opened},
        "meeting": kept.meeting,
    }


def _read_back(number: int, place: int, by: str) -> str:
    """What was kept, as the minutes say it: who does what, where, and by when."""
    kept = next((one for one in list_actions(by=by, place=place) if one.number == number), None)
    if kept is None:
        return ""
    return f"{kept.sentence} By {day_words(kept.due_on)}." if kept.due_on else kept.sentence


def _decider(request: HttpRequest) -> str:
    viewer = viewer_of(request)
    try:
        require_duty("decide", role=viewer.role, user=viewer.user)
    except ChangeDenied as denial:
        raise HttpError(403, str(denial)) from denial
    return viewer.user


def _start(told: str, today: date) -> date:
    try:
        return due_from(told, today) if told else today
    except DueRefused as refusal:
        raise HttpError(400, str(refusal)) from refusal


def _meeting(sitting: Sitting | None) -> Json | None:
    if sitting is None:
        return None
    return {
        "number": sitting.number,
        "words": day_words(sitting.held_on),
        "frozen": sitting.frozen_at is not None,
    }
