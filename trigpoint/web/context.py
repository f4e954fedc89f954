"""What every page's frame shows: the county, the marking, who is signed in, where one can go."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from trigpoint.web.presenters.words import NO_ADVERSE_USE_SENTENCE

DEMO_MARKING = "SYNTHETIC COUNTY — nothing here is real"
REAL_MARKING = "OFFICIAL-SENSITIVE"
PAGES = (("Map", "map"), ("Deliveries", "deliveries"), ("Coverage", "coverage"), ("About", "about"))
NOT_FOR = {"frontline": frozenset({"deliveries", "coverage"})}
"""Pages left out of a role's menu: they would only say that they are not open to it."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    here: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """Context processor."""
    return {
        "county": settings.TRIGPOINT_COUNTY,
        "demo_home": settings.TRIGPOINT_DEMO,
        "marking": DEMO_MARKING if settings.TRIGPOINT_DEMO else REAL_MARKING,
        "no_adverse_use": NO_ADVERSE_USE_SENTENCE,
        "links": tuple(_link(request, label, name) for label, name in PAGES if name not in _not_for(request)),
    }


def _not_for(request: HttpRequest) -> frozenset[str]:
    user = getattr(request, "user", None)
    return NOT_FOR.get(getattr(user, "role", ""), frozenset())


def _link(request: HttpRequest, label: str, name: str) -> Link:
    url = reverse(name)
    here = request.path == url or (url != "/" and request.path.startswith(url))
    return Link(label=label, url=url, here=here)
