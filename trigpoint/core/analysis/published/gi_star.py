"""Getis–Ord Gi*: the worked example of pysal's tests, and probabilities by whole-number arithmetic."""

import numpy as np

from trigpoint.core.analysis.getis_ord import gi_star
from trigpoint.core.analysis.published.check import Check
from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["CHECKS"]

_VALUES = np.array([2.0, 3.0, 3.2, 5.0, 8.0, 7.0])
_AT = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)], dtype=np.float64)
_BAND = 15.0
_PUBLISHED = (-1.397276, -0.289178, 0.650650, -0.289178, 1.234521, 2.024243)
_SOURCE = "pysal esda, tests of Gi* on six points, binary band 15 with the point itself (Ord & Getis 1995)"


def _neighbours() -> Neighbours:
    away = np.hypot(*(_AT[:, None, :] - _AT[None, :, :]).transpose(2, 0, 1))
    beside = (away <= _BAND) & (away > 0)
    starts, ends = np.nonzero(beside)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(starts, minlength=len(_AT)))]).astype(np.int64)
    return Neighbours(indptr, ends.astype(np.int32))


def _z(point: int) -> float:
    return float(gi_star(_VALUES, _neighbours()).z[point])


CHECKS = tuple(
    Check(f"Gi*, z of point {point + 1}", _SOURCE, z, 5e-7, lambda point=point: _z(point))  # type: ignore[misc]
    for point, z in enumerate(_PUBLISHED)
)
