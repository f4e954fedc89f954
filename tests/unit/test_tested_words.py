"""One place, one way to say how much of it was tested beside what was expected, and what a notice's count is of."""

from trigpoint.gate.meeting_asks_feeds import around_notice
from trigpoint.web.presenters.words import events_tested_words


def test_events_and_records_of_a_place_are_told_apart_beside_what_was_expected():
    assert (
        events_tested_words(129, around=129, expected=59.7)
        == "129 events tested; 60 expected in twelve months."
    )
    assert events_tested_words(129, around=129, expected=59.7, records=1147) == (
        "129 events tested (1,147 records); 60 expected in twelve months."
    )


def test_what_is_expected_of_the_middle_alone_says_so():
    assert events_tested_words(40, around=25, expected=9.0) == (
        "40 events tested; 25 at its middle, where 9 were expected in twelve months."
    )
    assert events_tested_words(1, around=None, expected=float("nan")) == "1 event tested."


def test_a_notice_told_only_by_its_ward_counts_the_ward_and_not_what_is_around_it():
    row = {"kept": "ward", "records": 1750, "hotspots": ["E"]}
    assert around_notice(row) == "1,750 records in its ward, which holds hotspot E"
    assert around_notice({**row, "kept": "point", "records": 1}) == "1 record around it, at hotspot E"
    assert around_notice({**row, "records": None}) == "No count is told in its ward, which holds hotspot E"
