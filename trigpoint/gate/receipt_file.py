"""A delivery's receipt to send back: as JSON, and as a workbook. Whoever asks must be allowed to read the ledger's line.

The cells of rows put aside are in it only for those who may mend them. Every text is written as text: nothing that an
agency typed becomes a formula.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter

from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.home import current_home
from trigpoint.db.models import Delivery
from trigpoint.gate.ledger import DeliveryLine, delivery, may_see_rows
from trigpoint.store.quarantine import AsideRow, read_rows

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PARTS = ("accepted", "quarantined", "duplicate", "superseded", "erased")
"""What the rows in come to; those erased were one of the others once."""
LONGEST_CELL = 32_767
"""Characters; what is longer no spreadsheet takes."""


class NoSuchDelivery(LookupError):
    """There is no delivery of that number that this viewer may read."""


@dataclass(frozen=True, slots=True)
class _Whole:
    line: DeliveryLine
    rows: Sequence[AsideRow]
    mended_by: Mapping[int, int]
    with_cells: bool


def receipt_json(viewer: Viewer, number: int, at: datetime) -> str:
    """The receipt as one JSON object. Raises ReadDenied or NoSuchDelivery; one audit event."""
    whole = _whole(viewer, number, at)
    line = whole.line
    told = {
        "delivery": line.number,
        "definition": line.definition,
        "agency": line.agency,
        "file": line.file_name,
        "sha256": line.sha256,
        "status": line.status,
        "received_at": line.received_at.isoformat(),
        "extracted_on": line.extracted_on.isoformat(),
        "covers_from": line.covers_from.isoformat() if line.covers_from else None,
        "covers_to": line.covers_to.isoformat() if line.covers_to else None,
        "decided_at": line.decided_at.isoformat(),
        "mends": line.mends,
        "input": line.input,
        **{part: getattr(line, part) for part in PARTS},
        "unplaced": line.unplaced,
        "reason": line.reason,
        "messages": list(line.messages),
        "quarantine": [_row_json(row, whole) for row in whole.rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def receipt_workbook(viewer: Viewer, number: int, at: datetime) -> bytes:
    """The receipt as an .xlsx workbook: the equation and the facts, then each row put aside and what to do.

    Raises ReadDenied or NoSuchDelivery; one audit event.
    """
    whole = _whole(viewer, number, at)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": f"Receipt of delivery {number}", "created": at.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        _receipt_sheet(book.add_worksheet("Receipt"), whole.line, bold, wrapped)
        _rows_sheet(book.add_worksheet("Rows to mend"), whole, bold, wrapped)
    return out.getvalue()


def _whole(viewer: Viewer, number: int, at: datetime) -> _Whole:
    line = delivery(viewer, number, at)
    if line is None:
        raise NoSuchDelivery(f"There is no delivery {number} that you may read.")
    with_cells = may_see_rows(viewer, line.agency)
    file = current_home().quarantine / f"{number}.parquet"
    rows = tuple(read_rows(file, with_cells=with_cells)) if line.quarantined else ()
    return _Whole(line, rows, _mended_by(number), with_cells)


def _mended_by(number: int) -> dict[int, int]:
    """Which rows have been brought back since, and by which delivery."""
    attempts = Delivery.objects.filter(mends=number).order_by("pk")
    return {int(row): kept.pk for kept in attempts for row in kept.receipt.get("mended_rows", ())}


def _row_json(row: AsideRow, whole: _Whole) -> dict[str, Any]:
    told: dict[str, Any] = {
        "row": row.row,
        "column": row.column,
        "rule": row.rule,
        "advice": row.advice,
        "mended_by": whole.mended_by.get(row.row),
    }
    return {**told, "cells": dict(row.cells)} if whole.with_cells else told


def _receipt_sheet(sheet: Any, line: DeliveryLine, bold: Any, wrapped: Any) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    place = _write(sheet, 0, ("Rows in", line.input), bold)
    for sign, part in zip(("=", "+", "+", "+", "+"), PARTS, strict=True):
        place = _write(sheet, place, (f"{sign} {part}", getattr(line, part)), bold)
    place = _write(sheet, place, ("Without a place", line.unplaced), bold) + 1
    for name, value in _facts(line):
        sheet.write_string(place, 0, name, bold)
        sheet.write_string(place, 1, plain_cell(value), wrapped)
        place += 1


def _write(sheet: Any, place: int, told: tuple[str, int], bold: Any) -> int:
    name, count = told
    sheet.write_string(place, 0, name, bold)
    sheet.write_number(place, 1, count)
    return place + 1


def _facts(line: DeliveryLine) -> Iterator[tuple[str, str]]:
    yield "Delivery", str(line.number)
    yield "File", line.file_name
    yield "What it is", line.definition
    yield "Agency", line.agency_name
    yield "Received", f"{line.received_at:%Y-%m-%d %H:%M} UTC"
    yield "Extracted on", f"{line.extracted_on:%Y-%m-%d}"
    if line.covers_from and line.covers_to:
        yield "Covers", f"{line.covers_from:%Y-%m-%d} up to, not including, {line.covers_to:%Y-%m-%d}"
    yield "Status", line.status
    yield "Decided", f"{line.decided_at:%Y-%m-%d %H:%M} UTC"
    if line.reason:
        yield "Reason", line.reason
    if line.mends:
        yield "Mends rows of", f"delivery {line.mends}"
    yield "SHA-256 of the file", line.sha256
    for message in line.messages:
        yield "Note", message


def _rows_sheet(sheet: Any, whole: _Whole, bold: Any, wrapped: Any) -> None:
    columns = (
        list(dict.fromkeys(name for row in whole.rows for name in row.cells)) if whole.with_cells else []
    )
    heads = ["Row", "Column", "Rule", "What to do", "Now"]
    for place, head in enumerate([*heads, *columns]):
        sheet.write_string(0, place, plain_cell(head), bold)
    for line, row in enumerate(whole.rows, start=1):
        mended = whole.mended_by.get(row.row)
        now = "in quarantine" if mended is None else f"brought back by delivery {mended}"
        sheet.write_number(line, 0, row.row)
        told = [row.column, row.rule, row.advice, now, *(row.cells.get(name, "") for name in columns)]
        for place, text in enumerate(told, start=1):
            sheet.write_string(line, place, plain_cell(text), wrapped)
    sheet.freeze_panes(1, 1)
    sheet.set_column(1, 2, 24)
    sheet.set_column(3, 3, 60)
    sheet.set_column(4, 4 + len(columns), 20)


def plain_cell(text: str) -> str:
    """Text that stays text, here and where the sheet is saved as something else: a formula's start is quoted."""
    escaped = f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return escaped[:LONGEST_CELL]
