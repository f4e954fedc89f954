"""The rows put aside: why, and enough of each to go through check to accept again once it is mended.

They lie as stripped, with their tokens and window. Whoever tells of them reads `row`, `column`, `rule` and `advice`
only; the cells and tokens are for `trigpoint.ingest.mend`.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.erased import ERASED
from trigpoint.ingest.sheet import Fault, Sheet
from trigpoint.ingest.steps.strip import Stripped

QUARANTINE = pa.schema(
    [
        ("row", pa.int32()),
        ("column", pa.string()),  # the column's header in the file
        ("rule", pa.string()),
        ("advice", pa.string()),  # never quotes the row
        ("stripped", pa.string()),  # the row after stripping, as a JSON object
        ("token", pa.int64()),
        ("wkb", pa.binary()),
    ]
)
FACTS = b"trigpoint"


@dataclass(frozen=True, slots=True)
class PutAside:
    """One row in quarantine: where, which rule it breaks, what to do, and its cells as stripped."""

    row: int
    column: str
    rule: str
    advice: str
    cells: Mapping[str, str]
    token: int
    wkb: bytes | None


@dataclass(frozen=True, slots=True)
class Tray:
    """What one delivery put aside, and what its sheet was like."""

    rows: tuple[PutAside, ...]
    columns: tuple[str, ...]
    headers: Mapping[str, str]
    vintage: str
    layout: str
    token_window: int
    received: date | None
    month: date | None


def quarantine_table(stripped: Stripped, faults: Sequence[Fault], first: NDArray[np.int32]) -> pa.Table:
    """The rejected rows: where, which rule, what to do, and the row as stripped.

    Ragged rows have no cells to show; of rows that were erased for good before, none is kept.
    """
    sheet = stripped.sheet
    rows = np.flatnonzero(first >= 0)
    where = pa.array(rows)
    broken = [faults[number] for number in first[rows]]
    cells = {name: values.take(where).to_pylist() for name, values in sheet.columns.items()}
    gone = [fault.rule == ERASED for fault in broken]
    shown = [
        "{}" if gone[n] else json.dumps({name: cells[name][n] for name in cells}, ensure_ascii=False)
        for n in range(len(rows))
    ]
    shapes = [None] * len(rows) if sheet.geometry is None else sheet.geometry.take(where).to_pylist()
    tokens = stripped.token.take(where).to_pylist()
    ragged = sheet.ragged
    table = pa.table(
        {
            "row": [*sheet.rows[rows].tolist(), *(reject.row for reject in ragged)],
            "column": [*(fault.column for fault in broken), *(reject.column for reject in ragged)],
            "rule": [*(fault.rule for fault in broken), *(reject.rule for reject in ragged)],
            "advice": [*(fault.advice for fault in broken), *(reject.advice for reject in ragged)],
            "stripped": [*shown, *("{}" for _ in ragged)],
            "token": [*(0 if gone[n] else token for n, token in enumerate(tokens)), *(0 for _ in ragged)],
            "wkb": [*(None if gone[n] else shape for n, shape in enumerate(shapes)), *(None for _ in ragged)],
        },
        schema=QUARANTINE,
    )
    if len(table) == 0:
        return table
    facts = {FACTS: json.dumps(_facts(stripped)).encode()}
    return table.sort_by("row").replace_schema_metadata(facts)


def _facts(stripped: Stripped) -> dict[str, object]:
    sheet = stripped.sheet
    return {
        "columns": list(sheet.columns),
        "headers": dict(sheet.headers),
        "vintage": sheet.vintage,
        "layout": _layout_of(sheet),
        "token_window": stripped.token_window,
        "received": sheet.received.isoformat() if sheet.received else None,
        "month": sheet.month.isoformat() if sheet.month else None,
    }


def _layout_of(sheet: Sheet) -> str:
    """The columns' own headers tell the layouts of a definition apart."""
    columns = {name: column.model_dump(mode="json") for name, column in sheet.definition.columns.items()}
    return hashlib.sha256(json.dumps(columns, sort_keys=True).encode()).hexdigest()


def read_tray(file: Path) -> Tray:
    """What a delivery put aside. Raises OSError where the file is gone."""
    table = pq.read_table(file)
    told: dict[str, Any] = json.loads((table.schema.metadata or {}).get(FACTS, b"{}"))
    rows = tuple(_put_aside(row) for row in table.to_pylist())
    return Tray(
        rows=rows,
        columns=tuple(told.get("columns", ())) or tuple(dict.fromkeys(n for row in rows for n in row.cells)),
        headers=told.get("headers", {}),
        vintage=told.get("vintage", ""),
        layout=told.get("layout", ""),
        token_window=told.get("token_window", 0),
        received=_day(told.get("received")),
        month=_day(told.get("month")),
    )


def _put_aside(row: Mapping[str, Any]) -> PutAside:
    return PutAside(
        row=row["row"],
        column=row["column"],
        rule=row["rule"],
        advice=row["advice"],
        cells=json.loads(row["stripped"]),
        token=row.get("token") or 0,
        wkb=row.get("wkb"),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def sheet_of(tray: Tray, rows: Sequence[PutAside], definition: Definition) -> Sheet:
    """The rows as the sheet they came from, in the layout that the file had."""
    variants = definition.variants
    fits = [v for v in variants if _layout_of(Sheet(v, {}, np.empty(0, np.int32), {})) == tray.layout]
    variant = fits[0] if fits else variants[0]
    shapes = [row.wkb for row in rows]
    return Sheet(
        definition=variant,
        columns={
            name: pa.array([row.cells.get(name, "") for row in rows], pa.string()) for name in tray.columns
        },
        rows=np.array([row.row for row in rows], dtype=np.int32),
        headers=tray.headers,
        geometry=pa.array(shapes, pa.binary()) if any(shape is not None for shape in shapes) else None,
        vintage=tray.vintage,
        received=tray.received,
        month=tray.month,
    )
