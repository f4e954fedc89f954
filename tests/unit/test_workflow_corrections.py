"""How corrections cut a record's life: against a twin that looks at every instant by itself."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.workflow.corrections import AS_DELIVERED, EFFECTS, Correction, Moved, laid_by, pieces_of

START = datetime(2026, 1, 1)
FOREVER = datetime(9999, 12, 31)
RECORD = (1, 1)
HOURS = 12


def at(hour):
    return START + timedelta(hours=hour)


@st.composite
def corrections(draw):
    made = []
    for number in range(draw(st.integers(0, 6))):
        since = draw(st.integers(-2, HOURS))
        lasts = draw(st.one_of(st.none(), st.integers(0, HOURS)))
        made.append(Correction(
            number, RECORD, draw(st.sampled_from(EFFECTS)), at(since),
            None if lasts is None else at(since + lasts),
            to=Moved("ward", draw(st.sampled_from("AB"))), role=draw(st.sampled_from([1, 3, 10])),
            other=draw(st.sampled_from([(2, 1), (3, 1), None])),
        ))  # fmt: skip
    return made


def slowly(told, instant):
    """What is in force at an instant: withdrawn, place, role, handling and so on, each worked out by itself."""
    there = [c for c in told if c.known_from <= instant and (c.known_to is None or instant < c.known_to)]
    there.sort(key=lambda c: (c.known_from, c.number))

    def last(effect, part, otherwise):
        found = [getattr(c, part) for c in there if c.effect == effect]
        return found[-1] if found else otherwise

    same, apart, alone = set(), set(), False
    for c in there:
        if c.effect == "same_event" and c.other:
            same.add(c.other)
            apart.discard(c.other)
        elif c.effect == "apart" and c.other:
            apart.add(c.other)
            same.discard(c.other)
        elif c.effect == "apart":
            same, alone = set(), True
    has = {c.effect for c in there}
    return (
        "withdrawn" in has, last("moved", "to", None), last("role", "role", -1), "confidential" in has,
        "discovered" in has, alone, frozenset(same), frozenset(apart),
    )  # fmt: skip


def as_told(laid):
    return tuple(getattr(laid, name) for name in type(laid).__slots__)


@given(corrections(), st.integers(1, HOURS), st.booleans())
def test_every_instant_is_as_the_twin_says(told, ends, current):
    until = FOREVER if current else at(ends)
    pieces = pieces_of(START, until, told)
    for hour in range(ends if not current else 2 * HOURS):
        here = [p for p in pieces if p.known_from <= at(hour) < p.known_to]
        assert [as_told(p.laid) for p in here] == [slowly(told, at(hour))]


@given(corrections(), st.randoms(use_true_random=False))
def test_pieces_lie_end_to_end_differ_from_their_neighbours_and_do_not_hang_on_the_order(told, random):
    pieces = pieces_of(START, FOREVER, told)
    assert pieces[0].known_from == START
    assert pieces[-1].known_to == FOREVER
    for one, after in pairwise(pieces):
        assert one.known_to == after.known_from
        assert one.laid != after.laid
    random.shuffle(told)
    assert pieces_of(START, FOREVER, told) == pieces


def test_a_record_that_was_never_current_has_no_piece():
    assert pieces_of(START, START, [Correction(1, RECORD, "withdrawn", START)]) == ()


def test_an_unknown_effect_is_refused():
    with pytest.raises(ValueError, match="no effect 'edited'"):
        laid_by([Correction(1, RECORD, "edited", START)])


def test_nothing_in_force_leaves_the_record_as_delivered():
    undone = Correction(1, RECORD, "withdrawn", at(1), at(2))
    assert [p.laid == AS_DELIVERED for p in pieces_of(START, FOREVER, [undone])] == [True, False, True]
