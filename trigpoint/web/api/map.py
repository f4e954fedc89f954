"""The map's questions: choices, picture, hotspots, evidence, search."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from trigpoint.gate.basemap import basemap_file
from trigpoint.gate.ledger import agency_names
from trigpoint.web import evidence as evidence_of_place
from trigpoint.web.asking import asked
from trigpoint.web.breaks import breaks_for
from trigpoint.web.presenters.choices import choices_json
from trigpoint.web.presenters.hotspots import hotspots_json
from trigpoint.web.presenters.picture import picture_json
from trigpoint.web.presenters.search import found_json

Json = dict[str, object]
router = Router()


def agencies() -> list[Json]:
    """Every agency in its fixed order."""
    return [{"code": code, "name": name} for code, name in agency_names()]


@router.get("/choices")
def choices(request: HttpRequest) -> Json:
    basemap = reverse("basemap") if basemap_file() else None
    answer = asked(request, "choices", {})
    return choices_json(answer, county=settings.TRIGPOINT_COUNTY, basemap=basemap, today=timezone.localdate())


@router.get("/picture")
def picture(request: HttpRequest) -> Json:
    """Units, months, agencies, themes, categories and the week, of the records in the filters: one pass."""
    words = dict(request.GET.lists())
    answer = asked(request, "picture", words)
    classes = breaks_for(request, words)
    return picture_json(
        answer,
        breaks=classes.counts,
        rate_breaks=classes.rates,
        hour_breaks=classes.hours,
        agencies=agencies(),
    )


@router.get("/hotspots")
def hotspots(request: HttpRequest) -> Json:
    return hotspots_json(asked(request, "hotspots", dict(request.GET.lists())), dict(agency_names()))


@router.get("/evidence")
def evidence(request: HttpRequest) -> Json:
    """`unit=CODE` or `hotspot=NUMBER`, with the filters of the picture."""
    return evidence_of_place.evidence(request, agencies())


@router.get("/search")
def search(request: HttpRequest) -> list[Json]:
    return found_json(asked(request, "places", {"text": request.GET.get("q", "")}))
