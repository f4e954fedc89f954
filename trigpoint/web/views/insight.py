"""Joint insight and journeys: shells that the front end wakes; without it, the way to the same answer as tables."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from trigpoint.gate.basemap import basemap_file
from trigpoint.gate.ledger import publication_in_use
from trigpoint.web.asking import asked
from trigpoint.web.presenters.choices import nothing_shown


@require_GET
def joint(request: HttpRequest) -> HttpResponse:
    return _shell(request, "pages/joint.html")


@require_GET
def journeys(request: HttpRequest) -> HttpResponse:
    return _shell(request, "pages/journeys.html")


def _shell(request: HttpRequest, template: str) -> HttpResponse:
    """Who may see no record at all is told why, as on the map."""
    shown: dict[str, object] = {"basemap_url": reverse("basemap") if basemap_file() else None}
    if publication_in_use() is None:
        return render(request, template, shown | {"nothing_published": True})
    if sentences := nothing_shown(asked(request, "choices", {})):
        return render(request, "pages/nothing_shown.html", {"sentences": sentences})
    return render(request, template, shown)
