"""Bring rows back from quarantine: mended by hand, or as they are under a definition that has been mended.

The rows go through check → normalise → locate → accept again, as stripped, with the tokens they were given when they
came. They count as part of the delivery they belong to, so that the picture becomes the one that a file right from
the start would have given. Rows that still break a rule stay outstanding, with what was changed in them. A file whose
bytes came before while rows of them waited has rows of its own to mend (docs/decisions/0014).
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import pyarrow as pa

from trigpoint.db.holding import in_use
from trigpoint.db.home import Home, current_home
from trigpoint.db.models.delivery import Delivery, DeliveryStatus
from trigpoint.ingest import ledger
from trigpoint.ingest.consider import Request, surroundings
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.joining import Joins
from trigpoint.ingest.known_keys import halves
from trigpoint.ingest.load import clear_once, named, whole_disk
from trigpoint.ingest.prepare import history_of, judged
from trigpoint.ingest.quarantined import PutAside, Tray, read_tray, sheet_of
from trigpoint.ingest.receipt import LoadRefused, Receipt, untold
from trigpoint.ingest.record import Mending, record_accepted
from trigpoint.ingest.spool import Spooled
from trigpoint.ingest.steps.dates import LONDON
from trigpoint.ingest.steps.strip import Stripped, strip
from trigpoint.ingest.surroundings import Surroundings
from trigpoint.ingest.verdicts import QUARANTINED

Edits = Mapping[int, Mapping[str, str]]
"""By row number: new cells, by the file's header or the definition's name of the column."""


@dataclass(frozen=True, slots=True)
class OutstandingRow:
    """A row still in quarantine. `cells` are as stripped and as mended so far, under the file's own headers."""

    row: int
    column: str
    rule: str
    advice: str
    cells: Mapping[str, str]


def outstanding(delivery: int) -> tuple[OutstandingRow, ...]:
    """The rows of a delivery that are still in quarantine, in the file's order; none where the ledger has no such one."""
    line = _root(delivery)
    if line is None:
        return ()
    tray, rows = _still_there(line, current_home())
    return tuple(
        OutstandingRow(row.row, row.column, row.rule, row.advice, _under_headers(row, tray)) for row in rows
    )


def mended(delivery: int, rows: Edits, by: str, at: datetime, reason: str) -> Receipt:
    """Put new cells into rows in quarantine and bring those rows back, as a delivery of their own.

    Raises LoadRefused where the delivery, a row or a column is not there to be mended; then nothing is stored.
    """
    line, home = _line_to_mend(delivery), current_home()
    tray, there = _still_there(line, home)
    known = {row.row: row for row in there}
    strange = sorted(set(rows) - set(known))
    if strange:
        raise LoadRefused(f"Row {strange[0]} of delivery {line.pk} is not in quarantine.")
    if not rows:
        raise LoadRefused("No row was mended.")
    wanted = [_with_cells(known[number], rows[number], tray) for number in sorted(rows)]
    return _brought_back(line, tray, wanted, by, at, reason, home)


def reapplied(delivery: int, by: str, at: datetime) -> Receipt:
    """Bring back every row in quarantine as it is, under the definition as it now stands.

    Raises LoadRefused where nothing is in quarantine.
    """
    line, home = _line_to_mend(delivery), current_home()
    tray, there = _still_there(line, home)
    whole = [row for row in there if row.cells]
    if not whole:
        raise LoadRefused(f"Delivery {line.pk} has no rows in quarantine that could be read.")
    return _brought_back(line, tray, whole, by, at, "The definition has been mended.", home)


def _root(delivery: int) -> Delivery | None:
    """The delivery in the ledger; for mended rows the one they belong to."""
    line = Delivery.objects.filter(pk=delivery).first()
    return line if line is None or line.mends is None else Delivery.objects.filter(pk=line.mends).first()


def _line_to_mend(delivery: int) -> Delivery:
    line = _root(delivery)
    if line is None or line.status != DeliveryStatus.ACCEPTED:
        raise LoadRefused(f"There is no accepted delivery {delivery}.")
    return line


def _still_there(line: Delivery, home: Home) -> tuple[Tray, Sequence[PutAside]]:
    """The tray of a delivery, and its rows that no mending has settled, each as it was left by the last attempt."""
    tray = _tray_of(line, home)
    rows = {row.row: row for row in tray.rows}
    for attempt in Delivery.objects.filter(mends=line.pk).order_by("pk"):
        for number in attempt.receipt.get("mended_rows", ()):
            rows.pop(number, None)
        if attempt.rows_quarantined:
            rows |= {row.row: row for row in _tray_of(attempt, home).rows}
    return tray, [rows[number] for number in sorted(rows)]


def _tray_of(line: Delivery, home: Home) -> Tray:
    if not line.rows_quarantined:
        return Tray((), (), {}, "", "", 0, None, None)
    try:
        return read_tray(home.quarantine / f"{line.pk}.parquet")
    except OSError as fault:
        raise LoadRefused(f"The quarantine of delivery {line.pk} is no longer kept.") from fault


def _under_headers(row: PutAside, tray: Tray) -> dict[str, str]:
    return {tray.headers.get(name, name): row.cells.get(name, "") for name in tray.columns}


def _with_cells(row: PutAside, cells: Mapping[str, str], tray: Tray) -> PutAside:
    names = {**{tray.headers.get(name, name): name for name in tray.columns}, **{n: n for n in tray.columns}}
    strange = sorted(set(cells) - set(names))
    if strange:
        raise LoadRefused(f"There is no column {strange[0]} to mend; the row has {', '.join(tray.columns)}.")
    changed = {names[column]: " ".join(value.split()) for column, value in cells.items()}
    return replace(row, cells={**row.cells, **changed})


def _brought_back(
    line: Delivery, tray: Tray, rows: Sequence[PutAside], by: str, at: datetime, reason: str, home: Home
) -> Receipt:
    clear_once(home, at)
    definition = named(line.definition, home)
    request = Request(definition, by, at, line.received_at, line.extracted_on, reason)
    with in_use(home), whole_disk():
        before = ledger.earlier(definition.name, home)
        joins = Joins(before, line.pk)
        history = replace(history_of(definition, before, home), joins=joins)
        around = surroundings(home)
        stripped = _stripped_again(tray, rows, definition, around, request)
        raw = _as_file(line, stripped, home)
        arrived = ledger.arrival(line.pk, line.extracted_on, line.received_at)
        prepared = judged(stripped, raw, around, history, arrived, untold)
        copied = joins.copied(prepared, line.rows_input)
        if copied is not None:
            whole = pa.concat_tables([prepared.accepted, copied.cast(prepared.accepted.schema)])
            prepared = replace(prepared, accepted=whole)
        settled = tuple(stripped.sheet.rows[prepared.verdict != QUARANTINED].tolist())
        mending = Mending(line.pk, settled, 0 if copied is None else len(copied))
        return record_accepted(request, raw, prepared, before, home, mending)


def _stripped_again(
    tray: Tray, rows: Sequence[PutAside], definition: Definition, around: Surroundings, request: Request
) -> Stripped:
    """The rows as strip left them, what has been typed since scrubbed as well; their tokens are those they had."""
    sheet = sheet_of(tray, rows, definition)
    told = sheet.definition
    without = told.model_copy(
        update={"records": told.records and told.records.model_copy(update={"token": None})}
    )
    received = request.received_at.astimezone(LONDON).date()
    stripped = strip(replace(sheet, definition=without), around.keys, received, around.place_names)
    tokens = pa.array([row.token for row in rows], pa.int64())
    return replace(
        stripped,
        sheet=replace(stripped.sheet, definition=told),
        token=tokens,
        token_window=tray.token_window,
    )


def _as_file(line: Delivery, stripped: Stripped, home: Home) -> Spooled:
    """The rows stand for a file: the name of the one they came in, and a digest of what they now hold."""
    high, low = halves(stripped.content)
    digest = hashlib.sha256(f"{line.sha256} {stripped.sheet.rows.tolist()}".encode())
    digest.update(np.stack([high, low]).tobytes())
    name = f"mended-{line.pk}-{digest.hexdigest()[:16]}"
    return Spooled(home.spool / name / "rows", line.file_name, digest.hexdigest(), 0)
