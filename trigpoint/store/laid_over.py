"""One correction laid over the facts of a published version, on one cursor: what the next publication would count.

Nothing is written. The tables that questions are restricted from are looked at through views of this cursor alone, in
which the current piece of the record is as the correction makes it; everything else is as published. A record moved to a
point counts nowhere here: which street or hexagon that is, is found when it is published.
"""

from __future__ import annotations

from collections.abc import Mapping

import duckdb

from trigpoint.core.workflow.corrections import Correction, Moved, Record
from trigpoint.store.own_rows import number_of
from trigpoint.store.permitted import UNIT_COLUMNS, table_named
from trigpoint.store.schema import AREA_LEVELS, CURRENT_UNTIL, PIECES

__all__ = ["LaidOverCursor"]

_CONFIDENTIAL, _DISCOVERED = 2, 2
_UNPLACED = 5
_AREA_QUALITY = {"ward": 4, "district": 5}
_PREFIX = "laid_over_"


class LaidOverCursor:
    """A cursor on which `counted`, `withdrawn` and `link` are read with one correction laid over them."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, correction: Correction) -> None:
        self._cursor = cursor
        stored = {name: table_named(cursor, name) for name in ("counted", "withdrawn", "link", "area")}
        self._stored = stored
        self._views = _views(correction, stored)
        for name, sql in self._views.items():
            cursor.execute(f"CREATE TEMP VIEW {_PREFIX}{name} AS {sql}")

    def table(self, name: str) -> str:
        """What SQL on this cursor calls a table."""
        return f"temp.{_PREFIX}{name}" if name in self._views else table_named(self._cursor, name)

    def leave_only(self, views: Mapping[str, str]) -> LaidOverCursor:
        """Name these views; from now on no table has a name."""
        for name, sql in views.items():
            self._cursor.execute(f"CREATE TEMP VIEW {name} AS {sql}")
        self._cursor.execute("SET search_path = 'temp'")
        return self

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        return self._cursor.execute(sql)

    def close(self) -> None:
        self._cursor.close()


def _views(one: Correction, stored: Mapping[str, str]) -> dict[str, str]:
    """The tables that the correction changes, each as a SELECT."""
    counted, link, this = stored["counted"], stored["link"], _current(one.record)
    if one.effect == "withdrawn":
        gone = f"SELECT * FROM {counted} WHERE {this}"
        return {
            "counted": f"SELECT * FROM {counted} WHERE NOT ({this})",
            "withdrawn": f"SELECT * FROM {stored['withdrawn']} UNION ALL {gone}",
        }
    if one.effect == "same_event" and one.other is not None:
        return {"link": f"SELECT * FROM {link} UNION ALL {_linked(counted, one.record, one.other)}"}
    if one.effect == "apart":
        return {"link": f"SELECT * FROM {link} WHERE NOT ({_joining(one)})"}
    columns = _columns(one, stored["area"])
    replaced = ", ".join(
        f"CASE WHEN {this} THEN {value} ELSE {name} END AS {name}" for name, value in columns.items()
    )
    return {"counted": f"SELECT * REPLACE ({replaced}) FROM {counted}"} if columns else {}


def _columns(one: Correction, area: str) -> dict[str, str]:
    """The columns of the record that are told otherwise."""
    if one.effect == "confidential":
        return {"handling": f"{_CONFIDENTIAL}::TINYINT"}
    if one.effect == "discovered":
        return {"detection": f"{_DISCOVERED}::TINYINT"}
    if one.effect == "role":
        return {"role": f"{one.role:d}::TINYINT"}
    if one.effect == "moved" and one.to is not None:
        return _moved(one.to, area)
    return {}


def _moved(to: Moved, area: str) -> dict[str, str]:
    columns = {name: "-1" for names in UNIT_COLUMNS for name in names}
    quality = _AREA_QUALITY.get(to.kind, _UNPLACED)
    if to.kind in AREA_LEVELS:
        code, level = to.code.replace("'", "''"), AREA_LEVELS[to.kind]
        there = f"FROM {area} AS a WHERE a.level = {level:d} AND a.code = '{code}'"
        columns[to.kind] = f"coalesce((SELECT a.id {there}), -1)"
        if to.kind == "ward":
            columns["district"] = f"coalesce((SELECT a.parent {there}), -1)"
    return {**columns, "quality": f"{quality:d}::TINYINT"}


def _current(record: Record, column: str = "number") -> str:
    return f"{_pieces(record, column)} AND known_to = TIMESTAMP '{CURRENT_UNTIL}'"


def _pieces(record: Record, column: str) -> str:
    base = number_of(*record)
    return f"{column} BETWEEN {base:d} AND {base + PIECES - 1:d}"


def _linked(counted: str, record: Record, other: Record) -> str:
    both = f"({_current(record)}) OR ({_current(other)})"
    return (
        'SELECT a.number AS "first", b.number AS "second", a.feed AS feed_first, b.feed AS feed_second, '
        "1.0::DOUBLE AS probability, -1::SMALLINT AS reason "
        f"FROM (SELECT number, feed FROM {counted} WHERE {both}) AS a "
        f"JOIN (SELECT number, feed FROM {counted} WHERE {both}) AS b ON a.number < b.number"
    )


def _joining(one: Correction) -> str:
    first, second = _pieces(one.record, '"first"'), _pieces(one.record, '"second"')
    if one.other is None:
        return f"{first} OR {second}"
    there, here = _pieces(one.other, '"first"'), _pieces(one.other, '"second"')
    return f"({first} AND {here}) OR ({there} AND {second})"
