"""A file as its agency would have saved it: text or a workbook. The same table always gives the same bytes."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from trigpoint.core.county.feeds.forms import Form
from trigpoint.core.county.feeds.sending import Sent
from trigpoint.core.county.tables import Table
from trigpoint.demo.files.opendocument import write_opendocument

_SAVED = datetime(2026, 1, 1, tzinfo=UTC)
_SEPARATORS = {"csv": ",", "tsv": "\t"}
Line = list[str]


def write_sent(folder: Path, sent: Sent) -> Path:
    """Write one file of a feed and return where it is."""
    path = folder / f"{sent.name}.{sent.form.suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    above, below = _above(sent.form, sent.table), _below(sent.form, sent.table)
    if sent.form.suffix == "xlsx":
        _write_workbook(path, sent.form, above, sent.table, below)
    elif sent.form.suffix == "ods":
        write_opendocument(path, sent.form.sheet, [*above, *_rows(sent.table), *below])
    else:
        _write_text(path, sent.form, [*above, *_rows(sent.table), *below])
    return path


def _rows(table: Table) -> Iterable[tuple[str, ...]]:
    return zip(*(column.tolist() for column in table.columns.values()), strict=True)


def _above(form: Form, table: Table) -> list[Line]:
    """Title lines, group headings, the header."""
    width = len(table.columns)
    lines = [[line, *[""] * (width - 1)] for line in form.title]
    if form.captions:
        lines.append([*form.captions, *[""] * (width - len(form.captions))])
    return [*lines, list(table.columns)]


def _below(form: Form, table: Table) -> list[Line]:
    """A total at the foot, of what can be added up."""
    if form.total is None:
        return []
    numbers = [int(cell) for cell in table.columns[form.total].tolist() if cell.isdigit()]
    return [
        [
            "Total" if n == 0 else str(sum(numbers)) if name == form.total else ""
            for n, name in enumerate(table.columns)
        ]
    ]


def _write_text(path: Path, form: Form, lines: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding=form.encoding, newline="", errors="replace") as file:
        csv.writer(file, delimiter=_SEPARATORS[form.suffix], lineterminator="\n").writerows(lines)


def _write_workbook(path: Path, form: Form, above: list[Line], table: Table, below: list[Line]) -> None:
    workbook = xlsxwriter.Workbook(
        str(path), {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    workbook.set_properties({"created": _SAVED.replace(tzinfo=None)})
    sheet = workbook.add_worksheet(form.sheet)
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    minute = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    for row, line in enumerate(above):
        sheet.write_row(row, 0, line)
    for column, (name, values) in enumerate(table.columns.items()):
        for row, cell in enumerate(values.tolist(), start=len(above)):
            if cell == "":
                continue
            at = _instant(cell) if name in form.dates else None
            if at is not None:
                sheet.write_datetime(row, column, at, day if len(cell) == 10 else minute)
            elif name in form.numbers and _is_number(cell):
                sheet.write_number(row, column, float(cell))
            else:
                sheet.write_string(row, column, cell)
    for row, line in enumerate(below, start=len(above) + table.rows):
        sheet.write_row(row, 0, line)
    workbook.close()


def _instant(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        return None


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).replace("-", "", 1).isdigit()
