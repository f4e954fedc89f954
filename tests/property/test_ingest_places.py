"""Laws of places: coordinates that are right never move, grid references go out and back, the scanner is steady."""

import re

import numpy as np
from hypothesis import assume, example, given
from hypothesis import strategies as st

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.core.geography.grid_reference import grid_references, points_of_grid_references
from trigpoint.ingest.steps.coordinates import told_apart
from trigpoint.ingest.steps.scanner import found_in, normal_name
from trigpoint.ingest.steps.texts import parts_of
from trigpoint.ingest.wordings import normal_wording

EASTINGS, NORTHINGS = st.floats(6_000, 699_999), st.floats(6_000, 1_299_999)
COUNTIES = st.builds(
    lambda west, south, wide, high: (west, south, west + wide, south + high),
    EASTINGS,
    NORTHINGS,
    st.floats(1_000, 150_000),
    st.floats(1_000, 150_000),
)
SYSTEMS = st.sampled_from(["metres", "degrees", "mixed"])
SHARES = st.floats(0, 1)


def inside(county, across, up):
    west, south, east, north = county
    return min(west + across * (east - west), 699_999.0), min(south + up * (north - south), 1_299_999.0)


@given(COUNTIES, SHARES, SHARES, SYSTEMS)
def test_a_point_in_the_county_never_moves(county, across, up, system):
    x, y = inside(county, across, up)
    told = told_apart(np.array([x]), np.array([y]), system, county)
    assert (told.easting_m[0], told.northing_m[0], told.exchanged[0], told.far[0]) == (x, y, False, False)


@given(COUNTIES, SHARES, SHARES, SYSTEMS)
def test_an_exchanged_point_is_put_back_unless_it_could_be_meant_as_told(county, across, up, system):
    x, y = inside(county, across, up)
    told = told_apart(np.array([y]), np.array([x]), system, county)
    moved = (told.easting_m[0], told.northing_m[0]) == (x, y)
    assert moved or not told.exchanged[0]
    if told.exchanged[0]:
        again = told_apart(told.easting_m, told.northing_m, system, county)
        assert (again.easting_m[0], again.northing_m[0], again.exchanged[0]) == (x, y, False)


@given(COUNTIES, SHARES, SHARES)
def test_degrees_land_where_metres_do_in_either_order(county, across, up):
    x, y = inside(county, across, up)
    lon, lat = to_lonlat([x], [y])
    assume(-9 <= lon[0] <= 3 and 49.5 <= lat[0] <= 61.5)
    for first, second in ((lon, lat), (lat, lon)):
        told = told_apart(first, second, "mixed", county)
        assert abs(told.easting_m[0] - x) < 0.01
        assert abs(told.northing_m[0] - y) < 0.01


@given(
    st.lists(st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7)), min_size=1, max_size=8),
    st.one_of(st.none(), COUNTIES),
    SYSTEMS,
    st.randoms(),
)
def test_a_row_is_read_the_same_whatever_stands_around_it(pairs, county, system, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)

    def read(rows):
        x, y = np.array(rows, dtype=np.float64).T
        told = told_apart(x, y, system, county)
        points = zip(told.easting_m, told.northing_m, told.corrected, strict=True)
        return {row: tuple(map(repr, point)) for row, point in zip(rows, points, strict=True)}

    assert read(pairs) == read(shuffled)


@given(st.floats(0, 699_999.99), st.floats(0, 1_299_999.99), st.sampled_from([2, 4, 6, 8, 10]))
@example(0.0, 0.0, 10)
@example(699_999.0, 1_299_999.0, 10)
def test_a_grid_reference_names_the_square_the_point_lies_in(x, y, digits):
    words = grid_references(np.array([x]), np.array([y]), digits)
    east, north, side = points_of_grid_references(words)
    assert side[0] == 10 ** (5 - digits // 2)
    assert abs(east[0] - x) <= side[0] / 2 + 1e-6
    assert abs(north[0] - y) <= side[0] / 2 + 1e-6
    assert grid_references(east, north, digits) == words
    spaced = [f"{words[0][:2]} {words[0][2 : 2 + digits // 2]} {words[0][2 + digits // 2 :]}".lower()]
    assert np.array_equal(points_of_grid_references(spaced), points_of_grid_references(words))


@given(st.text(max_size=24))
def test_any_other_word_is_a_square_of_the_grid_or_nowhere(word):
    east, north, side = points_of_grid_references([word])
    assert np.isnan([east[0], north[0], side[0]]).all() or (0 <= east[0] <= 7e5 and 0 <= north[0] <= 13e5)


PLACES = st.lists(
    st.sampled_from(
        ["Quay", "Lane", "the", "Rec", "behind", "Station", "Road", "by", "Lidl", "Park", "Marlport"]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
TELLING = st.sampled_from(
    [
        "07700 900123",
        "kay@example.org",
        "AB12 CDE",
        "Kayleigh Smith",
        "DOB 12/03/2010",
        "insta: kayz",
        "Mr Brown",
    ]
)


@given(PLACES, TELLING, PLACES)
def test_what_tells_of_a_person_is_found_wherever_it_stands(before, telling, after):
    """Unless the words around make a place of it: `Mr Brown Road` is still stopped, `Kayleigh Smith Park` is a park."""
    assume(telling != "Kayleigh Smith")
    assert found_in(telling) is not None
    assert found_in(f"{before} {telling} {after}") is not None


@given(PLACES, PLACES)
def test_somebody_after_a_comma_is_found(before, after):
    assert found_in(f"{before}, Kayleigh Smith, {after}") == "a person"


@given(PLACES)
def test_plain_words_of_places_pass(text):
    """Two names that no list knows after `by` are taken for somebody's, unless the gazetteer has them."""
    assume(not re.search(r"\bby (Lidl|Marlport) (Lidl|Marlport)\b", text))
    assert found_in(text) is None


@given(st.text(max_size=60))
def test_the_scanner_answers_for_any_text_and_a_gazetteer_only_ever_lets_more_pass(text):
    alone = found_in(text)
    known = frozenset({normal_name(text)})
    assert found_in(text, lambda: known) in (alone, None)
    assert found_in(text) == alone


@given(st.text(max_size=80), st.sampled_from([None, ";", ","]))
def test_the_parts_of_a_cell_are_places_once_each(cell, split):
    parts = parts_of(cell, split)
    assert len(set(parts)) == len(parts)
    assert all(part == part.strip() and normal_wording(part) for part in parts)
    if split is None:
        assert len(parts) <= 1
