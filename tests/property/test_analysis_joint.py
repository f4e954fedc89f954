"""Laws of shares and of coalitions, over games and events that Hypothesis makes up."""

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.neighbourhoods import grid
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.analysis.joint import EventsTold, evidence, joint_hotspots
from trigpoint.core.analysis.shapley import coalition_sums, shapley

untimed = settings(deadline=None)
NEAR = grid(6, 6)


@st.composite
def games(draw, most=5):
    players = draw(st.integers(1, most))
    worth = st.floats(-100, 100, allow_nan=False)
    return np.array(draw(st.lists(worth, min_size=1 << players, max_size=1 << players)))


@st.composite
def told_events(draw, most=4, weighted=False):
    agencies = draw(st.integers(1, most))
    one = st.tuples(st.integers(0, NEAR.units - 1), st.integers(1, (1 << agencies) - 1))
    events = draw(st.lists(one, max_size=40))
    crowd = events[:3] * 6
    unit, tellers = (np.array([one[at] for one in [*events, *crowd]], dtype=np.int64) for at in (0, 1))
    weights = draw(st.lists(st.integers(1, 4), min_size=agencies, max_size=agencies))
    heavy = np.array(weights if weighted else [1] * agencies, dtype=np.int64)
    return EventsTold(unit, tellers, NEAR.units, heavy)


def test_even(coalition, counts):
    return find_hotspots(counts, NEAR, q=0.4)


test_even.__test__ = False  # type: ignore[attr-defined]


def by_joining(game):
    """The slow obvious twin: what each adds, over every order of joining."""
    players = game.size.bit_length() - 1
    orders = list(permutations(range(players)))
    shares = np.zeros(players)
    for order in orders:
        there = 0
        for one in order:
            shares[one] += game[there | 1 << one] - game[there]
            there |= 1 << one
    return shares / len(orders)


@untimed
@given(games())
def test_shares_are_the_mean_over_all_orders_and_sum_to_the_whole(game):
    shares = shapley(game)
    np.testing.assert_allclose(shares, by_joining(game), atol=1e-10)
    np.testing.assert_allclose(shares.sum(), game[-1] - game[0], atol=1e-10)


@untimed
@given(games(), st.floats(-5, 5), st.data())
def test_shares_of_a_sum_are_sums_of_shares(game, times, data):
    other = data.draw(st.permutations(game.tolist()))
    both = shapley(game + times * np.array(other))
    np.testing.assert_allclose(both, shapley(game) + times * shapley(other), atol=1e-9)


@untimed
@given(games(4))
def test_one_that_never_adds_has_nothing_and_moves_no_other(game):
    np.testing.assert_allclose(shapley(np.concatenate([game, game])), [*shapley(game), 0.0], atol=1e-10)


@untimed
@given(games(4), st.data())
def test_who_is_called_what_changes_no_share(game, data):
    players = game.size.bit_length() - 1
    order = data.draw(st.permutations(range(players)))
    renamed = np.empty_like(game)
    for coalition in range(game.size):
        renamed[sum(1 << at for at, old in enumerate(order) if coalition >> old & 1)] = game[coalition]
    np.testing.assert_allclose(shapley(renamed), shapley(game)[list(order)], atol=1e-10)


@untimed
@given(told_events(weighted=True))
def test_a_coalition_knows_an_event_once(told):
    known = coalition_sums(told.tellers, told.weights)
    for coalition in range(known.size):
        slow = sum(max((told.weights[a] for a in range(told.agencies) if (t & coalition) >> a & 1), default=0)
                   for t in told.tellers.tolist())  # fmt: skip
        assert known[coalition] == slow
        assert told.counts(coalition).sum() == slow


@untimed
@given(told_events())
def test_where_evidence_is_the_count_an_event_is_shared_among_its_tellers(told):
    shares = shapley(coalition_sums(told.tellers, told.weights))
    slow = np.zeros(told.agencies)
    for tellers in told.tellers.tolist():
        for a in range(told.agencies):
            slow[a] += (tellers >> a & 1) / tellers.bit_count()
    np.testing.assert_allclose(shares, slow, atol=1e-9)


@settings(deadline=None, max_examples=30)
@given(told_events(weighted=True), st.data())
def test_the_order_of_agencies_and_of_events_changes_nothing_but_names(told, data):
    order = data.draw(st.permutations(range(told.agencies)))
    events = data.draw(st.permutations(range(told.unit.size)))
    renamed = np.zeros_like(told.tellers)
    for at, old in enumerate(order):
        renamed |= (told.tellers >> old & 1) << at
    other = EventsTold(told.unit[events], renamed[events], told.units, told.weights[list(order)])
    before, after = joint_hotspots(told, test_even), joint_hotspots(other, test_even)
    assert before.joined.hotspots == after.joined.hotspots
    np.testing.assert_allclose(after.shares, before.shares[:, list(order)], atol=1e-9)
    np.testing.assert_array_equal(after.alone, before.alone[list(order)])
    np.testing.assert_array_equal(after.gone, before.gone[list(order)])
    np.testing.assert_array_equal(after.joined_only, before.joined_only)
    np.testing.assert_array_equal(after.in_no_pair, before.in_no_pair)


@settings(deadline=None, max_examples=30)
@given(told_events(most=3))
def test_an_agency_that_only_repeats_what_others_tell_takes_nothing_with_it(told):
    echo = EventsTold(
        told.unit, told.tellers | 1 << told.agencies, told.units, np.ones(told.agencies + 1, dtype=np.int64)
    )
    plain, joint = joint_hotspots(told, test_even), joint_hotspots(echo, test_even)
    assert joint.joined.hotspots == plain.joined.hotspots
    assert not joint.gone[-1].any()
    assert joint.left[-1] == len(joint.joined.hotspots)
    np.testing.assert_allclose(joint.shares.sum(axis=1), joint.evidence, atol=1e-9)


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.001, 0.999))
def test_evidence_bounds_the_chance_of_the_tail(inside, more, chance):
    from scipy.stats import binom

    total = inside + more
    tail = binom.sf(inside - 1, total, chance)
    assert tail <= 10 ** -evidence(inside, total, chance) * (1 + 1e-9)
