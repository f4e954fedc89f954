"""Records by day. The cursor must have been given `permitted_record`."""

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.store.questions import Selection, fetch, question_sql

__all__ = ["fetch_days", "fetch_span"]


def fetch_days(cursor: duckdb.DuckDBPyConnection, selection: Selection) -> NDArray[np.int32]:
    """The day of each record selected, days since 1970-01-01, int32[n]."""
    found = fetch(cursor, question_sql("series", filter=selection.sql))
    return found["day"].astype(np.int32, copy=False)


def fetch_span(cursor: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[int, int] | None:
    """The first day and the last (included) of the records selected; None where there is none."""
    found = cursor.execute(question_sql("span", filter=selection.sql)).fetchone()
    if found is None or found[0] is None:
        return None
    return int(found[0]), int(found[1])
