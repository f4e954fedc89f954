"""Drafts of definitions: every feed of the county is understood from its file alone, and nobody in it is read."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from trigpoint.core.county.make import make_geography
from trigpoint.core.county.records import make_records
from trigpoint.demo.writers.csv_files import write_csv
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_places import Way
from trigpoint.ingest.definitions import load_definitions
from trigpoint.ingest.draft import draft_definition
from trigpoint.ingest.draft_columns import date_formats, look
from trigpoint.ingest.draft_sample import read_sample
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.headers import Matched, match

AGREED = 0.9
"""The share of keys, dates and ways that a draft finds by itself: 61 of 63 from whole feeds when written."""
COLUMNS_OF_A_WAY = (
    "lon", "lat", "easting", "northing", "x", "y", "grid_ref", "uprn", "station", "site", "street", "street_and_town",
    "postcode", "area", "area_or_sector", "text",
)  # fmt: skip
REAL = load_definitions()
COUNTED = ("records", "totals")


@pytest.fixture(scope="module")
def feeds(tmp_path_factory) -> dict[str, Path]:
    """The village's feeds of records and totals as one file each."""
    folder = tmp_path_factory.mktemp("feeds")
    records = make_records(make_geography(5, "village"), 5, end=date(2026, 10, 31))
    written = {}
    for name, feed in records.feeds.items():
        if REAL[name].kind in COUNTED:
            columns = {n: c for n, c in feed.table.columns.items() if not n.startswith("_")}
            written[name] = folder / f"{name}.csv"
            write_csv(written[name], type(feed.table)(columns))
    return written


@pytest.fixture(scope="module")
def drafts(feeds) -> dict[str, Definition]:
    return {
        name: understood(name, draft_definition(path, name, REAL[name].agency).text)
        for name, path in feeds.items()
    }


def understood(name: str, text: str) -> Definition:
    """As a definition of the home's own would be read."""
    return Definition.model_validate({"name": name, **yaml.safe_load(text)})


def header_of(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def told(matched: Matched) -> tuple[set[str], set[str], set[str]]:
    """By the file's own headers: the key, the first date, and every column that says where."""
    definition, headers = matched.definition, matched.headers
    if definition.records is not None:
        starts = {moment.date for moment in definition.records.when.start}
        ways = {
            str(name) for claim in definition.records.claims for way in claim.ways for name in columns_of(way)
        }
    else:
        totals = definition.totals
        starts = {totals.starts}
        ways = {name for name in (totals.area, totals.site) if name}
    return tuple(
        {headers[name] for name in names if name in headers}
        for names in (definition.currency.key, starts, ways)
    )


def columns_of(way: Way) -> Iterator[str]:
    return (name for part in COLUMNS_OF_A_WAY if (name := getattr(way, part)) is not None)


def test_a_draft_agrees_with_the_finished_definition_on_key_dates_and_places(feeds, drafts):
    agreed = []
    for name, path in feeds.items():
        header = header_of(path)
        real = next(m for variant in REAL[name].variants if not (m := match(variant, header)).missing)
        key, starts, ways = told(real)
        drafted_key, drafted_starts, drafted_ways = told(match(drafts[name], header))
        agreed += [key == drafted_key, bool(starts & drafted_starts), ways <= drafted_ways]
    assert len(agreed) == 3 * len(feeds) >= 60
    assert sum(agreed) / len(agreed) >= AGREED


def test_a_draft_is_of_the_kind_that_the_finished_definition_is(drafts):
    assert {name: draft.kind for name, draft in drafts.items()} == {name: REAL[name].kind for name in drafts}


def test_a_draft_reads_no_column_that_is_about_a_person_but_the_one_that_becomes_a_token(feeds, drafts):
    about_people = {
        "child_name", "dob", "Pupil", "PupilName", "pupil_name", "child_dob", "worker", "worker_mobile", "complainant",
        "phone", "nominal_flag", "victim_name", "victim_dob", "suspect_name", "caller", "caller_phone", "name", "nhs_no",
        "subject", "subject_handle", "subject_vehicle", "sanitised_text",
    }  # fmt: skip
    for name, draft in drafts.items():
        read = {column.header for column in draft.columns.values()}
        assert not read & about_people, name


def test_a_draft_quotes_nothing_of_what_people_are_called(feeds):
    for name, path in feeds.items():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        people = {
            row[c]
            for row in rows
            for c in row
            if c in {"child_name", "victim_name", "complainant", "caller", "name"}
        }
        text = draft_definition(path, name, "police").text
        assert not [person for person in people if person and person in text]


def test_a_draft_says_what_it_left_out_and_what_is_still_to_be_said(feeds):
    remarks = draft_definition(feeds["police_crime"], "crimes", "police").remarks
    assert any("'victim_name' is not read" in remark for remark in remarks)
    assert any("themes" in remark for remark in remarks)


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (["2026-03-04", "2026-03-05"], ["%Y-%m-%d"]),
        (["04/03/2026 21:10", "25/03/2026"], ["%d/%m/%Y %H:%M", "%d/%m/%Y"]),
        (["09/30/2025 09:05:00 PM", "10/01/2025 01:05:00 AM"], ["%m/%d/%Y %I:%M:%S %p"]),
        (["01/02/2025", "03/04/2025"], ["%d/%m/%Y"]),
        (["12/25/2025", "01/02/2025"], ["%m/%d/%Y"]),
        (["1-Sep-25", "30-Sep-25"], ["%d-%b-%y"]),
        (["2026-03-04T21:10:00Z"], ["%Y-%m-%dT%H:%M:%S%z"]),
        (["Marl", "Wex"], []),
        (["12", "15"], []),
    ],
)
def test_dates_are_known_by_their_cells(cells, formats):
    assert [known for known, _ in date_formats(cells, ["date"])] == formats


def test_a_spreadsheets_number_is_a_day_only_where_the_column_says_so():
    assert [known for known, _ in date_formats(["46085", "46090"], ["pupils"])] == []
    assert [known for known, _ in date_formats(["46085", "46090", "04/03/2026"], ["removed"])] == [
        "%d/%m/%Y",
        "excel",
    ]


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        (["560100", "561200"], ["200200", "201300"], {"easting", "northing"}),
        (["0.31", "0.32"], ["51.6", "51.7"], {"lon", "lat"}),
        (["560100", "0.32"], ["200200", "51.7"], {"x", "y"}),
    ],
)
def test_the_size_of_the_numbers_tells_metres_from_degrees(tmp_path, x, y, expected):
    path = tmp_path / "points.csv"
    rows = [f"R{n},2026-03-0{n + 1},{a},{b}" for n, (a, b) in enumerate(zip(x, y, strict=True))]
    path.write_text("\n".join(["ref,date,easting,northing", *rows]), encoding="utf-8")
    (way,) = understood("points", draft_definition(path, "points", "police").text).records.claims[0].ways
    assert set(columns_set(way)) == expected


def columns_set(way: Way) -> list[str]:
    return [part for part in COLUMNS_OF_A_WAY if getattr(way, part) is not None]


@pytest.mark.parametrize(
    ("header", "cells", "personal"),
    [
        ("Contact", ["someone"], True),
        ("Reported By", ["someone"], True),
        ("School", ["Marl High"], False),
        ("premises_name", ["The Ship"], False),
        ("yp_contacts", ["7"], False),
        ("notes", ["07700 900123", "07700 900124"], True),
        ("Officer", ["John Quill", "Sarah Marl"], True),
        ("uprn", ["100090123456"], False),
        ("Location text", ["behind Lidl"], False),
    ],
)
def test_people_are_known_by_a_columns_name_or_by_its_cells(header, cells, personal):
    assert (look(header, cells).personal is not None) == personal


def test_title_lines_and_another_separator_do_not_hide_the_header(tmp_path):
    path = tmp_path / "titled.csv"
    path.write_text(
        "Monthly report\n\nref;date;town\nR1;2026-03-04;Marl\nR2;2026-03-05;Wex\n", encoding="utf-8"
    )
    sample = read_sample(path)
    assert (sample.header, len(sample.rows)) == (("ref", "date", "town"), 2)


@pytest.mark.parametrize("text", ["", "1,2,3\n4,5,6\n", "ref,date,town\n"])
def test_a_file_without_a_header_and_rows_below_it_is_refused(tmp_path, text):
    path = tmp_path / "bare.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LoadRefused):
        draft_definition(path, "bare", "police")
