"""Wordings and shared points that wait for a person. The cursor must have been given `permit_wordings`."""

import duckdb

from trigpoint.store.questions import Columns, fetch, question_sql

__all__ = ["fetch_shared_points", "fetch_wordings"]


def fetch_wordings(cursor: duckdb.DuckDBPyConnection) -> Columns:
    """Permitted wordings that are neither sure nor decided: one row a wording and feed, digests as bytes."""
    return fetch(cursor, question_sql("wordings"))


def fetch_shared_points(cursor: duckdb.DuckDBPyConnection) -> Columns:
    """Permitted points that many records of a feed share, those of most records first; metres."""
    return fetch(cursor, question_sql("shared_points"))
