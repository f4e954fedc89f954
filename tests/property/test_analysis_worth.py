"""Laws of the worth of placing, over maps and groups that Hypothesis makes up."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.neighbourhoods import grid, renumbered
from trigpoint.core.analysis.exact import exact_p
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.analysis.worth import Uncertain, worth_of_placing

NEAR = grid(5, 6)
few = settings(deadline=None, max_examples=40)


@st.composite
def cases(draw):
    counts = np.array(
        draw(st.lists(st.sampled_from([0, 0, 0, 1, 1, 2, 9]), min_size=30, max_size=30)), dtype=np.int64
    )
    candidates = st.dictionaries(st.integers(0, 29), st.floats(0, 0.25), max_size=4)
    groups = draw(st.lists(st.tuples(st.integers(0, 6), candidates), max_size=5))
    return counts, groups


def made(groups):
    starts = np.cumsum([0, *(len(where) for _, where in groups)])
    unit = np.array([one for _, where in groups for one in where], dtype=np.int64)
    weight = np.array([one for _, where in groups for one in where.values()], dtype=np.float64)
    return Uncertain(np.array([many for many, _ in groups], dtype=np.int64), starts, unit, weight)


def worth(counts, near, groups, **more):
    def hot(held):
        return find_hotspots(held, near, q=0.3)

    def law(around):
        return exact_p(counts, around, near.degrees + 1)

    return worth_of_placing(counts, near, made(groups), hot, law, **more)


@few
@given(cases())
def test_the_figures_are_those_of_testing_every_candidate(case):
    counts, groups = case
    found = worth(counts, NEAR, groups)
    base = find_hotspots(counts, NEAR, q=0.3).hot
    for at, (records, where) in enumerate(groups):
        come = go = most = 0
        for unit, weight in where.items():
            hot = find_hotspots(counts + records * (np.arange(30) == unit), NEAR, q=0.3).hot
            come += weight * (hot & ~base).sum()
            go += weight * (base & ~hot).sum()
            most = max(most, (hot != base).sum() if weight > 0 else 0)
        np.testing.assert_allclose([found.entering[at], found.leaving[at]], [come, go], atol=1e-9)
        np.testing.assert_allclose(found.change[at], come + go, atol=1e-9)
        assert found.most[at] == most


@few
@given(cases(), st.permutations(range(30)))
def test_the_order_of_the_units_changes_nothing(case, order):
    counts, groups = case
    place = {old: new for new, old in enumerate(order)}
    moved = [(many, {place[unit]: weight for unit, weight in where.items()}) for many, where in groups]
    before, after = worth(counts, NEAR, groups), worth(counts[order], renumbered(NEAR, order), moved)
    np.testing.assert_allclose(after.change, before.change, atol=1e-9)
    np.testing.assert_array_equal(after.could_enter, before.could_enter[order])
    np.testing.assert_array_equal(after.could_leave, before.could_leave[order])


@few
@given(cases())
def test_every_group_is_ranked_once_and_exact_ones_by_what_they_change(case):
    counts, groups = case
    found = worth(counts, NEAR, groups, looked_at=2)
    assert sorted(found.order.tolist()) == list(range(len(groups)))
    assert found.exact.sum() == min(2, len(groups))
    first = found.order[: int(found.exact.sum())]
    assert found.exact[first].all()
    assert (np.diff(np.round(found.change[first], 9)) <= 0).all()
