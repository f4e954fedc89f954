"""What a sense-check would do once it is published, asked before it is: as whoever looks, through the gate.

Here because the row that a check is about is known to the agency that sent it alone: a page is given answers, never the
row.
"""

from datetime import datetime

from trigpoint.changes.checks_to_come import to_come
from trigpoint.changes.sense_checks import one_check
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import SenseCheck
from trigpoint.gate.answers import Answer
from trigpoint.gate.as_if import ask_as_if
from trigpoint.gate.questions import Question

__all__ = ["asked_as_if", "not_published_yet"]


def not_published_yet(*, number: int, viewer: Viewer, at: datetime) -> bool:
    """Whether a check would change something and no publication shows it yet. Raises ChangeDenied or NoSuchThing."""
    one_check(number=number, by=viewer.user, at=at, purpose=viewer.purpose)
    return to_come(SenseCheck.objects.get(pk=number)) is not None


def asked_as_if(*, number: int, question: Question, viewer: Viewer, at: datetime) -> Answer | None:
    """The question answered with the check in force; None where it changes nothing, or is published already.

    Raises ChangeDenied, NoSuchThing, and as `gate.ask.ask`.
    """
    one_check(number=number, by=viewer.user, at=at, purpose=viewer.purpose)
    correction = to_come(SenseCheck.objects.get(pk=number))
    return None if correction is None else ask_as_if(viewer, question, at, correction)
