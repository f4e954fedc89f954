"""What a sense-check would do once it is published, asked before it is: as whoever looks, through the gate.

Here because the row that a check is about is known to the agency that sent it alone: a page is given answers, never the
row.
"""

from datetime import UTC, datetime

from trigpoint.changes.sense_checks import one_check
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.core.workflow.corrections import Correction, Moved
from trigpoint.core.workflow.sense_check import NONE
from trigpoint.db.models import Publication, SenseCheck
from trigpoint.gate.answers import Answer
from trigpoint.gate.as_if import ask_as_if
from trigpoint.gate.questions import Question

__all__ = ["asked_as_if", "not_published_yet"]


def not_published_yet(*, number: int, by: str) -> bool:
    """Whether a check would change something and no publication shows it yet. Raises ChangeDenied or NoSuchThing."""
    one_check(number=number, by=by)
    return _to_come(SenseCheck.objects.get(pk=number)) is not None


def asked_as_if(*, number: int, question: Question, viewer: Viewer, at: datetime) -> Answer | None:
    """The question answered with the check in force; None where it changes nothing, or is published already.

    Raises ChangeDenied, NoSuchThing, and as `gate.ask.ask`.
    """
    one_check(number=number, by=viewer.user)
    correction = _to_come(SenseCheck.objects.get(pk=number))
    return None if correction is None else ask_as_if(viewer, question, at, correction)


def _to_come(check: SenseCheck) -> Correction | None:
    effect, value = str(check.detail.get("effect", NONE)), check.detail.get("value", {})
    if (
        effect == NONE
        or check.delivery is None
        or check.row is None
        or check.state == SenseCheck.State.UNDONE
    ):
        return None
    since = check.seconded_at or check.at
    newest = Publication.objects.order_by("-number").first()
    if check.state == SenseCheck.State.IN_FORCE and newest is not None and newest.built_at >= since:
        return None
    other, to = value.get("other"), value.get("to")
    return Correction(
        number=int(check.pk), record=(check.delivery, check.row), effect=effect,
        known_from=since.astimezone(UTC).replace(tzinfo=None), to=Moved(**to) if to else None,
        role=value.get("role", -1), other=(other[0], other[1]) if other else None,
    )  # fmt: skip
