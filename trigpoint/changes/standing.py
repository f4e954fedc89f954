"""Working ahead: the standing questions of every kind of account, as soon as there is a new version."""

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.utils import timezone
from django_tasks import task

from trigpoint.changes.accounts import list_accounts
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import ask
from trigpoint.gate.asked import LONDON
from trigpoint.gate.denial import BeingMadeAnew, QuestionError, ReadDenied
from trigpoint.gate.questions import Question
from trigpoint.gate.standing import standing_questions

__all__ = ["prepare_standing", "prepare_standing_in_background"]

ROLES_OF_THE_ROOM = frozenset({"analyst", "chair", "member"})
"""Whose questions are worked out ahead: those who sit in the meeting."""

_log = logging.getLogger(__name__)


@task()
def prepare_standing_in_background() -> int:
    """The worker's part, after a publication. Returns how many questions were worked out or were there already."""
    return prepare_standing(at=timezone.now())


def prepare_standing(*, at: datetime, tell: Callable[[str], None] = lambda _: None) -> int:
    """Work out the standing questions for each kind of viewer, so that nobody waits for them; how many there are.

    Each is asked as the account itself would, and stands in the audit so: what an account may not be told is not
    worked out for it, and two accounts that may be told the same share one result. A question that cannot be
    answered (too few months, say) is passed over; it will say so itself to whoever asks it.
    """
    ready = 0
    for viewer in _viewers():
        for question in _questions(viewer, at):
            tell(f"{question.kind} for {viewer.role}{' of ' + viewer.agency if viewer.agency else ''} …")
            ready += _worked_out(viewer, question, at)
    return ready


def _viewers() -> list[Viewer]:
    """One account of each role and agency of the room."""
    found: dict[tuple[str, str], Viewer] = {}
    for one in list_accounts():
        if one.active and one.role in ROLES_OF_THE_ROOM:
            found.setdefault((one.role, one.agency), Viewer(user=one.user, agency=one.agency, role=one.role))
    return list(found.values())


def _questions(viewer: Viewer, at: datetime) -> list[Question]:
    today = at.astimezone(LONDON).date()
    try:
        span = ask(viewer, Question("choices"), at).about["period"]
    except (QuestionError, ReadDenied, BeingMadeAnew):
        return []
    days = [date.fromisoformat(day) for day in span if day] if isinstance(span, list) else []
    return list(standing_questions(days[0], days[1], today=today)) if len(days) == 2 else []


def _worked_out(viewer: Viewer, question: Question, at: datetime) -> int:
    try:
        ask(viewer, question, at)
    except (QuestionError, ReadDenied, BeingMadeAnew) as refusal:
        _log.info("%s was not worked out for %s: %s", question.kind, viewer.role, refusal)
        return 0
    return 1
