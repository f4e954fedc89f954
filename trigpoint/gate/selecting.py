"""A question's filters in the dense ids of a store version."""

from trigpoint.core.sharing.agreement import LOCATION_ROLES
from trigpoint.gate.asked import EPOCH, known_instant
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.exposure import left_out_of
from trigpoint.gate.questions import DETECTIONS, QUALITIES, Question
from trigpoint.gate.version import Version
from trigpoint.gate.within import Place
from trigpoint.store.questions import Selection

__all__ = ["selection_of"]


def selection_of(
    question: Question, version: Version, within: tuple[Place, ...], exposure: tuple[int, ...] = ()
) -> Selection:
    """The filters in dense ids; `exposure` are the categories that are no concerns.

    Agencies and feeds must be known; raises QuestionError for other unknown codes.
    """
    vocabulary = version.vocabulary
    categories: dict[str, tuple[int, ...]] = {}
    for one in vocabulary.categories:
        categories[one.code] = (*categories.get(one.code, ()), one.id)
    bits = {one.code: one.bit for one in vocabulary.themes}
    for code in question.categories:
        if code not in categories:
            raise QuestionError(f"There is no category '{code}'.")
    for code in question.themes:
        if code not in bits:
            raise QuestionError(f"There is no theme '{code}': choose from {', '.join(bits) or 'none yet'}.")
    named = tuple(number for code in question.categories for number in categories[code])
    return Selection(
        from_day=(question.period_from - EPOCH).days if question.period_from else None,
        to_day=(question.period_to - EPOCH).days if question.period_to else None,
        hours=question.hours,
        weekdays=question.weekdays,
        agencies=tuple(one.id for one in vocabulary.agencies if one.code in question.agencies),
        feeds=tuple(one.id for one in vocabulary.feeds if one.code in question.feeds),
        categories=named,
        without_categories=left_out_of(question, exposure, named),
        theme_mask=sum(1 << bits[code] for code in question.themes),
        roles=tuple(LOCATION_ROLES.index(role) for role in question.roles),
        detections=tuple(DETECTIONS.index(one) for one in question.detections),
        qualities=tuple(1 + QUALITIES.index(one) for one in question.qualities),
        within=tuple((place.column, number) for place in within for number in place.ids),
        known_at=known_instant(question.known) if question.known else None,
    )
