"""Files to take away: each holds the answer to the record, says what it is, and is put on record."""

import csv
import io
import json
import zipfile

import numpy as np
import pyogrio
import pytest
import shapely
from python_calamine import CalamineWorkbook

from tests.factories.small_county import RECORDS, SIDE_M, SOUTH_M, WARDS, WEST_M, in_ward
from trigpoint.db.models import AdoptedAgreement, AuditEvent

WARD = {"level": "ward"}
HOT = {"level": "cell:9", "theme": "violence", "background": "even"}


def taken(client, kind, form, words):
    answer = client.get(f"/export/{kind}.{form}", words)
    assert answer.status_code == 200, answer.content[:300]
    return answer


def sheets(content):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def layer(content, name, tmp_path):
    path = tmp_path / "taken.gpkg"
    path.write_bytes(content)
    meta, _, shapes, values = pyogrio.raw.read(path, layer=name)
    return meta, shapes, dict(zip(meta["fields"].tolist(), (one.tolist() for one in values), strict=True))


def test_every_form_holds_the_answer_to_the_record(county, client, tmp_path):
    rows = json.loads(taken(client, "counts", "json", WARD).content)["rows"]
    assert {one["code"]: one["count"] for one in rows} == {code: in_ward(code) for code, _, _ in WARDS}

    told = sheets(taken(client, "counts", "xlsx", WARD).content)
    head, *body = told["Counts"]
    assert list(told) == ["About", "Counts"]
    assert head == list(rows[0])
    assert [[cell if cell != "" else None for cell in row] for row in body] == [
        list(one.values()) for one in rows
    ]

    features = json.loads(taken(client, "counts", "geojson", WARD).content)["features"]
    assert [one["properties"] for one in features] == rows
    assert all(-7 < one["geometry"]["coordinates"][0][0][0] < 2 for one in features)

    meta, shapes, columns = layer(taken(client, "counts", "gpkg", WARD).content, "counts", tmp_path)
    assert meta["crs"] == "EPSG:27700"
    assert [columns["code"], columns["count"]] == [[one[name] for one in rows] for name in ("code", "count")]
    assert np.allclose(
        shapely.from_wkb(shapes[0]).bounds, (WEST_M, SOUTH_M, WEST_M + SIDE_M, SOUTH_M + SIDE_M), atol=1
    )

    with zipfile.ZipFile(io.BytesIO(taken(client, "counts", "zip", WARD).content)) as packed:
        assert packed.namelist() == ["about.csv", "counts.csv"]
        read = list(csv.DictReader(io.StringIO(packed.read("counts.csv").decode("utf-8-sig"))))
    assert [(one["code"], int(one["count"])) for one in read] == [(one["code"], one["count"]) for one in rows]


def test_hotspots_are_outlines_of_their_own_beside_every_unit_tested(county, client, tmp_path):
    told = json.loads(taken(client, "hotspots", "json", HOT).content)
    content = taken(client, "hotspots", "gpkg", HOT).content
    _, shapes, columns = layer(content, "hotspots", tmp_path)
    assert columns["letter"] == [one["letter"] for one in told["parts"]["hotspots"]]
    units = told["parts"]["hotspots"][0]["units"]
    _, cells, rows = layer(content, "hotspots_units", tmp_path)
    area = {code: shapely.from_wkb(shape).area for code, shape in zip(rows["code"], cells, strict=True)}
    assert len(area) == len(told["rows"])
    assert shapely.from_wkb(shapes[0]).area == pytest.approx(sum(area[code] for code in units), rel=1e-3)


@pytest.mark.parametrize(
    ("kind", "words"), [("series", {}), ("sites", {}), ("notices", {}), ("coverage", {})]
)
def test_every_view_can_be_taken_as_a_workbook_and_a_geopackage(county, client, tmp_path, kind, words):
    rows = json.loads(taken(client, kind, "json", words).content)["rows"]
    assert (
        len(sheets(taken(client, kind, "xlsx", words).content)[kind.capitalize()]) == len(rows) + bool(rows)
        or 1
    )
    _, _, columns = layer(taken(client, kind, "gpkg", words).content, kind, tmp_path)
    assert len(next(iter(columns.values()))) == len(rows)


def test_a_file_says_what_it_is(county, client):
    words = WARD | {"from": "2026-01-01", "to": "2026-03-01", "category": "burglary"}
    answer = taken(client, "counts", "xlsx", words)
    assert (
        'filename="marlshire-counts-by-ward-2026-01-01-to-2026-02-28-publication-1-official-sensitive.xlsx"'
        in (answer["Content-Disposition"])
    )
    about = sheets(answer.content)["About"]
    told = {name: value for name, value in about}
    assert about[0] == ["Marking", "OFFICIAL-SENSITIVE"]
    assert told["Period"] == "1 January 2026 to 28 February 2026"
    assert told["Filter: category"] == "burglary"
    assert told["Publication"] == "1"
    assert told["Asked by"] == "analyst, analyst"
    assert "not zero" in told["Empty cells"]
    assert "clause" in told["Allowed by"]
    assert "not for eviction" in told["Use"]
    assert {"Feed", "Method", "Source", "Made", "Purpose", "This copy"} <= set(told)
    made = json.loads(taken(client, "counts", "geojson", words).content)["made"]
    assert (made["marking"], made["asked_by"]) == ("OFFICIAL-SENSITIVE", "analyst")


def test_each_file_is_put_on_record_as_one(county, client):
    before = AuditEvent.objects.filter(event="exported").count()
    for form in ("csv", "xlsx", "gpkg"):
        taken(client, "counts", form, WARD)
    events = list(AuditEvent.objects.filter(event="exported"))[before:]
    assert [one.detail["form"] for one in events] == ["csv", "xlsx", "gpkg"]
    assert {one.user for one in events} == {"analyst"}
    assert all(one.detail["rows"] == len(WARDS) and one.detail["publication"] == 1 for one in events)


def test_what_is_denied_on_the_screen_is_denied_as_a_file_and_no_file_is_recorded(county, client, at):
    AdoptedAgreement.objects.update(ended_at=at)
    assert client.get("/api/answers/counts", WARD).status_code == 403
    for form in ("csv", "zip", "xlsx", "geojson", "gpkg", "json"):
        assert client.get(f"/export/counts.{form}", WARD).status_code == 403
    assert not AuditEvent.objects.filter(event="exported").exists()
    assert client.get("/export/counts.exe", WARD).status_code == 404
    assert client.get("/export/places.csv", {"text": "quay"}).status_code == 404


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_never_becomes_a_formula(start):
    from datetime import UTC, datetime

    from trigpoint.gate.export_tables import FlatTable
    from trigpoint.gate.workbook import workbook_bytes

    table = FlatTable("rows", {"name": (f"{start}HYPERLINK(1)", None), "count": (-3, 0)})
    content = workbook_bytes(
        [table], [("Marking", "X"), ("What", f"{start}1+1")], datetime(2026, 1, 1, tzinfo=UTC)
    )
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist())
        assert all("hyperlink" not in name.lower() for name in packed.namelist())
    told = sheets(content)
    assert told["Rows"][1:] == [[f"'{start}HYPERLINK(1)", -3], ["", 0]]
    assert told["About"][1][1].startswith("'")


def test_the_county_is_counted_once_in_what_a_file_says(county, client):
    about = dict(sheets(taken(client, "counts", "xlsx", WARD).content)["About"])
    assert about["In all"] == f"{RECORDS} records"


def test_a_day_is_a_date_in_a_workbook_and_in_a_geopackage_and_a_layer_says_its_marking(tmp_path):
    import sqlite3
    from datetime import UTC, date, datetime

    from trigpoint.gate.export_tables import FlatTable
    from trigpoint.gate.geopackage import geopackage_bytes
    from trigpoint.gate.workbook import workbook_bytes

    days = {"ends": ("2026-01-31", None), "month": ("2026-01", "2026-02"), "told": (None, None)}
    about, at = [("Marking", "OFFICIAL"), ("What", "Notices")], datetime(2026, 1, 1, tzinfo=UTC)
    content = workbook_bytes([FlatTable("rows", days)], about, at)
    assert sheets(content)["Rows"][1:] == [[date(2026, 1, 31), "2026-01", ""], ["", "2026-02", ""]]
    path = tmp_path / "days.gpkg"
    path.write_bytes(geopackage_bytes([FlatTable("rows", days)], about, at, folder=tmp_path))
    read = sqlite3.connect(path)
    types = {name: kind for _, name, kind, *_ in read.execute("PRAGMA table_info(rows)")}
    assert (types["ends"], types["month"]) == ("DATE", "TEXT")
    assert read.execute("SELECT ends FROM rows").fetchall() == [("2026-01-31",), (None,)]
    told = dict(read.execute("SELECT table_name, description FROM gpkg_contents"))
    assert told["rows"] == "OFFICIAL. Notices"
    read.close()
