"""A meeting's life and timetable, and what definitions may say of them."""

import copy
from datetime import date, timedelta
from importlib.resources import files
from itertools import product

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.workflow.meeting import (
    ALLOWED,
    MeetingRefused,
    MeetingState,
    NotLooked,
    StepRule,
    Timetable,
    moved,
    next_meeting,
    not_looked,
    reopened,
)
from trigpoint.gate.meeting_terms import TermsFault, terms_from

TOLD = yaml.safe_load(files("trigpoint").joinpath("definitions", "meeting.yaml").read_text("utf-8"))
TERMS = terms_from(TOLD)


@pytest.mark.parametrize(("state", "to"), list(product(MeetingState, MeetingState)))
def test_a_meeting_goes_only_where_the_table_allows(state, to):
    if to in ALLOWED[state]:
        assert moved(state, to) is to
    else:
        with pytest.raises(MeetingRefused):
            moved(state, to)


@pytest.mark.parametrize("state", list(MeetingState))
def test_only_a_closed_meeting_is_opened_again_and_then_it_was_held(state):
    if state is MeetingState.CLOSED:
        assert reopened(state) is MeetingState.HELD
    else:
        with pytest.raises(MeetingRefused):
            reopened(state)


def test_every_way_through_leads_over_the_freeze_to_the_close():
    state, seen = MeetingState.PLANNED, [MeetingState.PLANNED]
    while ALLOWED[state]:
        (state,) = ALLOWED[state]
        seen.append(state)
    assert seen == list(MeetingState)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_steps_stand_in_the_order_of_their_days_around_the_meeting(day):
    steps = TERMS.timetable.steps(day, done=("feeds",))
    assert [one.on for one in steps] == sorted(one.on for one in steps)
    assert next(one.on for one in steps if one.name == "meeting") == day
    assert next(one.on for one in steps if one.name == "frozen") == day - timedelta(days=5)
    assert [one.name for one in steps if one.done] == ["feeds"]
    assert all(one.late(day) == 0 for one in steps if one.on >= day or one.done)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 24))
def test_the_next_meeting_is_on_the_same_weekday_so_many_months_later(day, months):
    following = next_meeting(day, months)
    assert following.weekday() == day.weekday()
    apart = (following.year - day.year) * 12 + following.month - day.month
    assert apart == months
    week = (day.day - 1) // 7
    assert (following.day - 1) // 7 in (week, 3 if week == 4 else week)


def test_a_timetable_without_its_two_posts_or_with_one_twice_is_none():
    meeting, frozen = StepRule("meeting", "Meeting", 0, "chair"), StepRule("frozen", "Frozen", -5, "analyst")
    Timetable((frozen, meeting))
    for wrong in (
        (meeting,),
        (frozen,),
        (frozen, frozen, meeting),
        (frozen, StepRule("meeting", "M", 1, "chair")),
    ):
        with pytest.raises(ValueError):
            Timetable(wrong)


def test_the_package_says_nine_items_of_two_hours():
    assert [one.item for one in TERMS.agenda] == [
        "welcome", "actions", "health", "hot", "questions", "evaluations", "prevention", "checks", "release",
    ]  # fmt: skip
    assert sum(one.minutes for one in TERMS.agenda) == 120
    assert TERMS.most_places == 6


@pytest.mark.parametrize(
    "wrong",
    [
        {"most_places": 0},
        {"cadence_months": True},
        {"colour": "red"},
        {"agenda": [{"item": "dancing", "title": "Dancing", "minutes": 5}]},
        {"agenda": [{"item": "hot", "title": "Hot", "minutes": "five"}]},
        {"agenda": "hot"},
        {"timetable": [{"name": "meeting", "words": "Meeting", "days": 0, "owner": "chair"}]},
        {"timetable": [{"name": "frozen", "words": "Frozen", "days": "early", "owner": "analyst"}]},
    ],
)
def test_definitions_that_say_it_otherwise_are_refused(wrong):
    with pytest.raises(TermsFault):
        terms_from({**copy.deepcopy(TOLD), **wrong})


def test_meetings_are_at_least_a_month_apart():
    with pytest.raises(ValueError, match="a month apart"):
        next_meeting(date(2026, 11, 18), 0)


def test_whoever_answered_has_looked_and_whoever_only_opened_is_told_apart():
    left = not_looked(
        ["police", "education", "housing", "health"], {"education", "housing"}, {"housing", "police"}
    )
    assert left == NotLooked(nothing=("health",), only_opened=("education",))
    assert not_looked([], {"police"}, set()) == NotLooked((), ())
