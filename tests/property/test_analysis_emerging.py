"""Laws of the patterns of time, over histories that Hypothesis makes up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.factories.neighbourhoods import from_edges, renumbered
from trigpoint.core.analysis.discovery import discovery_q
from trigpoint.core.analysis.emerging import CATEGORIES, categories, find_emerging
from trigpoint.core.analysis.mann_kendall import mann_kendall
from trigpoint.core.analysis.onset import find_onsets
from trigpoint.core.geography.neighbours import Neighbours

Cube = tuple[NDArray[np.int64], Neighbours]
few = settings(deadline=None, max_examples=25)
STEPS = 10


@st.composite
def cubes(draw: st.DrawFn) -> Cube:
    units = draw(st.integers(1, 8))
    seed = draw(st.integers(0, 10_000))
    rng = np.random.default_rng(seed)
    counts = rng.poisson(rng.gamma(0.3, 4.0, (units, 1)), (units, STEPS))
    edges = draw(st.lists(st.tuples(*[st.integers(0, units - 1)] * 2), max_size=2 * units))
    return counts.astype(np.int64), from_edges(units, edges)


@st.composite
def histories(draw: st.DrawFn) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]]:
    steps = draw(st.integers(10, 14))
    rows = draw(st.lists(st.text("HC.", min_size=steps, max_size=steps), min_size=1, max_size=6))
    bins = np.array([list(row) for row in rows])
    trend = draw(st.lists(st.sampled_from([-1, 0, 1]), min_size=len(rows), max_size=len(rows)))
    return bins == "H", bins == "C", np.array(trend)


def naive_mann_kendall(row: NDArray[np.float64]) -> tuple[int, float]:
    s = sum(int(np.sign(row[j] - row[i])) for i in range(len(row)) for j in range(i + 1, len(row)))
    n = len(row)
    ties = [int(t) for t in np.unique(row, return_counts=True)[1]]
    return s, (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18


@few
@given(st.lists(st.lists(st.integers(0, 4), min_size=7, max_size=7), min_size=1, max_size=5))
def test_mann_kendall_is_every_pair_compared(series: list[list[int]]) -> None:
    found = mann_kendall(series)
    for row, s, variance in zip(np.array(series, dtype=float), found.s, found.variance, strict=True):
        assert (s, variance) == naive_mann_kendall(row)
    np.testing.assert_array_equal(mann_kendall([row[::-1] for row in series]).s, -found.s)
    np.testing.assert_array_equal(mann_kendall(3 * np.array(series) + 7).p, found.p)


@few
@given(cubes(), st.sampled_from(["cube", "neighbourhood", "step"]), st.randoms(use_true_random=False))
def test_the_order_of_the_places_changes_nothing(one: Cube, window: str, random: object) -> None:
    counts, near = one
    order = list(range(near.units))
    random.shuffle(order)  # type: ignore[attr-defined]
    before = find_emerging(counts, near, window=window, rate=0.4)
    after = find_emerging(counts[order], renumbered(near, order), window=window, rate=0.4)
    np.testing.assert_array_equal(after.category, before.category[order])
    np.testing.assert_array_equal(after.cube.p_high, before.cube.p_high[order])
    np.testing.assert_array_equal(after.since, before.since[order])


@few
@given(cubes(), st.sampled_from([2, 5]))
def test_every_record_told_twice_changes_nothing(one: Cube, times: int) -> None:
    counts, near = one
    before, after = find_emerging(counts, near, rate=0.4), find_emerging(counts * times, near, rate=0.4)
    np.testing.assert_allclose(after.cube.p_high, before.cube.p_high, rtol=1e-9)
    np.testing.assert_allclose(after.cube.p_low, before.cube.p_low, rtol=1e-9, atol=1e-12)


@few
@given(cubes())
def test_hot_bins_are_those_that_benjamini_and_hochberg_reject(one: Cube) -> None:
    cube = find_emerging(*one, rate=0.3).cube
    hot = (discovery_q(cube.p_high.ravel()).reshape(cube.p_high.shape) <= 0.3) & (cube.around > cube.expected)
    cold = (discovery_q(cube.p_low.ravel()).reshape(cube.p_low.shape) <= 0.3) & (cube.around < cube.expected)
    np.testing.assert_array_equal(cube.hot, hot)
    np.testing.assert_array_equal(cube.cold, cold)
    assert not np.any(hot & cold)


@few
@given(histories(), st.sampled_from(["3", "2"]))
def test_a_category_is_of_the_side_it_is_hot_on(
    one: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]], version: str
) -> None:
    hot, cold, trend = one
    found = categories(hot, cold, trend, esri_version=version)
    for row, category in enumerate(found.tolist()):
        told = CATEGORIES[category]
        if hot[row, -1]:
            assert told.endswith("hot spot")
        if told.startswith(("new", "consecutive", "sporadic", "oscillating")) and version == "3":
            assert (hot if told.endswith("hot spot") else cold)[row, -1]
        if told in ("no pattern", "historical hot spot", "historical cold spot"):
            assert not hot[row, -1]


@few
@given(histories())
def test_hot_and_cold_mirror_each_other_but_for_what_is_mostly_one_and_now_the_other(
    one: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.int64]],
) -> None:
    hot, cold, trend = one
    found, mirrored = categories(hot, cold, trend), categories(cold, hot, -trend)
    mostly = 10 * np.maximum(hot.sum(axis=1), cold.sum(axis=1)) >= 9 * hot.shape[1]
    both = mostly & hot.any(axis=1) & cold.any(axis=1)
    opposite = np.where(found == 0, 0, np.where(found <= 8, found + 8, found - 8))
    np.testing.assert_array_equal(mirrored[~both], opposite[~both])


@few
@given(cubes())
def test_onsets_follow_their_places_and_the_whole_county_is_never_one(
    one: Cube,
) -> None:
    counts, _ = one
    found = find_onsets(counts, counts.sum(axis=0))
    again = find_onsets(counts[::-1], counts.sum(axis=0))
    np.testing.assert_array_equal(again.p[::-1], found.p)
    np.testing.assert_array_equal(found.observed + found.before, counts.sum(axis=1))
    # the county's own history is no rise: it is what everything is compared with
    assert np.isnan(find_onsets(counts.sum(axis=0)[None, :], counts.sum(axis=0)).p).all()


@few
@given(cubes(), st.integers(0, 7))
def test_more_records_in_the_last_step_make_a_rise_no_likelier_to_be_chance(one: Cube, place: int) -> None:
    counts, _ = one
    place %= len(counts)
    more = counts.copy()
    more[place, -1] += 3
    others = np.full(STEPS, 50)
    before = find_onsets(counts, counts.sum(axis=0) + others).p[place]
    after = find_onsets(more, counts.sum(axis=0) + others + [*[0] * (STEPS - 1), 3]).p[place]
    assert np.isnan(before) or after <= before * (1 + 1e-9)
