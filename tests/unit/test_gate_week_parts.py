"""Parts of the week and steps of time, as questions name them."""

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from trigpoint.gate.questions import Question, QuestionError, question_from_query, question_from_words
from trigpoint.gate.steps import last_steps, step_start
from trigpoint.gate.week_parts import part_of_week, part_words
from trigpoint.gate.words import parse_clock


def quarters(**words):
    wanted = part_of_week(question_from_words("times", words))
    return None if wanted is None else np.flatnonzero(wanted).tolist()


def test_after_school_on_mondays_is_seven_quarters():
    assert quarters(clock="15:15-17:00", weekdays="mon") == list(range(61, 68))


def test_a_night_belongs_to_the_day_on_which_it_begins():
    assert quarters(clock="23:30-00:30", weekdays="sun") == [0, 1, 670, 671]


def test_hours_weekdays_and_nothing():
    assert quarters(hours="8", weekdays="tue") == [128, 129, 130, 131]
    assert len(quarters(weekdays="sat,sun")) == 192
    assert quarters() is None


def test_the_clock_stands_in_the_address_of_a_question():
    asked = Question("times", clock="15:15-17:00")
    assert question_from_query("times", asked.to_query()) == asked
    assert part_words(Question("times", clock="15:15-17:00", weekdays=(0, 1))) == "15:15-17:00, mon-tue"
    assert part_words(Question("times", weekdays=(5,))) == "the whole day, sat"
    assert part_words(Question("times", hours=(8, 9))) == "the hours 8-9"


@pytest.mark.parametrize(
    "text", ["15:10-17:00", "15-17", "25:00-26:00", "12:00-12:00", "soon", "24:00-24:15", "10:00-24:15"]
)
def test_what_is_no_part_of_a_day_is_refused(text):
    with pytest.raises(QuestionError, match="no part of a day"):
        Question("times", clock=text)


def test_a_day_may_end_at_midnight():
    assert parse_clock("22:00-24:00") == (88, 96)
    assert parse_clock("22:00-00:00") == (88, 96)


@pytest.mark.parametrize(
    ("step", "start"),
    [
        ("day", date(2024, 5, 15)),
        ("week", date(2024, 5, 13)),
        ("month", date(2024, 5, 1)),
        ("quarter", date(2024, 4, 1)),
    ],
)
def test_steps_begin_where_the_calendar_has_them(step, start):
    assert step_start(date(2024, 5, 15), step) == start
    edges = last_steps(date(2024, 5, 15), step, 3)
    assert len(edges) == 4
    assert edges[-1] == start
    for first, last in pairwise(edges):
        assert step_start(last - timedelta(days=1), step) == first


def test_steps_before_the_calendar_are_refused():
    with pytest.raises(QuestionError):
        last_steps(date(1, 2, 1), "quarter", 3)
