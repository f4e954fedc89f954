"""Risk terrain against a published model's arithmetic, statsmodels' fits and glum's own."""

import glum
import numpy as np
import pytest
import statsmodels.api as sm

from trigpoint.core.analysis.count_model import fit_counts
from trigpoint.core.analysis.elastic_net import MIXTURE, penalised_path
from trigpoint.core.analysis.published.check import run
from trigpoint.core.analysis.published.risk_terrain import CHECKS
from trigpoint.core.analysis.risk_terrain import tallies_of


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.statistic)
def test_the_published_figure_is_ours(check):
    checked = run(check)
    assert checked.within, (check.source, checked.ours)


def world(seed=5, cells=1500):
    rng = np.random.default_rng(seed)
    present = rng.random((cells, 4)) < [0.1, 0.3, 0.5, 0.2]
    return rng.poisson(
        0.7 * rng.gamma(0.8, 1 / 0.8, cells) * np.exp(present @ [0.9, 0.4, 0.0, -0.3])
    ), present


def test_fits_are_those_of_statsmodels():
    counts, present = world()
    design = sm.add_constant(present[:, [0, 1]].astype(float))
    ours = fit_counts(tallies_of(counts, present), (0, 1))
    theirs = sm.GLM(counts, design, family=sm.families.Poisson()).fit(tol=1e-12)
    np.testing.assert_allclose(ours.coefficients, theirs.params, atol=1e-8)
    assert ours.log_likelihood == pytest.approx(theirs.llf, abs=1e-8)
    spread = fit_counts(tallies_of(counts, present), (0, 1), negative_binomial=True)
    peer = sm.NegativeBinomial(counts, design).fit(disp=0, method="bfgs", maxiter=500, gtol=1e-8)
    np.testing.assert_allclose(spread.coefficients, peer.params[:-1], atol=1e-5)
    assert spread.dispersion == pytest.approx(peer.params[-1], rel=1e-4)
    assert spread.log_likelihood == pytest.approx(peer.llf, abs=1e-6)
    assert spread.bic == pytest.approx(peer.bic, abs=1e-5)
    assert ours.aic == pytest.approx(theirs.aic, abs=1e-6)


def test_the_penalised_path_is_the_least_of_what_it_says():
    """The printed objective, minimised by another algorithm over single cells."""
    from scipy.optimize import minimize

    counts, present = world(7)
    path = penalised_path(tallies_of(counts, present))
    scaled = present / present.std(axis=0)
    for at in (3, 8, 15):
        penalty = path.penalties[at]

        def objective(b, penalty=penalty):
            linear = b[0] + scaled @ b[1:]
            ridge = MIXTURE * b[1:].sum() + (1 - MIXTURE) / 2 * (b[1:] ** 2).sum()
            return np.mean(np.exp(linear) - counts * linear) + penalty * ridge

        least = minimize(objective, np.zeros(5), bounds=[(None, None), *[(0, None)] * 4], tol=1e-14)
        ours = np.r_[path.intercepts[at], path.coefficients[at] * present.std(axis=0)]
        assert objective(ours) <= least.fun + 1e-7
        np.testing.assert_allclose(ours, least.x, atol=3e-3)
    assert (path.coefficients >= 0).all()
    assert (path.coefficients[0] == 0).all()


def test_fits_are_those_of_glum():
    counts, present = world(11)
    tallies = tallies_of(counts, present)
    path = penalised_path(tallies)
    deviation = present.std(axis=0)
    for at in (5, 12, 19):
        peer = glum.GeneralizedLinearRegressor(
            family="poisson",
            alpha=path.penalties[at],
            l1_ratio=MIXTURE,
            lower_bounds=np.zeros(4),
            gradient_tol=1e-9,
        ).fit(present / deviation, counts)
        np.testing.assert_allclose(path.coefficients[at], peer.coef_ / deviation, atol=2e-5)
        np.testing.assert_allclose(path.intercepts[at], peer.intercept_, atol=2e-5)


def test_nothing_to_penalise_is_an_empty_path():
    counts = np.where(np.arange(100) < 50, 0, 3)
    path = penalised_path(tallies_of(counts, (np.arange(100) < 50)[:, None]))
    assert path.penalties.size == 0
    assert path.coefficients.shape == (0, 1)


def test_losses_of_events_not_seen_rank_fits_as_the_full_deviance_does():
    counts, present = world(9)
    path = penalised_path(tallies_of(counts, present))
    lost = path.deviance(tallies_of(counts, present))
    linear = path.intercepts[:, None] + path.coefficients @ present.T
    slow = 2 * (np.exp(linear) - counts * linear).sum(axis=1)
    np.testing.assert_allclose(lost, slow, rtol=1e-10)
