"""Places that come back: with every stretch alike, against the county's own calendar, and never on one of them alone."""

import numpy as np
import pytest
from scipy.stats import binom

from trigpoint.core.analysis.returning import LEAST_RECORDS, find_returning, whole_stretches

SUMMERS = ((200, 240), (565, 605))


def records(*told):
    """Pairs of unit and day, each so often."""
    pairs = [(unit, day) for unit, day, many in told for _ in range(many)]
    return np.array([one for one, _ in pairs], dtype=np.int64), np.array(
        [day for _, day in pairs], dtype=np.int64
    )


EVEN = [(0, day, 1) for day in range(0, 730, 5)]


def test_a_place_that_has_its_records_in_both_summers_comes_back():
    unit, day = records(*EVEN, (1, 210, 8), (1, 580, 9), (1, 20, 3))
    found = find_returning(unit, day, 2, SUMMERS)
    share = (16 + 17) / len(unit)
    assert found.observed.tolist() == [16, 17]
    assert found.expected[1] == pytest.approx(20 * share)
    assert found.p[1] == pytest.approx(binom.sf(16, 20, share))
    assert found.p[1] < 1e-6
    assert found.each.tolist() == [False, True]


def test_one_summer_alone_is_no_return():
    unit, day = records(*EVEN, (1, 210, 17), (1, 20, 3))
    found = find_returning(unit, day, 2, SUMMERS)
    assert found.p[1] < 1e-6
    assert not found.each[1]


def test_fewer_than_two_stretches_cannot_tell():
    unit, day = records(*EVEN)
    assert find_returning(unit, day, 1, SUMMERS[:1]) is None
    assert find_returning(unit, day, 1, ()) is None


def test_few_records_and_a_county_without_an_outside_are_not_tested():
    unit, day = records(*EVEN, (1, 210, LEAST_RECORDS - 1))
    assert np.isnan(find_returning(unit, day, 2, SUMMERS).p).tolist() == [False, True]
    unit, day = records((0, 210, 20), (0, 570, 20))
    assert np.isnan(find_returning(unit, day, 1, SUMMERS).p).all()
    nothing = np.zeros(0, dtype=np.int64)
    assert np.isnan(find_returning(nothing, nothing, 2, SUMMERS).p).all()


def test_where_everybody_records_more_in_summer_nobody_comes_back():
    told = [(unit, day, 1 + 3 * (200 <= day % 365 < 240)) for unit in range(5) for day in range(0, 730, 5)]
    found = find_returning(*records(*told), 5, SUMMERS)
    assert (found.p > 0.3).all()


def test_a_stretch_that_is_cut_off_by_the_period_does_not_count():
    assert whole_stretches([(565, 605), (200, 240), (700, 740), (50, 50)], 200, 730) == SUMMERS
    assert whole_stretches([(199, 240)], 200, 730) == ()
