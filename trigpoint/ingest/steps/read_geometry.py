"""A layer's geometry, checked and brought to the National Grid."""

import numpy as np
import pyarrow as pa
import pyproj
import shapely
from numpy.typing import NDArray

from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.sheet import Fault
from trigpoint.ingest.steps.coordinates import to_grid

MOST_VERTICES = 1_000_000
"""In one geometry. The coast of Britain at full resolution has about half as many."""
BYTES_A_VERTEX = 32
"""At most, in WKB (x, y, height, measure)."""
REACH_M = (-500_000.0, -500_000.0, 1_300_000.0, 1_800_000.0)
"""West, south, east, north of anything that could be on a map of Britain and the seas and neighbours around it."""
FAR_SHARE = 0.5
"""From this share of geometries outside on, the system is wrong rather than a geometry."""
OUTSIDE_RULE = "outside Britain"
OUTSIDE_ADVICE = "Check the geometry's coordinates."
NO_SYSTEM = (
    "The layer does not say its coordinate system (a Shapefile needs its .prj file). Ask for it, or, if it is known, add "
    "`crs: EPSG:27700` (or what it is) to the definition."
)
WRONG_SYSTEM = (
    "The layer's coordinates are impossible in the coordinate system that it states. Ask for it saved again in the right "
    "one."
)


def grid_shapes(
    geometry: NDArray[np.object_] | None, stated: object, told: str | None, kind: str, count: int
) -> tuple[pa.BinaryArray, tuple[Fault, ...]]:
    """WKB in EPSG:27700 (null where missing or empty) and the geometries that lie outside Britain, by row.

    `stated` is the layer's system, `told` the definition's for a layer that states none. Raises LoadRefused for a system
    that is missing or wrong, coordinates that are no numbers, and geometries with more than MOST_VERTICES vertices.
    """
    if geometry is None or all(shape is None for shape in geometry):
        return pa.nulls(count, pa.binary()), ()
    _refuse_large(geometry)
    # GeoJSON without a word is in longitude and latitude, by its standard.
    system = str(stated or told or ("EPSG:4326" if kind == "json" else ""))
    if not system:
        raise LoadRefused(NO_SYSTEM)
    shapes = _understood(geometry)
    _refuse_impossible(shapes, system)
    try:
        on_grid = to_grid(shapes, system)
    except (shapely.errors.GEOSException, pyproj.exceptions.ProjError, ValueError) as fault:
        raise LoadRefused(WRONG_SYSTEM) from fault
    present = np.array([shape is not None and not shape.is_empty for shape in on_grid], dtype=np.bool_)
    wkb = pa.array(np.where(present, shapely.to_wkb(on_grid), None), pa.binary())
    return wkb, _outside(on_grid, present)


def _refuse_large(geometry: NDArray[np.object_]) -> None:
    for row, wkb in enumerate(geometry, start=1):
        if wkb is not None and len(wkb) > MOST_VERTICES * BYTES_A_VERTEX:
            raise LoadRefused(_too_many(row))


def _too_many(row: int) -> str:
    return f"The geometry of row {row} has more than {MOST_VERTICES:,} vertices. Ask for a generalised version of the layer."


def _understood(geometry: NDArray[np.object_]) -> NDArray[np.object_]:
    try:
        shapes = np.asarray(shapely.from_wkb(geometry), dtype=object)
    except (shapely.errors.ShapelyError, TypeError, ValueError) as fault:
        raise LoadRefused("The layer's geometry or its coordinate system cannot be understood.") from fault
    vertices = shapely.get_num_coordinates(shapes)
    if vertices.max(initial=0) > MOST_VERTICES:
        raise LoadRefused(_too_many(int(vertices.argmax()) + 1))
    coordinates, rows = shapely.get_coordinates(shapes, return_index=True)
    wrong = ~np.isfinite(coordinates).all(axis=1)
    if wrong.any():
        raise LoadRefused(
            f"The geometry of row {int(rows[wrong][0]) + 1} has a coordinate that is no number. Ask for the layer again."
        )
    return shapes


def _refuse_impossible(shapes: NDArray[np.object_], system: str) -> None:
    """Degrees beyond the globe, or metres so small that they are degrees."""
    try:
        known = pyproj.CRS.from_user_input(system)
    except pyproj.exceptions.CRSError as fault:
        raise LoadRefused("The layer's geometry or its coordinate system cannot be understood.") from fault
    west, south, east, north = shapely.total_bounds(shapes)
    if np.isnan(west):
        return
    within_degrees = west >= -180 and east <= 180 and south >= -90 and north <= 90
    if known.is_geographic != within_degrees:
        raise LoadRefused(WRONG_SYSTEM)


def _outside(shapes: NDArray[np.object_], present: NDArray[np.bool_]) -> tuple[Fault, ...]:
    bounds = shapely.bounds(shapes)
    west, south, east, north = REACH_M
    with np.errstate(invalid="ignore"):
        inside = (
            (bounds[:, 0] >= west)
            & (bounds[:, 1] >= south)
            & (bounds[:, 2] <= east)
            & (bounds[:, 3] <= north)
        )
    outside = present & ~inside
    if present.any() and outside.sum() > FAR_SHARE * present.sum():
        raise LoadRefused(WRONG_SYSTEM)
    return (Fault(outside, "the geometry", OUTSIDE_RULE, OUTSIDE_ADVICE),) if outside.any() else ()
