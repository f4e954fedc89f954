"""Between a plan's terms, its line in the database and the words of a question."""

from datetime import date
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from trigpoint.core.workflow.evaluation import PlanTerms
from trigpoint.db.models import EvaluationPlan
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.evaluation import USUAL_BUFFER_M
from trigpoint.gate.kinds.evaluation_ground import moved
from trigpoint.gate.questions import Question
from trigpoint.gate.version import Version
from trigpoint.gate.within import find_place

__all__ = ["LONDON", "ends_on", "terms_of", "words_of"]

LONDON = ZoneInfo("Europe/London")

_OWN_WORDS = ("level", "around", "within", "start", "radius", "buffer", "months", "plan", "geometry", "names")


def terms_of(plan: EvaluationPlan) -> PlanTerms:
    """The terms in a plan's line."""
    return PlanTerms(
        places=tuple(plan.places.split(",")),
        level=plan.level,
        start=plan.start,
        outcome=plan.outcome,
        radius_m=plan.radius_m,
        buffer_m=plan.buffer_m,
        months=plan.months,
    )


def words_of(question: Question, version: Version) -> PlanTerms:
    """The terms that a question names; its places by their codes. Raises QuestionError for one that is not its level's."""
    column = question.level if question.resolution is None else f"cell_{question.resolution}"
    names = (*((question.around,) if question.around else ()), *question.within)
    places = {one.code: one for one in (find_place(name, version) for name in names)}
    for one in places.values():
        if one.column != column or one.kind == "route":
            raise QuestionError(f"{one.code} is no place of the level {question.level_word}.")
    if question.start is None:
        raise QuestionError("A plan says on which day the work begins: start=YYYY-MM-DD.")
    outcome = {word: value for word, value in question.to_dict().items() if word not in _OWN_WORDS}
    return PlanTerms(
        places=tuple(sorted(places)),
        level=question.level_word,
        start=question.start,
        outcome=urlencode(outcome, doseq=True),
        radius_m=question.radius_m,
        buffer_m=question.buffer_m or USUAL_BUFFER_M,
        months=question.months,
    )


def ends_on(plan: EvaluationPlan) -> date:
    """The first day after the plan's months."""
    return moved(plan.start, plan.months)
