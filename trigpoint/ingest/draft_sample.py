"""The first rows of a file that no definition knows yet, as columns of text."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.steps.headers import HEADER_WITHIN
from trigpoint.ingest.steps.read_bytes import real_kind
from trigpoint.ingest.steps.read_encoding import decode, unpacked
from trigpoint.ingest.steps.read_workbook import cell_text
from trigpoint.ingest.steps.read_workbook_safe import refuse_unsafe_workbook

MOST_ROWS = 5_000
"""Enough to tell a reference from a word."""
DELIMITERS = (",", "\t", ";", "|")
WORKBOOKS = ("xlsx", "ods", "ole")
TEXTS = ("text", "gzip")


@dataclass(frozen=True, slots=True)
class Sample:
    """A file's header and first rows; `format` as a definition says it. Every row has as many cells as the header."""

    format: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, place: int) -> tuple[str, ...]:
        """The cells of one column, trimmed."""
        return tuple(row[place] for row in self.rows)


def read_sample(path: Path) -> Sample:
    """Read a CSV, TSV or workbook. Raises LoadRefused where it is none of them, or has no header with rows below."""
    kind = real_kind(path)
    if kind in WORKBOOKS:
        return _with_header("workbook", _workbook_lines(path, kind))
    if kind in TEXTS:
        return _with_header("csv", _text_lines(unpacked(path, kind == "gzip")))
    raise LoadRefused("A definition can be drafted from a CSV or TSV file or from a workbook.")


def _text_lines(raw: bytes) -> list[list[str]]:
    text = decode(raw)[0].decode("utf-8", errors="replace").removeprefix("\ufeff")
    tried = [_cells(text, delimiter) for delimiter in DELIMITERS]
    return max(tried, key=_evenness)


def _cells(text: str, delimiter: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            lines.append([" ".join(cell.split(" ")).strip() for cell in cells])
            if len(lines) > MOST_ROWS + HEADER_WITHIN:
                break
    except csv.Error as fault:
        raise LoadRefused("The file is not text in rows and columns.") from fault
    return lines


def _evenness(lines: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many lines have the commonest width, where that is more than one column; then the width."""
    widths = [len(line) for line in lines]
    commonest = max(set(widths), key=widths.count, default=0)
    return (widths.count(commonest) if commonest > 1 else 0, commonest)


def _workbook_lines(path: Path, kind: str) -> list[list[str]]:
    """The worksheet with the most rows."""
    refuse_unsafe_workbook(path, kind)
    sheets: list[list[list[str]]] = []
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)[
                : MOST_ROWS + HEADER_WITHIN
            ]
            sheets.append([[cell_text(cell) for cell in row] for row in rows])
    except (CalamineError, ZipError, OSError) as fault:
        raise LoadRefused("The workbook cannot be read; it may be damaged or protected.") from fault
    return max(sheets, key=len, default=[])


def _with_header(format_: str, lines: list[list[str]]) -> Sample:
    place = _header_place(lines)
    header = [" ".join(cell.split()) for cell in lines[place]] if place is not None else []
    while header and not header[-1]:
        header.pop()
    below = [line for line in lines[(place or 0) + 1 :] if any(line)] if header else []
    rows = [tuple((*line, *[""] * len(header))[: len(header)]) for line in below[:MOST_ROWS]]
    if not rows:
        raise LoadRefused("The file has no line of column names with rows below it.")
    return Sample(format_, tuple(header), tuple(rows))


def _header_place(lines: Sequence[Sequence[str]]) -> int | None:
    """The first line near the top whose cells are all different words, and of which there are about as many as columns."""
    widest = max((sum(map(bool, line)) for line in lines), default=0)
    return next(
        (place for place, line in enumerate(lines[:HEADER_WITHIN]) if _names_columns(line, widest)), None
    )


def _names_columns(line: Sequence[str], widest: int) -> bool:
    filled = [cell for cell in line if cell]
    words = [cell for cell in filled if cell[0].isalpha() and not _is_data(cell)]
    different = len(set(filled)) == len(filled) > 1
    return different and len(filled) >= 0.8 * widest and len(words) >= 0.9 * len(filled)


def _is_data(cell: str) -> bool:
    """Whether a cell is a number or a date, which no column's name is."""
    digits = sum(letter.isdigit() for letter in cell)
    return digits > len(cell) / 2
