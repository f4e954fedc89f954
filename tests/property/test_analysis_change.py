"""Laws of two counts compared, over places that Hypothesis makes up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from trigpoint.core.analysis.change import Changes, find_changes, scatter_between_months

untimed = settings(deadline=None, max_examples=100)
Pair = tuple[NDArray[np.int64], NDArray[np.int64]]


@st.composite
def pairs(draw: st.DrawFn) -> Pair:
    places = draw(st.integers(1, 8))
    counts = st.lists(st.integers(0, 60), min_size=places, max_size=places)
    return np.array(draw(counts), dtype=np.int64), np.array(draw(counts), dtype=np.int64)


times = st.tuples(st.floats(1.0, 400.0), st.floats(1.0, 400.0))
scatters = st.sampled_from([0.0, 0.05, 0.7])


@untimed
@given(pairs(), times, scatters)
def test_the_other_way_round_is_the_mirror(one: Pair, long: tuple[float, float], scatter: float) -> None:
    there = find_changes(*one, long, scatter=scatter, months=24)
    back = find_changes(one[1], one[0], (long[1], long[0]), scatter=scatter, months=24)
    np.testing.assert_allclose(back.p, there.p, rtol=1e-7)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(back.low, 1.0 / there.high, rtol=1e-6)
        np.testing.assert_allclose(back.high, 1.0 / there.low, rtol=1e-6)


@untimed
@given(pairs(), times, scatters)
def test_p_is_below_one_in_twenty_exactly_where_the_limits_leave_out_one(
    one: Pair, long: tuple[float, float], scatter: float
) -> None:
    found = find_changes(*one, long, scatter=scatter, months=24)
    sure = np.abs(np.nan_to_num(found.p, nan=1.0) - 0.05) > 1e-6
    outside = (found.low > 1.0) | (found.high < 1.0)
    np.testing.assert_array_equal(outside[sure], (found.p < 0.05)[sure])


@untimed
@given(pairs(), times, st.floats(0.1, 9.0))
def test_the_unit_of_time_changes_nothing(one: Pair, long: tuple[float, float], factor: float) -> None:
    before, after = find_changes(*one, long), find_changes(*one, (long[0] * factor, long[1] * factor))
    np.testing.assert_allclose(after.p, before.p, rtol=1e-7)
    np.testing.assert_allclose(after.ratio, before.ratio, rtol=1e-9)


@untimed
@given(pairs(), times, st.randoms(use_true_random=False))
def test_the_order_of_the_places_changes_nothing(
    one: Pair, long: tuple[float, float], random: object
) -> None:
    order = list(range(len(one[0])))
    random.shuffle(order)  # type: ignore[attr-defined]
    before, after = find_changes(*one, long), find_changes(one[0][order], one[1][order], long)
    for name in Changes.__slots__:
        np.testing.assert_array_equal(getattr(after, name), getattr(before, name)[order])


@untimed
@given(pairs(), times, scatters)
def test_what_is_named_points_the_way_its_limits_do(
    one: Pair, long: tuple[float, float], scatter: float
) -> None:
    found = find_changes(*one, long, scatter=scatter, months=24)
    assert (found.low[found.strength > 0] > 1.0).all()
    assert (found.high[found.strength < 0] < 1.0).all()
    assert not (found.strength[~found.tested] != 0).any()


@untimed
@given(pairs(), times)
def test_more_scatter_never_makes_anything_surer(one: Pair, long: tuple[float, float]) -> None:
    sure, careful = (find_changes(*one, long, scatter=each, months=24) for each in (0.0, 0.5))
    held = ~np.isnan(sure.p)
    assert (careful.low[held] <= sure.low[held] + 1e-9).all()
    assert (careful.high[held] >= sure.high[held] * (1 - 1e-9)).all()


@untimed
@given(st.integers(0, 1000))
def test_months_that_differ_by_chance_alone_hardly_scatter(seed: int) -> None:
    window = np.random.default_rng(seed).poisson(4.0, size=(80, 12))
    assert 0.0 <= scatter_between_months([window]) < 0.06
