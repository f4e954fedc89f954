"""What is kept spares work and changes nothing: no answer, no refusal, no line of the audit, nobody's permissions."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import RECORD_FEEDS, World, agreement, random_records
from tests.property.hiding import AT, MEMBER, QUESTIONS, desk_of, everything_received
from tests.property.test_gate_twins import filters
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import ReadDenied, answer
from trigpoint.gate.kept_answers import KEPT_KINDS
from trigpoint.gate.questions import Question, question_from_words
from trigpoint.gate.selecting import selection_of
from trigpoint.gate.within import find_place
from trigpoint.store.permitted import PermittedFeed, permit_records
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Selection, chosen

ANALYST = Viewer("someone", "", "analyst")
OWNER = Viewer("someone", "police", "member")
KEPT = tuple({words["kind"]: words for words in QUESTIONS if words["kind"] in KEPT_KINDS}.values())
POLICE_ONLY = {"agencies": ["police"], "roles": "all", "finest": "point", "hours": True, "clause": "4"}
HELD = (
    "number", "agency", "feed", "category", "theme_mask", "detection", "grade", "quality", "day", "hour", "weekday", "role",
    "district", "ward", "lsoa", "street", "locality", "cell_7", "cell_8", "cell_9", "cell_10",
)  # fmt: skip


def world_of(seed: int, count: int = 40) -> World:
    return World(
        random_records(seed, count),
        (
            agreement("open_data"),
            agreement("social_care"),
            agreement("police", audiences=[POLICE_ONLY]),
        ),
    )


@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_whoever_asks_what_another_asked_before_is_told_what_they_may_know_themselves(seed):
    world = world_of(seed)
    plain, keeping = desk_of(world), replace(desk_of(world), again=True)
    for words in KEPT:
        afresh = {viewer: everything_received(plain, words, viewer) for viewer in (OWNER, MEMBER, ANALYST)}
        for viewer in (OWNER, MEMBER, ANALYST, OWNER):
            assert everything_received(keeping, words, viewer) == afresh[viewer], (words, viewer)


def test_a_kept_answer_is_decided_and_recorded_each_time_it_is_given():
    told = []
    desk = replace(desk_of(world_of(3)), again=True, record=lambda *line: told.append(line))
    question = question_from_words("counts", {"level": "ward"})
    first, second = (answer(MEMBER, question, AT, desk) for _ in range(2))
    assert second is first
    assert [line[1] for line in told] == [question, question]


def test_nothing_kept_is_given_where_the_question_cannot_be_recorded():
    desk = replace(desk_of(world_of(3)), again=True)
    question = question_from_words("counts", {"level": "ward"})
    answer(MEMBER, question, AT, desk)

    def unwritable(*_):
        raise OSError("the audit cannot be written")

    with pytest.raises(OSError, match="audit"):
        answer(MEMBER, question, AT, replace(desk, record=unwritable))


def test_nothing_kept_is_given_once_an_agreement_has_ended():
    world = World(random_records(5, 30), (agreement("police", expires="2024-09-02", expires_clause="9"),))
    desk = replace(desk_of(world), again=True)
    question = Question("counts", level="ward", agencies=("police",))
    answer(MEMBER, question, AT, desk)
    with pytest.raises(ReadDenied):
        answer(MEMBER, question, AT.replace(day=3), desk)


@given(seed=st.integers(0, 10_000), told=filters("picture"), hours=st.booleans())
def test_columns_held_are_chosen_as_the_store_would(seed, told, hours):
    version = world_of(seed).version()
    level, _, resolution = told["level"].partition(":")
    words = told | {"level": level, "resolution": int(resolution) if resolution else None, "known": None}
    question = Question(**words)
    selection = selection_of(
        question, version, tuple(find_place(one, version) for one in question.within), ()
    )
    feeds = tuple(PermittedFeed(feed, hours, (), 6, True) for feed in RECORD_FEEDS)
    with version.cursor() as cursor:
        permit_records(cursor, feeds, 5)
        held = fetch_columns(cursor, Selection(), HELD)
        wanted = fetch_columns(cursor, selection, HELD)
    places = chosen(selection, held)
    for name in HELD:
        np.testing.assert_array_equal(held[name][places], wanted[name])


def test_what_was_known_on_a_day_is_not_chosen_from_what_is_known_now():
    version = world_of(1).version()
    with version.cursor() as cursor:
        permit_records(cursor, (), 5)
        held = fetch_columns(cursor, Selection(), HELD)
    known = selection_of(Question("counts", level="ward", known=date(2024, 7, 2)), version, (), ())
    with pytest.raises(ValueError, match="known now"):
        chosen(known, held)
