"""An answer as a page of features."""

import hashlib
import json
from collections import Counter
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
from trigpoint.web.ogc.schemas import COLUMNS

__all__ = ["Page", "feature", "page_of", "table_of"]

Json = dict[str, Any]
Columns = Mapping[str, Sequence[Any]]
DIGITS = {True: 1, False: 6}
"""Decimals of a coordinate: a decimetre on the grid, 11 cm in degrees."""
NAME_BYTES = 8


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
    """Features in the answer's own order, which does not depend on what the viewer may not see; those with a place
    first, because programs tell from the first few what a layer is of."""
    shapes = shapely.from_wkb(np.array(table.shapes or [None] * table.rows, dtype=object))
    placeless = shapely.is_missing(shapes)
    at = np.argsort(placeless, kind="stable")
    if wanted.box is not None and at.size:
        shapely.prepare(wanted.box)
        at = at[placeless[at] | shapely.intersects(wanted.box, shapes[at])]
    if wanted.since is not None or wanted.until is not None:
        at = at[[_in_force(table.columns, row, wanted) for row in at.tolist()]] if at.size else at
    chosen = at[wanted.offset : wanted.offset + wanted.limit]
    drawn, names = _drawn(shapes[chosen], wanted.crs), _names(collection, table)
    rows = chosen.tolist()
    features = [
        _feature(collection, table.columns, row, names[row], shape)
        for row, shape in zip(rows, drawn, strict=True)
    ]
    return Page(tuple(features), int(at.size))


def feature(collection: Collection, table: FlatTable, name: str, crs: str) -> Json | None:
    """The one feature of that name, or None."""
    for row, known in enumerate(_names(collection, table)):
        if str(known) == name:
            shape = shapely.from_wkb(np.array([(table.shapes or [None] * table.rows)[row]], dtype=object))
            return _feature(collection, table.columns, row, known, _drawn(shape, crs)[0])
    return None


def _feature(collection: Collection, columns: Columns, row: int, name: str | int, shape: Json | None) -> Json:
    told = [one for one in COLUMNS[collection.kind] if one in columns]
    return {
        "type": "Feature",
        "id": name,
        "geometry": shape,
        "properties": {one: columns[one][row] for one in told},
    }


def _names(collection: Collection, table: FlatTable) -> list[str | int]:
    """What each row is known again by, whatever else is asked beside it: its key, or a digest of what tells it apart.

    Rows that nothing tells apart are numbered.
    """
    if isinstance(collection.key, str):
        return list(table.columns[collection.key])
    seen: Counter[str] = Counter()
    names: list[str | int] = []
    for told in zip(*(table.columns[one] for one in collection.key), strict=True):
        name = hashlib.blake2b(json.dumps(told).encode(), digest_size=NAME_BYTES).hexdigest()
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return names


def _in_force(columns: Columns, row: int, wanted: Wanted) -> bool:
    """Whether a notice was in force on some day that is wanted. One without an end goes on; one without a start began."""
    starts, ends = columns["starts"][row] or columns["served"][row], columns["ends"][row]
    over = wanted.since is not None and ends is not None and date.fromisoformat(str(ends)) < wanted.since
    yet = wanted.until is None or starts is None or date.fromisoformat(str(starts)) <= wanted.until
    return yet and not over


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
