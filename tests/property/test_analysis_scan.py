"""Laws of the scan, over small worlds that Hypothesis makes up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.scanning import Small, every_cylinder
from trigpoint.core.analysis.scan import MODES, Scanned, ScanResult, scan
from trigpoint.core.analysis.scan_chance import gumbel_p, monte_carlo_p, recurrence_days, sequential_p
from trigpoint.core.analysis.scan_zones import TIES, zones_within

few = settings(deadline=None, max_examples=25)


@st.composite
def worlds(draw: st.DrawFn, *, strata: int = 2) -> Small:
    places, steps, cases = draw(st.integers(1, 6)), draw(st.integers(2, 7)), draw(st.integers(2, 20))
    numbers = [
        draw(st.lists(st.integers(0, top), min_size=size, max_size=size))
        for top, size in (
            (4, places),
            (4, places),
            (places - 1, cases),
            (steps - 1, cases),
            (strata - 1, cases),
        )
    ]
    x, y, place, step, stratum = (np.array(one, dtype=np.int64) for one in numbers)
    return Small(x * 10.0, y * 10.0, place, step, stratum, steps)


def scanned_as(
    world: Small, asked: Scanned, *, ties: str = "all", most_m: float = 25.0, seed: int = 1
) -> ScanResult:
    zones = zones_within(world.x, world.y, most_m, ties=ties)  # type: ignore[arg-type]
    rng = np.random.default_rng(seed)
    return scan(
        world.place, world.step, zones, steps=world.steps, rng=rng, stratum=world.stratum, scanned=asked
    )


@few
@given(worlds(), st.sampled_from(MODES), st.sampled_from(TIES), st.integers(2, 4))
def test_the_slow_twin_finds_the_same_largest_ratio(world: Small, mode: str, ties: str, fewest: int) -> None:
    asked = Scanned(mode=mode, replicates=0, fewest=fewest)  # type: ignore[arg-type]
    found = scanned_as(world, asked, ties=ties).clusters
    longest = world.steps // 2
    slow = every_cylinder(world, 25.0, ties=ties, mode=mode, longest=longest, fewest=fewest)
    best = max((one.llr for one in slow), default=0.0)
    np.testing.assert_allclose(found[0].llr if found else 0.0, best, rtol=1e-9, atol=1e-12)


@few
@given(worlds(), st.randoms(use_true_random=False), st.sampled_from(TIES))
def test_the_order_in_which_places_are_listed_changes_nothing(
    world: Small, random: object, ties: str
) -> None:
    order = list(range(len(world.x)))
    random.shuffle(order)  # type: ignore[attr-defined]
    number = np.argsort(order)
    moved = Small(world.x[order], world.y[order], number[world.place], world.step, world.stratum, world.steps)
    points = set(zip(world.x.tolist(), world.y.tolist(), strict=True))
    # whole replicates: which cylinder first shows that one has reached the primary's depends on the order
    whole = Scanned(replicates=9, gumbel=True)
    before, after = (scanned_as(one, whole, ties=ties) for one in (world, moved))
    if len(points) == len(world.x):
        np.testing.assert_allclose(after.largest, before.largest, rtol=1e-12)
        assert [one.llr for one in after.clusters][:1] == [one.llr for one in before.clusters][:1]
        assert [one.p for one in after.clusters][:1] == [one.p for one in before.clusters][:1]


@few
@given(worlds(), st.integers(-10_000, 10_000), st.sampled_from([2, 5]))
def test_where_the_map_begins_and_its_scale_change_nothing(world: Small, shift_m: int, times: int) -> None:
    moved = Small(
        (world.x + shift_m) * times,
        (world.y - shift_m) * times,
        world.place,
        world.step,
        world.stratum,
        world.steps,
    )
    before, after = (
        scanned_as(world, Scanned(replicates=9)),
        scanned_as(moved, Scanned(replicates=9), most_m=25.0 * times),
    )
    assert [(one.places, one.llr, one.p) for one in after.clusters] == [
        (one.places, one.llr, one.p) for one in before.clusters
    ]
    np.testing.assert_array_equal(after.largest, before.largest)


@few
@given(worlds(strata=1))
def test_time_runs_backwards_as_well(world: Small) -> None:
    back = Small(world.x, world.y, world.place, world.steps - 1 - world.step, world.stratum, world.steps)
    before, after = (scanned_as(one, Scanned(replicates=0)).clusters for one in (world, back))
    np.testing.assert_allclose([one.llr for one in after][:1], [one.llr for one in before][:1], rtol=1e-12)


@few
@given(worlds(), st.integers(1, 3))
def test_all_steps_busier_alike_at_each_place_is_no_cluster(world: Small, times: int) -> None:
    # every place has the same course of time: nothing is above its expectation, however busy the place or the step
    per_step = np.bincount(world.step, minlength=world.steps)
    place = np.repeat(np.arange(3), per_step.sum() * np.array([1, times, 2]))
    step = np.concatenate([np.repeat(np.arange(world.steps), per_step * more) for more in (1, times, 2)])
    flat = Small(
        np.array([0.0, 10, 20]), np.zeros(3), place, step, np.zeros(len(place), dtype=np.int64), world.steps
    )
    assert all(one.llr < 1e-9 for one in scanned_as(flat, Scanned(replicates=0)).clusters)


@few
@given(worlds(strata=1), st.integers(1, 4))
def test_a_place_out_of_reach_joins_no_circle_and_enters_the_total_only(world: Small, more: int) -> None:
    # cases far away, spread over the steps as all the others are, leave the share of each step as it was
    per_step = np.bincount(world.step, minlength=world.steps)
    far_step = np.repeat(np.arange(world.steps), per_step * more)
    far = np.full(len(far_step), len(world.x))
    grown = Small(
        np.append(world.x, 1e6), np.append(world.y, 0.0), np.concatenate([world.place, far]),
        np.concatenate([world.step, far_step]), np.zeros(len(far) + len(world.step), dtype=np.int64), world.steps,
    )  # fmt: skip
    near = every_cylinder(world, 25.0, ties="all", mode="retrospective", longest=world.steps // 2)
    for one in scanned_as(grown, Scanned(replicates=0)).clusters:
        if len(world.x) in one.places:
            assert one.places == (len(world.x),)
            continue
        expected = [s.expected for s in near if tuple(sorted(s.places)) == one.places
                    and (s.first, s.last) == (one.first, one.last)]  # fmt: skip
        np.testing.assert_allclose(one.expected, expected or [one.expected], rtol=1e-9)


@few
@given(worlds())
def test_clusters_share_no_place_hold_what_they_say_and_come_in_order(world: Small) -> None:
    result = scanned_as(world, Scanned(replicates=9))
    seen: set[int] = set()
    for one in result.clusters:
        assert not seen & set(one.places)
        seen |= set(one.places)
        held = np.isin(world.place, one.places) & (world.step >= one.first) & (world.step <= one.last)
        assert one.observed == held.sum() > one.expected
        assert 0 < one.p <= 1
        away_m = np.hypot(world.x - world.x[one.centre], world.y - world.y[one.centre])[list(one.places)]
        np.testing.assert_allclose(away_m.max(), one.radius_m, atol=1e-3)
    llr = [one.llr for one in result.clusters]
    assert llr == sorted(llr, reverse=True)
    assert [one.p for one in result.clusters] == sorted(one.p for one in result.clusters)


ratios = st.lists(st.floats(0, 20), min_size=1, max_size=40)


@given(ratios, st.floats(0, 20), st.floats(0, 20))
def test_more_is_never_likelier(drawn: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert monte_carlo_p(drawn, high) <= monte_carlo_p(drawn, low)
    assert 1 / (len(drawn) + 1) <= monte_carlo_p(drawn, high) <= 1


@given(ratios, st.floats(0, 20), st.integers(1, 5))
def test_stopping_early_gives_the_p_of_the_draws_up_to_there(
    drawn: list[float], ratio: float, enough: int
) -> None:
    p = sequential_p(drawn, ratio, len(drawn), enough)
    reached = sum(one >= ratio * (1 - 1e-9) for one in drawn)
    if reached < enough:
        assert p == monte_carlo_p(drawn, ratio)
    else:
        assert p == enough / next(n for n in range(1, len(drawn) + 1)
                                  if sum(one >= ratio * (1 - 1e-9) for one in drawn[:n]) == enough)  # fmt: skip


@given(st.floats(0.001, 1), st.integers(1, 90))
def test_what_is_rarer_comes_back_later(p: float, step_days: int) -> None:
    assert recurrence_days(p, step_days) >= step_days
    assert recurrence_days(p / 2, step_days) > recurrence_days(p, step_days)


@given(st.lists(st.floats(1, 20), min_size=3, max_size=30, unique=True), st.floats(0, 20))
def test_a_gumbel_p_falls_with_the_ratio(drawn: list[float], ratio: float) -> None:
    assert 0 <= gumbel_p(drawn, ratio + 1) <= gumbel_p(drawn, ratio) <= 1
