"""The smooth surface against the sum over every point, written out."""

from math import hypot, log, pi

import numpy as np
import pytest

from trigpoint.core.analysis.density import Grid, grid_over, kernel_density
from trigpoint.core.analysis.density_bandwidth import likelihood_bandwidth_m, rule_of_thumb

GRID = Grid(500_000.0, 200_000.0, 100.0, 7, 9)


def quartic(apart_m, bandwidth_m):
    return (
        3 / (pi * bandwidth_m**2) * (1 - (apart_m / bandwidth_m) ** 2) ** 2 if apart_m < bandwidth_m else 0.0
    )


def obvious(easting_m, northing_m, weights, grid, bandwidth_m):
    """Per km², at each cell's middle, by adding every point's kernel."""
    return np.array(
        [
            [
                1e6 * sum(w * quartic(hypot(e - x, n - y), bandwidth_m)
                for e, n, w in zip(easting_m, northing_m, weights, strict=True))
                for x in grid.eastings_m
            ]
            for y in grid.northings_m
        ]
    )  # fmt: skip


def on_the_lattice(rng, grid, number):
    return (
        rng.choice(grid.eastings_m, number), rng.choice(grid.northings_m, number), rng.integers(1, 9, number).astype(float)
    )  # fmt: skip


@pytest.mark.parametrize("bandwidth_m", [100.0, 150.0, 320.0, 1200.0])
def test_points_at_the_middle_of_cells_give_exactly_the_sum_of_their_kernels(bandwidth_m):
    east, north, weight = on_the_lattice(np.random.default_rng(3), GRID, 12)
    surface = kernel_density(east, north, GRID, bandwidth_m, weights=weight)
    np.testing.assert_allclose(
        surface.per_km2, obvious(east, north, weight, GRID, bandwidth_m), rtol=1e-12, atol=1e-9
    )
    assert surface.unreached == 0.0


def test_points_anywhere_are_drawn_closely_where_cells_are_small_beside_the_bandwidth():
    rng = np.random.default_rng(4)
    east, north = rng.uniform(500_000, 500_900, 20), rng.uniform(200_000, 200_700, 20)
    fine = Grid(500_000.0, 200_000.0, 50.0, 14, 18)
    surface = kernel_density(east, north, fine, 600.0)
    truth = obvious(east, north, np.ones(20), fine, 600.0)
    assert np.abs(surface.per_km2 - truth).max() < 0.01 * truth.max()


def test_what_lies_a_bandwidth_and_more_beyond_the_grid_is_counted_as_unreached():
    surface = kernel_density([500_450.0, 900_000.0], [200_350.0, 200_350.0], GRID, 200.0, weights=[1.0, 2.5])
    assert surface.unreached == pytest.approx(2.5)


def test_with_an_outline_each_kernel_is_divided_by_its_mass_inside():
    inside = np.zeros((7, 9), dtype=bool)
    inside[1:5, 2:6] = True
    east, north, weight = GRID.eastings_m[[2, 5]], GRID.northings_m[[1, 3]], np.array([2.0, 3.0])
    surface = kernel_density(east, north, GRID, 250.0, weights=weight, inside=inside)
    expected = np.zeros((7, 9))
    for e, n, w in zip(east, north, weight, strict=True):
        alone = obvious([e], [n], [1.0], GRID, 250.0) * inside
        expected += w * alone / (alone.sum() * 0.01)
    np.testing.assert_allclose(surface.per_km2[inside], expected[inside], rtol=1e-12)
    assert np.isnan(surface.per_km2[~inside]).all()


def test_points_that_no_cell_of_the_outline_is_near_are_unreached():
    inside = np.zeros((7, 9), dtype=bool)
    inside[0, 0] = True
    surface = kernel_density(GRID.eastings_m[[0, 8]], GRID.northings_m[[0, 6]], GRID, 150.0, inside=inside)
    assert surface.unreached == pytest.approx(1.0)
    assert surface.per_km2[0, 0] == pytest.approx(100.0)


def test_no_point_gives_an_empty_surface():
    assert not kernel_density([], [], GRID, 200.0).per_km2.any()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"easting_m": [1.0, 2.0]}, "one easting"),
        ({"weights": [-1.0]}, "below 0"),
        ({"northing_m": [np.nan]}, "not a finite"),
        ({"bandwidth_m": 99.0}, "between 1 and"),
        ({"bandwidth_m": 1e9}, "between 1 and"),
        ({"inside": np.ones((2, 2), dtype=bool)}, "each cell"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given, said):
    usual = {"easting_m": [500_000.0], "northing_m": [200_000.0], "grid": GRID, "bandwidth_m": 200.0}
    with pytest.raises(ValueError, match=said):
        kernel_density(**(usual | given))


def test_the_grid_covers_the_box_and_is_no_larger_than_it_need_be():
    grid = grid_over(0.0, 0.0, 1001.0, 300.0, 100.0)
    assert (grid.rows, grid.columns) == (3, 11)
    assert (grid_over(5.0, 5.0, 5.0, 5.0, 100.0).rows, grid.eastings_m[0]) == (1, 50.0)


@pytest.mark.parametrize(
    "box", [(0, 0, 10, 10, 0.0), (10, 0, 0, 10, 1.0), (0, 10, 10, 0, 1.0), (0, 0, 1e6, 1e6, 1.0)]
)
def test_a_grid_without_sense_is_refused(box):
    with pytest.raises(ValueError):
        grid_over(*box)


def test_the_customary_cell_is_a_hundred_and_fiftieth_of_the_shorter_side():
    assert rule_of_thumb(90_000.0, 60_000.0) == (400.0, 2000.0)
    with pytest.raises(ValueError):
        rule_of_thumb(0.0, 10.0)


def slow_likelihood(counts, grid, bandwidth_m, area_km2):
    """Each cell left out with its records, by adding the kernels of all the others."""
    cells = [(int(r), int(c)) for r, c in zip(*np.nonzero(counts), strict=True)]
    records, whole = counts.sum(), 0.0
    for r, c in cells:
        others = sum(
            counts[a, b] * quartic(grid.cell_m * hypot(a - r, b - c), bandwidth_m)
            for a, b in cells
            if (a, b) != (r, c)
        )
        density = 1e6 * others / (records - counts[r, c])
        whole += counts[r, c] * log((1 - 1 / records) * density + 1 / records / area_km2)
    return whole


def test_the_chosen_bandwidth_is_the_likeliest_of_the_slow_sums():
    rng = np.random.default_rng(6)
    east = 500_000 + np.clip(rng.normal(300, 120, 40), 0, 899)
    north = 200_000 + np.clip(rng.normal(300, 120, 40), 0, 699)
    counts = np.zeros((7, 9), dtype=int)
    np.add.at(counts, (((north - 200_000) // 100).astype(int), ((east - 500_000) // 100).astype(int)), 1)
    candidates = [110.0, 200.0, 330.0, 500.0, 900.0]
    slow = [slow_likelihood(counts, GRID, width, 0.63) for width in candidates]
    chosen = likelihood_bandwidth_m(east, north, GRID, candidates[::-1], 0.63)
    assert chosen == candidates[int(np.argmax(slow))]
    assert chosen not in (candidates[0], candidates[-1])


def test_one_place_alone_tells_nothing_and_the_smallest_bandwidth_is_given():
    assert likelihood_bandwidth_m([500_050.0] * 5, [200_050.0] * 5, GRID, [300.0, 200.0], 1.0) == 200.0
    assert likelihood_bandwidth_m([9.0], [9.0], GRID, [300.0, 200.0], 1.0) == 200.0


@pytest.mark.parametrize(("candidates", "area"), [([], 1.0), ([200.0], 0.0)])
def test_no_candidate_or_no_area_is_refused(candidates, area):
    with pytest.raises(ValueError):
        likelihood_bandwidth_m([500_050.0], [200_050.0], GRID, candidates, area)
