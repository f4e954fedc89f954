"""Read XLSX, XLS and ODS workbooks."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused, Progress
from trigpoint.ingest.sheet import Rejected, Sheet
from trigpoint.ingest.steps.headers import (
    HEADER_WITHIN,
    TOTALS_ADVICE,
    TOTALS_RULE,
    TOTALS_WITHIN,
    Matched,
    find_header,
    is_totals,
)
from trigpoint.ingest.steps.read_progress import BLOCK_ROWS, STEP
from trigpoint.ingest.steps.read_workbook_safe import PROTECTED, refuse_unsafe_workbook

UNREADABLE = "The workbook cannot be read; it may be damaged or protected."
Cells = list[object]
Made = TypeVar("Made")


def read_workbook(path: Path, kind: str, definition: Definition, progress: Progress) -> Sheet:
    """The first worksheet that has the definition's columns. Raises LoadRefused where none has.

    `kind` is what the file really is: xlsx, ods or ole (.xls).
    """
    progress(STEP, 0, None)
    refuse_unsafe_workbook(path, kind)
    refusal: LoadRefused | None = None
    for lines in _worksheets(path, definition, progress):
        try:
            number, matched = find_header(definition, [_texts(line) for line in lines[:HEADER_WITHIN]])
        except LoadRefused as fault:
            refusal = refusal or fault
            continue
        return _sheet(lines[number + 1 :], matched, progress)
    raise refusal or LoadRefused("The workbook has no worksheet with anything in it.")


def _worksheets(path: Path, definition: Definition, progress: Progress) -> Iterator[list[Cells]]:
    workbook = _guarded(lambda: CalamineWorkbook.from_path(str(path)))
    names = [definition.layer] if definition.layer in workbook.sheet_names else workbook.sheet_names
    for name in names:
        progress(STEP, 0, None)
        # "Sheet" may be a chart without cells: the reader then says so, and the next one is looked at.
        rows: list[Cells] = _guarded(lambda name=name: _rows(workbook, name))  # type: ignore[misc]
        if rows:
            yield rows


def _rows(workbook: CalamineWorkbook, name: str) -> list[Cells]:
    rows: list[Cells] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)  # type: ignore[assignment]
    return rows


def _guarded(work: Callable[[], Made]) -> Made:
    """The reader's own errors as refusals. It is compiled: what it cannot bear it does not raise as an Exception."""
    try:
        return work()
    except PasswordError as fault:
        raise LoadRefused(PROTECTED) from fault
    except (CalamineError, ZipError, OSError, ValueError, OverflowError, UnicodeError) as fault:
        raise LoadRefused(UNREADABLE) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise LoadRefused(UNREADABLE) from fault


def _texts(line: Cells) -> list[str]:
    return [cell_text(cell) for cell in line]


def cell_text(cell: object) -> str:
    """A cell as the text its owner sees: dates as ISO dates, numbers to the 15 digits that a spreadsheet shows."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _number_text(cell)
    if isinstance(cell, datetime):
        text = cell.isoformat(" ", "seconds")
        return text.removesuffix(" 00:00:00")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds")
    if isinstance(cell, timedelta):
        return _length_text(cell)
    return str(cell).strip()


def _number_text(number: float) -> str:
    if number != number or number in (float("inf"), float("-inf")):
        return ""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def _length_text(length: timedelta) -> str:
    """Hours, minutes and seconds; the hours may be more than a day's."""
    seconds = round(length.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def _sheet(lines: list[Cells], matched: Matched, progress: Progress) -> Sheet:
    totals = _totals(lines)
    kept = [number for number in range(len(lines)) if number + 1 not in totals]
    texts: dict[str, list[str]] = {name: [] for name in matched.positions}
    for begin in range(0, len(kept), BLOCK_ROWS):
        progress(STEP, begin, len(kept))
        block = [lines[number] for number in kept[begin : begin + BLOCK_ROWS]]
        for name, place in matched.positions.items():
            texts[name] += [cell_text(line[place]) if place < len(line) else "" for line in block]
    progress(STEP, len(kept), len(kept))
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    ragged = tuple(Rejected(row, "the whole row", TOTALS_RULE, TOTALS_ADVICE) for row in sorted(totals))
    rows = np.array([number + 1 for number in kept], dtype=np.int32)
    return Sheet(matched.definition, columns, rows, matched.headers, ragged, vintage=matched.vintage)


def _totals(lines: list[Cells]) -> set[int]:
    """The numbers of the rows of totals among the last that hold anything."""
    filled: list[int] = []
    for number in range(len(lines) - 1, -1, -1):
        if len(filled) == TOTALS_WITHIN:
            break
        if any(cell not in ("", None) for cell in lines[number]):
            filled.append(number)
    return {number + 1 for number in filled if is_totals(_texts(lines[number]))}
