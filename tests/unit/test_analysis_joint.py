"""Joint insight on small made-up maps: who sees which hotspot, and what is lost without whom."""

import numpy as np
import pytest

from tests.factories.neighbourhoods import grid
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.analysis.joint import EventsTold, evidence, joint_hotspots, standard_weights
from trigpoint.core.analysis.shapley import MOST_PLAYERS, coalition_sums, members_of, shapley

SIDE = 30
NEAR = grid(SIDE, SIDE)
POLICE, COUNCIL, CARE = 1, 2, 4
TOWN, CORNER, PARK = 4 * SIDE + 4, 12 * SIDE + 22, 25 * SIDE + 10


def told(*events: tuple[int, int, int], weights=(1, 1, 1)) -> EventsTold:
    """Events as (unit, tellers, how many)."""
    unit = np.repeat([one[0] for one in events], [one[2] for one in events])
    tellers = np.repeat([one[1] for one in events], [one[2] for one in events])
    heavy = np.array(weights, dtype=np.int64)
    return EventsTold(unit.astype(np.int64), tellers.astype(np.int64), NEAR.units, heavy)


def test(coalition, counts):
    return find_hotspots(counts, NEAR)


test.__test__ = False  # type: ignore[attr-defined]


def scattered(tellers: int) -> list[tuple[int, int, int]]:
    return [(row * SIDE + column, tellers, 1) for row in range(0, SIDE, 5) for column in range(0, SIDE, 5)]


def around(unit: int) -> list[int]:
    return [unit + down * SIDE + across for down in (-1, 0, 1) for across in (-1, 0, 1)]


def three_agencies() -> EventsTold:
    """A town that police and council each see; a corner that only all three together do; a park that is care's."""
    town = [(unit, who, 12) for unit in around(TOWN) for who in (POLICE, COUNCIL)]
    corner = [(unit, who, 2) for unit in around(CORNER) for who in (POLICE, COUNCIL, CARE)]
    park = [(unit, CARE, 12) for unit in around(PARK)]
    return told(*town, *corner, *park, *(one for who in (POLICE, COUNCIL, CARE) for one in scattered(who)))


def hotspot_at(joint, unit):
    return next(at for at, one in enumerate(joint.joined.hotspots) if unit in one.members)


def test_what_each_sees_and_what_only_all_see():
    joint = joint_hotspots(three_agencies(), test)
    town, corner, park = (hotspot_at(joint, one) for one in (TOWN, CORNER, PARK))
    assert (joint.alone[:, town] > 0).tolist() == [True, True, False]
    assert (joint.alone[:, park] > 0).tolist() == [False, False, True]
    assert joint.joined_only[corner]
    assert not joint.joined_only[[town, park]].any()
    assert joint.gone[:, park].tolist() == [False, False, True]
    assert not joint.gone[:, town].any()
    assert joint.in_no_pair.shape == joint.joined_only.shape
    assert not (joint.in_no_pair & ~joint.joined_only).any()


def test_what_takes_three_is_in_no_pair():
    def threshold(coalition, counts):
        return find_hotspots(np.where(counts >= 3, 50, 0), NEAR)

    corner = [(unit, who, 1) for unit in around(CORNER) for who in (POLICE, COUNCIL, CARE)]
    joint = joint_hotspots(told(*corner, *scattered(POLICE)), threshold)
    assert joint.in_no_pair[hotspot_at(joint, CORNER)]
    assert joint.of_pair.tolist() == [0, 0, 0]
    assert joint.left.tolist() == [0, 0, 0]


def test_shares_sum_to_the_evidence_and_are_whole_where_one_agency_holds_all():
    joint = joint_hotspots(three_agencies(), test)
    np.testing.assert_allclose(joint.shares.sum(axis=1), joint.evidence, rtol=1e-12)
    town, park = hotspot_at(joint, TOWN), hotspot_at(joint, PARK)
    assert joint.shares[park].argmax() == 2
    assert joint.shares[town, 0] == pytest.approx(joint.shares[town, 1])
    assert joint.shares[park, 0] < 0  # what police know lies elsewhere


def test_an_event_told_twice_counts_once_and_losing_one_teller_loses_nothing():
    twice = joint_hotspots(
        told(*[(unit, POLICE | COUNCIL, 9) for unit in around(TOWN)], *scattered(POLICE)), test
    )
    assert twice.joined.count.sum() == 81 + 36
    assert not twice.gone[1].any()
    assert twice.events.tolist() == [81 + 36, 81, 0]
    assert twice.told_alone.tolist() == [36, 0, 0]
    assert twice.shares[0, 2] == 0.0


def test_hotspots_of_one_agency_that_the_joined_map_does_not_show_are_counted():
    cluster = [(unit, CARE, 1) for unit in around(PARK)[::2]]
    everywhere = [(unit, POLICE, 40 + unit % 3) for unit in range(NEAR.units)]
    joint = joint_hotspots(told(*cluster, *scattered(CARE), *everywhere), test)
    assert joint.own[2] >= 1
    assert joint.own_only[2] >= 1


def test_every_coalition_is_tested_once_and_progress_is_told():
    asked, seen = [], []

    def counting(coalition, counts):
        asked.append(coalition)
        return find_hotspots(counts, NEAR)

    joint_hotspots(three_agencies(), counting, progress=lambda done, of: seen.append((done, of)))
    assert sorted(asked) == [1, 2, 3, 4, 5, 6, 7]
    assert [one for one, _ in seen] == list(range(len(seen)))
    assert {of for _, of in seen} == {len(seen)}


def test_a_chance_of_its_own_may_be_given_for_a_window():
    plain = joint_hotspots(three_agencies(), test)
    given = joint_hotspots(three_agencies(), test, chance=lambda members: members.size / NEAR.units)
    np.testing.assert_allclose(given.shares, plain.shares)


def test_one_agency_alone_and_none_at_all():
    alone = EventsTold(
        np.repeat(around(TOWN), 9), np.ones(81, dtype=np.int64), NEAR.units, np.ones(1, dtype=np.int64)
    )
    joint = joint_hotspots(alone, test)
    assert not joint.joined_only.any()
    assert joint.gone.all()
    assert joint.pair_of == ()
    nothing = np.empty(0, dtype=np.int64)
    none = joint_hotspots(EventsTold(nothing, nothing, NEAR.units, nothing), test)
    assert none.shares.shape == (0, 0)
    assert none.evidence.size == 0


def test_a_weighted_event_counts_the_heaviest_of_its_tellers():
    events = told((3, POLICE, 2), (3, COUNCIL | CARE, 1), weights=(1, 4, 2))
    assert events.counts(POLICE | COUNCIL | CARE)[3] == 2 + 4
    assert events.counts(CARE)[3] == 2
    assert events.counts(0).sum() == 0


def test_standard_weights_are_whole_and_bounded():
    assert standard_weights([1000, 250, 3, 0]).tolist() == [1, 4, 10, 1]
    assert standard_weights([]).size == 0
    assert standard_weights([0, 0]).tolist() == [1, 1]


def test_evidence_is_none_at_the_expected_and_grows_with_the_count():
    assert evidence(5, 100, 0.05) == 0.0
    assert evidence(4, 100, 0.05) == 0.0
    assert evidence(0, 0, 0.05) == 0.0
    assert evidence(7, 7, 0.1) == pytest.approx(7.0)
    assert (np.diff(evidence(np.arange(6, 100), 100, 0.05)) > 0).all()
    assert evidence(3, 10, 1.0) == 0.0


@pytest.mark.parametrize("wrong", [(3, 2, 0.1), (-1, 2, 0.1), (1, 2, 0.0), (1, 2, 1.5), (1, 2, -0.1)])
def test_evidence_of_the_impossible_is_refused(wrong):
    with pytest.raises(ValueError, match="cannot be there"):
        evidence(*wrong)


@pytest.mark.parametrize(
    ("unit", "tellers", "agencies", "why"),
    [
        ([1, 2], [1], 2, "its tellers"),
        ([900], [1], 2, "outside the units"),
        ([-1], [1], 2, "outside the units"),
        ([1], [0], 2, "by nobody"),
        ([1], [4], 2, "not there"),
        ([1], [1], MOST_PLAYERS + 1, "at most 14"),
    ],
)
def test_events_that_do_not_fit_are_refused(unit, tellers, agencies, why):
    with pytest.raises(ValueError, match=why):
        EventsTold(np.array(unit), np.array(tellers), NEAR.units, np.ones(agencies, dtype=np.int64))


@pytest.mark.parametrize("values", [[1.0, 2.0, 3.0], [], [[1.0, 2.0]], [0.0, np.inf], np.zeros(1 << 15)])
def test_games_that_are_none_are_refused(values):
    with pytest.raises(ValueError):
        shapley(values)


@pytest.mark.parametrize(("tellers", "weights"), [([4], [1, 1]), ([-1], [1, 1]), ([1], [0, 1])])
def test_sums_over_nobody_are_refused(tellers, weights):
    with pytest.raises(ValueError):
        coalition_sums(tellers, weights)


def test_members_of_a_coalition():
    assert members_of(0) == ()
    assert members_of(0b1011) == (0, 1, 3)


def test_every_group_says_whether_it_still_shows_a_hotspot():
    joint = joint_hotspots(three_agencies(), test)
    town, corner, park = (hotspot_at(joint, one) for one in (TOWN, CORNER, PARK))
    assert joint.stays.shape == (8, len(joint.joined.hotspots))
    assert not joint.stays[0].any()
    assert joint.stays[7].all()
    assert joint.stays[:, town].tolist() == [False, True, True, True, False, True, True, True]
    assert joint.stays[:, park].tolist() == [bool(group & CARE) for group in range(8)]
    for one in range(3):
        assert joint.stays[1 << one].tolist() == (joint.alone[one] > 0).tolist()
        assert joint.stays[7 & ~(1 << one)].tolist() == (~joint.gone[one]).tolist()
    assert not joint.stays[[1, 2, 4], corner].any()
    assert joint.unshown.tolist() == [0] * 8


def test_what_a_group_may_not_tell_it_does_not_show():
    def shown(coalition, result):
        holds = [TOWN in one.members for one in result.hotspots]
        return ~(np.array(holds, dtype=bool) & (coalition == POLICE))

    joint = joint_hotspots(three_agencies(), test, shown=shown)
    town = hotspot_at(joint, TOWN)
    assert not joint.stays[POLICE, town]
    assert joint.alone[0, town] == 0.0
    assert joint.stays[COUNCIL, town]
    assert joint.unshown.tolist() == [0, 1, 0, 0, 0, 0, 0, 0]


def test_more_than_ten_agencies_are_not_tested_in_every_group():
    weights = np.ones(11, dtype=np.int64)
    many = EventsTold(np.repeat(around(TOWN), 11), np.tile(1 << np.arange(11), 9), NEAR.units, weights)
    joint = joint_hotspots(many, test)
    assert joint.stays.shape == (1, len(joint.joined.hotspots))
    assert not joint.stays.any()
