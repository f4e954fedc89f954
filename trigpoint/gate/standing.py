"""Standing questions: those every meeting asks, with their period settled by what has been published."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from trigpoint.gate.questions import Question, question_from_words

__all__ = ["months_that_are_over", "standing_questions"]


def months_that_are_over(start: date, end: date, *, months: int, today: date) -> tuple[date, date]:
    """The last so many whole months of the half-open span that are over by `today`, or all of it where it is shorter.

    `start` and `end` are firsts of months. A month that still runs would look like a fall.
    """
    this = today.replace(day=1)
    last = this if end > today and this > start else end
    first = last.year * 12 + last.month - 1 - months
    return max(start, date(first // 12, first % 12 + 1, 1)), last


def standing_questions(start: date, end: date, *, today: date) -> Iterator[Question]:
    """Each of definitions/standing.yaml, over its months of a span of whole months."""
    for told in _told():
        first, last = months_that_are_over(start, end, months=told["months"], today=today)
        words = {"from": first.isoformat(), "to": last.isoformat(), **told["words"]}
        yield question_from_words(told["kind"], words)


@cache
def _told() -> list[dict[str, Any]]:
    """The definitions, each with kind, months and words. Raises ValueError for one that says it otherwise."""
    text = files("trigpoint").joinpath("definitions", "standing.yaml").read_text(encoding="utf-8")
    told: list[dict[str, Any]] = yaml.safe_load(text)
    if not all(set(one) == {"kind", "months", "words"} for one in told):
        raise ValueError("definitions/standing.yaml: every entry says its kind, months and words")
    return told
