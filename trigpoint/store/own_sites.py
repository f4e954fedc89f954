"""Which sites a record or some units lie at, for one purpose only: who has to agree before a count there is lowered.

These read the tables themselves, without a decision: what they give never leaves `changes`, but as the word that a second
agency is needed, told to the agency whose site it is.
"""

from collections.abc import Sequence

import duckdb

from trigpoint.store.own_rows import number_of
from trigpoint.store.questions import question_sql
from trigpoint.store.schema import PIECES

__all__ = ["SiteThere", "is_current", "sites_of_record", "sites_of_units"]

SiteThere = tuple[str, int]
"""A site's class, and the dense id of the feed that brought it."""

_TABLES = {name: name for name in ("claim", "cell", "street", "site", "area")}
_NO_CELL = 0


def sites_of_record(
    cursor: duckdb.DuckDBPyConnection, delivery: int, row: int, reach_m: int
) -> list[SiteThere]:
    """The sites that one row names, or that lie within reach of one of its places."""
    first = number_of(delivery, row)
    sql = question_sql(
        "sites_of_record", **_TABLES, first=str(first), after=str(first + PIECES), reach_m=str(reach_m)
    )
    return [(str(kind), int(feed)) for kind, feed in cursor.execute(sql).fetchall()]


def sites_of_units(cursor: duckdb.DuckDBPyConnection, codes: Sequence[str], reach_m: int) -> list[SiteThere]:
    """The sites in streets, wards or hexagons of these codes, or within reach of their middles."""
    marks = ", ".join("?" * len(codes))
    cells = ", ".join(str(_cell(code)) for code in codes)
    sql = question_sql("sites_of_units", **_TABLES, codes=marks, cells=cells, reach_m=str(reach_m))
    return [(str(kind), int(feed)) for kind, feed in cursor.execute(sql, [*codes, *codes]).fetchall()]


def is_current(cursor: duckdb.DuckDBPyConnection, delivery: int, row: int) -> int | None:
    """The feed of a row that nothing has superseded, withdrawn by a check or not; None where there is no such row."""
    first = number_of(delivery, row)
    for table in ("record", "withdrawn"):
        found = cursor.execute(
            f"SELECT feed FROM {table} WHERE number >= ? AND number < ? AND known_to = TIMESTAMP '9999-12-31 00:00:00'",
            [first, first + PIECES],
        ).fetchone()
        if found is not None:
            return int(found[0])
    return None


def _cell(code: str) -> int:
    """A hexagon's number from its code; one that no hexagon has, for the code of anything else."""
    try:
        return int(code, 16) if len(code) == 15 else _NO_CELL
    except ValueError:
        return _NO_CELL
