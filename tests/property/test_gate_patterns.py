"""Density, near repeats, concentration, accuracy and times through the gate, against slow sums over the records."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from math import dist

import duckdb
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.world import (
    FOREVER,
    RECORD_FEEDS,
    SIDE_M,
    SOUTH_M,
    STREETS,
    WARDS,
    WEST_M,
    Recorded,
    World,
    agreement,
    open_agreements,
    random_records,
    write_file,
)
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.gate.ask import Desk, QuestionError, answer
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.version import Version

AT = datetime(2024, 9, 2, 9, 0, tzinfo=UTC)
ANALYST = Viewer("someone", "", "analyst")
MEMBER = Viewer("someone", "education", "member")
FEWER = settings(max_examples=max(settings.default.max_examples // 4, 1), deadline=None)
worlds = st.builds(
    lambda seed, count: World(random_records(seed, count), open_agreements()),
    st.integers(0, 10_000), st.integers(1, 45),
)  # fmt: skip


def told(world, kind, viewer=ANALYST, **words):
    desk = Desk(world.version(), world.agreements, lambda *_: None)
    return answer(viewer, question_from_words(kind, words), AT, desk)


def may_be_tested(world):
    """What may take part in a test: current, not graded E, not discovered by our own work."""
    return [one for one in world.records if one.known_to == FOREVER and one.grade != 5 and one.detection != 2]


def street_point(street):
    ward, upper = divmod(street, 2)
    return WEST_M + (ward + 0.5) * SIDE_M, SOUTH_M + 250 + 500 * upper


# concentration


@FEWER
@given(worlds)
def test_concentration_is_that_of_the_counts_by_ward(world):
    found = told(world, "concentration", level="ward", counted="records")
    wards = [one.ward for one in may_be_tested(world) if one.ward >= 0]
    assert found.about["total"] == len(may_be_tested(world))
    assert found.about["unplaced"] == len(may_be_tested(world)) - len(wards)
    if not wards:
        assert len(found) == 0
        return
    counts = sorted((wards.count(ward) for ward in range(WARDS)), reverse=True)
    half = next(k for k in range(1, WARDS + 1) if 2 * sum(counts[:k]) >= len(wards)) / WARDS
    differences = sum(abs(a - b) for a in counts for b in counts)
    gini = differences / (2 * WARDS * len(wards))
    assert found.columns["value"][1] == pytest.approx(half)
    assert found.columns["value"][3] == pytest.approx(gini)
    assert found.columns["value"][2] == pytest.approx(max(WARDS / len(wards), 1) * (gini - 1) + 1)
    assert found.parts["curve"]["share_of_records"][-1] == pytest.approx(1.0)


def test_concentration_within_a_district_counts_its_own_units_only():
    found = told(World(random_records(3, 40), open_agreements()), "concentration", level="ward", within="D1")
    assert found.about["units"] == 3


# near repeats


@FEWER
@given(worlds)
def test_pairs_are_those_of_every_two_records(world):
    bands, days = (0, 1, 1100), (0, 5, 40)
    words = {
        "level": "street",
        "counted": "records",
        "bands": "0-1-1100",
        "days": "0-5-40",
        "replicates": "19",
    }
    found = told(world, "repeats", **words)
    used = [one for one in may_be_tested(world) if one.street >= 0 and one.day_known]
    counts = {(m, d): 0 for m in range(2) for d in range(2)}
    for a, b in combinations(used, 2):
        away, apart = dist(street_point(a.street), street_point(b.street)), abs((a.day - b.day).days)
        for m, d in counts:
            counts[m, d] += bands[m] <= away < bands[m + 1] and days[d] <= apart < days[d + 1]
    assert found.columns["observed"].tolist() == list(counts.values())
    assert found.about["records_compared"] == len(used)


def repeated(tokens, street=4):
    """Records on one street, a day apart, each of a person; and others far away at other times."""
    near = [
        Recorded(
            0, 0, date(2024, 3, 1) + timedelta(days=day), 9, (), *street_point(street), street, token=token
        )
        for day, token in enumerate(tokens)
    ]
    far = [
        Recorded(0, 0, date(2024, 1, 1) + timedelta(days=20 * n), 9, (), *street_point(n), n, token=100 + n)
        for n in range(STREETS)
        if n != street
    ]
    return World((*near, *far), open_agreements())


def test_one_childs_own_run_is_told_apart_from_near_repeats_of_several():
    words = {"level": "street", "bands": "0-1-500", "days": "0-7-200", "replicates": "99"}
    one, several = (
        told(repeated(tokens), "repeats", **words).columns for tokens in ([7] * 6, [7, 8, 9, 10, 11, 12])
    )
    assert one["observed"][0] == several["observed"][0] == 15
    assert (one["observed_apart"][0], several["observed_apart"][0]) == (0, 15)
    assert one["p"][0] <= 0.02
    assert not one["p_apart"][0] < 0.5


def test_where_few_people_may_stand_behind_it_all_pairs_are_not_told_apart():
    world = repeated([7, 7, 8, 8])
    found = told(world, "repeats", level="street", within="W02", replicates="19")
    assert np.isnan(found.columns["observed_apart"]).all()
    assert "Too few people" in found.about["people"]


def test_a_month_has_no_day_to_compare():
    records = tuple(replace(one, day_known=False) for one in repeated([1, 2, 3]).records[:3])
    found = told(World(records, open_agreements()), "repeats", level="street", replicates="19")
    assert (found.about["day_not_known"], found.about["records_compared"]) == (3, 0)
    assert "nothing can be compared" in found.about["sentence"]


# density


@FEWER
@given(worlds, st.sampled_from(["records", "events"]))
def test_the_surface_holds_the_records_placed_in_the_county(world, counted):
    found = told(world, "density", counted=counted)
    drawn = found.columns["per_km2"].sum() * (found.about["cell_m"] / 1000) ** 2
    placed = found.about["total"] - found.about["unplaced"] - found.about["beyond_the_county"]
    assert drawn + found.about["not_drawn"] == pytest.approx(placed, abs=1e-3)
    inside = (found.columns["easting_m"] - WEST_M >= 0) & (found.columns["northing_m"] - SOUTH_M >= 0)
    assert inside.all()
    if counted == "records":
        current = [one for one in world.records if one.known_to == FOREVER]
        assert found.about["total"] == len(current)
        assert found.about["unplaced"] == sum(one.easting_m is None for one in current)


def test_a_ward_has_its_own_outline_and_squares_never_finer_than_a_hundred_metres():
    found = told(World(random_records(4, 60), open_agreements()), "density", within="W02", radius="300")
    assert found.about["cell_m"] >= 100
    east = found.columns["easting_m"] - WEST_M
    assert ((east > 2 * SIDE_M) & (east < 3 * SIDE_M)).all()
    assert found.about["bandwidth_m"] == 300
    with pytest.raises(QuestionError, match="radius"):
        told(World((), open_agreements()), "density", radius="20")


# accuracy


def hot_ward(arrived, month, number=18, ward=1):
    """Records in a month on nine points about the middle of a ward, known from a day on."""
    return tuple(
        Recorded(
            0, 0, date(2024, month, 1 + n), 9, (), WEST_M + (ward + 0.5) * SIDE_M + 200 * (n % 3 - 1),
            SOUTH_M + 500 + 200 * (n // 3 % 3 - 1), 2 * ward, known_from=arrived,
        )
        for n in range(number)
    )  # fmt: skip


def test_what_arrived_after_a_forecast_was_made_is_not_in_it():
    early, came = hot_ward(datetime(2024, 2, 10), 2), hot_ward(datetime(2024, 6, 30), 3)
    words = {"level": "cell:9", "to": "2024-04-01", "months": "1", "q": "0.5", "counted": "records"}

    def told_with(*more):
        found = told(World((*early, *came, *more), open_agreements()), "accuracy", **words)
        return (
            found.about["with_hindsight"],
            found.parts["steps"]["units"].tolist(),
            found.columns["hits"].tolist(),
        )

    alone = told_with()
    assert not alone[0]
    assert alone[2][1] > 9
    assert told_with(*hot_ward(datetime(2024, 6, 20), 2, 28, ward=4)) == alone
    assert told_with(*hot_ward(datetime(2024, 2, 20), 2, 28, ward=4)) != alone


def test_records_that_all_came_later_are_used_with_a_warning():
    world = World((*hot_ward(datetime(2024, 7, 1), 2), *hot_ward(datetime(2024, 7, 1), 3)), open_agreements())
    words = {"level": "cell:9", "to": "2024-04-01", "months": "1", "q": "0.5", "counted": "records"}
    found = told(world, "accuracy", **words)
    assert found.about["with_hindsight"]
    assert "kinder than the truth" in found.about["sentence"]
    assert found.columns["hit_rate"][0] > 0.5


@FEWER
@given(worlds)
def test_all_methods_choose_as_many_units_and_judge_the_same_records(world):
    found = told(world, "accuracy", level="cell:8", to="2024-07-01", months="2", q="0.5")
    steps = found.parts["steps"]
    assert len(steps["units"]) == 6
    for step in np.reshape(steps["units"], (2, 3)), np.reshape(steps["records"], (2, 3)):
        assert (step == step[:, :1]).all()
    assert (np.nan_to_num(steps["pei"]) <= 1 + 1e-9).all()
    assert found.about["total"] == sum(np.reshape(steps["records"], (2, 3))[:, 0])


def test_accuracy_is_the_countys_and_of_hexagons_or_streets():
    world = World((), open_agreements())
    assert len(told(world, "accuracy")) == 3
    for words in ({"within": "W01"}, {"level": "ward"}, {"months": "60"}):
        with pytest.raises(QuestionError):
            told(world, "accuracy", **words)


# times


def minutes_of(one):
    """Each minute of the span in which a record of these worlds happened, by a clock that began on a Monday."""
    start = (one.day - date(1970, 1, 5)).days * 1440 + one.hour * 60 + 7 * one.hour % 60
    lasted = 50 * (one.hour % 4) + 3 * 1440 * (one.hour % 8 == 7)
    return range(start, start + max(lasted, 1))


@FEWER
@given(worlds)
def test_hours_are_those_of_a_walk_through_every_minute(world):
    week, timed = np.zeros(168), 0
    current = [one for one in world.records if one.known_to == FOREVER]
    for one in current:
        if one.hour >= 0 and one.day_known:
            timed += 1
            span = minutes_of(one)
            for minute in span:
                week[minute // 60 % 168] += 1 / len(span)
    found = told(world, "times", clock="15:15-17:00", weekdays="mon-fri")
    np.testing.assert_allclose(found.columns["count"], week, atol=1e-9)
    assert (found.about["with_a_time"], found.about["total"]) == (timed, len(current))
    inside = sum(
        np.mean([minute // 1440 % 7 < 5 and 915 <= minute % 1440 < 1020 for minute in minutes_of(one)])
        for one in current
        if one.hour >= 0 and one.day_known
    )
    assert found.parts["window"]["count"][0] == pytest.approx(inside)


def timed(ward, hour, number, feed=0):
    east = WEST_M + (ward + 0.5) * SIDE_M
    return tuple(
        Recorded(
            feed, 2 * RECORD_FEEDS.index(feed), date(2024, 3, 4) + timedelta(days=7 * n), hour, (), east, SOUTH_M + 500,
            2 * ward,
        )
        for n in range(number)
    )  # fmt: skip


def test_a_place_is_compared_with_elsewhere():
    world = World((*timed(1, 16, 8), *timed(4, 12, 8)), open_agreements())
    words = {"clock": "15:15-17:00", "weekdays": "mon-fri"}
    for place in ({"within": "W01"}, {"around": "W01", "radius": "600"}):
        window = told(world, "times", **words, **place).parts["window"]
        assert window["compared_with"][1] == "records elsewhere"
        assert (window["share"][1], window["expected_share"][1]) == (1.0, 0.0)
        # all eight of sixteen: one draw in C(16, 8)
        assert window["p"][1] == pytest.approx(1 / 12870)
        assert window["p"][0] == pytest.approx((35 / 672) ** 8)


def test_hours_that_may_not_be_told_are_counted_and_not_spread():
    hidden = agreement(
        "police",
        audiences=[{"agencies": "all", "roles": "all", "finest": "point", "hours": False, "clause": "4"}],
    )
    records = (*timed(1, 16, 5), *timed(1, 16, 3, feed=1))
    open_world = World(records, open_agreements())
    closed = World(records, (agreement("social_care"), agreement("open_data"), hidden))
    words = {"clock": "16:00-17:00", "counted": "records"}
    seen, not_seen = (told(world, "times", MEMBER, **words).about for world in (open_world, closed))
    assert (seen["with_a_time"], seen["without_a_time"]) == (8, 0)
    assert (not_seen["with_a_time"], not_seen["without_a_time"], not_seen["total"]) == (5, 3, 8)


def with_routes(tmp_path, *routes):
    """A desk over records in two wards, and routes: (code, feed, the ward's row along which it runs)."""
    path = tmp_path / "routes.duckdb"
    world = World((*timed(1, 16, 8), *timed(4, 12, 8), *timed(5, 16, 1)), open_agreements())
    write_file(path, world)
    connection = duckdb.connect(str(path))
    for at, (code, feed, ward) in enumerate(routes):
        line = shapely.LineString(
            [(WEST_M + ward * SIDE_M, SOUTH_M + 500), (WEST_M + (ward + 1) * SIDE_M, SOUTH_M + 500)]
        )
        row = (at, feed, code, 0, f"Line {code}", "bus", "", shapely.to_wkb(line))
        connection.execute("INSERT INTO route VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return Desk(Version(1, connection.cursor), world.agreements, lambda *_: None)


def test_records_along_a_route_are_compared_with_those_elsewhere(tmp_path):
    desk = with_routes(tmp_path, ("7", 3, 1), ("8", 3, 4), ("9", 4, 5))
    words = {"clock": "15:15-17:00", "weekdays": "mon-fri", "radius": "200"}
    one = answer(ANALYST, question_from_words("times", words | {"text": "line 7"}), AT, desk)
    assert (one.about["total"], one.about["routes"]) == (8, ["Line 7"])
    assert (one.parts["window"]["share"][1], one.parts["window"]["expected_share"][1]) == (
        1.0,
        pytest.approx(1 / 9),
    )
    every = answer(ANALYST, question_from_words("times", words | {"text": "all"}), AT, desk).parts["routes"]
    assert every["route"] == ["7", "8"]
    assert every["share"].tolist() == [1.0, 0.0]
    assert every["p"][0] < 0.01 < every["p"][1]


def test_a_route_of_a_feed_that_is_not_open_is_as_if_it_were_not_there(tmp_path):
    desk = with_routes(tmp_path, ("9", 4, 5))
    with pytest.raises(QuestionError, match="no bus route"):
        answer(ANALYST, question_from_words("times", {"text": "9"}), AT, desk)


WARD_ONLY = agreement(
    "police", audiences=[{"agencies": "all", "roles": "all", "finest": "ward", "hours": True, "clause": "4"}]
)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("density", {}), ("repeats", {"replicates": "19"}), ("concentration", {"level": "street"}),
        ("accuracy", {"level": "cell:8"}), ("times", {"around": "W02"}),
    ],
)  # fmt: skip
def test_a_feed_told_by_ward_takes_no_part_in_what_is_finer_and_is_named(kind, words):
    world = World(random_records(11, 40), (agreement("open_data"), agreement("social_care"), WARD_ONLY))
    all_in = World(world.records, open_agreements())
    seen, full = (told(one, kind, MEMBER, **words) for one in (world, all_in))
    assert [one["code"] for one in seen.about["why"]] == ["police_crime"]
    assert "clause 4" in seen.about["why"][0]["clause"]
    assert full.about["why"] == []
    without = told(world.without(1), kind, MEMBER, **words)
    for name, column in seen.columns.items():
        np.testing.assert_array_equal(column, without.columns[name])


def test_a_route_that_is_not_there_is_said():
    with pytest.raises(QuestionError, match="no bus route"):
        told(World((), open_agreements()), "times", text="404")
