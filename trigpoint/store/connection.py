"""Reading a published version: one locked, read-only connection a process, one cursor a request.

A version is opened read-only, then told that it may reach no file and no network (`enable_external_access`)
and that nothing may be told otherwise (`lock_configuration`). What a cursor may then do was tried on DuckDB 1.5:

* `CREATE TEMP VIEW` and `CREATE TEMP TABLE` work on a cursor of such a database, and are seen by that cursor
  alone: each cursor is a connection of its own with its own `temp` schema, so two requests may use the same
  name for different things. A test says so.
* The stored tables stay reachable by their full names; the gate keeps them out of questions, not this module.
* Attaching, copying to a file, reading a file or URL, installing an extension and changing a setting all raise.

A cursor should be closed when its request ends, which drops its views. Connections are kept by path. A version
that has been swapped out is let go by `let_go_of_others`: cursors on it finish what they are doing, and with
the last of them the file is closed and can be deleted even on Windows.
"""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb

__all__ = ["MEMORY_LIMIT", "StoreMissing", "cursor", "let_go_of_others", "read_format"]

MEMORY_LIMIT = "1GB"
"""What one process may use to answer questions; always set, so that one question cannot take the machine."""

THREADS = 2

_open: dict[Path, duckdb.DuckDBPyConnection] = {}
_lock = threading.Lock()


class StoreMissing(RuntimeError):
    """The version asked for is not there."""


def cursor(path: Path) -> duckdb.DuckDBPyConnection:
    """A new cursor on a version. Raises StoreMissing if there is no such file or it is not a version."""
    with _lock:
        connection = _open.get(path)
        if connection is None:
            connection = _open[path] = _connect(path)
        return connection.cursor()


def read_format(opened: duckdb.DuckDBPyConnection) -> int | None:
    """Which form of tables a version was built with; None where it does not say."""
    found = opened.execute("SELECT value FROM main.meta WHERE key = 'format'").fetchone()
    return int(found[0]) if found else None


def let_go_of_others(path: Path | None) -> None:
    """Keep no connection to any version but this one. Cursors in use live on until they are closed."""
    with _lock:
        for other in [p for p in _open if p != path]:
            # Not close(): that would also close the cursors that requests still hold.
            del _open[other]


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.is_file():
        raise StoreMissing(f"there is no published version at {path.name}")
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": THREADS,
        "temp_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        connection = duckdb.connect(str(path), read_only=True, config=settings)
    except duckdb.Error as fault:
        raise StoreMissing(f"{path.name} cannot be read as a published version") from fault
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection
