"""Comparable places and what stands around them: laws, a slow twin, and cases worked by hand."""

import itertools
import math

import numpy as np
import pytest

from trigpoint.core.analysis.surroundings import Compared, comparable_places, compare_surroundings


def ground(seed, places=80):
    rng = np.random.default_rng(seed)
    return {
        "kind": rng.integers(0, 2, places),
        "covariates": rng.normal(size=(places, 3)).round(1) * [1.0, 50.0, 0.01],
        "easting_m": rng.uniform(0, 5000, places).round(),
        "northing_m": rng.uniform(0, 5000, places).round(),
        "eligible": rng.random(places) < 0.8,
    }


def slow_places(place, kind, covariates, easting_m, northing_m, eligible, away_m, most, farthest):
    def metres(one, other):
        return math.hypot(easting_m[one] - easting_m[other], northing_m[one] - northing_m[other])

    pool = [
        one
        for one in range(len(kind))
        if one != place and eligible[one] and kind[one] == kind[place] and metres(one, place) >= 2 * away_m
    ]
    spread = [np.std([covariates[one][c] for one in pool]) for c in range(covariates.shape[1])]

    def apart(one):
        steps = [(covariates[one][c] - covariates[place][c]) / spread[c] for c in range(len(spread))]
        return math.sqrt(sum(step**2 for step in steps) / len(steps))

    taken = []
    for one in sorted(pool, key=lambda one: (apart(one), easting_m[one], northing_m[one])):
        near = any(metres(one, other) < away_m for other in taken)
        if apart(one) <= farthest and not near and len(taken) < most:
            taken.append(one)
    return taken, [apart(one) for one in taken]


@pytest.mark.parametrize("seed", range(12))
def test_the_places_are_those_a_slow_reading_of_the_rule_finds(seed):
    world = ground(seed)
    for most in (3, 50):
        found = comparable_places(seed, **world, away_m=300.0, most=most)
        places, apart = slow_places(seed, **world, away_m=300.0, most=most, farthest=1.0)
        assert found.places.tolist() == places
        np.testing.assert_allclose(found.apart, apart)
        assert found.candidates >= len(places)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_places_and_the_units_of_the_covariates_change_nothing(seed):
    world = ground(seed)
    found = comparable_places(seed, **world, away_m=200.0)
    order = np.random.default_rng(seed).permutation(80)
    shuffled = {name: values[order] for name, values in world.items()}
    again = comparable_places(int(np.flatnonzero(order == seed)[0]), **shuffled, away_m=200.0)
    assert order[again.places].tolist() == found.places.tolist()
    np.testing.assert_allclose(again.balance, found.balance)
    world["covariates"] = world["covariates"] * [1000.0, 0.5, 3.0] + [7.0, -1.0, 0.0]
    scaled = comparable_places(seed, **world, away_m=200.0)
    assert scaled.places.tolist() == found.places.tolist()


def test_places_keep_their_distance_from_the_place_and_from_each_other():
    world = ground(1)
    found = comparable_places(5, **world, away_m=400.0, farthest=9.0).places
    at = np.column_stack([world["easting_m"], world["northing_m"]])
    assert found.size > 5
    assert (np.hypot(*(at[found] - at[5]).T) >= 800.0).all()
    for one, other in itertools.combinations(found.tolist(), 2):
        assert np.hypot(*(at[one] - at[other])) >= 400.0
    assert world["eligible"][found].all()
    assert (world["kind"][found] == world["kind"][5]).all()


def test_what_is_not_known_or_all_alike_is_not_matched_on():
    line = np.arange(6) * 1000.0
    covariates = np.array(
        [[0.0, 1.0, np.nan], [1.0, 1.0, 2.0], [2.0, 1.0, 5.0], [np.nan, 1.0, 7.0], [4.0, 1.0, 0.0], [0.5, 1.0, 1.0]]
    )  # fmt: skip
    every = np.ones(6, dtype=bool)
    found = comparable_places(0, np.zeros(6), covariates, line, 0 * line, every, away_m=100.0, farthest=9.0)
    assert found.places.tolist() == [5, 1, 2, 4]
    assert np.isnan(found.balance).tolist() == [False, True, True]
    assert found.balance[0] == pytest.approx(-(0.5 + 1 + 2 + 4) / 4 / np.std([1, 2, 4, 0.5]))
    assert found.unlike.tolist() == [True, False, False]


def test_with_nothing_to_match_on_every_eligible_place_is_comparable():
    line = np.arange(4) * 1000.0
    none = np.full((4, 2), np.nan)
    found = comparable_places(1, np.zeros(4), none, line, 0 * line, np.ones(4, dtype=bool), away_m=10.0)
    assert found.places.tolist() == [0, 2, 3]
    assert found.apart.tolist() == [0.0, 0.0, 0.0]
    alone = comparable_places(1, np.arange(4), none, line, 0 * line, np.ones(4, dtype=bool), away_m=10.0)
    assert alone.places.size == 0
    assert np.isnan(alone.balance).all()


def test_p_is_the_rank_and_is_uniform_where_any_place_might_have_been_asked_about():
    rng = np.random.default_rng(4)
    counts = rng.poisson(2.0, 40)
    p = []
    for place in range(40):
        others = np.delete(counts, place)[:, None]
        p.append(compare_surroundings([counts[place]], others).p_more[0])
    for level in np.arange(1, 41) / 40:
        assert np.mean(np.array(p) <= level + 1e-12) <= level + 1e-12
    one = compare_surroundings([3, 0], [[1, 2], [3, 0], [5, 1]])
    assert one.p_more.tolist() == [3 / 4, 1.0]
    assert one.p_fewer.tolist() == [3 / 4, 2 / 4]
    assert one.mean.tolist() == [3.0, 1.0]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_places_and_classes_changes_no_answer(seed):
    rng = np.random.default_rng(seed)
    here, there = rng.poisson(3.0, 5), rng.poisson(1.5, (60, 5))
    found = compare_surroundings(here, there)
    places, classes = rng.permutation(60), rng.permutation(5)
    again = compare_surroundings(here[classes], there[places][:, classes])
    for name in ("mean", "low", "high", "p_more", "p_fewer", "q_more", "verdict"):
        np.testing.assert_allclose(getattr(again, name), getattr(found, name)[classes])


def test_one_more_site_never_makes_a_class_less_remarkable():
    there = np.random.default_rng(2).poisson(2.0, (99, 1))
    p = [compare_surroundings([count], there).p_more[0] for count in range(12)]
    assert p == sorted(p, reverse=True)
    assert p[-1] == 1 / 100


def test_verdicts_and_their_words():
    there = np.column_stack([np.tile([0, 1], 50), np.full(100, 9), np.tile([0, 1], 50), np.zeros(100)])
    found = compare_surroundings([5, 1, 1, 0], there)
    assert found.verdict.tolist() == [Compared.MORE, Compared.FEWER, Compared.SAME, Compared.SAME]
    assert np.isnan(found.p_more[3])
    assert found.words(0, "hotels") == "More hotels than around comparable places"
    assert found.words(1, "schools") == "Fewer schools than around comparable places"
    assert found.words(2, "parks") == "About as many parks as around comparable places"


def test_too_few_comparable_places_tell_nothing():
    few = compare_surroundings([9], np.zeros((18, 1)))
    assert few.verdict.tolist() == [Compared.CANNOT_TELL]
    assert few.words(0, "hotels").startswith("Too few comparable places")
    # more than around all 25 others, but of four classes compared that is not rare enough to be said
    there = np.column_stack([np.zeros(25), *(np.tile([0, 2], 13)[:25] for _ in range(3))])
    found = compare_surroundings([4, 1, 1, 1], there)
    assert found.p_more[0] == 1 / 26
    assert found.q_more[0] > 0.05
    assert found.verdict.tolist() == [Compared.CANNOT_TELL, *[Compared.SAME] * 3]
    nobody = compare_surroundings([1, 0], np.empty((0, 2)))
    assert np.isnan(nobody.mean).all()
    assert np.isnan(nobody.p_more).all()
    assert nobody.verdict.tolist() == [Compared.CANNOT_TELL] * 2


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="every place needs a count"):
        compare_surroundings([1, 2], [[1]])
    with pytest.raises(ValueError, match="every place needs a kind"):
        comparable_places(0, [1, 1], [[1.0]], [0.0], [0.0], [True], away_m=1.0)
