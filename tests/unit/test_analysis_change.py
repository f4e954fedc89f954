"""Change between two counts: what is tested, how strong it is called, and what months say of scatter."""

from math import inf, isnan

import numpy as np
import pytest

from trigpoint.core.analysis.change import find_changes, scatter_between_months

YEAR = (365.0, 365.0)


def test_nothing_on_either_side_is_nothing_to_compare():
    found = find_changes([0], [0], YEAR)
    assert isnan(found.ratio[0])
    assert isnan(found.low[0])
    assert isnan(found.p[0])
    assert isnan(found.q[0])
    assert not found.tested[0]
    assert found.strength[0] == 0


def test_something_after_nothing_has_no_upper_limit():
    found = find_changes([0, 20], [20, 0], YEAR)
    assert found.ratio.tolist() == [inf, 0.0]
    assert found.low[0] > 1
    assert found.high[0] == inf
    assert found.low[1] == 0.0
    assert found.high[1] < 1
    assert found.strength.tolist() == [3, -3]


def test_strengths_are_by_the_factor():
    found = find_changes(
        [1000, 1000, 1000, 1000, 1000, 1000, 1000], [2000, 1500, 1300, 1000, 770, 660, 500], YEAR
    )
    assert found.strength.tolist() == [3, 2, 1, 0, -1, -2, -3]


def test_five_records_could_never_show_a_change_between_equal_periods():
    """All in one period has chance 2/32, above one in twenty; six have 2/64."""
    found = find_changes([5, 6], [0, 0], YEAR)
    assert found.tested.tolist() == [False, True]
    assert found.strength[0] == 0
    assert isnan(found.q[0])


def test_more_time_expects_more():
    found = find_changes([100], [300], (100.0, 300.0))
    assert found.ratio[0] == pytest.approx(1.0)
    assert found.strength[0] == 0


def test_scatter_of_months_makes_the_same_counts_say_less():
    sure, careful = (find_changes([200], [260], YEAR, scatter=one, months=24) for one in (0.0, 0.2))
    assert sure.strength[0] == 1
    assert careful.strength[0] == 0
    assert careful.low[0] < sure.low[0] < sure.ratio[0] < sure.high[0] < careful.high[0]


def test_many_places_without_change_make_one_that_did_harder_to_name():
    alone = find_changes([4], [14], YEAR)
    among = find_changes([4] + [10] * 400, [14] + [10] * 400, YEAR)
    assert alone.strength[0] == 3
    assert among.strength[0] == 0


def test_no_places_are_no_changes():
    found = find_changes(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), YEAR)
    assert found.strength.size == 0


@pytest.mark.parametrize(
    ("earlier", "later", "times", "more"),
    [
        ([1], [1, 2], YEAR, {}), ([[1]], [[1]], YEAR, {}), ([-1], [1], YEAR, {}), ([0.5], [1.0], YEAR, {}),
        ([1], [1], (0.0, 1.0), {}), ([1], [1], YEAR, {"scatter": -0.1}), ([1], [1], YEAR, {"months": 0.0}),
        ([1], [1], YEAR, {"coverage": 1.0}), ([1], [1], YEAR, {"rate": 0.0}),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(earlier, later, times, more):
    with pytest.raises(ValueError):
        find_changes(earlier, later, times, **more)


def test_records_that_come_in_one_month_scatter():
    even, heaped = [[1] * 12], [[12] + [0] * 11]
    assert scatter_between_months([even]) == 0.0
    assert scatter_between_months([heaped]) == pytest.approx(11.0)


def test_pairs_are_counted_over_all_windows():
    """Twelve pairs (ordered) in one month, of 4·3 in twelve months and 2·1 in two: 12 / (12/12 + 2/2) − 1."""
    assert scatter_between_months([[[4] + [0] * 11], [[1, 1]]]) == pytest.approx(5.0)


def test_one_month_alone_or_single_records_say_nothing_of_scatter():
    assert scatter_between_months([[[9], [3]]]) == 0.0
    assert scatter_between_months([[[1, 0, 0], [0, 0, 1]]]) == 0.0
    assert scatter_between_months([]) == 0.0


@pytest.mark.parametrize("window", [[1, 2], [[1, -1]]])
def test_a_window_is_a_table_of_counts(window):
    with pytest.raises(ValueError, match="table of counts"):
        scatter_between_months([window])
