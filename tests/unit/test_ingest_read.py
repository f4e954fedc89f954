"""Reading: encodings, title lines, ragged rows, missing headers, workbooks and map layers become the same sheet."""

import gzip
import zipfile

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.read import read

PLACES = Definition.model_validate(
    {
        "name": "places",
        "title": "Places",
        "kind": "lookup",
        "agency": "open_data",
        "format": ["csv", "workbook", "vector"],
        "columns": {
            "code": {"header": "Area Code", "aliases": ["area"]},
            "name": "Name",
            "year": {"patterns": ["wd(?P<yy>\\d\\d)cd"], "required": False},
        },
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
)
HEADERLESS = PLACES.model_copy(update={"header": False})


def sheet_of(tmp_path, raw, name="file.csv", definition=PLACES):
    path = tmp_path / name
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read(path, name, definition)


def cells(sheet):
    return list(zip(sheet.text("code").to_pylist(), sheet.text("name").to_pylist(), strict=True))


TEXT = 'Area Code,Name\nW1,Café Row\nW2,"Quay, North"\n'
SAME = [("W1", "Café Row"), ("W2", "Quay, North")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_same_text_in_any_encoding(tmp_path, encoding):
    assert cells(sheet_of(tmp_path, TEXT.encode(encoding))) == SAME


def test_line_ends_tabs_and_gzip(tmp_path):
    assert cells(sheet_of(tmp_path, TEXT.replace("\n", "\r\n"))) == SAME
    assert cells(sheet_of(tmp_path, "Area Code\tName\nW1\tCafé Row\nW2\tQuay, North\n", "f.tsv")) == SAME
    assert cells(sheet_of(tmp_path, gzip.compress(TEXT.encode()), "f.csv.gz")) == SAME


def test_title_lines_above_the_header_and_line_breaks_within_it(tmp_path):
    raw = 'A title,,\n"Of two, \nlines",,\n,,\nOther,"\nArea  code",Name\nx,W1,Café Row\nx,W2,"Quay, North"\n'
    sheet = sheet_of(tmp_path, raw)
    assert cells(sheet) == SAME
    assert sheet.rows.tolist() == [1, 2]
    assert sheet.headers["code"] == "Area code"


def test_an_alias_and_a_pattern_with_its_year(tmp_path):
    sheet = sheet_of(tmp_path, "area,name,WD13CD,WD24CD\nW1,x,old,new\n")
    assert (sheet.vintage, sheet.text("year").to_pylist()) == ("2024", ["new"])


def test_ragged_rows_are_named_by_their_number_and_the_others_keep_theirs(tmp_path):
    sheet = sheet_of(tmp_path, "Area Code,Name\nW1,a\nW2\nW3,c,d\nW4,e\n")
    assert sheet.rows.tolist() == [1, 4]
    assert [(reject.row, reject.rule) for reject in sheet.ragged] == [
        (2, "1 columns instead of 2"),
        (3, "3 columns instead of 2"),
    ]
    assert sheet.count == 4


def test_an_unclosed_quotation_mark_that_swallows_rows_is_refused(tmp_path):
    with pytest.raises(LoadRefused, match="opened in data row 2 is never closed"):
        sheet_of(tmp_path, 'Area Code,Name\nW1,a\n"W2,b\nW3,c\nW4,d\n')


def test_empty_rows_at_the_end_are_no_records_and_within_they_are(tmp_path):
    sheet = sheet_of(tmp_path, "Area Code,Name\nW1,a\n,\nW2,b\n,\n,\n\n")
    assert sheet.count == 3
    assert sheet.notes == ("3 empty rows at the end of the file were passed over.",)


def test_without_a_header_the_columns_stand_in_the_definitions_order(tmp_path):
    sheet = sheet_of(tmp_path, 'W1,Café Row,x\nW2,"Quay, North",y\n', definition=HEADERLESS)
    assert cells(sheet) == SAME


def test_a_headerless_file_with_too_few_columns_is_refused(tmp_path):
    with pytest.raises(LoadRefused, match="2 columns where"):
        sheet_of(tmp_path, "W1,Café Row\n", definition=HEADERLESS)


def test_a_missing_column_is_named_with_the_likely_one(tmp_path):
    with pytest.raises(LoadRefused, match="'Area Code' is not in the file, which has 'area_code'"):
        sheet_of(tmp_path, "area_code,Name\nW1,a\n")


def test_a_line_that_may_be_a_record_is_never_quoted(tmp_path):
    with pytest.raises(LoadRefused) as refusal:
        sheet_of(tmp_path, "Alex Example,01700 900123\nW1,a\n")
    assert "Alex" not in str(refusal.value)
    assert "'Area Code', 'Name'" in str(refusal.value)


@pytest.mark.parametrize(
    ("raw", "name", "told"),
    [
        (b"", "f.csv", "empty"),
        (b"Area Code,Name", "f.pdf", "reads files that end in"),
        (b"not gzip", "f.csv.gz", "cannot be unpacked"),
        (b"PK\x03\x04 not a zip", "f.zip", "damaged"),
        (b"neither", "f.gpkg", "neither GeoJSON"),
        (b'{"type": "FeatureColl', "f.geojson", "cannot be read as a map layer"),
        (b"no workbook", "f.xlsx", "workbook cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path, raw, name, told):
    with pytest.raises(LoadRefused, match=told):
        sheet_of(tmp_path, raw, name)


def test_a_workbook(tmp_path):
    sheet = sheet_of(
        tmp_path, workbook([["A title", ""], ["Area Code", "Name"], ["W1", "Quay"], [7, 2.5]]), "f.xlsx"
    )
    assert cells(sheet) == [("W1", "Quay"), ("7", "2.5")]


def workbook(rows):
    """The least that is an XLSX file."""
    import io

    def cell(value):
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        file.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>'
        )
    return out.getvalue()


def layer(path, *, crs, driver, box=(560000, 200000, 561000, 201000)):
    shapes = np.asarray(shapely.to_wkb([shapely.box(*box)]))
    values = [np.array(["W1"], dtype=object), np.array(["Quay"], dtype=object)]
    pyogrio.raw.write(path, shapes, values, ["area", "Name"], geometry_type="Polygon", crs=crs, driver=driver)
    return path


def centre(sheet):
    point = shapely.centroid(shapely.from_wkb(sheet.geometry[0].as_py()))
    return point.x, point.y


def test_a_geopackage_in_metres_is_kept_as_it_is(tmp_path):
    path = layer(tmp_path / "a.gpkg", crs="EPSG:27700", driver="GPKG")
    assert centre(read(path, "a.gpkg", PLACES)) == (560500, 200500)


def test_a_zipped_shapefile(tmp_path):
    layer(tmp_path / "a.shp", crs="EPSG:27700", driver="ESRI Shapefile")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for part in tmp_path.glob("a.*"):
            if part.suffix != ".zip":
                archive.write(part, f"a folder/{part.name}")
    assert centre(read(tmp_path / "a.zip", "a.zip", PLACES)) == (560500, 200500)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857"])
def test_a_layer_in_another_system_lands_within_the_stated_error(tmp_path, crs):
    import pyproj

    to_other = pyproj.Transformer.from_crs("EPSG:27700", crs, always_xy=True)
    west, south = to_other.transform(560000, 200000)
    east, north = to_other.transform(561000, 201000)
    path = layer(tmp_path / "a.geojson", crs=crs, driver="GeoJSON", box=(west, south, east, north))
    if crs != "EPSG:4326":
        path = layer(tmp_path / "a.gpkg", crs=crs, driver="GPKG", box=(west, south, east, north))
    sheet = read(path, path.name, PLACES)
    assert centre(sheet) == pytest.approx((560500, 200500), abs=8)


def test_missing_geometry_is_null(tmp_path):
    raw = (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"area": "W1", "Name": "x"}, '
        '"geometry": null}]}'
    )
    sheet = sheet_of(tmp_path, raw, "a.json")
    assert isinstance(sheet.geometry, pa.BinaryArray)
    assert sheet.geometry.null_count == 1
