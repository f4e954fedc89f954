"""The columns of several groupings in one pass. The cursor must have been given `permitted_record`."""

import duckdb

from trigpoint.store.questions import Columns, Selection, fetch, question_sql

__all__ = ["fetch_columns", "fetch_many", "fetch_tallied", "picture_sql"]


def picture_sql(selection: Selection, columns: tuple[str, ...]) -> str:
    """The question as it is put to the store. Raises ValueError for no columns."""
    if not columns:
        raise ValueError("a picture needs at least one column")
    return question_sql("picture", columns=", ".join(columns), filter=selection.sql)


def fetch_columns(
    cursor: duckdb.DuckDBPyConnection, selection: Selection, columns: tuple[str, ...]
) -> Columns:
    """The columns named, of each record selected, in one order: [n] each."""
    return fetch(cursor, picture_sql(selection, columns))


def fetch_tallied(
    cursor: duckdb.DuckDBPyConnection, selection: Selection, columns: tuple[str, ...]
) -> Columns:
    """The columns named, of each combination there is of them, [m] each in one order, and "many", int64[m]: how many of
    the records selected have it. Raises ValueError for no columns."""
    if not columns:
        raise ValueError("a tally needs at least one column")
    return fetch(cursor, question_sql("tallied", columns=", ".join(columns), filter=selection.sql))


def fetch_many(cursor: duckdb.DuckDBPyConnection, selection: Selection) -> int:
    """How many records are selected."""
    return int(fetch(cursor, picture_sql(selection, ("count(*) AS many",)))["many"][0])
