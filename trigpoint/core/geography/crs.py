"""Between the British National Grid and longitude/latitude.

The transformation is pinned: the seven-parameter Helmert shift of EPSG operation 1314 ("OSGB36 to WGS 84
(6)"), whose published accuracy is 2 m. The exact grid shift (OSTN15) needs a grid file that is not in the
wheel, and letting PROJ choose would make answers depend on what happens to lie on a machine (or send it to
fetch the file). Against Ordnance Survey's worked example for OSTN15 (Caister water tower, Norfolk) it is
3.6 m out; Ordnance Survey puts the error of this shift at up to 5 m over Great Britain. Going out and back
is exact to a millimetre. Nothing here moves a point already given in metres.
"""

from __future__ import annotations

import threading

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

__all__ = ["STATED_ERROR_M", "to_lonlat", "to_national_grid"]

STATED_ERROR_M = 5.0
"""Largest error of the pinned transformation over Great Britain, in metres."""

_METRES_TO_DEGREES = (
    "+proj=pipeline "
    "+step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy "
    "+step +proj=push +v_3 "
    "+step +proj=cart +ellps=airy "
    "+step +proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector "
    "+step +inv +proj=cart +ellps=WGS84 "
    "+step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
)

_local = threading.local()


def _transformer() -> Transformer:
    """A PROJ object may be used by one thread at a time, so each thread has its own."""
    made: Transformer | None = getattr(_local, "transformer", None)
    if made is None:
        made = _local.transformer = Transformer.from_pipeline(_METRES_TO_DEGREES)
    return made


def to_lonlat(easting_m: ArrayLike, northing_m: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude in degrees (WGS 84) of points in EPSG:27700.

    Both arguments are float64[n] metres; both answers float64[n]. NaN in, NaN out.
    """
    return _run(easting_m, northing_m, "FORWARD")


def to_national_grid(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Easting and northing in metres (EPSG:27700) of points in degrees (WGS 84).

    Both arguments are float64[n] degrees; both answers float64[n]. NaN in, NaN out. Points far from Great
    Britain give numbers that mean nothing: check that they fall in the county.
    """
    return _run(lon, lat, "INVERSE")


def _run(x: ArrayLike, y: ArrayLike, direction: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    xs = np.atleast_1d(np.asarray(x, dtype=np.float64))
    ys = np.atleast_1d(np.asarray(y, dtype=np.float64))
    out_x, out_y = _transformer().transform(xs, ys, direction=direction)
    missing = ~(np.isfinite(out_x) & np.isfinite(out_y))
    return np.where(missing, np.nan, out_x), np.where(missing, np.nan, out_y)
