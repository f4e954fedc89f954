"""Points and geometry of a file to EPSG:27700 metres, the one system every fact is kept in."""

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_national_grid

Floats = NDArray[np.float64]

BRITAIN = (-9.0, 49.5, 3.0, 61.5)
"""West, south, east, north in degrees: a point outside is a slip of the pen, not a place."""
GRID = (0.0, 0.0, 700_000.0, 1_300_000.0)
"""The same in metres of the National Grid."""
DEGREES = (4326, 4258)
"""WGS 84 and ETRS89, which differ by less than a metre here."""


def to_grid(geometry: NDArray[np.object_], crs: str) -> NDArray[np.object_]:
    """Geometries in EPSG:27700, without heights, missing ones left missing. Shape (n,). Raises pyproj's CRSError."""
    flat = np.asarray(shapely.force_2d(geometry), dtype=object)
    system = pyproj.CRS.from_user_input(crs)
    if system.to_epsg() == 27700:
        return flat
    if system.to_epsg() not in DEGREES and not system.equals("OGC:CRS84"):
        to_degrees = pyproj.Transformer.from_crs(system, "EPSG:4326", always_xy=True)
        flat = np.asarray(shapely.transform(flat, to_degrees.transform, interleaved=False), dtype=object)
    return np.asarray(shapely.transform(flat, to_national_grid, interleaved=False), dtype=object)


def within(x: Floats, y: Floats, bounds: tuple[float, float, float, float]) -> NDArray[np.bool_]:
    """Which points lie in west, south, east, north (edges included)."""
    west, south, east, north = bounds
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)
