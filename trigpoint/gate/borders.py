"""Which districts places reach into: a street lies where its line runs, not where its middle is."""

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.gate.units import Units
from trigpoint.gate.walking_ground import outlines_of

__all__ = ["districts_reached"]

LEAST_M = 5.0
"""So much of a street must lie in a district: a street that only ends at the border, or whose line is drawn a little
off it, does not reach across."""


def districts_reached(units: Units, ids: NDArray[np.integer]) -> list[int]:
    """Dense ids of the districts that any of the units reaches into, ascending, distinct.

    Of a street segment its whole line counts; of every other unit (and of an anchor point, which is one) its own point.
    """
    own = {one for one in units.districts(ids).tolist() if one >= 0}
    if units.level == "street" and not units.version.streets.anchors and len(ids):
        lines = outlines_of(units.version, "street", None, ids)
        outlines = outlines_of(
            units.version, "district", None, np.arange(len(units.version.areas("district").codes))
        )
        inside_m = shapely.length(shapely.intersection(lines[:, None], outlines[None, :]))
        own |= set(np.flatnonzero((inside_m >= LEAST_M).any(axis=0)).tolist())
    return sorted(own)
