"""Linking: whether two records are linked depends on those two alone, and events are what the links say."""

import itertools
import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.analysis.linking import (
    LEAST_PROBABILITY,
    Links,
    Told,
    event_of,
    find_links,
    reasons_in_words,
)

RECORD = st.tuples(
    st.integers(0, 3), st.integers(0, 300), st.integers(0, 300), st.integers(0, 3000), st.booleans(),
    st.integers(0, 7),
)  # fmt: skip
RECORDS = st.lists(RECORD, max_size=14)


def told(records, numbers=None):
    numbers = range(1, len(records) + 1) if numbers is None else numbers
    columns = list(zip(*records, strict=True)) or [()] * 6
    feed, x, y, at, by_day, mask = columns
    at = [a // 1440 * 1440 if d else a for a, d in zip(at, by_day, strict=True)]
    return Told(
        np.array(list(numbers), dtype=np.int64), np.array(feed, dtype=np.int16),
        550_000.0 + np.array(x, dtype=np.float64), 200_000.0 + np.array(y, dtype=np.float64),
        np.array(at, dtype=np.int64), np.array(by_day, dtype=bool), np.array(mask, dtype=np.uint64),
    )  # fmt: skip


def probability(one, other):
    """The slow, obvious twin: one pair, by hand."""
    if one[0] == other[0]:
        return 0.0
    apart_m = math.hypot(one[1] - other[1], one[2] - other[2])
    if apart_m > 250:
        return 0.0
    odds = -2.2 + (3.0 if apart_m <= 15 else 2.0 if apart_m <= 50 else -2.2 if apart_m <= 120 else -3.5)
    if one[4] or other[4]:
        if one[3] // 1440 != other[3] // 1440:
            return 0.0
        odds += 0.0
    else:
        apart = abs(one[3] - other[3])
        if apart > 360:
            return 0.0
        odds += 2.8 if apart <= 20 else 1.2 if apart <= 60 else -2.0 if apart <= 180 else -3.0
    odds += 1.0 if one[5] & other[5] else -0.7
    return 1 / (1 + math.exp(-odds))


def pairs(links):
    return {
        (a, b): p
        for a, b, p in zip(
            links.first.tolist(), links.second.tolist(), links.probability.tolist(), strict=True
        )
    }


@given(RECORDS)
def test_links_are_those_of_the_slow_twin(records):
    found = pairs(find_links(told(records)))
    slow = {
        (i + 1, j + 1): probability(records[i], records[j])
        for i, j in itertools.combinations(range(len(records)), 2)
        if probability(records[i], records[j]) >= LEAST_PROBABILITY
    }
    assert found.keys() == slow.keys()
    for pair, p in slow.items():
        assert math.isclose(found[pair], p)


@given(RECORDS, st.randoms(use_true_random=False))
def test_hiding_records_leaves_every_other_link_and_event_as_it_would_be_without_them(records, random):
    whole = find_links(told(records))
    kept = [i for i in range(len(records)) if random.random() < 0.6]
    numbers = np.array([i + 1 for i in kept], dtype=np.int64)
    alone = find_links(told([records[i] for i in kept], numbers))
    among = {pair: p for pair, p in pairs(whole).items() if set(pair) <= set(numbers.tolist())}
    assert pairs(alone) == among
    assert event_of(numbers, whole).tolist() == event_of(numbers, alone).tolist()


@given(RECORDS)
def test_an_event_holds_one_record_of_a_feed_and_is_named_by_its_lowest(records):
    facts = told(records)
    event = event_of(facts.number, find_links(facts))
    for one in set(event.tolist()):
        members = np.flatnonzero(event == one)
        assert len(set(facts.feed[members].tolist())) == len(members)
        assert facts.number[members].min() == one


@given(RECORDS)
def test_without_links_every_record_is_its_own_event(records):
    facts = told(records)
    none = find_links(told([]))
    assert isinstance(none, Links)
    assert event_of(facts.number, none).tolist() == facts.number.tolist()


def test_the_likelier_link_is_taken_where_both_would_put_two_records_of_a_feed_in_one_event():
    near, far, other = (0, 0, 0, 100, False, 1), (0, 40, 0, 150, False, 1), (1, 0, 0, 100, False, 1)
    facts = told([near, far, other])
    assert event_of(facts.number, find_links(facts)).tolist() == [1, 2, 1]


def test_a_reason_tells_distance_time_and_theme():
    facts = told([(0, 0, 0, 100, False, 1), (1, 10, 0, 115, False, 1)])
    links = find_links(facts)
    assert reasons_in_words(int(links.reason[0])) == ("within 15 m", "within 20 minutes", "a theme in common")
