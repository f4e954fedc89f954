"""The marks of single records: handling, grade and marking mean in agreements what they mean in the facts."""

import pytest

from trigpoint.core.sharing.agreement import GRADES, HANDLINGS, LOCATION_ROLES, MARKINGS
from trigpoint.ingest.codes import GRADE, HANDLING, MARKING, ROLE
from trigpoint.ingest.definitions import load_definitions

RECORDS = {
    name: [variant.records for variant in one.variants]
    for name, one in load_definitions().items()
    if one.kind == "records"
}


@pytest.mark.parametrize(
    ("words", "numbers"),
    [(HANDLINGS, HANDLING), (GRADES, GRADE), (MARKINGS, MARKING), (LOCATION_ROLES, ROLE)],
)
def test_the_words_of_agreements_are_the_numbers_of_the_facts(words, numbers):
    assert {word: place for place, word in enumerate(words)} == numbers


@pytest.mark.parametrize("name", RECORDS)
def test_a_feed_that_has_handling_says_it_of_every_record(name):
    """`unknown` then means a feed without handling, and an agreement that keeps back C keeps back all that is not P."""
    for records in RECORDS[name]:
        assert records.handling.outcomes == ("unknown",) or "unknown" not in records.handling.outcomes


def test_there_are_feeds_of_both_ways():
    graded = {
        name
        for name, several in RECORDS.items()
        if any(one.grading is not None or one.handling.outcomes != ("unknown",) for one in several)
    }
    assert graded == {"police_intelligence", "return_interviews_rhi"}


def test_only_intelligence_can_be_secret_or_of_no_readable_marking():
    by_name = {
        name
        for name, several in RECORDS.items()
        for one in several
        if {"secret", "unknown"} & set(one.marking.outcomes)
        or (one.grading is not None and one.grading.gsc is not None)
    }
    assert by_name == {"police_intelligence"}
