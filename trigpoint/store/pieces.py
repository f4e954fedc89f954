"""Which pieces of records are the newest, and which of them a decision permits."""

from collections.abc import Iterable

import duckdb

from trigpoint.store.own_rows import number_of
from trigpoint.store.permitted import table_named
from trigpoint.store.questions import fetch, listed, question_sql
from trigpoint.store.schema import PIECES

__all__ = ["newest_pieces", "permitted_among"]

Row = tuple[int, int]


def newest_pieces(cursor: duckdb.DuckDBPyConnection, records: Iterable[Row]) -> dict[Row, int]:
    """The number of the newest piece of each (delivery, row): what is known of it now, or was known last.

    A record that this version does not hold is left out. Reads the tables themselves: what it gives is for a decision.
    """
    bases = {number_of(*record): record for record in records}
    if not bases:
        return {}
    sql = question_sql(
        "newest_piece",
        counted=table_named(cursor, "counted"),
        withdrawn=table_named(cursor, "withdrawn"),
        records=listed(tuple(bases)),
        pieces=str(PIECES),
    )
    numbers = fetch(cursor, sql)["number"].tolist()
    return {bases[number - number % PIECES]: number for number in numbers}


def permitted_among(cursor: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> frozenset[int]:
    """Those of the pieces that `permitted_record` of this cursor has."""
    asked = tuple(numbers)
    if not asked:
        return frozenset()
    return frozenset(fetch(cursor, question_sql("permitted_among", numbers=listed(asked)))["number"].tolist())
