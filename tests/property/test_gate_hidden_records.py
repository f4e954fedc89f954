"""Single records kept back, by their place's role or by what they say of themselves, change nothing; nor do their hours."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import World, agreement, random_records
from tests.property.hiding import (
    AT,
    EVERYONE,
    FEWER,
    MEMBER,
    POLICE,
    QUESTIONS,
    assert_told_apart_nowhere,
    desk_of,
)
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import answer
from trigpoint.gate.questions import question_from_words


@FEWER
@given(seed=st.integers(0, 10_000), anchors=st.booleans())
def test_records_of_a_place_role_that_is_not_shared_change_nothing(anchors, seed):
    kept_back = agreement("police", audiences=[EVERYONE | {"finest": "point", "without_roles": ["school"]}])
    world = World(random_records(seed, 30), (agreement("open_data"), kept_back), anchors)
    bare = replace(
        world,
        records=tuple(
            one for one in world.records if one.feed != POLICE or one.role != 7 or one.easting_m is None
        ),
    )
    assert_told_apart_nowhere(world, bare)


KEPT_BACK = {
    "handling": ({"without_handling": ["c"]}, lambda one: one.handling == 2),
    "every handling but P": ({"without_handling": ["c", "unknown"]}, lambda one: one.handling != 1),
    "grade": ({"without_grades": ["e", "d"]}, lambda one: one.grade >= 4),
    "marking": ({"without_markings": ["official_sensitive"]}, lambda one: one.marking == 2),
    "secret and unreadable markings, of which nothing is said": ({}, lambda one: one.marking >= 3),
    "unreadable markings where secret ones are named": (
        {"with_markings": ["secret"]},
        lambda one: one.marking == 4,
    ),
}
"""What an audience's words, or their lack, keep back of single records, and which records those are."""


@FEWER
@given(why=st.sampled_from(list(KEPT_BACK)), seed=st.integers(0, 10_000), anchors=st.booleans())
def test_records_kept_back_by_what_they_say_of_themselves_change_nothing(why, anchors, seed):
    words, hidden = KEPT_BACK[why]
    told = {"with_markings": ["secret", "unknown"]} if words else {}
    shared = agreement("police", audiences=[EVERYONE | {"finest": "point"} | told | words])
    world = World(random_records(seed, 30), (agreement("open_data"), shared), anchors)
    bare = replace(
        world, records=tuple(one for one in world.records if one.feed != POLICE or not hidden(one))
    )
    assert len(bare.records) < len(world.records) or not any(
        hidden(one) for one in world.records if one.feed == POLICE
    )
    assert_told_apart_nowhere(world, bare)


@pytest.mark.parametrize(
    "viewer",
    [
        Viewer("a", "education", "analyst"),
        Viewer("b", "police", "member"),
        Viewer("c", "police", "contributor"),
    ],
)
def test_analysts_and_the_owner_see_secret_records_without_being_named(viewer):
    records = random_records(5, 60, (POLICE,))
    desk = desk_of(World(records, (agreement("police"),)))
    current = sum(one.known_to.year == 9999 for one in records)
    every = {"category": ["police_crime_a", "police_crime_b"]}
    assert answer(viewer, question_from_words("counts", every), AT, desk).about["total"] == current
    member = answer(MEMBER, question_from_words("counts", every), AT, desk).about["total"]
    assert member == sum(one.known_to.year == 9999 and one.marking < 3 for one in records)
    assert 0 < member < current


@FEWER
@given(seed=st.integers(0, 10_000), hour=st.integers(0, 23))
def test_the_hour_of_a_record_changes_nothing_where_hours_are_kept_back(seed, hour):
    no_hours = agreement("police", audiences=[EVERYONE | {"finest": "point", "hours": False}])
    world = World(random_records(seed, 30), (agreement("open_data"), no_hours))
    moved = replace(
        world, records=tuple(replace(one, hour=hour) if one.feed == POLICE else one for one in world.records)
    )
    assert_told_apart_nowhere(
        world, moved, (*QUESTIONS, {"kind": "counts", "level": "ward", "hours": "8-12"})
    )
