"""A feed that fell silent is no fall: it is left out on both sides, as if it had never been asked, and that is said."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.evaluated import AFTER, POLICE, PRIOR, START, WORDS, month, records_at, spots, world_of
from tests.factories.world import agreement
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.plans import LockedPlan
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import show

AT = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
MEMBER = Viewer("someone", "education", "member")
SHARED = (agreement("open_data"), agreement("police"))
TREATED = spots()[0]
FEWER = settings(max_examples=max(settings.default.max_examples // 4, 1))
"""An example here is a world or two."""


def of_police(seed, many=6):
    """Police records at every place, as many before the start as after it."""
    rng = random.Random(seed)
    return tuple(
        one
        for spot in spots()[:17]
        for one in records_at(spot, dict.fromkeys(range(-PRIOR, AFTER), many), rng, feed=POLICE)
    )


def silenced(world, districts, first, last):
    """The world in which the police sent nothing for those districts in those months, counted from the start."""
    days = month(first), month(last + 1)
    kept = (
        one
        for one in world.records
        if not (one.feed == POLICE and one.district in districts and days[0] <= one.day < days[1])
    )
    return replace(world, records=tuple(kept))


def asked(world, plan=None, **words):
    told = {"plan": "1"} if plan else {**WORDS, "around": TREATED.cell, **words}
    desk = Desk(world.version(), world.agreements, lambda *_: None, plans=lambda _: plan)
    return answer(MEMBER, question_from_words("evaluation", told), AT, desk)


def own_district():
    return next(one.district for one in records_at(TREATED, {0: 1}, random.Random(0)))


@cache
def twin_of(what):
    """The answer where the police send nothing at all: the slow, obvious way of leaving a feed out."""
    return asked(world_of(what, agreements=SHARED))


def counted(found):
    """What was counted and what that says, without what the answer says of its feeds."""
    about = {
        name: found.about[name] for name in ("verdict", "smallest_fall", "expected", "comparable", "balanced")
    }
    named = replace(found, columns=dict(found.columns), about=found.about | {"sentence": "", "cautions": []})
    tables = [line for line in show(named, "csv").splitlines() if not line.startswith("#")]
    return about, tables, {name: {k: list(v) for k, v in part.items()} for name, part in found.parts.items()}


@FEWER
@given(
    what=st.sampled_from(["nothing", "fell", "peak"]),
    seed=st.integers(0, 1000),
    first=st.integers(0, AFTER - 2),
    everywhere=st.booleans(),
)
def test_a_feed_silent_after_the_start_is_counted_as_if_it_were_not_there(what, seed, first, everywhere):
    districts = {0, 1} if everywhere else {own_district()}
    whole = world_of(what, agreements=SHARED, extra=of_police(seed))
    found = asked(silenced(whole, districts, first, AFTER))
    assert [one["feed"] for one in found.about["feeds_left_out"]] == ["police_crime"]
    assert "Left out of the count, before and after: Police crime was silent" in found.about["sentence"]
    assert counted(found) == counted(twin_of(what))
    if what == "nothing":
        assert found.about["verdict"] not in ("fell", "spread", "displaced", "perhaps_moved")


def test_counted_the_silence_would_have_been_a_fall():
    """Else the law above would hold of worlds in which silence does nothing."""
    whole = world_of("nothing", agreements=SHARED, extra=of_police(3))
    silent = silenced(whole, {own_district()}, 0, AFTER)
    here = [one for one in silent.records if one.cell(10) == TREATED.cell]
    before = sum(month(-6) <= one.day < START for one in here)
    after = sum(START <= one.day < month(6) for one in here)
    assert after < before / 2
    told = asked(silent)
    row = list(told.columns["part"]).index("target")
    kept = [one for one in here if one.feed != POLICE]
    assert told.columns["before"][row] == sum(month(-6) <= one.day < START for one in kept)
    assert told.columns["after"][row] == sum(START <= one.day < month(6) for one in kept)


def test_a_feed_silent_before_the_start_is_no_rise():
    whole = world_of("nothing", agreements=SHARED, extra=of_police(5))
    found = asked(silenced(whole, {own_district()}, -5, -2))
    assert found.about["verdict"] != "rose"
    assert counted(found) == counted(twin_of("nothing"))


def test_a_feed_that_began_within_the_months_before_is_left_out():
    whole = world_of("nothing", agreements=SHARED, extra=of_police(5))
    found = asked(silenced(whole, {0, 1}, -PRIOR, -3))
    (told,) = found.about["feeds_left_out"]
    assert told == {
        "feed": "police_crime", "name": "Police crime", "reason": "not there yet",
        "sentence": "Police crime sent nothing before November 2024.",
    }  # fmt: skip


def test_a_feed_that_sent_throughout_is_counted_and_nothing_is_said():
    found = asked(world_of("nothing", agreements=SHARED, extra=of_police(5)))
    assert found.about["feeds_left_out"] == []
    assert "Left out" not in found.about["sentence"]


def test_a_silence_of_earlier_months_is_said_beside():
    whole = world_of("nothing", agreements=SHARED, extra=of_police(5))
    found = asked(silenced(whole, {own_district()}, -12, -9))
    assert found.about["feeds_left_out"] == []
    assert any(
        one.startswith("In the time by which places were chosen: Police") for one in found.about["cautions"]
    )


def test_where_every_feed_was_silent_it_is_refused_in_words():
    whole = world_of("nothing", agreements=SHARED, extra=of_police(5))
    silent = silenced(whole, {own_district()}, 1, AFTER)
    with pytest.raises(
        QuestionError, match=r"No feed sent these records throughout .* Police crime was silent"
    ):
        asked(silent, feed="police_crime")


@FEWER
@given(seed=st.integers(0, 1000), first=st.integers(-6, AFTER - 2))
def test_the_silence_of_a_hidden_feed_changes_nothing(seed, first):
    open_only = (agreement("open_data"),)
    whole = world_of("nothing", agreements=open_only, extra=of_police(seed))
    silent, bare = silenced(whole, {0, 1}, first, AFTER), whole.without(POLICE)
    without, beside = asked(bare), asked(silent)
    for format in ("json", "csv", "table"):
        assert show(beside, format) == show(without, format)


def plan_of(found):
    return LockedPlan(
        number=1, query=question_from_words("evaluation", {**WORDS, "around": TREATED.cell}).to_query(),
        controls=tuple(found.parts["controls"]["code"]), smallest_fall=20.0, expected=50.0,
        basis=str(found.about["basis"]), locked_on=date(2024, 12, 20), publication=1, method=2, label="Planned before.",
    )  # fmt: skip


def test_a_feed_left_out_after_the_plan_was_locked_is_said_as_such():
    whole = world_of("nothing", agreements=SHARED, extra=of_police(5))
    plan = plan_of(asked(whole))
    found = asked(silenced(whole, {own_district()}, 1, AFTER), plan)
    assert found.parts["controls"]["code"] == list(plan.controls)
    assert "Police crime was counted when the plan was locked, and left out since." in found.about["sentence"]
    assert found.about["sentence"].endswith("Planned before.")


def test_a_plan_counts_the_feeds_it_was_locked_with():
    whole = world_of("nothing", agreements=SHARED, extra=of_police(5))
    plan = plan_of(asked(silenced(whole, {own_district()}, -5, -2)))
    assert "police_crime" not in plan.basis
    found = asked(whole, plan)
    assert "Police crime is not among the feeds that the plan was locked with." in found.about["sentence"]
    assert "left out since" not in found.about["sentence"]
    assert counted(found)[1:] == counted(asked(whole.without(POLICE), plan))[1:]
