"""Laws of local Moran, shrunken rates and funnels, over maps that Hypothesis makes up."""

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.factories.neighbourhoods import from_edges, grid, renumbered
from trigpoint.core.analysis.funnel import funnel
from trigpoint.core.analysis.local_moran import HIGH_HIGH, find_moran_hotspots, local_moran, moran_p
from trigpoint.core.analysis.shrinkage import shrink, shrink_locally
from trigpoint.core.geography.neighbours import Neighbours

untimed = settings(deadline=None, max_examples=60)
Map = tuple[NDArray[np.int64], NDArray[np.float64], Neighbours]


@st.composite
def maps(draw: st.DrawFn) -> Map:
    """Counts, people (some not known), and who touches whom."""
    units = draw(st.integers(2, 10))
    counts = np.array(draw(st.lists(st.integers(0, 9), min_size=units, max_size=units)), dtype=np.int64)
    one = st.one_of(st.just(0.0), st.just(float("nan")), st.integers(9, 400).map(float))
    people = np.array(draw(st.lists(one, min_size=units, max_size=units)))
    edges = draw(st.lists(st.tuples(*[st.integers(0, units - 1)] * 2), max_size=2 * units))
    return counts, people, from_edges(units, edges)


@untimed
@given(maps(), st.randoms(use_true_random=False))
def test_the_order_of_the_units_changes_nothing(one: Map, random: object) -> None:
    counts, people, near = one
    order = list(range(near.units))
    random.shuffle(order)  # type: ignore[attr-defined]
    turned = renumbered(near, order)
    np.testing.assert_allclose(
        local_moran(counts[order], turned).value, local_moran(counts, near).value[order], atol=1e-9
    )
    np.testing.assert_allclose(
        moran_p(counts[order], turned), moran_p(counts, near)[order], rtol=1e-9, atol=1e-300
    )
    for before, after in (
        (shrink(counts, people), shrink(counts[order], people[order])),
        (shrink_locally(counts, people, near), shrink_locally(counts[order], people[order], turned)),
    ):
        np.testing.assert_allclose(after.rate, before.rate[order], atol=1e-12)
        np.testing.assert_allclose(after.upper, before.upper[order], rtol=1e-6, atol=1e-12)
    before_f, after_f = (
        funnel(c, p, over_dispersed=True) for c, p in ((counts, people), (counts[order], people[order]))
    )
    np.testing.assert_array_equal(after_f.state, before_f.state[order])


@untimed
@example((np.array([0, 1, 0]), np.zeros(3), from_edges(3, [(0, 1)])), 2, 1)
@given(maps(), st.sampled_from([2, 5]), st.integers(0, 30))
def test_neither_the_unit_of_measure_nor_a_shift_changes_local_moran(one: Map, times: int, more: int) -> None:
    counts, _, near = one
    before, after = local_moran(counts, near), local_moran(counts * times + more, near)
    np.testing.assert_allclose(after.value, before.value, atol=1e-9)
    np.testing.assert_allclose(after.z, before.z, atol=1e-6)


@untimed
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(lambda counts: len(set(counts)) > 1))
def test_the_values_add_up_to_morans_i_with_row_weights(given: list[int]) -> None:
    counts, near = np.array(given), grid(3, 4)
    found = local_moran(counts, near)
    away = counts - counts.mean()
    matrix = np.zeros((near.units, near.units))
    rows = np.repeat(np.arange(near.units), near.degrees)
    matrix[rows, near.indices] = 1.0 / near.degrees[rows]
    total = near.units * (away @ matrix @ away) / (away**2).sum()
    np.testing.assert_allclose(found.value.sum(), total, atol=1e-9)


@untimed
@given(maps())
def test_hot_is_high_among_high_and_joined_where_it_touches(one: Map) -> None:
    counts, _, near = one
    found = find_moran_hotspots(counts, near, q=0.4)
    assert (local_moran(counts, near).quadrant[found.hot] == HIGH_HIGH).all()
    assert (counts[found.hot] > counts.mean()).all()
    np.testing.assert_array_equal(found.hot, found.hotspot > 0)
    assert sum(one.count for one in found.hotspots) == counts[found.hot].sum()
    tested = ~np.isnan(found.p)
    assert ((found.p[tested] > 0) & (found.p[tested] <= 1)).all()


@untimed
@given(maps(), st.booleans())
def test_a_shrunken_rate_lies_between_its_own_and_the_usual_one(one: Map, locally: bool) -> None:
    counts, people, near = one
    found = shrink_locally(counts, people, near) if locally else shrink(counts, people)
    known = people > 0
    np.testing.assert_array_equal(np.isfinite(found.rate), known)
    own, usual = counts[known] / people[known], found.usual[known]
    assert (found.rate[known] >= np.minimum(own, usual) - 1e-12).all()
    assert (found.rate[known] <= np.maximum(own, usual) + 1e-12).all()
    if not locally:
        assert (found.lower[known] <= found.upper[known]).all()


@untimed
@given(maps(), st.sampled_from([2.0, 10.0]))
def test_rates_scale_with_people(one: Map, times: float) -> None:
    counts, people, _ = one
    before, after = shrink(counts, people), shrink(counts, people * times)
    np.testing.assert_allclose(after.rate * times, before.rate, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(funnel(counts, people * times).state, funnel(counts, people).state)


@untimed
@given(maps(), st.sampled_from(["poisson", "binomial"]), st.booleans())
def test_the_outer_limits_hold_the_inner_ones_and_states_follow(one: Map, law: str, wide: bool) -> None:
    counts, people, _ = one
    found = funnel(counts, people, law=law, over_dispersed=wide)  # type: ignore[arg-type]
    known = people > 0
    assert (found.lower[1, known] <= found.lower[0, known]).all()
    assert (found.upper[1, known] >= found.upper[0, known]).all()
    assert (found.lower[0, known] <= found.expected[known] + 1e-9).all()
    assert (found.state[~known] == 0).all()
    assert ((counts[known] > found.upper[1, known]) == (found.state[known] == 2)).all()
    assert ((counts[known] < found.lower[0, known]) == (found.state[known] < 0)).all()
    assert found.dispersion >= 1.0


@untimed
@given(maps(), st.integers(1, 5))
def test_a_unit_of_more_is_never_less_hot_by_gi_star_of_its_quadrant(one: Map, more: int) -> None:
    counts, _, near = one
    tested = np.flatnonzero(~np.isnan(moran_p(counts, near)))
    assume(tested.size)
    unit = tested[0]
    beside = near.indices[near.indptr[unit]]
    fuller = counts.copy()
    fuller[beside] += more
    before, after = moran_p(counts, near)[unit], moran_p(fuller, near)[unit]
    own_high = counts[unit] > counts.mean() and fuller[unit] > fuller.mean()
    if own_high and not np.isnan(after):
        assert after <= before * (1 + 1e-12)
