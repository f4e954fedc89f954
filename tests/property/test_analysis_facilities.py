"""Laws of risk terrain and of shares near sites."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trigpoint.core.analysis.count_model import fit_counts
from trigpoint.core.analysis.facility_risk import cochran_armitage, shares_near
from trigpoint.core.analysis.risk_factors import risk_factors
from trigpoint.core.analysis.risk_terrain import relative_risk, tallies_of

few = settings(deadline=None, max_examples=30)


@st.composite
def worlds(draw):
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    present = rng.random((120, 2)) < draw(st.floats(0.2, 0.8))
    counts = rng.poisson(
        draw(st.floats(0.5, 5)) * rng.gamma(1.5, 1, 120) * np.exp(present @ rng.normal(0, 0.6, 2))
    )
    return counts, present


def tellable(counts, present):
    """Events with each factor and without it: else its coefficient has no end, and the fit refuses in words."""
    return all(counts[side[:, at]].sum() > 0 for side in (present, ~present) for at in (0, 1))


@few
@given(worlds(), st.permutations(range(120)), st.booleans())
def test_the_order_of_the_cells_changes_no_fit(world, order, spread):
    counts, present = world
    assume(tellable(counts, present))
    one = fit_counts(tallies_of(counts, present), (0, 1), negative_binomial=spread)
    other = fit_counts(tallies_of(counts[order], present[order]), (0, 1), negative_binomial=spread)
    np.testing.assert_allclose(other.coefficients, one.coefficients, atol=1e-7)
    np.testing.assert_allclose(other.log_likelihood, one.log_likelihood, rtol=1e-9)


@few
@given(worlds())
def test_a_poisson_fit_gives_back_the_events_of_every_factor(world):
    counts, present = world
    assume(tellable(counts, present))
    fit = fit_counts(tallies_of(counts, present), (0, 1))
    mean = np.exp(fit.coefficients[0]) * relative_risk(fit.coefficients[1:], present)
    np.testing.assert_allclose(mean.sum(), counts.sum(), rtol=1e-7)
    for at in (0, 1):
        np.testing.assert_allclose(mean[present[:, at]].sum(), counts[present[:, at]].sum(), rtol=1e-7)


@few
@given(worlds())
def test_more_parameters_never_fit_worse(world):
    counts, present = world
    assume(tellable(counts, present))
    tallies = tallies_of(counts, present)
    chains = [fit_counts(tallies, some).log_likelihood for some in ((), (0,), (0, 1))]
    assert chains[0] <= chains[1] + 1e-7 <= chains[2] + 2e-7
    assert fit_counts(tallies, (0,), negative_binomial=True).log_likelihood >= chains[1] - 1e-2


@given(st.integers(0, 10_000), st.floats(0.1, 10))
def test_moving_everything_or_measuring_in_other_units_changes_no_factor(seed, scale):
    rng = np.random.default_rng(seed)
    east, north, points = rng.uniform(0, 1000, 60), rng.uniform(0, 1000, 60), rng.uniform(0, 1000, (9, 2))
    one = risk_factors(east, north, {"hotel": points}, (200.0,), least_cells=1)
    other = risk_factors(
        east * scale, north * scale, {"hotel": points[::-1] * scale}, (200.0 * scale,), least_cells=1
    )
    assert len(one.factors) == len(other.factors)
    np.testing.assert_array_equal(one.present, other.present)


@st.composite
def shares(draw):
    periods, units, n = draw(st.integers(1, 5)), draw(st.integers(1, 8)), draw(st.integers(0, 40))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    near = rng.random((periods, units)) < 0.4
    return rng.integers(0, units, n), rng.integers(0, periods, n), near, rng.uniform(0.1, 3.0, units)


@given(shares(), st.floats(0.01, 100))
def test_shares_near_and_not_near_make_one_and_the_unit_of_length_is_no_matter(case, times):
    unit, period, near, ground = case
    one, rest = shares_near(unit, period, near, ground), shares_near(unit, period, ~near, ground)
    np.testing.assert_allclose((one.share + rest.share)[one.records > 0], 1.0)
    np.testing.assert_allclose(one.of_county + rest.of_county, 1.0)
    scaled = shares_near(unit, period, near, ground * times)
    np.testing.assert_allclose(scaled.ratio, one.ratio)
    known = one.records > 0
    assert (one.low[known] <= one.share[known]).all()
    assert (one.share[known] <= one.high[known]).all()
    np.testing.assert_allclose(rest.low[known], 1 - one.high[known], atol=1e-9)
    np.testing.assert_allclose(rest.trend_z, -one.trend_z, atol=1e-9)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=8))
def test_the_trend_is_the_correlation_of_order_and_success(groups):
    """z² = N·r², r the correlation over single trials: the slow obvious twin."""
    successes, trials = (np.array([both[0] if at == 0 else sum(both) for both in groups]) for at in (0, 1))
    z, p = cochran_armitage(successes, trials)
    place = np.concatenate([np.repeat(at, sum(both)) for at, both in enumerate(groups)])
    won = np.concatenate([np.r_[np.ones(one), np.zeros(other)] for one, other in groups])
    if won.size == 0 or won.min() == won.max() or place.min() == place.max():
        assert np.isnan(z)
        assert np.isnan(p)
    else:
        np.testing.assert_allclose(z, np.sqrt(won.size) * np.corrcoef(place, won)[0, 1], atol=1e-9)
        assert 0 <= p <= 1
