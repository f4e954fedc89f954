"""Minutes beside the map: which meeting is on, what is written of the chosen place, and a minute kept."""

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError

from trigpoint.changes.editing import ChangedMeanwhile, NoSuchThing
from trigpoint.changes.minuting import minute_there
from trigpoint.changes.named_places import PlaceRefused
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import ChangeDenied, require_duty
from trigpoint.core.workflow.meeting import MeetingRefused
from trigpoint.core.workflow.place import PlaceMoveRefused
from trigpoint.web.meeting.beside_map import Beside, beside_map
from trigpoint.web.presenters.words import day_words
from trigpoint.web.viewer import viewer_of

Json = dict[str, object]
router = Router()
REFUSED = (MeetingRefused, PlaceRefused, PlaceMoveRefused, TextRefused)


class NewMinute(Schema):
    """`query` says what it is about, as the question for the panel did; `version` is of the text its writer saw."""

    query: str
    text: str
    version: int = 0


@router.get("/minutes/new")
def offered(request: HttpRequest) -> Json:
    """What the panel shows: the meetings that are on, what is written of what was chosen, and what was said before."""
    _taker(request)
    return _json(_found(request, request.GET))


@router.post("/minutes")
def save(request: HttpRequest, told: NewMinute) -> HttpResponse:
    """Keep it. 409 with the text as it is saved now, where somebody wrote meanwhile: nothing of either is lost."""
    by = _taker(request)
    found = _found(request, QueryDict(told.query))
    try:
        kept = minute_there(
            meeting=found.meeting.number, item=found.item.number if found.item else None, there=found.there,
            text=told.text, version=told.version, by=by, at=timezone.now(),
        )  # fmt: skip
    except ChangedMeanwhile as meanwhile:
        now = {"sentence": str(meanwhile), "now": meanwhile.now["text"], "version": meanwhile.version}
        return JsonResponse(now, status=409)
    except REFUSED as refusal:
        raise HttpError(422, str(refusal)) from refusal
    return JsonResponse(
        {
            "number": kept.minute,
            "version": kept.version,
            "place": {"number": kept.place, "name": kept.place_name, "opened": kept.opened},
            "stands": _stands(found),
        }
    )


def _found(request: HttpRequest, told: QueryDict) -> Beside:
    try:
        found = beside_map(request, told)
    except PlaceMoveRefused as refusal:
        raise HttpError(400, str(refusal)) from refusal
    except NoSuchThing as absent:
        raise HttpError(404, str(absent)) from absent
    if found is None:
        raise HttpError(
            400, "No meeting is on: minutes are taken from the freeze until the meeting is closed."
        )
    return found


def _taker(request: HttpRequest) -> str:
    viewer = viewer_of(request)
    try:
        require_duty("hold_meeting", role=viewer.role, user=viewer.user)
    except ChangeDenied as denial:
        raise HttpError(403, str(denial)) from denial
    return viewer.user


def _json(found: Beside) -> Json:
    minute = found.minute
    return {
        "meetings": [{"number": one.number, "words": one.words} for one in found.on],
        "meeting": found.meeting.number,
        "name": found.name,
        "place": found.place.number if found.place else None,
        "item": found.item.number if found.item else None,
        "about_place": found.there is not None,
        "read_by": found.read_by,
        "stands": _stands(found),
        "text": minute.text if minute else "",
        "version": minute.version if minute else 0,
        "before": [
            {"words": f"{of.quadrant_name}, {day_words(of.held_on)}", "text": one.text}
            for of, one in found.before
        ],
        "lost": [{"letter": one.letter, "name": one.name, "why": found.why_lost} for one in found.lost],
        "agenda": [
            {"number": one.number, "words": f"{one.position}. {one.title}"} for one in found.meeting.agenda
        ],
        "places": [{"number": one.number, "name": one.name} for one in found.places],
    }


def _stands(found: Beside) -> str:
    """Under what the minute is found on the meeting's page."""
    if found.item is None:
        return "Places taken up besides"
    return f"{found.item.position}. {found.item.title}"
