"""The first step: a file, whatever its format, becomes a sheet of the columns its definition names."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Sheet, blank
from trigpoint.ingest.steps.cells import without_json
from trigpoint.ingest.steps.read_text import read_text
from trigpoint.ingest.steps.read_vector import read_vector
from trigpoint.ingest.steps.read_workbook import read_workbook

FORMATS = {
    "csv": (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz"),
    "workbook": (".xlsx", ".xls", ".xlsm", ".ods"),
    "vector": (".geojson", ".json", ".gpkg", ".zip"),
}


def read(path: Path, name: str, definition: Definition) -> Sheet:
    """Read `path`, which was called `name` when delivered. Raises LoadRefused, in words, where that cannot be done."""
    format_ = _format(name, definition)
    if format_ == "csv":
        sheet = read_text(path, name, definition)
    elif format_ == "workbook":
        sheet = read_workbook(path, definition)
    else:
        sheet = read_vector(path, name, definition)
    sheet = without_json(without_blank_end(sheet))
    return replace(sheet, vintage=sheet.vintage or _vintage_in(name, definition))


def _format(name: str, definition: Definition) -> str:
    for format_ in definition.format:
        if name.lower().endswith(FORMATS[format_]):
            return format_
    endings = ", ".join(ending for format_ in definition.format for ending in FORMATS[format_])
    raise LoadRefused(f"{definition.name} reads files that end in {endings}.")


def _vintage_in(name: str, definition: Definition) -> str:
    found = re.search(definition.vintage_in_name, name) if definition.vintage_in_name else None
    return found[1] if found else ""


def without_blank_end(sheet: Sheet) -> Sheet:
    """Without the empty rows that spreadsheets leave below the last one; they are no records."""
    filled = np.zeros(len(sheet.rows), dtype=np.bool_)
    for values in sheet.columns.values():
        filled |= ~blank(values)
    if sheet.geometry is not None:
        filled |= ~np.asarray(sheet.geometry.is_null().to_numpy(zero_copy_only=False), dtype=np.bool_)
    last = int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else 0
    if last == len(filled):
        return sheet
    note = f"{len(filled) - last} empty rows at the end of the file were passed over."
    columns = {name: pa.array(values[:last]) for name, values in sheet.columns.items()}
    geometry = None if sheet.geometry is None else sheet.geometry[:last]
    return replace(
        sheet, columns=columns, rows=sheet.rows[:last], geometry=geometry, notes=(*sheet.notes, note)
    )
