"""Points and geometry of a file to EPSG:27700 metres, the one system every fact is kept in."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_national_grid

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Bounds = tuple[float, float, float, float]
System = Literal["metres", "degrees", "mixed"]
"""What two columns say they hold. `mixed`: either, row by row."""

BRITAIN = (-9.0, 49.5, 3.0, 61.5)
"""West, south, east, north in degrees: a point outside is a slip of the pen, not a place."""
GRID = (0.0, 0.0, 700_000.0, 1_300_000.0)
"""The same in metres of the National Grid."""
LEAST_METRES = 5_000.0
"""No land of the grid has both coordinates below this, so small numbers cannot be metres."""
DEGREES = (4326, 4258)
"""WGS 84 and ETRS89, which differ by less than a metre here."""
FAR_M = 20_000.0
"""Within this of the county a point is taken as it is told; beyond, it is counted as far away."""


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


def within(x: Floats, y: Floats, bounds: Bounds) -> Bools:
    """Which points lie in west, south, east, north (edges included)."""
    west, south, east, north = bounds
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


@dataclass(frozen=True, slots=True)
class ToldApart:
    """What pairs of numbers mean, each array of shape (n,).

    Metres of EPSG:27700, NaN where a pair is no point in Great Britain whichever way it is read. `exchanged` and
    `other_system` mark what was put right; `far` the points more than FAR_M outside the county, left where they are.
    """

    easting_m: Floats
    northing_m: Floats
    exchanged: Bools
    other_system: Bools
    far: Bools

    @property
    def corrected(self) -> Bools:
        return self.exchanged | self.other_system


def told_apart(x: Floats, y: Floats, system: System, county: Bounds | None) -> ToldApart:
    """Read pairs of numbers as metres or degrees, as told or exchanged. `x` and `y` have shape (n,), NaN allowed.

    Degrees and metres cannot be mistaken for one another, nor longitude for latitude. Easting and northing can: they
    are exchanged only where the pair as told lies far outside the county and exchanged lies within it (or where only
    the exchanged pair is in Great Britain at all), so that a point in or near the county never moves. With no county
    known, a pair that is in Great Britain stays as told.
    """
    degrees, lat_first = within(x, y, BRITAIN), within(y, x, BRITAIN)
    metres, north_first = _metres(x, y), _metres(y, x)
    swapped = north_first & ~metres
    if county is not None:
        swapped |= metres & north_first & ~within(x, y, widened(county, FAR_M)) & within(y, x, county)
    exchanged = swapped | lat_first
    east, north = np.where(exchanged, y, x), np.where(exchanged, x, y)
    angular = degrees | lat_first
    from_degrees = to_national_grid(np.where(angular, east, np.nan), np.where(angular, north, np.nan))
    linear = metres | north_first
    easting = np.where(angular, from_degrees[0], np.where(linear, east, np.nan))
    northing = np.where(angular, from_degrees[1], np.where(linear, north, np.nan))
    other = (angular & (system == "metres")) | (linear & (system == "degrees"))
    known = np.isfinite(easting)
    far = known & ~within(easting, northing, widened(county, FAR_M)) if county else np.zeros(len(x), np.bool_)
    return ToldApart(easting, northing, exchanged, other, far)


def _metres(easting: Floats, northing: Floats) -> Bools:
    return within(easting, northing, GRID) & (np.maximum(easting, northing) >= LEAST_METRES)


def widened(bounds: Bounds, by_m: float) -> Bounds:
    """Bounds with a margin on every side."""
    west, south, east, north = bounds
    return west - by_m, south - by_m, east + by_m, north + by_m


def no_place(x: Floats, y: Floats) -> Bools:
    """Which pairs are how systems write that they have no point: 0 and 0, -1 and -1, or one of these beside metres."""
    empty_x, empty_y = (np.abs(x) < 1) | (x == -1), (np.abs(y) < 1) | (y == -1)
    both: Bools = empty_x & empty_y
    beside: Bools = (empty_x & (np.abs(y) >= LEAST_METRES)) | (empty_y & (np.abs(x) >= LEAST_METRES))
    return both | beside
