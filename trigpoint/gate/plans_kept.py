"""The plans of this home, as the gate follows them. A draft promises nothing and cannot be followed."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from trigpoint.core.workflow.evaluation import label
from trigpoint.db.models import EvaluationPlan
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.plans import LockedPlan
from trigpoint.gate.questions import Question, question_from_words

__all__ = ["kept_plan", "question_of"]

LONDON = ZoneInfo("Europe/London")


def kept_plan(number: str) -> LockedPlan:
    """The locked plan of that number. Raises QuestionError where there is none, and for a draft."""
    digits = number.isascii() and number.isdigit() and len(number) < 10
    plan = EvaluationPlan.objects.filter(pk=int(number)).first() if digits else None
    if plan is None or plan.locked_at is None or plan.publication is None or plan.method is None:
        raise QuestionError(f"There is no locked plan {number}.")
    locked_on = plan.locked_at.astimezone(LONDON).date()
    return LockedPlan(
        number=int(plan.pk),
        query=question_of(plan).to_query(),
        controls=_listed(plan.controls),
        smallest_fall=plan.smallest_fall,
        expected=plan.expected,
        basis=plan.basis,
        locked_on=locked_on,
        publication=plan.publication,
        method=plan.method,
        label=label(plan.start, locked_on, _listed(plan.changed)),
    )


def question_of(plan: EvaluationPlan) -> Question:
    """The question that a plan asks."""
    words: Mapping[str, str | Sequence[str]] = {
        **parse_qs(plan.outcome),
        "level": plan.level,
        "within": _listed(plan.places),
        "start": plan.start.isoformat(),
        "radius": str(plan.radius_m),
        "buffer": str(plan.buffer_m),
        "months": str(plan.months),
    }
    return question_from_words("evaluation", words)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(text.split(",")) if text else ()
