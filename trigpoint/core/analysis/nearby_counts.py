"""Records within a distance of every place, month by month: the circles that an evaluation compares."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

__all__ = ["MonthCounts", "circles", "month_counts"]

Floats = NDArray[np.float64]
Ints = NDArray[np.integer]


class MonthCounts(NamedTuple):
    """Records of each unit in each month, int64[units, months], and how many records had no unit or no such month."""

    counts: NDArray[np.int64]
    left_out: int


def month_counts(unit: Ints, month: Ints, units: int, months: int) -> MonthCounts:
    """Add up records by their unit and month, int[n] each; what lies outside 0..units−1 or 0..months−1 is left out."""
    inside = (unit >= 0) & (unit < units) & (month >= 0) & (month < months)
    flat = unit[inside].astype(np.int64) * months + month[inside]
    counts = np.bincount(flat, minlength=units * months).reshape(units, months)
    return MonthCounts(counts, int(np.count_nonzero(~inside)))


def circles(easting_m: Floats, northing_m: Floats, radius_m: float) -> csr_array:
    """Which units' points lie within the distance of each unit's point, itself among them: 0 or 1, [units, units].

    `circles @ counts` are the records around every unit. Units are told by one point, so a long street counts where
    its middle is.
    """
    units = len(easting_m)
    pairs = cKDTree(np.column_stack([easting_m, northing_m])).query_pairs(radius_m, output_type="ndarray")
    own = np.arange(units)
    rows = np.concatenate([pairs[:, 0], pairs[:, 1], own])
    columns = np.concatenate([pairs[:, 1], pairs[:, 0], own])
    return csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(units, units))
