"""Corrections laid over the facts: a corrected record is cut into pieces, each with its own part of the record's life.

The rows of deliveries stay as they are. Each piece is a row of `record` with its own number and `known_from` and
`known_to`, with its own entries, so that everything made of entries afterwards (claims, counts, links) is made of the
pieces, and "as known on a day" finds the piece that was known then. Pieces in which the record is withdrawn go to
`withdrawn_record`. Entries of the record as it was received stay, for what is told of deliveries and of shared points.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from trigpoint.core.workflow.corrections import AS_DELIVERED, Correction, Laid, Moved, Piece, pieces_of
from trigpoint.store.build_sources import SourceError
from trigpoint.store.build_sql import build_sql
from trigpoint.store.schema import AREA_LEVELS, PIECES

__all__ = ["Correction", "lay_corrections", "lay_links"]

SAID_TOGETHER = -1
"""`link.reason` of two records that an agency said are one event."""

_UNPLACED = 5
_MOVED = {"point": 3, "ward": 4, "district": 5}
"""Quality of a claim moved to a place of that kind."""

_PIECE = pa.schema([
    ("base", pa.int64()), ("number", pa.int64()), ("known_from", pa.timestamp("us")), ("known_to", pa.timestamp("us")),
    ("withdrawn", pa.bool_()), ("confidential", pa.bool_()), ("discovered", pa.bool_()),
    ("role", pa.int8()), ("moved", pa.bool_()), ("quality", pa.int8()),
    ("easting_m", pa.float64()), ("northing_m", pa.float64()), ("area_level", pa.int8()), ("area_code", pa.string()),
])  # fmt: skip


def lay_corrections(store: duckdb.DuckDBPyConnection, corrections: Sequence[Correction]) -> dict[int, Laid]:
    """Cut the corrected records of `record` and `entry` into pieces; what is in force over each piece by its number.

    Always makes `piece`, `as_received`, `withdrawn_record` and `record_received` (every record as its delivery told
    it). Corrections of rows that no delivery has are passed over. Raises SourceError where one record has more pieces
    than numbers.
    """
    by_record: dict[tuple[int, int], list[Correction]] = defaultdict(list)
    for one in corrections:
        by_record[one.record].append(one)
    rows: list[dict[str, Any]] = []
    laid: dict[int, Laid] = {}
    for base, delivery, row, known_from, known_to in _lives(store, list(by_record)):
        for number, piece in _numbered(base, pieces_of(known_from, known_to, by_record[delivery, row])):
            rows.append(_row(base, number, piece))
            laid[number] = piece.laid
    store.register("pieces", pa.Table.from_pylist(rows, schema=_PIECE))
    store.execute(build_sql("piece"))
    store.unregister("pieces")
    return laid


def lay_links(store: duckdb.DuckDBPyConnection, laid: dict[int, Laid]) -> None:
    """Take away the links that somebody said are none, and add those that somebody said are."""
    told = store.execute(
        'SELECT number, delivery, "row", feed FROM record SEMI JOIN piece USING (number)'
    ).fetchall()
    same: list[tuple[int, int]] = []
    for number, *_ in told:
        mine = laid[number]
        if mine.alone:
            store.execute('DELETE FROM link WHERE "first" = ? OR "second" = ?', [number, number])
        for other in sorted(mine.apart):
            store.execute(build_sql("unlink", one=number, delivery=other[0], row=other[1]))
        same += [(number, one) for other in sorted(mine.same) for one in _pieces_named(store, other)]
    pairs = sorted({(min(pair), max(pair)) for pair in same})
    for first, second in pairs:
        store.execute(build_sql("together", one=first, two=second, reason=SAID_TOGETHER))


def _lives(
    store: duckdb.DuckDBPyConnection, records: list[tuple[int, int]]
) -> list[tuple[int, int, int, datetime, datetime]]:
    """Number, delivery, row and life of those records that there are, by number."""
    if not records:
        return []
    store.register("corrected", pa.table({
        "delivery": pa.array([d for d, _ in records], pa.int32()), "row": pa.array([r for _, r in records], pa.int32()),
    }))  # fmt: skip
    found = store.execute(
        'SELECT number, delivery, "row", known_from, known_to FROM record '
        'SEMI JOIN corrected USING (delivery, "row") ORDER BY number'
    ).fetchall()
    store.unregister("corrected")
    return found


def _numbered(base: int, pieces: Sequence[Piece]) -> Iterator[tuple[int, Piece]]:
    """The pieces with their numbers: the record's own where it begins as it was delivered, the next ones for others."""
    if len(pieces) >= PIECES:
        raise SourceError(f"a record has been corrected more than {PIECES - 2} times: row {base // PIECES}")
    first = 0 if pieces and pieces[0].laid == AS_DELIVERED else 1
    for place, piece in enumerate(pieces, start=first):
        yield base + place, piece


def _row(base: int, number: int, piece: Piece) -> dict[str, Any]:
    laid = piece.laid
    return {
        "base": base, "number": number, "known_from": piece.known_from, "known_to": piece.known_to,
        "withdrawn": laid.withdrawn, "confidential": laid.confidential, "discovered": laid.discovered,
        "role": laid.role if laid.role >= 0 else None, "moved": laid.to is not None,
        **_where(laid.to or Moved("nowhere")),
    }  # fmt: skip


def _where(to: Moved) -> dict[str, Any]:
    if to.kind in AREA_LEVELS:
        return {"quality": _MOVED[to.kind], "area_level": AREA_LEVELS[to.kind], "area_code": to.code}
    return {"quality": _MOVED.get(to.kind, _UNPLACED), "easting_m": to.easting_m, "northing_m": to.northing_m}


def _pieces_named(store: duckdb.DuckDBPyConnection, record: tuple[int, int]) -> list[int]:
    found = store.execute(
        'SELECT number FROM record WHERE delivery = ? AND "row" = ?', list(record)
    ).fetchall()
    return [number for (number,) in found]
