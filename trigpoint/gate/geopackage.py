"""Tables as a GeoPackage in the British National Grid: a layer for each that has a place, and a table `about`."""

import os
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from trigpoint.gate.export_tables import FlatTable, are_days

__all__ = ["ABOUT_LAYER", "GRID", "geopackage_bytes"]

ABOUT_LAYER = "about"
VERSION = "1.2"
"""Of the format: QGIS before 3.34 warns of each layer of a newer one, and nothing newer is used."""
GRID = "EPSG:27700"
_MULTI = {"Polygon": "MultiPolygon", "LineString": "MultiLineString"}


def geopackage_bytes(
    tables: Sequence[FlatTable], about: Sequence[tuple[str, str]], at: datetime, *, folder: Path
) -> bytes:
    """The file's bytes. GDAL, which is inside pyogrio's wheel, writes it in a directory of its own under `folder`.

    Column types follow the values: whole numbers, decimals, booleans, days or text; None is NULL. A table without a place
    is a table without geometry. Each layer says its marking and what it is as its description. Nothing of the instant or
    the machine but `at` is in the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix="export-") as room:
        path = Path(room, "export.gpkg")
        for table in (*tables, _about_table(about)):
            _write(path, table, f"{about[0][1]}. {about[1][1]}")
        _say_when(path, at)
        return path.read_bytes()


def _about_table(about: Sequence[tuple[str, str]]) -> FlatTable:
    names, values = (tuple(column) for column in zip(*about, strict=True))
    return FlatTable(ABOUT_LAYER, {"what": names, "says": values})


def _write(path: Path, table: FlatTable, description: str) -> None:
    names = [_own_name(name) for name in table.columns]
    columns = [_typed(values, name in table.decimals) for name, values in table.columns.items()]
    placed = table.shapes is not None and any(one is not None for one in table.shapes)
    shapes, kind = _of_one_kind(table.shapes or ()) if placed else (None, None)
    pyogrio.raw.write(
        os.fspath(path),
        geometry=shapes,
        field_data=[values for values, _ in columns],
        field_mask=[mask for _, mask in columns],
        fields=np.array(names, dtype=object),
        layer=table.name.replace(" ", "_"),
        driver="GPKG",
        geometry_type=kind,
        crs=GRID if placed else None,
        append=path.exists(),
        dataset_options=None if path.exists() else {"VERSION": VERSION},
        layer_options={"DESCRIPTION": description},
    )


def _own_name(name: str) -> str:
    """GDAL keeps `fid` and `geom` for itself."""
    return f"{name}_" if name.lower() in ("fid", "geom") else name


def _typed(values: tuple[Any, ...], decimal: bool) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """The values as a column GDAL can write, and which of them are NULL."""
    known = [one for one in values if one is not None]
    blank = np.array([one is None for one in values], dtype=bool)
    mask = blank if blank.any() else None
    if known and all(isinstance(one, bool) for one in known):
        return np.array([bool(one) for one in values], dtype=bool), mask
    if known and not decimal and all(isinstance(one, int) and not isinstance(one, bool) for one in known):
        return np.array([0 if one is None else one for one in values], dtype=np.int64), mask
    if decimal or (
        known and all(isinstance(one, int | float) and not isinstance(one, bool) for one in known)
    ):
        return np.array([np.nan if one is None else one for one in values], dtype=np.float64), mask
    if are_days(values):
        return np.array(["NaT" if one is None else one for one in values], dtype="datetime64[D]"), mask
    return np.array([None if one is None else str(one) for one in values], dtype=object), None


def _of_one_kind(shapes: Sequence[bytes | None]) -> tuple[NDArray[Any], str]:
    """A layer has one kind of shape: single ones are made many where any is many."""
    drawn = shapely.from_wkb(np.array(shapes, dtype=object))
    kinds = {one.geom_type for one in drawn if one is not None}
    multi = {_MULTI.get(kind, kind) for kind in kinds}
    if len(kinds) == 1:
        return shapely.to_wkb(drawn), kinds.pop()
    kind = multi.pop() if len(multi) == 1 else "Unknown"
    many = [
        one if one is None or one.geom_type not in _MULTI or kind == "Unknown" else _many(one)
        for one in drawn
    ]
    return shapely.to_wkb(np.array(many, dtype=object)), kind


def _many(shape: Any) -> Any:
    parts = [shape]
    return shapely.multipolygons(parts) if shape.geom_type == "Polygon" else shapely.multilinestrings(parts)


def _say_when(path: Path, at: datetime) -> None:
    """GDAL writes the instant of writing; the file says the instant of asking."""
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute(
            "UPDATE gpkg_contents SET last_change = ?", (f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",)
        )
