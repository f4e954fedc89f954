"""Staging: accepted deliveries' Parquet files into temporary tables, with what was current when.

Each file says in its own metadata which feed it belongs to; nothing here knows Django or a definition. A
file's rows are copied into `staged_<kind>`; `version` then holds, for each version of each thing, until when
it was current, and `current_<kind>` are the layer rows that still are.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from trigpoint.core.workflow.currency import FOR_EVER, known_to
from trigpoint.store.build_sql import build_sql
from trigpoint.store.schema import CURRENT_UNTIL

__all__ = ["KINDS", "AgencyName", "SourceError", "SourceFile", "ThemeName", "insert", "read_source", "stage"]

KINDS = (
    "records", "areas", "lookup", "postcodes", "sites", "streets", "shapes", "population", "notices",
    "totals", "uprns", "deprivation", "timetable", "aliases",
)  # fmt: skip

_FACTS_KEY = b"trigpoint"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STANDING = ("key", "scope", "period")
"""Columns of every file that say which thing a row is a version of."""
_TOLD = (np.int32, np.int16, np.int32)
_BATCH_ROWS = 32_768
_INSERTED_ROWS = 200
_UNLISTED = 10_000
"""Position of an agency that only a delivery speaks of: after all others."""


class SourceError(RuntimeError):
    """A delivery's Parquet file is missing or does not say what it is."""


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency as screens name it; `position` orders the squares."""

    code: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class ThemeName:
    """A theme and the bit of `theme_mask` that stands for it."""

    bit: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One accepted delivery: its number, its Parquet file and what the file's metadata says of its feed.

    `mends` is the delivery whose quarantined rows it brings back, None where it brings its own.
    """

    delivery: int
    path: Path
    feed: str
    kind: str
    name: str
    agency: str
    open: bool
    anchors: bool
    attribution: str | None
    categories: tuple[tuple[str, str], ...]
    received_at: datetime
    extracted_on: date
    mends: int | None = None
    cadence: str = "irregular"
    terms_only: bool = False


def read_source(delivery: int, path: Path) -> SourceFile:
    """Read a delivery file's own account of itself. Raises SourceError if there is none."""
    try:
        facts = json.loads((pq.read_schema(path).metadata or {})[_FACTS_KEY])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError) as fault:
        raise SourceError(f"delivery {delivery}: its file {path.name} cannot be read") from fault
    return _source(delivery, path, facts)


def _source(delivery: int, path: Path, facts: dict[str, Any]) -> SourceFile:
    return SourceFile(
        delivery=delivery,
        path=path,
        feed=facts["definition"],
        kind=facts["kind"],
        name=facts["name"],
        agency=facts["agency"],
        open=facts["open"],
        anchors=facts["anchors"],
        attribution=facts.get("attribution"),
        categories=tuple(facts["categories"].items()),
        received_at=datetime.fromisoformat(facts["received_at"]).astimezone(UTC),
        extracted_on=date.fromisoformat(facts["extracted_on"]),
        mends=facts.get("mends"),
        cadence=facts.get("cadence", "irregular"),
        terms_only=facts.get("terms_only", False),
    )


def stage(
    store: duckdb.DuckDBPyConnection,
    sources: Sequence[SourceFile],
    agencies: Sequence[AgencyName],
    themes: Sequence[ThemeName],
) -> None:
    """Fill the dims the sources speak of, `staged_<kind>`, `known` (until when a version was current), `current_<kind>`."""
    ordered = sorted(sources, key=lambda s: s.delivery)
    feeds = _write_dims(store, ordered, agencies, themes)
    store.execute(build_sql("staged"))
    for _, parts in groupby(_parts(store, ordered, feeds), lambda part: (part.source.kind, part.schema)):
        _stage_files(store, list(parts))
    store.execute(build_sql("version"))
    _work_out_currency(store, ordered)
    for kind in KINDS[1:]:
        store.execute(
            f"CREATE TEMP TABLE current_{kind} AS SELECT s.* EXCLUDE (version, root) FROM staged_{kind} AS s "
            f"JOIN known USING (feed, version, root) WHERE known.known_to = TIMESTAMP '{CURRENT_UNTIL}'"
        )


def _root(delivery: int, mended: dict[int, int | None]) -> int:
    """The delivery that this one's by-period rows are a part of: what it mends, as far as that was accepted."""
    while (before := mended[delivery]) is not None and before in mended:
        delivery = before
    return delivery


@dataclass(frozen=True, slots=True)
class _Part:
    """One delivery's rows on their way into `staged_<kind>`: its file, feed and root, and the columns to copy."""

    source: SourceFile
    feed: int
    root: int
    schema: pa.Schema


def _parts(
    store: duckdb.DuckDBPyConnection, sources: Sequence[SourceFile], feeds: dict[str, int]
) -> Iterator[_Part]:
    """The deliveries, kind by kind, in their order within each."""
    mended = {s.delivery: s.mends for s in sources}
    for kind in dict.fromkeys(s.kind for s in sources):
        wanted = {name for name, *_ in store.execute(f"DESCRIBE staged_{kind}").fetchall()} | set(_STANDING)
        for source in sources:
            if source.kind == kind:
                with _readable(source):
                    there = pq.read_schema(source.path).remove_metadata()
                schema = pa.schema([part for part in there if part.name in wanted])
                yield _Part(source, feeds[source.feed], _root(source.delivery, mended), schema)


def _stage_files(store: duckdb.DuckDBPyConnection, parts: Sequence[_Part]) -> None:
    """Copy the rows of files of one kind with the same columns, one after another.

    A keyed row is a version of its key; any other a version of its scope and period. Mended rows without a key share
    the fate of the version they were missing from.
    """
    kind, schema = parts[0].source.kind, parts[0].schema
    listed = ", ".join(f'"{name}"' for name in schema.names if name not in _STANDING)
    read: list[SourceFile] = []
    store.register(
        "staging", pa.RecordBatchReader.from_batches(_with_standing(schema), _batches(parts, read))
    )
    try:
        store.execute(
            f"INSERT INTO staged_{kind} BY NAME SELECT delivery, feed, "
            "CASE WHEN key IS NULL THEN root ELSE delivery END AS root, "
            f"coalesce(key, encode(coalesce(scope, '') || ' ' || period)) AS version, {listed} FROM staging"
        )
    except duckdb.Error as fault:
        raise _unreadable((read or [parts[0].source])[-1]) from fault
    finally:
        store.unregister("staging")


def _with_standing(schema: pa.Schema) -> pa.Schema:
    told = [("delivery", pa.int32()), ("feed", pa.int16()), ("root", pa.int32())]
    return pa.schema([*schema, *(pa.field(*one) for one in told)])


def _batches(parts: Sequence[_Part], read: list[SourceFile]) -> Iterator[pa.RecordBatch]:
    """The rows of every file with what its delivery is; `read` tells which file was opened last."""
    for part in parts:
        read.append(part.source)
        with pq.ParquetFile(part.source.path) as file:
            for batch in file.iter_batches(batch_size=_BATCH_ROWS, columns=part.schema.names):
                columns = [batch.column(name) for name in part.schema.names]
                told = zip(_TOLD, (part.source.delivery, part.feed, part.root), strict=True)
                numbers = [pa.array(np.full(len(batch), n, dtype=kind)) for kind, n in told]
                yield pa.RecordBatch.from_arrays([*columns, *numbers], schema=_with_standing(part.schema))


@contextlib.contextmanager
def _readable(source: SourceFile) -> Iterator[None]:
    try:
        yield
    except (OSError, pa.ArrowInvalid) as fault:
        raise _unreadable(source) from fault


def _unreadable(source: SourceFile) -> SourceError:
    return SourceError(f"delivery {source.delivery}: its file {source.path.name} cannot be read")


def _write_dims(
    store: duckdb.DuckDBPyConnection,
    sources: Sequence[SourceFile],
    agencies: Sequence[AgencyName],
    themes: Sequence[ThemeName],
) -> dict[str, int]:
    agency_id = _write_agencies(store, sources, agencies)
    newest = {s.feed: s for s in sources}
    feed_id = {code: i for i, code in enumerate(sorted(newest))}
    insert(store, "theme", [(t.bit, t.code, t.name) for t in sorted(themes, key=lambda t: t.bit)])
    insert(store, "feed", [
        (feed_id[f.feed], f.feed, f.name, agency_id[f.agency], f.kind, f.open, f.anchors, f.attribution,
         f.cadence, f.terms_only)
        for f in sorted(newest.values(), key=lambda f: f.feed)
    ])  # fmt: skip
    categories = [
        (code, name, feed_id[feed]) for feed in feed_id for code, name in _all_categories(feed, sources)
    ]
    insert(store, "category", [(i, *category) for i, category in enumerate(categories)])
    insert(store, "delivery", [
        (s.delivery, feed_id[s.feed], s.received_at.replace(tzinfo=None), s.extracted_on, None, None, 0)
        for s in sources
    ])  # fmt: skip
    return feed_id


def _write_agencies(
    store: duckdb.DuckDBPyConnection, sources: Sequence[SourceFile], agencies: Sequence[AgencyName]
) -> dict[str, int]:
    known = {a.code: a for a in agencies}
    for source in sources:
        known.setdefault(source.agency, AgencyName(source.agency, source.agency, _UNLISTED))
    in_order = sorted(known.values(), key=lambda a: (a.position, a.code))
    insert(store, "agency", [(i, a.code, a.name, a.position) for i, a in enumerate(in_order)])
    return {a.code: i for i, a in enumerate(in_order)}


def _all_categories(feed: str, sources: Sequence[SourceFile]) -> list[tuple[str, str]]:
    """The newest delivery's categories first, then any that only older deliveries of the feed know."""
    named: dict[str, str] = {}
    for source in reversed(sources):
        if source.feed == feed:
            for code, name in source.categories:
                named.setdefault(code, name)
    return list(named.items())


def insert(store: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Append rows to a small table."""
    for start in range(0, len(rows), _INSERTED_ROWS):
        some = rows[start : start + _INSERTED_ROWS]
        places = f"({', '.join('?' * len(some[0]))})"
        store.execute(
            f"INSERT INTO {table} VALUES {', '.join([places] * len(some))}",
            [cell for row in some for cell in row],
        )


def _work_out_currency(store: duckdb.DuckDBPyConnection, sources: Sequence[SourceFile]) -> None:
    versions = store.execute("SELECT thing, root FROM version ORDER BY thing, root").fetchnumpy()
    received = {s.delivery: (s.received_at - _EPOCH) // _MICROSECOND for s in sources}
    extracted = {s.delivery: s.extracted_on.toordinal() for s in sources}
    delivery = np.asarray(versions["root"], dtype=np.int64)
    until = known_to(
        np.asarray(versions["thing"], dtype=np.int64),
        _of_each(extracted, delivery),
        _of_each(received, delivery),
        delivery,
    )
    for_ever = np.datetime64(CURRENT_UNTIL, "us").astype(np.int64)
    instants = np.where(until == FOR_EVER, for_ever, until)
    found = pa.table({
        "thing": versions["thing"],
        "root": versions["root"],
        "known_to": pa.array(instants, pa.timestamp("us")),
    })  # fmt: skip
    store.register("until", found)
    store.execute(
        "CREATE TEMP TABLE known AS "
        "SELECT feed, version, root, until.known_to FROM version JOIN until USING (thing, root)"
    )
    store.unregister("until")


def _of_each(told: dict[int, int], delivery: NDArray[np.int64]) -> NDArray[np.int64]:
    numbers, place = np.unique(delivery, return_inverse=True)
    return np.array([told[int(n)] for n in numbers], dtype=np.int64)[place]
