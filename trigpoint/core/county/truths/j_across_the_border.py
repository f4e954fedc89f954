"""(j) A hotspot that a boundary cuts in two, so that neither side sees it."""

import numpy as np
import shapely
from scipy.spatial import cKDTree

from trigpoint.core.county.tables import Ints
from trigpoint.core.county.truths.ground import gaps, open_ground, where
from trigpoint.core.county.truths.planting import (
    Planting,
    Spot,
    add,
    as_date,
    clear,
    last_days,
    moments,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth

A_SIDE = {"crime": 4, "asb": 3, "incident": 3}
_FARTHEST_M = (380.0, 560.0, 800.0)
_INSIDE_M = 50.0
_ROUND_M = 65.0
_DAYS = 84


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Ten records in twelve weeks on a street on either side (of a ward's boundary where there is one district)."""
    level, here, there = _pair(planting, rng)
    segments = planting.scene.segments
    middle = [(values[here] + values[there]) / 2 for values in (segments.easting_m, segments.northing_m)]
    gap_m = np.hypot(*(values[here] - values[there] for values in (segments.easting_m, segments.northing_m)))
    radius_m = round(float(gap_m) / 2 + _ROUND_M, 1)
    spot = Spot(float(middle[0]), float(middle[1]), radius_m, here)
    county = clear(planting, spot)
    days = last_days(planting, _DAYS)[:-7]
    for side in (here, there):
        for stream, count in A_SIDE.items():
            county = add(county, stream, moments(days, count, rng), side, rng, prompt=True)
    each = sum(A_SIDE.values())
    names = [_name(county, level, side) for side in (here, there)]
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="j",
            title="Cut in two by a boundary",
            sentence=f"{names[0]} and {names[1]} each see half of one place: {2 * each} records in twelve weeks.",
            question=1,
            where=where(county, [here, there], radius_m),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=tuple(FEEDS_OF[stream][0] for stream in A_SIDE),
            agencies=("police", "community_safety"),
            expected={"records": 2 * each, "each_side": each, "boundary": level, "sides": tuple(names)},
            others=(where(county, [here], radius_m), where(county, [there], radius_m)),
        ),
    )


def _pair(planting: Planting, rng: np.random.Generator) -> tuple[str, int, int]:
    """Two segments close to one another in different districts, or in different wards where there is one district."""
    one_only = len(planting.scene.wards.district_code) < 2
    for farthest_m in _FARTHEST_M:
        across = _across(planting, one_only, farthest_m)
        if len(across):
            here, there = rng.choice(across).tolist()
            return "ward" if one_only else "district", here, there
    raise CannotPlant("no two free streets face one another over a boundary")


def _across(planting: Planting, one_only: bool, farthest_m: float) -> Ints:
    """Pairs of free segments on two sides of a boundary and not on it; those of towns, where there are any."""
    scene, geography = planting.scene, planting.geography
    side = scene.segments.ward if one_only else scene.wards.district[scene.segments.ward]
    polygons = (geography.wards if one_only else geography.districts).polygons
    at = np.column_stack([scene.segments.easting_m, scene.segments.northing_m])
    free = gaps(planting, np.arange(len(at))) > farthest_m / 2 + _ROUND_M
    usable = np.flatnonzero(open_ground(planting) & free)
    pairs: Ints = usable[cKDTree(at[usable]).query_pairs(farthest_m, output_type="ndarray")]
    across = pairs[side[pairs[:, 0]] != side[pairs[:, 1]]]
    inside_m = shapely.distance(shapely.points(at[across]), shapely.boundary(polygons[side[across]]))
    across = across[(inside_m > _INSIDE_M).all(axis=1)]
    built_up: Ints = across[(scene.segments.town[across] >= 0).all(axis=1)]
    return built_up if len(built_up) else across


def _name(planting: Planting, level: str, segment: int) -> str:
    wards = planting.scene.wards
    ward = planting.scene.segments.ward[segment]
    return str(wards.name[ward] if level == "ward" else wards.district_name[wards.district[ward]])
