"""(j) A hotspot that a boundary cuts in two, so that neither side sees it."""

from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import shapely

from trigpoint.core.county.model import Areas
from trigpoint.core.county.truths.ground import cell_of, gaps, open_ground, where
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
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth, Where

A_SIDE = {"crime": 3, "asb": 2, "incident": 2}
RADIUS_M = 130.0
_FROM_BORDER_M = 65.0
_CLEAR_OF_BORDER_M = 28.0
_DAYS = 84


class Crossing(NamedTuple):
    """A street that crosses a boundary: its segment, and on each side a point (easting, northing) and the area it is in."""

    segment: int
    points: tuple[tuple[float, float], tuple[float, float]]
    areas: tuple[int, int]


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Seven records in twelve weeks on either side of where a street crosses from one district (or ward) to the next."""
    level = "ward" if len(planting.scene.wards.district_code) < 2 else "district"
    areas = planting.geography.wards if level == "ward" else planting.geography.districts
    crossing = a_crossing(planting, areas, rng)
    (east, north), (other_east, other_north) = crossing.points
    spot = Spot((east + other_east) / 2, (north + other_north) / 2, RADIUS_M, crossing.segment)
    county = clear(planting, spot)
    days = last_days(planting, _DAYS)[:-7]
    for point in crossing.points:
        for stream, count in A_SIDE.items():
            at = moments(days, count, rng)
            county = add(county, stream, at, crossing.segment, rng, prompt=True, centre=point)
    each = sum(A_SIDE.values())
    names = tuple(areas.names[area] for area in crossing.areas)
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="j",
            title="Cut in two by a boundary",
            sentence=f"{names[0]} and {names[1]} each see half of one place: {2 * each} records in twelve weeks.",
            question=1,
            where=_at(county, crossing.segment, (spot.easting_m, spot.northing_m)),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=tuple(FEEDS_OF[stream][0] for stream in A_SIDE),
            agencies=("police", "community_safety"),
            expected={"records": 2 * each, "each_side": each, "boundary": level, "sides": names},
            others=tuple(_at(county, crossing.segment, point) for point in crossing.points),
        ),
    )


def a_crossing(planting: Planting, areas: Areas, rng: np.random.Generator) -> Crossing:
    """One of the streets that cross a boundary, in a town where there is one. Raises CannotPlant."""
    segments = planting.scene.segments
    free = open_ground(planting) & (gaps(planting, np.arange(len(segments.name))) > 2 * RADIUS_M)
    borders = shapely.boundary(areas.polygons)
    whole = shapely.union_all(borders)
    found = np.unique(shapely.STRtree(borders).query(segments.line, predicate="crosses")[0])
    found = found[free[found]]
    crossings = [
        one for segment in found.tolist() if (one := _sides(planting, areas, whole, segment)) is not None
    ]
    in_town = [one for one in crossings if segments.town[one.segment] >= 0]
    chosen = in_town or crossings
    if not chosen:
        raise CannotPlant("no free street crosses a boundary")
    return chosen[int(rng.integers(len(chosen)))]


def _sides(planting: Planting, areas: Areas, border: Any, segment: int) -> Crossing | None:
    """Two points of the street, either side of its first crossing and well inside two areas that truths may use."""
    line = planting.scene.segments.line[segment]
    met = shapely.get_parts(shapely.intersection(line, border))
    along = shapely.line_locate_point(line, shapely.point_on_surface(met[0]))
    both = [shapely.line_interpolate_point(line, along + step) for step in (-_FROM_BORDER_M, _FROM_BORDER_M)]
    inside = [np.flatnonzero(shapely.contains(areas.polygons, point)) for point in both]
    if any(len(one) != 1 for one in inside) or min(shapely.distance(both, border)) < _CLEAR_OF_BORDER_M:
        return None
    here, there = (int(one[0]) for one in inside)
    if here == there or (areas.level == "district" and planting.silent_district in (here, there)):
        return None
    first, second = ((float(point.x), float(point.y)) for point in both)
    return Crossing(segment, (first, second), (here, there))


def _at(planting: Planting, segment: int, point: tuple[float, float]) -> Where:
    told = where(planting, [segment], RADIUS_M)
    return replace(told, easting_m=point[0], northing_m=point[1], cell=cell_of(*point))
