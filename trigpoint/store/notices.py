"""Notices: warnings, closures and the other orders. The cursor must have been given `permitted_notice`."""

from datetime import date

import duckdb

from trigpoint.store.questions import Columns, fetch, in_any, question_sql

__all__ = ["fetch_notices"]


def fetch_notices(
    cursor: duckdb.DuckDBPyConnection,
    *,
    served_by: date,
    feeds: tuple[int, ...] = (),
    within: tuple[tuple[str, int], ...] = (),
) -> Columns:
    """Permitted notices served on or before a day, oldest first. One kept coarse has no point and no street."""
    parts = [f"(served_date IS NULL OR served_date <= DATE '{served_by:%Y-%m-%d}')"]
    parts += [f"feed IN ({', '.join(str(int(one)) for one in feeds)})"] if feeds else []
    parts += [in_any(within)] if within else []
    return fetch(cursor, question_sql("notices", filter=" AND ".join(parts)))
