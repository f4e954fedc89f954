"""Both ends of journeys, and the routes that could have been taken."""

import duckdb
import numpy as np

from trigpoint.store.claims import fetch_claims
from trigpoint.store.questions import Columns, Selection, fetch, question_sql

__all__ = ["fetch_calls", "fetch_ends"]


def fetch_ends(
    cursor: duckdb.DuckDBPyConnection, selection: Selection, columns: tuple[str, ...], roles: tuple[int, ...]
) -> Columns:
    """Claims in these roles of the records selected: number, role, weight and the columns named.

    The cursor must have been given `permitted_claim`. One row a candidate; a claim's weights sum to 1.
    """
    return fetch_claims(cursor, selection, ("number", "role", "weight", *columns), roles=roles)


def fetch_calls(connection: duckdb.DuckDBPyConnection) -> Columns:
    """Where the routes of open timetables call: route, line, mode, position, ref, easting_m, northing_m, departures.

    Published timetables, the same for everyone. `line` is one for both directions; departures are those of a weekday.
    """
    found = fetch(connection, question_sql("calls", route="route", route_stop="route_stop", feed="feed"))
    hours = [[] if one is None else list(one)[:24] for one in found.pop("departures").tolist()]
    found["departures"] = np.array([sum(int(many or 0) for many in one) for one in hours], dtype=np.int64)
    return found
