"""Silent months beside a picture: a feed that was due and sent nothing; no other filter makes or mends one."""

from dataclasses import fields
from datetime import date

import numpy as np
import pytest
from hypothesis import given

from tests.factories.world import RECORD_FEEDS, World, open_agreements, random_records
from tests.property.hiding import AT, desk_of
from tests.property.test_gate_twins import as_question, asked, filters, worlds
from trigpoint.core.analysis.silence import Silence, find_silence
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import decided
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.silences import histories

_, POLICE, _ = RECORD_FEEDS
GAP = date(2024, 3, 1)


def many_records():
    """Records of every month, but none of the police in one of them."""
    return tuple(
        one
        for one in random_records(7, 1500)
        if not (one.feed == POLICE and (one.day.year, one.day.month) == (GAP.year, GAP.month))
    )


@pytest.fixture(scope="module")
def world():
    return World(many_records(), open_agreements())


def silent(world, **words):
    answer, _ = asked(world, as_question(world, {"kind": "picture", "level": "ward"}, **words))
    part = answer.parts["silent"]
    return list(zip(part["month"], part["feed"], strict=True))


def test_a_month_without_a_feed_that_was_due_is_silent(world):
    assert [month for month, _ in silent(world)] == ["2024-03"]


def test_it_is_silent_in_a_district_too_and_for_the_agency_alone(world):
    assert [month for month, _ in silent(world, within=("D0",))] == ["2024-03"]
    assert [month for month, _ in silent(world, agencies=("police",))] == ["2024-03"]
    assert silent(world, agencies=("social_care",)) == []


@pytest.mark.parametrize(
    "words", [{"hours": (3,)}, {"themes": ("missing",)}, {"qualities": ("E",)}, {"detections": ("reported",)}]
)
def test_no_other_filter_moves_silence(world, words):
    assert silent(world, **words) == silent(world)


@given(worlds(), filters("picture"))
def test_a_silent_month_has_none_of_that_feed(world, told):
    free = {"agencies": (), "categories": (), "within": (), "detections": (), "known": None}
    answer, grants = asked(world, as_question(world, told | free))
    if answer is None:
        return
    part = answer.parts["silent"]
    feeds = {grant.feed for grant in grants}
    held = {(f"{one.day:%Y-%m}", one.feed) for one in world.records}
    version = world.version()
    ids = {one.name: one.id for one in version.vocabulary.feeds if one.code in feeds}
    for month, feed in zip(part["month"], part["feed"], strict=True):
        assert month in answer.parts["history"]["month"]
        few = sum(
            one.feed == ids[feed] and f"{one.day:%Y-%m}" == month and one.district >= 0
            for one in world.records
        )
        assert (month, ids[feed]) not in held or few <= max(1, 0.05 * len(world.records))


def test_what_is_found_again_of_a_feed_is_what_its_own_counts_say(world):
    """The chain over months is kept by its very numbers: whatever was asked before, it is as if worked out now."""
    desk = desk_of(world)
    analyst = Viewer("someone", "", "analyst")
    whole, months = {"level": "district"}, {"level": "district", "from": "2024-02-01", "to": "2024-07-01"}
    for words in (whole, {**whole, "agency": "police"}, {**whole, "agency": "social_care"}, months, whole):
        told = histories(decided(analyst, question_from_words("silence", words), AT, desk))
        assert told.feeds
        for one in told.feeds:
            afresh = find_silence(one.received, one.due)
            for field in fields(Silence):
                np.testing.assert_equal(getattr(one.found, field.name), getattr(afresh, field.name))
