"""Hotspots on small made-up maps: who is hot, who is joined, who is the peak."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.factories.neighbourhoods import from_edges, grid, window
from trigpoint.core.analysis.discovery import discovery_q, rejected
from trigpoint.core.analysis.hotspot import find_hotspots

SIDE = 60
NEAR = grid(SIDE, SIDE)


def at(row: int, column: int) -> int:
    return row * SIDE + column


def town_and_lone_peak(lone: int = 90) -> NDArray[np.int64]:
    """Scattered ones, a busy town of 16 × 16, and far from it one unit with much, in an empty clearing."""
    counts = np.zeros((SIDE, SIDE), dtype=np.int64)
    counts[::3, ::3] = 1
    counts[4:20, 4:20] = 9 + np.arange(256).reshape(16, 16) % 3
    counts[43:48, 43:48] = 0
    counts[45, 45] = lone
    return counts.ravel()


def test_a_lone_peak_is_hot_and_its_empty_neighbours_are_not_more_significant() -> None:
    counts = town_and_lone_peak()
    result, peak = find_hotspots(counts, NEAR), at(45, 45)
    ring = window(NEAR, peak)[1:]
    assert result.hot[peak]
    assert (result.p[ring] == result.p[peak]).all()
    lone = next(h for h in result.hotspots if peak in h.members)
    assert set(lone.members) == {peak, *ring}
    assert (lone.peak, lone.count) == (peak, 90)


def test_with_its_own_value_fixed_a_lone_peak_is_never_hot() -> None:
    result, peak = find_hotspots(town_and_lone_peak(), NEAR, fixed_own_value=True), at(45, 45)
    assert result.p[peak] == 1.0
    assert not result.hot[peak]
    assert result.p[window(NEAR, peak)[1:]].max() < 0.01


def test_a_peak_alone_on_its_map_is_no_evidence_of_gathering() -> None:
    # wherever chance puts the one large count, nine windows hold it: p = 9/N nine times over, so q is 1
    counts = np.zeros(SIDE * SIDE, dtype=np.int64)
    counts[at(30, 30)] = 50
    result = find_hotspots(counts, NEAR)
    assert result.p[at(30, 30)] == pytest.approx(9 / SIDE**2, rel=1e-12)
    assert result.q[at(30, 30)] == pytest.approx(1.0)
    assert result.hotspots == ()


def test_an_empty_unit_between_two_busy_ones_is_part_of_their_hotspot_and_never_its_peak() -> None:
    counts = town_and_lone_peak(lone=0)
    hole = at(10, 10)
    counts[hole] = 0
    result = find_hotspots(counts, NEAR)
    town = next(h for h in result.hotspots if hole in h.members)
    assert result.count[hole] == 0
    assert town.peak != hole


def test_a_window_with_less_than_expected_is_not_hot_however_rare() -> None:
    # one enormous count makes the average high: two ones side by side are rare, and far below it
    near = from_edges(400, [(0, 1)])
    counts = np.array([1, 1, *[0] * 397, 10_000])
    result = find_hotspots(counts, near, q=0.9)
    assert result.q[0] <= 0.9
    assert result.around[0] < result.expected[0]
    assert result.hot.nonzero()[0].tolist() == [399]


def test_units_that_touch_are_one_hotspot_named_by_its_peak() -> None:
    result = find_hotspots(town_and_lone_peak(), NEAR)
    town = next(h for h in result.hotspots if at(10, 10) in h.members)
    assert town.number == 1
    assert set(town.members) == set(np.flatnonzero(result.hotspot == 1).tolist())
    assert town.count == result.count[list(town.members)].sum()
    assert result.count[town.peak] == result.count[list(town.members)].max()
    assert town.p_min == result.p[list(town.members)].min()
    assert town.q_min == result.q[list(town.members)].min()


def test_the_unit_with_most_is_the_peak_then_the_one_with_most_around_then_the_first() -> None:
    # the members of a triangle share one window; a pair hangs on the second triangle's last member
    counts = np.zeros(300, dtype=np.int64)
    counts[:7] = [5, 25, 25, 20, 20, 20, 4]
    near = from_edges(300, [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (5, 6)])
    assert [h.peak for h in find_hotspots(counts, near).hotspots] == [5, 1]


def test_nothing_recorded_is_nothing_tested() -> None:
    result = find_hotspots(np.zeros(SIDE * SIDE, dtype=np.int64), NEAR)
    assert result.tested == 0
    assert result.hotspots == ()
    assert np.isnan(result.q).all()
    assert find_hotspots(np.array([], dtype=np.int64), from_edges(0, [])).hotspots == ()


def test_counts_that_are_not_whole_are_refused() -> None:
    with pytest.raises(ValueError, match="whole counts"):
        find_hotspots([0.5, 1.0, 2.0, 4.0], grid(2, 2, diagonals=False))


def test_q_is_the_published_example() -> None:
    # Benjamini & Hochberg 1995, their worked example: fifteen probabilities, four rejected at 0.05
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert rejected(discovery_q(p), 0.05).sum() == 4


@pytest.mark.parametrize("rate", [0.0, 1.0, -0.1, float("nan")])
def test_a_rate_that_is_no_share_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        rejected([0.5], rate)


@pytest.mark.parametrize("p", [-0.01, 1.01])
def test_a_p_that_is_no_probability_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="0 to 1"):
        discovery_q([0.5, p])
