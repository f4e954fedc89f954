"""The band that a place would keep to: from its share of the county, as wide as it is uncertain."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from trigpoint.core.analysis.expected_band import LEAST_MONTHS, expected_band

BEFORE = np.arange(24) < 12


@given(
    place=st.lists(st.integers(0, 40), min_size=24, max_size=24),
    more=st.lists(st.integers(1, 400), min_size=24, max_size=24),
    after=st.lists(st.integers(0, 40), min_size=12, max_size=12),
)
def test_what_the_place_does_in_the_period_never_moves_the_band(place, more, after):
    county = np.array(place) + np.array(more)
    other = np.concatenate([place[:12], after])
    one, two = expected_band(place, county, BEFORE), expected_band(other, county, BEFORE)
    assert one.low.tolist() == two.low.tolist()
    assert one.high.tolist() == two.high.tolist()
    assert (one.low <= one.high).all()
    assert (one.low >= 0).all()


@given(n=st.integers(0, 500), whole=st.integers(1, 5000), month=st.integers(0, 900))
def test_the_band_holds_its_share_of_a_gamma_mixture_of_poisson_counts(n, whole, month):
    place, county = np.zeros(13, dtype=int), np.zeros(13, dtype=int)
    place[0], county[0], county[12] = n, whole + n, month
    band = expected_band(place, county, np.arange(13) < 12)
    shares = np.random.default_rng(n).gamma(n + 0.5, 1 / (whole + n), 4000)
    inside = (
        poisson.cdf(band.high[12], shares * month) - poisson.cdf(band.low[12] - 1, shares * month)
    ).mean()
    assert inside >= 0.9 - 0.02
    if band.high[12] > 0:
        assert nbinom.cdf(band.high[12] - 1, n + 0.5, (whole + n) / (whole + n + month)) < 0.95


def test_a_county_twice_as_busy_expects_about_twice_as_much():
    place, county = np.full(24, 50), np.full(24, 1000)
    county[12:] = 2000
    band = expected_band(place, county, BEFORE)
    assert band.low[0] < 50 < band.high[0]
    assert band.low[20] < 100 < band.high[20]
    assert band.low[20] > band.high[0] - 10


def test_too_little_before_the_period_expects_nothing():
    months = np.arange(12)
    assert expected_band(np.ones(12), np.ones(12), months < LEAST_MONTHS - 1) is None
    assert expected_band(np.zeros(12), np.zeros(12), months < LEAST_MONTHS) is None
    assert expected_band(np.zeros(12), np.ones(12), months < LEAST_MONTHS) is not None


@pytest.mark.parametrize(
    ("place", "county", "before", "coverage"),
    [
        ([1, 2], [1, 2, 3], [True, True], 0.9),
        ([1, -2], [1, 2], [True, True], 0.9),
        ([1, 2], [1, 2], [True, True], 1.0),
    ],
)
def test_what_cannot_be_judged_is_refused(place, county, before, coverage):
    with pytest.raises(ValueError, match=r"every month needs|counts are at least"):
        expected_band(place, county, before, coverage=coverage)
