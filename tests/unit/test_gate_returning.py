"""A place that comes back each summer holiday is told; where one child may be behind it, or one summer, it is not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np

from tests.factories.world import SOUTH_M, WEST_M, World
from tests.property.test_gate_emerging import ALL, HOT, MEMBER, POLICE, record
from trigpoint.gate.ask import Desk, answer
from trigpoint.gate.questions import question_from_words

AT = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
FIRST = date(2024, 9, 2)


def spread(seed=1):
    rng = np.random.default_rng(seed)
    days = [FIRST + timedelta(days=2 * step) for step in range(364)]
    each = [(day, (WEST_M + rng.uniform(0, 6000), SOUTH_M + rng.uniform(0, 1000))) for day in days]
    return [replace(record(POLICE, day, at), street=int(rng.integers(12))) for day, at in each]


def summers(years, people=12, each=14):
    return [
        record(
            POLICE, date(year, 7, 25) + timedelta(days=2 * one), HOT, token=1_000 * year + one % people + 1
        )
        for year in years
        for one in range(each)
    ]


def told(records, agreements=ALL, start="2024-09-01"):
    world = World(tuple(records), agreements)
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    words = {"level": "cell:9", "from": start, "to": "2026-10-01"}
    return answer(MEMBER, question_from_words("emerging", words), AT, desk)


def test_what_comes_with_both_summers_is_told_and_what_cannot_be_told_is_said(home):
    found = told([*spread(), *summers((2025, 2026))])
    part = found.parts["returning"]
    assert part["calendar"] == ["summer"]
    assert part["times"] == [2]
    assert part["sentence"][0].startswith("Comes back each summer holiday: ")
    assert part["count"][0] > 4 * part["expected"][0]
    assert "Looked at: summer holiday" in found.about["returning_sentence"]
    assert found.about["returning_source"]


def test_one_summer_alone_and_one_child_in_both_are_not_told(home):
    assert told([*spread(), *summers((2025,), each=28)]).parts["returning"]["calendar"] == []
    one = told([*spread(), *summers((2025, 2026), people=1)])
    assert one.parts["returning"]["calendar"] == []


def test_a_year_alone_cannot_tell(home):
    found = told([*spread(), *summers((2025, 2026))], start="2025-10-01")
    assert found.parts["returning"]["calendar"] == []
    assert found.about["returning_sentence"].startswith("Cannot tell, for want of 2 of them: summer holiday")


def test_what_is_not_shared_brings_nothing_back(home):
    shared = ALL[:2]
    assert told([*spread(), *summers((2025, 2026))], shared).parts["returning"]["calendar"] == []
