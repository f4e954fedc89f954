"""H3 hexagons: the cell of a point, and the cells of a county.

Cells are kept as uint64 indexes. A cell belongs to the county when its *centre* lies in one of the wards, so
that the set does not depend on how a boundary is drawn between two vertices. H3 works in degrees; points in
metres go through `crs`, whose error (a few metres) is far below the width of a cell (about 130 m at resolution 10).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np
import shapely
from h3 import LatLngPoly
from h3.api import basic_int, numpy_int
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.geography.areas import AreaLocator
from trigpoint.core.geography.crs import to_lonlat, to_national_grid

__all__ = ["CountyCells", "cell_centres", "cells_of_points", "county_cells"]

_EDGE_M = {7: 1500.0, 8: 560.0, 9: 210.0, 10: 80.0}
"""Somewhat more than a cell's edge at each resolution: how far outside a boundary its cells may reach."""


@dataclass(frozen=True, slots=True, eq=False)
class CountyCells:
    """The cells of one resolution whose centre lies in the county, ascending by `h3`; arrays of length n.

    `h3` uint64; `easting_m`, `northing_m` float64, the centre in EPSG:27700; `area` int32, the position of
    the area that holds the centre, never -1.
    """

    h3: NDArray[np.uint64]
    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    area: NDArray[np.int32]


def cells_of_points(
    easting_m: ArrayLike, northing_m: ArrayLike, resolutions: Sequence[int]
) -> dict[int, NDArray[np.uint64]]:
    """The cell that holds each point, uint64[n] by resolution; 0 (never a cell) where a coordinate is NaN.

    A finer cell does not lie wholly in the coarser one, so each resolution is asked for itself. Costs about
    0.6 µs a point and resolution: give it distinct points. Raises ValueError for a resolution outside 0..15.
    """
    for resolution in resolutions:
        if not 0 <= resolution <= 15:
            raise ValueError(f"{resolution} is not an H3 resolution")
    lon, lat = to_lonlat(easting_m, northing_m)
    placed = np.flatnonzero(np.isfinite(lon))
    lats, lons = lat[placed].tolist(), lon[placed].tolist()
    found = {}
    for resolution in resolutions:
        at = map(basic_int.latlng_to_cell, lats, lons, repeat(resolution))
        found[resolution] = np.zeros(lon.size, dtype=np.uint64)
        found[resolution][placed] = np.fromiter(at, dtype=np.uint64, count=placed.size)
    return found


def cell_centres(cells: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Easting and northing in metres (EPSG:27700) of each cell's centre; `cells` is uint64[n], all valid."""
    ids = np.asarray(cells, dtype=np.uint64)
    at = basic_int.cell_to_latlng
    flat = np.fromiter(chain.from_iterable(at(c) for c in ids.tolist()), dtype=np.float64, count=2 * ids.size)
    return to_national_grid(flat[1::2], flat[0::2])


def county_cells(locator: AreaLocator, resolution: int) -> CountyCells:
    """Every cell of a resolution whose centre lies in one of the locator's areas (usually the wards).

    Cells are gathered from a generous outline and then each centre is tested against the areas themselves.
    Resolution 10 of a large county is some 280,000 cells and takes about a second.
    """
    outline = shapely.union_all(locator.polygons) if locator.polygons.size else shapely.Polygon()
    edge_m = _EDGE_M.get(resolution, 1500.0)
    generous = outline.buffer(2 * edge_m).simplify(edge_m / 2)
    found = [_cells_in(part, resolution) for part in shapely.get_parts(generous) if not part.is_empty]
    cells = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)
    easting, northing = cell_centres(cells)
    area = locator.locate(easting, northing)
    kept = area >= 0
    return CountyCells(cells[kept], easting[kept], northing[kept], area[kept])


def _cells_in(polygon: shapely.Polygon, resolution: int) -> NDArray[np.uint64]:
    rings = [polygon.exterior, *polygon.interiors]
    loops = []
    for ring in rings:
        lon, lat = to_lonlat(*shapely.get_coordinates(ring).T)
        loops.append(list(zip(lat.tolist(), lon.tolist(), strict=True)))
    found: NDArray[np.uint64] = numpy_int.polygon_to_cells(LatLngPoly(*loops), resolution)
    return found
