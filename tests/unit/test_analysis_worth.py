"""Which unplaced records would most change a small made-up map."""

import numpy as np
import pytest

from tests.factories.neighbourhoods import grid, window
from trigpoint.core.analysis.exact import exact_p
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.analysis.worth import Uncertain, worth_of_placing

SIDE = 24
NEAR = grid(SIDE, SIDE)
SIZES = NEAR.degrees + 1
EDGE, FIELD = 10 * SIDE + 10, 20 * SIDE + 3


def county():
    """Scattered ones, a busy town, and beside FIELD nothing at all; EDGE is almost hot."""
    counts = np.zeros((SIDE, SIDE), dtype=np.int64)
    counts[::4, ::4] = 1
    counts[3:7, 3:7] = 9
    counts[10:12, 10:12] = 3
    return counts.ravel()


def test_even(counts):
    return find_hotspots(counts, NEAR)


test_even.__test__ = False  # type: ignore[attr-defined]


def law_of(counts):
    return lambda around: exact_p(counts, around, SIZES)


def uncertain(*groups):
    """Groups as (records, {unit: weight})."""
    starts = np.cumsum([0, *(len(where) for _, where in groups)])
    unit = np.array([one for _, where in groups for one in where], dtype=np.int64)
    weight = np.array([one for _, where in groups for one in where.values()], dtype=np.float64)
    return Uncertain(np.array([many for many, _ in groups], dtype=np.int64), starts, unit, weight)


def worth(*groups, counts=None, **more):
    held = county() if counts is None else counts
    return worth_of_placing(held, NEAR, uncertain(*groups), test_even, law_of(held), **more)


def test_placing_beside_what_is_almost_hot_is_worth_more_than_in_a_field():
    found = worth((1, {FIELD: 0.9}), (20, {EDGE: 0.5, FIELD: 0.3}))
    assert found.order.tolist()[0] == 1
    assert found.change[0] == 0.0
    assert found.change[1] > 0
    assert found.most[1] >= found.change[1]
    assert found.could_enter.any()
    assert found.exact.all()


def test_the_change_is_the_expected_one_over_the_candidates():
    certain = worth((20, {EDGE: 1.0}))
    half = worth((20, {EDGE: 0.5}))
    assert certain.change[0] > 0
    assert certain.change[0] == pytest.approx(2 * half.change[0])
    assert certain.most[0] == half.most[0] == certain.change[0]


def test_what_ceases_to_be_hot_is_counted_where_the_map_is_tested_anew():
    held = county()
    hot = test_even(held).hot
    found = worth((400, {FIELD: 1.0}), counts=held)
    after = held.copy()
    after[FIELD] += 400
    then = test_even(after).hot
    assert found.leaving[0] == np.count_nonzero(hot & ~then) > 0
    assert found.could_leave.tolist() == (hot & ~then).tolist()


def test_only_the_worthiest_are_looked_at_exactly():
    told = []
    found = worth(
        (1, {FIELD: 0.5}), (20, {EDGE: 0.9}), (5, {EDGE + 1: 0.2}), looked_at=1,
        progress=lambda done, of: told.append((done, of)),
    )  # fmt: skip
    assert found.exact.tolist() == [False, True, False]
    assert found.order[0] == 1
    assert told == [(0, 1)]


def test_a_group_without_records_or_candidates_changes_nothing():
    found = worth((0, {EDGE: 1.0}), (7, {}))
    assert found.change.tolist() == [0.0, 0.0]
    assert found.most.tolist() == [0, 0]


def test_nothing_unplaced_is_no_worth():
    found = worth()
    assert found.order.size == 0
    assert not found.could_enter.any()


def test_the_quick_look_sees_only_windows_that_hold_the_unit():
    found = worth((20, {EDGE: 1.0}), looked_at=0)
    assert not found.exact.any()
    assert 0 < found.entering[0] <= len(window(NEAR, EDGE))
    assert found.leaving[0] == 0


@pytest.mark.parametrize(
    ("records", "starts", "unit", "weight", "why"),
    [
        ([1], [0], [], [], "its candidates"),
        ([1], [1, 1], [5], [0.5], "its candidates"),
        ([1, 1], [0, 1, 0], [], [], "its candidates"),
        ([1], [0, 2], [5], [0.5], "a unit and a weight"),
        ([-1], [0, 1], [5], [0.5], "negative"),
        ([1], [0, 1], [5], [-0.5], "negative"),
        ([1], [0, 2], [5, 6], [0.5, 0.6], "more than one"),
    ],
)
def test_groups_that_do_not_fit_are_refused(records, starts, unit, weight, why):
    whole = [np.array(one, dtype=np.int64) for one in (records, starts, unit)]
    with pytest.raises(ValueError, match=why):
        Uncertain(*whole, np.array(weight, dtype=np.float64))


def test_a_candidate_outside_the_map_is_refused():
    with pytest.raises(ValueError, match="outside"):
        worth((1, {SIDE * SIDE: 0.5}))
    with pytest.raises(ValueError, match="one count"):
        worth_of_placing(county()[:-1], NEAR, uncertain(), test_even, law_of(county()))
