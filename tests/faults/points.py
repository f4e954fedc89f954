"""Count what a load does to the disk and the database, and let one of those things go wrong.

Nothing of the program is replaced: `open`, `os` and the database connection are, as a failing disk would.
"""

import builtins
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import OperationalError, connection

OS_CALLS = ("replace", "rename", "fsync", "mkdir", "rmdir", "unlink", "link", "open", "write")
TRACED = tuple(os.path.join("trigpoint", room) for room in ("ingest", "changes", "db"))


class Points:
    """Numbers every point from 1; at point `stop` the `fault` happens, once."""

    def __init__(self, stop: int, fault: Callable[[str], None]) -> None:
        self.stop = stop
        self.fault = fault
        self.names: list[str] = []

    def __call__(self, name: str) -> None:
        self.names.append(name)
        if len(self.names) == self.stop:
            self.fault(name)


def full_disk(name: str) -> None:
    """What the caller sees of a full disk: an OSError, or the database's own error."""
    if name.startswith("sql"):
        raise OperationalError("database or disk is full")
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def killed(_: str) -> None:
    """As kill -9: nothing is tidied, no handler runs."""
    os.kill(os.getpid(), signal.SIGKILL)


class _Watched:
    """An open file whose writes are points. Everything else is the file's own."""

    def __init__(self, file, point):
        self._file = file
        self._point = point

    def write(self, block):
        self._point("write")
        return self._file.write(block)

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __iter__(self):
        return iter(self._file)

    def __enter__(self):
        self._file.__enter__()
        return self

    def __exit__(self, *told):
        return self._file.__exit__(*told)


@contextmanager
def watched(point: Callable[[str], None], home: Path) -> Iterator[None]:
    """Every call that writes below `home`, and every statement of the database, is a point."""
    kept = {name: getattr(os, name) for name in OS_CALLS}
    opened = io.open

    def within(told) -> bool:
        return isinstance(told, int) or str(told).startswith(str(home))

    def call(name):
        """The function of `os`, as a point where it writes below the home."""

        def wrapper(*arguments, **more):
            writes = name != "open" or (len(arguments) > 1 and arguments[1] & (os.O_WRONLY | os.O_RDWR))
            if arguments and within(arguments[0]) and writes:
                point(f"os.{name}")
            return kept[name](*arguments, **more)

        return wrapper

    def open_watched(file, mode="r", *arguments, **more):
        if within(file) and set(mode) & set("wax+"):
            point("open")
            return _Watched(opened(file, mode, *arguments, **more), point)
        return opened(file, mode, *arguments, **more)

    try:
        for name in OS_CALLS:
            setattr(os, name, call(name))
        io.open = builtins.open = open_watched
        with statements(point):
            yield
    finally:
        for name, function in kept.items():
            setattr(os, name, function)
        io.open = builtins.open = opened


@contextmanager
def statements(point: Callable[[str], None]) -> Iterator[None]:
    """Every statement and every commit of the database is a point."""

    def statement(execute, sql, parameters, many, context):
        point(f"sql {sql.split(maxsplit=1)[0]}")
        return execute(sql, parameters, many, context)

    connection.ensure_connection()
    commit = connection._commit

    def committing():
        point("sql COMMIT")
        return commit()

    connection._commit = committing
    try:
        with connection.execute_wrapper(statement):
            yield
    finally:
        del connection._commit


@contextmanager
def traced(point: Callable[[str], None]) -> Iterator[None]:
    """Every line of the way in is a point."""

    def trace(frame, event, _):
        if not any(room in frame.f_code.co_filename for room in TRACED):
            return None
        if event == "line":
            point(f"{os.path.basename(frame.f_code.co_filename)}:{frame.f_lineno}")
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield
    finally:
        sys.settrace(before)
