"""Outlines beside the rows, for those who asked for them."""

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.answers import Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.units import Units
from trigpoint.store.shapes import fetch_shapes, fetch_street_shapes

__all__ = ["geometry_part"]


def geometry_part(asked: Asked, units: Units, ids: NDArray[np.integer]) -> dict[str, Table]:
    """A part "geometry" with one `wkb` (EPSG:27700) a row; none for cells, whose code is their outline."""
    if not asked.question.geometry or units.resolution is not None:
        return {}
    with asked.version.cursor() as cursor:
        streets = units.level == "street"
        found = fetch_street_shapes(cursor) if streets else fetch_shapes(cursor, units.level)["wkb"]
    return {"geometry": {"wkb": [bytes(found[number]) for number in ids.tolist()]}}
