"""Who sent records, for where and when. The cursor must have been given `permitted_record`."""

import duckdb

from trigpoint.store.questions import Columns, Selection, fetch, question_sql

__all__ = ["fetch_coverage"]


def fetch_coverage(cursor: duckdb.DuckDBPyConnection, selection: Selection) -> Columns:
    """feed, category, district, day, known_from (UTC) and number of each record selected, [n] each; district -1 for none."""
    return fetch(cursor, question_sql("coverage", filter=selection.sql))
