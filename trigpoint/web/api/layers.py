"""What lies under and over the counts: outlines, sites, notices."""

import threading
from collections import OrderedDict

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags, quote_etag
from ninja import Router

from trigpoint.gate.denial import QuestionError
from trigpoint.gate.ledger import InUse, publication_in_use
from trigpoint.web.api.renderer import StrictJson
from trigpoint.web.asking import asked
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.layers import notices_json, shapes_json, sites_json

Json = dict[str, object]
NO_SITES: Json = {"type": "FeatureCollection", "features": [], "areas": []}
SHAPE_LEVELS = ("district", "ward", "lsoa")
router = Router()
_drawn: OrderedDict[tuple[InUse, str], bytes] = OrderedDict()
_lock = threading.Lock()


@router.get("/shapes/{level}")
def shapes(request: HttpRequest, level: str) -> HttpResponse:
    """Outlines of a level. They are published geography, so a browser may keep them until the next publication."""
    if level not in SHAPE_LEVELS:
        raise QuestionError("Only districts, wards and lsoas have shapes to fetch.")
    in_use = publication_in_use()
    tag = quote_etag(f"{level}-{in_use.number}-{in_use.built_at:%Y%m%d%H%M%S%f}" if in_use else "none")
    response: HttpResponse
    if in_use and tag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(_shapes(request, level, in_use), content_type="application/geo+json")
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response


def class_labels(request: HttpRequest, *, staffed: bool = False) -> dict[str, str]:
    """The classes of site by code, many of them named; those that are staffed places where that is asked."""
    part = asked(request, "choices", {}).parts["staffed" if staffed else "classes"]
    return {one["code"]: one["name"] for one in coded(part)}


@router.get("/sites")
def sites(request: HttpRequest) -> Json:
    """Sites of the classes named; none named, none shown."""
    kept = {word: request.GET.getlist(word) for word in ("class", "from", "to") if word in request.GET}
    return sites_json(asked(request, "sites", kept)) if kept.get("class") else NO_SITES


@router.get("/notices")
def notices(request: HttpRequest) -> Json:
    """Notices on the day `on`; of those that have ended, only what ended on or after the day `from`."""
    return notices_json(
        asked(request, "notices", {"on": request.GET.get("on", "")}), since=request.GET.get("from", "")
    )


def _shapes(request: HttpRequest, level: str, in_use: InUse | None) -> bytes:
    """Asked of the gate each time, drawn once for a publication: the same for every viewer."""
    answer = asked(request, "shapes", {"level": level})
    if in_use is None:
        raise QuestionError("Nothing has been published yet.")
    with _lock:
        found = _drawn.get((in_use, level))
    if found is None:
        found = StrictJson().render(request, shapes_json(answer), response_status=200)
        with _lock:
            _drawn[in_use, level] = found
            while len(_drawn) > len(SHAPE_LEVELS):
                _drawn.popitem(last=False)
    return found
