"""Headers as people make them: over two lines, twice the same, with blank columns beside and totals below."""

import pytest
import yaml

from tests.factories.reading_files import SAME, places, xlsx
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.headers import TOTALS_RULE, is_totals
from trigpoint.ingest.steps.read import month_in, read


def sheet_of(tmp_path, raw, name="f.csv", definition=None):
    path = tmp_path / "raw"
    path.write_bytes(raw.encode() if isinstance(raw, str) else raw)
    return read(path, name, definition or places())


def cells(sheet):
    return list(zip(sheet.text("code").to_pylist(), sheet.text("name").to_pylist(), strict=True))


def as_csv(rows):
    return "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows)


BOTH = pytest.mark.parametrize(("make", "name"), [(as_csv, "f.csv"), (xlsx, "f.xlsx")])
BODY = [list(row) for row in SAME]


@BOTH
def test_a_header_of_two_lines_whose_upper_cells_are_merged(tmp_path, make, name):
    definition = places(columns={"code": "Area Code", "name": "Area Name"})
    rows = [["Area", "", "Other"], ["Code", "Name", "Code"], *([*row, "x"] for row in BODY)]
    sheet = sheet_of(tmp_path, make(rows), name, definition)
    assert cells(sheet) == SAME
    assert sheet.rows.tolist() == [1, 2]
    assert sheet.headers == {"code": "Area Code", "name": "Area Name"}


@BOTH
def test_a_header_of_two_lines_of_which_each_has_some_names(tmp_path, make, name):
    rows = [["Area Code", "Place", ""], ["", "Name", "Kind"], *([*row, "x"] for row in BODY)]
    assert cells(sheet_of(tmp_path, make(rows), name)) == SAME


def test_a_header_of_one_line_is_found_before_any_of_two(tmp_path):
    sheet = sheet_of(tmp_path, "Area Code,Name\nArea Code,Name\nW1,x\n")
    assert sheet.rows.tolist() == [1, 2]


@BOTH
def test_one_name_twice_is_refused_until_somebody_says_which(tmp_path, make, name):
    rows = [["Area Code", "Name", "Name"], *([code, "old", called] for code, called in BODY)]
    with pytest.raises(LoadRefused, match="more than one column named 'Name'") as refusal:
        sheet_of(tmp_path, make(rows), name)
    told = str(refusal.value)
    assert 'name: {aliases: ["Name (2)"]}' in told
    mended = yaml.safe_load(told[told.index("{extends") :])
    column = {"header": "Name", **mended["columns"]["name"]}
    columns = {"code": "Area Code", "name": column}
    assert cells(sheet_of(tmp_path, make(rows), name, places(columns=columns))) == SAME


def test_a_name_twice_that_nobody_wants_does_not_matter(tmp_path):
    assert cells(sheet_of(tmp_path, "x,Area Code,x,Name\n1,W1,2,a\n")) == [("W1", "a")]


@BOTH
def test_blank_columns_beside_the_table(tmp_path, make, name):
    rows = [["Area Code", "Name", "", ""], *([*row, "", ""] for row in BODY)]
    assert cells(sheet_of(tmp_path, make(rows), name)) == SAME


@pytest.mark.parametrize(
    ("header", "end"), [("Area Code,Name,,", ""), ("Area Code,Name", ",,"), ("Area Code,Name,,", ",")]
)
def test_blank_cells_that_only_the_header_or_only_the_rows_have(tmp_path, header, end):
    raw = f'{header}\nW1,Café Row{end}\nW2,"Quay, North"{end}\n'
    sheet = sheet_of(tmp_path, raw)
    assert (cells(sheet), sheet.ragged) == (SAME, ())


def test_single_rows_with_blank_cells_too_many_keep_their_place(tmp_path):
    sheet = sheet_of(tmp_path, "Area Code,Name\nW1,a\nW2,b,,\nW3,c\nW4,d,x\nW5,e\n")
    assert cells(sheet) == [("W1", "a"), ("W2", "b"), ("W3", "c"), ("W5", "e")]
    assert sheet.rows.tolist() == [1, 2, 3, 5]
    assert [(reject.row, reject.rule) for reject in sheet.ragged] == [(4, "3 columns instead of 2")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_cells_may_be_parted_by_commas_tabs_semicolons_or_bars(tmp_path, delimiter):
    raw = "A title\nArea Code,Name\nW1,a\nW2,b\n".replace(",", delimiter)
    assert cells(sheet_of(tmp_path, raw, "f.txt")) == [("W1", "a"), ("W2", "b")]


def test_a_refusal_knows_the_columns_whatever_parts_them(tmp_path):
    with pytest.raises(LoadRefused, match="which has 'area_code'"):
        sheet_of(tmp_path, "area_code;Name\nW1;a\n")


@BOTH
def test_a_row_of_totals_at_the_end_is_put_aside_by_its_own_rule(tmp_path, make, name):
    rows = [["n", "Area Code", "Name"], *(["1", *row] for row in BODY), ["Total", "2", "2"]]
    sheet = sheet_of(tmp_path, make(rows), name)
    assert cells(sheet) == SAME
    assert [(reject.row, reject.rule) for reject in sheet.ragged] == [(3, TOTALS_RULE)]
    assert sheet.count == 3


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (["Total", "12"], True),
        (["Grand total", "", "1,234", "56%"], True),
        (["", "Totals:", ""], True),
        (["Total records", "7"], True),
        (["Total filling station", "Quay Street"], False),
        (["W1", "Total"], False),
        (["Totality", "3"], False),
        (["", ""], False),
    ],
)
def test_what_counts_as_a_row_of_totals(row, told):
    assert is_totals(row) == told


def test_a_row_that_begins_with_total_within_the_table_is_a_record(tmp_path):
    raw = "Area Code,Name\nTotal,\n" + "".join(f"W{n},a\n" for n in range(60))
    assert sheet_of(tmp_path, raw).count == 61
    assert sheet_of(tmp_path, raw).ragged == ()


def test_more_columns_than_any_table_has_are_refused(tmp_path):
    raw = ",".join(f"c{n}" for n in range(6000)) + "\n"
    with pytest.raises(LoadRefused, match="more than 5,000 columns"):
        sheet_of(tmp_path, raw)


def test_a_cell_that_never_ends_is_refused(tmp_path):
    with pytest.raises(LoadRefused, match="data row 2 has more than 131,072 characters"):
        sheet_of(tmp_path, f"Area Code,Name\nW1,a\nW2,{'b' * 200_000}\n")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("sessions_2026-03.csv", "2026-03-01"),
        ("202611 extract.csv", "2026-11-01"),
        ("Sessions March 2026.xlsx", "2026-03-01"),
        ("sept_2025.csv", "None"),
        ("sep_2025.csv", "2025-09-01"),
        ("extract_20260314.csv", "None"),
        ("extract 2026.csv", "None"),
        ("dismay 2026.csv", "None"),
    ],
)
def test_the_month_in_a_files_name(name, told):
    assert str(month_in(name)) == told
