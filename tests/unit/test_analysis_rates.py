"""Local Moran, shrunken rates, funnels: examples a chair would ask about, and what is refused."""

import numpy as np
import pytest

from tests.factories.neighbourhoods import from_edges, grid
from trigpoint.core.analysis.funnel import funnel
from trigpoint.core.analysis.local_moran import find_moran_hotspots, local_moran, moran_p
from trigpoint.core.analysis.shrinkage import shrink, shrink_locally

NEAR = from_edges(4, [(0, 1), (1, 2)])


def test_one_of_two_children_is_no_rate_of_a_half() -> None:
    people = np.array([2.0, 900.0, 1100.0, 1000.0, 950.0])
    found = shrink([1, 9, 30, 10, 12], people)
    assert found.rate[0] < 0.05
    assert found.rate[2] == pytest.approx(30 / 1100, rel=0.35)
    assert found.lower[0] < found.rate[0] < found.upper[0]


def test_where_places_differ_no_more_than_chance_all_have_the_common_rate() -> None:
    found = shrink([10, 10, 10], [100.0, 100.0, 100.0])
    assert found.rate.tolist() == [0.1, 0.1, 0.1]
    assert found.spread.tolist() == [0.0, 0.0, 0.0]
    assert 0.05 < found.lower[0] < 0.1 < found.upper[0] < 0.15


def test_where_nobody_is_known_there_is_no_rate() -> None:
    for found in (
        shrink([1, 2], [np.nan, 0.0]),
        shrink_locally([1, 2], [np.nan, 0.0], from_edges(2, [(0, 1)])),
    ):
        assert np.isnan(found.rate).all()
        assert np.isnan(found.upper).all()
    beside = funnel([1, 2], [np.nan, 0.0], over_dispersed=True)
    assert beside.state.tolist() == [0, 0]
    assert np.isnan(beside.upper).all()
    assert np.isnan(beside.usual)


def test_a_lone_rate_among_its_neighbours_is_drawn_to_them() -> None:
    found = shrink_locally(
        [50, 5, 5, 5], [500.0, 500.0, 500.0, 500.0], from_edges(4, [(0, 1), (0, 2), (0, 3)])
    )
    assert 0.01 < found.rate[0] < 0.1
    assert found.rate[1] > 0.01


def test_funnel_states() -> None:
    people = [10_000.0] * 20
    counts = [100] * 18 + [140, 60]
    assert funnel(counts, people).state.tolist()[-3:] == [0, 2, -2]
    counts[-2:] = [122, 79]
    assert funnel(counts, people).state.tolist()[-3:] == [0, 1, -1]


def test_over_dispersion_widens_the_limits() -> None:
    rng = np.random.default_rng(2)
    people = rng.integers(500, 4000, 60).astype(float)
    counts = rng.poisson(people * 0.05 * rng.gamma(6.0, 1 / 6.0, 60))
    narrow, wide = funnel(counts, people), funnel(counts, people, over_dispersed=True)
    assert wide.dispersion > 2
    assert np.count_nonzero(wide.state) < np.count_nonzero(narrow.state) / 2
    shares = funnel(counts, people, law="binomial", over_dispersed=True)
    assert shares.dispersion > 2


def test_a_lone_peak_is_never_found_by_local_moran_and_a_cluster_is() -> None:
    near = grid(8, 8)
    lone = np.zeros(64, dtype=np.int64)
    lone[27] = 40
    assert not find_moran_hotspots(lone, near).hot.any()
    lone[[28, 35, 36]] = 30
    assert set(np.flatnonzero(find_moran_hotspots(lone, near).hot)) == {27, 28, 35, 36}


def test_what_cannot_be_tested_is_empty() -> None:
    found, p = local_moran([3.0, 1.0, 2.0, 9.0], NEAR), moran_p([3, 1, 2, 9], NEAR)
    assert np.isnan([found.value[3], found.z[3], p[3]]).all()
    assert found.quadrant[3] == 0
    alike = local_moran([2.0, 2.0, 2.0, 2.0], NEAR)
    assert np.isnan(alike.value).all()
    assert moran_p(np.empty(0, dtype=np.int64), from_edges(0, [])).size == 0
    assert local_moran([], from_edges(0, [])).value.size == 0
    # all the others alike: whatever the neighbours are, they are as usual
    assert np.isnan(local_moran([5.0, 1.0, 1.0, 1.0], NEAR).z[0])


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: local_moran([1.0, 2.0], NEAR), "one finite value"),
        (lambda: local_moran([1.0, np.inf, 0.0, 1.0], NEAR), "one finite value"),
        (lambda: moran_p([1, 2], NEAR), "one count"),
        (lambda: shrink([1, 2], [1.0]), "one count and one number"),
        (lambda: shrink([1.5, 2], [1.0, 2.0]), "whole"),
        (lambda: shrink([1, 2], [1.0, -2.0]), "negative"),
        (lambda: funnel([1, 2], [1.0]), "one count and one number"),
        (lambda: funnel([-1, 2], [1.0, 2.0]), "negative"),
        (lambda: funnel([3, 2], [1.0, 2.0], law="binomial"), "no fewer than"),
        (lambda: funnel([1, 2], [1.5, 2.0], law="binomial"), "people are whole"),
    ],
)
def test_what_does_not_fit_together_is_refused(make, why) -> None:
    with pytest.raises(ValueError, match=why):
        make()
