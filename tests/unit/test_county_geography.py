"""Laws of the synthetic county's ground: it tiles, nests, joins up and repeats."""

import numpy as np
import pytest
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from trigpoint.core.county import names
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.model import ROAD_CLASSES, SHAPE_CLASSES, Areas, Geography


@pytest.fixture(scope="module")
def village() -> Geography:
    return make_geography(1, "village")


@pytest.fixture(scope="module")
def county() -> Geography:
    return make_geography(1, "county")


@pytest.fixture(params=["village", "county"])
def place(request: pytest.FixtureRequest) -> Geography:
    return request.getfixturevalue(request.param)


def _area_by_parent(child: Areas, parents: int) -> np.ndarray:
    return np.bincount(child.parent, weights=shapely.area(child.polygons), minlength=parents)


def test_each_level_of_area_fills_the_level_above(place: Geography) -> None:
    land = sum(shape.geometry.area for shape in place.shapes["land"])
    assert shapely.area(place.districts.polygons).sum() == pytest.approx(land, rel=1e-3)
    districts, wards = shapely.area(place.districts.polygons), shapely.area(place.wards.polygons)
    assert _area_by_parent(place.wards, len(districts)) == pytest.approx(districts, rel=1e-3)
    assert _area_by_parent(place.lsoas, len(wards)) == pytest.approx(wards, rel=1e-3)


def test_no_two_areas_of_a_level_overlap(place: Geography) -> None:
    for level in (place.districts, place.wards, place.lsoas):
        together = shapely.union_all(level.polygons).area
        assert shapely.area(level.polygons).sum() == pytest.approx(together, rel=1e-6)
        assert shapely.is_valid(level.polygons).all()


def test_an_area_lies_inside_its_parent(place: Geography) -> None:
    for child, parent in ((place.wards, place.districts), (place.lsoas, place.wards)):
        outside = shapely.area(shapely.difference(child.polygons, parent.polygons[child.parent]))
        assert outside.max() < 1.0


def test_an_areas_point_is_inside_it(place: Geography) -> None:
    for level in (place.districts, place.wards, place.lsoas):
        assert shapely.covers(level.polygons, shapely.points(level.easting_m, level.northing_m)).all()


def test_every_street_runs_between_its_junctions(place: Geography) -> None:
    streets = place.streets
    junctions = np.column_stack([streets.junction_easting_m, streets.junction_northing_m])
    starts = shapely.get_coordinates(shapely.get_point(streets.geometries, 0))
    ends = shapely.get_coordinates(shapely.get_point(streets.geometries, -1))
    np.testing.assert_allclose(junctions[streets.start_junction], starts, atol=0.11)
    np.testing.assert_allclose(junctions[streets.end_junction], ends, atol=0.11)
    met = np.union1d(streets.start_junction, streets.end_junction)
    np.testing.assert_array_equal(met, np.arange(len(junctions)))


def test_hardly_a_street_is_in_the_sea(place: Geography) -> None:
    sea = shapely.union_all([shape.geometry for shape in place.shapes["sea"]])
    wet = shapely.length(shapely.intersection(place.streets.geometries, sea))
    main = np.isin(place.streets.road_class, ["A Road", "B Road"])
    assert wet[~main].max() < 150
    assert wet.sum() < 0.005 * place.streets.length_m.sum()


def test_one_can_drive_from_every_street_to_every_other(place: Geography) -> None:
    streets = place.streets
    count = len(streets.junction_easting_m)
    graph = coo_matrix(
        (np.ones(len(streets.codes)), (streets.start_junction, streets.end_junction)), shape=(count, count)
    )
    _, part = connected_components(graph, directed=False)
    assert np.bincount(part[streets.start_junction]).max() >= 0.99 * len(streets.codes)


def test_streets_are_named_and_classed(place: Geography) -> None:
    assert all(place.streets.names)
    assert set(place.streets.road_class) <= set(ROAD_CLASSES)
    assert place.streets.length_m.min() > 0


def test_a_streets_lsoa_is_in_its_ward(place: Geography) -> None:
    np.testing.assert_array_equal(place.lsoas.parent[place.streets.lsoa], place.streets.ward)


def test_every_ward_and_lsoa_has_people(place: Geography) -> None:
    everyone = place.population.everyone()
    assert everyone.min() > 0
    assert np.bincount(place.lsoas.parent, weights=everyone, minlength=len(place.wards.codes)).min() > 0


def test_codes_are_unique_and_shaped_like_those_of_the_census(place: Geography) -> None:
    for level, prefix in ((place.districts, "E079"), (place.wards, "E059"), (place.lsoas, "E019")):
        assert len(set(level.codes)) == len(level.codes)
        assert all(code.startswith(prefix) and len(code) == 9 for code in level.codes)
    for codes in (place.streets.codes, place.bus.stops.codes, place.postcodes.codes):
        assert len(set(codes)) == len(codes)
    stations = [station.code for station in place.rail.stations]
    assert len(set(stations)) == len(stations)


def test_no_name_of_a_town_ward_or_district_repeats(place: Geography) -> None:
    for called in (
        [town.name for town in place.towns],
        place.wards.names,
        place.districts.names,
        place.lsoas.names,
    ):
        assert len(set(called)) == len(called)


def test_a_bus_route_calls_at_known_stops_once_each(place: Geography) -> None:
    for route in place.bus.routes:
        for way in (route.outbound, route.inbound):
            assert len(way) >= 2
            assert len(np.unique(way)) == len(way)
            assert way.max() < len(place.bus.stops.codes)


def test_postcodes_lie_on_their_streets(place: Geography) -> None:
    codes = place.postcodes
    at = shapely.points(codes.easting_m, codes.northing_m)
    assert shapely.distance(at, place.streets.geometries[codes.street]).max() < 1.0
    assert all(code.startswith("ZM") for code in codes.codes)


def test_shapes_of_every_class_are_drawn(place: Geography) -> None:
    assert set(place.shapes) == set(SHAPE_CLASSES)
    assert all(place.shapes[kind] for kind in SHAPE_CLASSES)


def test_the_county_stands_in_open_sea(place: Geography) -> None:
    west, south, east, north = shapely.total_bounds(place.districts.polygons)
    assert west > 580_000
    assert east < 660_000
    assert south > 350_000
    assert north < 420_000


def test_the_county_has_the_size_of_an_english_one(county: Geography) -> None:
    assert len(county.districts.codes) == 12
    assert sorted(county.districts.quadrants) == sorted(["North", "Mid", "South", "West"] * 3)
    assert len(county.wards.codes) == 200
    assert len(county.lsoas.codes) == 1000
    assert 8_000 <= len(county.streets.codes) <= 12_500
    assert county.population.everyone().sum() == pytest.approx(1_400_000, rel=0.01)
    assert county.population.aged_10_to_17().sum() == pytest.approx(140_000, rel=0.05)
    assert len(county.postcodes.codes) == 20_000


def test_the_main_town_has_the_wards_of_the_pictures(county: Geography) -> None:
    assert county.towns[0].name == "Brackwater"
    assert {ward for ward in names.MAIN_WARDS} <= set(county.wards.names)


def test_the_main_station_has_a_parade(county: Geography) -> None:
    station = next(station for station in county.rail.stations if station.name == "Brackwater Central")
    parade = [i for i, name in enumerate(county.streets.names) if name == "Station Parade"]
    near = shapely.distance(
        county.streets.geometries[parade], shapely.Point(station.easting_m, station.northing_m)
    )
    assert near.min() < 250


def test_wards_are_smaller_in_towns(county: Geography) -> None:
    people = np.bincount(county.lsoas.parent, weights=county.population.everyone(), minlength=200)
    area = shapely.area(county.wards.polygons)
    assert np.median(area[people / area > 0.002]) < np.median(area[people / area < 0.001]) / 3


def test_the_village_is_small(village: Geography) -> None:
    assert (len(village.districts.codes), len(village.wards.codes), len(village.lsoas.codes)) == (1, 4, 12)
    assert 100 <= len(village.streets.codes) <= 300
    assert len(village.rail.stations) == 1
    assert 4 <= len(village.bus.stops.codes) <= 60


def test_an_unknown_size_is_refused() -> None:
    with pytest.raises(ValueError, match="village"):
        make_geography(1, "town")  # type: ignore[arg-type]
