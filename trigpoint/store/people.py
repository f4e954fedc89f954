"""Whom records are about, as dense numbers to count people by. The cursor must have been given `permitted_person`."""

import duckdb

from trigpoint.store.questions import Columns, fetch, question_sql

__all__ = ["fetch_people"]


def fetch_people(cursor: duckdb.DuckDBPyConnection) -> Columns:
    """Columns number, agency, token_window, person of every permitted record that has a person, by number.

    A person here is one agency's in one window of its keys: across them, people are only bounded.
    """
    return fetch(cursor, question_sql("people"))
