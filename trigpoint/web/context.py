"""What every page's frame shows: the county, the marking, who is signed in, where one can go, and what waits there."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from trigpoint import __version__
from trigpoint.changes.uploads import waiting_uploads
from trigpoint.core.sharing.duties import DUTIES
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ledger import rows_waiting
from trigpoint.gate.marking import DEMO_MARKING, REAL_MARKING
from trigpoint.web.presenters.words import NO_ADVERSE_USE_SENTENCE, counted
from trigpoint.web.viewer import viewer_of
from trigpoint.web.waiting import unplaced_waiting

PAGES = (
    ("Hot now", "hot"),
    ("Map", "map"),
    ("Joint insight", "joint"),
    ("Journeys", "journeys"),
    ("Ask", "analyses"),
    ("Meetings", "meetings"),
    ("Sense-check", "sense_check"),
    ("The year", "year"),
    ("Releases", "releases"),
    ("Shared with you", "shared"),
    ("Planning", "planning"),
    ("Deliveries", "deliveries"),
    ("Unplaced", "unplaced"),
    ("Coverage", "coverage"),
    ("Erasure", "erasure"),
    ("Who saw what", "audit"),
    ("About", "about"),
)
FURTHER = frozenset({"shared", "planning", "unplaced", "coverage", "erasure", "audit", "about"})
"""Pages behind "More": a header of one line is what the room can read."""
IN_HEADER: dict[str, frozenset[str]] = {
    "frontline": frozenset({"shared", "planning"}),
    "governance": frozenset({"coverage", "erasure", "audit"}),
}
"""Of those, what is a role's own work here: it stands in its header."""
NO_RECORDS = frozenset({"frontline", "governance"})
NOT_FOR: dict[str, frozenset[str]] = {"hot": NO_RECORDS, "map": NO_RECORDS}
"""Roles to which a page would only say that nothing is there for them: who is not signed in is still led to it."""
EVERYBODY = frozenset({"analyst", "member", "chair", "contributor", "governance", "frontline"})
ONLY_FOR: dict[str, frozenset[str]] = {
    "deliveries": EVERYBODY - {"frontline"},
    "unplaced": DUTIES["place"],
    "coverage": EVERYBODY - {"frontline"},
    "analyses": EVERYBODY - {"frontline", "governance"},
    "meetings": DUTIES["read_meetings"],
    "sense_check": DUTIES["sense_check"] - DUTIES["read_meetings"],
    "year": DUTIES["read_year"] - DUTIES["read_meetings"],
    "releases": DUTIES["approve_release"] - DUTIES["read_meetings"],
    "erasure": DUTIES["erase"],
    "audit": DUTIES["read_audit"],
    "joint": EVERYBODY - {"frontline", "governance"},
    "journeys": EVERYBODY - {"frontline", "governance"},
}
"""Roles that a page is for; others would only read there that it is not open to them, or find it beside the meeting."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    here: bool
    waiting: int = 0
    waiting_words: str = ""


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor."""
    user = getattr(request, "user", None)
    viewer = viewer_of(request) if user is not None and user.is_authenticated else None
    role = viewer.role if viewer else ""
    return {
        "county": settings.TRIGPOINT_COUNTY,
        "version": __version__,
        "demo_home": settings.TRIGPOINT_DEMO,
        "marking": DEMO_MARKING if settings.TRIGPOINT_DEMO else REAL_MARKING,
        "no_adverse_use": NO_ADVERSE_USE_SENTENCE,
        "tour_pages": json.dumps(tour_pages()),
        "tour_start": f"{reverse('hot')}?tour=1",
        "links": _links(request, viewer, role, further=False),
        "further_links": _links(request, viewer, role, further=True),
    }


def _links(request: HttpRequest, viewer: Viewer | None, role: str, *, further: bool) -> tuple[Link, ...]:
    return tuple(
        _link(request, label, name, viewer)
        for label, name in PAGES
        if _is_further(name, role) == further and _is_for(name, role)
    )


def _is_for(name: str, role: str) -> bool:
    return role not in NOT_FOR.get(name, ()) and (name not in ONLY_FOR or role in ONLY_FOR[name])


def _is_further(name: str, role: str) -> bool:
    return name in FURTHER - IN_HEADER.get(role, frozenset())


def tour_pages() -> dict[str, str]:
    """Where the guided tour goes, by its own names."""
    own = {name: reverse(name) for name in ("hot", "map", "joint")}
    return own | {"questions": reverse("analysis", args=["questions"])}


def _link(request: HttpRequest, label: str, name: str, viewer: Viewer | None) -> Link:
    url = reverse(name)
    beside = any(request.path.startswith(reverse(one)) for one in BESIDE.get(name, ()))
    here = request.path == url or (url != "/" and request.path.startswith(url)) or beside
    waiting, told = WAITING[name](request, viewer) if viewer is not None and name in WAITING else (0, "")
    return Link(label=label, url=url, here=here, waiting=waiting, waiting_words=told)


def _deliveries_waiting(request: HttpRequest, viewer: Viewer) -> tuple[int, str]:
    files = sum(one.stage == "ready" for one in waiting_uploads(viewer.user, timezone.now()))
    rows = rows_waiting(viewer)
    parts = [counted(files, "file", "files")] * bool(files) + [counted(rows, "row", "rows")] * bool(rows)
    return files + rows, f"{' and '.join(parts)} {'wait' if files + rows > 1 else 'waits'} for you"


def _phrases_waiting(request: HttpRequest, viewer: Viewer) -> tuple[int, str]:
    many = unplaced_waiting(request)
    return many, f"{counted(many, 'phrase or point waits', 'phrases and points wait')} for you"


BESIDE = {
    "coverage": ("events",),
    "map": ("table",),
    "meetings": ("places", "actions", "questions", "enforcement", "papers", "sense_check", "year", "added"),
    "year": ("added",),
}
"""Pages beside another of the navigation, reached from it."""

WAITING: dict[str, Callable[[HttpRequest, Viewer], tuple[int, str]]] = {
    "deliveries": _deliveries_waiting,
    "unplaced": _phrases_waiting,
}
"""What waits for somebody on a page: how much, and in words."""
