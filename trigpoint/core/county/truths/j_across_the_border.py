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
RADIUS_M = 240.0
_FARTHEST_M = 380.0
_INSIDE_M = 50.0
_DAYS = 84


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Ten records in twelve weeks on a street on either side (of a ward's boundary where there is one district)."""
    level, here, there = _pair(planting, rng)
    segments = planting.scene.segments
    middle = [(values[here] + values[there]) / 2 for values in (segments.easting_m, segments.northing_m)]
    spot = Spot(float(middle[0]), float(middle[1]), RADIUS_M, here)
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
            where=where(county, [here, there], RADIUS_M),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=tuple(FEEDS_OF[stream][0] for stream in A_SIDE),
            agencies=("police", "community_safety"),
            expected={"records": 2 * each, "each_side": each, "boundary": level, "sides": tuple(names)},
            others=(where(county, [here], RADIUS_M), where(county, [there], RADIUS_M)),
        ),
    )


def _pair(planting: Planting, rng: np.random.Generator) -> tuple[str, int, int]:
    """Two segments close to one another in different districts, or in different wards where there is one district."""
    scene, geography = planting.scene, planting.geography
    one_only = len(scene.wards.district_code) < 2
    side = scene.segments.ward if one_only else scene.wards.district[scene.segments.ward]
    polygons = (geography.wards if one_only else geography.districts).polygons
    at = np.column_stack([scene.segments.easting_m, scene.segments.northing_m])
    usable = np.flatnonzero(open_ground(planting) & (gaps(planting, np.arange(len(at))) > RADIUS_M))
    pairs: Ints = usable[cKDTree(at[usable]).query_pairs(_FARTHEST_M, output_type="ndarray")]
    across = pairs[side[pairs[:, 0]] != side[pairs[:, 1]]]
    inside_m = shapely.distance(shapely.points(at[across]), shapely.boundary(polygons[side[across]]))
    across = across[(inside_m > _INSIDE_M).all(axis=1)]
    built_up = across[(scene.segments.town[across] >= 0).all(axis=1)]
    across = built_up if len(built_up) else across
    if len(across) == 0:
        raise CannotPlant("no two free streets face one another over a boundary")
    here, there = rng.choice(across).tolist()
    return "ward" if one_only else "district", here, there


def _name(planting: Planting, level: str, segment: int) -> str:
    wards = planting.scene.wards
    ward = planting.scene.segments.ward[segment]
    return str(wards.name[ward] if level == "ward" else wards.district_name[wards.district[ward]])
