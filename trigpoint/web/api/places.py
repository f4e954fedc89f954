"""Places drawn by hand on the map: what a drawing lies on, the place opened from it, and one drawn anew."""

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from trigpoint.changes.editing import ChangedMeanwhile, NoSuchThing
from trigpoint.changes.named_places import PlaceRefused, open_place, place, places_overlapping
from trigpoint.changes.place_edits import redraw_place
from trigpoint.changes.place_ground import middle_of, unit_names, ward_name_of
from trigpoint.changes.told_text import TextRefused
from trigpoint.core.sharing.duties import ChangeDenied, require_duty
from trigpoint.core.workflow.place import Drawn, PlaceMoveRefused, drawn
from trigpoint.web.viewer import viewer_of

Json = dict[str, object]
router = Router()
REFUSED = (PlaceRefused, PlaceMoveRefused, TextRefused)


class NewPlace(Schema):
    """`beside` are numbers of open places on the same ground that are meant to stay apart."""

    name: str
    level: str
    units: list[str]
    owner: str = ""
    beside: list[int] = Field(default_factory=list)


class Redrawn(Schema):
    """`version` is the one that its writer was shown."""

    level: str
    units: list[str]
    version: int
    beside: list[int] = Field(default_factory=list)


@router.get("/places/drawn")
def drawing(request: HttpRequest, level: str = "", units: str = "", place: int | None = None) -> Json:
    """What a drawing's units are called, its ward, and the open places on the same ground but for `place`."""
    by = _decider(request)
    try:
        wanted = drawn(level, units.split(","))
        names, ward = unit_names(wanted), ward_name_of(wanted)
        overlaps = places_overlapping(level=wanted.level, units=wanted.units, by=by, without=place)
    except PlaceMoveRefused as refusal:
        raise HttpError(400, str(refusal)) from refusal
    return {
        "units": [{"code": code, "name": name} for code, name in zip(wanted.units, names, strict=True)],
        "ward": ward,
        "overlaps": [{"number": one.number, "name": one.name} for one in overlaps],
    }


@router.get("/places/{number}")
def one_place(request: HttpRequest, number: int) -> Json:
    """A place as its drawing is changed from: name, level, units with where each lies, and the version shown."""
    try:
        told = place(number=number, by=_decider(request))
        names = unit_names(Drawn(told.level, told.units))
    except NoSuchThing as none:
        raise HttpError(404, str(none)) from none
    except PlaceMoveRefused:
        names = told.units
    return {
        "number": told.number,
        "name": told.name,
        "level": told.level,
        "version": told.version,
        "open": told.is_open,
        "units": [
            {"code": code, "name": name, "at": middle_of(code)}
            for code, name in zip(told.units, names, strict=True)
        ],
    }


@router.post("/places")
def save(request: HttpRequest, told: NewPlace) -> Json:
    """Open a place drawn by hand; refused where an open one lies there that its writer did not say is another."""
    by, at = _decider(request), timezone.now()
    try:
        number = open_place(
            name=told.name, level=told.level, units=told.units, owner=told.owner, origin="", by=by, at=at,
            beside=told.beside,
        )  # fmt: skip
    except REFUSED as refusal:
        raise HttpError(400, str(refusal)) from refusal
    return {"number": number}


@router.post("/places/{number}/units")
def redraw(request: HttpRequest, number: int, told: Redrawn) -> Json:
    """Change what a place covers. 409 with what it says by now where somebody changed it meanwhile."""
    by, at = _decider(request), timezone.now()
    try:
        redraw_place(
            number=number,
            level=told.level,
            units=told.units,
            version=told.version,
            by=by,
            at=at,
            beside=told.beside,
        )
    except REFUSED as refusal:
        raise HttpError(400, str(refusal)) from refusal
    except NoSuchThing as none:
        raise HttpError(404, str(none)) from none
    except ChangedMeanwhile as meanwhile:
        now = meanwhile.now
        words = f"It is now “{now['name']}”, of {len(now['units'].split(','))} units; yours is kept here."
        raise HttpError(409, f"Someone changed this place while you were drawing. {words}") from meanwhile
    return {"number": number}


def _decider(request: HttpRequest) -> str:
    viewer = viewer_of(request)
    try:
        require_duty("decide", role=viewer.role, user=viewer.user)
    except ChangeDenied as denial:
        raise HttpError(403, str(denial)) from denial
    return viewer.user
