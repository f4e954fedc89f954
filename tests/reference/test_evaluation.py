"""The statistics of an evaluation against published values, and against statsmodels and scipy doing them at length."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

from trigpoint.core.analysis.dose import dose_response
from trigpoint.core.analysis.e_test import e_test
from trigpoint.core.analysis.event_study import event_study
from trigpoint.core.analysis.published.check import run
from trigpoint.core.analysis.published.evaluation import CHECKS
from trigpoint.core.analysis.rate_ratio import rate_ratio


@pytest.mark.parametrize("check", CHECKS, ids=lambda one: one.statistic)
def test_published_values(check):
    assert run(check).within


def panel(seed, treated, others, before, after):
    """Counts [places, months], and the rows of a model with a factor for each place and month."""
    rng = np.random.default_rng(seed)
    places, months = treated + others, before + after
    level = rng.uniform(1.0, 8.0, places)[:, None] * rng.uniform(0.6, 1.6, months)[None, :]
    level[:treated, before:] *= 0.6
    counts = rng.poisson(level * rng.gamma(3.0, 1 / 3.0, (places, 1)))
    return counts, np.arange(places) < treated


def dummies(places, months):
    place = np.kron(np.eye(places), np.ones((months, 1)))
    month = np.kron(np.ones((places, 1)), np.eye(months))[:, 1:]
    return np.hstack([place, month])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_ratio_and_its_clustered_error_are_those_of_the_whole_model(seed):
    before, after = 5, 4
    counts, treated = panel(seed, 4, 7, before, after)
    late = np.tile(np.arange(before + after) >= before, len(counts))
    design = np.column_stack(
        [np.repeat(treated, before + after) & late, dummies(len(counts), before + after)]
    )
    groups = np.repeat(np.arange(len(counts)), before + after)
    model = sm.GLM(counts.ravel(), design.astype(float), family=sm.families.Poisson())
    plain = model.fit(tol=1e-12)
    clustered = model.fit(tol=1e-12, cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
    found = rate_ratio(counts[:, :before].sum(axis=1), counts[:, before:].sum(axis=1), treated)
    assert found.ratio == pytest.approx(np.exp(plain.params[0]), rel=1e-8)
    assert found.poisson_se == pytest.approx(plain.bse[0], rel=1e-6)
    assert found.cluster_se == pytest.approx(clustered.bse[0], rel=1e-6)
    (a, b, c, d) = found.totals
    assert found.exact_p == pytest.approx(stats.fisher_exact([[a, b], [c, d]])[1])


def test_an_event_study_is_the_whole_model_with_a_factor_for_every_period():
    counts, treated = panel(7, 3, 5, 4, 3)
    places, months = counts.shape
    after = np.arange(4, 7)
    parts = [np.repeat(treated, months) & np.tile(np.arange(months) == month, places) for month in after]
    design = np.column_stack([*parts, dummies(places, months)]).astype(float)
    plain = sm.GLM(counts.ravel(), design, family=sm.families.Poisson()).fit(tol=1e-12)
    found = event_study(counts[treated].sum(axis=0), counts[~treated].sum(axis=0), 4)
    assert found.ratio[4:] == pytest.approx(np.exp(plain.params[:3]), rel=1e-8)
    limits = np.exp(plain.conf_int()[:3])
    assert found.lower[4:] == pytest.approx(limits[:, 0], rel=1e-6)
    assert found.upper[4:] == pytest.approx(limits[:, 1], rel=1e-6)
    table = np.array([counts[treated][:, :4].sum(axis=0), counts[~treated][:, :4].sum(axis=0)])
    assert found.level_p == pytest.approx(stats.chi2_contingency(table, correction=False)[1])


def test_an_earlier_trend_is_the_slope_of_a_logistic_model_at_nought():
    treated, others = np.array([3, 6, 5, 9, 12]), np.array([20, 22, 18, 21, 19])
    found = event_study(np.append(treated, 5), np.append(others, 20), 5)
    month = np.arange(5.0)
    response = np.column_stack([treated, others])
    model = sm.GLM(response, sm.add_constant(month), family=sm.families.Binomial())
    score = model.score_test(
        np.array([np.log(treated.sum() / others.sum()), 0.0]), k_constraints=1
    )  # fmt: skip
    assert found.trend_p == pytest.approx(float(np.squeeze(score[1])), rel=1e-6)


def test_the_slope_of_dose_is_that_of_a_logistic_model_given_each_places_total():
    rng = np.random.default_rng(4)
    dose = np.concatenate([np.zeros(6), rng.uniform(1.0, 10.0, 12)])
    before = rng.poisson(15.0, 18)
    after = rng.poisson(15.0 * np.exp(-0.08 * dose))
    found = dose_response(np.where(dose > 0, 10.0, 0.0), dose, before, after)
    model = sm.GLM(
        np.column_stack([after, before]), sm.add_constant(dose), family=sm.families.Binomial()
    ).fit(tol=1e-12)
    assert np.log(found.ratio) == pytest.approx(model.params[1], rel=1e-7)
    assert found.se == pytest.approx(model.bse[1], rel=1e-5)
    assert found.p == pytest.approx(model.pvalues[1], rel=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "times"), [(4, 9, (1.0, 1.0)), (7, 2, (2.0, 1.0)), (0, 5, (1.0, 3.0))]
)
def test_the_e_test_is_a_double_sum_over_both_counts(one, other, times):
    rate = (one + other) / sum(times)

    def far(x, y):
        return (
            abs(x / times[0] - y / times[1]) / np.sqrt(x / times[0] ** 2 + y / times[1] ** 2)
            if x + y
            else 0.0
        )

    p = sum(
        stats.poisson.pmf(x, rate * times[0]) * stats.poisson.pmf(y, rate * times[1])
        for x in range(80)
        for y in range(80)
        if far(x, y) >= far(one, other) - 1e-12
    )
    assert e_test(one, other, times) == pytest.approx(p, rel=1e-10)


def test_the_e_test_agrees_with_the_tool_that_others_use():
    for one, other in ((3, 9), (20, 35), (60, 40)):
        theirs = stats.poisson_means_test(one, 1, other, 1).pvalue
        # scipy leaves out tails of a ten-thousandth of a millionth each
        assert e_test(one, other) == pytest.approx(theirs, abs=1e-5)
