"""A part of a page that is asked of the gate: where it cannot be told yet, or not at all, the page stands without it."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.changes.runs import request_run
from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.web.asking import Words, asked
from trigpoint.web.viewer import viewer_of

__all__ = ["Part", "asked_softly"]


@dataclass(frozen=True, slots=True)
class Part:
    """The answer, or None with the sentence that says why: `waits` where it is being worked out."""

    answer: Answer | None
    sentence: str = ""
    waits: bool = False


def asked_softly(request: HttpRequest, kind: str, words: Words) -> Part:
    """Ask as the person signed in. What takes long is begun, once, and said; a refusal is told in its own words."""
    try:
        return Part(asked(request, kind, words))
    except NotWorkedOut as wait:
        request_run(viewer_of(request), wait.question, at=timezone.now())
        return Part(None, "This is being worked out. Load the page again in a minute.", waits=True)
    except (QuestionError, ReadDenied) as refusal:
        return Part(None, str(refusal))
