"""Where a truth may be planted: quiet streets that no other truth has taken, and how a place is told."""

from dataclasses import replace
from functools import cache

import h3
import numpy as np
from pyproj import Transformer
from scipy.spatial import cKDTree

from trigpoint.core.county.scene import density
from trigpoint.core.county.tables import Bools, Floats, Ints
from trigpoint.core.county.truths.planting import Planting, Spot
from trigpoint.core.county.truths.truth import CannotPlant, Where

SPOT_M = 150.0
"""How far round a planted place its ground reaches: no other truth and no note of chance lies there."""

_APART_M = (900.0, 600.0, 400.0, 300.0, 0.0)
_CELL = 9


def quiet_spot(
    planting: Planting,
    rng: np.random.Generator,
    *,
    among: Bools | None = None,
    radius_m: float = SPOT_M,
    why: str = "no street is left that another truth has not taken",
) -> Spot:
    """A built-up street, well away from other truths, where little has happened. Raises CannotPlant.

    Streets further from other truths are preferred; of the quietest third one is drawn.
    """
    segments = planting.scene.segments
    wanted = open_ground(planting) & ((segments.town >= 0) if among is None else among)
    free = np.flatnonzero(wanted & (density(segments, 300.0) >= 4.0))
    free = free if len(free) else np.flatnonzero(wanted)
    gap_m = gaps(planting, free)
    for apart_m in _APART_M if len(free) else ():
        chosen = free[gap_m >= radius_m + apart_m]
        if len(chosen):
            return spot_at(planting, int(_quietest(planting, chosen, radius_m, rng)), radius_m)
    raise CannotPlant(why)


def open_ground(planting: Planting) -> Bools:
    """Segments that truths may use: those outside the district from which an agency has stopped sending."""
    scene = planting.scene
    district = scene.wards.district[scene.segments.ward]
    return np.asarray(district != planting.silent_district, dtype=np.bool_)


def spot_at(planting: Planting, segment: int, radius_m: float = SPOT_M) -> Spot:
    """The ground round a segment's middle."""
    segments = planting.scene.segments
    return Spot(float(segments.easting_m[segment]), float(segments.northing_m[segment]), radius_m, segment)


def gaps(planting: Planting, chosen: Ints) -> Floats:
    """Metres from each chosen segment's middle to the nearest ground taken; infinite where none is."""
    segments = planting.scene.segments
    nearest_m = np.full(len(chosen), np.inf)
    for spot in planting.taken:
        away = np.hypot(
            segments.easting_m[chosen] - spot.easting_m, segments.northing_m[chosen] - spot.northing_m
        )
        nearest_m = np.minimum(nearest_m, away - spot.radius_m)
    return nearest_m


def notes_around(planting: Planting, chosen: Ints, radius_m: float) -> Ints:
    """How many placed notes of all feeds lie within the distance of each chosen segment's middle."""
    reports = planting.history.reports.values()
    if not any(one.placed.any() for one in reports):
        return np.zeros(len(chosen), dtype=np.int64)
    at = np.concatenate([np.column_stack([one.easting_m, one.northing_m])[one.placed] for one in reports])
    segments = planting.scene.segments
    middles = np.column_stack([segments.easting_m[chosen], segments.northing_m[chosen]])
    return np.asarray(cKDTree(at).query_ball_point(middles, radius_m, return_length=True), dtype=np.int64)


def where(planting: Planting, segments: Ints | list[int], radius_m: float = SPOT_M) -> Where:
    """How the place of some segments is told; its point is their middle, its district that of the first."""
    chosen = np.unique(np.asarray(segments))
    scene = planting.scene
    easting_m = float(scene.segments.easting_m[chosen].mean())
    northing_m = float(scene.segments.northing_m[chosen].mean())
    ward = np.unique(scene.segments.ward[chosen])
    first = scene.wards.district[scene.segments.ward[int(np.asarray(segments)[0])]]
    return Where(
        streets=tuple(dict.fromkeys(str(name) for name in scene.segments.name[chosen])),
        wards=tuple(str(code) for code in scene.wards.code[ward]),
        district=str(scene.wards.district_name[first]),
        easting_m=round(easting_m, 1),
        northing_m=round(northing_m, 1),
        radius_m=radius_m,
        cell=cell_of(easting_m, northing_m),
    )


def whole_county(planting: Planting) -> Where:
    """The county itself as a place."""
    segments = planting.scene.segments
    everywhere = where(planting, np.arange(len(segments.name)), 200_000.0)
    return replace(everywhere, streets=(), wards=(), district="")


def cell_of(easting_m: float, northing_m: float) -> str:
    """The H3 cell, resolution 9, of a point in EPSG:27700 metres."""
    longitude, latitude = _to_degrees().transform(easting_m, northing_m)
    return str(h3.latlng_to_cell(latitude, longitude, _CELL))


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)


def _quietest(planting: Planting, chosen: Ints, radius_m: float, rng: np.random.Generator) -> int:
    counts = notes_around(planting, chosen, radius_m)
    order = np.argsort(counts + rng.random(len(chosen)), kind="stable")
    return int(chosen[order[rng.integers(0, len(chosen) // 3 + 1)]])
