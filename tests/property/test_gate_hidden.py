"""Hidden records change nothing that a restricted viewer receives: for every kind, in the answer and as text."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import World, agreement, random_records, random_totals
from tests.property.hiding import (
    AGREEMENTS,
    AT,
    CAWN,
    CLOSURES,
    EVERYONE,
    FEWER,
    HOMES_TO_WARD,
    MEMBER,
    NRM,
    POLICE,
    QUESTIONS,
    assert_told_apart_nowhere,
    desk_of,
    everything_received,
    worlds_with_hidden,
)
from trigpoint.gate.ask import answer
from trigpoint.gate.questions import KINDS, question_from_words


@FEWER
@given(world=worlds_with_hidden(st.sampled_from(list(AGREEMENTS.values()))))
def test_records_of_a_feed_that_is_not_shared_change_nothing(world):
    assert_told_apart_nowhere(world, world.without(POLICE, CAWN, CLOSURES, NRM))


FINER = tuple(
    {"kind": kind, "level": level}
    for kind in ("counts", "picture", "hotspots")
    for level in ("street", "cell:9", "lsoa")
    if (kind, level) != ("hotspots", "lsoa")
)


@FEWER
@given(world=worlds_with_hidden(st.just((agreement("police", audiences=[EVERYONE | {"finest": "ward"}]),))))
def test_records_shared_to_the_ward_change_nothing_finer(world):
    assert_told_apart_nowhere(world, world.without(POLICE), FINER)


def test_every_kind_of_question_is_compared():
    assert {words["kind"] for words in QUESTIONS} == set(KINDS)


@FEWER
@given(seed=st.integers(0, 10_000))
def test_the_test_would_notice_records_that_are_shared(seed):
    """The same comparison with the feed shared: had the worlds nothing in them, all of the above would pass idly."""
    world = World(
        random_records(seed, 60, (POLICE,)),
        (agreement("open_data"), agreement("police")),
        totals=random_totals(seed, 40),
    )
    for words in ({"kind": "picture", "level": "cell:9"}, {"kind": "coverage"}, {"kind": "totals"}):
        hidden = world.without(POLICE, NRM)
        assert everything_received(desk_of(world), words) != everything_received(desk_of(hidden), words), (
            words
        )


@pytest.mark.parametrize("kind", ["sites", "places"])
def test_a_childrens_home_is_counted_and_neither_named_nor_placed(kind):
    world = World((), (agreement("open_data"), agreement("social_care", audiences=HOMES_TO_WARD)))
    words = {"kind": kind, "text": "the limes"} if kind == "places" else {"kind": kind}
    shown = "\n".join(everything_received(desk_of(world), words))
    assert "The Limes" not in shown.replace("the limes", "")
    moved = replace(
        world, sites=tuple(replace(one, name="Another") if one.restricted else one for one in world.sites)
    )
    assert everything_received(desk_of(world), words) == everything_received(desk_of(moved), words)


def test_a_childrens_home_is_counted_by_its_ward():
    world = World((), (agreement("open_data"), agreement("social_care", audiences=HOMES_TO_WARD)))
    found = answer(MEMBER, question_from_words("sites", {}), AT, desk_of(world))
    areas = found.parts["areas"]
    assert list(zip(areas["code"], areas["class"], areas["count"], strict=True)) == [
        ("W01", "childrens_home", 1),
        ("W05", "supported_accommodation", 1),
    ]
    assert "childrens_home" not in found.columns["class"]


def test_the_permitted_circle_sees_it_placed():
    circle = {"audiences": [{"agencies": ["education"], "roles": ["member"]}], "clause": "5"}
    world = World((), (agreement("open_data"), agreement("social_care", sensitive_sites=circle)))
    found = answer(MEMBER, question_from_words("sites", {}), AT, desk_of(world))
    assert "The Limes" in found.columns["name"]
    assert found.parts["areas"]["code"] == []


def test_a_warning_notice_is_told_by_its_ward_and_a_closure_by_its_place():
    world = World((), (agreement("open_data"), agreement("police")))
    found = answer(
        MEMBER, question_from_words("notices", {"on": "2024-03-20"}), AT,
        desk_of(world),
    )  # fmt: skip
    kept = dict(zip(found.columns["kind"], found.columns["kept"], strict=True))
    assert kept == {"cawn": "ward", "closure": "point"}
    placed = dict(zip(found.columns["kind"], found.columns["easting_m"] > 0, strict=True))
    assert placed == {"cawn": False, "closure": True}
    assert dict(zip(found.columns["kind"], found.columns["state"], strict=True)) == {
        "cawn": "active",
        "closure": "ends_soon",
    }


def test_a_feed_left_out_is_named_from_its_agreement():
    world = World(random_records(1, 30), (agreement("open_data"), *AGREEMENTS["expired"]))
    found = answer(
        MEMBER,
        question_from_words("counts", {}),
        AT,
        desk_of(world),
    )
    why = {one["code"]: one for one in found.about["why"]}
    assert set(why) == {"police_crime", "care_missing"}
    assert why["police_crime"]["clause"] == "police v1 clause 9"
    assert "ended on 1 September 2024" in why["police_crime"]["sentence"]


def test_what_is_known_on_a_day_is_what_was_known_before_it_ended():
    world = World(
        random_records(3, 60), (agreement("open_data"), agreement("police"), agreement("social_care"))
    )
    desk = desk_of(world)
    before = answer(MEMBER, question_from_words("counts", {"known": "2024-06-01"}), AT, desk)
    assert before.about["total"] == 0
    assert before.about["known"] == date(2024, 6, 1).isoformat()
