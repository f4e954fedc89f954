"""An answer as a page of features."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer
from trigpoint.gate.export_tables import FlatTable, flat_tables
from trigpoint.web.ogc.collections import Collection
from trigpoint.web.ogc.reading import GRID_CRS, Wanted

__all__ = ["Page", "feature", "page_of", "table_of"]

Json = dict[str, Any]
DIGITS = {True: 1, False: 6}
"""Decimals of a coordinate: a decimetre on the grid, 11 cm in degrees."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the features that match: `matched` of them in all."""

    features: tuple[Json, ...]
    matched: int


def table_of(collection: Collection, answer: Answer) -> FlatTable:
    """The rows that are this collection's features, with their shapes (EPSG:27700)."""
    wanted = collection.part or flat_tables(answer)[0].name
    return next(one for one in flat_tables(answer, shapes=True) if one.name == wanted)


def page_of(collection: Collection, table: FlatTable, wanted: Wanted) -> Page:
    """Features in the answer's own order, which does not depend on what the viewer may not see."""
    at = np.arange(table.rows)
    shapes = shapely.from_wkb(np.array(table.shapes or [None] * table.rows, dtype=object))
    if wanted.box is not None and at.size:
        shapely.prepare(wanted.box)
        at = at[shapely.intersects(wanted.box, shapes[at])]
    if wanted.since is not None and collection.dated == "on":
        at = at[[_in_force_since(table.columns, row, wanted.since) for row in at.tolist()]] if at.size else at
    chosen = at[wanted.offset : wanted.offset + wanted.limit]
    drawn = _drawn(shapes[chosen], wanted.crs)
    rows = chosen.tolist()
    features = [
        _feature(collection, table.columns, row, shape) for row, shape in zip(rows, drawn, strict=True)
    ]
    return Page(tuple(features), int(at.size))


def feature(collection: Collection, table: FlatTable, name: str, crs: str) -> Json | None:
    """The one feature of that name, or None."""
    for row in range(table.rows):
        if str(_name(collection, table.columns, row)) == name:
            shape = shapely.from_wkb(np.array([(table.shapes or [None] * table.rows)[row]], dtype=object))
            return _feature(collection, table.columns, row, _drawn(shape, crs)[0])
    return None


def _feature(
    collection: Collection, columns: Mapping[str, Sequence[Any]], row: int, shape: Json | None
) -> Json:
    return {
        "type": "Feature",
        "id": _name(collection, columns, row),
        "geometry": shape,
        "properties": {name: values[row] for name, values in columns.items()},
    }


def _name(collection: Collection, columns: Mapping[str, Sequence[Any]], row: int) -> str | int:
    named: str | int = columns[collection.key][row] if collection.key else row + 1
    return named


def _in_force_since(columns: Mapping[str, Sequence[Any]], row: int, since: date) -> bool:
    ends = columns["ends"][row]
    return ends is None or date.fromisoformat(str(ends)) >= since


def _drawn(shapes: Any, crs: str) -> list[Json | None]:
    """GeoJSON geometries in a reference system; None where there is none."""
    if not len(shapes):
        return []
    on_grid = crs == GRID_CRS
    turned = shapes if on_grid else shapely.transform(shapes, _to_degrees)
    rounded = shapely.transform(turned, lambda points: np.round(points, DIGITS[on_grid]))
    return [None if one is None else json.loads(shapely.to_geojson(one)) for one in rounded]


def _to_degrees(points: Any) -> Any:
    return np.column_stack(to_lonlat(points[:, 0], points[:, 1]))
