"""The columns of several groupings in one pass. The cursor must have been given `permitted_record`."""

import duckdb

from trigpoint.store.questions import Columns, Selection, fetch, question_sql

__all__ = ["fetch_columns", "picture_sql"]


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
