"""One PMTiles file from several MBTiles files.

GDAL writes vector tiles one layer a file. A vector tile is a protocol buffer whose layers may be concatenated,
so the same tile of several files, unpacked and put end to end, is one tile with all their layers. Written by
the PMTiles version 3 specification: header, root directory, metadata, leaf directories, tiles in Hilbert order.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import struct
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["merge_into_pmtiles", "tile_number"]

_GZIP, _VECTOR_TILE = 2, 1
_HEADER = "<7sB11Q6B4iB2i"
_HEADER_BYTES = struct.calcsize(_HEADER)
_ROOT_BYTES = 16_384 - _HEADER_BYTES
_LEAF_ENTRIES = 4096

TileKey = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A directory's line; a run of 0 points to a leaf directory."""

    number: int
    offset: int
    length: int
    run: int


def merge_into_pmtiles(
    parts: Sequence[Path], target: Path, *, bounds: tuple[float, float, float, float]
) -> None:
    """Write `target` with the layers of every part, in the order of the parts.

    `bounds` are west, south, east, north in degrees. Raises whatever reading or writing raises.
    """
    tiles: dict[TileKey, list[bytes]] = defaultdict(list)
    layers: list[dict[str, Any]] = []
    for part in parts:
        with closing(sqlite3.connect(part)) as file:
            layers += _layers(file)
            for z, x, y, packed in file.execute(
                "SELECT zoom_level, tile_column, (1 << zoom_level) - 1 - tile_row, tile_data FROM tiles"
            ):
                tiles[z, x, y].append(gzip.decompress(packed))
    _write(tiles, layers, target, bounds)


def _layers(file: sqlite3.Connection) -> list[dict[str, Any]]:
    row = file.execute("SELECT value FROM metadata WHERE name = 'json'").fetchone()
    found: list[dict[str, Any]] = json.loads(row[0])["vector_layers"] if row else []
    return found


def tile_number(z: int, x: int, y: int) -> int:
    """A tile's place in the file: all lower zooms first, then along the Hilbert curve of its own."""
    number = ((1 << (2 * z)) - 1) // 3
    side = 1 << z >> 1
    while side:
        right, down = int(bool(x & side)), int(bool(y & side))
        number += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        side >>= 1
    return number


def _write(
    tiles: dict[TileKey, list[bytes]],
    layers: list[dict[str, Any]],
    target: Path,
    bounds: tuple[float, float, float, float],
) -> None:
    entries: list[_Entry] = []
    stored: dict[bytes, tuple[int, int]] = {}
    contents: list[bytes] = []
    size = 0
    for number, key in sorted((tile_number(*key), key) for key in tiles):
        whole = b"".join(tiles[key])
        digest = hashlib.sha256(whole).digest()
        if digest not in stored:
            packed = gzip.compress(whole, 6, mtime=0)
            stored[digest] = (size, len(packed))
            contents.append(packed)
            size += len(packed)
        entries.append(_Entry(number, *stored[digest], 1))
    root, leaves = _directories(entries)
    metadata = gzip.compress(json.dumps({"vector_layers": _merged(layers)}).encode(), mtime=0)
    lengths = (len(root), len(metadata), len(leaves), size)
    zooms = sorted({z for z, _, _ in tiles}) or [0]
    with target.open("wb") as out:
        out.write(_header(lengths, len(entries), len(contents), (zooms[0], zooms[-1]), bounds))
        for block in (root, metadata, leaves, *contents):
            out.write(block)


def _merged(layers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One entry a layer: a layer written at two ranges of zoom spans both."""
    merged: dict[str, dict[str, Any]] = {}
    for layer in layers:
        known = merged.setdefault(layer["id"], dict(layer))
        known["minzoom"] = min(known["minzoom"], layer["minzoom"])
        known["maxzoom"] = max(known["maxzoom"], layer["maxzoom"])
    return list(merged.values())


def _header(
    lengths: tuple[int, int, int, int],
    entries: int,
    contents: int,
    zooms: tuple[int, int],
    bounds: tuple[float, float, float, float],
) -> bytes:
    offsets, at = [], _HEADER_BYTES
    for length in lengths:
        offsets += [at, length]
        at += length
    west, south, east, north = (round(degrees * 1e7) for degrees in bounds)
    clustered = 0
    return struct.pack(
        _HEADER, b"PMTiles", 3, *offsets, entries, entries, contents,
        clustered, _GZIP, _GZIP, _VECTOR_TILE, *zooms,
        west, south, east, north, zooms[0], (west + east) // 2, (south + north) // 2,
    )  # fmt: skip


def _directories(entries: list[_Entry]) -> tuple[bytes, bytes]:
    """The root directory and the leaves: none where everything fits in the root."""
    root = _directory(entries)
    if len(root) <= _ROOT_BYTES:
        return root, b""
    pointers: list[_Entry] = []
    leaves = b""
    for begin in range(0, len(entries), _LEAF_ENTRIES):
        leaf = _directory(entries[begin : begin + _LEAF_ENTRIES])
        pointers.append(_Entry(entries[begin].number, len(leaves), len(leaf), 0))
        leaves += leaf
    return _directory(pointers), leaves


def _directory(entries: list[_Entry]) -> bytes:
    numbers = [entry.number for entry in entries]
    steps = [now - before for before, now in zip([0, *numbers], numbers, strict=False)]
    columns = [steps, [e.run for e in entries], [e.length for e in entries], list(_offsets(entries))]
    plain = bytearray(_varint(len(entries)))
    for column in columns:
        for value in column:
            plain += _varint(value)
    return gzip.compress(bytes(plain), mtime=0)


def _offsets(entries: list[_Entry]) -> Iterator[int]:
    """0 where a tile follows the one before it in the file, else its offset plus one."""
    end = -1
    for entry in entries:
        yield 0 if entry.offset == end else entry.offset + 1
        end = entry.offset + entry.length


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
