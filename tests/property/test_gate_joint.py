"""Joint insight through the gate: it is the picture of the question about hotspots, and tells no withheld place."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.factories.world import World, agreement, random_records
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.questions import question_from_words

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
MEMBER, POLICE = Viewer("s", "education", "member"), Viewer("p", "police", "member")
ALL = (agreement("open_data"), agreement("social_care"), agreement("police"))
AMONG_POLICE = [{"agencies": ["police"], "roles": "all", "hours": True, "clause": "4", "finest": "point"}]
OWN_ONLY = (
    agreement("open_data"),
    *(agreement(code, audiences=AMONG_POLICE) for code in ("social_care", "police")),
)


def ask(kind, world, viewer=MEMBER, **words):
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    return answer(viewer, question_from_words(kind, words), AT, desk)


@pytest.fixture(scope="module")
def world():
    return World(random_records(5, 400), ALL)


@pytest.mark.parametrize(
    "words",
    [
        {"level": "cell:9", "q": "0.5"},
        {"level": "ward", "q": "0.5", "background": "children"},
        {"level": "street", "q": "0.5", "theme": "missing"},
        {"level": "cell:8", "q": "0.5", "test": "moran"},
        {"level": "cell:9", "variant": "fixed"},
    ],
)
def test_the_joined_picture_is_that_of_the_question_about_hotspots(world, words):
    joint, plain = ask("joint", world, **words), ask("hotspots", world, **words)
    hotspots = plain.parts["hotspots"]
    for name in ("letter", "code", "name", "verdict"):
        assert list(joint.columns[name]) == list(hotspots[name])
    assert [sorted(one) for one in joint.columns["units"]] == [sorted(one) for one in hotspots["units"]]
    assert joint.about["total"] == plain.about["total"]
    assert joint.about["hotspots"] == plain.about["hotspots"]


def test_shares_sum_to_the_evidence_of_each_hotspot_told(world):
    joint = ask("joint", world, level="ward", q="0.5", background="children")
    shares = joint.parts["shares"]
    assert len(joint)
    for number, evidence in zip(joint.columns["id"], joint.columns["evidence"], strict=True):
        mine = [share for one, share in zip(shares["id"], shares["share"], strict=True) if one == number]
        assert sum(mine) == pytest.approx(evidence)


def test_events_of_agencies_are_those_that_lie_somewhere_and_those_told_by_one_alone_are_fewer(world):
    agencies = ask("joint", world, level="ward").parts["agencies"]
    for code, events, alone in zip(
        agencies["agency"], agencies["events"], agencies["told_alone"], strict=True
    ):
        own = ask("hotspots", world, level="ward", agency=code)
        # an event counts where all records together place it, so one of an agency's own may have a place by another's
        assert abs(events - (own.about["total"] - own.about["unplaced"])) <= own.about["unplaced"]
        assert 0 <= alone <= events


def test_what_several_tell_is_counted_once(world):
    joint = ask("joint", world, level="ward")
    agencies = joint.parts["agencies"]
    shared = sum(agencies["events"]) - sum(agencies["told_alone"])
    assert joint.about["tellings_of_several"] == shared
    assert 2 * joint.about["events_of_several"] <= shared


def test_a_concern_about_one_source_is_told_without_place_or_agencies():
    joint = ask("joint", World(random_records(7, 400), ALL), level="cell:8", q="0.5")
    few = [at for at, one in enumerate(joint.columns["verdict"]) if one == "few"]
    assert few
    for at in few:
        for name in ("name", "ward", "code"):
            assert joint.columns[name][at] == ""
        assert [joint.columns[name][at] for name in ("units", "alone", "gone_without", "feeds_alone")] == [
            [],
            [],
            [],
            [],
        ]
        assert np.isnan([joint.columns[name][at] for name in ("easting_m", "northing_m", "evidence")]).all()
        assert joint.columns["id"][at] not in joint.parts["shares"]["id"]


def test_two_viewers_are_told_what_each_may_see():
    world = World(random_records(5, 400), OWN_ONLY)
    theirs, ours = (
        ask("joint", world, level="ward", q="0.5"),
        ask("joint", world, POLICE, level="ward", q="0.5"),
    )
    assert theirs.parts["agencies"]["agency"] == ["open_data"]
    assert ours.parts["agencies"]["agency"] == ["open_data", "police", "social_care"]
    assert theirs.parts["pairs"]["agency"] == []
    assert not np.asarray(theirs.columns["joined_only"]).any()


def test_within_a_place_its_hotspots_are_listed(world):
    whole = ask("joint", world, level="ward", q="0.5")
    here = ask("joint", world, level="ward", q="0.5", within="W02")
    assert set(here.columns["code"]) <= {"W02"}
    assert set(here.parts["shares"]["id"]) == set(here.columns["id"]) <= set(whole.columns["id"])


def test_weights_are_shown_and_refused_where_they_have_no_law(world):
    weighed = ask("joint", world, level="ward", q="0.5", weighting="standard")
    assert set(weighed.about["weights"]) == {"open_data", "police", "social_care"}
    assert ask("joint", world, level="ward").about["weights"] == {}
    with pytest.raises(QuestionError, match="evenly only"):
        ask("joint", world, level="ward", theme="missing", weighting="standard")


def test_without_a_record_there_is_nothing_to_join():
    joint = ask("joint", World((), ALL), level="ward")
    assert len(joint) == 0
    assert joint.parts["agencies"]["agency"] == []
    assert "no hotspot" in joint.about["sentence"]


def test_every_group_shows_what_asking_for_it_alone_would_show():
    """The switchboard is no second way out: a group's places are those that the question about the group tells.

    In this world every agency places its own events where all together place them; where it does not, the group's map
    has the joint place and the question about the group its own.
    """
    world = World(random_records(2, 300), ALL)
    joint = ask("joint", world, level="ward", q="0.5", background="children")
    units = dict(zip(joint.columns["id"], joint.columns["units"], strict=True))
    groups = joint.parts["groups"]
    assert [sorted(one) for one in groups["agencies"]] == [
        ["open_data"], ["police"], ["open_data", "police"], ["social_care"], ["open_data", "social_care"],
        ["police", "social_care"], ["open_data", "police", "social_care"],
    ]  # fmt: skip
    rows = zip(groups["agencies"], groups["shows"], groups["concerns"], strict=True)
    seen = set()
    for agencies, shows, concerns in rows:
        alone = ask(
            "hotspots", world, level="ward", q="0.5", background="children", agency=agencies, counted="events"
        )
        told = {unit for one in alone.parts["hotspots"]["units"] for unit in one}
        assert set(shows) == {number for number, mine in units.items() if told & set(mine)}
        assert concerns == alone.about["concerns"]
        seen |= {(len(shows), int(concerns) > 0)}
    assert len(seen) > 1


@pytest.mark.parametrize("words", [{"level": "cell:9", "variant": "fixed"}, {"level": "street", "q": "0.5"}])
def test_alone_pairs_and_without_say_what_the_groups_say(world, words):
    joint = ask("joint", world, **words)
    groups = joint.parts["groups"]
    shows = {frozenset(one): set(told) for one, told in zip(groups["agencies"], groups["shows"], strict=True)}
    every = frozenset(joint.parts["agencies"]["agency"])
    columns = ("id", "verdict", "alone", "gone_without", "joined_only")
    for number, verdict, alone, gone, only in zip(*(joint.columns[one] for one in columns), strict=True):
        if verdict == "few":
            assert not only
            assert not any(number in told for told in shows.values())
            continue
        assert set(alone) == {one for one in every if number in shows[frozenset({one})]}
        assert set(gone) == {one for one in every if number not in shows[every - {one}]}
        assert only == (not alone)
    lost = dict(zip(joint.parts["agencies"]["agency"], joint.parts["agencies"]["lost_without"], strict=True))
    assert lost == {one: sum(one in gone for gone in joint.columns["gone_without"]) for one in every}
