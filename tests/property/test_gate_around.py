"""Around a place and from where to where: what is hidden changes nothing, and what is told is what the records say."""

import itertools
import math
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.world import (
    RECORD_FEEDS,
    SIDE_M,
    SITES,
    SOUTH_M,
    WARDS,
    WARDS_A_DISTRICT,
    WEST_M,
    Facility,
    Recorded,
    Served,
    World,
    agreement,
    random_records,
    ward_code,
)
from tests.property.hiding import (
    AGREEMENTS,
    AT,
    EVERYONE,
    FEWER,
    HOMES_TO_WARD,
    MEMBER,
    assert_told_apart_nowhere,
    desk_of,
    everything_received,
)
from trigpoint.core.disclosure.people import band_words
from trigpoint.gate.ask import ReadDenied, answer
from trigpoint.gate.questions import QuestionError, question_from_words

CARE, POLICE, STREET = RECORD_FEEDS
CAWN, CLOSURES, NRM = 5, 6, 7
CELL = "89194e636c3ffff"
LATER = datetime(2024, 3, 20, 9, tzinfo=UTC)

AROUND = (
    *({"kind": "around", "level": level, "radius": "1500"} for level in ("cell:9", "street", "ward")),
    {"kind": "around", "level": "ward", "around": "W02", "geometry": "yes", "radius": "900"},
    {"kind": "around", "around": CELL, "geometry": "yes"},
    {"kind": "around", "level": "street", "around": "S03", "radius": "2000"},
    {"kind": "around", "around": "Wexby", "class": ["school", "hotel"], "agency": "open_data"},
    {"kind": "around", "level": "cell:9", "within": "D0"},
)
FLOWS = (
    {"kind": "flows"},
    {"kind": "flows", "level": "ward"},
    {"kind": "flows", "level": "ward", "flow": "home", "within": "D1"},
)


def moved(records, seed):
    """The same records with places people go missing from, live at and are placed in."""
    rng = np.random.default_rng(seed)
    return tuple(replace(one, role=int(rng.choice([1, 2, 8, 9]))) for one in records)


def travelled(seed, count, *agreements, anchors=False, feeds=RECORD_FEEDS):
    shared = (agreement("open_data"), agreement("social_care"), *agreements)
    return World(moved(random_records(seed, count, feeds), seed), shared, anchors)


@FEWER
@given(
    seed=st.integers(0, 10_000), count=st.integers(1, 60), anchors=st.booleans(),
    hidden=st.sampled_from(list(AGREEMENTS.values())),
)  # fmt: skip
def test_records_and_notices_that_are_not_shared_change_nothing(seed, count, anchors, hidden):
    world = travelled(seed, count, *hidden, anchors=anchors)
    assert_told_apart_nowhere(world, world.without(POLICE, CAWN, CLOSURES, NRM), (*AROUND, *FLOWS))


@FEWER
@given(seed=st.integers(0, 10_000))
def test_places_a_record_had_that_are_not_shared_change_no_flow(seed):
    kept_back = agreement(
        "police", audiences=[EVERYONE | {"finest": "point", "without_roles": ["missing_from", "found_at"]}]
    )
    world = travelled(seed, 60, kept_back)
    bare = replace(
        world,
        records=tuple(
            replace(one, found_at=-1) if one.feed == POLICE else one
            for one in world.records
            if one.feed != POLICE or one.role != 2 or one.easting_m is None
        ),
    )
    assert_told_apart_nowhere(world, bare, FLOWS)


def test_where_roles_are_kept_back_no_flow_is_told():
    fields = ["hours", "detection"]
    world = World(moved(random_records(1, 80, (POLICE,)), 1), (agreement("police", fields=fields),))
    with pytest.raises(ReadDenied, match="what a place was"):
        answer(replace(MEMBER, agency="social_care"), question_from_words("flows", {"feed": "police_crime"}), AT,
               desk_of(replace(world, sites=())))  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2])
def test_the_test_would_notice_records_that_are_shared(seed):
    world = travelled(seed, 300, agreement("police"))
    hidden = world.without(POLICE, CAWN, CLOSURES, NRM)
    for words in (
        {"kind": "flows", "level": "district"},
        {"kind": "around", "level": "ward", "around": "W03"},
    ):
        assert everything_received(desk_of(world), words) != everything_received(desk_of(hidden), words)


def asked(world, kind, viewer=MEMBER, at=AT, **words):
    return answer(viewer, question_from_words(kind, words), at, desk_of(world))


# around a place


def test_a_home_kept_to_its_ward_is_counted_there_and_neither_placed_nor_measured():
    world = World((), (agreement("open_data"), agreement("social_care", audiences=HOMES_TO_WARD)))
    for words in ({"around": "W01", "level": "ward"}, {"around": "W01"}):
        found = asked(world, "around", **words)
        assert "childrens_home" not in found.columns["class"]
        areas = found.parts["areas"]
        assert ("W01", "childrens_home", 1) in zip(areas["code"], areas["class"], areas["count"], strict=True)
        assert any("counted by ward" in one for one in found.parts["gaps"]["sentence"])
    elsewhere = replace(
        world, sites=tuple(replace(one, name="Another") if one.restricted else one for one in world.sites)
    )
    words = {"kind": "around", "around": "W01", "level": "ward"}
    assert everything_received(desk_of(world), words) == everything_received(desk_of(elsewhere), words)


def test_sites_are_told_with_their_walk_and_the_notice_there():
    # the lower street of ward 3 runs 250 m north of its foot: the ward's middle is 250 m north of that
    sites = (
        Facility("hotel", "Ford Hotel", 3, 3, False), Facility("hotel", "Far Hotel", 3, 5, False),
        Facility("school", "Mill School", 3, 0, False),
    )  # fmt: skip
    notices = (Served("closure", 6, 3, False, date(2024, 3, 1), date(2024, 4, 1)),)
    world = World((), (agreement("open_data"), agreement("police")), sites=sites, notices=notices)
    found = asked(world, "around", at=LATER, around="S06", level="street", radius="2400", geometry="yes")
    rows = dict(zip(found.columns["name"], found.columns["distance_m"].tolist(), strict=True))
    # no street is near enough to a ward's middle to walk from: a straight line, said as one
    assert rows == pytest.approx({"Ford Hotel": 250.0, "Far Hotel": math.hypot(1500, 250)})
    assert set(found.columns["way"]) == {"straight line"}
    assert found.columns["minutes"].tolist() == [4.0, 20.0]
    assert found.columns["notice"] == ["closure", None]
    assert found.columns["notice_state"] == ["ends_soon", None]
    assert found.parts["notices"]["kind"] == ["closure"]
    assert "A closure ends on 1 April 2024." in found.parts["gaps"]["sentence"]
    # the street itself, and of the lower streets 2,400 m to one side and all there are to the other
    assert found.parts["isochrone"]["street_m"] == [6 * SIDE_M - 600]
    table = found.parts["classes"]
    assert dict(zip(table["class"], table["count"], strict=True)) == {"hotel": 2, "school": 0}
    assert "walks along the streets" in found.about["method"]
    assert found.about["straight_lines"] == 2


def test_a_walk_goes_along_the_streets():
    """Both streets of the county run east, and nothing joins them: a site on the other one cannot be walked to."""
    sites = tuple(Facility("hotel", f"Hotel {ward}", 3, ward, False) for ward in (0, 3, 4))
    desk = desk_of(World((), (agreement("open_data"),), sites=sites))
    with desk.version.cursor() as cursor:
        for name, north_m in (("Hotel 0", 250), ("Hotel 3", 280), ("Hotel 4", 770)):
            cursor.execute("UPDATE site SET northing_m = ? WHERE name = ?", [SOUTH_M + north_m, name])
    words = {"around": "S00", "level": "street", "radius": "4000"}
    found = answer(MEMBER, question_from_words("around", words), AT, desk)
    told = dict(zip(found.columns["name"], found.columns["way"], strict=True))
    assert told == {"Hotel 0": "walk", "Hotel 3": "walk", "Hotel 4": "straight line"}
    # from the end of the street, 1 km in, to the hotel 30 m off it; and as the crow flies
    expected = [0.0, 2500.0 + 30.0, math.hypot(3500, 520)]
    assert found.columns["distance_m"].tolist() == pytest.approx(expected)
    assert any("straight lines" in one for one in found.parts["gaps"]["sentence"])


def test_an_area_holds_what_stands_in_it():
    world = World((), (agreement("open_data"),), sites=SITES[:1])
    by_ward = asked(world, "around", around="W00", level="ward")
    assert by_ward.columns["distance_m"].tolist() == [0.0]
    assert "1 school" in by_ward.about["sentence"]


def test_without_streets_every_distance_is_a_straight_line():
    world = World((), (agreement("open_data"),), anchors=True)
    found = asked(world, "around", around="W01", level="ward", radius="1500")
    assert found.columns["distance_m"].tolist() == [500.0, 2500.0][:1]
    assert "No streets are loaded" in found.about["method"]


def test_a_place_nobody_may_know_of_is_refused():
    world = travelled(1, 20, anchors=True)
    with pytest.raises(QuestionError, match="Nothing is known"):
        asked(world, "around", around="at-1.0-1.0-1", level="street")
    with pytest.raises(QuestionError, match="level cell, street or ward"):
        asked(world, "around", level="district")


def test_a_place_is_compared_only_at_its_own_level():
    world = World((), (agreement("open_data"),))
    assert "level ward" in asked(world, "around", around="W01").parts["classes"]["words"][0]
    wexby = asked(world, "around", around="Wexby")
    assert wexby.parts["classes"]["words"][0] == "Not compared with other places."
    beyond = asked(world, "around", around="89194e62003ffff", radius="5000")
    assert beyond.about["compared"] == 0


HOT = {"level": "cell:10", "background": "even"}


def crowd(ward, many):
    """Records of many people about the middle of a ward, spread so that several hexagons together are hot."""
    east, north = WEST_M + (ward + 0.5) * SIDE_M, SOUTH_M + 500
    return tuple(
        Recorded(
            STREET, 4, date(2024, 2, 1 + at % 28), 12, (), east + 260 * math.cos(2.4 * at) * math.sqrt(at / many),
            north + 260 * math.sin(2.4 * at) * math.sqrt(at / many), 2 * ward, token=20 + at, marking=0,
        )
        for at in range(many)
    )  # fmt: skip


def test_hotspots_and_notices_are_matched_both_ways():
    notices = (
        Served("closure", 6, 2, False, date(2024, 3, 1), date(2024, 9, 10)),
        Served("cpn", 6, 5, False, date(2024, 3, 1), date(2024, 12, 1)),
        Served("closure", 6, 2, False, date(2024, 1, 1), date(2024, 2, 1)),
        Served("cawn", 5, 4, True, date(2024, 3, 1), None),
    )
    world = World(crowd(2, 60), (agreement("open_data"), agreement("police")), notices=notices)
    found = asked(world, "around", **HOT, radius="900")
    assert found.columns["letter"] == ["A"]
    assert found.columns["in_place"] == [1]
    assert found.columns["ends_soon"] == [1]
    assert found.columns["ended"] == [1]
    assert found.columns["gap"] == [False]
    part = found.parts["notices"]
    assert dict(zip(part["kind"], part["gap"], strict=True)) == {"closure": False, "cpn": True, "cawn": True}
    assert dict(zip(part["kind"], part["hotspots"], strict=True)) == {"closure": ["A"], "cpn": [], "cawn": []}
    assert dict(zip(part["kind"], part["records"], strict=True)) == {"closure": 60, "cpn": 0, "cawn": 0}
    assert found.about["without_notice"] == 0
    bare = asked(replace(world, notices=notices[1:]), "around", **HOT, radius="900")
    assert bare.columns["gap"] == [True]
    assert bare.about["without_notice"] == 1
    assert asked(world, "around", **HOT, within="D1").columns["gap"] == []


def test_a_unit_of_a_hotspot_stands_for_the_whole_of_it():
    world = World(crowd(2, 60), (agreement("open_data"), agreement("police")))
    hot = asked(world, "hotspots", **HOT).parts["hotspots"]
    found = asked(world, "around", around=hot["units"][0][-1], **HOT)
    assert found.about["hotspot"] == hot["letter"][0]
    assert found.about["units"] == len(hot["units"][0]) > 1
    assert found.about["compared"] < 19
    assert any(one.startswith("Too few comparable") for one in found.parts["classes"]["words"])


def test_a_hotspot_of_one_source_is_not_told_by_what_is_around_it():
    one_child = tuple(replace(one, token=21) for one in crowd(2, 60))
    world = World(one_child, (agreement("open_data"), agreement("police")))
    assert asked(world, "around", **HOT).columns["letter"] == []
    peak = asked(World(crowd(2, 60), world.agreements), "hotspots", **HOT).parts["hotspots"]["code"][0]
    assert asked(world, "around", around=peak, **HOT).about["hotspot"] == ""


# from where to where


def twin_of_flows(world, level, feeds):
    """Journeys and people of every flow, counted record by record; every feed's records are events of their own here."""
    size = 1 if level == "ward" else WARDS_A_DISTRICT
    journeys, people = {}, {}
    for one in world.records:
        shown = one.feed in feeds and one.known_to.year == 9999 and one.marking < 3 and one.grade != 5
        if not shown or one.role not in (2, 8, 9) or one.found_at < 0 or one.easting_m is None:
            continue
        origin = one.ward // size if one.ward >= 0 else WARDS // size
        flow = (origin, one.found_at // size)
        journeys[flow] = journeys.get(flow, 0) + 1
        if one.token:
            people.setdefault(flow, {}).setdefault(one.token, []).append(one)
    told = {}
    for flow, count in journeys.items():
        known = people.get(flow, {})
        most = max((len(records) for records in known.values()), default=0)
        if len(known) >= 5 and most <= 0.4 * count:
            told[flow] = (count, band_words(len(known)))
    return told


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("level", ["district", "ward"])
def test_flows_are_those_counted_record_by_record(seed, level):
    world = travelled(seed, 400, feeds=(STREET,))
    found = asked(world, "flows", level=level, feed="police_uk_street").columns
    codes = {ward_code(at): at for at in range(WARDS)} | {"D0": 0, "D1": 1}
    beyond = WARDS if level == "ward" else WARDS // WARDS_A_DISTRICT
    told = {}
    for one, name, other, kind, count, people in zip(
        *(found[n] for n in ("from_code", "from_name", "to_code", "told", "journeys", "people")), strict=True
    ):
        if kind == "flow":
            assert one or name == "beyond the county"
            told[codes.get(one, beyond), codes[other]] = (count, people)
    assert told == twin_of_flows(world, level, (STREET,))
    assert told


def test_flows_narrowed_to_a_place_are_those_that_touch_it():
    world = travelled(3, 400, feeds=(STREET,))
    whole, part = (asked(world, "flows", level="ward", **more).columns for more in ({}, {"within": "D0"}))
    inside = {ward_code(at) for at in range(WARDS_A_DISTRICT)}

    def flows(found):
        return {
            (a, b, count)
            for a, b, kind, count in zip(
                *(found[n] for n in ("from_code", "to_code", "told", "journeys")), strict=True
            )
            if kind == "flow"
        }

    assert flows(part) == {one for one in flows(whole) if one[0] in inside or one[1] in inside}
    with pytest.raises(QuestionError, match="district or a ward"):
        asked(world, "flows", within="Wexby")


def test_records_of_one_event_tell_a_journey_between_them():
    """The care record knows where a child is placed, the police record where something happened: one linked event."""
    east, north = WEST_M + 500, SOUTH_M + 500
    days = [date(2024, 1, 1 + at) for at in range(8)]
    care = [
        Recorded(CARE, 0, day, 12, (), east, north, 0, role=9, token=1 + at) for at, day in enumerate(days)
    ]
    police = [Recorded(POLICE, 3, day, 12, (), east + 4 * SIDE_M, north, 8, role=1, token=0) for day in days]
    world = World((*care, *police), (agreement("open_data"), agreement("social_care"), agreement("police")))
    found = asked(world, "flows", level="ward", flow="home").columns
    assert list(
        zip(found["from_code"], found["to_code"], found["journeys"], found["people"], strict=True)
    ) == [("W00", "W04", 8, "5 to 9")]


def test_fewer_than_five_people_make_no_flow_and_no_total():
    rows = [
        Recorded(STREET, 4, date(2024, 1, 1 + at), 12, (), WEST_M + 500, SOUTH_M + 500, 0, role=2, token=1 + at % 4,
                 found_at=4, marking=0)
        for at in range(20)
    ]  # fmt: skip
    world = World(tuple(rows), (agreement("open_data"),))
    found = asked(world, "flows", level="ward")
    assert found.columns["told"] == ["withheld"]
    assert found.columns["journeys"] == [None]
    assert (found.about["total"], found.about["total_is"]) == (0, "journeys told")
    assert "silence" not in found.about
    shown = "".join(everything_received(desk_of(world), {"kind": "flows", "level": "ward"}))
    assert "W04" not in shown
    assert found.parts["returns"]["share"] == ["withheld"]


def test_no_number_of_a_person_is_in_an_answer():
    world = travelled(2, 200, feeds=(STREET,))
    renamed = replace(
        world,
        records=tuple(replace(one, token=one.token and one.token * 7 + 1000) for one in world.records),
    )
    for words in itertools.chain(FLOWS, AROUND):
        assert everything_received(desk_of(world), words) == everything_received(desk_of(renamed), words)
