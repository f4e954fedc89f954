"""The county's files on disk: all there, counted, the same each time, and in their publishers' layouts."""

import csv
import hashlib
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import pyogrio
import pytest
import yaml

from trigpoint.core.sharing.agreement import Agreement, agreement_from
from trigpoint.demo import write
from trigpoint.demo.write import CountyFile, CountyFiles, write_county

END = date(2026, 10, 31)
AGREEMENTS = Path(write.__file__).parent / "agreements"
REFERENCE = [
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
]
RECORDS = {
    "social_care_missing",
    "education_concerns",
    "education_exclusions",
    "youth_sessions",
    "return_interviews_rhi",
    "community_safety_asb",
    "police_crime",
    "probation_cohorts",
    "police_cawn",
    "community_safety_closures",
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> CountyFiles:
    return write_county(tmp_path_factory.mktemp("county"), seed=5, size="village", end=END)


def one(written: CountyFiles, definition: str) -> CountyFile:
    return next(file for file in written.files if file.definition == definition)


def rows_of(file: CountyFile, *, encoding: str = "utf-8") -> list[dict[str, str]]:
    with file.path.open(encoding=encoding, newline="") as lines:
        return list(csv.DictReader(lines))


def counted(file: CountyFile) -> int:
    """Data rows of a file, read by other means than those that wrote it."""
    if file.path.suffix == ".geojson":
        return len(json.loads(file.path.read_text())["features"])
    if file.path.suffix == ".gpkg":
        return int(pyogrio.read_info(file.path, layer=pyogrio.list_layers(file.path)[0][0])["features"])
    with file.path.open(
        encoding="cp1252" if file.definition == "schools_gias" else "utf-8-sig", newline=""
    ) as lines:
        rows = sum(1 for _ in csv.reader(lines))
    above = {"code_point_open": 0, "ofsted_providers": 4}
    return rows - above.get(file.definition, 1)


def test_every_file_listed_exists_and_holds_the_rows_it_says(written: CountyFiles) -> None:
    for file in written.files:
        assert counted(file) == file.rows > 0, file.path.name


def test_nothing_is_written_that_is_not_listed(written: CountyFiles) -> None:
    there = {path for path in written.folder.rglob("*") if path.is_file()}
    assert there == {file.path for file in written.files} | set(written.timetables)


def test_rows_in_files_are_rows_in_feeds(written: CountyFiles) -> None:
    for name, feed in written.records.feeds.items():
        assert sum(file.rows for file in written.files if file.definition == name) == feed.table.rows


def test_the_same_seed_writes_the_same_bytes(written: CountyFiles, tmp_path: Path) -> None:
    again = write_county(tmp_path, seed=5, size="village", end=END)
    assert [file.path.relative_to(tmp_path) for file in again.files] == [
        file.path.relative_to(written.folder) for file in written.files
    ]
    alike = [file for file in again.files if file.path.suffix in {".csv", ".geojson"}]
    paths = [file.path for file in alike] + list(again.timetables)
    assert len(paths) > 100
    for path in paths:
        before = written.folder / path.relative_to(tmp_path)
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(before.read_bytes()).digest()


def test_reference_layers_come_first_then_deliveries_as_they_arrived(written: CountyFiles) -> None:
    names = [file.definition for file in written.files]
    deliveries = [file for file in written.files if file.definition in RECORDS]
    assert list(dict.fromkeys(names[: len(names) - len(deliveries)])) == REFERENCE
    assert {file.definition for file in deliveries} == RECORDS
    arrived = [file.received_at for file in deliveries]
    assert arrived == sorted(arrived)
    assert all(file.extracted_on <= file.received_at.date() for file in written.files)
    assert all(file.received_at.tzinfo is not None for file in written.files)


def test_a_feed_sends_a_file_a_month_at_most_and_each_has_its_own_name(written: CountyFiles) -> None:
    paths = [file.path for file in written.files]
    assert len(set(paths)) == len(paths)
    crimes = [file.path.stem for file in written.files if file.definition == "police_crime"]
    assert crimes == sorted(crimes)
    assert crimes[-1] == "crime_2026-10"
    assert len(crimes) <= 26


def test_an_unknown_size_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no county of size"):
        write_county(tmp_path / "none", seed=1, size="planet", end=END)
    assert not (tmp_path / "none").exists()


def test_areas_carry_the_columns_of_their_year_and_agree_with_the_lookup(written: CountyFiles) -> None:
    wards = json.loads(one(written, "ons_wards").path.read_text())["features"]
    assert set(wards[0]["properties"]) == {"WD24CD", "WD24NM", "LAD24CD", "LAD24NM"}
    lookup = rows_of(one(written, "ward_district_lookup"), encoding="utf-8-sig")
    told = {(row["WD24CD"], row["LAD24CD"]) for row in lookup}
    assert told == {(each["properties"]["WD24CD"], each["properties"]["LAD24CD"]) for each in wards}
    assert one(written, "ward_district_lookup").path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_roads_have_the_columns_of_open_roads_and_their_nodes(written: CountyFiles) -> None:
    path = one(written, "os_open_roads").path
    links = pyogrio.read_info(path, layer="road_link")
    assert links["crs"] == "EPSG:27700"
    assert links["geometry_name"] == "geometry"
    assert list(links["fields"][:7]) == [
        "id",
        "fictitious",
        "road_classification",
        "road_function",
        "form_of_way",
        "road_classification_number",
        "name_1",
    ]
    link = pyogrio.read_dataframe(path, layer="road_link", read_geometry=False)
    nodes = set(pyogrio.read_dataframe(path, layer="road_node", read_geometry=False)["id"])
    assert set(link["start_node"]) | set(link["end_node"]) == nodes
    assert link["id"].is_unique


def test_postcodes_have_no_header_and_known_wards(written: CountyFiles) -> None:
    wards = {row["WD24CD"] for row in rows_of(one(written, "ward_district_lookup"), encoding="utf-8-sig")}
    with one(written, "code_point_open").path.open(newline="") as lines:
        rows = list(csv.reader(lines))
    assert all(len(row) == 10 for row in rows)
    assert {row[9] for row in rows} <= wards
    assert {row[1] for row in rows} <= {"10", "20", "50"}


def test_the_inspectorate_redacts_every_address_and_only_the_authority_says_where_homes_are(
    written: CountyFiles,
) -> None:
    with one(written, "ofsted_providers").path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    header, providers = rows[3], rows[4:]
    hidden = [header.index(name) for name in ("Name", "Address 1", "Address 2", "Town", "County", "Postcode")]
    assert all(provider[at] == "REDACTED" for provider in providers for at in hidden)
    listed = {row["URN"] for row in rows_of(one(written, "homes"))}
    assert listed == {provider[header.index("URN")] for provider in providers}


def test_populations_add_up(written: CountyFiles) -> None:
    for row in rows_of(one(written, "population_lsoa")):
        ages = [
            float(value)
            for name, value in row.items()
            if name not in {"lsoa21_name", "lsoa21_code", "total_population"}
        ]
        assert len(ages) == 91
        assert sum(ages) == float(row["total_population"])


def test_timetables_call_at_stops_in_order_of_time(written: CountyFiles) -> None:
    for path in written.timetables:
        with zipfile.ZipFile(path) as archive:
            tables = {
                name: list(csv.DictReader(archive.read(name).decode().splitlines()))
                for name in archive.namelist()
            }
        assert set(tables) == {
            f"{name}.txt"
            for name in ("agency", "stops", "routes", "trips", "stop_times", "calendar", "shapes")
        }
        stops = {row["stop_id"] for row in tables["stops.txt"]}
        assert {row["stop_id"] for row in tables["stop_times.txt"]} <= stops
        assert {row["trip_id"] for row in tables["stop_times.txt"]} == {
            row["trip_id"] for row in tables["trips.txt"]
        }
        calls: dict[str, list[str]] = {}
        for row in tables["stop_times.txt"]:
            calls.setdefault(row["trip_id"], []).append(row["departure_time"])
        assert all(times == sorted(times) for times in calls.values())


@pytest.fixture(scope="module")
def agreements() -> dict[str, Agreement]:
    paths = sorted(AGREEMENTS.glob("*.yaml"))
    return {path.stem: agreement_from(yaml.safe_load(path.read_text(encoding="utf-8"))) for path in paths}


def test_every_agency_of_the_county_has_an_agreement_of_its_own_name(
    agreements: dict[str, Agreement],
) -> None:
    assert set(agreements) == {
        "social_care",
        "education",
        "youth_service",
        "return_interviews",
        "community_safety",
        "probation",
        "police",
        "police_intelligence",
        "safeguarding_board",
        "health",
        "youth_justice",
        "transport_police",
    }
    for name, agreement in agreements.items():
        assert agreement.code == name
        assert agreement.agency == name.removesuffix("_intelligence")
        assert agreement.in_force(END)
        assert all(audience.clause for audience in agreement.audiences)
        assert agreement.otherwise_clause


def test_two_members_are_told_of_crime_at_different_levels(agreements: dict[str, Agreement]) -> None:
    from trigpoint.core.sharing.viewer import Viewer

    def finest(code: str, agency: str, role: str = "member") -> str:
        audience = agreements[code].audience_for(Viewer(user="someone", agency=agency, role=role))
        return audience.finest.word if audience else "nothing"

    assert (finest("police", "social_care"), finest("police", "education")) == ("cell", "ward")
    assert (finest("social_care", "police"), finest("social_care", "education")) == ("cell", "ward")
    assert (finest("return_interviews", "social_care"), finest("return_interviews", "probation")) == (
        "cell",
        "district",
    )
    assert finest("social_care", "education", role="frontline") == "nothing"
    assert finest("social_care", "social_care", role="chair") == "point"
    assert {finest(code, "police", role="chair") for code in agreements} <= {"cell", "point", "ward"}


def test_each_kind_of_file_is_taken_whole(written: CountyFiles, home: object, at: datetime) -> None:
    """One file of every definition through the real way in: every row accepted, none in quarantine."""
    from trigpoint.ingest.load import load

    latest = {file.definition: file for file in written.files}
    for file in latest.values():
        receipt = load(
            definition=file.definition,
            path=file.path,
            by="analyst",
            at=at,
            received_at=file.received_at,
            extracted_on=file.extracted_on,
        )
        assert (receipt.input, receipt.accepted, receipt.quarantined) == (file.rows, file.rows, 0), (
            file.path.name
        )
        if file.definition == "police_crime":
            placeless = [row for row in rows_of(file) if not row["easting"] and not row["location_text"]]
            assert receipt.unplaced == len(placeless) > 0
