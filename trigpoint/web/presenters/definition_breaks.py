"""Changes of definition that an answer's counts may have felt, as sentences for the page and marks for the chart."""

from dataclasses import dataclass
from datetime import date

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import mapping_list
from trigpoint.web.presenters.words import day_words

__all__ = ["Break", "definition_breaks"]

NO_COMPARISON = "Before and after cannot be compared."


@dataclass(frozen=True, slots=True)
class Break:
    """`about` where the change came to different places at different times, so that the day is not sharp."""

    day: date
    about: bool
    title: str
    sentence: str


def definition_breaks(answer: Answer) -> tuple[Break, ...]:
    """The breaks an answer tells, the earliest first; none where it tells none."""
    told = [_break(one) for one in mapping_list(answer.about.get("definition_breaks", ()))]
    return tuple(sorted(told, key=lambda one: (one.day, one.title)))


def _break(told: dict[str, object]) -> Break:
    day, about = date.fromisoformat(str(told["date"])), bool(told["about"])
    title, text = str(told["title"]).rstrip("."), str(told["text"])
    when = f"{'From about' if about else 'From'} {day_words(day)}"
    return Break(day, about, title, f"{when}: {title}. {NO_COMPARISON} {text}".rstrip())
