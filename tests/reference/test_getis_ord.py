"""Gi* and its exact probability against published values, enumeration, rational arithmetic and esda."""

from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from math import comb, dist

import numpy as np
import pytest
from esda.getisord import G_Local
from libpysal.weights import W
from numpy.typing import NDArray

from tests.factories.neighbourhoods import from_edges, grid, window
from trigpoint.core.analysis.exact import exact_p, exact_p_own_value_fixed
from trigpoint.core.analysis.getis_ord import gi_star
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours


def test_six_points_give_the_published_z() -> None:
    # PySAL, esda/getisord.py, the G_Local example with star=True and transform='B'
    points = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    near = [(a, b) for a, b in combinations(range(6), 2) if dist(points[a], points[b]) <= 15]
    z = gi_star([2, 3, 3.2, 5, 8, 7], from_edges(6, near)).z
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    recomputed = [-1.397276, -0.289178, 0.650650, -0.289178, 1.234521, 2.024243]
    np.testing.assert_allclose(z, published, atol=1e-8)
    np.testing.assert_allclose(z, recomputed, atol=1e-6)


def test_z_is_the_printed_formula() -> None:
    # Ord & Getis 1995, Gi* written out with its weights matrix
    rng = np.random.default_rng(11)
    x, near = rng.gamma(0.5, 4.0, 30), grid(5, 6)
    weights = np.zeros((30, 30))
    for unit in range(30):
        weights[unit, window(near, unit)] = 1.0
    total, squares = weights.sum(axis=1), (weights**2).sum(axis=1)
    deviation = np.sqrt((x**2).mean() - x.mean() ** 2)
    printed = (weights @ x - x.mean() * total) / (deviation * np.sqrt((30 * squares - total**2) / 29))
    np.testing.assert_allclose(gi_star(x, near).z, printed, rtol=0, atol=1e-12)


SMALL_MAPS = [
    [0, 0, 0, 0, 0, 0, 0, 9],
    [1, 0, 2, 0, 0, 5, 1, 0, 0, 3, 1, 0],
    [7, 7, 7, 1, 1, 1, 1, 1, 2],
    [3, 1, 4, 1, 5, 9, 2, 6, 5, 3],
    pytest.param([0, 250, 3, 3, 0, 999, 12, 0, 1], marks=pytest.mark.compiled),
]


@pytest.mark.parametrize("counts", SMALL_MAPS, ids=str)
def test_p_equals_full_enumeration(counts: list[int]) -> None:
    for size in range(1, len(counts)):
        every = np.array([sum(chosen) for chosen in combinations(counts, size)])
        for unit, held in enumerate(counts):
            for s in sorted({int(s) for s in every if s >= held}):
                p = exact_p(counts, _at(counts, unit, s), np.full(len(counts), size))[unit]
                expected = (every >= s).mean()
                assert p == pytest.approx(expected, rel=1e-12, abs=0)


@pytest.mark.parametrize("counts", SMALL_MAPS, ids=str)
def test_own_value_fixed_p_equals_full_enumeration(counts: list[int]) -> None:
    for size in range(1, len(counts)):
        for unit, held in enumerate(counts):
            others = counts[:unit] + counts[unit + 1 :]
            every = held + np.array([sum(chosen) for chosen in combinations(others, size - 1)])
            for s in sorted(set(every.tolist())):
                p = exact_p_own_value_fixed(counts, _at(counts, unit, s), np.full(len(counts), size))[unit]
                assert p == pytest.approx((every >= s).mean(), rel=1e-12, abs=0)


def test_p_keeps_its_digits_where_it_is_tiny() -> None:
    # the law's generating function multiplied out in whole numbers: no rounding at all
    rng = np.random.default_rng(5)
    counts = np.concatenate([rng.poisson(0.6, 220), [17, 40, 41, 83]])
    for size in (1, 2, 7, 19, 31):
        ways = _ways(counts.tolist(), size)
        largest = int(np.sort(counts)[-size:].sum())
        for s in range(int(counts.max()), largest + 1, 7):
            tail = sum(number for total, number in ways.items() if total >= s)
            expected = float(Fraction(tail, comb(counts.size, size)))
            p = exact_p(counts, np.full(counts.size, s), np.full(counts.size, size))[0]
            assert p == pytest.approx(expected, rel=1e-12, abs=0)


def test_p_agrees_with_a_long_permutation_run() -> None:
    rng = np.random.default_rng(20240101)
    near = grid(12, 15)
    counts = rng.negative_binomial(0.4, 0.25, near.units)
    star = gi_star(counts, near)
    around, runs = star.around.astype(np.int64), 40_000
    inside = np.zeros((near.units, near.units))
    for unit in range(near.units):
        inside[unit, window(near, unit)] = 1
    reached = np.zeros(near.units)
    for _ in range(40):
        shuffled = rng.permuted(np.tile(counts, (runs // 40, 1)), axis=1)
        reached += (inside @ shuffled.T >= around[:, None]).sum(axis=1)
    _assert_within_error(reached / runs, exact_p(counts, around, star.window_sizes), runs)


@pytest.mark.compiled
@pytest.mark.parametrize(("side", "dispersion"), [(20, 0.3), (25, 0.05)])
def test_in_shuffled_maps_a_discovery_is_as_rare_as_its_rate_says(side: int, dispersion: float) -> None:
    # nothing is gathered, so every discovery is false and the false discovery rate is P(any)
    rng, near, runs = np.random.default_rng(side), grid(side, side), 400
    counts = rng.negative_binomial(dispersion, dispersion / (dispersion + 1.2), near.units)
    found = sum((find_hotspots(rng.permutation(counts), near, q=0.05).q <= 0.05).any() for _ in range(runs))
    assert 0 < found / runs <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / runs)


@pytest.mark.parametrize(("rows", "columns", "diagonals"), [(20, 25, True), (30, 17, False), (1, 60, True)])
def test_z_equals_esda_with_binary_weights(rows: int, columns: int, diagonals: bool) -> None:
    near = grid(rows, columns, diagonals=diagonals)
    counts = np.random.default_rng(3).negative_binomial(0.3, 0.1, near.units)
    theirs = G_Local(counts.astype(float), _weights(near), transform="B", star=True, permutations=0)
    np.testing.assert_allclose(gi_star(counts, near).z, theirs.Zs, rtol=0, atol=1e-10)


@pytest.mark.compiled
@pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
def test_own_value_fixed_p_agrees_with_esda_permutations() -> None:
    near, runs = grid(14, 16), 19_999
    counts = np.random.default_rng(8).negative_binomial(0.4, 0.2, near.units)
    theirs = G_Local(
        counts.astype(float), _weights(near), transform="B", star=True, permutations=runs, n_jobs=1, seed=4
    )
    # its own p_sim is folded to the nearer tail; the upper tail is counted from its simulated sums
    simulated = np.rint(theirs.sim * counts.sum()).astype(np.int64)
    star = gi_star(counts, near)
    around = star.around.astype(np.int64)
    reached = (simulated >= around).mean(axis=0)
    _assert_within_error(reached, exact_p_own_value_fixed(counts, around, star.window_sizes), runs)


def _at(counts: list[int], unit: int, s: int) -> NDArray[np.int64]:
    """Window sums in which only `unit`'s matters."""
    around = np.array(counts)
    around[unit] = s
    return around


def _ways(counts: list[int], size: int) -> dict[int, int]:
    """How many choices of `size` counts have each sum."""
    chosen: list[dict[int, int]] = [{0: 1}, *({} for _ in range(size))]
    for value in counts:
        for drawn in range(size, 0, -1):
            row = defaultdict(int, chosen[drawn])
            for total, number in chosen[drawn - 1].items():
                row[total + value] += number
            chosen[drawn] = row
    return chosen[size]


def _weights(near: Neighbours) -> W:
    return W({unit: window(near, unit)[1:] for unit in range(near.units)}, silence_warnings=True)


def _assert_within_error(estimate: NDArray[np.float64], p: NDArray[np.float64], runs: int) -> None:
    """Five standard errors, and two counts for the discreteness of small p."""
    allowed = 5 * np.sqrt(p * (1 - p) / runs) + 2 / runs
    assert (np.abs(estimate - p) <= allowed).all()
    assert len(np.unique(p)) > 20
