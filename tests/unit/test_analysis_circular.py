"""One report told round: enough agencies, and hardly anybody who had it at first hand."""

import numpy as np
import pytest

from trigpoint.core.analysis.circular import circular_events, first_hand

REPORTED, DISCOVERED, REFERRAL, UNKNOWN = 1, 2, 3, 0


@pytest.mark.parametrize(
    ("detection", "grade", "direct"),
    [
        (REPORTED, 0, True), (DISCOVERED, 0, True), (REPORTED, 1, True),
        (REPORTED, 3, False), (REPORTED, 5, False), (REFERRAL, 0, False), (UNKNOWN, 0, False),
    ],
)  # fmt: skip
def test_first_hand_is_what_the_record_says_of_itself(detection, grade, direct):
    assert first_hand(np.array([detection]), np.array([grade])).tolist() == [direct]


@pytest.mark.parametrize(
    ("agencies", "direct", "found"),
    [
        ([1, 2, 3], [True, False, False], [7]),
        ([1, 2, 3], [False, False, False], [7]),
        ([1, 2, 3], [True, True, False], []),
        ([1, 2], [False, False], []),
        ([1, 1, 2], [False, False, False], []),
        ([1, 1, 2, 3], [True, True, False, False], [7]),
        ([1, 2, 3, 4], [True, True, False, False], []),
    ],
)
def test_an_event_is_circular_where_three_tell_it_and_at_most_one_had_it_at_first_hand(
    agencies, direct, found
):
    event = np.full(len(agencies), 7)
    assert circular_events(event, np.array(agencies), np.array(direct)).tolist() == found


def test_the_order_of_records_does_not_matter_and_events_do_not_mix():
    rng = np.random.default_rng(5)
    event, agency = rng.integers(0, 9, 60), rng.integers(0, 5, 60)
    direct = rng.random(60) < 0.3
    shuffled = rng.permutation(60)
    whole = circular_events(event, agency, direct).tolist()
    assert circular_events(event[shuffled], agency[shuffled], direct[shuffled]).tolist() == whole
    alone = [
        one for one in range(9) if circular_events(*(x[event == one] for x in (event, agency, direct))).size
    ]
    assert whole == alone
