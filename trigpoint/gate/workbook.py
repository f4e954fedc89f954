"""Tables as an .xlsx workbook: what it is about first, then one sheet a table. No cell can become a formula."""

import io
import math
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

from trigpoint.gate.export_tables import FlatTable, are_days
from trigpoint.gate.receipt_file import plain_cell

__all__ = ["ABOUT_SHEET", "workbook_bytes"]

ABOUT_SHEET = "About"
LONGEST_SHEET = 31
MOST_ROWS = 1_048_575
"""An .xlsx sheet holds 1,048,576 rows, one of which is the head."""
ABOUT_WIDTH, ABOUT_FULL, ROW_POINTS = 96, 84, 15
"""Characters across, how many of them a line surely holds, and the height of a line: LibreOffice makes no row higher
than the file says."""
WIDEST, LOOKED_AT = 44, 200
"""Characters of the widest common column, and how many of its values tell how wide it needs to be."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE = frozenset({"question", "sentence", "told", "attribution", "words"})


def workbook_bytes(tables: Sequence[FlatTable], about: Sequence[tuple[str, str]], at: datetime) -> bytes:
    """The workbook. Text stays text: what would begin a formula is quoted. A day is a date. None is an empty cell.

    Raises ValueError for a table longer than a sheet can be.
    """
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties(
            {"title": about[1][1], "comments": about[0][1], "created": at.replace(tzinfo=None)}
        )
        bold = book.add_format({"bold": True, "bottom": 1})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        label = book.add_format({"bold": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        _about_sheet(book.add_worksheet(ABOUT_SHEET), about, label, wrapped)
        for table in tables:
            sheet = book.add_worksheet(table.name.replace("_", " ").capitalize()[:LONGEST_SHEET])
            _head_and_foot(sheet, about)
            _table_sheet(sheet, table, bold, day)
    return out.getvalue()


def _about_sheet(sheet: Any, about: Sequence[tuple[str, str]], label: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 24, label)
    sheet.set_column(1, 1, ABOUT_WIDTH, wrapped)
    _head_and_foot(sheet, about)
    for place, (name, value) in enumerate(about):
        sheet.set_row(place, ROW_POINTS * max(1, math.ceil(len(value) / ABOUT_FULL)))
        sheet.write_string(place, 0, plain_cell(name), label)
        sheet.write_string(place, 1, plain_cell(value), wrapped)


def _head_and_foot(sheet: Any, about: Sequence[tuple[str, str]]) -> None:
    """The marking on every printed page. An ampersand there begins a code."""
    marking, what = (value.replace("&", "&&")[:120] for _, value in about[:2])
    sheet.set_header(f"&R&B{marking}")
    sheet.set_footer(f"&L{what}&C&B{marking}&RPage &P of &N")
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _table_sheet(sheet: Any, table: FlatTable, bold: Any, day: Any) -> None:
    if table.rows > MOST_ROWS:
        raise ValueError(f"a sheet holds {MOST_ROWS:,} rows and this table has {table.rows:,}")
    for column, (name, values) in enumerate(table.columns.items()):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, 60 if name in _WIDE else _width(name, values))
        days = are_days(values)
        for row, value in enumerate(values, start=1):
            if days and value is not None:
                sheet.write_datetime(row, column, date.fromisoformat(value), day)
            else:
                _write(sheet, row, column, value)
    sheet.freeze_panes(1, 0)
    if table.columns and table.rows:
        sheet.autofilter(0, 0, table.rows, len(table.columns) - 1)


def _width(name: str, values: Sequence[Any]) -> int:
    longest = max((len(str(one)) for one in values[:LOOKED_AT] if isinstance(one, str)), default=0)
    return max(12, min(max(len(name), longest) + 2, WIDEST))


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, plain_cell(str(value)))
