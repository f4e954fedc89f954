"""The published rows as Parquet, for another engine (Spark, Polars, a colleague's notebook).

`counted` is partitioned by agency, as `counted/agency=<id>/*.parquet`; every other table is one file of its own.
The rows, their order within a file and the ids are those of the version, so answers can be compared row by row.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from trigpoint.db.home import current_home
from trigpoint.db.models import Erasure, Publication
from trigpoint.store.connection import StoreMissing
from trigpoint.store.schema import TABLES

__all__ = ["ExportRefused", "ParquetExport", "write_parquet"]


class ExportRefused(ValueError):
    """The rows cannot be written where they were asked for."""


@dataclass(frozen=True, slots=True)
class ParquetExport:
    """What was written."""

    publication: int
    directory: str
    records: int


def write_parquet(directory: Path) -> ParquetExport:
    """Write every table of the newest publication under `directory`, which must be absent or empty.

    Raises ExportRefused where it holds anything, StoreMissing where nothing has been published. The directory
    appears whole or not at all.
    """
    if Erasure.being_published():
        raise ExportRefused(
            "The facts are being made anew without rows that are gone. Try again in a moment."
        )
    newest = Publication.in_use()
    if newest is None:
        raise StoreMissing("Nothing has been published yet. `trigpoint publish` builds the first version.")
    if directory.exists() and any(directory.iterdir()):
        raise ExportRefused(f"{directory} is not empty. Choose another folder, or empty it first.")
    store_file = current_home().store / newest.file_name
    if not store_file.is_file():
        raise StoreMissing(f"The facts of publication {newest.number} are missing. Publish again.")
    directory.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory.parent, prefix=".exporting-") as folder:
        whole = Path(folder, "whole")
        whole.mkdir()
        with duckdb.connect(str(_under_another_name(store_file, Path(folder))), read_only=True) as store:
            for table in TABLES:
                _write_table(store, table, whole)
            _write_meta(store, newest.number, whole)
        if directory.exists():
            directory.rmdir()
        os.replace(whole, directory)
    return ParquetExport(newest.number, str(directory), newest.records)


def _under_another_name(store_file: Path, folder: Path) -> Path:
    """The same file by another path: a process opens a path in one way, and what answers are read from writes no file."""
    other = folder / store_file.name
    try:
        os.link(store_file, other)
    except OSError:  # a file system without hard links
        shutil.copyfile(store_file, other)
    return other


def _write_table(store: duckdb.DuckDBPyConnection, table: str, folder: Path) -> None:
    if table == "counted":
        store.execute(
            "COPY counted TO $target (FORMAT parquet, PARTITION_BY (agency), WRITE_PARTITION_COLUMNS true)",
            {"target": str(folder / "counted")},
        )
        if any(folder.glob("counted/*/*.parquet")):
            return
    # a partitioned table without rows writes no file, and a reader would then not know its columns
    (folder / table).mkdir(exist_ok=True)
    store.execute(
        f"COPY {table} TO $target (FORMAT parquet)", {"target": str(folder / table / "rows.parquet")}
    )


def _write_meta(store: duckdb.DuckDBPyConnection, publication: int, folder: Path) -> None:
    """As any table, and which publication it is: a dataset has no name in the ledger to say so."""
    store.execute(
        f"COPY (FROM meta UNION ALL SELECT 'publication', '{publication:d}') TO $target (FORMAT parquet)",
        {"target": str(folder / "meta" / "rows.parquet")},
    )
