"""The part of the week that a question names, as quarter hours from Monday 00:00."""

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.questions import Question
from trigpoint.gate.words import WEEKDAYS, parse_clock, run_words

__all__ = ["QUARTERS", "part_of_week", "part_words"]

QUARTERS_A_DAY = 96
QUARTERS = 7 * QUARTERS_A_DAY


def part_of_week(question: Question) -> NDArray[np.bool_] | None:
    """Which quarter hours the question's clock (else its hours) and weekdays name, bool[672]; None for none named.

    A part that runs past midnight belongs to the day on which it begins.
    """
    if not (question.clock or question.hours or question.weekdays):
        return None
    if question.clock:
        first, last = parse_clock(question.clock)
        within = np.arange(first, last)
    else:
        within = np.flatnonzero(np.isin(np.arange(QUARTERS_A_DAY) // 4, question.hours or range(24)))
    wanted = np.zeros(QUARTERS, dtype=bool)
    for day in question.weekdays or range(7):
        wanted[(day * QUARTERS_A_DAY + within) % QUARTERS] = True
    return wanted


def part_words(question: Question) -> str:
    """The part of the week in words: "15:15-17:00, mon-fri"."""
    hours = run_words(question.hours, [str(hour) for hour in range(24)])
    told = question.clock or (f"the hours {hours}" if hours else "the whole day")
    return f"{told}, {run_words(question.weekdays, WEEKDAYS)}" if question.weekdays else told
