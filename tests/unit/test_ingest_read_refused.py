"""What is never opened: bombs, slips, macros, passwords, links, entities, and files that are not what they are called."""

import gzip
import io
import os
import re
import struct
import zipfile

import numpy as np
import pytest
import shapely
import xlsxwriter

from tests.factories.reading_files import (
    GTFS,
    geojson,
    gpkg,
    gtfs,
    lines,
    ods,
    places,
    shapefile,
    with_member,
    xls,
    xlsx,
    xml,
    zipped,
)
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps import read_geometry, read_zip
from trigpoint.ingest.steps.read import read
from trigpoint.ingest.steps.read_gtfs import read_gtfs
from trigpoint.ingest.steps.read_zip import LAYER, Limits, blocks, opened


def reading(tmp_path, raw, name, definition=None):
    path = tmp_path / "raw"
    path.write_bytes(raw)
    return read(path, name, definition or places())


def refusal(tmp_path, raw, name, definition=None):
    with pytest.raises(LoadRefused) as refused:
        reading(tmp_path, raw, name, definition)
    return str(refused.value)


SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(body):
    """A workbook whose only worksheet has this body in its sheetData."""
    raw = xlsx()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == SHEET:
                head, _ = content.split(b"<sheetData>")
                content = head + b"<sheetData>" + body.encode() + b"</sheetData></worksheet>"
            new.writestr(info.filename, content)
    return out.getvalue()


def with_doctype(raw, name):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == name:
                start = content.index(b"?>") + 2
                content = (
                    content[:start]
                    + b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
                    + content[start:]
                )
            new.writestr(info.filename, content)
    return out.getvalue()


def encrypted_package():
    """An OLE file whose directory holds what Office writes for a workbook with a password."""
    raw = bytearray(xls())
    name = "Workbook".encode("utf-16-le")
    at = raw.index(name)
    other = "EncryptedPackage".encode("utf-16-le")
    raw[at : at + len(other)] = other
    raw[at + 64 : at + 66] = struct.pack("<H", len(other) + 2)
    return bytes(raw)


def with_filepass():
    """An .xls whose second record says that the rest is encrypted."""
    raw = bytearray(xls())
    at = raw.index(b"\x09\x08\x10\x00")
    length = struct.unpack_from("<H", raw, at + 2)[0]
    raw[at + 4 + length : at + 8 + length] = struct.pack("<HH", 0x002F, 2)
    return bytes(raw)


def vba_in_xls():
    raw = bytearray(xls())
    at = raw.index("Workbook".encode("utf-16-le"))
    entry = bytearray(raw[at : at + 128])
    name = "_VBA_PROJECT_CUR".encode("utf-16-le")
    entry[: len(name)] = name
    entry[64:66] = struct.pack("<H", len(name) + 2)
    raw[at + 128 : at + 256] = entry
    return bytes(raw)


WORKBOOKS = {
    "macros": (lambda: with_member(xlsx(), "xl/vbaProject.bin", b"x"), "a.xlsx", "holds macros"),
    "macros by name": (xlsx, "a.xlsm", "holds macros"),
    "macros in ods": (lambda: ods(more={"Basic/Standard/Module1.xml": "<x/>"}), "a.ods", "holds macros"),
    "macros in xls": (vba_in_xls, "a.xls", "holds macros"),
    "password xlsx": (encrypted_package, "a.xls", "password"),
    "password xls": (with_filepass, "a.xls", "password"),
    "password ods": (
        lambda: ods(more={"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}), "a.ods", "password",
    ),
    "links": (lambda: with_member(xlsx(), "xl/externalLinks/externalLink1.xml", "<x/>"), "a.xlsx", "other workbooks"),
    "connections": (lambda: with_member(xlsx(), "xl/connections.xml", "<x/>"), "a.xlsx", "other workbooks"),
    "linked ods": (lambda: ods(after="<table:table-source/>"), "a.ods", "other workbooks"),
    "entities": (lambda: with_doctype(xlsx(), SHEET), "a.xlsx", "declares entities"),
    "entities elsewhere": (lambda: with_doctype(xlsx(), "xl/sharedStrings.xml"), "a.xlsx", "declares entities"),
    "entities in ods": (lambda: with_doctype(ods(), "content.xml"), "a.ods", "declares entities"),
    "utf-16": (
        lambda: with_member(xlsx(), "xl/x.xml", "<!DOCTYPE x>".encode("utf-16")),
        "a.xlsx",
        "not in UTF-8",
    ),
    "a cell far out": (
        lambda: sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        "a.xlsx",
        "so far out",
    ),
    "a row too wide": (lambda: sheet_xml("<row>" + "<c><v>1</v></c>" * 6000 + "</row>"), "a.xlsx", "so far out"),
    "repeated cells": (
        lambda: ods(after=(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            'table:number-columns-repeated="4000" office:value-type="string"><text:p>x</text:p></table:table-cell>'
            "</table:table-row>"
        )),
        "a.ods",
        "so far out",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WORKBOOKS)
def test_a_workbook_that_could_do_harm_is_not_opened(tmp_path, case):
    make, name, told = WORKBOOKS[case]
    assert told in refusal(tmp_path, make(), name)


def test_blank_cells_repeated_to_the_end_of_a_sheet_are_usual(tmp_path):
    after = (
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert reading(tmp_path, ods(after=after), "a.ods").count == 2


BOMB = b"0" * (64 << 20)

ARCHIVES = {
    "a bomb by ratio": (lambda: zipped({"a.shp": BOMB, "a.shx": b"", "a.dbf": b""}), "a.zip", "times its size"),
    "a slip": (lambda: zipped({"../../a.shp": b"x"}), "a.zip", "leads outside"),
    "a slip with backslashes": (lambda: zipped({"..\\a.shp": b"x"}), "a.zip", "leads outside"),
    "an absolute name": (lambda: zipped({"/tmp/a.shp": b"x"}), "a.zip", "leads outside"),
    "a drive": (lambda: zipped({"C:a.shp": b"x"}), "a.zip", "leads outside"),
    "a vsi name": (lambda: zipped({"/vsicurl/x/a.shp": b"x"}), "a.zip", "leads outside"),
    "too many files": (lambda: zipped({f"{n}.shp": b"" for n in range(1100)}), "a.zip", "1,000 are allowed"),
    "two shapefiles": (lambda: zipped({"a.shp": b"", "b.shp": b""}), "a.zip", "holds 2 Shapefiles"),
    "one name twice": (lambda: zipped({"x/a.shp": b"", "y/a.shp": b""}), "a.zip", "several Shapefiles"),
    "a part missing": (lambda: shapefile(without=(".shx",)), "a.zip", "lacks its .shx"),
    "a zip of something else": (lambda: zipped({"a.vrt": b"<OGRVRTDataSource/>"}), "a.zip", "neither GeoJSON"),
}  # fmt: skip


@pytest.mark.parametrize("case", ARCHIVES)
def test_an_archive_that_could_do_harm_is_not_unpacked(tmp_path, case):
    make, name, told = ARCHIVES[case]
    assert told in refusal(tmp_path, make(), name)
    unpacked = tmp_path / "unpacked"
    assert {part.name for part in tmp_path.iterdir()} <= {"raw", "unpacked"}
    assert not unpacked.exists() or all(part.parent == unpacked for part in unpacked.rglob("*"))


def test_a_link_in_an_archive_is_refused(tmp_path):
    link = zipfile.ZipInfo("a.shp")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/hostname")
    assert "link to another file" in refusal(tmp_path, out.getvalue(), "a.zip")


def test_an_encrypted_archive_is_refused(tmp_path):
    raw = bytearray(zipped({"a.shp": b"x"}, zipfile.ZIP_STORED))
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert "protected by a password" in refusal(tmp_path, bytes(raw), "a.zip")


def test_a_file_longer_than_the_archive_says_is_not_read_on(tmp_path):
    raw = bytearray(zipped({"a.shp": b"0" * 100_000}))
    for magic, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(magic) + offset
        raw[at : at + 4] = struct.pack("<I", 10)
    path = tmp_path / "a.zip"
    path.write_bytes(raw)
    with pytest.raises(LoadRefused), opened(path, LAYER) as archive:
        sum(len(block) for block in blocks(archive, archive.infolist()[0]))


def test_the_unpacked_bytes_are_limited_whatever_the_ratio(tmp_path, monkeypatch):
    monkeypatch.setattr(read_zip, "FREE_BYTES", 0)
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.shp": os.urandom(10_000)}))
    with pytest.raises(LoadRefused, match="unpacks to more than"), opened(path, Limits(10, 5_000, 100)):
        pass


def test_a_gzip_bomb_is_refused(tmp_path):
    assert "times its size" in refusal(tmp_path, gzip.compress(BOMB), "a.csv.gz")


LIES = {
    ("a.csv", "an Excel workbook"): xlsx,
    ("a.xlsx", "a web page"): lambda: b"<html><table><tr><td>Area Code</td></tr></table></html>",
    ("a.xls", "a web page"): lambda: b"<!DOCTYPE html><html></html>",
    ("a.xls", "an Excel workbook (.xlsx)"): xlsx,
    ("b.xlsx", "an old Office file"): xls,
    ("a.ods", "an Excel workbook (.xlsx)"): xlsx,
    ("a.gpkg", "plain text"): lambda: b"Area Code,Name\nW1,x\n",
    ("a.geojson", "XML"): lambda: b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>",
    ("a.csv", "a PDF"): lambda: b"%PDF-1.7 x",
    ("a.csv", "a program"): lambda: b"MZ\x90\x00",
    ("b.csv", "a zip archive"): lambda: zipped({"a.csv": "Area Code,Name\n"}),
    ("a.xml", "JSON"): geojson,
    ("a.zip", "a zipped timetable"): gtfs,
    ("a.csv", "no text"): lambda: b"Area Code,Name\nW1,\x00\x00\x01\n",
    ("c.csv", "empty"): lambda: b"",
}


@pytest.mark.parametrize(("name", "told"), LIES)
def test_a_lying_name_is_refused_with_what_the_file_really_is(tmp_path, name, told):
    assert told in refusal(tmp_path, LIES[name, told](), name)


def test_a_refusal_quotes_nothing_of_the_file(tmp_path):
    secret = "Alex Example"
    for raw, name in (
        (f"{secret},1\n".encode(), "a.csv"),
        (xlsx([[secret, "x"], ["a", "b"]]), "a.xlsx"),
        (f"<Places><x>{secret}</Places>".encode(), "a.xml"),
        (geojson().replace(b"Caf", secret.encode())[:-4], "a.geojson"),
    ):
        assert secret not in refusal(tmp_path, raw, name)


def test_xml_that_declares_anything_is_refused(tmp_path):
    declared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    raw = declared + b"<Places><Place><area>&a;</area><Name>x</Name></Place></Places>"
    assert "declares entities" in refusal(tmp_path, raw, "a.xml")


def test_xml_without_the_record_or_too_deep_is_refused(tmp_path):
    assert "no element named Place" in refusal(tmp_path, b"<Places><Other/></Places>", "a.xml")
    deep = "<a>" * 100 + "</a>" * 100
    assert "elements deep" in refusal(tmp_path, f"<Places>{deep}</Places>".encode(), "a.xml")
    assert "which element is a record" in refusal(tmp_path, xml(), "a.xml", places(record=None))


GEOMETRY = {
    "no system": (lambda: shapefile(without=(".prj",)), "a.zip", "does not say its coordinate system"),
    "metres called degrees": (lambda: gpkg(crs="EPSG:4326"), "a.gpkg", "impossible in the coordinate system"),
    "degrees called metres": (lambda: gpkg(shapes=[shapely.Point(0.5, 51.7)] * 2), "a.gpkg", "impossible in the coordinate"),
    "exchanged degrees": (lambda: geojson(((51.7, 0.5), (51.8, 0.6))), "a.geojson", "impossible in the coordinate"),
    "no number": (lambda: geojson(((float("nan"), 51.7), (0.6, 51.8))), "a.geojson", "no number"),
    "endless": (lambda: geojson(((0.5, 51.7), (0.6, float("inf")))), "a.geojson", "no number|damaged"),
    "a system by link": (
        lambda: geojson(crs={"type": "link", "properties": {"href": "http://192.0.2.1/x", "type": "esriwkt"}}),
        "a.geojson",
        "in a way that is not read here",
    ),
    "a system by disguised link": (
        lambda: geojson(crs={"type": "link", "properties": {"href": "x"}}).replace(b'"crs"', b'"\\u0063rs"'),
        "a.geojson",
        "in a way that is not read here",
    ),
    "another database": (lambda: b"SQLite format 3\x00" + b"\x00" * 100, "a.gpkg", "no GeoPackage"),
}  # fmt: skip


@pytest.mark.parametrize("case", GEOMETRY)
def test_geometry_that_cannot_be_right_is_refused(tmp_path, case):
    make, name, told = GEOMETRY[case]
    assert re.search(told, refusal(tmp_path, make(), name))


def test_a_definition_may_say_the_system_that_a_shapefile_lacks(tmp_path):
    sheet = reading(tmp_path, shapefile(without=(".prj",)), "a.zip", places(crs="EPSG:27700"))
    assert shapely.from_wkb(sheet.geometry[0].as_py()).x == 560_000


def test_one_geometry_far_out_is_a_fault_of_its_row(tmp_path):
    shapes = [shapely.Point(560_000, 200_000), shapely.Point(9e6, 9e6)]
    sheet = reading(tmp_path, gpkg(shapes=shapes), "a.gpkg")
    assert [(fault.rule, fault.mask.tolist()) for fault in sheet.faults] == [
        ("outside Britain", [False, True])
    ]


def test_a_million_vertices_are_too_many(tmp_path, monkeypatch):
    monkeypatch.setattr(read_geometry, "MOST_VERTICES", 1_000)
    turn = np.linspace(0, 2 * np.pi, 2_000)
    ring = shapely.polygons(np.column_stack([560_000 + 100 * np.cos(turn), 200_000 + 100 * np.sin(turn)]))
    assert "more than 1,000 vertices" in refusal(tmp_path, gpkg(shapes=[ring, ring]), "a.gpkg")


def test_the_layers_name_is_never_a_path(tmp_path):
    sheet = reading(tmp_path, gpkg(layer="one"), "a.gpkg", places(layer="/vsizip/y"))
    assert sheet.count == 2


def test_a_timetable_lacking_a_table_or_a_column_is_refused(tmp_path):
    assert "no trips.txt" in refusal(tmp_path, gtfs(trips=None), "l.zip", lines())
    assert "no column stop_id" in refusal(tmp_path, gtfs(stops="id\n1\n"), "l.zip", lines())


def test_a_timetables_tables_are_text(tmp_path):
    path = tmp_path / "l.zip"
    path.write_bytes(gtfs(stops="\ufeff" + GTFS["stops.txt"], shapes=None))
    tables = read_gtfs(path)
    assert tables["stops"]["stop_id"].to_pylist() == ["s1", "s2"]
    assert tables["stop_times"]["departure_time"].to_pylist() == ["08:00:00", "08:10:00"]
    assert (tables["shapes"].num_rows, tables["calendar"]["monday"].to_pylist()) == (0, ["1"])


def test_formulas_typed_as_text_stay_text(tmp_path):
    told = ["=1+1", "+44", "-5 Quay", "@row"]
    rows = [["Area Code", "Name"], *([f"W{n}", text] for n, text in enumerate(told))]
    assert reading(tmp_path, xlsx(rows), "a.xlsx").text("name").to_pylist() == told
    raw = "Area Code,Name\n" + "".join(f"W{n},{text}\n" for n, text in enumerate(told))
    assert reading(tmp_path, raw.encode(), "a.csv").text("name").to_pylist() == told


def test_a_formulas_result_is_read_and_its_error_is_blank(tmp_path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Area Code", "Name"])
    sheet.write_formula(1, 0, '="W"&1', None, "W1")
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.write_row(2, 0, ["W2", 0.1 + 0.2])
    book.close()
    sheet = reading(tmp_path, out.getvalue(), "a.xlsx")
    assert sheet.text("code").to_pylist() == ["W1", "W2"]
    assert sheet.text("name").to_pylist() == ["", "0.3"]


class Stopped(Exception):
    pass


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.geojson", "a.gpkg"])
def test_reading_tells_how_far_it_has_come_and_stops_when_told_to(tmp_path, name):
    make = {"a.csv": lambda: b"Area Code,Name\nW1,x\n", "a.xlsx": xlsx, "a.geojson": geojson, "a.gpkg": gpkg}
    told = []
    path = tmp_path / "raw"
    path.write_bytes(make[name]())
    read(path, name, places(), lambda step, done, all: told.append((step, done, all)))
    assert told
    assert all(step == "reading" and (all is None or 0 <= done <= all) for step, done, all in told)

    def stop(step, done, all):
        raise Stopped

    with pytest.raises(Stopped):
        read(path, name, places(), stop)
