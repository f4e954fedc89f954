"""Records one by one, for the agency that sent them. The cursor must have been given `permitted_record`."""

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.store.permitted import table_named
from trigpoint.store.questions import Columns, Selection, fetch, question_sql
from trigpoint.store.schema import PIECES

__all__ = ["anything_withdrawn", "delivery_and_row", "fetch_own_rows", "number_of"]

_ROWS = 2**32


def fetch_own_rows(
    cursor: duckdb.DuckDBPyConnection, selection: Selection, units: tuple[str, ...], most: int
) -> Columns:
    """number, feed, category, day, hour, detection, grade, role, quality and the unit columns named, latest first.

    At most `most` rows.
    """
    listed = ", ".join(units)
    return fetch(cursor, question_sql("own_rows", units=listed, filter=selection.sql, most=str(most)))


def anything_withdrawn(cursor: duckdb.DuckDBPyConnection) -> bool:
    """Whether this version holds a withdrawn record at all: most hold none, and need not be asked again."""
    found = cursor.execute(f"SELECT count(*) FROM {table_named(cursor, 'withdrawn')}").fetchone()
    return found is not None and found[0] > 0


def delivery_and_row(number: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The delivery and the row of each record number, int64[n] each."""
    whole = np.asarray(number, dtype=np.int64)
    return whole // _ROWS, whole % _ROWS // PIECES


def number_of(delivery: int, row: int) -> int:
    """The number of a row as its delivery told it; its pieces have the next ones."""
    return delivery * _ROWS + row * PIECES
