"""Coordinates, hexagons, streets and localities: laws first, then published or hand-made examples."""

import h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.geography.areas import area_locator
from trigpoint.core.geography.cells import cell_centres, cells_of_points, county_cells
from trigpoint.core.geography.crs import STATED_ERROR_M, to_lonlat, to_national_grid
from trigpoint.core.geography.places import localities_from_stops
from trigpoint.core.geography.streets import normal_street_name, street_finder

METRES_E = st.floats(200_000, 650_000)
METRES_N = st.floats(50_000, 600_000)


@given(METRES_E, METRES_N)
def test_out_and_back_is_exact_to_a_millimetre(easting, northing):
    back = to_national_grid(*to_lonlat([easting], [northing]))
    assert abs(back[0][0] - easting) < 1e-3
    assert abs(back[1][0] - northing) < 1e-3


def test_the_shift_is_as_far_out_as_it_says():
    # Ordnance Survey, "A guide to coordinate systems in Great Britain": Caister water tower.
    easting, northing = to_national_grid([1 + 42 / 60 + 57.8663 / 3600], [52 + 39 / 60 + 28.8282 / 3600])
    assert np.hypot(easting[0] - 651_409.903, northing[0] - 313_177.270) < STATED_ERROR_M


def test_nan_stays_nan():
    lon, lat = to_lonlat([np.nan, 500_000.0], [200_000.0, 200_000.0])
    assert np.isnan([lon[0], lat[0]]).all()
    assert np.isfinite([lon[1], lat[1]]).all()


@given(METRES_E, METRES_N, st.sampled_from([7, 8, 9, 10]))
def test_a_points_cell_is_the_librarys(easting, northing, resolution):
    lon, lat = to_lonlat([easting], [northing])
    expected = h3.str_to_int(h3.latlng_to_cell(lat[0], lon[0], resolution))
    found = cells_of_points([easting, np.nan], [northing, 1.0], [resolution])
    assert found[resolution].tolist() == [expected, 0]


@pytest.mark.parametrize("resolution", [7, 8, 9, 10])
def test_the_countys_cells_are_those_whose_centre_it_holds(resolution):
    wards = [
        shapely.Point(560_000, 210_000).buffer(2500, quad_segs=3),
        shapely.box(562_600, 208_000, 566_000, 211_000),
    ]
    found = county_cells(area_locator(wards), resolution)
    lon, lat = to_lonlat([561_000.0], [210_000.0])
    middle = h3.latlng_to_cell(lat[0], lon[0], resolution)
    reach = {7: 6, 8: 14, 9: 36, 10: 95}[resolution]
    around = np.array([h3.str_to_int(c) for c in h3.grid_disk(middle, reach)], dtype=np.uint64)
    x, y = cell_centres(around)
    expected = {int(c): next((i for i, w in enumerate(wards) if w.intersects(p)), -1)
                for c, p in zip(around, shapely.points(x, y), strict=True)}  # fmt: skip
    expected = {cell: ward for cell, ward in expected.items() if ward >= 0}
    assert dict(zip(found.h3.tolist(), found.area.tolist(), strict=True)) == expected
    assert (np.diff(found.h3.astype(np.int64)) > 0).all()


def test_no_county_has_no_cells():
    assert county_cells(area_locator([]), 8).h3.size == 0


def test_street_names_are_compared_as_people_write_them():
    assert normal_street_name("ST JOHN'S RD.") == normal_street_name("St Johns Road")
    assert normal_street_name("Mill St") != normal_street_name("Mill Rd")
    assert normal_street_name("St Street") == "st street"


def near_slowly(lines, names, x, y, name, limit, named_limit):
    ranked = sorted((shapely.distance(line, shapely.Point(x, y)), i) for i, line in enumerate(lines))
    mine = [(d, i) for d, i in ranked if name and names[i] == name and d <= named_limit]
    close = [(d, i) for d, i in ranked if d <= limit]
    return (mine or close or [(0, -1)])[0][1]


@given(st.integers(0, 5000))
def test_the_named_street_comes_before_the_nearest(seed):
    rng = np.random.default_rng(seed)
    lines = [shapely.LineString(rng.uniform(0, 600, (2, 2))) for _ in range(12)]
    names = [f"{'ABCD'[i % 4]} Way" for i in range(12)]
    asked = [[*names, None, "Nowhere Lane"][i] for i in rng.integers(0, 14, 20)]
    x, y = rng.uniform(-100, 700, (2, 20))
    found = street_finder(lines, names).nearest_named(x, y, asked, limit_m=250, otherwise_limit_m=60)
    assert found.tolist() == [
        near_slowly(lines, names, *row, 60, 250) for row in zip(x, y, asked, strict=True)
    ]


def test_a_point_that_is_nowhere_is_on_no_street():
    finder = street_finder([shapely.LineString([(0, 0), (10, 0)])], ["A Way"])
    assert finder.nearest_named([np.nan, 5.0], [0.0, 1.0], ["A Way", None]).tolist() == [-1, 0]
    with pytest.raises(ValueError, match="name"):
        street_finder([], ["A Way"])


def test_one_name_far_apart_is_two_places():
    x = [0.0, 500.0, 20_000.0, 20_100.0, 900.0]
    found = localities_from_stops(["Mere", "Mere", "Mere", "Mere", "Ford"], x, [0.0] * 5)
    assert found.names == ("Ford", "Mere", "Mere")
    assert found.easting_m.tolist() == [900.0, 250.0, 20_050.0]
    assert found.locate([480.0, 880.0, 20_400.0, 5000.0, np.nan], [0.0] * 5).tolist() == [1, 0, 2, -1, -1]


@given(st.permutations(range(8)))
def test_the_order_of_stops_does_not_matter(order):
    names = ["Mere", "Mere", "Ford", "Ford", None, "", "Mere", "Holt"]
    x = np.array([0.0, 900.0, 50.0, 60.0, 1.0, 2.0, 9000.0, np.nan])
    y = np.arange(8.0)
    one = localities_from_stops(names, x, y)
    other = localities_from_stops([names[i] for i in order], x[list(order)], y[list(order)])
    assert one.names == other.names == ("Ford", "Mere", "Mere")
    assert one.easting_m.tolist() == other.easting_m.tolist()
    assert one.radius_m.tolist() == other.radius_m.tolist()
