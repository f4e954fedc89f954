"""Read XLSX, XLS and ODS workbooks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, ZipError

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.headers import HEADER_WITHIN, Matched, find_header
from trigpoint.ingest.steps.read_vector import one_as_text


def read_workbook(path: Path, definition: Definition) -> Sheet:
    """The first worksheet that has the definition's columns. Raises LoadRefused where none has."""
    refusal: LoadRefused | None = None
    for lines in _worksheets(path, definition):
        try:
            number, matched = find_header(definition, lines[:HEADER_WITHIN])
        except LoadRefused as fault:
            refusal = refusal or fault
            continue
        return _sheet(lines[number + 1 :], matched)
    raise refusal or LoadRefused("The workbook has no worksheet with anything in it.")


def _worksheets(path: Path, definition: Definition) -> Iterator[list[list[str]]]:
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        names = [definition.layer] if definition.layer in workbook.sheet_names else workbook.sheet_names
        for name in names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
            if rows:
                yield [[cell_text(cell) for cell in row] for row in rows]
    except (CalamineError, ZipError, OSError) as fault:
        raise LoadRefused("The workbook cannot be read; it may be damaged or protected.") from fault


def cell_text(cell: object) -> str:
    """A cell as the text its owner sees: dates as ISO dates, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S") if cell.time() != time() else cell.strftime("%Y-%m-%d")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime("%H:%M:%S")
    if isinstance(cell, timedelta):
        return str(cell)
    return one_as_text(cell)


def _sheet(lines: list[list[str]], matched: Matched) -> Sheet:
    columns = {
        name: pa.array([line[place] if place < len(line) else "" for line in lines], pa.string())
        for name, place in matched.positions.items()
    }
    rows = np.arange(1, len(lines) + 1, dtype=np.int32)
    return Sheet(matched.definition, columns, rows, matched.headers, vintage=matched.vintage)
