"""Rows of an answer as shapes in longitude and latitude (WGS 84), as GeoJSON has them."""

import json
from typing import Any

import h3
import numpy as np
import shapely

from trigpoint.core.geography.crs import to_lonlat, to_national_grid
from trigpoint.gate.answers import Answer, Column, Table
from trigpoint.gate.denial import QuestionError

__all__ = ["feature_geometry", "grid_geometry", "lonlat_geometry", "simplified"]

DIGITS = 6
"""Decimals of a degree: 11 cm."""


def feature_geometry(answer: Answer) -> list[dict[str, Any] | None]:
    """A geometry for each row: the outline where the answer has outlines, else the cell, else the point.

    Raises QuestionError for answers that have no place, and for units whose outlines were not asked for.
    """
    columns = answer.columns
    if "wkb" in columns:
        return lonlat_geometry(columns["wkb"])
    if "geometry" in answer.parts:
        return lonlat_geometry(answer.parts["geometry"]["wkb"])
    if str(answer.about.get("level", "")).startswith("cell") and answer.kind in (
        "counts",
        "hotspots",
        "picture",
    ):
        return [_hexagon(str(code)) for code in columns["code"]]
    if "easting_m" in columns:
        return _points(columns["easting_m"], columns["northing_m"])
    raise QuestionError(f"'{answer.kind}' has no outlines in this answer: ask for another format.")


def lonlat_geometry(wkb: Column) -> list[dict[str, Any] | None]:
    """WKB in EPSG:27700 as GeoJSON geometries."""
    if not len(wkb):
        return []
    shapes = shapely.from_wkb(list(wkb))
    return _as_geojson(shapely.transform(shapes, _to_degrees))


def simplified(wkb: Column, tolerance_m: float) -> list[dict[str, Any] | None]:
    """Areas of one level, drawn with fewer points; neighbours keep their shared edge. Tolerance in metres."""
    if not len(wkb):
        return []
    shapes = shapely.coverage_simplify(shapely.from_wkb(list(wkb)), tolerance_m)
    return _as_geojson(shapely.transform(shapes, _to_degrees))


def _to_degrees(points: Any) -> Any:
    return np.column_stack(to_lonlat(points[:, 0], points[:, 1]))


def _as_geojson(shapes: Any) -> list[dict[str, Any] | None]:
    rounded = shapely.transform(shapes, lambda points: np.round(points, DIGITS))
    return [None if shape is None else json.loads(shapely.to_geojson(shape)) for shape in rounded]


def _hexagon(code: str) -> dict[str, Any]:
    ring = [[round(lon, DIGITS), round(lat, DIGITS)] for lat, lon in h3.cell_to_boundary(code)]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _points(easting_m: Any, northing_m: Any) -> list[dict[str, Any] | None]:
    lon, lat = to_lonlat(np.asarray(easting_m, dtype=float), np.asarray(northing_m, dtype=float))
    return [
        None if np.isnan(x) else {"type": "Point", "coordinates": [round(x, DIGITS), round(y, DIGITS)]}
        for x, y in zip(lon.tolist(), lat.tolist(), strict=True)
    ]


def grid_geometry(table: Table, answer: Answer) -> tuple[bytes | None, ...] | None:
    """A WKB in EPSG:27700 (metres) for each row of the answer's rows or of one of its parts; None where it has no place.

    The outline where there is one, else the hexagon that a code names, else the point; None for a row without any.
    """
    if "wkb" in table:
        return tuple(bytes(one) for one in table["wkb"])
    if table is answer.columns and "geometry" in answer.parts:
        return tuple(bytes(one) for one in answer.parts["geometry"]["wkb"])
    codes = [str(code) for code in table["code"]] if "code" in table else []
    if codes and all(not code or h3.is_valid_cell(code) for code in codes):
        return tuple(_grid_hexagon(code) if code else None for code in codes)
    if "easting_m" not in table:
        return None
    east, north = (np.asarray(table[name], dtype=float) for name in ("easting_m", "northing_m"))
    return tuple(
        None if np.isnan(x) else shapely.to_wkb(shapely.Point(x, y))
        for x, y in zip(east.tolist(), north.tolist(), strict=True)
    )


def _grid_hexagon(code: str) -> bytes:
    lat, lon = zip(*h3.cell_to_boundary(code), strict=True)
    whole: bytes = shapely.to_wkb(shapely.Polygon(np.column_stack(to_national_grid(lon, lat))))
    return whole
