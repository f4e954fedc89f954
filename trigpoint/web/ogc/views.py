"""The addresses under /ogc/. Each asks the gate as the person whose token, or session, asks."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import ask
from trigpoint.gate.asked import LONDON
from trigpoint.gate.denial import BeingMadeAnew, NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.export import outlined
from trigpoint.gate.export_words import made_by
from trigpoint.gate.ledger import publication_in_use
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import about_json
from trigpoint.web.api.answers import being_worked_out
from trigpoint.web.asking import asked
from trigpoint.web.ogc import documents
from trigpoint.web.ogc.collections import COLLECTIONS, Collection
from trigpoint.web.ogc.features import Page, feature, page_of, table_of
from trigpoint.web.ogc.reading import CRS84, GRID_CRS, Wanted, wanted_from
from trigpoint.web.viewer import viewer_of

Json = dict[str, Any]
View = Callable[..., HttpResponse]
BASE = "/ogc"
REACH_M = 2000.0
"""Bounds are of the middles of the largest hexagons; outlines reach this far beyond them at most."""
METHODS = ("GET", "HEAD", "OPTIONS")
PAGE_WORDS = ("offset", "limit", "publication")


class NotHere(LookupError):
    """There is no such layer or feature."""


class Overtaken(Exception):
    """The facts were published anew between two pages."""


def _refusing(view: View) -> View:
    """What the gate refuses, in the shape that the standard gives a refusal."""

    @require_http_methods(METHODS)
    @wraps(view)
    def told(request: HttpRequest, **words: str) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
        try:
            return view(request, **words)
        except ReadDenied as denial:
            return _refusal(403, "NotAllowed", denial.reason, clause=denial.clause)
        except QuestionError as fault:
            return _refusal(400, "InvalidParameterValue", str(fault))
        except NotHere as fault:
            return _refusal(404, "NotFound", str(fault))
        except Overtaken as fault:
            return _refusal(409, "Overtaken", str(fault))
        except BeingMadeAnew as moment:
            answer = _refusal(503, "BeingMadeAnew", str(moment))
            answer["Retry-After"] = "10"
            return answer
        except NotWorkedOut as wait:
            being_worked_out(request, wait)
            answer = _refusal(503, "BeingWorkedOut", str(wait))
            answer["Retry-After"] = "10"
            return answer

    return told


def _refusal(status: int, code: str, said: str, **more: str) -> HttpResponse:
    return JsonResponse({"code": code, "description": said, **more}, status=status)


def _to(request: HttpRequest) -> Callable[[str], str]:
    return lambda path: request.build_absolute_uri(f"{BASE}{path or '/'}")


def _service(request: HttpRequest) -> documents.Service:
    page = request.build_absolute_uri(reverse("about_api"))
    return documents.Service(_to(request), page, made_by(viewer_of(request), timezone.now()))


@_refusing
def landing(request: HttpRequest) -> HttpResponse:
    return JsonResponse(documents.landing(_service(request)))


@_refusing
def conformance(request: HttpRequest) -> HttpResponse:
    return JsonResponse(documents.conformance())


@_refusing
def api(request: HttpRequest) -> HttpResponse:
    told = documents.openapi(_service(request))
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=documents.OPENAPI)


@_refusing
def collections(request: HttpRequest) -> HttpResponse:
    return JsonResponse(documents.collections_document(_service(request), _extent(request)))


@_refusing
def collection(request: HttpRequest, collection: str) -> HttpResponse:
    told = documents.collection_document(_known(collection), _service(request), _extent(request))
    return JsonResponse(told)


@_refusing
def schema(request: HttpRequest, collection: str) -> HttpResponse:
    told = documents.schema_document(_known(collection), _to(request))
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=documents.SCHEMA)


@_refusing
def items(request: HttpRequest, collection: str) -> HttpResponse:
    """One page of features. A page of another publication than the page before is refused: start again."""
    one = _known(collection)
    wanted = wanted_from(one, dict(request.GET.lists()))
    answer = _answered(request, one, wanted)
    publication = int(str(answer.about["publication"]))
    if wanted.publication not in (None, publication):
        raise Overtaken("The facts were published anew since the first page. Load the layer again.")
    page = page_of(one, table_of(one, answer), wanted)
    now = timezone.now()
    whole = {
        "type": "FeatureCollection",
        "numberMatched": page.matched,
        "numberReturned": len(page.features),
        "timeStamp": now.astimezone(LONDON).isoformat(timespec="seconds"),
        "links": _links(request, one, wanted, page, publication),
        "made": made_by(viewer_of(request), now).to_dict(),
        "about": about_json(answer),
        "features": page.features,
    }
    return _geojson(whole, wanted.crs)


@_refusing
def item(request: HttpRequest, collection: str, feature_id: str) -> HttpResponse:
    one = _known(collection)
    wanted = wanted_from(one, dict(request.GET.lists()))
    found = feature(one, table_of(one, _answered(request, one, wanted)), feature_id, wanted.crs)
    if found is None:
        raise NotHere(f"{one.title} has no feature '{feature_id}' that is shown to you.")
    links = [
        documents.link(request.build_absolute_uri(), "self", "This feature", documents.GEOJSON),
        documents.link(_to(request)(f"/collections/{one.code}"), "collection", one.title),
    ]
    return _geojson({**found, "links": links}, wanted.crs)


def _known(code: str) -> Collection:
    if code not in COLLECTIONS:
        raise NotHere(f"There is no layer '{code}': choose {', '.join(COLLECTIONS)}.")
    return COLLECTIONS[code]


def _answered(request: HttpRequest, one: Collection, wanted: Wanted) -> Answer:
    question = outlined(question_from_words(one.kind, wanted.words))
    return ask(viewer_of(request), question, timezone.now(), may_wait=False)


def _extent(request: HttpRequest) -> Json:
    """Where the county lies and when its permitted records begin and end; nothing where nothing is published."""
    if publication_in_use() is None:
        return {}
    about = asked(request, "choices", {}).about
    bounds, period = about["bounds_m"], about["period"]
    west, south, east, north = bounds if isinstance(bounds, list) else (0.0, 0.0, 0.0, 0.0)
    west, south, east, north = west - REACH_M, south - REACH_M, east + REACH_M, north + REACH_M
    lon, lat = to_lonlat([west, west, east, east], [south, north, south, north])
    box = [round(float(edge), 4) for edge in (lon.min(), lat.min(), lon.max(), lat.max())]
    extent: Json = {"spatial": {"bbox": [box], "crs": CRS84}}
    if isinstance(period, list) and all(period):
        first, after = (date.fromisoformat(str(day)[:10]) for day in period)
        last = after - timedelta(days=1)
        extent["temporal"] = {"interval": [[f"{first}T00:00:00Z", f"{last}T23:59:59Z"]]}
    return extent


def _links(request: HttpRequest, one: Collection, wanted: Wanted, page: Page, publication: int) -> list[Json]:
    """Filters stand in the next address letter by letter as they were sent: QGIS looks for its own there, and appends
    them once more where it does not find them."""
    path = _to(request)(f"/collections/{one.code}/items")
    sent = str(request.META.get("QUERY_STRING", "")).split("&")
    given = [word for word in sent if word and unquote_plus(word.partition("=")[0]) not in PAGE_WORDS]

    def at(offset: int) -> str:
        page_words = (f"limit={wanted.limit}", f"offset={offset}", f"publication={publication}")
        return f"{path}?{'&'.join((*given, *page_words))}"

    links = [
        documents.link(request.build_absolute_uri(), "self", "This page", documents.GEOJSON),
        documents.link(_to(request)(f"/collections/{one.code}"), "collection", one.title),
    ]
    if wanted.offset + len(page.features) < page.matched:
        links.append(documents.link(at(wanted.offset + wanted.limit), "next", "Next", documents.GEOJSON))
    if wanted.offset:
        links.append(
            documents.link(at(max(wanted.offset - wanted.limit, 0)), "prev", "Previous", documents.GEOJSON)
        )
    return links


def _geojson(whole: Json, crs: str) -> HttpResponse:
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    response = HttpResponse(text, content_type=documents.GEOJSON)
    response["Content-Crs"] = f"<{GRID_CRS if crs == GRID_CRS else CRS84}>"
    return response
