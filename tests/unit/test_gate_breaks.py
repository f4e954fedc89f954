"""A change of definition is told with every answer whose counts it may have moved, and with no other."""

from datetime import UTC, datetime

import pytest

from tests.factories.world import World, agreement, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.questions import question_from_words

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
SHARED = (agreement("open_data"), agreement("social_care"), agreement("police"))


def told(kind="series", agreements=SHARED, **words):
    world = World(random_records(3, 60), agreements)
    question = question_from_words(kind, {"level": "ward", **words} if kind != "hotspots" else words)
    found = answer(
        Viewer("a", "police", "analyst"), question, AT, Desk(world.version(), agreements, lambda *_: None)
    )
    return [one["code"] for one in found.about["definition_breaks"]]


@pytest.mark.parametrize("kind", ["series", "counts", "picture", "hotspots"])
def test_a_break_in_the_period_is_told(kind):
    assert told(kind) == ["flag_added"]


@pytest.mark.parametrize(
    "words",
    [
        {"from": "2024-04-01"}, {"to": "2024-03-01"}, {"agency": "social_care"}, {"theme": "missing"},
    ],
    ids=["after it", "before it", "another agency", "another theme"],
)  # fmt: skip
def test_a_break_that_moves_nothing_here_is_not_told(words):
    assert told(**words) == []


def test_a_picture_tells_the_breaks_of_its_whole_history():
    assert told("picture", **{"from": "2024-04-01", "to": "2024-05-01"}) == ["flag_added"]


def test_a_feed_that_is_not_shared_tells_no_break():
    assert told(agreements=SHARED[:2]) == []


def test_sites_have_no_breaks():
    assert told("sites") == []
