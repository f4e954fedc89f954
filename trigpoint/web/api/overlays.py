"""The map's overlays: what stands around a place, work of our own, routes, gaps both ways, and where is silence."""

from datetime import date

from django.http import HttpRequest
from ninja import Router

from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names
from trigpoint.web.api.layers import class_labels
from trigpoint.web.asking import Words, asked
from trigpoint.web.evidence import test_words
from trigpoint.web.planned_told import PLANNED, planned_features
from trigpoint.web.presenters.filters import filter_words
from trigpoint.web.presenters.overlay_counts import counts_json
from trigpoint.web.presenters.overlays import (
    around_json,
    corridor_json,
    gaps_json,
    names_of,
    routes_json,
    work_json,
)
from trigpoint.web.presenters.silence import silence_json

Json = dict[str, object]
METRES_A_MINUTE = 80
WALKS = ("5", "10", "15", "20")
PERIOD = ("from", "to", "known")
router = Router()


@router.get("/around")
def around(request: HttpRequest) -> Json:
    """`unit=CODE` with the filters of the picture, `walk=10` minutes and `on`, the day of notices."""
    unit = request.GET.get("unit", "")
    if not unit:
        raise QuestionError("Say which place: a unit's code.")
    words: Words = {
        **_tested(request),
        "around": [unit],
        "radius": [str(_walk_m(request))],
        "geometry": ["yes"],
    }
    return around_json(asked(request, "around", words), class_labels(request))


@router.get("/gaps")
def gaps(request: HttpRequest) -> Json:
    """Hotspots with nothing in place within the walk, and notices with no concern around, under the filters."""
    words: Words = {**_tested(request), "radius": [str(_walk_m(request))]}
    return gaps_json(asked(request, "around", words), names_of(asked(request, "shapes", {"level": "ward"})))


@router.get("/work")
def work(request: HttpRequest) -> Json:
    """Work of our own in the period, of the classes named, by street, or by hexagon where no street is known.

    With the class "planned" also what the meeting has decided on and is still to be done, at its places.
    """
    found = work_json(_work(request))
    if PLANNED not in request.GET.getlist("class"):
        return found
    done = found["features"] if _classes_of_records(request) else []
    planned = planned_features(request.user.get_username()) or []
    return found | {"features": [*done, *planned]}  # type: ignore[misc]


@router.get("/routes")
def routes(request: HttpRequest) -> Json:
    return routes_json(asked(request, "routes", {}))


@router.get("/corridor")
def corridor(request: HttpRequest) -> Json:
    """`within=route:NUMBER`: the line of a route and the ground along it that `within` narrows to."""
    return corridor_json(asked(request, "routes", {"text": request.GET.get("within", "")}))


@router.get("/overlay-counts")
def overlay_counts(request: HttpRequest) -> Json:
    """How many of each class this home holds, so that the rail can say where there is none."""
    period = _chosen(request, "from", "to")
    told: dict[str, Answer | str] = {}
    for kind, words in (
        ("sites", period),
        ("staffed", {**period, "class": list(class_labels(request, staffed=True))}),
        ("notices", {"on": request.GET.get("on", "")}),
        ("routes", {}),
    ):
        try:
            told[kind] = asked(request, "sites" if kind == "staffed" else kind, words, again=True)
        except (ReadDenied, QuestionError) as refusal:
            told[kind] = str(refusal)
    try:
        told["work"] = _work(request)
    except (ReadDenied, QuestionError) as refusal:
        told["work"] = str(refusal)
    return counts_json(told, planned=planned_features(request.user.get_username()))


@router.get("/silence")
def silence(request: HttpRequest) -> Json:
    """Districts in which an agency that is asked about sent nothing in the period though records were due."""
    start, end = (request.GET.get(word, "") for word in ("from", "to"))
    words = _chosen(request, "agency", "to", "known")
    try:
        first, after = date.fromisoformat(start), date.fromisoformat(end)
    except ValueError:
        raise QuestionError("Say the period: from and to, as 2026-03-14.") from None
    found = asked(request, "silence", {**words, "level": ["district"]})
    return silence_json(found, dict(agency_names()), start=first, end=after)


def _work(request: HttpRequest) -> Answer:
    words = _chosen(request, "from", "to", "known", "agency") | {"class": _classes_of_records(request)}
    level = request.GET.get("level", "") or "street"
    return asked(request, "work", {**words, "level": [level]}, again=True)


def _classes_of_records(request: HttpRequest) -> list[str]:
    """The classes of work that records tell of."""
    return [one for one in request.GET.getlist("class") if one != PLANNED]


def _tested(request: HttpRequest) -> Words:
    return {**filter_words(request.GET), **test_words(request), **_chosen(request, "on")}


def _chosen(request: HttpRequest, *names: str) -> dict[str, list[str]]:
    told = {word: [value for value in request.GET.getlist(word) if value] for word in names}
    return {word: values for word, values in told.items() if values}


def _walk_m(request: HttpRequest) -> int:
    walk = request.GET.get("walk", "10")
    if walk not in WALKS:
        raise QuestionError(f"A walk is of {', '.join(WALKS)} minutes.")
    return int(walk) * METRES_A_MINUTE
