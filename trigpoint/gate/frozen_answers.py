"""Answers that are kept as they were given: what leaves to be kept, with what its asker was permitted.

Who may read a kept answer is decided again each time, as for every other: whoever is permitted less than its asker was
is never given it, however it was permitted when it was kept (docs/decisions/0020).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trigpoint.core.sharing.grain import Grain
from trigpoint.core.sharing.policy import FeedGrant
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import answer_of, decided, home_desk
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.questions import Question
from trigpoint.gate.show import json_text

__all__ = ["Taken", "covers", "may_be_shown", "permitted_text", "take"]

_KEPT_BACK = ("without_roles", "without_handling", "without_grades", "without_markings")


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer to be kept: `text` is its JSON as everywhere, `permitted` what its asker was permitted, by feed.

    `feeds` are those it was made from; `method` is how it says that it was worked out, "" where it does not.
    """

    text: str
    permitted: str
    feeds: tuple[str, ...]
    publication: int
    method: str
    clauses: tuple[str, ...]


def take(viewer: Viewer, question: Question, at: datetime, *, may_wait: bool) -> Taken:
    """Ask, and give the answer in the form it is kept in. Raises as `ask` does; the question is on record."""
    asked = decided(viewer, question, at, home_desk(at, may_wait=may_wait))
    found = answer_of(asked)
    told = found.about.get("clauses")
    clauses = {str(one["clause"]) for one in told} if isinstance(told, list) else set()
    return Taken(
        text=json_text(found),
        permitted=permitted_text(asked.restrictions.grants),
        feeds=asked.restrictions.granted,
        publication=asked.version.number,
        method=str(found.about.get("method", "")),
        clauses=tuple(sorted(clauses - {""})),
    )


def may_be_shown(viewer: Viewer, question: Question, at: datetime, permitted: str) -> bool:
    """Whether this viewer is permitted today all that the asker of a kept answer was. The look is on record."""
    try:
        asked = decided(viewer, question, at, home_desk(at))
    except (ReadDenied, QuestionError):
        return False
    return covers(asked.restrictions.grants, permitted)


def permitted_text(grants: tuple[FeedGrant, ...]) -> str:
    """What was permitted, by feed, as text that later grants can be held against."""
    return json.dumps({one.feed: _told(one) for one in grants}, sort_keys=True)


def covers(grants: tuple[FeedGrant, ...], permitted: str) -> bool:
    """Whether the grants give every feed that `permitted` names, as finely, and keep back of it nothing more."""
    now = {one.feed: _told(one) for one in grants}
    then: Mapping[str, Mapping[str, Any]] = json.loads(permitted)
    return all(feed in now and _as_much(now[feed], told) for feed, told in then.items())


def _told(one: FeedGrant) -> dict[str, Any]:
    kept_back = {name: sorted(getattr(one, name)) for name in _KEPT_BACK}
    return {
        "finest": int(min(one.finest, Grain.CELL)),  # no answer tells anything finer than a hexagon
        "fields": sorted(one.fields),
        "precise_sites": one.precise_sites,
        **kept_back,
    }


def _as_much(now: Mapping[str, Any], then: Mapping[str, Any]) -> bool:
    if now["finest"] < then["finest"] or not set(then["fields"]) <= set(now["fields"]):
        return False
    if then["precise_sites"] and not now["precise_sites"]:
        return False
    return all(set(now[name]) <= set(then[name]) for name in _KEPT_BACK)
