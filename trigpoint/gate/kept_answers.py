"""Answers that a page asks each time it is opened, kept while their version is open.

Only the working out is spared. By the time this is reached the question has been decided and stands in the audit, for
this viewer and this moment; and an answer is found again only where everything it depends on is the same, the
viewer's restrictions first of all.
"""

from collections.abc import Callable, Hashable

from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import LONDON, Asked

__all__ = ["KEPT_KINDS", "kept_answer"]

KEPT_KINDS = frozenset(
    {
        "choices", "counts", "coverage", "emerging", "hotspots", "joint", "notices", "picture", "questions", "routes",
        "shapes", "sites", "work",
    }
)  # fmt: skip
"""Kinds that look at the version, the question and the day alone: at no wording, plan or clock."""


def kept_answer(asked: Asked, make: Callable[[Asked], Answer]) -> Answer:
    """The answer given before to the same question under the same restrictions, the very same object; or made now.

    What cannot be answered is never kept. A kept answer to hotspots may lack the stability worked out since it was
    made: a question that names `stability` is another question.
    """
    if asked.question.kind not in KEPT_KINDS or asked.of_every_agency is not None:
        return make(asked)
    return asked.version.keep_answer(_key(asked), lambda: make(asked))


def _key(asked: Asked) -> Hashable:
    return (
        asked.restrictions,
        asked.permitted,
        asked.question,
        asked.selection,
        asked.grain,
        asked.within,
        asked.around,
        asked.exposure,
        asked.rules,
        asked.work,
        # notices go by the day of the clock, everything else by the day in the county
        asked.at.date(),
        asked.at.astimezone(LONDON).date(),
    )
