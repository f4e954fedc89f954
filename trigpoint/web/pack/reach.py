"""Whom a paper or picture may be given to: what was asked for it, held against what each seat is permitted."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from trigpoint.changes.meetings import MeetingTold
from trigpoint.gate.answers import Answer
from trigpoint.gate.distribution import Distribution, distribution_of
from trigpoint.gate.ledger import agency_names
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.web.asking import Words
from trigpoint.web.hot_now.sources import Sources
from trigpoint.web.viewer import viewer_of

__all__ = ["distribution_for", "noting", "said_of", "whom_for"]

OPEN = "open_data"


def noting(sources: Sources) -> tuple[Sources, list[Question]]:
    """The same sources, and the questions that they answered, as they do: what was refused or waits is in no paper."""
    put: list[Question] = []

    def ask(kind: str, words: Words) -> Answer:
        told = sources.ask(kind, words)
        put.append(question_from_words(kind, words))
        return told

    return replace(sources, ask=ask), put


def distribution_for(
    request: HttpRequest, put: list[Question], of: MeetingTold | None, at: datetime
) -> Distribution:
    """For the agencies with a seat at the meeting; without one, for all that sit at the table."""
    seats = (
        [(one.agency, one.name) for one in of.attendance]
        if of is not None
        else [one for one in agency_names() if one[0] != OPEN]
    )
    return distribution_of(viewer_of(request), put, seats, at)


def whom_for(
    request: HttpRequest, put: list[Question], of: MeetingTold | None, at: datetime
) -> dict[str, Any]:
    """What a paper says of it, on every page and on its first."""
    return said_of(distribution_for(request, put, of, at), at_meeting=of is not None)


def said_of(found: Distribution, *, at_meeting: bool = True) -> dict[str, Any]:
    """The same, of a distribution that is known; not `at_meeting`, of a paper that any agency at the table may ask for."""
    line = found.line if found.kept_from or at_meeting else "For every agency at the table."
    return {"distribution": f"{line} Do not forward.", "kept_from": list(found.words)}
