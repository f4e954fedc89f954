"""A meeting shown again: every kept answer, and beside it the same question asked today."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.changes.meetings import MeetingTold, meeting
from trigpoint.changes.since_then import since_then
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.show import json_text
from trigpoint.web.asking import asked
from trigpoint.web.hot_now.places import NOTICE_NAMES
from trigpoint.web.meeting.compare import Beside, differences, reasons_of
from trigpoint.web.meeting.kept import stamp_of, titles
from trigpoint.web.meeting.page import district_names, kept_of
from trigpoint.web.meeting_tabs import tabs
from trigpoint.web.viewer import viewer_of

__all__ = ["replay_page"]

MOST_LISTED = 20
Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Today:
    """What the same question is answered today; `why` says why there is no answer."""

    content: Content | None
    why: str
    wait: NotWorkedOut | None = None


def replay_page(request: HttpRequest, number: int) -> dict[str, object]:
    """The context. `today=yes` in the address asks each question again. Raises NoSuchThing and ChangeDenied."""
    viewer = viewer_of(request)
    found = meeting(number=number, by=viewer.user)
    told = kept_of(request, found)
    today = request.GET.get("today") == "yes"
    districts = district_names(request)
    pairs = [(one, _today(request, one)) for one in told] if today else []
    return {
        **tabs("meetings", viewer.role),
        "meeting": found,
        "stamp": stamp_of(number, found.frozen_at, found.recipe, told) if found.frozen_at else None,
        "recipe": found.recipe,
        "known": date.fromisoformat(str(found.recipe["known"])) if found.recipe.get("known") else None,
        "agreements": _agreements(found),
        "refused": [(titles(name), why) for name, why in dict(_mapping(found, "refused")).items()],
        "today": today,
        "told": [(titles(one.name), one) for one in told],
        "beside": [_beside(found, one, now, districts) for one, now in pairs],
        "waits": [now.wait for _, now in pairs if now.wait is not None],
    }


def _today(request: HttpRequest, told: KeptTold) -> _Today:
    question = replace(told.question, known=None)
    try:
        found = asked(request, question.kind, question.to_dict())
    except NotWorkedOut as wait:
        return _Today(None, str(wait), wait)
    except (ReadDenied, QuestionError) as refusal:
        return _Today(None, str(refusal))
    return _Today(json.loads(json_text(found)), "")


def _beside(of: MeetingTold, told: KeptTold, today: _Today, districts: Mapping[str, str]) -> Beside:
    if told.content is None or today.content is None or of.frozen_at is None:
        return Beside(told, titles(told.name), 0, (), 0, today.why or told.why, ())
    then, now = _feeds(told.content), _feeds(today.content)
    names = {**NOTICE_NAMES, **districts, **then, **now}
    same, found = differences(told.question.kind, told.content, today.content, names)
    since = since_then(of.recipe, feeds={**then, **now}, frozen_at=of.frozen_at, at=timezone.now())
    reasons = reasons_of(
        since,
        {**then, **now},
        method_then=str(told.content["about"].get("method", "")),
        method_now=str(today.content["about"].get("method", "")),
        told=told,
        feeds_then=then,
        feeds_now=now,
    )
    more = max(len(found) - MOST_LISTED, 0)
    return Beside(told, titles(told.name), same, found[:MOST_LISTED], more, "", reasons if found else ())


def _feeds(content: Content) -> dict[str, str]:
    return {one["code"]: one["name"] for one in content["about"]["feeds"]}


def _agreements(of: MeetingTold) -> str:
    """The agreements that it rested on, by the agency's name where one bears its code, each with its version."""
    told, names = of.recipe.get("agreements"), dict(agency_names())
    here = told if isinstance(told, list) else []
    return "; ".join(
        f"{names.get(one['code'], one['code'].replace('_', ' ').capitalize())}, version {one['version']}"
        for one in here
    )


def _mapping(of: MeetingTold, name: str) -> Mapping[str, str]:
    told = of.recipe.get(name, {})
    return told if isinstance(told, dict) else {}
