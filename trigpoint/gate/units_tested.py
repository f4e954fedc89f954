"""Which units a test looks at, empty ones among them, and which of those lie in the places asked about."""

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.units import Units
from trigpoint.gate.within import Place
from trigpoint.store.counts import occupied_beyond
from trigpoint.store.questions import Selection

__all__ = ["units_inside", "units_tested"]

Ids = NDArray[np.integer]


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
