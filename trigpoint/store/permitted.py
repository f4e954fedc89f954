"""Restriction before any question: on the cursor it prepares, only what is permitted has a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol, Self, TypeVar

import duckdb

from trigpoint.store.questions import listed, question_sql

__all__ = [
    "UNIT_COLUMNS",
    "PermittedFeed",
    "permit_claims",
    "permit_people",
    "permit_records",
    "permit_sites_and_notices",
    "permit_times",
    "permit_totals",
    "permit_withdrawn",
    "permit_wordings",
    "permitted_record_sql",
    "table_named",
]

UNIT_COLUMNS: tuple[tuple[str, ...], ...] = (
    ("district",),
    ("ward",),
    ("lsoa",),
    ("street", "locality"),
    ("cell_7", "cell_8", "cell_9", "cell_10"),
)
"""Unit columns of `counted` by grain, coarse to fine; grain 1 is the first."""

SCHOOL = 7
"""The role of a claim at a school: totals of single schools are for those who are told of records there."""


class OtherCursor(Protocol):
    """A cursor of another engine that answers the same questions of the same tables."""

    def table(self, name: str) -> str: ...

    def leave_only(self, views: Mapping[str, str]) -> Self: ...


Cursor = TypeVar("Cursor", duckdb.DuckDBPyConnection, OtherCursor)


@dataclass(frozen=True, slots=True)
class PermittedFeed:
    """One feed, by its dense id: may hours be told, how finely its places, and which of its records not.

    Records of a role, handling, grade or marking in `without_…` (the store's numbers) are not permitted. `places`
    counts grains as `UNIT_COLUMNS` does, 6 for a point; `precise_sites` is for restricted sites and coarse notices.
    """

    feed: int
    hours: bool
    without_roles: tuple[int, ...]
    places: int
    precise_sites: bool
    without_handling: tuple[int, ...] = ()
    without_grades: tuple[int, ...] = ()
    without_markings: tuple[int, ...] = ()

    @property
    def refused(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Columns of `counted` and the values in them whose records are not permitted."""
        every = (
            ("role", self.without_roles), ("handling", self.without_handling),
            ("grade", self.without_grades), ("marking", self.without_markings),
        )  # fmt: skip
        return tuple((column, values) for column, values in every if values)


def permitted_record_sql(counted: str, feeds: tuple[PermittedFeed, ...], grain: int) -> str:
    """The SELECT behind `permitted_record`: the feeds given, and unit columns no finer than `grain`."""
    hidden = tuple(one.feed for one in feeds if not one.hours)
    return question_sql(
        "permitted_record",
        hour=f"CASE WHEN feed IN {listed(hidden)} THEN -1 ELSE hour END" if hidden else "hour",
        units=", ".join(_unit_columns(grain)),
        counted=counted,
        permitted=_records(feeds),
    )


def permit_records(cursor: Cursor, feeds: tuple[PermittedFeed, ...], grain: int) -> Cursor:
    """Leave a fresh cursor able to name `permitted_record`, `permitted_link` and no table. Gives the cursor back."""
    sql = permitted_record_sql(table_named(cursor, "counted"), feeds, grain)
    both = f"{_feeds(feeds, 'feed_first')} AND {_feeds(feeds, 'feed_second')}"
    link = question_sql("permitted_link", link=table_named(cursor, "link"), permitted=both)
    return _only(cursor, {"permitted_record": sql, "permitted_link": link})


def permit_withdrawn(cursor: Cursor, feeds: tuple[PermittedFeed, ...], grain: int) -> Cursor:
    """Leave a fresh cursor on which `permitted_record` is what sense-checks withdrew, and no table has a name."""
    sql = permitted_record_sql(table_named(cursor, "withdrawn"), feeds, grain)
    return _only(cursor, {"permitted_record": sql})


def permit_people(cursor: Cursor, feeds: tuple[PermittedFeed, ...]) -> Cursor:
    """Leave a fresh cursor able to name `permitted_person` and no table: for counting people, and for nothing else."""
    sql = question_sql("permitted_person", counted=table_named(cursor, "counted"), permitted=_records(feeds))
    return _only(cursor, {"permitted_person": sql})


def permit_claims(cursor: Cursor, feeds: tuple[PermittedFeed, ...], grain: int) -> Cursor:
    """Leave a fresh cursor able to name `permitted_record`, `permitted_claim`, `permitted_said` and no table."""
    record = permitted_record_sql(table_named(cursor, "counted"), feeds, grain)
    roles = [
        f"NOT (r.feed = {one.feed:d} AND c.role IN {listed(one.without_roles)})"
        for one in feeds
        if one.without_roles
    ]
    claim = question_sql(
        "permitted_claim",
        claim=table_named(cursor, "claim"),
        permitted_record=record,
        units=", ".join(f"c.{column}" for column in _unit_columns(grain)),
        permitted=" AND ".join(roles) or "1 = 1",
    )
    said = question_sql("permitted_said", said=table_named(cursor, "said"), permitted_record=record)
    return _only(cursor, {"permitted_record": record, "permitted_claim": claim, "permitted_said": said})


def permit_times(cursor: Cursor, feeds: tuple[PermittedFeed, ...], grain: int) -> Cursor:
    """Leave a fresh cursor able to name `permitted_record`, `permitted_time` and no table.

    `permitted_time` has the clock's readings of records whose feeds may tell hours, and whose time is known by the minute.
    """
    timed = tuple(one for one in feeds if one.hours)
    time = question_sql(
        "permitted_time",
        record=table_named(cursor, "record"),
        permitted_record=permitted_record_sql(table_named(cursor, "counted"), timed, 1),
    )
    record = permitted_record_sql(table_named(cursor, "counted"), feeds, grain)
    return _only(cursor, {"permitted_record": record, "permitted_time": time})


def permit_sites_and_notices(cursor: Cursor, feeds: tuple[PermittedFeed, ...]) -> Cursor:
    """Leave a fresh cursor able to name `permitted_site` and `permitted_notice` and no table."""
    permitted = _feeds(feeds)
    trusted = _feeds(tuple(one for one in feeds if one.precise_sites))
    to_street = _feeds(tuple(one for one in feeds if one.places >= _grain("street")))
    by_ward = _feeds(tuple(one for one in feeds if one.places >= _grain("ward")))
    site = question_sql(
        "permitted_site",
        site=table_named(cursor, "site"),
        by_ward=by_ward,
        precise=f"(NOT restricted OR {trusted})",
        permitted=permitted,
    )
    notice = question_sql(
        "permitted_notice",
        notice=table_named(cursor, "notice"),
        by_ward=by_ward,
        precise=f"(({to_street} AND NOT coarse) OR {trusted})",
        permitted=permitted,
        breaches=_breaches(cursor),
    )
    return _only(cursor, {"permitted_site": site, "permitted_notice": notice})


def permit_totals(cursor: Cursor, feeds: tuple[PermittedFeed, ...]) -> Cursor:
    """Leave a fresh cursor able to name `permitted_total` and no table. Totals of sites count as told at a school."""
    no_schools = tuple(one for one in feeds if SCHOOL in one.without_roles)
    permitted = _feeds(feeds, "t.feed")
    if no_schools:
        permitted += f" AND NOT ({_feeds(no_schools, 't.feed')} AND t.site >= 0)"
    total = question_sql(
        "permitted_total",
        total=table_named(cursor, "total"),
        area=table_named(cursor, "area"),
        by_ward=_feeds(tuple(one for one in feeds if one.places >= _grain("ward")), "t.feed"),
        permitted=permitted,
    )
    return _only(cursor, {"permitted_total": total})


def permit_wordings(cursor: Cursor, feeds: tuple[PermittedFeed, ...]) -> Cursor:
    """Leave a fresh cursor able to name `permitted_wording` and `permitted_shared_point` and no table."""
    permitted = _feeds(feeds)
    wording = question_sql("permitted_wording", wording=table_named(cursor, "wording"), permitted=permitted)
    shared = question_sql(
        "permitted_shared_point", shared_point=table_named(cursor, "shared_point"), permitted=permitted
    )
    return _only(cursor, {"permitted_wording": wording, "permitted_shared_point": shared})


def _unit_columns(grain: int) -> list[str]:
    return [column for columns in UNIT_COLUMNS[:grain] for column in columns]


def _records(feeds: tuple[PermittedFeed, ...]) -> str:
    permitted = [_feeds(feeds)]
    permitted += [
        f"NOT (feed = {one.feed:d} AND {column} IN {listed(values)})"
        for one in feeds
        for column, values in one.refused
    ]
    return " AND ".join(permitted)


def _feeds(feeds: tuple[PermittedFeed, ...], column: str = "feed") -> str:
    return f"{column} IN {listed(tuple(one.feed for one in feeds))}" if feeds else "(1 = 0)"


def _grain(column: str) -> int:
    return next(place for place, columns in enumerate(UNIT_COLUMNS, start=1) if column in columns)


def table_named(cursor: duckdb.DuckDBPyConnection | OtherCursor, name: str) -> str:
    """What SQL on this cursor calls a stored table, whatever else has a name there."""
    if not isinstance(cursor, duckdb.DuckDBPyConnection):
        return cursor.table(name)
    found = cursor.execute("SELECT current_database()").fetchone()
    if found is None:
        raise RuntimeError("the store has no name")
    catalogue = str(found[0]).replace('"', '""')
    return f'"{catalogue}".main.{name}'


def _breaches(cursor: duckdb.DuckDBPyConnection | OtherCursor) -> str:
    """The columns of breaches; nothing is told of them in a version that was built before they were read."""
    if isinstance(cursor, duckdb.DuckDBPyConnection):
        names = {name for name, *_ in cursor.execute(f"DESCRIBE {table_named(cursor, 'notice')}").fetchall()}
        if "breaches" not in names:
            return "NULL::SMALLINT AS breaches, NULL::DATE AS last_breach_date"
    return "breaches, last_breach_date"


def _only(cursor: Cursor, views: Mapping[str, str]) -> Cursor:
    if not isinstance(cursor, duckdb.DuckDBPyConnection):
        return cursor.leave_only(views)
    for name, sql in views.items():
        cursor.execute(f"CREATE TEMP VIEW {name} AS {sql}")
    # unqualified names now resolve to the views above or to nothing
    cursor.execute("SET search_path = 'temp'")
    return cursor
