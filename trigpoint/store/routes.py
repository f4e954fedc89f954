"""Lines of the open timetables, and how often they run."""

import duckdb
import numpy as np

from trigpoint.store.questions import Columns, fetch, question_sql

__all__ = ["fetch_lines"]


def fetch_lines(connection: duckdb.DuckDBPyConnection, first_hour: int, end_hour: int) -> Columns:
    """feed, line, name, mode, operator, departures and wkb (EPSG:27700) of each direction of a route that has a line.

    `departures`, int64, are those of a Monday to Friday in `[first_hour, end_hour)` from the stop with most of them.
    """
    found = fetch(connection, question_sql("lines", route="route", feed="feed"))
    stops = fetch(connection, question_sql("line_departures", route_stop="route_stop"))
    most: dict[int, int] = {}
    for route, told in zip(stops["route"].tolist(), stops["departures"].tolist(), strict=True):
        hours = [] if told is None else list(told)[first_hour:end_hour]
        most[route] = max(most.get(route, 0), sum(int(many or 0) for many in hours))
    found["departures"] = np.array([most.get(one, 0) for one in found.pop("id").tolist()], dtype=np.int64)
    return found
