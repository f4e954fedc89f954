"""What the gate takes from this home: the publication in use, the agreements adopted, and its audit."""

import json
import threading
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path

from django.db.models import TextField
from django.db.models.functions import Cast

from trigpoint.core.sharing.agreement import Agreement, agreement_from
from trigpoint.core.sharing.policy import Decision
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.audit import record_event
from trigpoint.db.home import current_home
from trigpoint.db.models import AdoptedAgreement, Erasure, Publication
from trigpoint.gate.denial import BeingMadeAnew, QuestionError
from trigpoint.gate.meeting_rules import MeetingRule, meeting_rules
from trigpoint.gate.questions import Question
from trigpoint.gate.version import Version
from trigpoint.store.connection import cursor, let_go_of_others, read_format
from trigpoint.store.schema import STORE_FORMAT

__all__ = [
    "adopted_agreements",
    "current_version",
    "current_version_and_runs",
    "home_rules",
    "record_question",
]

NEVER_RECORDED = frozenset({"text"})
"""Words of a question that may hold what somebody typed: an address, a name."""

_lock = threading.Lock()
_in_use: dict[str, Version] = {}


def current_version() -> Version:
    """The newest publication of this home, open. Raises QuestionError where nothing has been published."""
    return current_version_and_runs()[0]


def current_version_and_runs() -> tuple[Version, Path]:
    """The newest publication, open, and the folder of what was worked out from it, which goes when its store file goes.

    Raises QuestionError where nothing has been published, BeingMadeAnew while the newest may hold rows that are gone.
    """
    if Erasure.being_published():
        raise BeingMadeAnew
    newest = Publication.in_use()
    if newest is None:
        raise QuestionError("Nothing has been published yet: load a file, then run 'trigpoint publish'.")
    path = current_home().store / newest.file_name
    with _lock:
        version = _in_use.get(str(path))
        if version is None or version.number != newest.number:
            _in_use.clear()
            version = Version(newest.number, partial(cursor, path))
            _refuse_other_form(version)
            _in_use[str(path)] = version
            let_go_of_others(path)
    return version, path.with_suffix(".runs")


def _refuse_other_form(version: Version) -> None:
    """Facts built by an earlier program lack tables that this one asks; building them again needs no reloading."""
    with version.cursor() as opened:
        form = read_format(opened)
    if form not in (None, STORE_FORMAT):
        raise QuestionError(
            "What is published was built by another version of the program: run 'trigpoint publish'."
        )


def home_rules() -> tuple[MeetingRule, ...]:
    """The rules that raise the meeting's questions: the package's, and this home's own. Raises RulesFault."""
    return meeting_rules(current_home().definitions)


def adopted_agreements(at: datetime) -> tuple[Agreement, ...]:
    """The agreements adopted by an instant and not ended by then. Raises AgreementError for one that cannot be read."""
    adopted = AdoptedAgreement.objects.filter(adopted_at__lte=at).exclude(ended_at__lte=at)
    texts = adopted.annotate(words=Cast("text", TextField())).order_by("code", "version")
    return tuple(_agreement(words) for words in texts.values_list("words", flat=True))


@lru_cache(maxsize=256)
def _agreement(words: str) -> Agreement:
    """An agreement by its very words: read once, however many questions it decides."""
    return agreement_from(json.loads(words))


def record_question(
    viewer: Viewer, question: Question, at: datetime, decision: Decision, publication: int
) -> None:
    """One line of the audit for one question, allowed or denied. Raises what the database raises."""
    words = {word: value for word, value in question.to_dict().items() if word not in NEVER_RECORDED}
    record_event(
        event="question",
        at=at,
        user=viewer.user,
        agency=viewer.agency,
        role=viewer.role,
        purpose=viewer.purpose,
        subject=f"{question.kind} {question.level_word}",
        allowed=decision.allowed,
        clause=decision.clause,
        detail={
            "kind": question.kind,
            "question": words,
            "publication": publication,
            "left_out": [one.feed for one in decision.restrictions.left_out],
        },
    )
