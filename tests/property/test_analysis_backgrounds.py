"""Laws of the two backgrounds, over maps that Hypothesis makes up, and their slow obvious twins."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.factories.neighbourhoods import from_edges, renumbered, window, window_sums
from trigpoint.core.analysis.backgrounds import ChildrenBackground, RecordsBackground
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours

untimed = settings(deadline=None, max_examples=60)
Map = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], Neighbours]


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Records of the theme, all records, children (some not known), and who touches whom."""
    units = draw(st.integers(2, 9))
    held = np.array(draw(st.lists(st.integers(0, 6), min_size=units, max_size=units)), dtype=np.int64)
    others = draw(st.lists(st.integers(0, 9), min_size=units, max_size=units))
    live = st.one_of(st.just(0.0), st.integers(1, 40).map(float), st.just(float("nan")))
    children = np.array(draw(st.lists(live, min_size=units, max_size=units)))
    edges = draw(st.lists(st.tuples(*[st.integers(0, units - 1)] * 2), max_size=2 * units))
    return held, held + np.array(others, dtype=np.int64), children, from_edges(units, edges)


@untimed
@given(maps())
def test_the_tail_against_records_is_counted_out(one: Map) -> None:
    held, everything, _, near = one
    found = RecordsBackground(everything).compare(held, near)
    around, beside = window_sums(held, near), window_sums(everything, near)
    marked, total = int(held.sum()), int(everything.sum())
    for unit in range(near.units):
        n, x = int(beside[unit]), int(around[unit])
        if not (0 < n < total and 0 < marked < total):
            assert np.isnan([found.p[unit], found.z[unit], found.expected[unit]]).all()
            continue
        ways = [comb(marked, i) * comb(total - marked, n - i) for i in range(x, min(n, marked) + 1)]
        assert found.p[unit] == pytest.approx(float(Fraction(sum(ways), comb(total, n))), rel=1e-12)
        assert found.expected[unit] == pytest.approx(n * marked / total)
    np.testing.assert_array_equal(found.around, around)
    np.testing.assert_array_equal(found.beside, beside)


@untimed
@given(maps())
def test_the_tail_against_children_is_counted_out(one: Map) -> None:
    held, _, children, near = one
    found = ChildrenBackground(children).compare(held, near)
    known = [unit for unit in range(near.units) if not np.isnan(children[unit])]
    trials, everyone = sum(int(held[u]) for u in known), sum(int(children[u]) for u in known)
    for unit in range(near.units):
        members = [u for u in window(near, unit) if u in known]
        living, x = sum(int(children[u]) for u in members), sum(int(held[u]) for u in members)
        if unit not in known or not 0 < living < everyone or not trials:
            assert np.isnan([found.p[unit], found.z[unit], found.expected[unit]]).all()
            continue
        share = Fraction(living, everyone)
        tail = sum(comb(trials, i) * share**i * (1 - share) ** (trials - i) for i in range(x, trials + 1))
        assert found.p[unit] == pytest.approx(float(tail), rel=1e-12)
        assert found.expected[unit] == pytest.approx(float(trials * share))
        assert found.around[unit] == x


@untimed
@given(maps())
def test_z_is_the_distance_in_standard_deviations(one: Map) -> None:
    held, everything, children, near = one
    for found in (
        RecordsBackground(everything).compare(held, near),
        ChildrenBackground(children).compare(held, near),
    ):
        higher = found.around > found.expected
        with np.errstate(invalid="ignore"):
            np.testing.assert_array_equal(np.isfinite(found.z) & (found.z > 0), higher & np.isfinite(found.z))
        assert np.isnan(found.z[np.isnan(found.p)]).all()


@untimed
@given(maps(), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(one: Map, records: bool, random: object) -> None:
    held, everything, children, near = one
    order = list(range(near.units))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = renumbered(near, order)
    if records:
        before = find_hotspots(held, near, q=0.5, background=RecordsBackground(everything))
        after = find_hotspots(held[order], turned, q=0.5, background=RecordsBackground(everything[order]))
    else:
        before = find_hotspots(held, near, q=0.5, background=ChildrenBackground(children))
        after = find_hotspots(held[order], turned, q=0.5, background=ChildrenBackground(children[order]))
    np.testing.assert_allclose(after.p, before.p[order], rtol=1e-12)
    np.testing.assert_array_equal(after.hot, before.hot[order])
    then = {frozenset(h.members) for h in before.hotspots}
    assert {frozenset(order[unit] for unit in h.members) for h in after.hotspots} == then


@untimed
@given(maps(), st.sampled_from([2.0, 10.0, 0.25]))
def test_how_children_are_counted_does_not_matter(one: Map, times: float) -> None:
    held, _, children, near = one
    before, after = (ChildrenBackground(children * by).compare(held, near) for by in (1.0, times))
    np.testing.assert_allclose(after.p, before.p, rtol=1e-12)
    np.testing.assert_allclose(after.z, before.z, rtol=1e-9)


@untimed
@given(maps(), st.integers(1, 30))
def test_other_records_elsewhere_never_cool_a_window(one: Map, more: int) -> None:
    held, everything, _, near = one
    elsewhere = sorted(set(range(near.units)) - set(window(near, 0)))
    assume(elsewhere)
    crowded = everything.copy()
    crowded[elsewhere[0]] += more
    before = RecordsBackground(everything).compare(held, near).p[0]
    after = RecordsBackground(crowded).compare(held, near).p[0]
    if not np.isnan(before):
        assert after <= before * (1 + 1e-12)


@untimed
@given(maps(), st.integers(1, 30))
def test_children_elsewhere_never_cool_a_window(one: Map, more: int) -> None:
    held, _, children, near = one
    known = ~np.isnan(children)
    elsewhere = [unit for unit in sorted(set(range(near.units)) - set(window(near, 0))) if known[unit]]
    assume(elsewhere)
    crowded = children.copy()
    crowded[elsewhere[0]] += more
    before, after = (ChildrenBackground(one).compare(held, near).p[0] for one in (children, crowded))
    if not np.isnan(before):
        assert after <= before * (1 + 1e-12)


@untimed
@given(maps())
def test_a_theme_spread_as_everything_is_nowhere_over_represented(one: Map) -> None:
    held, _, _, near = one
    found = find_hotspots(held, near, q=0.3, background=RecordsBackground(held * 3))
    with np.errstate(invalid="ignore"):
        assert (np.abs(found.around - found.expected)[~np.isnan(found.p)] < 1e-9).all()
    assert not found.hot.any()
