"""Workbooks, looked at as bytes and archive members before any workbook reader sees them."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.headers import MOST_COLUMNS
from trigpoint.ingest.steps.read_ole import refuse_unsafe_ole
from trigpoint.ingest.steps.read_zip import WORKBOOK, blocks, opened

LARGEST_SHEET_CELLS = 30_000_000
"""From the first to the last filled cell: the reader fills in every blank one between them (some 32 bytes each)."""
MACROS = "The workbook holds macros. Save it as .xlsx, without them, and bring it again."
PROTECTED = "The workbook is protected by a password. Save it without one and bring it again."
LINKED = (
    "The workbook takes values from other workbooks or databases. Break the links (Data, Edit links) or save the table "
    "as .csv, and bring it again."
)
ENTITIES = "The workbook's XML declares entities or a document type, which no spreadsheet program writes."
TOO_WIDE = (
    f"A worksheet has a filled cell so far out that the sheet has more than {LARGEST_SHEET_CELLS // 1_000_000} million "
    f"cells or {MOST_COLUMNS:,} columns. Delete the empty rows and columns beyond the table, or save it as .csv."
)

_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_CELLS = (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")
"""How a cell's element begins, with a prefix or without; counting these is ten times faster than matching."""
_WIDE = (re.compile(rb'r="([A-Za-z]{2,})[0-9]'), re.compile(rb"r='([A-Za-z]{2,})[0-9]"))
_DEEP = (re.compile(rb'r="[A-Za-z]*([0-9]{5,})"'), re.compile(rb"r='[A-Za-z]*([0-9]{5,})'"))
"""References to cells far out. One pattern for each quotation mark: what begins with plain letters is found fast."""
_REPEATED = re.compile(rb"number-(columns|rows)-repeated=[\"']([0-9]+)[\"']")
_OVERLAP_BYTES = 256
"""Kept from one block to the next, so that what lies across the cut is seen."""
_ODS_ROW, _ODS_CELL = b"<table:table-row", re.compile(rb"<table:(?:covered-)?table-cell")
_LONGEST_ODS_ROW_BYTES = 16 << 20


def refuse_unsafe_workbook(path: Path, kind: str) -> None:
    """Raises LoadRefused for what may not be opened. `kind` is one of ole, xlsx, ods (see read_bytes.real_kind)."""
    if kind == "ole":
        refuse_unsafe_ole(path)
        return
    with opened(path, WORKBOOK) as archive:
        names = [member.filename.replace("\\", "/").lower() for member in archive.infolist()]
        if kind == "xlsx":
            _refuse_xlsx_parts(names)
        else:
            _refuse_ods_parts(names)
        for member in archive.infolist():
            _examine(archive, member, kind)


def _refuse_xlsx_parts(names: Iterable[str]) -> None:
    for name in names:
        if name.endswith(("vbaproject.bin", "vbadata.xml")) or name.startswith(
            ("xl/macrosheets/", "xl/dialogsheets/")
        ):
            raise LoadRefused(MACROS)
        if name.startswith(("xl/externallinks/", "xl/connections.xml")):
            raise LoadRefused(LINKED)


def _refuse_ods_parts(names: Iterable[str]) -> None:
    if any(name.startswith(("basic/", "scripts/")) and not name.endswith("/") for name in names):
        raise LoadRefused(MACROS)


def _examine(archive: zipfile.ZipFile, member: zipfile.ZipInfo, kind: str) -> None:
    """One member's bytes: what it declares, and how large a sheet it makes."""
    name = member.filename.replace("\\", "/").lower()
    parts = _utf8(blocks(archive, member))
    if not name.endswith((".xml", ".rels", ".vml")):
        for _ in parts:
            pass
    elif kind == "xlsx" and name.startswith("xl/worksheets/"):
        _examine_sheet(_overlapping(parts))
    elif kind == "ods" and name in ("content.xml", "meta-inf/manifest.xml"):
        _examine_ods(parts)
    else:
        for part in _overlapping(parts):
            _refuse_declarations(part)


def _overlapping(parts: Iterator[bytes]) -> Iterator[bytes]:
    tail = b""
    for part in parts:
        yield tail + part
        tail = part[-_OVERLAP_BYTES:]


def _utf8(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same blocks; in UTF-16 the searches below would see nothing."""
    for number, part in enumerate(parts):
        if number == 0 and (part[:2] in (b"\xff\xfe", b"\xfe\xff") or part[:4].count(0) > 1):
            raise LoadRefused("The workbook's XML is not in UTF-8, as every spreadsheet program writes it.")
        yield part


def _refuse_declarations(part: bytes) -> None:
    if _DECLARED.search(part):
        raise LoadRefused(ENTITIES)


def _examine_sheet(parts: Iterator[bytes]) -> None:
    """The widest row and the last row, from the cells' references and, where they have none, by counting."""
    widest = rows = deepest = 0
    open_row = 0
    for part in parts:
        _refuse_declarations(part)
        chunks = [sum(map(chunk.count, _CELLS)) for chunk in _ROW.split(part)]
        open_row += chunks[0]
        widest = max(widest, open_row, *chunks[1:], *map(_column_number, _found(_WIDE, part)))
        open_row = chunks[-1] if len(chunks) > 1 else open_row
        rows += len(chunks) - 1
        deepest = max(deepest, rows, *map(int, _found(_DEEP, part)))
        if widest > MOST_COLUMNS + 100 or widest * deepest > LARGEST_SHEET_CELLS:
            raise LoadRefused(TOO_WIDE)


def _found(patterns: Iterable[re.Pattern[bytes]], part: bytes) -> set[bytes]:
    return {found[:9] for pattern in patterns for found in pattern.findall(part)}


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def _examine_ods(parts: Iterator[bytes]) -> None:
    """Repetitions make a sheet large without making the file so. Blank ones at a sheet's end are usual and harmless."""
    size = _OdsSize()
    carried = b""
    for part in parts:
        # A declaration stands before everything else, so it is never cut in two.
        _refuse_declarations(part)
        if b"encryption-data" in part:
            raise LoadRefused(PROTECTED)
        if b"table:table-source" in part or b"table:database-source" in part:
            raise LoadRefused(LINKED)
        *rows, carried = (carried + part).split(_ODS_ROW)
        if len(carried) > _LONGEST_ODS_ROW_BYTES:
            raise LoadRefused(TOO_WIDE)
        for row in rows:
            size.add(row)
    size.add(carried)


class _OdsSize:
    """How many rows and columns each sheet has up to its last filled cell."""

    def __init__(self) -> None:
        self._rows = self._blank_rows = self._columns = 0

    def add(self, row: bytes) -> None:
        """The bytes from one row's beginning to the next one's. Raises LoadRefused once the sheet is too large."""
        head, *cells = _ODS_CELL.split(row)
        often = _times(head, b"rows")
        columns = _filled_columns(cells)
        if columns == 0:
            self._blank_rows += often
        else:
            self._rows += self._blank_rows + often
            self._blank_rows = 0
            self._columns = max(self._columns, columns)
        if self._columns > MOST_COLUMNS + 100 or self._rows * self._columns > LARGEST_SHEET_CELLS:
            raise LoadRefused(TOO_WIDE)
        if b"</table:table>" in row:
            self._rows = self._blank_rows = self._columns = 0


def _filled_columns(cells: list[bytes]) -> int:
    """Columns up to the last filled cell."""
    columns = blank = 0
    for cell in cells:
        blank += _times(cell, b"columns")
        if b"office:value-type" in cell or b"<text:p" in cell:
            columns, blank = columns + blank, 0
    return columns


def _times(opening: bytes, what: bytes) -> int:
    """How often a row or a cell is repeated."""
    told = [int(often[:9]) for kind, often in _REPEATED.findall(opening[:1000]) if kind == what]
    return max(told, default=1)
