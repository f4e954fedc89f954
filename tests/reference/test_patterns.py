"""Near repeats, concentration, accuracy, hours and agreement against published figures and other packages."""

import geopandas
import libpysal.examples
import numpy as np
import pytest
from KDEpy import FFTKDE
from pointpats.spacetime import Knox

from trigpoint.core.analysis.density import Grid, kernel_density
from trigpoint.core.analysis.near_repeat import near_repeats
from trigpoint.core.analysis.published import accuracy, agreement, concentration, near_repeat, times
from trigpoint.core.analysis.published.check import run

CHECKS = [
    check for topic in (near_repeat, concentration, accuracy, times, agreement) for check in topic.CHECKS
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.statistic)
def test_the_published_figure_is_reproduced(check):
    assert run(check).within in ((True,) if check.ours else (None,))


def test_burkitts_lymphoma_has_the_printed_table():
    # 188 cases, West Nile; pointpats prints the table for 20 units and 5 days, both limits included
    cases = geopandas.read_file(libpysal.examples.get_path("burkitt.shp"))
    place, day = cases[["X", "Y"]].to_numpy(), cases["T"].to_numpy().astype(int)
    edges = (0.0, np.nextafter(20.0, 21.0), 1e6), (0, 6, 10**5)
    found = near_repeats(*place.T, day, *edges, replicates=19, rng=np.random.default_rng(12345))
    assert found.observed.tolist() == [[13, 3416], [39, 14110]]
    np.testing.assert_allclose(
        found.expected, [[10.1438161, 3418.85618], [41.8561839, 14107.1438]], rtol=1e-7
    )
    peer = Knox(place, day[:, None], delta=20, tau=5, permutations=0)
    np.testing.assert_array_equal(found.observed, peer.observed)


def test_a_surface_is_kdepys_on_the_same_grid():
    rng = np.random.default_rng(9)
    grid = Grid(0.0, 0.0, 10.0, 40, 50)
    places = np.column_stack([rng.uniform(100, 400, 60), rng.uniform(100, 300, 60)])
    x, y = np.meshgrid(grid.eastings_m, grid.northings_m, indexing="ij")
    # KDEpy's width is its kernel's standard deviation along one axis of the one-dimensional kernel: support / √7
    peer = FFTKDE(kernel="biweight", bw=80 / np.sqrt(7), norm=2).fit(places)
    theirs = peer.evaluate(np.column_stack([x.ravel(), y.ravel()])).reshape(50, 40).T * 60e6
    np.testing.assert_allclose(
        kernel_density(*places.T, grid, 80.0).per_km2, theirs, rtol=1e-6, atol=1e-6 * theirs.max()
    )
