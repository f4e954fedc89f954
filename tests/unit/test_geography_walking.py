"""Walks along streets, against a twin that keeps one heap for each site and knows nothing of buckets or labels."""

import heapq
import math

import numpy as np
import pytest
import shapely

from trigpoint.core.geography.network import Positions, at_points, inside, street_network
from trigpoint.core.geography.reach import isochrone, reached_pairs, walks_or_straight
from trigpoint.core.geography.walking import nearest_sites, sites_within, walked_from
from trigpoint.core.geography.walks import walks_between, walks_to


def slow_walks(network, seeds) -> list[float]:
    """Metres from seeds {junction: metres} to every junction."""
    best = [math.inf] * network.junctions
    waiting = [(metres, node) for node, metres in seeds]
    while waiting:
        metres, node = heapq.heappop(waiting)
        if metres >= best[node]:
            continue
        best[node] = metres
        for one, other, length in zip(network.start, network.end, network.length_m, strict=True):
            for here, there in ((one, other), (other, one)):
                if here == node:
                    heapq.heappush(waiting, (metres + length, int(there)))
    return best


def seeds_of(network, positions, place):
    for row in np.flatnonzero(positions.place == place):
        segment = positions.segment[row]
        away_m = positions.away_m[row]
        yield int(network.start[segment]), float(positions.from_m[row] + away_m)
        yield int(network.end[segment]), float(network.length_m[segment] - positions.to_m[row] + away_m)


def slow_table(network, positions) -> np.ndarray:
    """Metres from each place to each junction, [places, junctions]."""
    return np.array([slow_walks(network, seeds_of(network, positions, p)) for p in range(positions.places)])


def random_network(seed, nodes=14, parts=2):
    """Whole coordinates, so that equal walks are equal; some segments twice, some in a loop, some parts apart."""
    rng = np.random.default_rng(seed)
    at = rng.integers(0, 30, (nodes, 2)) * 10.0
    links = rng.integers(0, nodes, (rng.integers(nodes // 2, 2 * nodes), 2))
    links = links[(links[:, 0] % parts) == (links[:, 1] % parts)]
    loops = links[:, 0] == links[:, 1]
    same = (at[links[:, 0]] == at[links[:, 1]]).all(axis=1)
    lines = []
    for (one, other), detour in zip(links.tolist(), loops | same, strict=True):
        corners = (
            [at[one], at[one] + 7.0, at[one] + [7.0, 0.0], at[other]] if detour else [at[one], at[other]]
        )
        lines.append(shapely.LineString(corners))
    names = rng.permutation(1000)[:nodes]
    return street_network(lines, names[links[:, 0]], names[links[:, 1]])


def random_places(network, seed, places=6):
    rng = np.random.default_rng(seed)
    rows = rng.integers(0, places, 2 * places).astype(np.int32)
    segment = rng.integers(0, network.start.size, rows.size).astype(np.int32)
    low = np.floor(rng.random(rows.size) * network.length_m[segment])
    high = np.minimum(low + rng.choice([0.0, 5.0], rows.size), network.length_m[segment])
    return Positions(rows, segment, low, high, rng.choice([0.0, 3.0], rows.size), places)


def cross():
    """A cross of four streets of 100 m about (0, 0), and one street far away that nothing joins."""
    ends = [(100, 0), (0, 100), (-100, 0), (0, -100)]
    lines = [shapely.LineString([(0, 0), end]) for end in ends] + [shapely.LineString([(5000, 0), (5100, 0)])]
    return street_network(lines, [0, 0, 0, 0, 8], [1, 2, 3, 4, 9])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("limit_m", [math.inf, 90.0])
def test_the_nearest_sites_are_those_of_one_search_a_site(seed, limit_m):
    network = random_network(seed)
    sites = random_places(network, seed)
    table = slow_table(network, sites)
    table[table > limit_m] = np.inf
    for k in (1, 3, 9):
        found = nearest_sites(network, sites, k, limit_m)
        order = np.lexsort((np.broadcast_to(np.arange(len(table))[:, None], table.shape), table), axis=0)[
            :k
        ].T
        expected = np.full((network.junctions, k), np.inf)
        expected[:, : order.shape[1]] = np.take_along_axis(table.T, order, axis=1)
        np.testing.assert_allclose(found.distance_m, expected, atol=1e-9)
        ids = np.full((network.junctions, k), -1)
        ids[:, : order.shape[1]] = order
        ids[~np.isfinite(expected)] = -1
        padded = np.pad(expected, ((0, 0), (1, 1)), constant_values=-1.0)
        tied = (padded[:, 1:-1] == padded[:, 2:]) | (padded[:, 1:-1] == padded[:, :-2])
        np.testing.assert_array_equal(np.where(tied, -9, found.site), np.where(tied, -9, ids))


@pytest.mark.parametrize("seed", range(8))
def test_all_sites_within_a_distance_are_those_of_the_table(seed):
    network = random_network(seed)
    sites = random_places(network, seed)
    table = slow_table(network, sites)
    found = sites_within(network, sites, 120.0)
    for node in range(network.junctions):
        row = slice(found.indptr[node], found.indptr[node + 1])
        expected = np.flatnonzero(table[:, node] <= 120.0)
        np.testing.assert_array_equal(found.site[row], expected)
        np.testing.assert_allclose(found.distance_m[row], table[expected, node])


def test_many_sites_outgrow_the_room_first_taken():
    network = random_network(3, nodes=40, parts=1)
    rows = np.arange(200, dtype=np.int32)
    segment = (rows % network.start.size).astype(np.int32)
    along_m = np.full(rows.size, 0.5)
    sites = Positions(rows, segment, along_m, along_m, np.zeros(rows.size), rows.size)
    within = sites_within(network, sites, 1e6)
    nearest = nearest_sites(network, sites, rows.size)
    assert within.site.size == int(np.isfinite(nearest.distance_m).sum()) > 4096
    for node in range(network.junctions):
        row = slice(within.indptr[node], within.indptr[node + 1])
        told = np.isfinite(nearest.distance_m[node])
        np.testing.assert_allclose(np.sort(within.distance_m[row]), nearest.distance_m[node][told])


@pytest.mark.parametrize("seed", range(8))
def test_walks_to_places_are_those_of_a_network_cut_at_the_place(seed):
    network = random_network(seed, parts=1)
    origins = random_places(network, seed, places=2)
    targets = random_places(network, seed + 100)
    at_junction = slow_walks(network, [s for p in range(2) for s in seeds_of(network, origins, p)])
    expected = np.full(targets.places, np.inf)
    for row in range(targets.segment.size):
        segment = targets.segment[row]
        ways = [
            at_junction[network.start[segment]] + targets.from_m[row],
            at_junction[network.end[segment]] + network.length_m[segment] - targets.to_m[row],
        ]
        for other in np.flatnonzero(origins.segment == segment):
            gap = max(
                0.0, origins.from_m[other] - targets.to_m[row], targets.from_m[row] - origins.to_m[other]
            )
            ways.append(gap + origins.away_m[other])
        place = targets.place[row]
        expected[place] = min(expected[place], min(ways) + targets.away_m[row])
    np.testing.assert_allclose(walks_to(network, origins, targets), expected)
    limited = walks_to(network, origins, targets, 60.0)
    np.testing.assert_allclose(limited, np.where(expected > 60.0, np.inf, expected))


@pytest.mark.parametrize("seed", range(8))
def test_walks_between_many_are_those_of_each_alone(seed):
    network = random_network(seed)
    origins, targets = random_places(network, seed, places=5), random_places(network, seed + 50)
    found = walks_between(network, origins, targets, 110.0)
    told = {
        (a, b): m
        for a, b, m in zip(
            found.origin.tolist(), found.target.tolist(), found.distance_m.tolist(), strict=True
        )
    }
    assert list(told) == sorted(told)
    for place in range(origins.places):
        alone = walks_to(network, origins.of(np.array([place])), targets, 110.0)
        expected = {(place, at): m for at, m in enumerate(alone.tolist()) if np.isfinite(m)}
        assert {pair: m for pair, m in told.items() if pair[0] == place} == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_the_sites_and_of_the_segments_changes_no_distance(seed):
    network = random_network(seed)
    sites = random_places(network, seed)
    order = np.random.default_rng(seed).permutation(sites.place.size)
    shuffled = Positions(
        sites.place[order], sites.segment[order], sites.from_m[order], sites.to_m[order], sites.away_m[order],
        sites.places,
    )  # fmt: skip
    np.testing.assert_allclose(
        nearest_sites(network, sites, 3).distance_m, nearest_sites(network, shuffled, 3).distance_m
    )
    again = street_network(network.lines[::-1], network.start[::-1], network.end[::-1])
    turned = Positions(
        sites.place, (network.start.size - 1 - sites.segment).astype(np.int32), sites.from_m, sites.to_m,
        sites.away_m, sites.places,
    )  # fmt: skip
    used = np.unique(np.concatenate([network.start, network.end]))
    np.testing.assert_array_equal(used, np.arange(network.junctions))
    np.testing.assert_allclose(walked_from(network, sites), walked_from(again, turned))


def test_no_sites_or_no_streets_give_nothing():
    network = cross()
    nobody = at_points(network, [np.nan, 9e6], [0.0, 9e6])
    assert nobody.on_network.tolist() == [False, False]
    assert (nearest_sites(network, nobody, 2).site == -1).all()
    assert sites_within(network, nobody, 100.0).site.size == 0
    empty = street_network(np.array([], dtype=object), [], [])
    assert nearest_sites(empty, at_points(empty, [1.0], [1.0]), 1).site.shape == (0, 1)
    assert walks_to(empty, at_points(empty, [1.0], [1.0]), at_points(empty, [1.0], [1.0])).tolist() == [
        np.inf
    ]


def test_a_point_meets_the_nearest_place_of_the_nearest_street():
    at = at_points(cross(), [40.0, 0.0, 3.0], [6.0, -120.0, 400.0])
    assert at.place.tolist() == [0, 1]
    assert at.segment.tolist() == [0, 3]
    assert at.from_m.tolist() == [40.0, 100.0]
    assert at.away_m.tolist() == [6.0, 20.0]
    assert at.on_network.tolist() == [True, True, False]


def test_an_area_holds_the_stretches_inside_it():
    network = cross()
    square = shapely.box(20, -10, 60, 10)
    whole = shapely.box(-10, -10, 10, 110)
    at = inside(network, [square, whole, shapely.box(900, 900, 901, 901)])
    told = list(
        zip(at.place.tolist(), at.segment.tolist(), at.from_m.tolist(), at.to_m.tolist(), strict=True)
    )
    assert told == [
        (0, 0, 20.0, 60.0), (1, 0, 0.0, 10.0), (1, 1, 0.0, 100.0), (1, 2, 0.0, 10.0), (1, 3, 0.0, 10.0)
    ]  # fmt: skip
    assert at.on_network.tolist() == [True, True, False]


def test_what_can_be_reached_ends_where_the_distance_is_used_up():
    network = cross()
    origin = at_points(network, [60.0], [0.0])
    reach = isochrone(network, origin, 90.0)
    told = dict(zip(reach.segment.tolist(), zip(reach.from_m, reach.to_m, strict=True), strict=True))
    assert told == {0: (0.0, 100.0), 1: (0.0, 30.0), 2: (0.0, 30.0), 3: (0.0, 30.0)}
    assert reach.length_m == 190.0
    lines = reach.lines(network)
    assert lines.geom_type == "MultiLineString"
    assert lines.length == pytest.approx(190.0)
    assert lines.hausdorff_distance(shapely.from_wkt(
        "MULTILINESTRING ((0 0, 100 0), (0 0, 0 30), (0 0, -30 0), (0 0, 0 -30))")) < 1e-9  # fmt: skip


def test_a_bent_street_is_cut_on_its_own_line():
    bent = shapely.LineString([(0, 0), (50, 0), (50, 50)])
    network = street_network([bent], [0], [1])
    reach = isochrone(network, at_points(network, [50.0], [0.0]), 20.0)
    assert reach.lines(network).equals(shapely.from_wkt("MULTILINESTRING ((30 0, 50 0, 50 20))"))


def test_a_ring_is_reached_from_both_ends_and_not_in_between():
    ring = shapely.LineString([(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)])
    network = street_network([ring, shapely.LineString([(0, 0), (-50, 0)])], [0, 0], [0, 1])
    reach = isochrone(network, at_points(network, [-50.0], [0.0]), 100.0)
    told = sorted(zip(reach.segment.tolist(), reach.from_m.tolist(), reach.to_m.tolist(), strict=True))
    assert told == [(0, 0.0, 50.0), (0, 350.0, 400.0), (1, 0.0, 50.0)]


@pytest.mark.parametrize("seed", range(10))
def test_a_place_can_be_reached_exactly_when_its_walk_is_short_enough(seed):
    network = random_network(seed, parts=1)
    origin = random_places(network, seed, places=1)
    reach = isochrone(network, origin, 75.0)
    middle = network.length_m / 2
    every = np.arange(network.start.size, dtype=np.int32)
    at = Positions(every, every, middle, middle, np.zeros(every.size), every.size)
    walk = walks_to(network, origin, at)
    for segment in range(every.size):
        held = any(
            begin - 1e-9 <= middle[segment] <= end + 1e-9
            for one, begin, end in zip(reach.segment, reach.from_m, reach.to_m, strict=True)
            if one == segment
        )
        assert held == (walk[segment] <= 75.0)
    assert reach.length_m <= isochrone(network, origin, 76.0).length_m + 1e-9


GROUND = shapely.Point(50, 0)


def test_a_walk_is_told_as_a_walk_and_a_straight_line_as_one():
    network = cross()
    origins = at_points(network, [50.0], [0.0])
    east, north = [0.0, 5050.0, 50.0, np.nan, 50.0], [50.0, 0.0, 5000.0, 0.0, 0.0]
    found = walks_or_straight(network, origins, GROUND, east, north)
    assert found.walked.tolist() == [True, False, False, False, True]
    np.testing.assert_allclose(found.distance_m, [100.0, 5000.0, 5000.0, np.nan, 0.0])
    near = walks_or_straight(network, origins, GROUND, east, north, limit_m=60.0)
    np.testing.assert_allclose(near.distance_m, [np.inf, np.inf, np.inf, np.nan, 0.0])


@pytest.mark.parametrize("limit_m", [60.0, 250.0, 6000.0])
def test_many_places_reach_what_each_reaches_alone(limit_m):
    network = cross()
    grounds = np.array(
        [GROUND, shapely.box(-80, -20, -40, 20), shapely.Point(5000, 3000), shapely.box(4990, -9, 5200, 9)]
    )
    middles = shapely.get_coordinates(shapely.point_on_surface(grounds))
    origins = at_points(network, middles[:, 0], middles[:, 1])
    rng = np.random.default_rng(1)
    east, north = rng.uniform(-150, 150, 60), rng.uniform(-150, 300, 60)
    east[:9] += 5000
    for streets, stretches in ((network, origins), (None, None)):
        place, point = reached_pairs(streets, stretches, grounds, east, north, limit_m=limit_m)
        told = set(zip(place.tolist(), point.tolist(), strict=True))
        for at, ground in enumerate(grounds):
            own = stretches.of(np.array([at])) if stretches else None
            alone = walks_or_straight(streets, own, ground, east, north, limit_m=limit_m)
            assert {point for one, point in told if one == at} == set(
                np.flatnonzero(alone.distance_m <= limit_m)
            )


def test_without_streets_every_line_is_straight():
    for network, origins in ((None, None), (cross(), at_points(cross(), [9e5], [9e5]))):
        found = walks_or_straight(network, origins, GROUND, [50.0, 350.0], [0.0, 0.0], limit_m=200.0)
        assert not found.walked.any()
        assert found.distance_m.tolist() == [0.0, np.inf]


def test_what_no_network_can_be_made_of_is_refused():
    line = shapely.LineString([(0, 0), (1, 0)])
    with pytest.raises(ValueError, match="every segment needs"):
        street_network([line], [0, 1], [1, 2])
    with pytest.raises(ValueError, match="negative"):
        street_network([line], [-1], [1])
    with pytest.raises(ValueError, match="no length"):
        street_network([shapely.LineString([(0, 0), (0, 0)])], [0], [1])
    with pytest.raises(ValueError, match="at least one"):
        nearest_sites(cross(), at_points(cross(), [0.0], [0.0]), 0)
    with pytest.raises(ValueError, match="metres"):
        sites_within(cross(), at_points(cross(), [0.0], [0.0]), np.inf)
    some = np.zeros(1, dtype=np.int32)
    with pytest.raises(ValueError, match="every stretch"):
        Positions(some, some, np.zeros(1), np.zeros(2), np.zeros(1), 1)
