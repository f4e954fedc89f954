"""Cells that hold JSON: the value that a definition asks for, and nothing else of it, becomes the cell."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa

from trigpoint.ingest.sheet import Sheet

UNREADABLE = "(not JSON)"
"""In the place of a cell that cannot be read: what was in it may tell of a person, and goes."""


def without_json(sheet: Sheet) -> Sheet:
    """The sheet with every column that has a `json` path reduced to what lies there; several values joined by ";"."""
    wanted = {
        name: column.json_path
        for name, column in sheet.definition.columns.items()
        if column.json_path is not None and name in sheet.columns
    }
    if not wanted:
        return sheet
    taken = {name: _taken(sheet.columns[name], path) for name, path in wanted.items()}
    return replace(sheet, columns={**sheet.columns, **taken})


def _taken(values: pa.StringArray, path: str) -> pa.StringArray:
    encoded = values.dictionary_encode()
    words = [value_at(word, path) for word in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


def value_at(cell: str, path: str) -> str:
    """What lies at `path` (names and `*` joined by dots) of a cell of JSON; a cell of plain words is left as it is."""
    if not cell.startswith(("[", "{")):
        return cell
    try:
        told = json.loads(cell)
    except ValueError:
        return UNREADABLE
    return ";".join(dict.fromkeys(_found(told, path.split("."))))


def _found(told: object, path: list[str]) -> Iterator[str]:
    if not path or told is None:
        if isinstance(told, str | int | float) and not isinstance(told, bool) and str(told).strip():
            yield str(told).strip()
        return
    if path[0] == "*":
        for entry in told if isinstance(told, list) else ():
            yield from _found(entry, path[1:])
    elif isinstance(told, dict):
        yield from _found(told.get(path[0]), path[1:])
