"""A picture that the store adds up, where records are too many to be held, is byte for byte the picture made of rows."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import World, open_agreements, random_records
from tests.property.test_gate_twins import as_question, asked, filters, worlds
from trigpoint.gate import held
from trigpoint.gate.questions import GROUPINGS
from trigpoint.gate.show import json_text

FEWER = settings(max_examples=max(settings.default.max_examples // 3, 1))
EVERY = (*GROUPINGS, "month", "grade", "district", "ward", "lsoa", "street", "cell:7", "cell:9")


def pictures(world, question):
    """The answer's text with the records held, and with every store too large for it."""
    from_rows, _ = asked(world, question, world.version())
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(held, "MOST_HELD", -1)
        patched.setattr(held, "MOST_FETCHED", -1)
        added_up, _ = asked(world, question, world.version())
    return tuple(None if one is None else json_text(one) for one in (from_rows, added_up))


@FEWER
@given(worlds(), filters("picture"), st.sampled_from(["records", "events"]), st.booleans())
def test_a_picture_is_the_same_whoever_adds_up(world, told, counted, whole_history):
    groupings = EVERY if whole_history else tuple(one for one in EVERY if one != "history")
    from_rows, added_up = pictures(world, as_question(world, told, groupings=groupings, counted=counted))
    assert from_rows == added_up


def test_a_large_store_is_added_up_without_fetching_its_rows(monkeypatch):
    """Otherwise nothing above would be tested."""
    world = World(random_records(4, 60), open_agreements())
    question = as_question(world, {"level": "ward", "kind": "picture"}, groupings=EVERY)
    monkeypatch.setattr(held, "MOST_HELD", -1)
    monkeypatch.setattr(held, "MOST_FETCHED", -1)
    monkeypatch.setattr("trigpoint.gate.kinds.picture.columns_of", None)
    found, _ = asked(world, question, world.version())
    assert found.about["total"] > 0
