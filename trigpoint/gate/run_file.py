"""One run as one file: columns as numpy arrays, the rest as JSON, nothing that could be executed on reading."""

import io
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from trigpoint.gate.answers import Table

__all__ = ["RunFileError", "read_run", "write_run"]

FORMAT = 1


class RunFileError(ValueError):
    """The file is not a run that this version can read."""


def write_run(file: Path, tables: Mapping[str, Table], facts: Mapping[str, Any]) -> None:
    """Write a run under its name in one step, readable by its owner alone.

    Raises TypeError for a column or fact that is neither an array of plain values nor JSON.
    """
    arrays: dict[str, np.ndarray] = {}
    plain: dict[str, dict[str, Any]] = {}
    for name, table in tables.items():
        plain[name] = {"columns": list(table), "lists": {}}
        for column, values in table.items():
            if isinstance(values, np.ndarray) and values.dtype.kind in "biufU":
                arrays[f"{name}/{column}"] = values
            else:
                plain[name]["lists"][column] = list(values)
    said = json.dumps({"format": FORMAT, "tables": plain, "facts": dict(facts)}, default=_plain)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = file.with_name(f".{file.name}.{os.getpid()}")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        np.savez_compressed(
            out, allow_pickle=False, said=np.frombuffer(said.encode(), dtype=np.uint8), **arrays
        )
    os.replace(partial, file)


def read_run(file: Path) -> tuple[dict[str, Table], dict[str, Any]] | None:
    """The tables and facts of a run; None where there is no such file. Raises RunFileError for one that is damaged."""
    try:
        held = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        with np.load(io.BytesIO(held), allow_pickle=False) as arrays:
            said = json.loads(bytes(arrays["said"]))
            if said["format"] != FORMAT:
                raise RunFileError(f"{file.name} was written by another version")
            tables: dict[str, Table] = {
                name: {
                    column: told["lists"][column] if column in told["lists"] else arrays[f"{name}/{column}"]
                    for column in told["columns"]
                }
                for name, told in said["tables"].items()
            }
            return tables, said["facts"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as fault:
        raise RunFileError(f"{file.name} cannot be read as a run") from fault


def _plain(value: object) -> object:
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return value.tolist()
    raise TypeError(f"a run cannot keep a {type(value).__name__}")
