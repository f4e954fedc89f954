"""From a request to an answer of the gate: the one place where pages, API and exports ask."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.gate.answers import Answer
from trigpoint.gate.ask import ask
from trigpoint.gate.erased import with_erased
from trigpoint.gate.questions import question_from_words
from trigpoint.web.viewer import viewer_of

Words = Mapping[str, str | Sequence[str]]


def asked(request: HttpRequest, kind: str, words: Words, *, again: bool = False) -> Answer:
    """Ask as the person signed in. Raises QuestionError and ReadDenied, which become pages or API refusals.

    Nobody waits in a request for what takes more than a moment: then NotWorkedOut is raised, and the worker is asked.
    `again` is for what is asked each time a page is opened: the answer is kept for whoever may see the same.
    """
    viewer = viewer_of(request)
    found = ask(viewer, question_from_words(kind, words), at=timezone.now(), may_wait=False, again=again)
    return with_erased(found, viewer)
