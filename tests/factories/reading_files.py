"""The least valid file of every format that is read, as bytes, all holding the same two places."""

import gzip
import io
import json
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import shapely
import xlsxwriter
import xlwt

from trigpoint.ingest.definition_model import Definition

PLACES = {
    "name": "places",
    "title": "Places",
    "kind": "lookup",
    "agency": "open_data",
    "format": ["csv", "workbook", "vector", "xml"],
    "record": "Place",
    "columns": {"code": {"header": "Area Code", "aliases": ["area"]}, "name": "Name"},
    "currency": {"by": "key", "key": ["code"]},
    "lookup": {
        "child_level": "ward",
        "child_code": "code",
        "child_name": "name",
        "parent_level": "district",
        "parent_code": "code",
        "parent_name": "name",
    },
}
LINES = {
    "name": "lines",
    "title": "Bus lines",
    "kind": "timetable",
    "agency": "open_data",
    "format": ["gtfs"],
    "columns": {
        "route_id": "route_id",
        "direction_id": "direction_id",
        "route_name": "route_name",
        "mode": "route_type",
        "stops": "stops",
    },
    "currency": {"by": "period"},
    "timetable": {
        "mode": "mode",
        "route": "route_id",
        "direction": "direction_id",
        "route_name": "route_name",
        "stops": "stops",
    },
}
ROWS = [["Area Code", "Name"], ["W1", "Café Row"], ["W2", "Quay, North"]]
TEXT = 'Area Code,Name\nW1,Café Row\nW2,"Quay, North"\n'
SAME = [("W1", "Café Row"), ("W2", "Quay, North")]


def places(**more):
    """The definition of the two places; `more` overrides entries."""
    return Definition.model_validate({**PLACES, **more})


def lines():
    return Definition.model_validate(LINES)


def xlsx(rows=None, **options):
    """A workbook of one sheet, rows of values; strings that begin with = stay strings."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, **options}
    )
    sheet = book.add_worksheet("Places")
    for number, row in enumerate(ROWS if rows is None else rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def xls(rows=None):
    book = xlwt.Workbook()
    sheet = book.add_sheet("Places")
    for y, row in enumerate(ROWS if rows is None else rows):
        for x, value in enumerate(row):
            sheet.write(y, x, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
)
ODS_END = "</office:spreadsheet></office:body></office:document-content>"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_content(rows, after=""):
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>'
            for c in row
        )
        for row in rows
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'{ODS_START}<table:table table:name="Places">{body}{after}</table:table>{ODS_END}'


def ods(rows=None, after="", more=None):
    content = ods_content(ROWS if rows is None else rows, after)
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
    )
    return zipped(
        {"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest, **(more or {})}
    )


def zipped(members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_member(raw, name, content):
    """An archive's bytes with one file more."""
    out = io.BytesIO(raw)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


def geojson(coordinates=((0.5, 51.7), (0.6, 51.8)), **more):
    features = [
        {
            "type": "Feature",
            "properties": {"area": code, "Name": name},
            "geometry": {"type": "Point", "coordinates": list(point)},
        }
        for (code, name), point in zip(SAME, coordinates, strict=True)
    ]
    return json.dumps({"type": "FeatureCollection", **more, "features": features}).encode()


def layer(driver, crs="EPSG:27700", shapes=None, layer=None):
    """The files that a driver writes, by suffix."""
    made = [shapely.Point(560_000, 200_000), shapely.Point(561_000, 201_000)] if shapes is None else shapes
    suffix = {"GPKG": ".gpkg", "ESRI Shapefile": ".shp"}[driver]
    values = [np.array(column, dtype=object) for column in zip(*SAME, strict=True)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"places{suffix}")
        told = {"layer": layer} if layer else {}
        pyogrio.raw.write(
            path, np.asarray(shapely.to_wkb(np.array(made, dtype=object))), values, ["area", "Name"],
            geometry_type=made[0].geom_type, crs=crs, driver=driver, encoding="UTF-8", **told,
        )  # fmt: skip
        return {part.suffix: part.read_bytes() for part in Path(folder).iterdir()}


def gpkg(**told):
    return layer("GPKG", **told)[".gpkg"]


def shapefile(without=(), **told):
    parts = layer("ESRI Shapefile", **told)
    return zipped({f"places{suffix}": raw for suffix, raw in parts.items() if suffix not in without})


def xml(records=None):
    body = records or "".join(f"<Place><area>{c}</area><Name>{n}</Name></Place>" for c, n in SAME)
    return f'<?xml version="1.0" encoding="UTF-8"?><Places>{body}</Places>'.encode()


GTFS = {
    "stops.txt": ("stop_id,stop_name,stop_lat,stop_lon\ns1,Quay North,51.7,0.5\ns2,Café Row,51.71,0.52\n"),
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nr1,a1,1,Quay - Row,3\n",
    "trips.txt": "route_id,service_id,trip_id,direction_id,shape_id\nr1,d,t1,0,\n",
    "stop_times.txt": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt1,08:00:00,08:00:00,s1,1\n"
        "t1,08:10:00,08:10:00,s2,2\n"
    ),
    "calendar.txt": (
        "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "d,1,1,1,1,1,0,0,20260101,20261231\n"
    ),
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\na1,Marl Buses,x,Europe/London\n",
}


def gtfs(**other):
    """A timetable of one route; `other` replaces files by name without `.txt`, None leaves one out."""
    members = {**GTFS, **{f"{name}.txt": content for name, content in other.items()}}
    return zipped({name: content for name, content in members.items() if content is not None})


EVERY = {
    "places.csv": TEXT.encode,
    "places.tsv": lambda: TEXT.replace('W2,"Quay, North"', "W2,Quay").replace(",", "\t").encode("utf-16"),
    "places.csv.gz": lambda: gzip.compress(TEXT.encode()),
    "places.xlsx": xlsx,
    "places.xls": xls,
    "places.ods": ods,
    "places.geojson": geojson,
    "places.gpkg": gpkg,
    "places.zip": shapefile,
    "places.xml": xml,
    "lines.zip": gtfs,
}
"""A file's name and how its bytes are made."""


def definition_for(name):
    return lines() if name.startswith("lines") else places()
