"""When records happened, by the local clock. The cursor must have been given `permitted_time`."""

import duckdb
import numpy as np

from trigpoint.store.questions import Columns, Selection, fetch, question_sql

__all__ = ["NO_MINUTE", "fetch_route_lines", "fetch_times"]

NO_MINUTE = np.iinfo(np.int64).min
"""Stands for a time that is not known by the minute, or may not be told."""
_FIRST_MONDAY = np.datetime64("1970-01-05T00:00", "m")


def fetch_times(cursor: duckdb.DuckDBPyConnection, selection: Selection, columns: tuple[str, ...]) -> Columns:
    """The columns named of each record selected, and `start_min` and `end_min`, int64[n].

    Minutes of the local clock since Monday 5 January 1970 at 00:00; both NO_MINUTE where they may not be told.
    """
    found = fetch(cursor, question_sql("times", columns=", ".join(columns), filter=selection.sql))
    for name, instant in (("start_min", found.pop("occurred_from")), ("end_min", found.pop("occurred_to"))):
        minutes = (instant.astype("datetime64[m]") - _FIRST_MONDAY).astype(np.int64)
        found[name] = np.where(np.isnat(instant), NO_MINUTE, minutes)
    return found


def fetch_route_lines(connection: duckdb.DuckDBPyConnection) -> Columns:
    """id, feed, code, name, mode and wkb (EPSG:27700) of every route that has a line."""
    return fetch(connection, question_sql("route_lines", route="route"))
