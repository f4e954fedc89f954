"""The scan on worlds small enough to work out by hand, and beside its slow twin."""

import math

import numpy as np
import pytest

from tests.factories.scanning import Small, circles, every_cylinder
from trigpoint.core.analysis.scan import Scanned, ScanResult, scan
from trigpoint.core.analysis.scan_chance import gumbel_p, monte_carlo_p, recurrence_days, sequential_p
from trigpoint.core.analysis.scan_ratio import (
    bounds_for,
    fewest_cases,
    level_of,
    limit_at,
    log_likelihood_ratio,
    most_expected,
)
from trigpoint.core.analysis.scan_zones import Zones, zones_within


def small_world(seed: int, *, on_grid: bool = False, strata: int = 1) -> Small:
    rng = np.random.default_rng(seed)
    places, steps = int(rng.integers(3, 8)), int(rng.integers(3, 9))
    cases = int(rng.integers(8, 30))
    points = rng.integers(0, 4, (places, 2)) * 10.0 if on_grid else rng.uniform(0, 40, (places, 2))
    return Small(
        points[:, 0],
        points[:, 1],
        rng.integers(0, places, cases),
        rng.integers(0, steps, cases),
        rng.integers(0, strata, cases),
        steps,
    )


def zones_of(world: Small, most_m: float, ties: str = "all") -> Zones:
    return zones_within(world.x, world.y, most_m, ties=ties)  # type: ignore[arg-type]


def scan_of(world: Small, zones: Zones, scanned: Scanned, seed: int = 5) -> ScanResult:
    rng = np.random.default_rng(seed)
    return scan(
        world.place, world.step, zones, steps=world.steps, rng=rng, stratum=world.stratum, scanned=scanned
    )


def burst() -> tuple[np.ndarray, np.ndarray]:
    """Three places, ten steps, a case in each at each step, and six more at the second in step 7."""
    place = np.concatenate([np.repeat([0, 1, 2], 10), np.ones(6, dtype=np.int64)])
    step = np.concatenate([np.tile(np.arange(10), 3), np.full(6, 7)])
    return place, step


@pytest.mark.parametrize("ties", ["all", "one"])
@pytest.mark.parametrize("mode", ["retrospective", "prospective"])
@pytest.mark.parametrize(
    ("seed", "on_grid", "strata"), [(1, False, 1), (2, True, 1), (3, True, 2), (4, False, 3)]
)
def test_the_best_of_every_cylinder_is_found(
    ties: str, mode: str, seed: int, on_grid: bool, strata: int
) -> None:
    world = small_world(seed, on_grid=on_grid, strata=strata)
    longest = world.steps // 2
    slow = every_cylinder(world, 25.0, ties=ties, mode=mode, longest=longest)
    scanned = Scanned(mode=mode, replicates=0)  # type: ignore[arg-type]
    found = scan_of(world, zones_of(world, 25.0, ties), scanned).clusters
    best = max((one.llr for one in slow), default=0.0)
    assert (found[0].llr if found else 0.0) == pytest.approx(best, rel=1e-12, abs=1e-12)
    # the slow twin in SaTScan's way: each centre's best, the largest first, none that shares a place with one before
    for one in found:
        same = [s for s in slow if s.centre == one.centre]
        assert one.llr == pytest.approx(max(s.llr for s in same), rel=1e-12)
        alike = next(
            s for s in same if (tuple(sorted(s.places)), s.first, s.last) == (one.places, one.first, one.last)
        )
        assert (alike.observed, one.rank) == (one.observed, found.index(one) + 1)
        assert one.expected == pytest.approx(alike.expected, rel=1e-12)
        assert one.llr == pytest.approx(alike.llr, rel=1e-12)


def test_a_burst_is_found_where_and_when_it_is_with_the_arithmetic_of_the_paper() -> None:
    place, step = burst()
    result = scan(place, step, zones_within([0, 5000, 9000], [0, 0, 0], 100), steps=10, rng=np.random.default_rng(1),
                  scanned=Scanned(replicates=0))  # fmt: skip
    first = result.clusters[0]
    assert (first.places, first.first, first.last, first.observed) == ((1,), 7, 7, 7)
    assert first.expected == pytest.approx(16 * 9 / 36)
    assert first.llr == pytest.approx(7 * math.log(7 / 4) + 29 * math.log(29 / 32), rel=1e-12)
    assert first.ratio == pytest.approx(7 / 4)
    assert math.isnan(first.p)
    assert math.isnan(first.gumbel_p)


def test_a_circle_with_more_than_half_of_the_cases_is_no_place_for_a_cluster() -> None:
    place, step = burst()
    result = scan(np.minimum(place, 1), step, zones_within([0, 5000], [0, 0], 100), steps=10,
                  rng=np.random.default_rng(1), scanned=Scanned(replicates=0))  # fmt: skip
    assert {one.places for one in result.clusters} <= {(0,)}


def test_circles_hold_equally_far_places_together_or_one_by_one_from_the_west() -> None:
    x, y = np.array([0.0, 10, -10, 0, 0, 30]), np.array([0.0, 0, 0, 10, -10, 0])
    together, single = zones_within(x, y, 12), zones_within(x, y, 12, ties="one")
    first = slice(*together.starts[:2])
    np.testing.assert_array_equal(together.places[first], [0, 2, 4, 3, 1])
    np.testing.assert_array_equal(together.ends[first], [True, False, False, False, True])
    assert single.ends.all()
    np.testing.assert_array_equal(single.distance_m[first], [0, 10, 10, 10, 10])
    assert together.centres == 6


@pytest.mark.parametrize("ties", ["all", "one"])
def test_circles_are_those_of_the_slow_twin(ties: str) -> None:
    world = small_world(9, on_grid=True)
    zones = zones_of(world, 20.0, ties)
    for centre in range(zones.centres):
        here = slice(zones.starts[centre], zones.starts[centre + 1])
        ends = np.flatnonzero(zones.ends[here]) + 1
        ours = [tuple(zones.places[here][:end].tolist()) for end in ends]
        assert ours == circles(world, centre, 20.0, ties)


def test_a_cluster_is_no_longer_than_was_asked_and_never_longer_than_half_of_the_time() -> None:
    place, step = np.array([0] * 8 + [1] * 12), np.array([4, 5, 6, 7] * 2 + [0, 1, 2, 3] * 3)
    zones = zones_within([0, 900], [0, 0], 10)
    for asked, longest in ((0, 4), (2, 2), (99, 4)):
        result = scan(place, step, zones, steps=8, rng=np.random.default_rng(0),
                      scanned=Scanned(longest=asked, replicates=0))  # fmt: skip
        assert result.longest == longest
        assert max(one.last - one.first + 1 for one in result.clusters) == longest


def test_a_prospective_cluster_lasts_to_the_final_step() -> None:
    place, step = burst()
    zones = zones_within([0, 5000, 9000], [0, 0, 0], 10)
    asked = Scanned(mode="prospective", replicates=0)
    result = scan(
        place, np.where(step == 7, 9, step), zones, steps=10, rng=np.random.default_rng(0), scanned=asked
    )
    assert {one.last for one in result.clusters} == {9}


def test_no_cases_no_time_to_compare_or_nothing_above_its_expectation_is_no_cluster() -> None:
    zones = zones_within([0, 900], [0, 0], 10)
    for place, step, steps in (([], [], 5), ([0, 1, 1], [0, 0, 0], 1), ([0, 1], [0, 1], 4)):
        result = scan(
            place, step, zones, steps=steps, rng=np.random.default_rng(0), scanned=Scanned(replicates=9)
        )
        assert (result.clusters, result.done) == ((), 0)


def test_one_world_has_one_answer_and_tells_how_far_it_is() -> None:
    world = small_world(11)
    told: list[tuple[int, int]] = []
    zones, asked = zones_of(world, 25.0), Scanned(replicates=19)
    rng = np.random.default_rng(3)
    result = scan(
        world.place,
        world.step,
        zones,
        steps=world.steps,
        rng=rng,
        scanned=asked,
        progress=lambda *at: told.append(at),
    )
    again = scan(
        world.place, world.step, zones, steps=world.steps, rng=np.random.default_rng(3), scanned=asked
    )
    assert again.clusters == result.clusters or math.isnan(result.clusters[0].gumbel_p)
    np.testing.assert_array_equal(again.largest, result.largest)
    assert told == [(number, 19) for number in range(1, 20)]


def test_replicates_keep_what_each_place_and_each_step_hold() -> None:
    # the largest of a shuffled world is that of the world with its steps reordered
    world = small_world(12, strata=2)
    zones, asked = zones_of(world, 25.0), Scanned(replicates=1, gumbel=True)
    result = scan_of(world, zones, asked, seed=8)
    rng, step = np.random.default_rng(8), world.step.astype(np.int32).copy()
    for kind in range(2):
        mine = world.stratum == kind
        step[mine] = rng.permutation(step[mine])
    drawn = Small(world.x, world.y, world.place, step.astype(np.int64), world.stratum, world.steps)
    slow = every_cylinder(drawn, 25.0, ties="all", mode="retrospective", longest=world.steps // 2)
    assert result.largest[0] == pytest.approx(max(one.llr for one in slow), rel=1e-12)


def test_a_replicate_that_is_cut_short_ranks_as_it_would_whole() -> None:
    world = small_world(13)
    zones = zones_of(world, 25.0)
    short = scan_of(world, zones, Scanned(replicates=39))
    whole = scan_of(world, zones, Scanned(replicates=39, gumbel=True))
    assert [one.p for one in short.clusters] == [one.p for one in whole.clusters]
    assert all(0 < one.gumbel_p < 1 for one in whole.clusters)
    assert (short.largest <= whole.largest).all()


def test_drawing_stops_once_it_is_plain_that_chance_does_as_well() -> None:
    world = small_world(14)
    zones = zones_of(world, 25.0)
    whole = scan_of(world, zones, Scanned(replicates=99))
    short = scan_of(world, zones, Scanned(replicates=99, enough=3))
    np.testing.assert_array_equal(short.largest, whole.largest[: short.done])
    assert short.done < 99
    assert short.clusters[0].p == 3 / short.done
    assert all(one.p >= short.clusters[0].p for one in short.clusters)


def test_clusters_that_chance_easily_makes_are_left_out_but_never_the_first() -> None:
    world = small_world(15)
    zones = zones_of(world, 5.0)
    every = scan_of(world, zones, Scanned(replicates=39)).clusters
    for largest_p in (0.01, *sorted({one.p for one in every})):
        some = scan_of(world, zones, Scanned(replicates=39, largest_p=largest_p)).clusters
        wanted = [one for one in every if one.rank == 1 or one.p <= largest_p]
        assert [(one.places, one.p) for one in some] == [(one.places, one.p) for one in wanted]
    assert len({one.p for one in every}) > 1


def test_a_stratum_that_falls_silent_everywhere_makes_no_cluster_where_the_other_is() -> None:
    # feed 1 is mostly at place 1 and stops half-way; feed 0 is at place 0 and goes on as ever
    place = np.repeat([0, 1, 2], [40, 40, 40])
    step = np.concatenate([np.arange(40) % 20, np.arange(40) % 10, np.arange(40) % 20])
    stratum = np.repeat([0, 1, 0], 40)
    zones = zones_within([0, 900, 1800], [0, 0, 0], 10)
    mixed = scan(place, step, zones, steps=20, rng=np.random.default_rng(0), scanned=Scanned(replicates=99))
    apart = scan(place, step, zones, steps=20, rng=np.random.default_rng(0), stratum=stratum,
                 scanned=Scanned(replicates=99))  # fmt: skip
    assert mixed.clusters[0].p < 0.05
    assert all(one.p > 0.5 for one in apart.clusters)


@pytest.mark.parametrize("total", [40, 1000, 100_000])
@pytest.mark.parametrize("ratio", [0.0, 0.5, 6.0, 14.0])
def test_bounds_stand_where_the_ratio_is_reached(total: int, ratio: float) -> None:
    for cases in (2.0, 7.0, total / 4):
        limit = most_expected(cases, ratio, total)
        assert log_likelihood_ratio(cases, limit * 0.9999, total) > ratio
        assert log_likelihood_ratio(cases, limit * (1 + 1e-12), total) <= ratio + 1e-9
    for expected in (0.01, 1.0, total / 8.0):
        needed = fewest_cases(expected, ratio, total)
        assert log_likelihood_ratio(needed, expected, total) <= ratio + 1e-9
        assert log_likelihood_ratio(needed * 1.0001, expected, total) > ratio


def test_the_ratio_of_everything_is_that_of_the_inside_alone() -> None:
    assert log_likelihood_ratio(10, 4, 10) == pytest.approx(10 * math.log(10 / 4))


def test_many_cases_and_long_times_give_the_slow_twins_answer_too() -> None:
    # a place with few cases beside some with thousands, and stretches of time that overlap
    rng = np.random.default_rng(4)
    place, step = rng.integers(0, 3, 6000), rng.integers(0, 30, 6000)
    step[:300] = np.where(place[:300] == 1, 9, step[:300])
    place[-3:] = 3
    world = Small(np.array([0.0, 10, 500, 900]), np.zeros(4), place, step, np.zeros(6000, dtype=np.int64), 30)
    found = scan_of(world, zones_of(world, 20.0), Scanned(replicates=0, longest=6)).clusters[0]
    slow = max(
        every_cylinder(world, 20.0, ties="all", mode="retrospective", longest=6), key=lambda one: one.llr
    )
    assert found.llr == pytest.approx(slow.llr, rel=1e-12)
    assert (found.first, found.last) == (slow.first, slow.last)


@pytest.mark.parametrize(
    "wrong",
    [
        {"mode": "sideways"}, {"share": 0.0}, {"share": 0.6}, {"longest": -1}, {"fewest": 1}, {"replicates": -1},
        {"enough": -1}, {"gumbel": True, "enough": 5},
    ],
)  # fmt: skip
def test_unusable_limits_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        scan(
            [0],
            [0],
            zones_within([0], [0], 1),
            steps=4,
            rng=np.random.default_rng(0),
            scanned=Scanned(**wrong),
        )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "step", "stratum"),
    [
        ([0, 1], [0], None), ([0, 2], [0, 1], None), ([0, -1], [0, 1], None), ([0, 1], [0, 4], None),
        ([0, 1], [0, -1], None), ([0, 1], [0, 1], [0]), ([0, 1], [0, 1], [0, -1]), ([0.5, 1], [0, 1], None),
    ],
)  # fmt: skip
def test_cases_beyond_the_world_are_refused(
    place: list[int], step: list[int], stratum: list[int] | None
) -> None:
    zones = zones_within([0, 1], [0, 0], 1)
    with pytest.raises(ValueError):
        scan(place, step, zones, steps=4, rng=np.random.default_rng(0), stratum=stratum)


def test_too_many_cases_are_refused() -> None:
    many = np.zeros(1 << 24, dtype=np.int8)
    with pytest.raises(ValueError, match="fewer than 16,777,216"):
        scan(many, many, zones_within([0], [0], 1), steps=4, rng=np.random.default_rng(0))


@pytest.mark.parametrize(
    ("x", "y", "most_m", "ties"),
    [([0, 1], [0], 1, "all"), ([0, np.nan], [0, 0], 1, "all"), ([0], [0], -1, "all"), ([0], [0], np.inf, "all"),
     ([0], [0], 3e6, "all"), ([0], [0], 1, "some")],
)  # fmt: skip
def test_circles_need_points_a_radius_and_a_rule(
    x: list[float], y: list[float], most_m: float, ties: str
) -> None:
    with pytest.raises(ValueError):
        zones_within(x, y, most_m, ties=ties)  # type: ignore[arg-type]


def test_no_places_have_no_circles() -> None:
    assert zones_within([], [], 5).centres == 0


def test_the_two_rules_for_p_are_the_printed_ones() -> None:
    drawn = [5.0, 1.0, 7.0, 3.0, 7.0, 2.0, 9.0, 1.0, 1.0]
    assert monte_carlo_p(drawn, 7.0) == 4 / 10
    assert sequential_p(drawn, 7.0, 9, 2) == 2 / 5
    assert sequential_p(drawn, 8.0, 9, 2) == 2 / 10
    with pytest.raises(ValueError, match="sequential rule"):
        sequential_p(drawn, 8.0, 99, 2)
    assert recurrence_days(0.02, 7) == 350


def test_a_gumbel_law_gives_its_own_tail_back() -> None:
    drawn = 8.0 - 1.5 * np.log(-np.log((np.arange(4000) + 0.5) / 4000))
    for ratio in (8.0, 12.0, 20.0):
        assert gumbel_p(drawn, ratio) == pytest.approx(1 - math.exp(-math.exp(-(ratio - 8) / 1.5)), rel=0.02)
    assert math.isnan(gumbel_p([3.0, 3.0], 4.0))
    assert math.isnan(gumbel_p([3.0], 4.0))


@pytest.mark.compiled
def test_where_nothing_is_clustered_small_p_are_as_rare_as_they_should_be() -> None:
    rng = np.random.default_rng(20)
    x, y = rng.uniform(0, 100, (2, 12))
    zones = zones_within(x, y, 40)
    p = []
    for _ in range(60):
        place, step = rng.integers(0, 12, 60), rng.integers(0, 8, 60)
        result = scan(place, step, zones, steps=8, rng=rng, scanned=Scanned(replicates=19))
        p.append(result.clusters[0].p)
    # 60 worlds, twenty values of p, each as likely: at most 0.05 in about 3, at most 0.5 in about 30
    assert np.count_nonzero(np.array(p) <= 0.05) <= 9
    assert 16 <= np.count_nonzero(np.array(p) <= 0.5) <= 44


def test_large_counts_share_a_bound_that_is_never_too_low() -> None:
    bounds = bounds_for(50_000, 2)
    level = level_of(13.0, bounds)
    for cases in (2, 1023, 1024, 1100, 9999, 24_999):
        exact = most_expected(float(cases), (level / 16) ** 2, 50_000.0)
        assert exact <= limit_at(level, cases, bounds) <= exact + 140
    assert limit_at(level, 700, bounds) == pytest.approx(most_expected(700.0, (level / 16) ** 2, 50_000.0))


def test_the_first_is_listed_even_where_so_few_shuffles_cannot_make_p_small_and_its_equal_is_not() -> None:
    # two places far apart with the same burst, and a third with none
    place = np.concatenate([np.repeat([0, 1, 2], 30), np.repeat([0, 1], 12)])
    step = np.concatenate([np.tile(np.arange(30), 3), np.full(12, 7), np.full(12, 20)])
    zones = zones_within([0, 5000, 9000], [0, 0, 0], 10)
    rng = np.random.default_rng(2)
    some = scan(place, step, zones, steps=30, rng=rng, scanned=Scanned(replicates=9, largest_p=0.05))
    assert [(one.rank, one.p) for one in some.clusters] == [(1, 0.1)]
    every = scan(place, step, zones, steps=30, rng=rng, scanned=Scanned(replicates=9))
    assert every.clusters[0].llr == every.clusters[1].llr
