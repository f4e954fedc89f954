"""The second county's wordings: their mix, that they repeat, and that every truth is where the geography has it."""

import re
from collections import Counter, defaultdict

import numpy as np
import pytest
import shapely

from benchmarks.place_wordings import county_gazetteer
from benchmarks.second_county import judge
from tests.factories.second_county import Ambiguous, Named, Outside, Vague, Worded, second_county_wordings
from tests.factories.second_county_typing import letters_apart
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import Geography
from trigpoint.core.county.scene import scene_of
from trigpoint.core.county.sites import Sites, make_sites
from trigpoint.core.geography.wording_match import match_wordings

COUNT = 1_500
County = tuple[Geography, Sites]


@pytest.fixture(scope="module")
def county() -> County:
    geography = make_geography(4242, "county")
    return geography, make_sites(scene_of(geography), np.random.default_rng([4242, 1]))


@pytest.fixture(scope="module")
def told(county: County) -> list[Worded]:
    return second_county_wordings(*county, seed=11, count=COUNT)


def _named(told: list[Worded]) -> list[Worded]:
    return [worded for worded in told if isinstance(worded.truth, Named)]


def _loose(text: str) -> str:
    return text.lower().replace("'", "")


def _is_trap(worded: Worded) -> bool:
    truth = worded.truth
    return isinstance(truth, Ambiguous) or (isinstance(truth, Vague) and truth.why != "no place")


def test_six_in_ten_are_named_two_vague_and_one_in_eight_a_trap(told: list[Worded]) -> None:
    vague = [w for w in told if w.truth == Vague("no place")]
    outside = [w for w in told if isinstance(w.truth, Outside)]
    shares = [len(_named(told)), len(vague), len(outside), sum(map(_is_trap, told))]
    assert shares == [0.60 * COUNT, 0.20 * COUNT, 0.08 * COUNT, 0.12 * COUNT]
    assert len(told) == COUNT


def test_every_trap_is_set_about_as_often(told: list[Worded]) -> None:
    traps = Counter(w.truth.why for w in told if isinstance(w.truth, Ambiguous | Vague) and _is_trap(w))
    assert set(traps) == {
        "shared name", "wrong town", "no ending", "which rec", "no such street", "person or thing named like a street",
    }  # fmt: skip
    assert min(traps.values()) == max(traps.values()) == 0.12 * COUNT / 6


def test_the_same_seed_tells_the_same_and_another_seed_tells_others(
    county: County, told: list[Worded]
) -> None:
    assert second_county_wordings(*county, seed=11, count=COUNT) == told
    other = second_county_wordings(*county, seed=12, count=COUNT)
    assert len({w.text for w in other} & {w.text for w in told}) < COUNT / 2


def test_places_are_worded_in_many_ways_by_every_agency(told: list[Worded]) -> None:
    assert len({w.template for w in _named(told)}) >= 40
    assert set(Counter(w.agency for w in told)) == {
        "police", "social_care", "education", "youth_service", "return_interviews", "community_safety",
    }  # fmt: skip


def test_about_half_of_the_named_places_are_not_spelt_in_full(told: list[Worded]) -> None:
    busy = [w for w in _named(told) if _loose(w.truth.name) not in _loose(w.text)]
    assert 0.3 < len(busy) / len(_named(told)) < 0.8


def test_a_street_truth_lies_on_a_street_of_that_name_in_that_town(
    county: County, told: list[Worded]
) -> None:
    geography, _ = county
    lines = defaultdict(list)
    for name, town, line in zip(
        geography.streets.names, geography.streets.town, geography.streets.geometries, strict=True
    ):
        lines[name, geography.towns[town].name if town >= 0 else ""].append(line)
    streets = [w.truth for w in _named(told) if w.truth.kind == "street"]
    assert len(streets) > 300
    for truth in streets:
        here = shapely.Point(truth.easting_m, truth.northing_m)
        near = lines[truth.name, truth.town] + lines.get((truth.name, ""), [])
        assert lines[truth.name, truth.town]
        assert min(here.distance(line) for line in near) < 0.01


def test_a_site_truth_is_where_the_sites_have_it(county: County, told: list[Worded]) -> None:
    geography, sites = county
    points = {
        "school": zip(sites.schools.name, sites.schools.easting_m, sites.schools.northing_m, strict=True),
        "takeaway": zip(
            sites.premises.name, sites.premises.easting_m, sites.premises.northing_m, strict=True
        ),
        "station": ((s.name, s.easting_m, s.northing_m) for s in geography.rail.stations),
    }
    rows = {sort: {(str(n), float(e), float(m)) for n, e, m in found} for sort, found in points.items()}
    rows["hotel"] = rows["takeaway"]
    truths = [w.truth for w in _named(told) if w.truth.kind == "site"]
    assert {truth.sort for truth in truths} == {"school", "takeaway", "hotel", "station", "park"}
    for truth in truths:
        if truth.sort == "park":
            here = shapely.Point(truth.easting_m, truth.northing_m)
            assert any(p.geometry.contains(here) for p in geography.shapes["park"] if p.name == truth.name)
        else:
            assert (truth.name, truth.easting_m, truth.northing_m) in rows[truth.sort]


def test_a_locality_truth_is_its_town_and_class_tells_it_from_a_street(
    county: County, told: list[Worded]
) -> None:
    towns = {t.name: (t.easting_m, t.northing_m) for t in county[0].towns}
    for truth in (w.truth for w in _named(told)):
        assert truth.place_class == (5 if truth.kind == "locality" else 3)
        assert truth.town in towns
        if truth.kind == "locality":
            assert (truth.easting_m, truth.northing_m) == towns[truth.name]


def test_a_truth_accepts_its_ground_and_a_hundred_metres_about_it_but_not_the_next_town(
    told: list[Worded],
) -> None:
    for truth in (w.truth for w in _named(told)):
        assert truth.accepts(truth.easting_m, truth.northing_m)
        _, _, east_m, _ = truth.ground.bounds
        tip = max(shapely.get_coordinates(truth.ground), key=lambda at: at[0])
        assert truth.accepts(tip[0] + 100.0, tip[1])
        assert not truth.accepts(east_m + 151.0, tip[1])
        assert not truth.accepts(truth.easting_m + 20_000.0, truth.northing_m)


def test_a_named_place_told_without_a_town_is_the_only_one_of_its_name(
    county: County, told: list[Worded]
) -> None:
    geography, sites = county
    homes = defaultdict(set)
    for name, town in zip(geography.streets.names, geography.streets.town.tolist(), strict=True):
        homes[_loose(name)].add(town)
    once = Counter(sites.schools.name.tolist() + sites.premises.name.tolist())
    once.update(p.name for p in geography.shapes["park"])
    bare = [w for w in _named(told) if not w.town_hint and "{t}" not in w.template]
    assert len(bare) > 50
    for truth in (w.truth for w in bare if w.truth.sort in ("road", "school", "park", "takeaway", "hotel")):
        assert len(homes[_loose(truth.name)]) + once[truth.name] == 1


def test_a_hint_beside_a_named_place_is_its_own_town(told: list[Worded]) -> None:
    assert all(w.town_hint in ("", w.truth.town) for w in _named(told))


def test_an_ambiguous_truth_has_places_apart_and_a_wrong_town_has_no_such_street(told: list[Worded]) -> None:
    unsure = [w for w in told if isinstance(w.truth, Ambiguous)]
    for worded in unsure:
        keys = {(place.name, place.town) for place in worded.truth.candidates}
        assert len(keys) == len(worded.truth.points) >= 2
        assert len(set(worded.truth.points)) >= 2
        if worded.truth.why == "wrong town":
            street, town = worded.truth.candidates
            assert worded.town_hint == town.name != street.town
            assert not town.accepts(*worded.truth.points[0])
        if worded.truth.why == "shared name":
            assert worded.town_hint == ""
            assert len({t for _, t in keys}) == len(keys)


def test_a_street_that_is_not_there_is_nowhere_in_the_county(county: County, told: list[Worded]) -> None:
    streets = {_loose(name) for name in county[0].streets.names}
    absent = [w for w in told if w.truth == Vague("no such street")]
    for worded in absent:
        shape = re.escape(worded.template.replace("{s} {end}", "@").replace("{n}", "#"))
        found = re.fullmatch(shape.replace("@", "(.+)").replace(r"\#", r"\d+"), worded.text, re.IGNORECASE)
        assert found is not None
        assert _loose(found[1]) not in streets


def test_outside_places_are_no_town_of_the_county(county: County, told: list[Worded]) -> None:
    towns = {town.name for town in county[0].towns}
    assert not {w.truth.place for w in told if isinstance(w.truth, Outside)} & towns


def test_nothing_personal_is_told(told: list[Worded]) -> None:
    """No telephone, e-mail, date of birth, full postcode, registration mark or titled surname."""
    personal = re.compile(
        r"@|\b0\d{9,10}\b|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\bd\.?o\.?b\b|\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b"
        r"|\b[a-z]{2}\d{2} ?[a-z]{3}\b|\b(mr|mrs|ms|miss|dr|pc|sgt) [a-z]+ [a-z]+son\b|\b(mr|mrs|miss|sgt|pc) ",
        re.IGNORECASE,
    )
    assert [w.text for w in told if personal.search(w.text)] == []


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "abc", 3),
        ("kitten", "sitting", 3),
        ("heron", "hreon", 1),
        ("road", "road", 0),
        ("elm", "elms", 1),
    ],
)
def test_letters_apart_counts_drops_additions_changes_and_swaps(one: str, other: str, apart: int) -> None:
    assert letters_apart(one, other) == letters_apart(other, one) == apart


def test_the_matcher_is_hardly_ever_wrong_and_mostly_right_first(county, told):
    """The aims of the issue, on wordings whose author had not read the matcher."""
    gazetteer = county_gazetteer(*county)
    matches = match_wordings([(one.text, one.town_hint) for one in told], gazetteer)
    verdicts = [judge(one, match, gazetteer) for one, match in zip(told, matches, strict=True)]
    named = [v for one, v in zip(told, verdicts, strict=True) if isinstance(one.truth, Named)]
    assert verdicts.count("wrongly") <= 0.01 * len(told)
    assert sum(v.startswith("rightly") or v == "offered first" for v in named) >= 0.85 * len(named)
