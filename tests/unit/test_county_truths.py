"""Each truth that is planted in the county is there to be found, and is not there where nothing was planted."""

import json
from datetime import date
from typing import NamedTuple

import numpy as np
import pytest
import shapely

from tests.factories.planted_truths import CHECKS, Told
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography, Size
from trigpoint.core.county.notices import closures
from trigpoint.core.county.records import CountyRecords, draws, make_county, make_planted, make_records
from trigpoint.core.county.truths.plant import PLANTERS, Planted
from trigpoint.core.county.truths.register import with_closures
from trigpoint.core.county.truths.truth import FEEDS_OF, QUESTIONS, Truth, Where, plainly

END = date(2026, 10, 31)
ONLY_IN_A_COUNTY = {"g", "h"}
"""A village has one district, and may have no front."""


class Pair(NamedTuple):
    """A county with its truths and the same county without."""

    planted: Planted
    told: Told
    bare: Told


def made(seed: int, size: Size) -> Pair:
    geography = make_geography(seed, size)
    bare = make_county(geography, seed, end=END)
    county, planted = make_planted(geography, bare, seed)
    register = closures(county, draws(seed, "closures"))
    listed = with_closures(register, county.scene, planted.closures)
    return Pair(
        planted,
        Told(geography, county.scene, county.sites, county.history, listed, planted.later_wards),
        Told(geography, bare.scene, bare.sites, bare.history, register, geography.wards),
    )


@pytest.fixture(scope="module", params=[1, 2, 3])
def county(request: pytest.FixtureRequest) -> Pair:
    return made(request.param, "county")


@pytest.fixture(scope="module", params=[1, 2, 5])
def village(request: pytest.FixtureRequest) -> Pair:
    return made(request.param, "village")


def of(pair: Pair, letter: str) -> Truth:
    found = [truth for truth in pair.planted.truths if truth.letter == letter]
    if not found:
        pytest.fail(f"({letter}) is not planted: {pair.planted.unplanted.get(letter)}")
    return found[0]


@pytest.mark.parametrize("letter", sorted(CHECKS))
def test_a_truth_planted_in_a_county_is_there_and_is_of_the_planting(county: Pair, letter: str) -> None:
    truth = of(county, letter)
    assert CHECKS[letter](county.told, truth)
    assert not CHECKS[letter](county.bare, truth)


@pytest.mark.parametrize("letter", sorted(set(CHECKS) - ONLY_IN_A_COUNTY))
def test_a_truth_planted_in_a_village_is_there_and_is_of_the_planting(village: Pair, letter: str) -> None:
    truth = of(village, letter)
    assert CHECKS[letter](village.told, truth)
    assert not CHECKS[letter](village.bare, truth)


def test_what_a_village_is_too_small_for_is_said(village: Pair) -> None:
    planted = {truth.letter for truth in village.planted.truths}
    assert planted | set(village.planted.unplanted) == set(PLANTERS)
    assert set(village.planted.unplanted) <= ONLY_IN_A_COUNTY
    assert all(village.planted.unplanted.values())


def test_no_two_truths_share_ground(county: Pair) -> None:
    places = [
        (truth.letter, where)
        for truth in county.planted.truths
        for where in (truth.where, *truth.others)
        if truth.letter not in {"g", "n"}
    ]
    for number, (letter, one) in enumerate(places):
        for other_letter, other in places[number + 1 :]:
            apart_m = np.hypot(one.easting_m - other.easting_m, one.northing_m - other.northing_m)
            assert letter == other_letter or apart_m > one.radius_m + other.radius_m, (letter, other_letter)


def test_no_truth_stands_where_an_agency_is_silent(county: Pair) -> None:
    silent = of(county, "g").where.district
    beside = [t for t in county.planted.truths if t.letter not in {"g", "n"}]
    assert silent not in {where.district for truth in beside for where in (truth.where, *truth.others)}


def test_a_truth_says_what_it_is(county: Pair) -> None:
    feeds = {feed for feed, _ in FEEDS_OF.values()} | {
        "community_safety_closures",
        "social_care_assessment_factors",
    }
    for truth in county.planted.truths:
        assert truth.sentence.endswith(".")
        assert truth.question in QUESTIONS
        assert truth.expected
        assert set(truth.feeds) <= feeds
        assert {agency for feed, agency in FEEDS_OF.values() if feed in truth.feeds} <= set(truth.agencies)
        assert truth.from_day <= truth.to_day
        assert json.loads(json.dumps(plainly(truth)))["letter"] == truth.letter


def test_planting_again_plants_the_same(village: Pair) -> None:
    geography: Geography = village.told.geography
    bare = make_county(geography, geography.seed, end=END)
    again, planted = make_planted(geography, bare, geography.seed)
    assert planted.truths == village.planted.truths
    for stream, notes in again.history.reports.items():
        np.testing.assert_array_equal(notes.at, village.told.history.reports[stream].at)


def test_a_truth_can_be_left_out(village: Pair) -> None:
    geography = village.told.geography
    bare = make_county(geography, geography.seed, end=END)
    _, planted = make_planted(geography, bare, geography.seed, truths=("d", "k"))
    assert [truth.letter for truth in planted.truths] == ["d", "k"]
    assert planted.unplanted == {}


def test_notes_come_in_order_and_none_is_known_before_it_happens_or_after_the_end(county: Pair) -> None:
    history = county.told.history
    last = (history.last_day + 1).astype("datetime64[m]")
    for stream, notes in history.reports.items():
        assert (np.diff(notes.at).astype(int) >= 0).all(), stream
        assert (notes.reported_at >= notes.at).all(), stream
        assert notes.at.max() < last, stream
        assert notes.reported_at.max() < last, stream


def test_the_wards_of_may_2025_are_those_before_but_for_two(county: Pair) -> None:
    before, after = county.told.geography.wards, county.planted.later_wards
    changed = [old != new for old, new in zip(before.codes, after.codes, strict=True)]
    moved = shapely.area(shapely.symmetric_difference(before.polygons, after.polygons)) > 1.0
    assert sum(changed) == 2
    np.testing.assert_array_equal(changed, moved)
    assert len(set(after.codes)) == len(after.codes)
    assert shapely.area(after.polygons).sum() == pytest.approx(shapely.area(before.polygons).sum())
    assert shapely.union_all(after.polygons).area == pytest.approx(
        shapely.area(after.polygons).sum(), rel=1e-6
    )


@pytest.mark.parametrize("letter", ["d", "e", "f", "l"])
def test_the_crime_feed_carries_what_was_planted(carried: CountyRecords, letter: str) -> None:
    """Most planted crimes keep their point in the police's own columns; some are lost to the feed's disorder."""
    truth = next(truth for truth in carried.truths if truth.letter == letter)
    columns, notes = carried.feeds["police_crime"].table.columns, carried.county.history.reports["crime"]
    rows = near(truth.where, numbers(columns["easting"]), numbers(columns["northing"]))
    planted = near(truth.where, notes.easting_m, notes.northing_m)
    assert 0.7 * planted <= rows <= 1.15 * planted + 1


def test_the_register_lists_the_closures_of_the_truths(carried: CountyRecords) -> None:
    listed = carried.registers["community_safety_closures"].columns["ref"].tolist()
    told = [truth.expected["closure"] for truth in carried.truths if "closure" in truth.expected]
    assert len(told) == 2
    assert all(listed.count(ref) == 1 for ref in told)


@pytest.fixture(scope="module")
def carried() -> CountyRecords:
    return make_records(make_geography(2, "village"), 2, end=END)


def near(where: Where, easting_m: np.ndarray, northing_m: np.ndarray) -> int:
    away = np.hypot(easting_m - where.easting_m, northing_m - where.northing_m)
    return int((away <= where.radius_m).sum())


def numbers(cells: np.ndarray) -> np.ndarray:
    """Cells as numbers; NaN where one holds anything else."""
    return np.array([float(c) if c.replace(".", "", 1).isdigit() else np.nan for c in cells.tolist()])
