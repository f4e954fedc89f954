"""What is recorded at a place and around it: asked of the gate as the person signed in, a refusal in its own words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from trigpoint.changes.named_places import PlaceTold
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.in_place import IN_PLACE, IN_PLACE_M, IN_WARD, near_here, standing
from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.show import rows
from trigpoint.gate.standing import months_that_are_over
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.places import named_notices
from trigpoint.web.place_months import MonthChart, month_chart
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.plain import whole, words

__all__ = ["Months", "NoticesNear", "months_at", "notices_near"]

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Months:
    """Two years of a place, or why they are not told. `left_out` says which feeds are not in them, and why."""

    chart: MonthChart | None = None
    refused: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticesNear:
    """Notices in force within `within_m` of a place, how many ended there, and how many in force are told only as
    somewhere in its ward; or why they are not told."""

    rows: tuple[Mapping[str, Any], ...] = ()
    ended: int = 0
    by_ward: int = 0
    work: tuple[Mapping[str, Any], ...] = ()
    refused: str = ""
    within_m: int = IN_PLACE_M


def months_at(request: HttpRequest, place: PlaceTold, today: date) -> Months:
    """Records of the last two years that are over, month by month, as this person may count them there."""
    try:
        choices = asked(request, "choices", {})
        start, end = months_that_are_over(*whole_months(choices, today=today), months=MONTHS, today=today)
        question = {
            "level": [place.level], "within": list(place.units), "from": [start.isoformat()], "to": [end.isoformat()]
        }  # fmt: skip
        answer = asked(request, "picture", question | {"grouping": ["history"]})
    except (QuestionError, ReadDenied) as refusal:
        return Months(refused=str(refusal))
    history = answer.parts["history"]
    told = list(zip(words(history["month"]), whole(history["count"]), strict=True))
    kept = [(month, count) for month, count in told if start.isoformat()[:7] <= month < end.isoformat()[:7]]
    return Months(month_chart(kept), left_out=_left_out(answer.about.get("why", ())))


def notices_near(request: HttpRequest, place: PlaceTold) -> NoticesNear:
    """Notices in place at it by their state today (gate/in_place.py), and work of our own about its middle unit."""
    middle = place.units[len(place.units) // 2]
    try:
        notices = asked(request, "notices", {})
        around = asked(
            request, "around", {"level": [place.level], "around": [middle], "radius": [str(IN_PLACE_M)]}
        )
    except (QuestionError, ReadDenied) as refusal:
        return NoticesNear(refused=str(refusal))
    near = near_here(place.level, place.units, notices.columns)
    found = standing(near)
    return NoticesNear(
        tuple(one for one in named_notices(near) if one["state"] in IN_PLACE and one["way"] != IN_WARD),
        found.ended,
        found.by_ward,
        tuple(one | {"last": said(str(one["last"]))} for one in rows(around.parts["work"]) if one["count"]),
    )


def _left_out(why: object) -> tuple[str, ...]:
    told = why if isinstance(why, Sequence) else ()
    return tuple(str(one["sentence"]) for one in told if isinstance(one, dict) and "sentence" in one)
