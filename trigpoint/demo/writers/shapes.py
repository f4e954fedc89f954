"""Geometry files: GeoJSON in degrees, GeoPackage in metres, by the GDAL inside pyogrio."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

_TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def write_geojson(path: Path, shapes: NDArray[Any], columns: Mapping[str, NDArray[Any]]) -> int:
    """Polygons (EPSG:27700) as GeoJSON in longitude and latitude, six decimals; returns the number of features."""
    degrees = shapely.transform(shapes, _TO_DEGREES.transform, interleaved=False)
    options = {"COORDINATE_PRECISION": "6", "RFC7946": "NO"}
    _write(path, degrees, columns, layer=path.stem, crs="EPSG:4326", driver="GeoJSON", options=options)
    return len(shapes)


def write_geopackage(
    path: Path, layer: str, shapes: NDArray[Any], columns: Mapping[str, NDArray[Any]], *, append: bool = False
) -> int:
    """One layer of a GeoPackage in EPSG:27700; `append` adds a layer to an existing file; returns the number of features."""
    options = {"GEOMETRY_NAME": "geometry"}
    _write(
        path, shapes, columns, layer=layer, crs="EPSG:27700", driver="GPKG", options=options, append=append
    )
    return len(shapes)


def _write(
    path: Path,
    shapes: NDArray[Any],
    columns: Mapping[str, NDArray[Any]],
    *,
    layer: str,
    crs: str,
    driver: str,
    options: Mapping[str, str],
    append: bool = False,
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not append:
        path.unlink(missing_ok=True)
    kinds = set(shapely.get_type_id(shapes).tolist())
    names = {0: "Point", 1: "LineString", 3: "Polygon", 6: "MultiPolygon", 5: "MultiLineString"}
    if kinds == {3, 6}:
        shapes = np.array(
            [shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes], dtype=np.object_
        )
        kinds = {6}
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(shapes),
        field_data=[np.asarray(column, dtype=_stored(column)) for column in columns.values()],
        fields=list(columns),
        layer=layer,
        driver=driver,
        crs=crs,
        geometry_type=names[kinds.pop()] if len(kinds) == 1 else "Unknown",
        layer_options=dict(options) if driver == "GPKG" else None,
        **({} if driver == "GPKG" else options),
    )


def _stored(column: NDArray[Any]) -> Any:
    return np.object_ if column.dtype.kind in "UO" else column.dtype
