"""An evaluation through the gate: the four things that may have happened, by what was known then, counted once more."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import numpy as np
import pytest

from tests.factories.evaluated import (
    AFTER,
    BUFFER_M,
    POLICE,
    RADIUS_M,
    START,
    WORDS,
    beside,
    month,
    records_at,
    spots,
    world_of,
)  # fmt: skip
from tests.factories.world import agreement, cell_centre
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, ReadDenied, answer
from trigpoint.gate.kinds.evaluation import METHOD_VERSION
from trigpoint.gate.plans import LockedPlan, no_plans
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import show

AT = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("someone", "education", "member")


world_of = cache(world_of)


@cache
def version_of(what):
    return world_of(what).version()


def asked(world, **words):
    """The evaluation of a world, or of a story by its name: those are written once."""
    told = {**WORDS, "around": spots()[0].cell, **words}
    told = {word: value for word, value in told.items() if value}
    told_of = isinstance(world, str)
    version = version_of(world) if told_of else world.version()
    agreements = (world_of(world) if told_of else world).agreements
    desk = Desk(version, agreements, lambda *_: None)
    return answer(MEMBER, question_from_words("evaluation", told), AT, desk)


def row(found, part):
    at = list(found.columns["part"]).index(part)
    return {name: column[at] for name, column in found.columns.items()}


@pytest.mark.parametrize(
    ("what", "verdict", "said"),
    [
        ("fell", "fell", "more than chance explains"),
        ("moved", "displaced", "of the fall moved there"),
        ("peak", "peak", "This is what peaks do"),
        ("nothing", "not_detectable", "Not detectable: we would have seen only a fall of"),
    ],
)
def test_what_happened_is_what_is_found(what, verdict, said):
    found = asked(what)
    assert found.about["verdict"] == verdict, found.about["sentence"]
    assert said in found.about["sentence"]
    assert found.about["planned"].startswith("Post hoc: not planned before.")
    assert found.about["known_at_start"]
    if verdict != "peak":
        assert found.about["balanced"]
    for format in ("json", "csv", "table"):
        assert show(found, format)


def test_the_counts_are_those_of_the_records_one_by_one():
    world, found = world_of("moved"), asked("moved")
    treated = spots()[0]
    controls = [cell_centre(code) for code in found.parts["controls"]["code"]]

    def where(one):
        cell = cell_centre(one.cell(10))
        away = np.hypot(cell[0] - treated.easting_m, cell[1] - treated.northing_m)
        if away <= RADIUS_M:
            return "target"
        if away <= RADIUS_M + BUFFER_M:
            return "buffer"
        gaps = [np.hypot(cell[0] - x, cell[1] - y) for x, y in controls]
        return (
            "control"
            if min(gaps) <= RADIUS_M
            else "buffer_control"
            if min(gaps) <= RADIUS_M + BUFFER_M
            else ""
        )

    held = {}
    for one in world.records:
        side = "before" if month(-6) <= one.day < START else "after" if START <= one.day < month(6) else ""
        held[where(one), side] = held.get((where(one), side), 0) + 1
    for part in ("target", "control", "buffer", "buffer_control"):
        told = row(found, part)
        assert (told["before"], told["after"]) == (
            held.get((part, "before"), 0),
            held.get((part, "after"), 0),
        )
    assert held["buffer", "after"] > held["buffer", "before"]


def test_what_became_known_after_the_start_changes_no_choice():
    world = world_of("fell")
    rng = random.Random(9)
    late = tuple(
        one
        for spot in spots()[1:17]
        for one in records_at(spot, dict.fromkeys(range(-6, 0), 3), rng, late=True)
    )
    first, again = asked("fell"), asked(replace(world, records=(*world.records, *late)))
    assert again.parts["controls"]["code"] == first.parts["controls"]["code"]
    assert again.parts["controls"]["before"].tolist() != first.parts["controls"]["before"].tolist()


def test_a_home_that_knew_nothing_at_the_start_says_so():
    world = world_of("fell")
    late = tuple(replace(one, known_from=datetime(2025, 12, 1)) for one in world.records)
    found = asked(replace(world, records=late))
    assert not found.about["known_at_start"]
    assert "received after it" in found.about["cautions"][0]


def test_before_it_begins_only_what_could_be_seen_is_said():
    world = world_of("nothing")
    prior = replace(world, records=tuple(one for one in world.records if one.day < START))
    for start in (START, month(2)):
        found = asked(prior, start=start.isoformat())
        assert found.about["verdict"] == "before"
        assert found.about["sentence"].startswith("No month after the start has been recorded yet.")
        assert "out of" in found.about["said_before"]
        assert found.about["balanced"]
        assert np.isnan(row(found, "target")["after"])


def test_a_year_that_is_not_over_is_told_as_it_stands():
    world = world_of("fell")
    half = replace(world, records=tuple(one for one in world.records if one.day < month(3)))
    found = asked(half)
    assert found.about["months_after"] == 3
    assert any("Only 3 months of 6 are over" in one for one in found.about["cautions"])


def test_without_a_year_before_nothing_is_compared():
    world = world_of("fell")
    short = replace(world, records=tuple(one for one in world.records if one.day >= month(-8)))
    found = asked(short)
    assert found.about["verdict"] == "no_controls"
    assert "without a year" in found.about["sentence"]
    assert found.parts["controls"]["code"] == []
    assert np.isnan(found.parts["balance"]["difference"]).all()


def test_the_same_question_has_the_same_answer_and_places_can_be_pooled():
    world = "nothing"
    assert show(asked(world), "json") == show(asked(world_of(world)), "json")
    codes = [one.cell for one in spots()[:3]]
    pooled = asked(world, around="", within=codes)
    assert row(pooled, "target")["places"] == 3
    assert row(pooled, "target")["before"] > row(asked(world), "target")["before"]
    assert pooled.about["verdict"] == "cannot_tell"
    assert "We cannot tell this from chance. A fall of" in pooled.about["sentence"]


def test_what_is_asked_on_an_earlier_day_rests_on_no_later_month():
    """A plan that is played as locked before the work knows nothing of what came after it."""
    question = question_from_words("evaluation", {**WORDS, "around": spots()[0].cell})
    desk = Desk(version_of("fell"), world_of("fell").agreements, lambda *_: None)
    days = {0: datetime(2024, 12, 20, tzinfo=UTC), 2: datetime(2025, 3, 15, tzinfo=UTC), 6: AT}
    for months, at in days.items():
        assert answer(MEMBER, question, at, desk).about["months_after"] == months


def test_units_that_touch_are_one_place_and_their_records_count_once():
    """The streets of one hotspot: counted one by one, what lies between them was compared with twice as much."""
    pair = [spots()[0].cell, beside(spots()[0]).cell]
    found = asked("moved", around="", within=pair, radius="90")
    target = row(found, "target")
    held = [one for one in world_of("moved").records if month(-6) <= one.day < START]
    centres = [cell_centre(code) for code in pair]
    near = [
        one
        for one in held
        if min(np.hypot(*(np.array(cell_centre(one.cell(10))) - centre)) for centre in centres) <= 90
    ]
    assert (target["places"], target["before"]) == (1.0, len(near))
    apart = asked("moved", around="", within=[spots()[0].cell, spots()[9].cell], radius="90")
    assert row(apart, "target")["places"] == 2.0


def test_a_place_like_no_other_is_promised_nothing():
    rng = random.Random(3)
    many = tuple(records_at(spots()[0], dict.fromkeys(range(-12, 0), 60), rng))
    world = world_of("nothing", extra=many)
    prior = replace(world, records=tuple(one for one in world.records if one.day < START))
    found = asked(prior)
    assert not found.about["balanced"]
    assert "No place is similar enough to compare with: no result could be told." in found.about["sentence"]


def test_wards_are_compared_whole():
    found = asked("nothing", level="ward", around="W03")
    assert set(found.columns["part"]) >= {"target", "control", "detectable"}
    assert "buffer" not in found.columns["part"]
    assert found.about["buffer_m"] == 0.0


def test_streets_can_be_asked_and_anchor_points_too():
    records = tuple(
        replace(one, street=int((one.easting_m - 550_000) // 500)) for one in world_of("nothing").records
    )
    world = replace(world_of("nothing"), records=records)
    assert row(asked(world, level="street", around="S06"), "target")["before"] > 0
    anchored = replace(world, anchors=True)
    version = anchored.version()
    desk = Desk(version, anchored.agreements, lambda *_: None)
    words = {**WORDS, "level": "street", "around": version.streets.codes[0]}
    found = answer(MEMBER, question_from_words("evaluation", words), AT, desk)
    assert row(found, "target")["before"] > 0


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ({"start": ""}, "on which day"),
        ({"around": ""}, "where the work was"),
        ({"around": "W03"}, "own level"),
        ({"from": "2024-01-01"}, "leave out"),
        ({"around": "8a2a1072b59ffff"}, "Nothing is known"),
        ({"plan": "1"}, "name the plan alone"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(words, refused):
    with pytest.raises(QuestionError, match=refused):
        asked("nothing", **words)


def plan_of(found, **more):
    told = {
        "number": 1,
        "query": question_from_words("evaluation", {**WORDS, "around": spots()[0].cell}).to_query(),
        "controls": tuple(found.parts["controls"]["code"][:2]),
        "smallest_fall": 20.0,
        "expected": 50.0,
        "basis": found.about["basis"],
        "locked_on": date(2024, 12, 20),
        "publication": 1,
        "method": 1,
        "label": "Planned before.",
    }
    return LockedPlan(**(told | more))


def test_a_plan_is_followed_as_it_was_locked():
    plan = plan_of(asked("fell"))
    desk = Desk(version_of("fell"), world_of("fell").agreements, lambda *_: None, plans=lambda _: plan)
    found = answer(MEMBER, question_from_words("evaluation", {"plan": "1"}), AT, desk)
    assert found.parts["controls"]["code"] == list(plan.controls)
    assert found.about["planned"] == "Planned before."
    assert found.about["plan"] == 1
    assert found.about["said_when_locked"] == (
        "Said on 20 December 2024, from publication 1: a fall of 20 or more out of 50 could be seen. "
        "That was worked out by an earlier version of the method."
    )
    as_now = replace(desk, plans=lambda _: replace(plan, method=METHOD_VERSION))
    told = answer(MEMBER, question_from_words("evaluation", {"plan": "1"}), AT, as_now)
    assert str(told.about["said_when_locked"]).endswith("out of 50 could be seen.")
    with pytest.raises(QuestionError, match="Only an evaluation"):
        answer(MEMBER, question_from_words("counts", {"plan": "1"}), AT, desk)
    with pytest.raises(QuestionError, match="no locked plan"):
        answer(MEMBER, question_from_words("evaluation", {"plan": "1"}), AT, replace(desk, plans=no_plans))


def test_a_plan_made_from_more_than_a_viewer_may_see_is_not_told_to_them():
    rng = random.Random(4)
    extra = tuple(records_at(spots()[3], dict.fromkeys(range(-12, AFTER), 2), rng, feed=POLICE))
    shared = (agreement("open_data"), agreement("police"))
    world = world_of("fell", agreements=shared, extra=extra)
    plan = plan_of(asked(world))
    question = question_from_words("evaluation", {"plan": "1"})
    narrow = Desk(world.version(), (agreement("open_data"),), lambda *_: None, plans=lambda _: plan)
    with pytest.raises(QuestionError, match="not shared with you"):
        answer(MEMBER, question, AT, narrow)
    assert answer(MEMBER, question, AT, replace(narrow, agreements=shared)).about["plan"] == 1
    everyone = {"agencies": "all", "roles": "all", "hours": True, "clause": "4", "finest": "point"}
    for less in ({"hours": False}, {"without_roles": ["school"]}):
        police = agreement("police", audiences=[everyone | less])
        with pytest.raises(QuestionError, match="not shared with you"):
            answer(MEMBER, question, AT, replace(narrow, agreements=(agreement("open_data"), police)))


def test_who_may_see_wards_only_is_refused_a_hexagon():
    everyone = {"agencies": "all", "roles": "all", "hours": True, "clause": "4", "finest": "ward"}
    world = world_of("fell", agreements=(agreement("police", audiences=[everyone]),))
    with pytest.raises((ReadDenied, QuestionError)):
        asked(world, agency="police")


@pytest.mark.parametrize(("what", "level"), [("moved", "cell:10"), ("peak", "cell:10"), ("fell", "ward")])
def test_hidden_records_change_nothing_that_is_received(what, level):
    rng = random.Random(7)
    hidden = tuple(
        one
        for spot in spots()[:12]
        for one in records_at(spot, dict.fromkeys(range(-12, AFTER), rng.randrange(1, 9)), rng, feed=POLICE)
    )
    bare = world_of(what)
    full = replace(bare, records=(*hidden, *bare.records))
    words = {"level": level, "around": spots()[0].cell if level != "ward" else "W03"}
    without, beside = asked(what, **words), asked(full, **words)
    for format in ("json", "csv", "table"):
        assert show(without, format) == show(beside, format)
    shared = replace(full, agreements=(agreement("open_data"), agreement("police")))
    assert show(asked(shared, **words), "json") != show(without, "json")
