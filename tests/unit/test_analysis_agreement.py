"""Agreement of two patterns: the exact limits against drawn ones, and the chi-square written out."""

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from trigpoint.core.analysis.agreement_of_patterns import pattern_difference, sppt

BASE, TEST = [12, 0, 3, 40, 0, 5], [30, 0, 2, 20, 1, 9]


def test_the_limits_are_those_to_which_draws_without_replacement_tend():
    told = sppt(BASE, TEST)
    drawn = np.random.default_rng(3).multivariate_hypergeometric(TEST, round(0.85 * 62), 40_000) / round(
        0.85 * 62
    )
    low, high = np.quantile(drawn, (0.025, 0.975), axis=0, method="inverted_cdf")
    step = 1 / round(0.85 * 62)
    assert np.abs(told.low - low).max() <= step + 1e-12
    assert np.abs(told.high - high).max() <= step + 1e-12
    assert np.isclose(told.low, low).sum() >= 5


def test_an_area_agrees_where_the_base_share_lies_within_the_limits():
    told = sppt(BASE, TEST)
    assert told.local.tolist() == [1, 0, -1, -1, 0, 1]
    assert told.s == pytest.approx(2 / 6)
    assert told.robust_s == pytest.approx(1 / 5)


def test_the_difference_is_that_of_a_two_by_two_table():
    told = pattern_difference(BASE, TEST)
    for area in (0, 2, 3, 4, 5):
        table = [[BASE[area], sum(BASE) - BASE[area]], [TEST[area], sum(TEST) - TEST[area]]]
        assert told.p[area] == pytest.approx(chi2_contingency(table, correction=False).pvalue)
    assert np.isnan([told.p[1], told.q[1], told.difference[1]]).all()
    assert told.differing == pytest.approx(np.mean(told.q[[0, 2, 3, 4, 5]] <= 0.05))


def test_one_area_holds_all_of_both_and_is_not_tested():
    told = pattern_difference([5], [7])
    assert np.isnan(told.p[0])
    assert np.isnan(told.differing)
    assert told.difference[0] == 0.0


@pytest.mark.parametrize(
    "refused",
    [
        lambda: sppt([1, 2], [1]),
        lambda: sppt([1.5], [1]),
        lambda: sppt([-1, 2], [1, 1]),
        lambda: sppt([0, 0], [1, 1]),
        lambda: sppt([1], [1], share=1.0),
        lambda: pattern_difference([1], [1], rate=0.0),
    ],
)
def test_what_cannot_be_compared_is_refused(refused):
    with pytest.raises(ValueError):
        refused()
