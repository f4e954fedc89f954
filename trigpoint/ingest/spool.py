"""The raw file, kept outside every copy and only while its delivery is being decided."""

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trigpoint.ingest.receipt import LoadRefused

BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Spooled:
    """A private copy of a delivered file. `name` is what it was called; the copy's own name keeps only the suffix."""

    path: Path
    name: str
    sha256: str
    size_bytes: int


@contextlib.contextmanager
def spooled(source: Path, spool: Path) -> Iterator[Spooled]:
    """Copy `source` into the spool; the copy is gone when the block ends, however it ends.

    Raises LoadRefused where there is no such file or it cannot be read.
    """
    if not source.is_file():
        raise LoadRefused(f"There is no file {source}.")
    spool.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=spool))
    try:
        yield _copied(source, folder / f"raw{''.join(source.suffixes[-2:]).lower()}")
    finally:
        shutil.rmtree(folder)


def _copied(source: Path, target: Path) -> Spooled:
    digest = hashlib.sha256()
    size = 0
    try:
        with source.open("rb") as raw, target.open("wb") as copy:
            os.chmod(target, 0o600)
            while block := raw.read(BLOCK_BYTES):
                digest.update(block)
                size += copy.write(block)
    except PermissionError as fault:
        raise LoadRefused(f"The file {source} cannot be read: permission denied.") from fault
    return Spooled(target, source.name, digest.hexdigest(), size)
