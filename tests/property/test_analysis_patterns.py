"""Laws of density, near repeats, concentration, accuracy, hours and agreement, over cases that Hypothesis makes up."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trigpoint.core.analysis.accuracy import captured, cumulative_accuracy
from trigpoint.core.analysis.agreement_of_patterns import pattern_difference, sppt
from trigpoint.core.analysis.aoristic import WEEK_MIN, aoristic_share, aoristic_week
from trigpoint.core.analysis.concentration import generalised_gini, gini, lorenz, share_holding
from trigpoint.core.analysis.density import Grid, kernel_density
from trigpoint.core.analysis.near_repeat import near_repeats

untimed = settings(deadline=None, max_examples=40)
GRID = Grid(0.0, 0.0, 10.0, 5, 6)
EDGES = (0.0, 1.0, 30.0), (0, 3, 9)
whole = st.integers(0, 60)
points = st.lists(st.tuples(whole, whole, st.integers(0, 20)), min_size=1, max_size=12)
outlines = st.lists(st.booleans(), min_size=30, max_size=30)
counts = st.lists(st.integers(0, 30), min_size=1, max_size=15).filter(any)
spans = st.lists(st.tuples(st.integers(-20_000, 20_000), st.integers(0, 12_000)), min_size=1, max_size=6)


def surface(given_points, outline=None):
    east, north, weight = np.array(given_points, dtype=float).T
    inside = None if outline is None else np.array(outline).reshape(5, 6)
    return kernel_density(east, north, GRID, 25.0, weights=weight, inside=inside)


@untimed
@given(points, outlines)
def test_the_surface_over_an_outline_holds_what_it_reaches(some, outline):
    drawn = surface(some, outline)
    held = np.nansum(drawn.per_km2) * 1e-4
    np.testing.assert_allclose(held + drawn.unreached, sum(w for *_, w in some), atol=1e-9)
    assert (drawn.per_km2[np.isfinite(drawn.per_km2)] >= 0).all()


@untimed
@given(points, points, st.one_of(st.none(), outlines))
def test_surfaces_add_up_so_that_a_further_record_never_thins_a_place(some, more, outline):
    one, other, both = surface(some, outline), surface(more, outline), surface(more + some, outline)
    np.testing.assert_allclose(both.per_km2, one.per_km2 + other.per_km2, atol=1e-9 * 1e4)


def knox(some, person=None, scale=1.0, edges=EDGES):
    east, north, day = np.array(some).T
    edges_m = tuple(edge * scale for edge in edges[0])
    return near_repeats(
        east * scale,
        north * scale,
        day,
        edges_m,
        edges[1],
        replicates=5,
        rng=np.random.default_rng(1),
        person=person,
    )


@untimed
@given(points, st.randoms(use_true_random=False), st.sampled_from([2.0, 0.5, 4.0]))
def test_neither_the_order_of_the_records_nor_the_unit_of_length_changes_near_repeats(some, random, scale):
    mixed = list(some)
    random.shuffle(mixed)
    for other in (knox(mixed), knox(some, scale=scale), knox(some, person=np.full(len(some), -1))):
        np.testing.assert_array_equal(other.observed, knox(some).observed)
        np.testing.assert_allclose(other.expected, knox(some).expected)


@untimed
@given(points)
def test_bands_that_hold_every_pair_expect_what_they_observe(some):
    found = knox(some, edges=((0.0, 1000.0), (0, 1000)))
    assert found.observed.item() == found.pairs == len(some) * (len(some) - 1) // 2
    assert found.expected.item() == found.pairs
    assert found.left_out.item() == 0


@untimed
@given(points, st.data())
def test_leaving_one_persons_pairs_out_loses_only_those(some, data):
    person = data.draw(st.lists(st.integers(-1, 2), min_size=len(some), max_size=len(some)))
    every, apart = knox(some), knox(some, person)
    assert (apart.observed <= every.observed).all()
    assert (apart.expected <= every.expected + 1e-12).all()
    alone = knox(some, np.zeros(len(some), dtype=int))
    assert not alone.observed.any()


@untimed
@given(points)
def test_a_record_far_away_in_place_adds_no_pair(some):
    far = [*some, (90_000, 90_000, 4)]
    np.testing.assert_array_equal(knox(far).observed, knox(some).observed)


@untimed
@given(counts, st.randoms(use_true_random=False), st.integers(2, 5))
def test_concentration_knows_neither_order_nor_the_unit_of_counting(some, random, times):
    mixed = list(some)
    random.shuffle(mixed)
    scaled = [one * times for one in some]
    for other in (mixed, scaled):
        np.testing.assert_allclose(gini(other), gini(some), atol=1e-12)
        assert share_holding(other, 0.5) == share_holding(some, 0.5)
    np.testing.assert_allclose(lorenz(scaled), lorenz(some))


@untimed
@given(counts)
def test_concentration_lies_within_its_limits_and_grows_with_an_empty_unit(some):
    assert -1e-12 <= gini(some) <= 1 - 1 / len(some) + 1e-12
    assert -1e-12 <= generalised_gini(some) <= gini(some) + 1e-12
    assert gini([*some, 0]) >= gini(some) - 1e-12
    assert share_holding(some, 0.25) <= share_holding(some, 0.5) <= share_holding(some, 1.0)


@untimed
@given(counts, st.data())
def test_no_choice_is_better_than_the_best_and_all_of_it_is_as_good_as_chance(some, data):
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(some), max_size=len(some))))
    order = data.draw(st.permutations(range(len(some))))
    told, again = captured(chosen, some), captured(chosen[order], np.array(some)[order])
    np.testing.assert_allclose([again.pai, again.pei], [told.pai, told.pei])
    assert captured(np.ones(len(some), dtype=bool), some).pai == 1.0
    assume(chosen.any())
    assert told.pei <= 1.0 + 1e-12
    assert captured(np.array(some) == max(some), some).pei >= 1.0 - 1e-12


@untimed
@given(counts, st.data())
def test_the_running_accuracy_knows_no_order_and_ends_at_one(some, data):
    foretold = np.array(data.draw(st.lists(st.integers(0, 3), min_size=len(some), max_size=len(some))))
    order = data.draw(st.permutations(range(len(some))))
    told = cumulative_accuracy(foretold, some)
    again = cumulative_accuracy(foretold[order], np.array(some)[order])
    np.testing.assert_allclose(again, told)
    np.testing.assert_allclose([told[0][-1], told[1][-1]], 1.0)


@untimed
@given(spans, st.sampled_from([15, 60, 240]), st.integers(-3, 3))
def test_every_record_weighs_one_and_weeks_are_alike(some, bin_min, weeks):
    starts, lengths = np.array(some).T
    week = aoristic_week(starts, starts + lengths, bin_min)
    np.testing.assert_allclose(week.sum(), len(some))
    later = aoristic_week(starts + weeks * WEEK_MIN, starts + lengths + weeks * WEEK_MIN, bin_min)
    np.testing.assert_allclose(later, week, atol=1e-12)
    quarters = aoristic_week(starts, starts + lengths, 15)
    np.testing.assert_allclose(quarters.reshape(-1, bin_min // 15).sum(axis=1), week, atol=1e-9)
    wanted = np.arange(672) % 3 == 0
    np.testing.assert_allclose(aoristic_share(starts, starts + lengths, wanted).sum(), quarters[wanted].sum())


@untimed
@given(counts, st.data())
def test_agreement_knows_no_order_and_a_pattern_agrees_with_itself(some, data):
    other = np.array(data.draw(st.lists(st.integers(1, 30), min_size=len(some), max_size=len(some))))
    order = data.draw(st.permutations(range(len(some))))
    ours = np.array(some)
    told, again = sppt(ours, other), sppt(ours[order], other[order])
    np.testing.assert_array_equal(again.local, told.local[order])
    assert sppt(ours, ours).s == 1.0
    assert sppt(ours, ours * 3).robust_s == 1.0
    one_way, back = pattern_difference(ours, other), pattern_difference(other, ours)
    np.testing.assert_allclose(one_way.p, back.p)
    np.testing.assert_allclose(one_way.difference, -back.difference)
