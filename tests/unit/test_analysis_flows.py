"""Journeys between areas: what is told balances, and what is withheld cannot be worked out."""

import itertools
import math

import numpy as np
import pytest

from trigpoint.core.analysis.direct_routes import Calls, direct_routes
from trigpoint.core.analysis.flows import Journeys, flow_table, returns_near, share_words
from trigpoint.core.disclosure.people import PeopleRules

RULES = PeopleRules()


def made(rows, agency=0, window=0):
    """Journeys from (origin, destination, person, day)."""
    table = np.array(rows, dtype=np.int64).reshape(-1, 4)
    n = len(table)
    return Journeys(
        table[:, 0], table[:, 1], table[:, 2], np.full(n, agency), np.full(n, window), np.arange(n), table[:, 3]
    )  # fmt: skip


def several(origin, destination, people, first=0, each=1):
    return [
        (origin, destination, first + one, 10 * turn + one) for one in range(people) for turn in range(each)
    ]


def random_journeys(seed, n=120, areas=4):
    rng = np.random.default_rng(seed)
    origin = rng.integers(-1, areas + 1, n)
    destination = np.where(rng.random(n) < 0.6, (origin + 1) % (areas + 1), rng.integers(-1, areas + 1, n))
    return Journeys(
        origin, destination, rng.integers(-1, 25, n), rng.integers(0, 2, n), np.zeros(n, dtype=np.int64),
        np.arange(n), rng.integers(0, 60, n),
    )  # fmt: skip


def people_at_least(journeys, chosen):
    """The most distinct keys one agency and window has among the journeys, counted one by one."""
    keys = {}
    for one in np.flatnonzero(chosen).tolist():
        if journeys.person[one] >= 0:
            keys.setdefault((journeys.agency[one], journeys.window[one]), set()).add(journeys.person[one])
    return max((len(one) for one in keys.values()), default=0)


@pytest.mark.parametrize("seed", range(20))
def test_every_number_told_is_of_enough_people_and_they_add_up(seed):
    areas = 4
    journeys = random_journeys(seed, n=40 + 10 * seed, areas=areas)
    found = flow_table(journeys, areas, RULES)
    placed = journeys.placed
    assert found.unplaced == int((~placed).sum())
    told = np.zeros(placed.size, dtype=bool)
    for a, b, count, people in zip(
        found.origin, found.destination, found.journeys, found.people, strict=True
    ):
        chosen = (journeys.origin == a) & (journeys.destination == b)
        assert count == chosen.sum()
        assert people == people_at_least(journeys, chosen) >= RULES.least
        told |= chosen
    for a, count, people in zip(found.rest_origin, found.rest_journeys, found.rest_people, strict=True):
        chosen = (journeys.origin == a) & placed & ~told
        assert count == chosen.sum()
        assert people == people_at_least(journeys, chosen) >= RULES.least
    rest = placed & ~told & ~np.isin(journeys.origin, found.rest_origin)
    if found.others >= 0:
        assert found.others == rest.sum()
        assert found.total == placed.sum()
        assert not found.others or people_at_least(journeys, rest) >= RULES.least
        assert found.total == found.journeys.sum() + found.rest_journeys.sum() + found.others
    else:
        assert found.total == -1
        assert found.rest_origin.size == 0


@pytest.mark.parametrize("seed", range(20))
def test_no_flow_that_is_withheld_can_be_worked_out(seed):
    """Every number told beside the flows is a sum over two withheld flows or more, in sets that do not overlap."""
    areas = 3
    journeys = random_journeys(seed, n=150, areas=areas)
    found = flow_table(journeys, areas, RULES)
    told = set(zip(found.origin.tolist(), found.destination.tolist(), strict=True))
    hidden = [pair for pair in itertools.product(range(areas + 1), repeat=2) if pair not in told]
    sets = [[pair for pair in hidden if pair[0] == a] for a in found.rest_origin.tolist()]
    sets.append([pair for pair in hidden if pair[0] not in found.rest_origin])
    numbers = [*found.rest_journeys.tolist(), found.others]
    for among, number in zip(sets, numbers, strict=True):
        # one flow alone could be told only if enough people made it, and then it would stand above
        assert number <= 0 or len(among) >= 2
    assert len(hidden) == sum(map(len, sets))


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_journeys_and_the_names_of_people_change_nothing(seed):
    journeys = random_journeys(seed)
    rng = np.random.default_rng(seed)
    order, names = rng.permutation(120), rng.permutation(25) + 100
    renamed = np.where(journeys.person >= 0, names[journeys.person], -1)
    again = Journeys(
        journeys.origin[order], journeys.destination[order], renamed[order], journeys.agency[order],
        journeys.window[order], journeys.event[order], journeys.day[order],
    )  # fmt: skip
    one, other = flow_table(journeys, 4, RULES), flow_table(again, 4, RULES)
    for name in (
        "origin",
        "destination",
        "journeys",
        "people",
        "rest_origin",
        "rest_journeys",
        "rest_people",
    ):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert (one.others, one.total, one.unplaced) == (other.others, other.total, other.unplaced)


def test_a_flow_of_four_people_is_withheld_and_of_five_is_told():
    four = flow_table(made(several(0, 1, 4, each=10)), 2, RULES)
    assert four.origin.size == 0
    assert (four.others, four.total) == (-1, -1)
    five = flow_table(made(several(0, 1, 5)), 2, RULES)
    assert (five.origin[0], five.destination[0], five.journeys[0], five.people[0]) == (0, 1, 5, 5)
    assert (five.others, five.total) == (0, 5)


def test_a_flow_that_one_person_mostly_makes_is_withheld():
    rows = [*several(0, 1, 6), *[(0, 1, 0, 50 + day) for day in range(8)]]
    assert flow_table(made(rows), 2, RULES).origin.size == 0


def test_the_same_people_in_two_agencies_are_not_added_up():
    three = made(several(0, 1, 3))
    both = Journeys(
        *(np.tile(getattr(three, name), 2) for name in ("origin", "destination", "person")),
        np.repeat([0, 1], 3), np.zeros(6, dtype=np.int64), np.arange(6), np.tile(three.day, 2),
    )  # fmt: skip
    assert flow_table(both, 2, RULES).origin.size == 0


def test_the_rest_of_an_area_is_told_together_when_enough_make_it():
    rows = [*several(0, 1, 6), *several(0, 2, 3, first=10), *several(0, 3, 3, first=20)]
    found = flow_table(made(rows), 3, RULES)
    assert found.destination.tolist() == [1]
    assert (found.rest_origin.tolist(), found.rest_journeys.tolist(), found.rest_people.tolist()) == (
        [0],
        [6],
        [6],
    )
    assert (found.others, found.total) == (0, 12)


def test_the_rest_of_a_second_area_is_given_up_where_the_total_would_tell_the_first():
    rows = [
        *several(0, 1, 6), *several(1, 0, 3, first=10), *several(1, 2, 3, first=20), *several(2, 0, 2, first=30),
    ]  # fmt: skip
    found = flow_table(made(rows), 3, RULES)
    assert found.rest_origin.tolist() == []
    assert (found.others, found.total) == (8, 14)


def test_beyond_the_county_is_one_place():
    found = flow_table(made(several(0, 2, 5)), 2, RULES)
    assert found.destination.tolist() == [2]
    with pytest.raises(ValueError, match="does not exist"):
        flow_table(made(several(0, 3, 5)), 2, RULES)


def test_nothing_to_tell_is_told_as_nothing():
    found = flow_table(made([]), 2, RULES)
    assert (found.origin.size, found.others, found.total, found.unplaced) == (0, 0, 0, 0)
    unknown = flow_table(made(several(-1, 1, 7)), 2, RULES)
    assert (unknown.total, unknown.unplaced) == (0, 7)


def slow_returns(journeys, east, north, near_m):
    again = near = 0
    for one in range(journeys.person.size):
        key = (journeys.agency[one], journeys.window[one], journeys.person[one])
        if key[2] < 0 or math.isnan(east[one]):
            continue
        earlier = [
            other
            for other in range(journeys.person.size)
            if (journeys.agency[other], journeys.window[other], journeys.person[other]) == key
            and not math.isnan(east[other])
            and (journeys.day[other], journeys.event[other]) < (journeys.day[one], journeys.event[one])
        ]
        again += bool(earlier)
        near += any(
            math.hypot(east[one] - east[other], north[one] - north[other]) <= near_m for other in earlier
        )
    return again, near


@pytest.mark.parametrize("seed", range(10))
def test_returns_are_those_counted_one_by_one(seed):
    journeys = random_journeys(seed)
    rng = np.random.default_rng(seed)
    east, north = rng.uniform(0, 900, 120), rng.uniform(0, 900, 120)
    east[rng.random(120) < 0.2] = np.nan
    found = returns_near(journeys, east, north, RULES)
    assert (found.again, found.near) == slow_returns(journeys, east, north, 250.0)
    assert found.told
    assert found.share == found.near / found.again


def test_returns_of_few_people_are_not_told():
    journeys = made(several(0, 1, 4, each=5))
    found = returns_near(journeys, np.zeros(20), np.zeros(20), RULES)
    assert (found.again, found.near, found.people, found.told) == (16, 16, 4, False)
    assert math.isnan(found.share)
    told = returns_near(made(several(0, 1, 5, each=2)), np.zeros(10), np.zeros(10), RULES)
    assert (told.told, told.share) == (True, 1.0)


def test_shares_are_said_as_people_say_them():
    said = {
        0.0: "hardly any",
        0.31: "about a third",
        0.52: "about half",
        0.66: "about two thirds",
        1.0: "nearly all",
    }
    assert {share: share_words(share) for share in said} == said
    for outside in (-0.1, 1.1, math.nan):
        with pytest.raises(ValueError, match="between 0 and 1"):
            share_words(outside)


def test_journeys_of_different_lengths_are_refused():
    one, two = np.zeros(1, dtype=np.int64), np.zeros(2, dtype=np.int64)
    with pytest.raises(ValueError, match="every journey"):
        Journeys(one, one, one, one, one, one, two)


def calls(rows):
    table = np.array(rows, dtype=np.int64)
    return Calls(table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def test_a_direct_route_calls_at_the_one_and_later_at_the_other():
    rows = calls([
        (0, 0, 0, 10), (0, 1, 1, 9), (0, 0, 2, 12), (0, 2, 3, 5),
        (1, 2, 0, 4), (1, 0, 1, 4),
        (2, 0, 0, 0), (2, 1, 1, 0),
        (3, -1, 0, 7), (3, 1, 1, 7), (3, 1, 2, 7),
        (4, 0, 0, 3), (4, 1, 0, 3), (4, 1, 1, 3),
    ])  # fmt: skip
    origin = np.array([0, 0, 1, 2, 1, 1, 0])
    destination = np.array([1, 2, 0, 0, 1, 2, 1])
    found = direct_routes(rows, origin, destination)
    # 0 to 1 by route 0 (the busier call comes after the last at 1, so ten) and by route 4
    assert found.routes.tolist() == [2, 1, 1, 1, 2, 1, 2]
    assert found.departures.tolist() == [13, 12, 9, 4, 10, 9, 13]


def test_without_routes_nothing_is_joined():
    none = np.empty(0, dtype=np.int64)
    found = direct_routes(Calls(none, none, none, none), np.array([0]), np.array([1]))
    assert (found.routes.tolist(), found.departures.tolist()) == ([0], [0])
    assert direct_routes(Calls(none, none, none, none), none, none).routes.size == 0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_routes_changes_nothing(seed):
    rng = np.random.default_rng(seed)
    rows = [
        (route, int(rng.integers(-1, 4)), place, int(rng.integers(0, 9)))
        for route in range(6)
        for place in range(5)
    ]
    pairs = np.array(list(itertools.product(range(4), repeat=2)))
    one = direct_routes(calls(rows), pairs[:, 0], pairs[:, 1])
    turned = [(5 - route, *rest) for route, *rest in rows]
    other = direct_routes(calls(sorted(turned, key=lambda row: row[0])), pairs[:, 0], pairs[:, 1])
    np.testing.assert_array_equal(one.routes, other.routes)
    np.testing.assert_array_equal(one.departures, other.departures)
