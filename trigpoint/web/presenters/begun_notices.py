"""Notices of which it can be asked what they changed: their place is told, and some months have gone by since."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.presenters.words import day_words

__all__ = ["Begun", "begun_notices"]

_HEXAGON = re.compile(r"[0-9a-f]{15}$")
DAYS_TO_TELL = 90
"""How long ago a notice must have begun: before that there is nothing to compare."""
KINDS = {
    "closure": "Closure",
    "hotel": "Hotel notice",
    "dispersal": "Dispersal zone",
    "pspo": "Public spaces protection order",
    "cpn": "Community protection notice",
    "cawn": "Warning notice",
}
"""In the order they are offered: what was done to a place before what was said to a person."""


@dataclass(frozen=True, slots=True)
class Begun:
    """One to choose: what, where and since when; `query` asks what it changed."""

    what: str
    where: str
    since: str
    query: str


def begun_notices(answer: Answer, *, today: date) -> tuple[Begun, ...]:
    """Those told at a place, by kind and the newest first; `answer` is of kind notices."""
    latest = (today - timedelta(days=DAYS_TO_TELL)).isoformat()
    told = [one for one in rows(answer.columns) if one["kept"] == "point" and "" < _since(one) <= latest]
    told.sort(key=_since, reverse=True)
    order = {kind: place for place, kind in enumerate(KINDS)}
    told.sort(key=lambda one: order.get(one["kind"], len(order)))
    return tuple(map(_choice, told))


def _choice(notice: Mapping[str, Any]) -> Begun:
    since, place = _since(notice), str(notice["place"])
    words = {"level": "cell:9" if _HEXAGON.match(place) else "street", "around": place, "start": since}
    return Begun(
        what=KINDS.get(notice["kind"], notice["kind"]),
        where=notice["place_name"] or place,
        since=day_words(date.fromisoformat(since)),
        query=f"?{urlencode(words)}",
    )


def _since(notice: Mapping[str, Any]) -> str:
    return str(notice["starts"] or notice["served"] or "")
