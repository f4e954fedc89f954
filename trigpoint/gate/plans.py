"""A plan of an evaluation as the gate uses it: the question it asks, and what was fixed when it was locked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from trigpoint.gate.denial import QuestionError
from trigpoint.gate.questions import Question, question_from_query

__all__ = ["LockedPlan", "Plans", "as_put", "no_plans", "planned"]


@dataclass(frozen=True, slots=True)
class LockedPlan:
    """`query` is the question in the words of a URL; `controls` the codes of the comparable places, `smallest_fall`
    what could have been seen, and `basis` the records that both were worked out from (see `gate.kinds`), each as it
    was when the plan was locked, `locked_on`, from `publication`. `label` says in words how it was planned.
    """

    number: int
    query: str
    controls: tuple[str, ...]
    smallest_fall: float | None
    expected: float | None
    basis: str
    locked_on: date
    publication: int
    method: int
    label: str


Plans = Callable[[str], LockedPlan]
"""The locked plan of a number. Raises QuestionError where there is none."""


def no_plans(number: str) -> LockedPlan:
    """Where there are no plans at all."""
    raise QuestionError(f"There is no locked plan {number}.")


def as_put(question: Question) -> Question:
    """The question as it may be put again: one that follows a plan names the plan alone."""
    return Question(kind=question.kind, plan=question.plan) if question.plan else question


def planned(question: Question, plans: Plans) -> tuple[Question, LockedPlan | None]:
    """The question that a plan asks, in place of one that only names the plan. Raises QuestionError for anything that
    is asked beside it: a locked plan cannot be asked otherwise than it was locked."""
    if not question.plan:
        return question, None
    if question.kind != "evaluation":
        raise QuestionError("Only an evaluation can follow a plan.")
    if question != Question(kind="evaluation", plan=question.plan):
        raise QuestionError("A plan says what is asked: name the plan alone.")
    plan = plans(question.plan)
    return replace(question_from_query("evaluation", plan.query), plan=question.plan), plan
