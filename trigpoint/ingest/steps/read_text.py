"""Read text in rows and columns: commas, tabs, semicolons or bars between the cells, plain or gzipped."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
from numpy.typing import NDArray

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused, Progress
from trigpoint.ingest.sheet import Mask, Rejected, Sheet
from trigpoint.ingest.steps.headers import (
    HEADER_WITHIN,
    TOTALS_ADVICE,
    TOTALS_RULE,
    TOTALS_WITHIN,
    Matched,
    by_position,
    find_header,
    is_totals,
    look_for_header,
)
from trigpoint.ingest.steps.read_encoding import decode, unpacked
from trigpoint.ingest.steps.read_progress import ToldRead

Rows = NDArray[np.int32]
DELIMITERS = (",", "\t", ";", "|")
RAGGED_ADVICE = "Ask for the file again, or mend the row's separators and quotation marks."
HEAD_CHARACTERS = 262_144
SAMPLE_ROWS = 200
"""Rows below the header by which the usual number of cells is told."""
BLOCK_BYTES = 4 << 20
"""Parsed at a time; also the longest that a single row may be."""
MOST_ROWS = 10_000_000
"""A county's largest feeds have a tenth of that in a file."""
LONGEST_CELL = 131_072
"""Characters. The csv module's own limit, and four times what a cell of a workbook can hold."""


@dataclass(frozen=True, slots=True)
class _Table:
    """How the text is told apart: where the rows begin (bytes), the columns, and how many cells a row has."""

    delimiter: str
    start: int
    matched: Matched
    width: int
    header: tuple[str, ...]


@dataclass(slots=True)
class _Odd:
    """The rows that have more or fewer cells than the others, as the parser meets them."""

    mended: dict[int, list[str]] = field(default_factory=dict)
    ragged: list[Rejected] = field(default_factory=list)
    runaway: list[int] = field(default_factory=list)


def read_text(path: Path, gzipped: bool, definition: Definition, progress: Progress) -> Sheet:
    """The file as a sheet. Raises LoadRefused where it cannot be told apart into rows and columns."""
    text, notes = decode(unpacked(path, gzipped))
    if not text.strip():
        raise LoadRefused("The file is empty.")
    lines = text.count(b"\n") + 1
    if lines > MOST_ROWS:
        raise LoadRefused(f"The file has more than {MOST_ROWS:,} lines. Bring it in parts.")
    table = _find_columns(text, definition)
    parsed, odd = _parse(memoryview(text)[table.start :], lines, table, progress)
    return _sheet(parsed, odd, table, notes)


def _find_columns(text: bytes, definition: Definition) -> _Table:
    head = text[:HEAD_CHARACTERS].decode("utf-8", errors="ignore")
    delimiter, lines, ends, found = _told_apart(head, definition)
    if not definition.header:
        return _Table(delimiter, 0, by_position(definition, len(lines[0])), len(lines[0]), tuple(lines[0]))
    number, matched = found or find_header(definition, lines[:HEADER_WITHIN])
    header = lines[number]
    # A header line of two may be shorter than the other.
    header = header + [""] * (max(matched.positions.values(), default=0) + 1 - len(header))
    return _Table(delimiter, ends[number], matched, _width(header, lines[number + 1 :]), tuple(header))


def _width(header: list[str], below: list[list[str]]) -> int:
    """How many cells the parser should expect: the header's, but for blank columns that only one of the two has."""
    usual = Counter(len(line) for line in below if any(line)).most_common(1)
    if not usual or usual[0][0] == len(header):
        return len(header)
    width = usual[0][0]
    beyond = (
        [header[width:]]
        if width < len(header)
        else [line[len(header) :] for line in below if len(line) == width]
    )
    blank = not any(cell.strip() for cells in beyond for cell in cells)
    return width if blank else len(header)


def _told_apart(
    head: str, definition: Definition
) -> tuple[str, list[list[str]], list[int], tuple[int, Matched] | None]:
    """The separator under which a header is found, with the lines as it parts them and the header; where none is, the
    separator that gives most cells."""
    parted: dict[str, tuple[list[list[str]], list[int]]] = {}
    for delimiter in DELIMITERS:
        parted[delimiter] = lines, ends = _first_lines(head, delimiter)
        if not definition.header:
            continue
        try:
            found = look_for_header(definition, lines[:HEADER_WITHIN])
        except LoadRefused:
            continue
        if found is not None:
            return delimiter, lines, ends, found
    best = max(DELIMITERS, key=lambda known: _usual_cells(parted[known][0]))
    return best, *parted[best], None


def _usual_cells(lines: list[list[str]]) -> float:
    return float(np.median([len(line) for line in lines] or [0]))


def _first_lines(head: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first rows as cells, and the byte at which each ends."""
    consumed = [0]

    def physical_lines() -> "csv.Iterable[str]":  # type: ignore[name-defined]
        for line in io.StringIO(head, newline=""):
            consumed[0] += len(line.encode())
            yield line

    lines: list[list[str]] = []
    ends: list[int] = []
    try:
        for cells in csv.reader(physical_lines(), delimiter=delimiter):
            lines.append(cells)
            ends.append(consumed[0])
            if len(lines) == HEADER_WITHIN + SAMPLE_ROWS:
                break
    except csv.Error as fault:
        # What was told apart before it may be all that is needed.
        if not lines:
            raise LoadRefused("The file is not text in rows and columns.") from fault
    return lines, ends


def _parse(text: memoryview, lines: int, table: _Table, progress: Progress) -> tuple[pa.Table, _Odd]:
    odd = _Odd()
    names = [f"c{place}" for place in range(table.width)]
    wanted = [f"c{place}" for place in sorted({0, *table.matched.positions.values()}) if place < table.width]
    if not bytes(text[: 1 << 16]).strip() and not bytes(text).strip():
        return pa.table({name: pa.array([], pa.string()) for name in wanted}), odd
    try:
        parsed = pcsv.read_csv(
            ToldRead(text, lines, progress),
            # One thread: only then does the parser know the numbers of the rows it cannot read.
            read_options=pcsv.ReadOptions(use_threads=False, column_names=names, block_size=BLOCK_BYTES),
            parse_options=pcsv.ParseOptions(
                delimiter=table.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=lambda bad: _put_aside(bad, table, odd),
            ),
            convert_options=_as_text(names, wanted),
        )
    except pa.ArrowInvalid as fault:
        raise LoadRefused(
            "The file's rows cannot be told apart: a row is too long or its quotes run on."
        ) from fault
    _refuse_runaway_quote(odd.runaway)
    return parsed, odd


def _put_aside(bad: pcsv.InvalidRow, table: _Table, odd: _Odd) -> str:
    """Raising here would be swallowed by the parser, so what is wrong is only noted."""
    number = int(bad.number)
    if bad.text.count('"') % 2 and bad.text.count("\n") > 1:
        odd.runaway.append(number)
    cells = _cells(bad.text, table.delimiter)
    if _only_blanks_differ(cells, table) and len(cells) == bad.actual_columns:
        odd.mended[number] = (cells + [""] * table.width)[: table.width]
        return "skip"
    if is_totals(cells):
        odd.ragged.append(Rejected(number, "the whole row", TOTALS_RULE, TOTALS_ADVICE))
        return "skip"
    rule = f"{bad.actual_columns} columns instead of {bad.expected_columns}"
    odd.ragged.append(Rejected(number, "the whole row", rule, RAGGED_ADVICE))
    return "skip"


def _cells(row: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []


def _only_blanks_differ(cells: list[str], table: _Table) -> bool:
    """Whether the row has blank cells too many, or lacks only such as stand under a blank header."""
    if len(cells) > table.width:
        return not any(cell.strip() for cell in cells[table.width :])
    named = max((place + 1 for place, cell in enumerate(table.header) if cell.strip()), default=0)
    return len(cells) >= named > 0


def _as_text(names: list[str], wanted: list[str]) -> pcsv.ConvertOptions:
    """Every cell stays text, a blank one stays "", and columns that nobody named are never kept."""
    return pcsv.ConvertOptions(
        column_types={name: pa.string() for name in names},
        include_columns=wanted,
        strings_can_be_null=False,
        quoted_strings_can_be_null=False,
    )


def _refuse_runaway_quote(rows: list[int]) -> None:
    if rows:
        raise LoadRefused(
            f"A quotation mark opened in data row {rows[0]} is never closed, so the rows after it cannot be told "
            "apart. Ask for the file again."
        )


def _sheet(parsed: pa.Table, odd: _Odd, table: _Table, notes: tuple[str, ...]) -> Sheet:
    numbers = np.arange(1, len(parsed) + len(odd.ragged) + len(odd.mended) + 1, dtype=np.int32)
    aside = [reject.row - 1 for reject in odd.ragged] + [row - 1 for row in odd.mended]
    rows = np.delete(numbers, aside)
    parsed, rows = _with_mended(parsed, rows, odd.mended)
    _refuse_long_cells(parsed, rows)
    totals = _totals(parsed, rows)
    kept = np.isin(rows, [reject.row for reject in totals], invert=True)
    columns = {
        name: pc.utf8_trim_whitespace(_one_chunk(parsed, f"c{place}", kept))
        for name, place in table.matched.positions.items()
    }
    return Sheet(
        table.matched.definition,
        columns,
        rows[kept],
        table.matched.headers,
        tuple(sorted((*odd.ragged, *totals), key=lambda reject: reject.row)),
        vintage=table.matched.vintage,
        notes=notes,
    )


def _one_chunk(parsed: pa.Table, name: str, kept: Mask) -> pa.StringArray:
    values = parsed.column(name).combine_chunks()
    return values if kept.all() else values.filter(pa.array(kept))


def _with_mended(parsed: pa.Table, rows: Rows, mended: dict[int, list[str]]) -> tuple[pa.Table, Rows]:
    """The rows that only lacked or had blank cells, back at their places."""
    if not mended:
        return parsed, rows
    places = [int(name[1:]) for name in parsed.column_names]
    more = pa.table(
        {f"c{place}": pa.array([cells[place] for cells in mended.values()], pa.string()) for place in places}
    )
    numbers = np.concatenate([rows, np.array(list(mended), dtype=np.int32)])
    order = np.argsort(numbers, kind="stable")
    return pa.concat_tables([parsed, more]).take(pa.array(order)), numbers[order]


def _refuse_long_cells(parsed: pa.Table, rows: Rows) -> None:
    for column in parsed.columns:
        lengths = np.asarray(pc.binary_length(column).to_numpy())
        if len(lengths) and lengths.max() > LONGEST_CELL:
            raise LoadRefused(
                f"A cell of data row {rows[int(lengths.argmax())]} has more than {LONGEST_CELL:,} characters; perhaps a "
                "quotation mark is never closed. Ask for the file again."
            )


def _totals(parsed: pa.Table, rows: Rows) -> list[Rejected]:
    """The rows of totals among the last that hold anything."""
    last = max(0, len(parsed) - TOTALS_WITHIN - 50)
    tail = parsed.slice(last).to_pylist()
    filled = [n for n, cells in enumerate(tail) if any(value.strip() for value in cells.values())]
    return [
        Rejected(int(rows[last + n]), "the whole row", TOTALS_RULE, TOTALS_ADVICE)
        for n in filled[-TOTALS_WITHIN:]
        if is_totals(list(tail[n].values()))
    ]
