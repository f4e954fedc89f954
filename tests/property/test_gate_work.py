"""Work of our own and the walk around a place: what is told is what the records and the streets say, and no more."""

from collections import defaultdict
from datetime import date
from itertools import pairwise

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import CATEGORIES, FEED_CODES, FOREVER, World, agreement, random_records, ward_code
from tests.property.hiding import AT, EVERYONE, FEWER, MEMBER, WORK, desk_of
from trigpoint.core.sharing.agreement import BY_NAME_ONLY, MARKINGS
from trigpoint.gate.ask import answer
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.questions import question_from_words

TOLD = {(feed, category) for work in WORK for feed, category in work.records if work.code == "session"}
SHARED = (agreement("open_data"), agreement("social_care"), agreement("police"))


def asked(world, kind, viewer=MEMBER, **words):
    return answer(viewer, question_from_words(kind, words), AT, desk_of(world))


def category_of(record):
    return FEED_CODES[record.feed], CATEGORIES[record.category][0]


@FEWER
@given(seed=st.integers(0, 10_000), count=st.integers(0, 80))
def test_sessions_by_ward_are_those_of_the_records_one_by_one(seed, count):
    world = World(random_records(seed, count), SHARED)
    found = asked(world, "work", level="ward", **{"class": "session"})
    days = defaultdict(list)
    for record in world.records:
        if (
            category_of(record) in TOLD
            and record.ward >= 0
            and MARKINGS[record.marking] not in BY_NAME_ONLY
            and record.known_to == FOREVER
        ):
            days[ward_code(record.ward)].append(record.day)
    columns = found.columns
    told = {
        code: (n, first, last)
        for code, n, first, last in zip(
            columns["code"], columns["count"], columns["first"], columns["last"], strict=True
        )
    }
    assert told == {
        code: (len(one), min(one).isoformat(), max(one).isoformat()) for code, one in days.items()
    }


def test_a_feed_told_by_ward_alone_tells_no_street():
    to_ward = agreement("police", audiences=[EVERYONE | {"finest": "ward"}])
    world = World(random_records(3, 120), (agreement("open_data"), to_ward))
    assert asked(world, "work", level="ward").about["total"] > 0
    fine = asked(world, "work", level="street")
    assert fine.about["total"] == 0
    assert any("ward" in one["sentence"] for one in fine.about["why"])


def test_what_nobody_tells_of_is_told_apart_from_none():
    world = World(random_records(3, 120), (agreement("open_data"), agreement("social_care")))
    part = asked(world, "work", level="ward").parts["classes"]
    known = dict(zip(part["class"], part["known"], strict=True))
    assert known == {"session": True, "patrol": False, "awareness": False}
    gaps = asked(world, "around", around="W02", level="ward", radius="900").parts["gaps"]["sentence"]
    assert not any("patrol" in one.lower() for one in gaps)


def test_a_class_of_work_that_there_is_not_is_refused():
    with pytest.raises(QuestionError, match="choose session, patrol, awareness"):
        asked(World((), SHARED), "work", **{"class": "parade"})


@pytest.mark.parametrize("anchors", [False, True])
def test_rings_grow_and_hold_the_streets_they_are_drawn_from(anchors):
    world = World(random_records(5, 40), SHARED, anchors=anchors)
    parts = asked(world, "around", around="W02", level="ward", radius="1200", geometry="yes").parts
    rings = [shapely.from_wkb(one) for one in parts["rings"]["wkb"]]
    assert parts["rings"]["minutes"] == [5.0, 10.0, 15.0]
    assert all(larger.buffer(5).contains(smaller) for smaller, larger in pairwise(rings))
    if anchors:
        assert set(parts["rings"]["way"]) == {"straight line"}
        assert "isochrone" not in parts
    else:
        assert set(parts["rings"]["way"]) == {"walk"}
        assert rings[-1].buffer(5).contains(shapely.from_wkb(parts["isochrone"]["wkb"][0]))


def test_no_session_since_a_day_is_said_in_words():
    world = World(random_records(3, 200), SHARED)
    found = asked(world, "around", around="W02", level="ward", radius="1500")
    last = dict(zip(found.parts["work"]["class"], found.parts["work"]["last"], strict=True))["session"]
    assert last is not None
    day = date.fromisoformat(last)
    assert f"No youth session since {day:%-d %B %Y}." in found.parts["gaps"]["sentence"]
    assert "is recorded here" not in " ".join(found.parts["gaps"]["sentence"])
