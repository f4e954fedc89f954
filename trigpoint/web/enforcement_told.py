"""What the page of enforcement and the meeting's page ask the gate: notices, the gap matrix, and what ends when."""

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest

from trigpoint.web.asking_softly import Part, asked_softly
from trigpoint.web.presenters.enforcement import NoticeRow, ends_before_rows
from trigpoint.web.presenters.plain import words

__all__ = ["EndsBefore", "area_names", "ends_before"]


@dataclass(frozen=True, slots=True)
class EndsBefore:
    """For `parts/ends_before.html`: notices that end before a day, or why they are not told."""

    day: date
    rows: list[NoticeRow] = field(default_factory=list)
    sentence: str = ""


def ends_before(request: HttpRequest, day: date, notices: Part | None = None) -> EndsBefore:
    """Notices in force that end before a day, as this person may be told of them."""
    part = notices or asked_softly(request, "notices", {})
    if part.answer is None:
        return EndsBefore(day, sentence=part.sentence)
    return EndsBefore(day, ends_before_rows(part.answer, day, area_names(request)))


def area_names(request: HttpRequest) -> dict[str, str]:
    """Names of wards and districts by code: published geography."""
    found: dict[str, str] = {}
    for level in ("district", "ward"):
        part = asked_softly(request, "shapes", {"level": [level]})
        if part.answer is not None:
            found |= dict(
                zip(words(part.answer.columns["code"]), words(part.answer.columns["name"]), strict=True)
            )
    return found
