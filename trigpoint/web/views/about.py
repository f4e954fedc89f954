"""What this map is, how hotspots are tested, and whose data it shows."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from trigpoint.gate.ledger import agency_names, publication_in_use
from trigpoint.web.api import described
from trigpoint.web.asking import asked
from trigpoint.web.ogc.collections import COLLECTIONS
from trigpoint.web.ogc.reading import MOST
from trigpoint.web.presenters.api_endpoints import endpoints
from trigpoint.web.presenters.choices import nothing_shown
from trigpoint.web.presenters.plain import mapping_list
from trigpoint.web.presenters.words import (
    METHOD_LIMIT_SENTENCE,
    METHOD_SENTENCE,
    POLICE_UK_FEED,
    POLICE_UK_SENTENCE,
)
from trigpoint.web.tokens import ASKED_A_MINUTE


@require_GET
def about_page(request: HttpRequest) -> HttpResponse:
    shown: dict[str, object] = {"method": METHOD_SENTENCE, "method_limit": METHOD_LIMIT_SENTENCE}
    if publication_in_use() is not None:
        shown |= _sources(request)
    return render(request, "pages/about.html", shown)


def _sources(request: HttpRequest) -> dict[str, object]:
    choices = asked(request, "choices", {})
    about = choices.about
    names = dict(agency_names())
    feeds = mapping_list(about["feeds"])
    return {
        "feeds": [
            {"name": one["name"], "agency": names.get(str(one["agency"]), one["agency"])} for one in feeds
        ],
        "attributions": about["attributions"],
        "shows_events": not nothing_shown(choices),
        "police_uk": POLICE_UK_SENTENCE if any(one["code"] == POLICE_UK_FEED for one in feeds) else "",
    }


@require_GET
def for_programs(request: HttpRequest) -> HttpResponse:
    """How other programs connect, and what the API is: its own description as a page, without any script."""
    shown = {
        "endpoints": endpoints(described()),
        "layers": list(COLLECTIONS.values()),
        "address": request.build_absolute_uri(reverse("ogc")),
        "asked_a_minute": ASKED_A_MINUTE,
        "most": MOST,
    }
    return render(request, "pages/for_programs.html", shown)
