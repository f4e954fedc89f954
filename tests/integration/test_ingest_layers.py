"""Published layouts of which no real file is at hand: read from files written in exactly those layouts."""

from datetime import date

import pytest

from tests.factories.ingest_files import bring, csv_text, stored
from trigpoint.demo.write import CountyFiles, write_county
from trigpoint.ingest.definitions import load_definitions

LAYERS = [
    "ons_districts",
    "ward_district_lookup",
    "ons_wards",
    "ons_lsoa",
    "naptan_stops",
    "rail_stations",
    "schools_gias",
    "ofsted_providers",
    "homes",
    "food_hygiene",
    "population_lsoa",
    "os_open_roads",
    "greenspace",
    "base_shapes",
    "code_point_open",
    "food_hygiene_xml",
    "os_open_uprn",
    "onspd",
    "imd",
    "lsoa_lookup",
    "public_buildings",
    "gias_links",
    "bus_timetable",
    "rail_timetable",
]


@pytest.fixture(scope="module")
def county(tmp_path_factory) -> CountyFiles:
    return write_county(tmp_path_factory.mktemp("county"), seed=5, size="village", end=date(2026, 10, 31))


def one(county, definition):
    return next(file for file in county.files if file.definition == definition)


def test_every_layer_of_the_synthetic_county_comes_in_whole(home, county):
    written = {file.definition for file in county.files}
    for definition in LAYERS:
        if definition in written:  # a village has no second district, so no file of ratings in XML
            file = one(county, definition)
            receipt = bring(definition, file.path)
            assert (definition, receipt.input, receipt.accepted) == (definition, file.rows, file.rows)
    assert set(LAYERS) - written <= {"food_hygiene_xml"}


def test_every_line_of_a_feeds_first_file_is_accounted_for(home, county):
    feeds = {file.definition for file in county.files} - set(LAYERS)
    for definition in sorted(feeds):
        file = one(county, definition)
        receipt = bring(definition, file.path, accept_reason="what is broken in it is broken on purpose")
        settled = receipt.accepted + receipt.quarantined + receipt.duplicate + receipt.superseded
        assert (definition, receipt.input, settled) == (definition, file.rows, file.rows)
    assert feeds >= {
        name for name, d in load_definitions().items() if d.kind in ("records", "totals") and not d.open
    }


def test_streets_have_junctions_and_one_line_each(home, county):
    import shapely

    table = stored(bring("os_open_roads", one(county, "os_open_roads").path).delivery)
    lines = shapely.from_wkb(table["wkb"].to_pylist())
    assert {shape.geom_type for shape in lines} == {"LineString"}
    assert not any(shape.has_z for shape in lines)
    assert "" not in {*table["start_junction"].to_pylist(), *table["end_junction"].to_pylist()}


def test_hotels_guest_houses_and_takeaways_are_told_apart(home, tmp_path):
    header = [
        "FHRSID",
        "BusinessName",
        "BusinessType",
        "PostCode",
        "LocalAuthorityCode",
        "LocalAuthorityName",
        "Longitude",
        "Latitude",
    ]
    hotel_type = "Hotel/bed & breakfast/guest house"
    rows = [
        ["1", "The Quay Hotel", hotel_type, "ZA1 2BC", "899", "Marl", "0.5", "51.8"],
        ["2", "Rose Guest House", hotel_type, "", "899", "Marl", "", ""],
        ["3", "Golden Fish", "Takeaway/sandwich shop", "ZA1 2BC", "899", "Marl", "0.5", "51.8"],
        ["4", "A Private Person", "Other catering premises", "ZA1 2BC", "899", "Marl", "0.5", "51.8"],
    ]
    path = tmp_path / "fhrs.csv"
    path.write_text(csv_text(header, rows), encoding="utf-8")
    receipt = bring("food_hygiene", path)
    table = stored(receipt.delivery)
    assert table["class"].to_pylist() == ["hotel", "bnb", "takeaway", "other"]
    assert table["kept"].to_pylist() == ["point", "district", "point", "none"]
    assert receipt.unplaced == 1
    other = table.to_pylist()[3]
    assert (other["name"], other["easting_m"], other["postcode"], other["district_name"]) == (
        "",
        None,
        None,
        None,
    )


def test_schools_in_the_gias_layout_and_in_performance_tables_share_a_key(home, tmp_path):
    gias = [
        "URN",
        "LA (code)",
        "EstablishmentNumber",
        "EstablishmentName",
        "TypeOfEstablishment (name)",
        "EstablishmentStatus (name)",
        "OpenDate",
        "CloseDate",
        "PhaseOfEducation (name)",
        "Postcode",
        "Easting",
        "Northing",
    ]
    rows = [
        ["900100", "899", "4000", "Marl High", "Academy converter", "Open", "01-09-2012", "", "Secondary", "ZA1 2BC",
         "560100", "200200"],
        ["900101", "899", "2000", "Quay Infants", "Community school", "Closed", "", "31-08-2024", "Primary", "ZA1 2BD",
         "", ""],
    ]  # fmt: skip
    path = tmp_path / "gias.csv"
    path.write_bytes(csv_text(gias, rows).replace("Quay", "Qu\u2019ay").encode("cp1252"))
    receipt = bring("schools_gias", path)
    first, second = stored(receipt.delivery).to_pylist()
    assert (receipt.definition, receipt.accepted, receipt.unplaced) == ("schools", 2, 0)
    assert (first["easting_m"], first["status"], first["opened"]) == (560100.0, "open", date(2012, 9, 1))
    assert (second["status"], second["closed"], second["postcode"]) == ("closed", date(2024, 8, 31), "ZA12BD")
    assert second["name"] == "Qu\u2019ay Infants"

    tables = ["URN", "SCHNAME", "PCODE", "TOWN", "SCHTYPE", "PHASE", "LATITUDE", "LONGITUDE"]
    other = tmp_path / "ks.csv"
    row = ["900100", "Marl High", "ZA1 2BC", "Marl", "Academy", "Secondary", "51.8", "0.5"]
    other.write_text(csv_text(tables, [row]), encoding="utf-8")
    again = stored(bring("schools", other).delivery)
    assert again["key"].to_pylist() == [first["key"]]


def test_a_home_from_the_local_authority_is_restricted(home, county):
    table = stored(bring("homes", one(county, "homes").path).delivery)
    assert set(table["restricted"].to_pylist()) == {True}
    assert set(table["class"].to_pylist()) <= {"childrens_home", "supported_accommodation"}
    assert table["easting_m"].null_count == 0


def test_residents_aged_10_to_17_are_the_sum_of_their_ages(home, tmp_path):
    header = ["lsoa21_name", "lsoa21_code", "total_population", *map(str, range(90)), "90+"]
    path = tmp_path / "people.csv"
    path.write_text(
        csv_text(header, [["Marl 001A", "E01999001", "4095", *map(str, range(91))]]), encoding="utf-8"
    )
    (row,) = stored(bring("population_lsoa", path).delivery).to_pylist()
    assert (row["people_all"], row["people_10_17"], row["vintage"]) == (4095.0, sum(range(10, 18)), "2021")
    bare = tmp_path / "all.csv"
    bare.write_text("lsoa21_code,population_census2021\nE01999002,12.0\n", encoding="utf-8")
    (row,) = stored(bring("population_lsoa", bare).delivery).to_pylist()
    assert (row["people_all"], row["people_10_17"]) == (12.0, None)
