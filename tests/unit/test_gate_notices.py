"""Notices as they are served, expire and are breached: on a day, from the register, never by whom."""

from datetime import date

import pytest

from tests.factories.world import Served, World, agreement
from tests.property.hiding import AT, MEMBER, desk_of
from trigpoint.gate.ask import answer
from trigpoint.gate.kinds.notices import stage_on, state_on
from trigpoint.gate.questions import question_from_words

ON = date(2024, 3, 20)


@pytest.mark.parametrize(
    ("starts", "ends", "status", "stage"),
    [
        ("2024-03-21", "2024-06-01", "active", "served"),
        ("2024-03-01", "2024-06-01", "active", "in_force"),
        ("2024-03-01", None, "active", "in_force"),
        ("2024-03-01", "2024-04-01", "active", "expires_soon"),
        ("2024-01-01", "2024-03-19", "active", "expired"),
        ("2024-01-01", None, "expired", "expired"),
        ("2024-01-01", "2024-06-01", "expired", "ended_early"),
        ("2024-01-01", "2024-03-01", "withdrawn", "ended_early"),
        ("2024-01-01", None, "ended", "ended_early"),
    ],
)
def test_where_a_notice_stands_on_a_day(starts, ends, status, stage):
    assert stage_on(state_on(ON, starts, ends, status), ON, ends, status) == stage


def told(on, **more):
    notice = Served("closure", 6, 3, False, date(2024, 3, 1), date(2024, 6, 1), **more)
    world = World((), (agreement("open_data"), agreement("police")), notices=(notice,))
    found = answer(MEMBER, question_from_words("notices", {"on": on}), AT, desk_of(world))
    return found.columns["breaches"], found.columns["last_breach"]


def test_breaches_are_told_by_their_number_and_the_month_of_the_last():
    assert told("2024-03-20", breaches=3, last_breach=date(2024, 3, 11)) == ([3], ["2024-03"])
    assert told("2024-03-20") == ([0], [None])


def test_before_its_last_breach_nothing_is_known_of_any():
    assert told("2024-03-10", breaches=3, last_breach=date(2024, 3, 11)) == ([0], [None])


def test_a_register_that_says_only_breached_tells_one():
    assert told("2024-03-20", status="breached") == ([1], [None])
    assert told("2024-03-20", last_breach=date(2024, 3, 11)) == ([1], ["2024-03"])
