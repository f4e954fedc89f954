"""The unplaced tray: every viewer gets their own agency's words, analysts all, and nobody learns of any other's."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import (
    AGENCIES,
    FEEDS,
    RECORD_FEEDS,
    Shared,
    Worded,
    World,
    agreement,
    random_records,
)
from trigpoint.core.sharing.viewer import ROLES, Viewer
from trigpoint.gate.ask import Desk, ReadDenied, answer
from trigpoint.gate.kept_words import KeptWording, KeptWords
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.show import FORMATS, rows, show

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
CARE, POLICE, STREET = RECORD_FEEDS
FEWER = settings(max_examples=max(settings.default.max_examples // 4, 1))
CANDIDATES = (
    {"kind": "street", "ref": "mill|1", "name": "Mill Road", "easting_m": 551_000.0, "northing_m": 200_500.0, "weight": 0.6,
     "quality": 3},
    {"kind": "outside", "ref": "london", "name": "London", "easting_m": None, "northing_m": None, "weight": 0.1,
     "quality": 5},
)  # fmt: skip


def desk_of(world: World, asked_of=None) -> Desk:
    def words(agencies):
        if asked_of is not None:
            asked_of.append(agencies)
        told = (one for one in world.wordings if FEEDS[one.feed][1] in agencies)
        kept = {
            (FEEDS[one.feed][1], one.digest): KeptWording(
                one.number, f"behind shop {one.number}", "Wexby", CANDIDATES
            )
            for one in told
        }
        return KeptWords(kept)

    return Desk(world.version(), world.agreements, lambda *_: None, words)


def tray(viewer, world, words=None):
    return answer(viewer, question_from_words("unplaced", words or {}), AT, desk_of(world))


def wordings(feeds):
    return st.lists(
        st.builds(Worded, st.sampled_from(feeds), st.integers(0, 40), st.integers(1, 9),
                  st.floats(0, 20, width=16), st.booleans()),
        max_size=12, unique_by=lambda one: (one.feed, one.number),
    ).map(tuple)  # fmt: skip


def points(feeds):
    made = st.builds(
        Shared, st.sampled_from(feeds), st.integers(551_000, 551_400), st.just(200_500), st.integers(20, 90)
    )
    return st.lists(made, max_size=4, unique_by=lambda one: (one.feed, one.easting_m)).map(tuple)


def worlds(feeds=RECORD_FEEDS):
    open_to_all = tuple(agreement(one) for one in AGENCIES)
    return st.builds(
        lambda seed, said, shared: World(random_records(seed, 20, feeds), open_to_all, wordings=said, shared=shared),
        st.integers(0, 999), wordings(feeds), points(feeds),
    )  # fmt: skip


@FEWER
@given(world=worlds())
def test_another_agency_s_words_change_nothing_in_a_contributor_s_tray(world):
    police = Viewer("pat", "police", "contributor")
    bare = world.without(CARE, STREET)
    assert [show(tray(police, world), one) for one in FORMATS if one != "geojson"] == [
        show(tray(police, bare), one) for one in FORMATS if one != "geojson"
    ]


@FEWER
@given(world=worlds())
def test_an_analyst_sees_every_wording_that_waits_and_the_sure_ones_do_not_wait(world):
    seen = list(rows(tray(Viewer("ann", "", "analyst"), world).columns))
    waiting = [one for one in world.wordings if not one.sure]
    assert sorted((row["agency"], row["id"]) for row in seen) == sorted(
        (FEEDS[o.feed][1], o.number) for o in waiting
    )
    assert [row["change"] for row in seen] == sorted((row["change"] for row in seen), reverse=True)
    assert sum(row["records"] for row in seen) == sum(one.records for one in waiting)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in ("analyst", "contributor")])
@pytest.mark.parametrize("agency", ["police", "social_care", ""])
def test_no_other_role_is_told_anything(role, agency):
    world = World(
        random_records(1, 20),
        tuple(agreement(one) for one in AGENCIES),
        wordings=(Worded(POLICE, 1, 3, 2.0),),
    )
    with pytest.raises(ReadDenied) as denied:
        tray(Viewer("someone", agency, role), world)
    assert "behind shop" not in str(denied.value)


def test_words_are_read_of_the_permitted_agencies_alone():
    world = World(random_records(1, 20), (), wordings=(Worded(POLICE, 1, 3, 2.0), Worded(CARE, 2, 3, 2.0)))
    asked_of = []
    question = question_from_words("unplaced", {})
    answer(Viewer("pat", "police", "contributor"), question, AT, desk_of(world, asked_of))
    assert asked_of == [("police",)]


def test_a_contributor_of_an_agency_that_sent_nothing_is_denied():
    world = World(random_records(1, 20), (), wordings=(Worded(POLICE, 1, 3, 2.0),))
    with pytest.raises(ReadDenied):
        tray(Viewer("eve", "education", "contributor"), world)


def test_a_row_says_what_a_person_needs_to_decide():
    world = World(
        random_records(1, 20), (),
        wordings=(Worded(POLICE, 7, 3, 2.0), Worded(POLICE, 8, 1, 9.0)), shared=(Shared(POLICE, 551_000, 200_500, 44),),
    )  # fmt: skip
    found = tray(Viewer("ann", "", "analyst"), world)
    first, second = rows(found.columns)
    assert (first["id"], second["id"]) == (8, 7)
    assert (second["text"], second["town"], second["feed"]) == ("behind shop 7", "Wexby", ["police_crime"])
    assert [one["name"] for one in second["candidates"]] == ["Mill Road", "London"]
    assert second["candidates"][0]["lon"] is not None
    assert second["candidates"][1]["lon"] is None
    (point,) = rows(found.parts["shared_points"])
    assert (point["feed"], point["easting"], point["northing"], point["records"]) == (
        "police_crime",
        551_000,
        200_500,
        44,
    )
