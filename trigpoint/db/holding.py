"""Who is bringing something into a home just now, so that nobody clears away what is still being used.

A lock on one file, which the operating system lets go of when a process ends, however it ends.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from trigpoint.db.home import Home

LOCK = ".in-use"


@contextlib.contextmanager
def in_use(home: Home) -> Iterator[None]:
    """Nothing in the home is cleared away while the block runs. Any number may run at once."""
    with _opened(home) as descriptor:
        _lock(descriptor, alone=False)
        yield


@contextlib.contextmanager
def alone_in(home: Home) -> Iterator[bool]:
    """True where nobody is bringing anything in, and nobody can begin until the block ends; else False at once."""
    with _opened(home) as descriptor:
        yield _lock(descriptor, alone=True)


@contextlib.contextmanager
def _opened(home: Home) -> Iterator[int]:
    file = Path(home.root, LOCK)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


if os.name == "nt":

    def _lock(descriptor: int, *, alone: bool) -> bool:
        """Windows has no lock that several may hold, so there nobody is ever known to be alone."""
        return False

else:
    import fcntl

    def _lock(descriptor: int, *, alone: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
        except BlockingIOError:
            return False
        return True
