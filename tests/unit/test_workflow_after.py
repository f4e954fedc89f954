"""What became of a place, and how an action stands to its day."""

from datetime import date
from itertools import product

import pytest

from trigpoint.core.workflow.action import ActionState
from trigpoint.core.workflow.after import (
    BECAME_WORDS,
    LEAST_MONTHS,
    TIMELY_WORDS,
    Became,
    Seen,
    Timely,
    became_of,
    months_between,
    span_of_year,
    timely,
)

TODAY = date(2026, 11, 23)
QUIET = Seen(hot=False, displaced=False, silent=False, concern=False, few_months=False)


def test_a_place_is_called_quiet_only_where_nothing_speaks_against_it():
    for hot, was_hot, *rest in product((None, False, True), *[(False, True)] * 5):
        became, why = became_of(Seen(hot, *rest, was_hot))
        assert (became is Became.QUIET) == (hot is False and was_hot and not any(rest))
        assert bool(why) == (became is Became.CANNOT_TELL)


@pytest.mark.parametrize(
    ("seen", "became", "why"),
    [
        (QUIET, Became.QUIET, ""),
        (Seen(None, True, False, False, False), Became.CANNOT_TELL, "the test is not told here"),
        (Seen(True, True, True, True, True), Became.STILL_HOT, ""),
        (Seen(False, True, True, True, True), Became.MOVED, ""),
        (
            Seen(False, False, True, True, True),
            Became.CANNOT_TELL,
            f"fewer than {LEAST_MONTHS} months are over since",
        ),
        (Seen(False, False, True, True, False), Became.CANNOT_TELL, "a feed is silent there"),
        (
            Seen(False, False, False, True, False),
            Became.CANNOT_TELL,
            "a concern in the district is told without its place",
        ),
    ],
)
def test_hot_comes_first_and_moved_is_only_what_an_evaluation_found(seen, became, why):
    assert became_of(seen) == (became, why)


@pytest.mark.parametrize(
    ("state", "due", "done", "stands"),
    [
        ("none_taken", None, None, Timely.NONE_TAKEN),
        ("stopped", TODAY, None, Timely.ENDED),
        ("superseded", TODAY, None, Timely.ENDED),
        ("done", date(2026, 11, 1), date(2026, 11, 1), Timely.IN_TIME),
        ("done", date(2026, 11, 1), date(2026, 11, 2), Timely.LATE),
        ("done", None, date(2026, 11, 2), Timely.IN_TIME),
        ("done", date(2026, 11, 1), None, Timely.IN_TIME),
        ("started", date(2026, 11, 22), None, Timely.OVERDUE),
        ("evidence_due", TODAY, None, Timely.TO_COME),
        ("proposed", None, None, Timely.TO_COME),
    ],
)
def test_an_action_stands_to_its_day(state, due, done, stands):
    assert timely(ActionState(state), due, done, TODAY) is stands


def test_every_state_of_an_action_has_a_standing_and_every_standing_its_words():
    assert set(TIMELY_WORDS) == set(Timely)
    assert set(BECAME_WORDS) == set(Became)
    assert {timely(one, TODAY, TODAY, TODAY) for one in ActionState} <= set(Timely)


def test_the_year_that_runs_is_told_to_date_and_one_that_is_over_whole():
    now, before = span_of_year(2026, TODAY), span_of_year(2025, TODAY)
    assert (now.words, now.last, now.to_date) == ("2026 to date", TODAY, True)
    assert (before.words, before.first, before.last) == ("2025", date(2025, 1, 1), date(2025, 12, 31))
    assert now.has(TODAY)
    assert not now.has(date(2026, 11, 24))
    assert not before.has(date(2026, 1, 1))
    for wrong in (2027, 1999):
        with pytest.raises(ValueError, match="Choose a year from 2000 to 2026"):
            span_of_year(wrong, TODAY)


def test_a_month_is_over_since_a_day_when_it_began_after_that_days_month():
    assert months_between(date(2026, 9, 23), date(2026, 11, 1)) == 1
    assert months_between(date(2026, 9, 1), date(2026, 10, 1)) == 0
    assert months_between(date(2025, 12, 31), date(2027, 1, 1)) == 12
    assert months_between(TODAY, date(2026, 1, 1)) == 0
