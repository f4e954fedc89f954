"""Local Moran, empirical Bayes and funnel limits against esda, scipy, enumeration and printed values."""

from itertools import combinations

import libpysal
import numpy as np
import pytest
from esda.moran import Moran_Local
from esda.smoothing import Empirical_Bayes, Spatial_Empirical_Bayes
from libpysal.weights import W
from scipy import stats

from tests.factories.neighbourhoods import from_edges, grid, window
from trigpoint.core.analysis.funnel import TAILS, funnel
from trigpoint.core.analysis.local_moran import local_moran, moran_p
from trigpoint.core.analysis.shrinkage import shrink, shrink_locally
from trigpoint.core.geography.neighbours import Neighbours


def weights(near: Neighbours) -> W:
    return W({unit: window(near, unit)[1:] for unit in range(near.units)}, silence_warnings=True)


def of_weights(given: W) -> Neighbours:
    place = {name: at for at, name in enumerate(given.id_order)}
    return from_edges(given.n, [(place[a], place[b]) for a in given.id_order for b in given.neighbors[a]])


def test_local_moran_is_esdas_with_the_moments_of_conditional_permutation() -> None:
    rng = np.random.default_rng(8)
    x, near = rng.gamma(0.6, 5.0, 42), grid(6, 7)
    ours, theirs = local_moran(x, near), Moran_Local(x, weights(near), transformation="r", permutations=0)
    # esda divides by (n − 1) where Anselin's m₂ divides by n
    np.testing.assert_allclose(ours.value * 41 / 42, theirs.Is, rtol=1e-12)
    np.testing.assert_array_equal(ours.quadrant, theirs.q)


@pytest.mark.parametrize("counts", [[0, 0, 3, 1, 0, 5, 2, 0], [4, 1, 0, 2, 2, 9, 7, 1]], ids=str)
def test_moments_and_p_are_those_of_every_choice(counts: list[int]) -> None:
    near = from_edges(8, [(0, 1), (1, 2), (2, 3), (3, 0), (4, 5), (5, 6), (2, 5), (6, 7), (1, 5)])
    x = np.array(counts, dtype=float)
    found, p = local_moran(x, near), moran_p(np.array(counts), near)
    away = x - x.mean()
    for unit in range(8):
        others = np.delete(away, unit)
        k = int(near.degrees[unit])
        around = away[window(near, unit)[1:]].mean()
        every = np.array([np.mean(chosen) for chosen in combinations(others, k)])
        scale = away[unit] / (away**2).mean()
        assert found.value[unit] == pytest.approx(scale * around)
        assert found.expected[unit] == pytest.approx(scale * every.mean())
        assert found.z[unit] == pytest.approx(np.sign(away[unit]) * (around - every.mean()) / every.std())
        alike = every >= around - 1e-9 if away[unit] > 0 else every <= around + 1e-9
        assert p[unit] == pytest.approx(alike.mean(), rel=1e-12)


def test_the_quadrants_of_the_printed_example() -> None:
    # PySAL, esda/moran.py, the example of Moran_Local: q of desmith's ten points
    path = libpysal.examples.get_path
    near = of_weights(libpysal.io.open(path("desmith.gal")).read())
    values = np.array(libpysal.io.open(path("desmith.txt")).by_col["z"])
    assert local_moran(values, near).quadrant.tolist() == [4, 4, 4, 2, 3, 3, 1, 4, 3, 3]


PRINTED = [2.36718950e-05, 4.54539167e-05, 4.78114019e-05, 2.76907146e-05, 6.58989323e-05,
           3.66494122e-05, 5.79952721e-05, 2.03064590e-05, 3.31152999e-05, 3.02748380e-05]  # fmt: skip
PRINTED_LOCALLY = [4.01485749e-05, 3.62437513e-05, 4.93034844e-05, 5.09387329e-05, 3.72735210e-05,
                   3.69333797e-05, 5.40245456e-05, 2.99806055e-05, 3.73034109e-05, 3.47270722e-05]  # fmt: skip
"""PySAL, esda/smoothing.py: homicides around St. Louis, 1979–84, the first ten of 78 counties."""


def homicides() -> tuple[np.ndarray, np.ndarray, W]:
    path = libpysal.examples.get_path
    table = libpysal.io.open(path("stl_hom.csv"), "r")
    near = libpysal.io.open(path("stl.gal"), "r").read()
    if not near.id_order_set:
        near.id_order = list(range(1, len(table) + 1))
    return np.array(table[:, 10]), np.array(table[:, 13]), near


def test_marshalls_estimate_is_esdas_and_the_printed_one() -> None:
    events, people, near = homicides()
    ours = shrink(events, people).rate
    np.testing.assert_allclose(ours, Empirical_Bayes(events, people).r.ravel(), rtol=1e-12)
    np.testing.assert_allclose(ours[:10], PRINTED, rtol=1e-8)
    locally = shrink_locally(events, people, of_weights(near)).rate
    np.testing.assert_allclose(locally, Spatial_Empirical_Bayes(events, people, near).r.ravel(), rtol=1e-9)
    np.testing.assert_allclose(locally[:10], PRINTED_LOCALLY, rtol=1e-8)


def test_the_interval_is_that_of_the_gamma_law() -> None:
    events, people, _ = homicides()
    found = shrink(events, people, coverage=0.9)
    m, a = found.usual[0], found.spread[0]
    law = stats.gamma(m * m / a + events, scale=1 / (m / a + people))
    np.testing.assert_allclose(found.rate, law.mean(), rtol=1e-12)
    np.testing.assert_allclose(found.lower, law.ppf(0.05), rtol=1e-9)
    np.testing.assert_allclose(found.upper, law.ppf(0.95), rtol=1e-9)


@pytest.mark.parametrize("law", ["poisson", "binomial"])
def test_funnel_limits_are_where_the_tail_begins(law: str) -> None:
    rng = np.random.default_rng(6)
    people = np.concatenate([[1, 2, 3, 5, 8], rng.integers(10, 4000, 25)])
    counts = np.minimum(rng.poisson(people * 0.06), people)
    found = funnel(counts, people, law=law)  # type: ignore[arg-type]
    for unit, living in enumerate(people.tolist()):
        chance = stats.poisson(living * found.usual) if law == "poisson" else stats.binom(living, found.usual)
        for row, tail in enumerate(TAILS):
            low, high = found.lower[row, unit], found.upper[row, unit]
            assert chance.sf(high) <= tail < chance.sf(high - 1)
            assert chance.cdf(low - 1) <= tail < chance.cdf(low)
