"""Expected against received: a silence that chance could not make, a holiday, a quarter, a month too early to judge."""

import numpy as np
import pytest

from trigpoint.core.analysis.coverage import STATES, due_months, expected_records, states

MONTHS = np.array([202500 + m for m in range(1, 13)] + [202600 + m for m in range(1, 13)])


def words(told):
    return [[STATES[one] for one in row] for row in told]


def judged(received, *, cadence="monthly", last_due=202612, terms_only=False):
    received = np.asarray(received)
    due = due_months(MONTHS, cadence, last_due)
    expected = expected_records(received, MONTHS, due, terms_only=terms_only)
    closed = (MONTHS % 100 == 8) & terms_only & ~(np.nan_to_num(expected) >= 1).any(axis=0)
    return expected, words(states(received, expected, due, closed))


def test_a_district_that_falls_silent_is_expected_by_its_own_months():
    received = np.full((2, 24), 20)
    received[1, 14:] = 0
    expected, told = judged(received)
    assert expected[1, 20] == 20.0
    assert told[0] == ["received"] * 24
    assert told[1][:14] == ["received"] * 14
    assert told[1][14:] == ["silent"] * 10


def test_a_small_district_without_a_record_is_quiet():
    received = np.ones((1, 24), dtype=int)
    received[0, 5] = 0
    assert judged(received)[1][0][5] == "quiet"


def test_far_fewer_than_chance_gives_is_low():
    received = np.full((1, 24), 40)
    received[0, 9] = 12
    assert judged(received)[1][0][9] == "low"


def test_august_of_a_feed_of_terms_only_is_compared_with_august():
    received = np.full((1, 24), 30)
    received[0, [7, 19]] = 0
    _, told = judged(received, terms_only=True)
    assert told[0][7] == told[0][19] == "closed"
    assert judged(received)[1][0][7] == "silent"


def test_a_quarterly_feed_owes_nothing_between_quarters():
    received = np.zeros((1, 24), dtype=int)
    received[0, 2::3] = 15
    _, told = judged(received, cadence="quarterly")
    assert set(told[0][2::3]) == {"received"}
    assert set(told[0][0::3]) == {"not due"}


def test_a_month_whose_delivery_is_not_yet_due_is_not_silent():
    received = np.full((1, 24), 30)
    received[0, -1] = 0
    assert judged(received, last_due=202611)[1][0][-1] == "not due"


@pytest.mark.parametrize("months", [0, 1, 2])
def test_too_few_months_are_no_yardstick(months):
    received = np.zeros((1, 24), dtype=int)
    received[0, :months] = 50
    _, told = judged(received)
    assert set(told[0][months:]) == {"cannot tell"}


def test_the_month_itself_never_decides_what_is_expected_of_it():
    rng = np.random.default_rng(4)
    received = rng.poisson(9, (3, 24))
    due = due_months(MONTHS, "monthly", 202612)
    whole = expected_records(received, MONTHS, due, terms_only=False)
    for month in range(24):
        changed = received.copy()
        changed[0, month] += 1000
        assert expected_records(changed, MONTHS, due, terms_only=False)[0, month] == whole[0, month]
