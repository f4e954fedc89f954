"""One report told round: enough agencies, and hardly anybody who had it at first hand."""

import numpy as np
import pytest

from trigpoint.core.analysis.circular import NO_MINUTE_TOLD, circular_events, first_hand

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
    untimed = np.full(len(agencies), NO_MINUTE_TOLD)
    assert circular_events(event, np.array(agencies), np.array(direct), untimed).tolist() == found


def test_the_order_of_records_does_not_matter_and_events_do_not_mix():
    rng = np.random.default_rng(5)
    event, agency = rng.integers(0, 9, 60), rng.integers(0, 5, 60)
    direct, minute = rng.random(60) < 0.3, rng.integers(-1, 4, 60)
    told = (event, agency, direct, minute)
    shuffled = rng.permutation(60)
    whole = circular_events(*told).tolist()
    assert circular_events(*(x[shuffled] for x in told)).tolist() == whole
    alone = [one for one in range(9) if circular_events(*(x[event == one] for x in told)).size]
    assert whole == alone


@pytest.mark.parametrize(
    ("agencies", "minutes", "found"),
    [
        ([1, 2, 3], [908, 908, 908], [7]),
        ([1, 2, 3], [908, 908, 909], []),
        ([1, 2, 2], [908, 908, 908], []),
        ([1, 2, 3, 4], [908, 908, 908, 940], [7]),
        ([1, 2, 3], [910, 910, 910], []),
        ([1, 2, 3], [NO_MINUTE_TOLD] * 3, []),
    ],
)
def test_three_agencies_that_give_the_same_odd_minute_wrote_down_one_report(agencies, minutes, found):
    """Each says that it was reported to it; people round, and nobody hits upon a minute twice."""
    event, direct = np.full(len(agencies), 7), np.ones(len(agencies), dtype=bool)
    assert circular_events(event, np.array(agencies), direct, np.array(minutes)).tolist() == found
