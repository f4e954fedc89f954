"""The same questions of the same facts on Spark, for facts that outgrow one machine.

A `Dataset` is a published version as Parquet: one folder a table, as `publish --parquet` writes them. Its cursors
take the SQL that the DuckDB cursors take, translated by sqlglot, and give numpy columns of the same shape, so that
every `fetch_…` of this room, and the gate above it, works on either. `pyspark` and `sqlglot` (the extra `scale`) are
imported when they are used and not before.

What differs from DuckDB, and is evened out here: Spark has no unsigned integers and reads them from Parquet as
decimals (they are read as signed integers of the same 64 bits, and given back unsigned), and it has no cursor whose
views are its own (a session is one).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.store.schema import TABLES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

__all__ = ["Dataset", "DatasetError", "DistributedCursor", "connect", "translated"]

UNSIGNED = frozenset({"theme_mask", "h3"})
"""Columns that a store version keeps as 64 unsigned bits, wherever they stand."""

_SIGNED_LIMIT, _ALL_BITS = 2**63, 2**64


class DatasetError(RuntimeError):
    """A table of the dataset is missing, or lacks a column that a store version has."""


def connect(
    master: str, *, scratch: Path, driver_host: str = "127.0.0.1", memory: str = "1g", cores: int = 2
) -> SparkSession:
    """A session on a cluster: `master` as "spark://host:port". Nothing listens but on `driver_host`.

    `memory` is each executor's, `cores` how many the session may take of the cluster and into how many parts what
    is grouped is split. What the driver writes lies in the folder `scratch`. Its web page stays off. Raises
    ImportError without the extra `scale`.
    """
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": driver_host,
        "spark.driver.bindAddress": driver_host,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.local.dir": str(scratch),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.executor.memory": memory,
        "spark.cores.max": str(cores),
        "spark.sql.shuffle.partitions": str(cores),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
    }
    builder = SparkSession.builder.master(master).appName("trigpoint")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


class Dataset:
    """A published version as Parquet files that every worker can read. Safe to share between threads."""

    def __init__(self, session: SparkSession, directory: str) -> None:
        self._session = session
        self._directory = directory.rstrip("/")
        self._schemas: dict[str, StructType] = {}
        self._lock = threading.Lock()

    def cursor(self) -> DistributedCursor:
        """A fresh cursor, on which every table of the version has its name."""
        return DistributedCursor(self, self._session.newSession())

    def publication(self) -> int:
        """The number of the publication that was exported. Raises DatasetError."""
        found = self.cursor().execute("SELECT value FROM meta WHERE key = 'publication'").fetchone()
        if found is None:
            raise DatasetError("the dataset does not say which publication it is")
        return int(str(found[0]))

    def read(self, session: SparkSession, table: str) -> DataFrame:
        """A table as a session may read it. Raises DatasetError."""
        with self._lock:
            if table not in self._schemas:
                self._schemas[table] = self._schema(session, table)
        rows = session.read.schema(self._schemas[table]).parquet(self._path(table))
        kinds = dict(rows.dtypes)
        return rows.selectExpr(*(_signed(name, kinds[name]) for name in _columns(table)))

    def _path(self, table: str) -> str:
        return f"{self._directory}/{table}"

    def _schema(self, session: SparkSession, table: str) -> StructType:
        from pyspark.errors import AnalysisException

        try:
            schema: StructType = session.read.parquet(self._path(table)).schema
        except AnalysisException as fault:
            raise DatasetError(f"the dataset has no table {table}") from fault
        missing = [name for name in _columns(table) if name not in schema.names]
        if missing:
            raise DatasetError(f"the dataset's table {table} lacks {', '.join(missing)}")
        return schema


class DistributedCursor:
    """One request's session. Tables are named as it needs them, until `leave_only` leaves it what is permitted."""

    def __init__(self, dataset: Dataset, session: SparkSession) -> None:
        self._dataset = dataset
        self._session = session
        self._named: set[str] = set()
        self._restricted = False

    def table(self, name: str) -> str:
        """What SQL on this cursor calls a table."""
        return name

    def leave_only(self, views: Mapping[str, str]) -> DistributedCursor:
        """Name these views, given as SQL over the tables; from now on nothing else has a name."""
        made = {name: self._run(sql) for name, sql in views.items()}
        self._forget()
        for name, rows in made.items():
            rows.createOrReplaceTempView(name)
        self._named = set(made)
        self._restricted = True
        # a path in back quotes would otherwise name a file
        self._session.conf.set("spark.sql.runSQLOnFiles", "false")
        return self

    def execute(self, sql: str) -> Rows:
        """Run a question, written for DuckDB, and hold its rows."""
        return Rows(self._run(sql).toArrow())

    def close(self) -> None:
        """Forget every name."""
        self._forget()
        self._restricted = True

    def _run(self, sql: str) -> DataFrame:
        if not self._restricted:
            for table in _tables(sql) - self._named:
                self._dataset.read(self._session, table).createOrReplaceTempView(table)
                self._named.add(table)
        return self._session.sql(translated(sql))

    def _forget(self) -> None:
        for name in self._named:
            self._session.catalog.dropTempView(name)
        self._named = set()


class Rows:
    """The rows of a question, read one way or the other as those of a DuckDB cursor are."""

    def __init__(self, found: pa.Table) -> None:
        self._found = found

    def fetchnumpy(self) -> dict[str, NDArray[np.generic]]:
        """Columns by name, [n] each, in the order of the rows; masked where there are NULLs."""
        return {name: _column(name, self._found[name]) for name in self._found.column_names}

    def fetchall(self) -> list[tuple[object, ...]]:
        """Every row, NULL as None."""
        columns = [column.to_pylist() for column in self._found.columns]
        return list(zip(*columns, strict=True))

    def fetchone(self) -> tuple[object, ...] | None:
        """The first row, or None."""
        return next(iter(self.fetchall()), None)


@lru_cache(maxsize=512)
def translated(sql: str) -> str:
    """SQL written for DuckDB, as Spark understands it."""
    import sqlglot
    from sqlglot import exp

    tree = sqlglot.parse_one(sql, read="duckdb")
    for number in tree.find_all(exp.Literal):
        if number.is_int and int(number.this) >= _SIGNED_LIMIT:
            number.replace(exp.Literal.number(int(number.this) - _ALL_BITS))
    return tree.sql(dialect="spark")


@lru_cache(maxsize=512)
def _tables(sql: str) -> frozenset[str]:
    import sqlglot
    from sqlglot import exp

    named = {table.name for table in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Table)}
    return frozenset(named & TABLES.keys())


@lru_cache(maxsize=64)
def _columns(table: str) -> tuple[str, ...]:
    import sqlglot
    from sqlglot import exp

    created = sqlglot.parse_one(f"CREATE TABLE {table} ({TABLES[table]}\n)", read="duckdb")
    return tuple(column.name for column in created.find_all(exp.ColumnDef))


def _signed(name: str, kind: str) -> str:
    """Unsigned 64 bits, which Spark reads as a decimal, as the signed integer of the same bits."""
    if not kind.startswith("decimal"):
        return f"`{name}`"
    folded = f"CASE WHEN `{name}` >= {_SIGNED_LIMIT} THEN `{name}` - {_ALL_BITS} ELSE `{name}` END"
    return f"CAST({folded} AS BIGINT) AS `{name}`"


def _column(name: str, found: pa.ChunkedArray) -> NDArray[np.generic]:
    values = _values(found)
    if name in UNSIGNED and values.dtype == np.int64:
        values = values.view(np.uint64)
    if not found.null_count:
        return values
    return np.ma.MaskedArray(values, mask=found.is_null().to_numpy())


def _values(found: pa.ChunkedArray) -> NDArray[np.generic]:
    """Values as numpy, anything at all standing where there is a NULL."""
    kind = found.type
    if pa.types.is_temporal(kind):
        instants: NDArray[np.generic] = found.cast(pa.timestamp("us")).to_numpy()
        return instants
    if pa.types.is_primitive(kind):
        filled = found.fill_null(pa.scalar(0, kind)) if found.null_count else found
        plain: NDArray[np.generic] = filled.to_numpy()
        return plain
    objects = np.empty(len(found), dtype=object)
    objects[:] = found.to_pylist()
    return objects
