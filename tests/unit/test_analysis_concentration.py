"""Lorenz, Gini and the share of units, against their definitions written out."""

import numpy as np
import pytest

from trigpoint.core.analysis.concentration import by_chance, generalised_gini, gini, lorenz, share_holding

COUNTS = [0, 3, 1, 0, 7, 1, 2, 0, 0, 6]


def test_the_curve_gives_the_share_held_by_each_share_of_the_emptiest():
    units, held = lorenz([3, 1, 0])
    np.testing.assert_allclose(units, [0, 1 / 3, 2 / 3, 1])
    np.testing.assert_allclose(held, [0, 0, 0.25, 1])


def test_gini_is_the_mean_difference_between_two_units_over_twice_the_mean():
    differences = np.abs(np.subtract.outer(COUNTS, COUNTS)).mean()
    assert gini(COUNTS) == pytest.approx(differences / 2 / np.mean(COUNTS))


def test_gini_is_twice_the_area_between_curve_and_diagonal():
    units, held = lorenz(COUNTS)
    assert gini(COUNTS) == pytest.approx(1 - 2 * np.trapezoid(held, units))


def test_the_share_holding_takes_the_fullest_first():
    assert share_holding([5, 3, 1, 1], 0.5) == 0.25
    assert share_holding([5, 3, 1, 1], 0.51) == 0.5
    assert share_holding([5, 3, 1, 1], 1.0) == 1.0
    assert share_holding([1] * 10, 0.3) == 0.3


def test_chance_gives_the_figures_of_records_thrown_at_units():
    rng = np.random.default_rng(2)
    told = by_chance(50, 30, (0.5,), draws=400, rng=rng)
    drawn = np.random.default_rng(77).multinomial(30, [1 / 50] * 50, 400)
    means = (
        np.mean([generalised_gini(one) for one in drawn]),
        np.mean([share_holding(one, 0.5) for one in drawn]),
    )
    assert told.gini[0] == pytest.approx(means[0], abs=0.01)
    assert told.holding[0][0] == pytest.approx(means[1], abs=0.01)
    assert told.gini[1] <= told.gini[0] <= told.gini[2]


@pytest.mark.parametrize("counts", [[], [0, 0], [-1, 2], [np.nan, 1], [[1, 2]]], ids=str)
def test_no_record_and_no_count_is_refused(counts):
    with pytest.raises(ValueError):
        gini(counts)


def test_a_share_of_nothing_and_a_throw_of_nothing_are_refused():
    with pytest.raises(ValueError):
        share_holding([1, 2], 0.0)
    with pytest.raises(ValueError):
        by_chance(0, 5, (), draws=1, rng=np.random.default_rng(0))
