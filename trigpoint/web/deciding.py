"""Before a decision is written: what the panel and the plain form offer, each asked of the gate as the person signed in."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, QueryDict

from trigpoint.changes.action_kinds import action_kinds
from trigpoint.changes.deciding import DrawnAt
from trigpoint.changes.named_places import PlaceTold, place_drawn_at
from trigpoint.changes.sittings import Sitting, meeting_after, meeting_now
from trigpoint.core.workflow.action import CLASSES
from trigpoint.core.workflow.place import Drawn, drawn
from trigpoint.gate.denial import QuestionError
from trigpoint.web.asking import asked
from trigpoint.web.presenters.filters import filter_words
from trigpoint.web.presenters.hotspots import hotspot_rows
from trigpoint.web.presenters.words import day_words

__all__ = [
    "DateOffered",
    "dates_offered",
    "detectable",
    "drawn_at",
    "hotspot_words",
    "kinds_offered",
    "known_place",
    "sitting_for",
]

Json = dict[str, object]
TWO_WEEKS = timedelta(days=14)
OUTCOME_WORDS = ("agency", "theme", "category", "detection", "quality", "feed")
"""Of the map's filters, those that say which records an evaluation counts."""


@dataclass(frozen=True, slots=True)
class DateOffered:
    """A day that suits, and why."""

    day: date
    words: str
    why: str


def drawn_at(request: HttpRequest, told: QueryDict) -> DrawnAt:
    """The hotspot of `letter` in the map's own question, as this person may see it now. Raises QuestionError."""
    letter = told.get("letter", "")
    tested = asked(request, "hotspots", hotspot_words(told))
    row = next((one for one in hotspot_rows(tested) if one["letter"] == letter), None)
    if row is None:
        raise QuestionError("That hotspot is not among the places that pass the test with these filters.")
    units = [str(code) for code in row["units"]]  # type: ignore[attr-defined]
    return DrawnAt(str(row["name"]), str(tested.about["level"]), units, told.urlencode())


def hotspot_words(told: QueryDict) -> dict[str, list[str]]:
    """Of the map's question, what the hotspots are asked with."""
    tested = {word: [str(told[word])] for word in ("background", "test", "q") if told.get(word)}
    return {**filter_words(told), **tested}


def known_place(there: DrawnAt, by: str) -> tuple[Drawn, PlaceTold | None]:
    """Its drawing, and the open place that it means, if there is one."""
    drawing = drawn(there.level, there.units)
    return drawing, place_drawn_at(level=drawing.level, units=drawing.units, by=by)


def kinds_offered() -> list[Json]:
    """The vocabulary, as the panel fills its blanks from it."""
    return [
        {
            "code": one.code,
            "label": one.label,
            "what": f"{one.verb} {one.what}",
            "class": CLASSES[one.kind_class],
            "weeks": one.weeks,
            "expected": one.expected,
            "seen": one.seen,
        }
        for one in action_kinds().values()
    ]


def dates_offered(*, today: date, district: str, sitting: Sitting | None, by: str) -> list[DateOffered]:
    """Two weeks from today; a week before the next meeting, and its day, where one is planned."""
    after = max(sitting.held_on, today) if sitting else today
    following = meeting_after(district=district, after=after, by=by)
    found = [DateOffered(today + TWO_WEEKS, day_words(today + TWO_WEEKS), "two weeks from today")]
    if following:
        for day, why in (
            (following.held_on - timedelta(days=7), "a week before the next meeting"),
            (following.held_on, "next meeting"),
        ):
            if day > today:
                found.append(DateOffered(day, day_words(day), why))
    return found


def detectable(request: HttpRequest, drawing: Drawn, told: QueryDict, start: date) -> str:
    """What an evaluation could see, before anything is done. Raises QuestionError, NotWorkedOut."""
    kept = filter_words(told)
    words = {word: list(kept[word]) for word in OUTCOME_WORDS if word in kept}
    question = {
        **words,
        "level": [drawing.level],
        "within": list(drawing.units),
        "start": [start.isoformat()],
    }
    return str(asked(request, "evaluation", question).about["said_before"])


def sitting_for(district: str, today: date, by: str) -> Sitting | None:
    """The meeting that a decision on a place of that district is saved to."""
    return meeting_now(district=district, on=today, by=by)
