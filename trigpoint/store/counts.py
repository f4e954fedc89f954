"""Records by unit, as dense ids for `core` to add up. The cursor must have been given `permitted_record`."""

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.store.questions import Selection, fetch, question_sql

__all__ = ["counts_sql", "fetch_tested", "fetch_units", "may_be_tested", "occupied_beyond"]

TESTED = "detection <> 2 AND grade <> 5"
"""What our own work discovered would make the next hotspot where we looked; grade E is suspected false."""


def counts_sql(selection: Selection, unit: str) -> str:
    """The question as it is put to the store; `unit` is a unit column such as "ward" or "cell_9"."""
    return question_sql("counts", unit=unit, filter=selection.sql)


def fetch_units(cursor: duckdb.DuckDBPyConnection, selection: Selection, unit: str) -> NDArray[np.int32]:
    """The unit of each record selected, int32[n]; -1 where a record lies in none."""
    return fetch(cursor, counts_sql(selection, unit))["unit"].astype(np.int32, copy=False)


def fetch_tested(
    cursor: duckdb.DuckDBPyConnection, selection: Selection, unit: str
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """As `fetch_units`, and for each record whether it may take part in a test of hotspots, bool[n].

    A selection that names ways of detection is taken at its word: only grade E is then left out.
    """
    tested = "grade <> 5" if selection.detections else TESTED
    found = fetch(cursor, question_sql("tested", unit=unit, tested=tested, filter=selection.sql))
    return found["unit"].astype(np.int32, copy=False), found["tested"].astype(bool)


def may_be_tested(
    detection: NDArray[np.integer], grade: NDArray[np.integer], *, discovered: bool
) -> NDArray[np.bool_]:
    """As `TESTED`, of columns already fetched, bool[n]; with `discovered` only grade E is left out."""
    return np.asarray((grade != 5) & (discovered | (detection != 2)), dtype=bool)


def occupied_beyond(
    cursor: duckdb.DuckDBPyConnection, known: Selection, unit: str, beyond: int
) -> NDArray[np.int32]:
    """Units numbered `beyond` and above that hold a permitted record, int32[m], ascending, distinct."""
    found = fetch(cursor, question_sql("occupied", unit=unit, beyond=f"{beyond:d}", filter=known.sql))
    return np.sort(found["unit"].astype(np.int32, copy=False))
