"""A kept answer and its line in the database: packed, digested, and with its question as it was put."""

import hashlib
import zlib
from dataclasses import replace

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import Delivery, KeptAnswer, Publication
from trigpoint.gate.asked import LONDON
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.frozen_answers import Taken
from trigpoint.gate.questions import Question, question_from_query

__all__ = ["as_known_then", "asker_of", "columns_of", "digest_of", "question_kept", "unpacked"]


def columns_of(taken: Taken) -> dict[str, object]:
    """The columns of a line that an answer fills."""
    return {
        "permitted": taken.permitted,
        "rests_on": _rests_on(taken),
        "content": zlib.compress(taken.text.encode()),
        "digest": digest_of(taken.text),
    }


def unpacked(line: KeptAnswer) -> str:
    """The JSON of a kept answer. Raises RuntimeError where its bytes are not those that were kept."""
    text = zlib.decompress(bytes(line.content)).decode()
    if digest_of(text) != line.digest:
        raise RuntimeError(f"kept answer {line.pk} is not what was kept: its digest differs")
    return text


def digest_of(text: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def asker_of(line: KeptAnswer) -> Viewer:
    """Who asked."""
    return Viewer(**line.asker)


def question_kept(line: KeptAnswer) -> Question:
    """The question as it was put."""
    return question_from_query(line.kind, line.query)


def as_known_then(line: KeptAnswer) -> Question:
    """The same question, as known on the day it was frozen. Raises QuestionError where no earlier day can be asked."""
    question = question_kept(line)
    if question.plan:
        raise QuestionError(
            "The result of an evaluation is told as it is now: no earlier day can be asked of it."
        )
    if question.known is not None:
        return question
    return replace(question, known=line.kept_at.astimezone(LONDON).date())


def _rests_on(taken: Taken) -> list[int]:
    """Every delivery of the feeds it was made from that its publication rests on: rather one too many."""
    published = Publication.objects.get(number=taken.publication).deliveries
    found = Delivery.objects.filter(pk__in=published, definition__in=taken.feeds)
    return list(found.order_by("pk").values_list("pk", flat=True))
