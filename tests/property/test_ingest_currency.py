"""Currency: whatever the order of arrival, the newer extract wins; the fast rule equals a slow obvious one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.workflow.currency import FOR_EVER, known_to

VERSION = st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 6))
VERSIONS = st.lists(VERSION, max_size=14)


def ask(versions):
    columns = np.array(versions, dtype=np.int64).reshape(-1, 3).T
    return known_to(columns[0], columns[1], columns[2], np.arange(len(versions)))


def slowly(versions):
    """For every version, look at every other."""
    numbered = [(group, (extracted, received, n)) for n, (group, extracted, received) in enumerate(versions)]
    answers = []
    for group, newness in numbered:
        newer = [other[1] for other_group, other in numbered if other_group == group and other > newness]
        answers.append(max(min(newer, default=FOR_EVER), newness[1]))
    return answers


@given(VERSIONS)
def test_equals_the_slow_rule(versions):
    assert ask(versions).tolist() == slowly(versions)


@given(VERSIONS, st.randoms())
def test_the_order_in_which_versions_are_told_does_not_matter(versions, random):
    order = list(range(len(versions)))
    random.shuffle(order)
    columns = np.array([versions[n] for n in order], dtype=np.int64).reshape(-1, 3).T
    told = known_to(columns[0], columns[1], columns[2], np.array(order, dtype=np.int64))
    assert told.tolist() == ask(versions)[order].tolist()


@given(VERSIONS, st.integers(0, 7))
def test_at_any_instant_exactly_one_received_version_of_a_thing_is_current(versions, instant):
    until = ask(versions)
    for group in {version[0] for version in versions}:
        received = [n for n, v in enumerate(versions) if v[0] == group and v[2] <= instant]
        current = [n for n in received if versions[n][2] <= instant < until[n]]
        assert len(current) == bool(received)
        if current:
            assert current[0] == max(received, key=lambda n: (versions[n][1], versions[n][2], n))


def test_a_late_older_extract_was_never_current():
    # Extracted on day 2 and received on day 5; then extracted on day 1 and received on day 9.
    assert ask([(0, 2, 5), (0, 1, 9)]).tolist() == [FOR_EVER, 9]


def test_columns_of_different_lengths_are_refused():
    one, two = np.zeros(1, np.int64), np.zeros(2, np.int64)
    with pytest.raises(ValueError, match="one length"):
        known_to(one, two, one, one)
