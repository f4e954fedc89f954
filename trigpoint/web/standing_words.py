"""The words of the standing questions as pages ask them: the level that this home has, the months that are over."""

from datetime import date

from django.http import HttpRequest
from django.utils import timezone

from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.standing import months_that_are_over
from trigpoint.web.asking import asked

__all__ = ["standing_level", "standing_months"]


def standing_level(request: HttpRequest) -> str:
    """Streets where the home knows them, else hexagons."""
    return "street" if asked(request, "choices", {}).about["has_streets"] else "cell:9"


def standing_months(request: HttpRequest, months: int) -> dict[str, list[str]]:
    """The last so many months that are over, of what this person may see."""
    today: date = timezone.localdate()
    span = whole_months(asked(request, "choices", {}), today=today)
    start, end = months_that_are_over(*span, months=months, today=today)
    return {"from": [start.isoformat()], "to": [end.isoformat()]}
