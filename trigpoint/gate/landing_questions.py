"""The words of the landing page: one test names its places and gives them their letters (docs/decisions/0017).

A meeting freezes the answers to these same words, so that what the room sees is what the page showed.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from trigpoint.gate.answers import Answer
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.gate.standing import months_that_are_over

__all__ = [
    "ON_CELLS",
    "ON_STREETS",
    "landing_test",
    "month_after",
    "questions_to_keep",
    "whole_months",
]

ON_STREETS = {"level": "street", "background": "past"}
ON_CELLS = {"level": "cell:9", "background": "past"}
"""The same where nothing is known of streets."""


def landing_test(choices: Answer) -> dict[str, str]:
    """The words of the one test, from an answer of the kind "choices"."""
    return dict(ON_STREETS if choices.about["has_streets"] else ON_CELLS)


def whole_months(choices: Answer, *, today: date) -> tuple[date, date]:
    """The span of the permitted records as whole months, half-open; this month where there is none."""
    told = choices.about["period"]
    if not isinstance(told, list | tuple) or len(told) != 2:
        raise TypeError("expected a period")
    start, end = (date.fromisoformat(one) if one else None for one in told)
    last = end - timedelta(days=1) if end else today
    return (start or today).replace(day=1), month_after(last)


def month_after(day: date) -> date:
    """The first of the following month."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def questions_to_keep(
    choices: Answer, *, today: date, months: int, known: date | None, plans: tuple[int, ...] = ()
) -> Iterator[tuple[str, Question]]:
    """What a meeting keeps the answers to, each under the name it has there; `plans` are evaluations that are due.

    `known` asks as known at the end of a day: only a freeze that is played later needs it.
    """
    span = whole_months(choices, today=today)
    first, end = months_that_are_over(*span, months=months, today=today)
    before = max(span[0], date(first.year - 1, first.month, 1))
    test, year = landing_test(choices), {"from": first.isoformat(), "to": end.isoformat()}
    as_known = {"known": known.isoformat()} if known else {}
    told: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("hot-now", "hotspots", {**test, **year}),
        ("questions", "questions", {"level": test["level"], **year}),
        ("coverage", "coverage", {"from": before.isoformat(), "to": end.isoformat()}),
        ("silences", "silence", {"level": "district", **year}),
        ("notices", "notices", {"on": today.isoformat()}),
    )
    for name, kind, words in told:
        yield name, question_from_words(kind, {**words, **as_known})
    for plan in plans:
        yield f"evaluation-{plan}", question_from_words("evaluation", {"plan": str(plan)})
