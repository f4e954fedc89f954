"""Laws of the hotspot test, over maps that Hypothesis makes up."""

from itertools import combinations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.factories.neighbourhoods import from_edges, renumbered, window, window_sums
from trigpoint.core.analysis.discovery import discovery_q, rejected
from trigpoint.core.analysis.exact import exact_p, exact_p_own_value_fixed
from trigpoint.core.analysis.getis_ord import gi_star
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours

Counts = NDArray[np.int64]
Map = tuple[Counts, Neighbours]
untimed = settings(deadline=None)


@st.composite
def maps(draw: st.DrawFn, most: int = 12) -> Map:
    units = draw(st.integers(2, most))
    value = st.one_of(st.just(0), st.integers(0, 4), st.integers(0, 700))
    counts = draw(st.lists(value, min_size=units, max_size=units))
    edges = draw(st.lists(st.tuples(*[st.integers(0, units - 1)] * 2), max_size=2 * units))
    return np.array(counts, dtype=np.int64), from_edges(units, edges)


@st.composite
def probabilities(draw: st.DrawFn) -> list[float]:
    one = st.one_of(st.floats(0, 1), st.sampled_from([0.001, 0.01, 0.05]), st.just(float("nan")))
    return draw(st.lists(one, max_size=30))


@untimed
@given(maps(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(one: Map, fixed: bool, random: object) -> None:
    counts, near = one
    order = list(range(near.units))
    random.shuffle(order)  # type: ignore[attr-defined]
    before = find_hotspots(counts, near, q=0.5, fixed_own_value=fixed)
    after = find_hotspots(counts[order], renumbered(near, order), q=0.5, fixed_own_value=fixed)
    np.testing.assert_array_equal(after.around, before.around[order])
    np.testing.assert_allclose(after.z, before.z[order], rtol=0, atol=1e-9)
    np.testing.assert_array_equal(after.p, before.p[order])
    np.testing.assert_array_equal(after.q, before.q[order])
    np.testing.assert_array_equal(after.hot, before.hot[order])
    then = {frozenset(h.members) for h in before.hotspots}
    assert {frozenset(order[unit] for unit in h.members) for h in after.hotspots} == then


@untimed
@given(maps(), st.sampled_from([2, 3, 10, 97]))
def test_the_unit_of_measure_changes_neither_z_nor_p(one: Map, times: int) -> None:
    counts, near = one
    star, larger = gi_star(counts, near), gi_star(counts * times, near)
    np.testing.assert_allclose(larger.z, star.z, rtol=0, atol=1e-9)
    sums = star.around.astype(np.int64)
    p = exact_p(counts, sums, star.window_sizes)
    np.testing.assert_array_equal(exact_p(counts * times, sums * times, star.window_sizes), p)


@untimed
@given(maps())
def test_the_windows_are_the_slow_obvious_sums(one: Map) -> None:
    counts, near = one
    star = gi_star(counts, near)
    np.testing.assert_array_equal(star.around, window_sums(counts, near))
    np.testing.assert_allclose(star.expected, star.window_sizes * counts.mean())
    testable = (star.window_sizes < near.units) & (counts.min() < counts.max())
    np.testing.assert_array_equal(np.isfinite(star.z), testable)


@untimed
@given(maps(most=9))
def test_p_is_the_share_of_all_choices_that_hold_as_much(one: Map) -> None:
    counts, near = one
    around, sizes = window_sums(counts, near), near.degrees + 1
    p, fixed = exact_p(counts, around, sizes), exact_p_own_value_fixed(counts, around, sizes)
    assume(counts.min() < counts.max())
    for unit in np.flatnonzero(sizes < near.units):
        every = [sum(chosen) >= around[unit] for chosen in combinations(counts.tolist(), int(sizes[unit]))]
        others = np.delete(counts, unit).tolist()
        beside = around[unit] - counts[unit]
        rest = [sum(chosen) >= beside for chosen in combinations(others, int(sizes[unit]) - 1)]
        np.testing.assert_allclose(p[unit], np.mean(every), rtol=1e-12)
        np.testing.assert_allclose(fixed[unit], np.mean(rest), rtol=1e-12)


@untimed
@given(maps(most=30), st.data())
def test_p_lies_above_nought_and_falls_as_the_window_fills(one: Map, data: st.DataObject) -> None:
    counts, near = one
    assume(counts.min() < counts.max())
    size = data.draw(st.integers(1, near.units - 1))
    largest = int(np.sort(counts)[-size:].sum())
    # one unit of the smallest count may stand in any window, so its p is asked at every sum in turn
    sums = np.unique(np.linspace(counts.max(), largest, 40).astype(np.int64))
    p = np.array([exact_p(counts, np.full(counts.size, s), np.full(counts.size, size))[0] for s in sums])
    assert ((p > 0) & (p <= 1)).all()
    assert (np.diff(p) <= 1e-13 * p[:-1]).all()


@untimed
@given(maps(most=30))
def test_p_falls_with_the_window_sum_within_one_map(one: Map) -> None:
    counts, near = one
    around, sizes = window_sums(counts, near), near.degrees + 1
    p = exact_p(counts, around, sizes)
    for size in np.unique(sizes[~np.isnan(p)]):
        alike = np.flatnonzero(sizes == size)
        alike = alike[np.argsort(around[alike])]
        assert (np.diff(p[alike]) <= 0).all()


@untimed
@given(maps(most=25), st.integers(1, 500))
def test_no_empty_unit_with_as_wide_a_window_beats_a_lone_peak(one: Map, much: int) -> None:
    counts, near = one
    ring = window(near, 0)[1:]
    counts[0] = counts.max() + much
    counts[ring] = 0
    for unit in ring:
        counts[[other for other in window(near, unit) if other != 0]] = 0
    result = find_hotspots(counts, near, q=0.5)
    for unit in ring:
        if near.degrees[unit] >= near.degrees[0] and not np.isnan([result.p[unit], result.p[0]]).any():
            assert result.p[unit] >= result.p[0]


@untimed
@given(maps(), st.booleans())
def test_hotspots_are_the_hot_units_that_hold_a_record_together_each_once_and_strongest_first(
    one: Map, fixed: bool
) -> None:
    counts, near = one
    result = find_hotspots(counts, near, q=0.6, fixed_own_value=fixed)
    groups = {group for group in _walked(near, result.hot) if counts[list(group)].sum() > 0}
    members = [unit for h in result.hotspots for unit in h.members]
    assert sorted(members) == sorted(unit for group in groups for unit in group)
    assert (result.z[result.hot] > 0).all()
    assert [h.number for h in result.hotspots] == list(range(1, len(result.hotspots) + 1))
    assert [h.p_min for h in result.hotspots] == sorted(h.p_min for h in result.hotspots)
    assert {frozenset(h.members) for h in result.hotspots} == groups
    for h in result.hotspots:
        assert (result.hotspot[list(h.members)] == h.number).all()
    assert np.count_nonzero(result.hotspot) == len(members)


@given(probabilities(), st.floats(0.001, 0.5))
def test_rejection_is_the_step_up_rule(p: list[float], rate: float) -> None:
    tested = sorted(one for one in p if not np.isnan(one))
    m = len(tested)
    q = discovery_q(p)
    # a hair either side of the line may round either way
    assume(all(abs(one * m / rank - rate) > 1e-12 for rank, one in enumerate(tested, start=1)))
    passing = [rank for rank, one in enumerate(tested, start=1) if one * m / rank <= rate]
    assert rejected(q, rate).sum() == (max(passing) if passing else 0)


@given(probabilities())
def test_q_keeps_the_order_of_p_and_never_falls_below_it(p: list[float]) -> None:
    given_p, q = np.array(p), discovery_q(p)
    np.testing.assert_array_equal(np.isnan(q), np.isnan(given_p))
    tested = ~np.isnan(given_p)
    order = np.argsort(given_p[tested])
    assert (np.diff(q[tested][order]) >= 0).all()
    assert (q[tested] >= given_p[tested] * (1 - 1e-12)).all()
    assert (q[tested] <= 1).all()


@given(probabilities(), st.data())
def test_a_smaller_p_anywhere_raises_no_q(p: list[float], data: st.DataObject) -> None:
    tested = [place for place, one in enumerate(p) if not np.isnan(one)]
    assume(tested)
    place = data.draw(st.sampled_from(tested))
    smaller = [*p]
    smaller[place] = p[place] * data.draw(st.floats(0, 1))
    before, after = discovery_q(p), discovery_q(smaller)
    assert (after[tested] <= before[tested] * (1 + 1e-12)).all()


def _walked(near: Neighbours, hot: NDArray[np.bool_]) -> set[frozenset[int]]:
    """The slow obvious twin of joining: walk from every hot unit to all it can reach."""
    groups = set()
    for start in np.flatnonzero(hot).tolist():
        reached, waiting = {start}, [start]
        while waiting:
            for unit in window(near, waiting.pop()):
                if hot[unit] and unit not in reached:
                    reached.add(unit)
                    waiting.append(unit)
        groups.add(frozenset(reached))
    return groups
