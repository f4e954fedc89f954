"""Pairs near in space and time, against every pair looked at and every order of the days."""

from itertools import combinations, permutations
from math import dist

import numpy as np
import pytest

from trigpoint.core.analysis import near_repeat
from trigpoint.core.analysis.near_repeat import near_repeats, people_of_events

EDGES_M, EDGES_DAYS = (0.0, 1.0, 100.0, 250.0), (0, 2, 5, 9)


def slow_counts(places, days, person, edges_m, edges_days):
    """Pairs by band, each pair of records looked at; and by band of days alone."""
    counts = np.zeros((len(edges_m) - 1, len(edges_days) - 1), dtype=int)
    alone, in_space, same = np.zeros(len(edges_days) - 1, dtype=int), np.zeros(len(edges_m) - 1, dtype=int), 0
    for a, b in combinations(range(len(days)), 2):
        row = [
            k for k in range(len(edges_m) - 1) if edges_m[k] <= dist(places[a], places[b]) < edges_m[k + 1]
        ]
        column = [
            k
            for k in range(len(edges_days) - 1)
            if edges_days[k] <= abs(days[a] - days[b]) < edges_days[k + 1]
        ]
        alone[column] += 1
        if person is not None and person[a] == person[b] >= 0:
            same += bool(row)
            continue
        in_space[row] += 1
        counts[np.ix_(row, column)] += 1
    return counts, in_space, alone, same


def some_records(number, seed):
    rng = np.random.default_rng(seed)
    places = rng.integers(0, 8, (number, 2)) * 50.0
    return places, rng.integers(0, 12, number), rng.integers(-1, 3, number)


@pytest.mark.parametrize("with_person", [False, True])
def test_the_counts_and_what_is_expected_are_those_of_every_pair(with_person):
    places, days, person = some_records(25, 8)
    person = person if with_person else None
    found = near_repeats(
        *places.T, days, EDGES_M, EDGES_DAYS, replicates=1, rng=np.random.default_rng(1), person=person
    )
    counts, in_space, alone, same = slow_counts(places, days, person, EDGES_M, EDGES_DAYS)
    np.testing.assert_array_equal(found.observed, counts)
    np.testing.assert_allclose(found.expected, np.outer(in_space, alone) / 300)
    assert (found.pairs, int(found.left_out.sum())) == (300, same)


def test_expected_and_p_are_those_of_every_order_of_the_days():
    places = [(0, 0), (0, 30), (0, 60), (400, 0), (400, 30), (900, 900)]
    days = np.array([0, 1, 1, 7, 8, 3])
    observed = slow_counts(places, days, None, (0, 50), (0, 2))[0][0, 0]
    every = np.array(
        [slow_counts(places, order, None, (0, 50), (0, 2))[0][0, 0] for order in permutations(days.tolist())]
    )
    replicates = 4000
    found = near_repeats(
        *np.array(places, dtype=float).T,
        days,
        (0.0, 50.0),
        (0, 2),
        replicates=replicates,
        rng=np.random.default_rng(2),
    )
    assert found.observed[0, 0] == observed == 3
    assert found.expected[0, 0] == pytest.approx(every.mean())
    assert found.ratio[0, 0] == pytest.approx(observed / every.mean())
    true_p = (every >= observed).mean()
    assert found.p[0, 0] == pytest.approx(
        true_p, abs=5 * np.sqrt(true_p * (1 - true_p) / replicates) + 1 / replicates
    )


def test_a_band_holds_its_lower_edge_and_not_its_upper():
    east, days = np.array([0.0, 60.0, 300.0]), np.array([0, 5, 5])
    north = np.array([0.0, 80.0, 0.0])
    bands = {"replicates": 1, "rng": np.random.default_rng(0)}
    assert near_repeats(east, north, days, (0.0, 100.0), (0, 6), **bands).observed.tolist() == [[0]]
    assert near_repeats(east, north, days, (100.0, 101.0), (0, 6), **bands).observed.tolist() == [[1]]
    assert near_repeats(east, north, days, (100.0, 101.0), (0, 5), **bands).observed.tolist() == [[0]]
    assert near_repeats(east, north, days, (100.0, 101.0), (5, 6), **bands).observed.tolist() == [[1]]


def test_one_childs_own_run_is_not_a_near_repeat_among_different_children():
    days = np.array([0, 1, 2, 3, 40, 80, 120, 160])
    place = np.array([0.0] * 4 + [5000.0, 9000.0, 13000.0, 17000.0])
    bands = {"replicates": 199, "rng": np.random.default_rng(5)}
    every = near_repeats(place, place, days, (0.0, 10.0), (0, 7), **bands)
    apart = near_repeats(place, place, days, (0.0, 10.0), (0, 7), person=[4, 4, 4, 4, 0, 1, 2, 3], **bands)
    assert every.observed[0, 0] == 6
    assert every.p[0, 0] < 0.05
    assert (apart.observed[0, 0], apart.left_out.tolist()) == (0, [6])
    assert np.isnan(apart.ratio[0, 0])
    assert np.isnan(apart.p[0, 0])


def test_progress_is_told_for_each_replicate():
    told = []
    near_repeats(
        [0.0, 1.0], [0.0, 1.0], [1, 2], (0.0, 5.0), (0, 5),
        replicates=3, rng=np.random.default_rng(0), progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_no_record_has_no_pair():
    found = near_repeats([], [], [], (0.0, 5.0), (0, 5), replicates=1, rng=np.random.default_rng(0))
    assert (found.pairs, found.observed.tolist()) == (0, [[0]])


@pytest.mark.parametrize(
    "given",
    [
        {"day": [1]}, {"day": [1.5, 2.5]}, {"easting_m": [np.inf, 0.0]}, {"edges_m": (0.0,)}, {"edges_m": (5.0, 5.0)},
        {"edges_days": (-1, 3)}, {"replicates": 0}, {"person": [1, 2, 3]},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_counted_is_refused(given):
    usual = {
        "easting_m": [0.0, 1.0], "northing_m": [0.0, 1.0], "day": [1, 2], "edges_m": (0.0, 5.0), "edges_days": (0, 5),
        "replicates": 1, "rng": np.random.default_rng(0),
    }  # fmt: skip
    with pytest.raises(ValueError):
        near_repeats(**(usual | given))


def test_too_many_records_at_one_place_are_refused_before_their_pairs_are_made(monkeypatch):
    monkeypatch.setattr(near_repeat, "MOST_PAIRS", 2)
    with pytest.raises(ValueError, match="too many"):
        near_repeats(
            [0.0] * 3, [0.0] * 3, [1, 2, 3], (0.0, 5.0), (0, 5), replicates=1, rng=np.random.default_rng(0)
        )


def test_events_that_share_a_person_have_the_same_one_and_others_not():
    event = [10, 10, 20, 30, 40, 50]
    person = [1, 7, 7, 2, -1, 2]
    found = people_of_events(event, person, [50, 10, 20, 30, 40, 99])
    assert found[1] == found[2]
    assert found[0] == found[3] != found[1]
    assert found[4] == found[5] == -1
    assert people_of_events([1], [-1], [1]).tolist() == [-1]
    with pytest.raises(ValueError):
        people_of_events([1, 2], [1], [1])


def test_days_beyond_any_calendar_are_refused():
    with pytest.raises(ValueError, match="too far apart"):
        near_repeats(
            [0.0, 1.0], [0.0, 1.0], [0, 2**40], (0.0, 5.0), (0, 5), replicates=1, rng=np.random.default_rng(0)
        )
