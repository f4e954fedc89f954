"""The base map of a home: the county's own shapes, streets and boundaries as one PMTiles file.

GDAL (inside pyogrio) cuts each layer into tiles; `pmtiles` puts them together. Tiles stop at zoom 13, where
a tile's grid is finer than a metre; the browser enlarges them beyond. The file is named by a digest of what
it is drawn from, so a publication that changes no geography keeps the file there is.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyogrio.raw import write

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.upkeep.pmtiles import merge_into_pmtiles

__all__ = ["BaseMapFault", "base_map_name", "write_base_map"]

BASE_MAP_FORMAT = 2
"""Part of the file's name: raised when the layers change, so that a new program draws a new file."""

MIN_ZOOM, MAX_ZOOM = 6, 13
POLYGONS = ("neighbour_land", "land", "wood", "built", "park", "sea", "water")
LINES = ("river", "rail")
TOWN_STOPS = 40
"""A locality with this many bus stops is labelled as a town: a village may spread wide, but it has few stops."""

_TILE_OPTIONS = {"MAX_SIZE": "4000000", "MAX_FEATURES": "1000000", "COMPRESS": "YES"}


class BaseMapFault(RuntimeError):
    """The tiles could not be written."""


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """One layer's geometry (degrees) and columns, and the zooms at which it is drawn."""

    name: str
    kind: str
    shapes: NDArray[np.object_]
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    min_zoom: int = MIN_ZOOM


def base_map_name(deliveries: Iterable[tuple[int, str]], districts: Sequence[str]) -> str:
    """The file's name: a digest of the layers it is drawn from (delivery and file digest) and of the county."""
    told = repr((BASE_MAP_FORMAT, sorted(deliveries), sorted(districts)))
    return f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.pmtiles"


def write_base_map(store_file: Path, target: Path) -> bool:
    """Draw the base map of a store version into `target`, unless it is there. Says whether it was drawn.

    False too where the version has no geography to draw. Raises BaseMapFault; never leaves a partial file.
    """
    if target.exists():
        return False
    with duckdb.connect(str(store_file), read_only=True) as store:
        layers = [layer for layer in _layers(store) if len(layer.shapes)]
    if not layers:
        return False
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".drawing-") as folder:
        try:
            parts = [_cut(layer, Path(folder, f"{i}.mbtiles")) for i, layer in enumerate(layers)]
            merge_into_pmtiles(parts, Path(folder, "all.pmtiles"), bounds=_bounds(layers))
        except (pyogrio.errors.DataSourceError, OSError, RuntimeError) as fault:
            raise BaseMapFault("the base map's tiles could not be written") from fault
        os.replace(Path(folder, "all.pmtiles"), target)
    return True


def _bounds(layers: Sequence[_Layer]) -> tuple[float, float, float, float]:
    west, south, east, north = shapely.total_bounds(np.concatenate([layer.shapes for layer in layers]))
    return float(west), float(south), float(east), float(north)


def _cut(layer: _Layer, file: Path) -> Path:
    write(
        str(file),
        shapely.to_wkb(layer.shapes),
        list(layer.columns.values()),
        list(layer.columns),
        crs="EPSG:4326",
        geometry_type=layer.kind,
        driver="MBTiles",
        layer=layer.name,
        dataset_options={**_TILE_OPTIONS, "MINZOOM": str(layer.min_zoom), "MAXZOOM": str(MAX_ZOOM)},
    )
    return file


def _layers(store: duckdb.DuckDBPyConnection) -> Iterator[_Layer]:
    for name in POLYGONS:
        yield _Layer(name, "MultiPolygon", _multi(_shapes(store, name, 3)))
    for name in LINES:
        yield _Layer(name, "MultiLineString", _multi(_shapes(store, name, 1)))
    yield from _streets(store)
    yield from _boundaries(store)
    yield _labels(store)


def _shapes(store: duckdb.DuckDBPyConnection, name: str, part_type: int) -> NDArray[np.object_]:
    """The shapes of a class; of a mixed collection only the parts that its layer can hold."""
    found = store.execute("SELECT wkb FROM shape WHERE class = ?", [name]).fetchall()
    parts = shapely.get_parts(shapely.get_parts(_degrees([row[0] for row in found])))
    kept: NDArray[np.object_] = parts[shapely.get_type_id(parts) == part_type]
    return kept


def _multi(parts: NDArray[np.object_]) -> NDArray[np.object_]:
    collect = {3: shapely.multipolygons, 1: shapely.multilinestrings}
    made = np.empty(len(parts), dtype=object)
    for i, part in enumerate(parts):
        made[i] = collect[int(shapely.get_type_id(part))]([part])
    return made


def _degrees(wkb: Sequence[bytes]) -> NDArray[np.object_]:
    shapes = shapely.from_wkb(np.array(list(wkb), dtype=object))
    turned: NDArray[np.object_] = shapely.transform(
        np.asarray(shapes, dtype=object).reshape(-1),
        lambda xy: np.column_stack(to_lonlat(xy[:, 0], xy[:, 1])),
    )
    return turned


def _streets(store: duckdb.DuckDBPyConnection) -> Iterator[_Layer]:
    rows = store.execute(
        "SELECT id, code, name, road_class, wkb FROM street WHERE kind = 'segment' ORDER BY id"
    ).fetchall()
    columns = {
        "id": np.array([row[0] for row in rows], dtype=np.int32),
        **{
            name: _text([row[i] for row in rows]) for i, name in ((1, "code"), (2, "name"), (3, "road_class"))
        },
    }
    yield _Layer("street", "LineString", _degrees([row[4] for row in rows]), columns, min_zoom=8)


def _boundaries(store: duckdb.DuckDBPyConnection) -> Iterator[_Layer]:
    for level, name, min_zoom in ((1, "district", MIN_ZOOM), (2, "ward", 8)):
        rows = store.execute(
            "SELECT id, code, name, wkb FROM area WHERE level = ? ORDER BY id", [level]
        ).fetchall()
        lines = shapely.boundary(_degrees([row[3] for row in rows]))
        columns = {
            "id": np.array([row[0] for row in rows], dtype=np.int32),
            "code": _text([row[1] for row in rows]),
            "name": _text([row[2] for row in rows]),
        }
        yield _Layer(name, "MultiLineString", _multi_lines(lines), columns, min_zoom)


def _multi_lines(lines: NDArray[np.object_]) -> NDArray[np.object_]:
    made = np.empty(len(lines), dtype=object)
    for i, line in enumerate(lines):
        made[i] = shapely.multilinestrings(shapely.get_parts(line))
    return made


def _labels(store: duckdb.DuckDBPyConnection) -> _Layer:
    """Localities, those with most stops first; districts where there are none; and waters that have a name."""
    places = (
        store.execute(
            "SELECT name, easting_m, northing_m, CASE WHEN stops >= ? THEN 'town' ELSE 'village' END AS class "
            "FROM locality ORDER BY stops DESC, id",
            [TOWN_STOPS],
        ).fetchall()
        or store.execute(
            "SELECT name, easting_m, northing_m, 'town' FROM area WHERE level = 1 ORDER BY id"
        ).fetchall()
    )
    places += [
        (name, *shapely.point_on_surface(shapely.from_wkb(wkb)).coords[0][:2], kind)
        for kind, name, wkb in store.execute(
            "SELECT class, name, wkb FROM shape WHERE class IN ('sea', 'water') AND name IS NOT NULL"
        ).fetchall()
    ]
    lon, lat = to_lonlat([row[1] for row in places], [row[2] for row in places])
    columns = {
        "name": _text([row[0] for row in places]),
        "class": _text([row[3] for row in places]),
        "rank": np.arange(len(places), dtype=np.int32),
    }
    return _Layer("labels", "Point", shapely.points(lon, lat) if len(lon) else np.empty(0, object), columns)


def _text(values: Sequence[str | None]) -> NDArray[np.object_]:
    made = np.empty(len(values), dtype=object)
    made[:] = [value or "" for value in values]
    return made
