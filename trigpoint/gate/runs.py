"""Runs: what takes more than a moment is worked out once, and kept beside the store version it was worked out from.

A run's key holds everything its result depends on: the version, what the viewer is permitted, what was selected, the
method and its version. So whoever may see the same records of the same version gets the same run, and nobody another's.
The random numbers of a run are seeded from its key: the same question has the same answer, whenever it is asked.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from trigpoint.gate.answers import Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.plans import as_put
from trigpoint.gate.run_file import RunFileError, read_run, write_run
from trigpoint.gate.shelf import Progress, RunStopped, Shelf

__all__ = ["Progress", "RunStopped", "Shelf", "Worked", "run_key", "worked"]


class Worked(NamedTuple):
    """What a run found, and nothing else: it must be kept as a file.

    `tables` hold columns of numbers, truth values or text (numpy arrays, or lists of plain values); `facts` are plain
    values. No person, and nothing about the viewer: what may be told is decided again each time it is told.
    """

    tables: Mapping[str, Table]
    facts: Mapping[str, Any]


def worked(
    asked: Asked,
    name: str,
    version: int,
    parameters: tuple[Hashable, ...],
    make: Callable[[np.random.Generator, Progress], Worked],
) -> Worked:
    """The run of this name for this question: from memory, from its file, or made now.

    `version` goes up when the method changes what it finds. `parameters` are all of the question that the result
    depends on beside what is permitted and selected. Raises NotWorkedOut where it may not be made now.
    """
    key = run_key(asked, name, version, parameters)
    shelf = asked.shelf

    def find() -> Worked:
        kept = _read(shelf.folder, name, key)
        if kept is not None:
            return kept
        if not shelf.may_wait:
            raise NotWorkedOut(as_put(asked.question))
        found = make(np.random.default_rng(int.from_bytes(key[:16], "big")), shelf.progress)
        if shelf.folder is not None:
            write_run(_file(shelf.folder, name, key), found.tables, found.facts)
        return found

    return asked.version.recall(("run", name, key), find)


def run_key(asked: Asked, name: str, version: int, parameters: tuple[Hashable, ...]) -> bytes:
    """What tells this run from every other of the version, 32 bytes. The places a test is narrowed to are not in it."""
    chosen = replace(asked.selection, within=())
    around = asked.around.code if asked.around else None
    told = (
        name,
        version,
        asked.version.number,
        asked.permitted,
        chosen,
        asked.grain,
        around,
        asked.question.counted,
    )
    return hashlib.sha256(repr((*told, *parameters)).encode()).digest()


def _read(folder: Path | None, name: str, key: bytes) -> Worked | None:
    if folder is None:
        return None
    try:
        kept = read_run(_file(folder, name, key))
    except RunFileError:
        return None
    return None if kept is None else Worked(*kept)


def _file(folder: Path, name: str, key: bytes) -> Path:
    return folder / f"{name}-{key.hex()[:32]}.run"
