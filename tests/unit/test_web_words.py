"""The sentences readers see: what they say, and that none overstates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.gate.reasons import told_why, unplaced_sentence
from trigpoint.web.presenters.coverage import silent_months
from trigpoint.web.presenters.words import (
    CHANCE_COULD,
    CHANCE_COULD_WATCHED,
    CHANCE_HARDLY_EVER,
    CHANCE_SELDOM,
    NOT_TESTED,
    chance_sentence,
    period_words,
    receipt_title,
    times_expected_sentence,
)

NUMBER_OF = {
    "Twice": 2,
    "Three": 3,
    "Four": 4,
    "Five": 5,
    "Six": 6,
    "Seven": 7,
    "Eight": 8,
    "Nine": 9,
    "Ten": 10,
}


@given(st.floats(min_value=0, max_value=1))
def test_a_place_that_is_not_hot_is_never_said_to_pass(p):
    assert chance_sentence(p, hot=False) in {CHANCE_COULD, CHANCE_COULD_WATCHED}


@given(st.floats(min_value=0, max_value=1), st.floats(min_value=0, max_value=1))
def test_a_smaller_p_is_never_told_in_weaker_words(p, other):
    strength = [CHANCE_SELDOM, CHANCE_HARDLY_EVER]
    smaller, larger = sorted((p, other))
    assert strength.index(chance_sentence(smaller, hot=True)) >= strength.index(
        chance_sentence(larger, hot=True)
    )


@pytest.mark.parametrize(
    ("p", "hot", "sentence"),
    [
        (0.0009, True, CHANCE_HARDLY_EVER),
        (0.001, True, CHANCE_SELDOM),
        (0.04, False, CHANCE_COULD_WATCHED),
        (0.4, False, CHANCE_COULD),
        (None, False, NOT_TESTED),
        (float("nan"), False, NOT_TESTED),
    ],
)
def test_the_four_sentences_of_chance(p, hot, sentence):
    assert chance_sentence(p, hot=hot) == sentence


@given(st.floats(min_value=0, max_value=1e6), st.floats(min_value=0.01, max_value=1e4))
def test_how_many_times_is_never_more_than_it_is(around, expected):
    said = times_expected_sentence(around, expected)
    first = said.split()[0]
    if first in NUMBER_OF:
        assert NUMBER_OF[first] <= around / expected < NUMBER_OF[first] + 1


def test_nothing_expected_says_nothing():
    assert times_expected_sentence(4, 0) == ""


def test_a_period_ends_the_day_before_its_open_end():
    assert period_words(date(2025, 11, 1), date(2026, 11, 1)) == "1 November 2025 to 31 October 2026"
    assert period_words(date(2026, 3, 4), date(2026, 3, 5)) == "4 March 2026"


def test_what_a_level_leaves_out_is_said_only_when_something_is():
    assert unplaced_sentence(0) == ""
    assert unplaced_sentence(1).startswith("1 record has no place")
    assert unplaced_sentence(1284).startswith("1,284 records have no place")


def test_a_receipt_leads_with_its_finding():
    assert receipt_title(status="accepted", quarantined=61) == "The file is in. 61 rows need you."
    assert receipt_title(status="accepted", quarantined=1) == "The file is in. 1 row needs you."
    assert receipt_title(status="duplicate", quarantined=0).startswith("We had this file already")


def test_records_without_a_place_are_told_apart_from_feeds_that_are_not_counted():
    left_out = {
        "code": "cohorts",
        "agency": "probation",
        "sentence": "Cohorts: not shown.",
        "clause": "p v1 c 2",
    }
    first, second = told_why({"why": [left_out], "unplaced": 8480})
    assert first["sentence"] == "8,480 records have no place as fine as this level. They are in the total."
    assert second == left_out | {"sentence": "Not counted here at all: Cohorts: not shown."}
    assert told_why({"why": [left_out], "unplaced": 0}) == told_why({"why": [left_out]}) == [left_out]


def test_work_that_is_no_concern_is_told_between_the_two():
    left_out = {"code": "cohorts", "agency": "probation", "sentence": "Cohorts: not shown.", "clause": ""}
    told = told_why({"why": [left_out], "unplaced": 2, "exposure": "Sessions: not counted."})
    assert [one["code"] for one in told] == ["unplaced", "exposure", "cohorts"]
    assert told[1] == {"code": "exposure", "agency": "", "sentence": "Sessions: not counted.", "clause": ""}
    assert told_why({"why": [left_out], "exposure": "Sessions: not counted."})[1] == left_out


@pytest.mark.parametrize(
    ("counts", "silent"),
    [
        ([5, 0, 0, 4, 0, 0, 6, 0, 0], []),
        ([0, 0, 5, 0, 0, 4, 0, 0, 6, 0, 0, 0], [11]),
        ([0, 0, 0, 5, 0, 0, 4, 0, 0, 6], [0]),
        ([5, 0, 0, 4, 0, 0, 0, 0, 0, 6, 0, 0, 2], [4, 5, 6, 7, 8]),
        ([3, 2, 0, 4, 5, 0], [2, 5]),
        ([3, 0, 0, 4], [1, 2]),
        ([0, 0], [0, 1]),
        ([], []),
    ],
)
def test_a_feed_is_not_silent_between_deliveries_no_further_apart_than_usual(counts, silent):
    assert [month for month, quiet in enumerate(silent_months(counts)) if quiet] == silent
