"""Further questions that an answer asks on its way, under the very decision taken on the first."""

from dataclasses import replace
from typing import Any

from trigpoint.gate.asked import Asked
from trigpoint.gate.selecting import selection_of

__all__ = ["asked_beside"]


def asked_beside(
    asked: Asked, kind: str, *, of: frozenset[str] = frozenset({"records"}), **words: Any
) -> Asked:
    """The same filters put to another kind, of the feeds of the kinds `of` that this decision permits.

    `words` are fields of the question to set beside its filters. Places it is narrowed to are kept. The grain stays
    that of the first question: nothing finer than it was decided on can be told.
    """
    question = asked.question
    kept = {
        name: getattr(question, name)
        for name in (
            "period_from",
            "period_to",
            "themes",
            "agencies",
            "feeds",
            "categories",
            "detections",
            "qualities",
            "hours",
            "weekdays",
            "within",
            "known",
            "q",
        )
    }
    put = type(question)(kind=kind, **(kept | words))
    feeds = {one.id for one in asked.version.vocabulary.feeds if one.kind in of}
    return replace(
        asked,
        question=put,
        permitted=tuple(one for one in asked.permitted if one.feed in feeds),
        selection=selection_of(put, asked.version, asked.within, asked.exposure),
        around=None,
    )
