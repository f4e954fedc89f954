"""Read CSV and TSV, plain or gzipped, in whatever encoding they come."""

import csv
import gzip
import io
import zlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Rejected, Sheet
from trigpoint.ingest.steps.headers import HEADER_WITHIN, Matched, by_position, find_header

RAGGED_ADVICE = "Ask for the file again, or mend the row's separators and quotation marks."
HEAD_CHARACTERS = 262_144


def read_text(path: Path, name: str, definition: Definition) -> Sheet:
    """The file as a sheet; `name` is what it was called when delivered. Raises LoadRefused where it cannot be read."""
    text, notes = decode(_unpacked(path, name))
    if not text.strip():
        raise LoadRefused("The file is empty.")
    delimiter, start, matched, width = _find_columns(text, definition)
    table, ragged = _parse(text[start:], delimiter, matched, width)
    return _sheet(table, ragged, matched, notes)


def decode(raw: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The text as UTF-8 without a byte order mark, and a note where the encoding had to be worked out."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace").encode(), ("Read as UTF-16.",)
    if raw.startswith(b"\xef\xbb\xbf"):
        raw = raw[3:]
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace").encode(), (
            "Read as Windows-1252: it is not valid UTF-8.",
        )
    return raw, ()


def _unpacked(path: Path, name: str) -> bytes:
    raw = path.read_bytes()
    if not name.lower().endswith(".gz"):
        return raw
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error) as fault:
        raise LoadRefused("The file is named .gz but cannot be unpacked; it may be cut short.") from fault


def _find_columns(text: bytes, definition: Definition) -> tuple[str, int, Matched, int]:
    """The delimiter, where the data start (bytes), the columns, and how many columns a row has."""
    head = text[:HEAD_CHARACTERS].decode("utf-8", errors="ignore")
    delimiter = _delimiter(head, definition)
    lines, ends = _first_lines(head, delimiter)
    if not definition.header:
        return delimiter, 0, by_position(definition, len(lines[0])), len(lines[0])
    number, matched = find_header(definition, lines)
    return delimiter, ends[number], matched, len(lines[number])


def _delimiter(head: str, definition: Definition) -> str:
    """The separator under which a header is found; a comma where none does better."""
    if not definition.header:
        return "\t" if head.splitlines()[0].count("\t") > head.splitlines()[0].count(",") else ","
    for delimiter in (",", "\t", ";"):
        lines, _ = _first_lines(head, delimiter)
        try:
            find_header(definition, lines)
        except LoadRefused:
            continue
        return delimiter
    return ","


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
            if len(lines) == HEADER_WITHIN:
                break
    except csv.Error as fault:
        raise LoadRefused("The file is not text in rows and columns.") from fault
    return lines, ends


def _parse(text: bytes, delimiter: str, matched: Matched, width: int) -> tuple[pa.Table, list[Rejected]]:
    ragged: list[Rejected] = []

    runaway: list[int] = []

    def keep_count(bad: pcsv.InvalidRow) -> str:
        # Raising here would be swallowed by the parser.
        if bad.text.count('"') % 2 and bad.text.count("\n") > 1:
            runaway.append(int(bad.number))
        rule = f"{bad.actual_columns} columns instead of {bad.expected_columns}"
        ragged.append(Rejected(int(bad.number), "the whole row", rule, RAGGED_ADVICE))
        return "skip"

    names = [f"c{place}" for place in range(width)]
    wanted = [f"c{place}" for place in sorted(set(matched.positions.values()))]
    if not text.strip():
        return pa.table({name: pa.array([], pa.string()) for name in wanted}), []
    try:
        table = pcsv.read_csv(
            io.BytesIO(text),
            # One thread: only then does the parser know the numbers of the rows it cannot read.
            read_options=pcsv.ReadOptions(use_threads=False, column_names=names, block_size=1 << 24),
            parse_options=pcsv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=keep_count,
            ),
            convert_options=_as_text(names, wanted),
        )
    except pa.ArrowInvalid as fault:
        raise LoadRefused(
            "The file's rows cannot be told apart: a row is too long or its quotes run on."
        ) from fault
    _refuse_runaway_quote(runaway)
    return table, ragged


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


def _sheet(table: pa.Table, ragged: list[Rejected], matched: Matched, notes: tuple[str, ...]) -> Sheet:
    rows = np.arange(1, len(table) + len(ragged) + 1, dtype=np.int32)
    rows = np.delete(rows, [reject.row - 1 for reject in ragged])
    columns = {
        name: pc.utf8_trim_whitespace(table.column(f"c{place}").combine_chunks())
        for name, place in matched.positions.items()
    }
    return Sheet(
        matched.definition,
        columns,
        rows,
        matched.headers,
        tuple(ragged),
        vintage=matched.vintage,
        notes=notes,
    )
