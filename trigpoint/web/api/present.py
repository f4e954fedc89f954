"""What the presentation to the room shows, in one answer: so that a picture can be frozen by keeping it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Router
from ninja.errors import HttpError

from trigpoint.changes.editing import NoSuchThing
from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.meetings import MeetingTold
from trigpoint.changes.meetings import meeting as meeting_of
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.gate.basemap import basemap_file
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.questions import Question
from trigpoint.gate.release_rules import shipped_release_rules
from trigpoint.web.api.answers import being_worked_out
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.again import agenda_again
from trigpoint.web.hot_now.agenda import agenda
from trigpoint.web.hot_now.shown import shown
from trigpoint.web.hot_now.told import agenda_json
from trigpoint.web.meeting.as_frozen import as_frozen
from trigpoint.web.pack.reach import distribution_for, noting
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
from trigpoint.web.viewer import viewer_of

router = Router()
Json = dict[str, object]
CELLS = "cell:9"
OWN_LETTERS = "Letters are those of your own list: go by names."


@router.get("/present")
def present(request: HttpRequest, quadrant: str = "", meeting: int | None = None, today: str = "") -> Json:
    """{about, places, questions, changes, health, cells, sites, not_shown, runs}: nothing a corridor may not see.

    `runs` are questions still being worked out: what rests on them is missing until they are done. With `meeting`, one
    that is frozen, it is what that meeting kept; `today=yes` asks the same as it is known today.
    """
    choices = asked(request, "choices", {}, again=True)
    of = _meeting_of(request, meeting)
    frozen = of if of is not None and of.frozen_at is not None and today != "yes" else None
    sources, kept = as_frozen(request, frozen)
    noted, put = noting(sources)
    quadrant = of.quadrant if of is not None else quadrant
    whole = agenda_again(noted, choices) if frozen is None else agenda(noted, choices)
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
    counted = noted.ask("counts", map_words)
    sites = asked(request, "sites", {"class": list(CLASSES_SHOWN)})
    start, end = period_of(whole.tested)
    drawn = choices_json(choices, county=settings.TRIGPOINT_COUNTY, basemap=None, today=timezone.localdate())
    about = {
        "county": settings.TRIGPOINT_COUNTY,
        "quadrant": here.quadrant.name if here.quadrant else "",
        "period": period_words(start, end) if start and end else "",
        "since": whole.earlier.today.isoformat(),
        "version": whole.tested.about["publication"],
        "at": timezone.localtime().isoformat(timespec="minutes"),
        "frozen": None if frozen is None else _frozen(frozen),
        "notes": [*_notes(kept), *_more_than_all_may_see(request, put, of)],
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


def _meeting_of(request: HttpRequest, number: int | None) -> MeetingTold | None:
    if number is None:
        return None
    try:
        return meeting_of(number=number, by=viewer_of(request).user)
    except ChangeDenied as denial:
        raise HttpError(403, str(denial)) from denial
    except NoSuchThing as absent:
        raise HttpError(404, str(absent)) from absent


def _frozen(of: MeetingTold) -> Json:
    """What the stamp says: "Frozen 12 Nov 2026 09:00"."""
    at = timezone.localtime(of.frozen_at)
    return {
        "meeting": of.number,
        "words": f"{of.quadrant_name}, {of.held_on:%-d %B}",
        "stamp": f"Frozen {at:%-d %b %Y %H:%M}",
    }


def _notes(kept: Iterable[KeptTold]) -> list[str]:
    """What must be said of kept answers in a room: that they were restated, never why; and who is shown less."""
    told = list(kept)
    restated = (
        ["Restated since: the meeting’s page says why."] if any(one.restated_at for one in told) else []
    )
    hot = [one for one in told if one.name == "hot-now"]
    less = [one.why for one in hot if one.why]
    own = [OWN_LETTERS] if any(one.way == "asked again" for one in hot) else []
    return [*restated, *less, *own]


def _more_than_all_may_see(request: HttpRequest, put: list[Question], of: MeetingTold | None) -> list[str]:
    """To which agencies the room's picture may not be shown, in one calm line; none where it may to all."""
    words = distribution_for(request, put, of, timezone.now()).room_words
    return [words] if words else []


def _period(about: Mapping[str, Any]) -> dict[str, str]:
    first, end = about["period"]
    return {word: day for word, day in (("from", first), ("to", end)) if day}
