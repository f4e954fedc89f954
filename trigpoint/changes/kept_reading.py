"""Kept answers, as a viewer may read them: the bytes themselves, or the same question asked anew under their own rights.

Whoever is permitted today all that the asker was is given what was kept. Everybody else is answered from the facts as
they were known on that day, and is told so: what they read never depends on what they may not see
(docs/decisions/0020).
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from trigpoint.changes.kept_lines import as_known_then, question_kept, unpacked
from trigpoint.changes.kept_pictures import KeptPictures, unpacked_pictures
from trigpoint.changes.lost_places import LostPlace, lost_from
from trigpoint.changes.meetings import with_duty
from trigpoint.core.sharing.viewer import DEFAULT_PURPOSE, Viewer
from trigpoint.db.models import KeptAnswer
from trigpoint.gate.ask import ask
from trigpoint.gate.denial import NotWorkedOut, QuestionError, ReadDenied
from trigpoint.gate.frozen_answers import may_be_shown
from trigpoint.gate.questions import Question
from trigpoint.gate.show import json_text

__all__ = ["KeptTold", "Way", "kept_answer", "kept_answers"]

Way = Literal["kept", "asked again", "refused", "being worked out", "being restated", "live"]


@dataclass(frozen=True, slots=True)
class KeptTold:
    """One answer of a meeting for one viewer. `way` says how it is told: "kept" are the bytes of the freeze; what is
    "being restated" has none until it is made again. "live" is nothing kept: what a freeze would keep now.

    `content` is the answer as JSON ({"about", "rows", "parts"}), None unless it is kept or asked again; `why` is a
    sentence where it is not kept. `question` is what to ask for the same today; `digest` is that of the kept bytes,
    "" for whoever is not given them. That it was restated, and why, is told to whoever is permitted what it was made of:
    to others an erasure they may not know of would show. `lost` are places that it told of before that.
    """

    name: str
    question: Question
    way: Way
    content: dict[str, Any] | None
    why: str
    kept_at: datetime
    digest: str
    restated_at: datetime | None
    restated_because: str
    picture: bytes | None
    lost: tuple[LostPlace, ...] = ()

    @property
    def pictures(self) -> KeptPictures | None:
        """The maps kept with it, for whoever reads what was kept and for nobody else."""
        return unpacked_pictures(self.picture)


ASKED_AGAIN = (
    "Your agency is shown less than the meeting was. This is the same question, answered from what was known on that day, "
    "of what you are shown."
)
RESTATED_WORDS = "This is being restated, from the rows that are left:"
GONE_WORDS = "What this rested on was erased or withdrawn, and it cannot be answered any more."


def kept_answers(
    *, number: int, by: str, at: datetime, purpose: str = DEFAULT_PURPOSE, may_wait: bool = False
) -> tuple[KeptTold, ...]:
    """Every answer that a meeting kept, as `by` may read it. Raises ChangeDenied where they read no meetings."""
    lines = KeptAnswer.objects.filter(meeting_id=number)
    viewer = _viewer(by, purpose)
    return tuple(_told(line, viewer, at, may_wait) for line in lines)


def kept_answer(
    *, number: int, name: str, by: str, at: datetime, purpose: str = DEFAULT_PURPOSE, may_wait: bool = False
) -> KeptTold | None:
    """One of them by its name; None where the meeting kept none so named."""
    line = KeptAnswer.objects.filter(meeting_id=number, name=name).first()
    return _told(line, _viewer(by, purpose), at, may_wait) if line else None


def _viewer(by: str, purpose: str) -> Viewer:
    account = with_duty("read_meetings", by)
    return Viewer(account.user, account.agency, account.role, purpose)


def _told(line: KeptAnswer, viewer: Viewer, at: datetime, may_wait: bool) -> KeptTold:
    question = question_kept(line)
    if may_be_shown(viewer, question, at, line.permitted):
        if line.set_aside_at is not None:
            return _as(line, question, "being restated", None, f"{RESTATED_WORDS} {line.set_aside_because}.")
        content = json.loads(unpacked(line))
        if "gone" in content:
            return replace(
                _as(line, question, "kept", None, GONE_WORDS), way="refused", digest="", picture=None
            )
        return _as(line, question, "kept", content, "")
    try:
        found = ask(viewer, as_known_then(line), at, may_wait=may_wait, again=True)
    except NotWorkedOut as wait:
        return _as(line, wait.question, "being worked out", None, str(wait))
    except (ReadDenied, QuestionError) as refusal:
        return _as(line, question, "refused", None, str(refusal))
    return _as(line, question, "asked again", json.loads(json_text(found)), ASKED_AGAIN)


def _as(line: KeptAnswer, question: Question, way: Way, content: dict[str, Any] | None, why: str) -> KeptTold:
    told_why = way == "kept" and line.restated_at is not None
    return KeptTold(
        name=line.name,
        question=question,
        way=way,
        content=content,
        why=why,
        kept_at=line.kept_at,
        digest=line.digest if way == "kept" else "",
        restated_at=line.restated_at if way == "kept" else None,
        restated_because=line.restated_because if way == "kept" else "",
        picture=bytes(line.picture) if way == "kept" and line.picture is not None else None,
        lost=lost_from(line.listed, content or {}) if told_why else (),
    )
