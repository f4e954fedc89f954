"""All places that records claim. The cursor must have been given `permitted_claim`."""

import duckdb

from trigpoint.store.questions import Columns, Selection, fetch, listed, question_sql

__all__ = ["fetch_claims", "fetch_said"]


def fetch_claims(
    cursor: duckdb.DuckDBPyConnection,
    selection: Selection,
    columns: tuple[str, ...],
    *,
    roles: tuple[int, ...] = (),
    primary: bool | None = None,
) -> Columns:
    """The columns named of the claims of the records selected: one row a candidate, by number and role.

    Columns are number, agency, feed, role, primary, quality, candidate, weight and the unit columns permitted. The
    selection's roles choose records by their primary claim; `roles` and `primary` choose among their claims.
    """
    wanted = ["1 = 1"]
    wanted += [f"role IN {listed(roles)}"] if roles else []
    wanted += [f'"primary" = {str(primary).upper()}'] if primary is not None else []
    named = ", ".join('"primary"' if column == "primary" else column for column in columns)
    return fetch(
        cursor, question_sql("claims", columns=named, filter=selection.sql, claims=" AND ".join(wanted))
    )


def fetch_said(cursor: duckdb.DuckDBPyConnection, selection: Selection) -> Columns:
    """Columns number and digest: by which words it is told where each record selected was. Digests are bytes."""
    return fetch(cursor, question_sql("said", filter=selection.sql))
