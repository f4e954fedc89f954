"""Work that was done is no concern: it changes no count of concerns, and coverage tells it apart."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import (
    CATEGORIES,
    FEED_CODES,
    FOREVER,
    World,
    district_code,
    open_agreements,
    random_records,
)
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.exposure import exposure_categories
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import show
from trigpoint.ingest.definitions import load_definitions

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
ANALYST = Viewer("someone", "", "analyst")
SESSIONS = 1
"""The category that stands for sessions here: the second of the first feed."""
CODE, FEED = CATEGORIES[SESSIONS][0], FEED_CODES[CATEGORIES[SESSIONS][1]]
PERIOD = {"from": "2024-01-01", "to": "2024-07-01"}
FEWER = settings(max_examples=max(settings.default.max_examples // 4, 1))


def found(world: World, kind: str, **words):
    desk = Desk(world.version(), world.agreements, lambda *_: None, exposure=frozenset({(FEED, CODE)}))
    return answer(ANALYST, question_from_words(kind, PERIOD | words), AT, desk)


def world_of(seed: int, count: int = 40) -> World:
    return World(random_records(seed, count), open_agreements())


def without_sessions(world: World) -> World:
    return replace(world, records=tuple(one for one in world.records if one.category != SESSIONS))


QUESTIONS = (
    ("counts", {}), ("counts", {"theme": "missing"}), ("counts", {"level": "cell:9", "counted": "events"}),
    ("series", {}), ("series", {"counted": "events"}), ("events", {"level": "ward"}),
    ("hotspots", {"level": "cell:9"}), ("hotspots", {"level": "cell:9", "counted": "events"}),
    ("hotspots", {"level": "street", "detection": ["reported", "discovered", "unknown"]}),
    ("picture", {"level": "ward", "grouping": ["units", "agency", "theme", "week", "month"]}),
    ("picture", {"level": "ward", "grouping": ["units", "agency", "theme"], "theme": "asb", "agency": "police"}),
)  # fmt: skip


@FEWER
@given(seed=st.integers(0, 9_999))
def test_work_done_changes_no_count_of_concerns(seed):
    world = world_of(seed)
    bare = without_sessions(world)
    for kind, words in QUESTIONS:
        assert show(found(world, kind, **words), "json") == show(found(bare, kind, **words), "json"), (
            kind,
            words,
        )


@FEWER
@given(seed=st.integers(0, 9_999), level=st.sampled_from(["ward", "cell:9"]))
def test_a_question_that_names_the_category_counts_it_but_no_test_does(seed, level):
    world = world_of(seed)
    sessions = sum(one.category == SESSIONS and one.known_to == FOREVER for one in world.records)
    counted = found(world, "counts", level=level, category=CODE)
    assert counted.about["total"] == sessions
    assert counted.about["exposure"] == ""
    picture = found(world, "picture", grouping=["category"])
    facet = dict(zip(picture.parts["category"]["code"], picture.parts["category"]["count"], strict=True))
    assert facet[CODE] == sessions
    tested = found(world, "hotspots", level="cell:9", category=CODE)
    assert int(tested.columns["count"].sum()) == tested.about["not_tested"] == 0


@FEWER
@given(seed=st.integers(0, 9_999))
def test_coverage_holds_it_and_tells_it_apart(seed):
    world = world_of(seed)
    columns = found(world, "coverage").columns
    keys = list(zip(columns["feed"], columns["district"], columns["month"], strict=True))

    def twin(of):
        return Counter(
            (FEED_CODES[one.feed], district_code(one.district), f"{one.day:%Y-%m}")
            for one in world.records
            if of(one) and one.known_to == FOREVER and one.district >= 0
        )

    for name, of in (("received", lambda _: True), ("exposure", lambda one: one.category == SESSIONS)):
        got = Counter({key: int(n) for key, n in zip(keys, columns[name], strict=True) if n})
        assert got == twin(of), name
    assert (columns["exposure"] <= columns["received"]).all()


def test_an_answer_says_what_it_does_not_count():
    world = world_of(1)
    about = found(world, "counts").about
    assert about["exposure"].startswith(f"{CODE} (Care missing): not counted.")
    assert about["exposure"] in show(found(world, "counts"), "table")
    assert found(world, "counts", agency="police").about["exposure"] == ""
    assert found(world, "coverage").about["exposure"] == ""


def test_the_shipped_list_names_categories_that_their_definitions_have():
    definitions = load_definitions()
    assert exposure_categories()
    for feed, code in exposure_categories():
        assert code in definitions[feed].records.category.outcomes, (feed, code)


@pytest.mark.parametrize("kind", ["counts", "series", "events"])
def test_a_world_of_nothing_but_work_done_has_no_concerns(kind):
    world = world_of(2)
    only = replace(world, records=tuple(one for one in world.records if one.category == SESSIONS))
    assert only.records
    assert found(only, kind).about["total"] == 0
