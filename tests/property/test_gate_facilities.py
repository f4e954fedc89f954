"""Facilities and risk through the gate: planted near schools, by quarter, and never of sites that may not be placed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from tests.factories.world import World, agreement, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.facility_quarters import quarter_starts
from trigpoint.gate.questions import question_from_words

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("s", "education", "member")
TO_WARD = [{"agencies": "all", "roles": "all", "hours": True, "clause": "4", "finest": "ward"}]
CIRCLE = {"audiences": [{"agencies": ["education"], "roles": ["member"]}], "clause": "5"}
ALL = (agreement("open_data"), agreement("social_care"), agreement("police"))


def ask(world, **told):
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    return answer(MEMBER, question_from_words("facilities", told), AT, desk)


@pytest.fixture(scope="module")
def found():
    return ask(World(random_records(5, 400), ALL), level="cell:9")


def test_every_quarter_counts_every_record_on_the_ground_once(found):
    quarters = found.parts["quarters"]
    for kind in set(quarters["class"]):
        for near_m in set(quarters["near_m"]):
            mine = [
                many
                for one, at, many in zip(
                    quarters["class"], quarters["near_m"], quarters["records"], strict=True
                )
                if (one, at) == (kind, near_m)
            ]
            placed = found.about["total"] - found.about["unplaced"] - found.about["beyond"]
            assert sum(mine) == placed
    assert (np.asarray(quarters["near"]) <= np.asarray(quarters["records"])).all()


def test_a_class_is_told_once_and_says_how_firmly(found):
    told = [*found.columns["class"], *found.parts["not_chosen"]["class"]]
    assert len(told) == len(set(told))
    assert (np.asarray(found.columns["relative_risk"]) > 1).all()
    assert (np.asarray(found.columns["held"]) <= np.asarray(found.columns["class_held"])).all()
    assert found.about["tried"] + found.about["too_rare"] > 0
    assert "never a factor" in found.about["method"]


def test_sites_that_may_not_be_placed_are_not_used():
    records = random_records(5, 120)
    coarse = World(records, (agreement("open_data"), agreement("social_care", audiences=TO_WARD)))
    fine = World(records, (agreement("open_data"), agreement("social_care", sensitive_sites=CIRCLE)))
    assert "childrens_home" not in ask(coarse, level="cell:9").about["sites"]
    assert ask(coarse, level="cell:9").about["kept_coarse"] > 0
    assert ask(fine, level="cell:9").about["sites"]["childrens_home"] == 1
    moved = replace(
        coarse, sites=tuple(replace(one, ward=5) if one.restricted else one for one in coarse.sites)
    )
    one, other = ask(coarse, level="cell:9"), ask(moved, level="cell:9")
    assert {k: list(v) for k, v in one.columns.items()} == {k: list(v) for k, v in other.columns.items()}
    assert one.about == other.about


def test_only_the_classes_asked_about_are_told(found):
    assert (
        set(ask(World(random_records(5, 120), ALL), level="cell:9", **{"class": ["park"]}).about["sites"])
        == set()
    )
    assert "school" in found.about["sites"]
    with pytest.raises(QuestionError, match="no class of site"):
        ask(World((), ALL), level="cell:9", **{"class": ["population"]})


def test_a_place_is_refused_and_too_little_is_said_to_be():
    with pytest.raises(QuestionError, match="whole county"):
        ask(World((), ALL), level="cell:9", within="W01")
    few = ask(World(random_records(5, 20), ALL), level="cell:9")
    assert "too few" in few.about["sentence"]
    assert few.columns["class"] == []
    assert len(ask(World((), ALL), level="cell:9")) == 0


def test_quarters_begin_where_they_do():
    starts = quarter_starts(date(2024, 2, 10), date(2025, 1, 1))
    assert starts == [date(2024, 2, 10), date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1)]
    assert quarter_starts(date(2024, 1, 31), date(2024, 1, 31) + timedelta(days=1)) == [date(2024, 1, 31)]
