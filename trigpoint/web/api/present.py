"""What the presentation to the room shows, in one answer: so that a picture can be frozen by keeping it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from trigpoint.gate.basemap import basemap_file
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.release_rules import shipped_release_rules
from trigpoint.web.api.answers import being_worked_out
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.again import agenda_again
from trigpoint.web.hot_now.shown import shown
from trigpoint.web.hot_now.sources import sources_of
from trigpoint.web.hot_now.told import agenda_json
from trigpoint.web.presenters.choices import choices_json
from trigpoint.web.presenters.corridor import (
    CLASSES_SHOWN,
    ROLES_SHOWN,
    cells_seen,
    corridor_json,
    sites_seen,
)
from trigpoint.web.presenters.layers import sites_json
from trigpoint.web.presenters.plain import period_of
from trigpoint.web.presenters.trace import trace_json
from trigpoint.web.presenters.words import period_words

router = Router()
Json = dict[str, object]
CELLS = "cell:9"


@router.get("/present")
def present(request: HttpRequest, quadrant: str = "") -> Json:
    """{about, places, questions, changes, health, cells, sites, not_shown, runs}: nothing a corridor may not see.

    `runs` are questions still being worked out: what rests on them is missing until they are done.
    """
    choices = asked(request, "choices", {}, again=True)
    whole = agenda_again(sources_of(request), choices)
    here = shown(whole, quadrant)
    told = agenda_json(
        replace(whole, places=here.places, changes=here.changes, questions=here.questions),
        dict(agency_names()),
    )
    seen = corridor_json(told, rules=shipped_release_rules())
    map_words = {
        "level": CELLS,
        "counted": "events",
        "role": list(ROLES_SHOWN),
        **_period(whole.tested.about),
    }
    counted = asked(request, "counts", map_words)
    sites = asked(request, "sites", {"class": list(CLASSES_SHOWN)})
    start, end = period_of(whole.tested)
    today = timezone.localdate()
    drawn = choices_json(choices, county=settings.TRIGPOINT_COUNTY, basemap=None, today=today)
    about = {
        "county": settings.TRIGPOINT_COUNTY,
        "quadrant": here.quadrant.name if here.quadrant else "",
        "period": period_words(start, end) if start and end else "",
        "since": whole.earlier.today.isoformat(),
        "version": whole.tested.about["publication"],
        "at": timezone.localtime().isoformat(timespec="minutes"),
        "bbox": drawn["bbox"],
        "basemap": reverse("basemap") if basemap_file() else None,
        "traces": [trace_json(one, dict(agency_names())) for one in (whole.tested, counted)],
    }
    return {
        "about": about,
        **seen,
        "cells": cells_seen(counted, shipped_release_rules().withhold_below),
        "sites": sites_seen(sites_json(sites)),
        "runs": [being_worked_out(request, wait) for wait in whole.waits],
    }


def _period(about: Mapping[str, Any]) -> dict[str, str]:
    first, end = about["period"]
    return {word: day for word, day in (("from", first), ("to", end)) if day}
