"""Which units a test looks at, empty ones among them, and which of those lie in the places asked about."""

import h3
import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.along import FINEST
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.units import Units
from trigpoint.gate.within import Place
from trigpoint.store.counts import occupied_beyond
from trigpoint.store.questions import Selection

__all__ = ["units_inside", "units_tested"]

Ids = NDArray[np.integer]
Metres = NDArray[np.float64]
CELL_M = 100.0
"""More than a hexagon of resolution 10 is wide from its middle."""


def units_tested(asked: Asked, units: Units) -> Ids:
    """Dense ids, in an order that no hidden record changes.

    Every area; every street that may be told; every cell of the county, and every cell beyond it that holds a
    permitted record.
    """
    if units.resolution is None:
        seen = asked.streets_seen() if units.level == "street" else np.ones(units.size, dtype=bool)
        return units.in_order(np.flatnonzero(seen))
    inside = asked.version.cells(units.resolution).in_county
    chosen = asked.selection
    known = Selection(known_at=chosen.known_at, without_categories=chosen.without_categories)
    with asked.records() as cursor:
        beyond = occupied_beyond(cursor, known, units.column, inside)
    return np.concatenate([np.arange(inside), units.in_order(beyond)])


def units_inside(places: tuple[Place, ...], units: Units, ids: Ids) -> NDArray[np.bool_]:
    """Which of the units lie in any of the places, bool[n]; all where there is none. Raises QuestionError."""
    if not places:
        return np.ones(len(ids), dtype=bool)
    inside = np.zeros(len(ids), dtype=bool)
    for place in places:
        inside |= _inside_one(place, units, ids)
    return inside


def _inside_one(place: Place, units: Units, ids: Ids) -> NDArray[np.bool_]:
    if place.kind == "route":
        return _along_one(place, units, ids)
    if place.kind == "ward":
        return np.equal(units.wards(ids), place.id)
    if place.kind == "district":
        return np.equal(units.districts(ids), place.id)
    if place.column == units.column:
        return np.equal(ids, place.id)
    if place.kind == "locality":
        towns = units.version.localities
        easting_m, northing_m = units.points(ids)
        away = np.hypot(easting_m - towns.easting_m[place.id], northing_m - towns.northing_m[place.id])
        return np.asarray(away <= towns.radius_m[place.id])
    raise QuestionError("This can be narrowed to a district, a ward, a town or one of the units tested.")


def _along_one(place: Place, units: Units, ids: Ids) -> NDArray[np.bool_]:
    """Which units lie along a route: a street by its middle, what is larger where it holds a hexagon along it.

    Whether a hexagon beyond the county is known hangs on its records, so larger units go by the county's alone.
    """
    if units.column == place.column:
        return np.isin(ids, place.members)
    cells = units.version.cells(FINEST)
    members = np.array([one for one in place.members if one < cells.in_county], dtype=np.int64)
    if units.level in ("ward", "district"):
        return np.isin(ids, np.unique(getattr(cells, units.level)[members]))
    middles = cells.easting_m[members], cells.northing_m[members]
    if units.resolution is not None:
        held = set(_codes_at(*middles, units.resolution))
        return np.array([code in held for code in units.codes(ids)], dtype=bool)
    if units.level == "street":
        return _middles_along(units, ids, {format(one, "x") for one in cells.h3[members].tolist()}, *middles)
    raise QuestionError("Along a route, places are told as hexagons, streets, wards or districts.")


def _middles_along(units: Units, ids: Ids, along: set[str], east: Metres, north: Metres) -> NDArray[np.bool_]:
    """Which streets have their middle in a hexagon along the route; only those near enough are looked up."""
    inside = np.zeros(len(ids), dtype=bool)
    if not along:
        return inside
    easting_m, northing_m = units.points(ids)
    near = np.flatnonzero(
        (easting_m >= east.min() - CELL_M) & (easting_m <= east.max() + CELL_M)
        & (northing_m >= north.min() - CELL_M) & (northing_m <= north.max() + CELL_M)
    )  # fmt: skip
    inside[near] = [code in along for code in _codes_at(easting_m[near], northing_m[near], FINEST)]
    return inside


def _codes_at(easting_m: Metres, northing_m: Metres, resolution: int) -> list[str]:
    lon, lat = to_lonlat(easting_m, northing_m)
    return [str(h3.latlng_to_cell(y, x, resolution)) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]
