"""The county's files on disk: all there, counted, the same each time, and in their publishers' layouts."""

import csv
import hashlib
import json
import re
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pyogrio
import pytest
import yaml
from python_calamine import CalamineWorkbook

from trigpoint.core.county.feeds.asb_layouts import ASB_FORMS
from trigpoint.core.county.feeds.breakage import SPOILINGS
from trigpoint.core.county.feeds.community_safety import LAYOUTS
from trigpoint.core.county.feeds.forms import FORMS, PLAIN
from trigpoint.core.county.feeds.habits import HABITS
from trigpoint.core.sharing.agreement import Agreement, agreement_from
from trigpoint.demo import write
from trigpoint.demo.files.truths import seal_truths
from trigpoint.demo.write import CountyFile, CountyFiles, write_county
from trigpoint.ingest.load import load
from trigpoint.ingest.receipt import NeedsDecision, Receipt

END = date(2026, 10, 31)
AGREEMENTS = Path(write.__file__).parent / "agreements"
BY_OTHER_MEANS = {".csv", ".tsv", ".geojson", ".gpkg"}
RECORDS = set(HABITS)
ENCODINGS = {"schools_gias": "cp1252", "gias_links": "cp1252"}
ABOVE = {"code_point_open": 0, "ofsted_providers": 4, "education_exclusions": 2}


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
    if file.path.suffix in {".xlsx", ".ods"}:
        return len(sheet_of(file)) - header_at(file) - 1
    separator = "\t" if file.path.suffix == ".tsv" else ","
    with file.path.open(
        encoding=ENCODINGS.get(file.definition, "utf-8-sig"), newline="", errors="replace"
    ) as lines:
        rows = sum(1 for _ in csv.reader(lines, delimiter=separator))
    return rows - ABOVE.get(file.definition, 1)


def sheet_of(file: CountyFile) -> list[list[object]]:
    workbook = CalamineWorkbook.from_path(str(file.path))
    return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)


def header_at(file: CountyFile) -> int:
    """The line of the workbook's header: the first that fills more than its first cell."""
    return next(n for n, line in enumerate(sheet_of(file)) if sum(cell != "" for cell in line) > 1)


def test_every_file_listed_exists_and_holds_the_rows_it_says(written: CountyFiles) -> None:
    for file in written.files:
        assert file.path.exists()
        if file.path.suffix not in {".xml", ".zip"}:
            assert counted(file) == file.rows, file.path.name
        assert file.broken <= file.rows


def test_nothing_is_written_that_is_not_listed(written: CountyFiles) -> None:
    there = {path for path in written.folder.rglob("*") if path.is_file()}
    assert there == {file.path for file in written.files}


def test_every_row_of_a_feed_is_sent_at_least_once(written: CountyFiles) -> None:
    """But for rows of a period that was not over, which would come later than the demo looks."""
    for name, feed in written.records.feeds.items():
        sent = sum(file.rows - file.broken for file in written.files if file.definition == name)
        late = {"police_nrm", "education_attendance", "youth_justice_cases"}
        assert sent >= feed.table.rows or name in late, name


def test_what_is_broken_is_about_one_row_in_a_hundred(written: CountyFiles) -> None:
    sent = [file for file in written.files if file.definition in RECORDS]
    foot = sum(1 for file in sent if FORMS.get(file.definition, PLAIN).total)
    share = (sum(file.broken for file in sent) - foot) / sum(file.rows for file in sent)
    assert 0.003 < share < 0.02


def test_every_kind_of_fault_names_columns_of_its_feed(written: CountyFiles) -> None:
    tables = {name: feed.table for name, feed in written.records.feeds.items()} | dict(
        written.records.registers
    )
    assert set(SPOILINGS) <= set(tables)
    for name, kinds in SPOILINGS.items():
        for spoiling in kinds:
            assert set(spoiling.columns) <= set(tables[name].columns), name
            assert spoiling.cells


def test_the_same_seed_writes_the_same_bytes(written: CountyFiles, tmp_path: Path) -> None:
    again = write_county(tmp_path, seed=5, size="village", end=END)
    assert [file.path.relative_to(tmp_path) for file in again.files] == [
        file.path.relative_to(written.folder) for file in written.files
    ]
    paths = [file.path for file in again.files if file.path.suffix != ".gpkg"]
    assert len(paths) > 300
    for path in paths:
        before = written.folder / path.relative_to(tmp_path)
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(before.read_bytes()).digest()


def test_layers_come_before_the_deliveries_of_their_day_and_everything_as_it_arrived(
    written: CountyFiles,
) -> None:
    names = [file.definition for file in written.files]
    first = next(n for n, name in enumerate(names) if name in RECORDS)
    assert {"ons_districts", "ons_wards", "ons_lsoa", "code_point_open", "os_open_roads"} <= set(
        names[:first]
    )
    assert set(names) >= RECORDS
    arrived = [file.received_at for file in written.files]
    assert arrived == sorted(arrived)
    assert all(file.extracted_on <= file.received_at.date() for file in written.files)
    assert all(file.received_at.tzinfo is not None for file in written.files)
    assert max(arrived).date() <= END + timedelta(days=21)


def test_a_feed_sends_at_its_own_pace_and_each_file_has_its_own_name(written: CountyFiles) -> None:
    paths = [file.path for file in written.files]
    assert len(set(paths)) == len(paths) < 900
    crimes = [file.path.stem for file in written.files if file.definition == "police_crime"]
    assert crimes == sorted(crimes)
    assert crimes[-1] == "crime_2026-10-26"
    assert 100 < len(crimes) <= 114
    for name, habit in HABITS.items():
        sent = [file for file in written.files if file.definition == name]
        assert all(file.path.stem.startswith(habit.stem) for file in sent), name
        waits = {(file.received_at.date() - file.extracted_on).days for file in sent}
        assert waits == {habit.days_after - 1}, name


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
    for path in (one(written, name).path for name in ("bus_timetable", "rail_timetable")):
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
    seen_by_a_chair = {code: finest(code, "police", role="chair") for code in agreements}
    assert "nothing" not in seen_by_a_chair.values()
    assert seen_by_a_chair["safeguarding_board"] == "district"


def test_what_has_a_condition_is_for_those_it_was_told_to(agreements: dict[str, Agreement]) -> None:
    from trigpoint.core.sharing.viewer import Viewer

    def kept_back(code: str, agency: str, role: str) -> frozenset[str]:
        audience = agreements[code].audience_for(Viewer(user="someone", agency=agency, role=role))
        assert audience is not None, (code, agency, role)
        return audience.without_handling

    for agency in ("social_care", "probation", "transport_police"):
        assert kept_back("police_intelligence", agency, "member") == {"c", "unknown"}
    for role in ("member", "chair"):
        assert kept_back("return_interviews", "police", role) == {"c", "unknown"}
        assert kept_back("return_interviews", "social_care", role) == frozenset()
        assert kept_back("police_intelligence", "police", role) == frozenset()
    assert kept_back("police_intelligence", "health", "analyst") == frozenset()
    assert agreements["police_intelligence"].audience_for(Viewer("someone", "education", "member")) is None


def test_what_is_broken_is_held_and_everything_else_is_taken(
    written: CountyFiles, home: object, at: datetime
) -> None:
    """The last file of every definition and all those with broken rows, through the real way in: no row unexplained."""
    last = {file.definition: file for file in written.files}
    chosen = [file for file in written.files if file.broken or last[file.definition] == file]
    assert sum(file.broken for file in chosen) > 30
    for file in chosen:
        receipt = received(file, at)
        assert (receipt.input, receipt.quarantined) == (file.rows, file.broken), file.path.name
        if file.definition == "police_crime":
            placeless = [row for row in rows_of(file) if not row["easting"] and not row["location_text"]]
            assert receipt.unplaced >= len(placeless)


def received(file: CountyFile, at: datetime) -> Receipt:
    told = {
        "definition": file.definition,
        "path": file.path,
        "by": "analyst",
        "at": at,
        "received_at": file.received_at,
        "extracted_on": file.extracted_on,
    }
    try:
        return load(**told)
    except NeedsDecision:
        return load(**told, accept_reason="A village sends little.")


def test_districts_send_antisocial_behaviour_in_four_layouts() -> None:
    assert len(LAYOUTS) == 12
    assert set(LAYOUTS) == set(ASB_FORMS) == {"A", "B", "C", "D"}


def test_one_week_of_crime_comes_from_the_reporting_tool_with_american_times(written: CountyFiles) -> None:
    odd = [
        file
        for file in written.files
        if file.definition == "police_crime" and "CrimeReference" in rows_of(file)[0]
    ]
    assert [file.path.stem for file in odd] == ["crime_2025-09-29"]
    told = {row["ReportedDateTime"] for row in rows_of(odd[0])}
    assert all(re.fullmatch(r"(09|10)/\d\d/2025 \d\d:\d\d:00 [AP]M", word) for word in told), told


def test_workbooks_hold_dates_as_dates_and_what_was_typed_as_text(written: CountyFiles) -> None:
    cells = [
        (line[1], line[2])
        for file in written.files
        if file.definition == "youth_sessions"
        for line in sheet_of(file)[header_at(file) + 1 :]
    ]
    assert all(isinstance(week, date) for week, _ in cells)
    assert any(isinstance(day, date) for _, day in cells)


def test_the_truths_are_sealed_for_the_owner_alone(written: CountyFiles, tmp_path: Path) -> None:
    seal_truths(tmp_path / "truths.json", written.records)
    assert (tmp_path / "truths.json").stat().st_mode & 0o777 == 0o600
    told = json.loads((tmp_path / "truths.json").read_text(encoding="utf-8"))
    letters = [truth["letter"] for truth in told["truths"]] + list(told["unplanted"])
    assert sorted(letters) == sorted("abcdefghijklmno")
