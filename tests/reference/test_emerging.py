"""Trends and bins of space and time against published values, scipy and statistics we trust."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from tests.factories.neighbourhoods import grid
from trigpoint.core.analysis.cube import judge_cube
from trigpoint.core.analysis.cube_laws import ChildrenOverTime, RecordsOverTime
from trigpoint.core.analysis.exact import exact_p
from trigpoint.core.analysis.getis_ord import gi_star
from trigpoint.core.analysis.mann_kendall import mann_kendall, overlap_inflation, sen_slope
from trigpoint.core.analysis.onset import find_onsets
from trigpoint.core.analysis.published.check import Check, run
from trigpoint.core.analysis.published.emerging import CHECKS
from trigpoint.core.geography.neighbours import Neighbours


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.statistic)
def test_published_values(check: Check) -> None:
    assert run(check).within


def test_mann_kendall_without_its_continuity_correction_is_kendalls_tau() -> None:
    rng = np.random.default_rng(5)
    series = rng.integers(0, 6, (20, 15)).astype(float)
    found = mann_kendall(series)
    for row, s, variance in zip(series, found.s, found.variance, strict=True):
        tau = stats.kendalltau(np.arange(15), row, method="asymptotic")
        assert 2 * stats.norm.sf(abs(s) / np.sqrt(variance)) == pytest.approx(tau.pvalue, rel=1e-10)


def test_sens_slope_is_scipys() -> None:
    rng = np.random.default_rng(6)
    for row in rng.normal(size=(5, 11)):
        assert sen_slope(row[None, :])[0] == pytest.approx(stats.theilslopes(row)[0])


def test_the_inflation_is_that_of_series_whose_windows_overlap() -> None:
    # independent steps, summed two by two: S must vary as much as told; without the inflation p is far too small
    rng = np.random.default_rng(7)
    steps = rng.normal(size=(600, 13))
    overlapping = steps[:, 1:] + steps[:, :-1]
    wider = overlap_inflation(12, 1)
    found = mann_kendall(overlapping, inflation=wider)
    assert np.var(found.s) / found.variance[0] == pytest.approx(1.0, abs=0.2)
    assert (found.p <= 0.05).mean() < 0.08 < (mann_kendall(overlapping).p <= 0.05).mean()


def _as_one_map(near: Neighbours, steps: int, back: int) -> Neighbours:
    """Every bin a unit: its window is the place and its neighbours, in the step and those before it."""
    rows = []
    for place in range(near.units):
        beside = [place, *near.indices[near.indptr[place] : near.indptr[place + 1]].tolist()]
        for step in range(steps):
            bins = [p * steps + t for p in beside for t in range(max(step - back, 0), step + 1)]
            rows.append(sorted(set(bins) - {place * steps + step}))
    indptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return Neighbours(indptr, np.array([one for row in rows for one in row], dtype=np.int32))


@pytest.mark.parametrize("back", [0, 1, 2])
def test_the_bins_of_a_cube_are_gi_star_of_one_large_map(back: int) -> None:
    rng = np.random.default_rng(8)
    near, counts = grid(3, 4), rng.poisson(0.7, (12, 6))
    cube = judge_cube(counts, near, window="cube", back=back, rate=0.05, corrected=True)
    star = gi_star(counts.ravel(), _as_one_map(near, 6, back))
    np.testing.assert_array_equal(cube.around.ravel(), star.around)
    np.testing.assert_allclose(cube.z.ravel(), star.z, atol=1e-12)
    np.testing.assert_allclose(cube.expected.ravel(), star.expected, atol=1e-12)
    p = exact_p(counts.ravel(), cube.around.ravel(), star.window_sizes)
    np.testing.assert_allclose(cube.p_high.ravel(), p, rtol=1e-12)


def test_both_tails_equal_full_enumeration() -> None:
    counts = np.array([[1, 0, 2], [0, 5, 1], [0, 0, 3]])
    near = grid(1, 3)
    cube = judge_cube(counts, near, window="cube", back=1, rate=0.05, corrected=False)
    sizes = (near.degrees + 1)[:, None] * np.array([1, 2, 2])
    for at in np.ndindex(3, 3):
        every = np.array([sum(chosen) for chosen in combinations(counts.ravel().tolist(), int(sizes[at]))])
        assert cube.p_high[at] == pytest.approx((every >= cube.around[at]).mean(), rel=1e-12)
        assert cube.p_low[at] == pytest.approx((every <= cube.around[at]).mean(), rel=1e-12)


@pytest.mark.parametrize(("window", "back", "sets"), [("step", 0, 1), ("neighbourhood", 1, 2)])
def test_other_windows_compare_with_the_steps_they_name(window: str, back: int, sets: int) -> None:
    rng = np.random.default_rng(9)
    near, counts = grid(3, 3), rng.poisson(1.0, (9, 5))
    cube = judge_cube(counts, near, window=window, back=back, rate=0.05, corrected=True)
    for step in range(5):
        first = max(step - sets + 1, 0)
        alone = judge_cube(
            counts[:, first : step + 1], near, window="cube", back=back, rate=0.05, corrected=True
        )
        np.testing.assert_allclose(cube.p_high[:, step], alone.p_high[:, -1], rtol=1e-12)
        np.testing.assert_allclose(cube.z[:, step], alone.z[:, -1], atol=1e-12)


def _sums(counts: NDArray[np.int64], near: Neighbours, at: tuple[int, int], back: int) -> int:
    place, step = at
    beside = [place, *near.indices[near.indptr[place] : near.indptr[place + 1]].tolist()]
    return int(counts[beside, max(step - back, 0) : step + 1].sum())


def test_against_all_records_it_is_fishers_test() -> None:
    rng = np.random.default_rng(10)
    near, everything = grid(2, 3), rng.poisson(4.0, (6, 4))
    counts = rng.binomial(everything, 0.3)
    cube = judge_cube(
        counts, near, window="cube", back=1, rate=0.05, corrected=True, background=RecordsOverTime(everything)
    )
    for at in np.ndindex(6, 4):
        law = stats.hypergeom(everything.sum(), counts.sum(), _sums(everything, near, at, 1))
        assert cube.p_high[at] == pytest.approx(law.sf(cube.around[at] - 1), rel=1e-9)
        assert cube.p_low[at] == pytest.approx(law.cdf(cube.around[at]), rel=1e-9)
        assert cube.z[at] == pytest.approx((cube.around[at] - law.mean()) / law.std(), rel=1e-9)


def test_against_children_it_is_binomial_on_their_share_of_places_and_steps() -> None:
    rng = np.random.default_rng(11)
    near, children = grid(2, 3), np.array([10.0, 0.0, 5.5, 3.0, 20.0, 1.0])
    counts = rng.poisson(1.5, (6, 4))
    cube = judge_cube(
        counts, near, window="cube", back=1, rate=0.05, corrected=True, background=ChildrenOverTime(children)
    )
    for at in np.ndindex(6, 4):
        share = _sums(np.rint(children * 10).astype(np.int64)[:, None].repeat(4, 1), near, at, 1) / (
            395.0 * 4
        )
        law = stats.binom(int(counts.sum()), share)
        assert cube.p_high[at] == pytest.approx(law.sf(cube.around[at] - 1), rel=1e-9)
        assert cube.p_low[at] == pytest.approx(law.cdf(cube.around[at]), rel=1e-9)


def test_an_onset_is_the_least_likely_stretch_of_last_steps() -> None:
    rng = np.random.default_rng(12)
    windows = rng.poisson(1.0, (8, 12))
    windows[3, 8:] += 4
    county = windows.sum(axis=0) + rng.poisson(10.0, 12)
    found = find_onsets(windows, county, most_steps=5)
    for row, since, p in zip(windows, found.since, found.p, strict=True):
        tails = {
            start: stats.hypergeom.sf(row[start:].sum() - 1, county.sum(), row.sum(), county[start:].sum())
            for start in range(7, 12)
        }
        assert since == min(tails, key=lambda start: (tails[start], -start))
        assert p == pytest.approx(min(5 * tails[since], 1.0), rel=1e-9)
    assert found.since[3] == 8
    assert found.q[3] < 0.01
    assert found.observed[3] + found.before[3] == windows[3].sum()
    assert found.expected[3] == pytest.approx(windows[3].sum() * county[8:].sum() / county.sum())
