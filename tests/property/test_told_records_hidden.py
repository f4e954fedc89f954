"""What is said of a single record is told as the record is: a record that is kept back is like one that never was."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import FEED_CODES, FEEDS, FOREVER, World, agreement, random_records
from tests.property.hiding import AT, EVERYONE, FEWER, MEMBER, POLICE, desk_of
from tests.property.test_gate_hidden_records import KEPT_BACK
from trigpoint.core.workflow.corrections import Correction
from trigpoint.gate.told_records import HowTold, RecordNamed, how_told_at


def named(world, level):
    return [RecordNamed(0, at, FEED_CODES[one.feed], level) for at, one in enumerate(world.records)]


def told_of(world, level="street", correction=None):
    asked = named(world, level)
    told = how_told_at(desk_of(world), MEMBER, asked, AT, correction)
    return [told[one] for one in asked]


@FEWER
@given(why=st.sampled_from(list(KEPT_BACK)), seed=st.integers(0, 10_000))
def test_a_record_kept_back_is_hidden_and_every_other_is_told_as_finely_as_is_granted(why, seed):
    words, hidden = KEPT_BACK[why]
    more = {"with_markings": ["secret", "unknown"]} if words else {}
    shared = agreement("police", audiences=[EVERYONE | {"finest": "ward"} | more | words])
    world = World(random_records(seed, 30), (agreement("open_data"), shared))
    fine, coarse = told_of(world), told_of(world, "ward")
    for one, street, ward in zip(world.records, fine, coarse, strict=True):
        agency = FEEDS[one.feed][1]
        if agency == "social_care" or (one.feed == POLICE and hidden(one)):
            assert (street, ward) == (HowTold.HIDDEN, HowTold.HIDDEN)
        elif one.feed == POLICE:
            assert (street, ward) == (HowTold.COARSE, HowTold.PLACED)
        elif one.marking < 3:
            assert (street, ward) == (HowTold.PLACED, HowTold.PLACED)


@FEWER
@given(seed=st.integers(0, 10_000))
def test_what_is_told_of_one_record_does_not_move_with_hidden_ones(seed):
    shared = agreement("police", audiences=[EVERYONE | {"finest": "point", "without_handling": ["c"]}])
    world = World(random_records(seed, 30), (agreement("open_data"), shared))
    bare = replace(world, records=tuple(one for one in world.records if one.handling != 2))
    kept = [told for told, one in zip(told_of(world), world.records, strict=True) if one.handling != 2]
    assert told_of(bare) == kept


@pytest.mark.parametrize("effect", ["confidential", "withdrawn"])
def test_a_correction_is_told_as_it_will_be(effect):
    shared = agreement("police", audiences=[EVERYONE | {"finest": "point", "without_handling": ["c"]}])
    record = replace(random_records(3, 1, feeds=(POLICE,))[0], handling=1, marking=2, known_to=FOREVER)
    world = World((record,), (shared,))
    laid = Correction(number=1, record=(0, 0), effect=effect, known_from=record.known_from)
    assert told_of(world) == [HowTold.PLACED]
    assert told_of(world, correction=laid) == [HowTold.HIDDEN if effect == "confidential" else HowTold.PLACED]
