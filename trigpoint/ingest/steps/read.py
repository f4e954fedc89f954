"""The first step: a file, whatever its format, becomes a sheet of the columns its definition names."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused, Progress, untold
from trigpoint.ingest.sheet import Sheet, blank
from trigpoint.ingest.steps.cells import without_json
from trigpoint.ingest.steps.read_bytes import MACRO_ENDINGS, REALLY, real_kind
from trigpoint.ingest.steps.read_gtfs import read_gtfs
from trigpoint.ingest.steps.read_text import read_text
from trigpoint.ingest.steps.read_vector import read_vector
from trigpoint.ingest.steps.read_words import with_mended_words
from trigpoint.ingest.steps.read_workbook import read_workbook
from trigpoint.ingest.steps.read_workbook_safe import MACROS
from trigpoint.ingest.steps.read_xml import read_xml
from trigpoint.ingest.steps.timetable import timetable_sheet

TEXT_ENDINGS = (".csv", ".tsv", ".psv", ".txt")
FORMATS: dict[str, dict[str, tuple[str, ...]]] = {
    "csv": {**dict.fromkeys(TEXT_ENDINGS, ("text",)), **{f"{e}.gz": ("gzip",) for e in TEXT_ENDINGS}},
    "workbook": {".xlsx": ("xlsx",), ".xls": ("ole",), ".ods": ("ods",)},
    "vector": {".geojson": ("json",), ".json": ("json",), ".gpkg": ("sqlite",), ".zip": ("shapefile",)},
    "xml": {".xml": ("xml",)},
    "gtfs": {".zip": ("gtfs",)},
}
"""For each format the endings it comes under, and what the bytes must be under each."""
MAY_BEGIN_LIKE = {"text": ("json", "xml")}
"""What a first cell may make a file look like: a bracket or an angle bracket opens no JSON or XML by itself."""
MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_IN_NAME = re.compile(r"(?<!\d)(20\d\d)[-_ .]?(0[1-9]|1[0-2])(?!\d)")
_MONTH_NAMED = re.compile(
    r"(?<![a-z])(" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in MONTH_NAMES) + r")[-_ .]*(20\d\d)(?!\d)"
)


def read(
    path: Path, name: str, definition: Definition, progress: Progress = untold, received: date | None = None
) -> Sheet:
    """Read `path`, which was called `name` when delivered. Raises LoadRefused, in words, where that cannot be done.

    `progress(step, done, all)` is called after every block and may raise to stop the reading. `received` is the day on
    which the delivery came: dates written without month or year lie near it.
    """
    kind, format_ = _format(path, name, definition)
    if format_ == "csv":
        sheet = read_text(path, kind == "gzip", definition, progress)
    elif format_ == "workbook":
        sheet = read_workbook(path, kind, definition, progress)
    elif format_ == "xml":
        sheet = read_xml(path, definition, progress)
    elif format_ == "gtfs":
        sheet = timetable_sheet(read_gtfs(path, progress), definition)
    else:
        sheet = read_vector(path, kind, definition, progress)
    vintage = sheet.vintage or _vintage_in(name, definition)
    sheet = without_json(with_mended_words(without_blank_end(sheet)))
    return replace(sheet, vintage=vintage, received=received, month=month_in(name))


def _format(path: Path, name: str, definition: Definition) -> tuple[str, str]:
    """What the file really is, and the definition's format for it. The bytes decide; a name that says otherwise lies."""
    lower = name.lower()
    if lower.endswith(MACRO_ENDINGS):
        raise LoadRefused(MACROS)
    wanted = {
        format_: next(kinds for ending, kinds in FORMATS[format_].items() if lower.endswith(ending))
        for format_ in definition.format
        if lower.endswith(tuple(FORMATS[format_]))
    }
    if not wanted:
        endings = ", ".join(ending for format_ in definition.format for ending in FORMATS[format_])
        raise LoadRefused(f"{definition.name} reads files that end in {endings}.")
    kind = real_kind(path)
    for format_, kinds in wanted.items():
        if kind in kinds:
            return kind, format_
        if kind in {other for k in kinds for other in MAY_BEGIN_LIKE.get(k, ())}:
            return kinds[0], format_
    raise LoadRefused(_lying(kind, lower, tuple(wanted), [k for kinds in wanted.values() for k in kinds]))


def _lying(kind: str, name: str, formats: tuple[str, ...], kinds: list[str]) -> str:
    ending = re.search(r"[.][a-z0-9]+(?:[.]gz)?$", name)
    named = f"The file is named {ending[0] if ending else name}"
    if kind == "empty":
        return "The file is empty."
    if kind == "ole" and "xlsx" in kinds:
        return f"{named} but is really {REALLY[kind]}. If it has a password, save it without one; else save it as .xlsx."
    if kind == "text" and "gzip" in kinds:
        return f"{named} but cannot be unpacked: it is really {REALLY[kind]}."
    if "vector" in formats:
        return (
            f"{named} but is really {REALLY[kind]}: it is neither GeoJSON, GeoPackage nor a zipped Shapefile."
        )
    if "workbook" in formats:
        return f"The workbook cannot be read: it is really {REALLY[kind]}. Save the table as .xlsx or .csv."
    return f"{named} but is really {REALLY[kind]}. Save the table in the format that its name says."


def _vintage_in(name: str, definition: Definition) -> str:
    found = re.search(definition.vintage_in_name, name) if definition.vintage_in_name else None
    return found[1] if found else ""


def month_in(name: str) -> date | None:
    """The first day of the month that a file's name tells: `2026-03`, `202603`, `March 2026`; None where it has none."""
    lower = name.lower()
    if found := _MONTH_IN_NAME.search(lower):
        return date(int(found[1]), int(found[2]), 1)
    if named := _MONTH_NAMED.search(lower):
        month = next(n for n, m in enumerate(MONTH_NAMES, start=1) if m.startswith(named[1][:3]))
        return date(int(named[2]), month, 1)
    return None


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
    return replace(
        sheet,
        columns={name: values[:last] for name, values in sheet.columns.items()},
        rows=sheet.rows[:last],
        geometry=None if sheet.geometry is None else sheet.geometry[:last],
        notes=(*sheet.notes, note),
        faults=tuple(replace(fault, mask=fault.mask[:last]) for fault in sheet.faults),
    )
