"""The interval of a count against published values and against the Poisson law itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from trigpoint.core.analysis.count_interval import count_interval


# Pearson & Hartley, Biometrika Tables for Statisticians vol. 1, table 40: 95% limits of a Poisson expectation.
@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    [
        (0, 0.0, 3.69),
        (1, 0.0253, 5.57),
        (2, 0.242, 7.22),
        (5, 1.62, 11.67),
        (10, 4.80, 18.39),
        (20, 12.22, 30.89),
    ],
)
def test_published_limits(count, lower, upper):
    found = count_interval(count)
    assert found[0] == pytest.approx(lower, abs=0.006)
    assert found[1] == pytest.approx(upper, abs=0.006)


@given(st.integers(min_value=1, max_value=5000), st.floats(min_value=0.5, max_value=0.999))
def test_each_limit_leaves_half_of_what_is_left_in_its_tail(count, coverage):
    lower, upper = count_interval(count, coverage=coverage)
    tail = (1 - coverage) / 2
    assert poisson.sf(count - 1, lower) == pytest.approx(tail, rel=1e-6)
    assert poisson.cdf(count, upper) == pytest.approx(tail, rel=1e-6)


@pytest.mark.parametrize(("count", "coverage"), [(-1, 0.95), (3, 0.0), (3, 1.0)])
def test_what_is_no_count_is_refused(count, coverage):
    with pytest.raises(ValueError):
        count_interval(count, coverage=coverage)
