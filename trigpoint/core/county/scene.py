"""What the county's sites and records need to know of its geography, as plain columns.

The geography is generated elsewhere; everything here is read off it once, so that the generators of
records are arithmetic over arrays and the tests can lay a scene of a few streets by hand.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.county.model import Geography
from trigpoint.core.county.tables import Bools, Floats, Ints, Minutes, Strings

Shapes = NDArray[Any]

_SEAFRONT_M = 260.0
_WARDS_CHANGE_ON = np.datetime64("2025-05-01", "D")


@dataclass(frozen=True, slots=True)
class Segments:
    """Street segments: parallel arrays, metres of EPSG:27700; `ward` and `town` index Wards and towns (town -1: none)."""

    name: Strings
    road_class: Strings
    line: Shapes
    length_m: Floats
    easting_m: Floats
    northing_m: Floats
    ward: Ints
    town: Ints
    seafront: Bools


@dataclass(frozen=True, slots=True)
class Wards:
    """Wards: parallel arrays; `district` indexes `district_code` and `district_name`."""

    code: Strings
    name: Strings
    district: Ints
    district_code: Strings
    district_name: Strings


@dataclass(frozen=True, slots=True)
class Points:
    """Named points in metres of EPSG:27700; `weight` is a town's population, 1 for a station."""

    name: Strings
    easting_m: Floats
    northing_m: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class Parks:
    """Parks: name and shape in EPSG:27700."""

    name: Strings
    shape: Shapes


@dataclass(frozen=True, slots=True)
class Scene:
    """The county as the record generators see it.

    `corridor` holds the segments with stops of the longest bus route of the largest town; `postcode` the postcodes
    (name "ZM4 7QR"); `children` the residents aged 10–17. From the day `later_from` the wards are drawn anew:
    `later_ward` is then each segment's ward and `later_ward_code` the codes (as before where nothing was changed).
    """

    county: str
    segments: Segments
    wards: Wards
    towns: Points
    stations: Points
    corridor: Ints
    postcodes: Points
    parks: Parks
    children: int
    later_from: np.datetime64
    later_ward: Ints
    later_ward_code: Strings


def scene_of(geography: Geography) -> Scene:
    """The plain columns of a generated geography."""
    return Scene(
        county=geography.name,
        segments=_segments(geography),
        wards=_wards(geography),
        towns=_points([(t.name, t.easting_m, t.northing_m, float(t.people)) for t in geography.towns]),
        stations=_points([(s.name, s.easting_m, s.northing_m, 1.0) for s in geography.rail.stations]),
        corridor=_corridor(geography),
        postcodes=Points(
            name=np.array(geography.postcodes.codes),
            easting_m=geography.postcodes.easting_m,
            northing_m=geography.postcodes.northing_m,
            weight=np.ones(len(geography.postcodes.codes)),
        ),
        parks=_parks(geography),
        children=int(geography.population.aged_10_to_17().sum()),
        later_from=_WARDS_CHANGE_ON,
        later_ward=geography.streets.ward.astype(np.int64),
        later_ward_code=np.array(geography.wards.codes),
    )


def _segments(geography: Geography) -> Segments:
    streets = geography.streets
    middle = shapely.get_coordinates(shapely.line_interpolate_point(streets.geometries, 0.5, normalized=True))
    return Segments(
        name=np.array(streets.names),
        road_class=np.array(streets.road_class),
        line=streets.geometries,
        length_m=streets.length_m,
        easting_m=middle[:, 0],
        northing_m=middle[:, 1],
        ward=streets.ward.astype(np.int64),
        town=streets.town.astype(np.int64),
        seafront=_by_the_sea(geography, middle),
    )


def _by_the_sea(geography: Geography, middle: Floats) -> Bools:
    """Streets of a settlement within the distance of the shore that a front usually lies in."""
    sea = [shape.geometry for shape in geography.shapes.get("sea", ())]
    if not sea:
        return np.zeros(len(middle), dtype=np.bool_)
    shore = shapely.union_all(sea)
    shapely.prepare(shore)
    close = shapely.dwithin(shore, shapely.points(middle), _SEAFRONT_M)
    return np.asarray(close & (geography.streets.town >= 0), dtype=np.bool_)


def _wards(geography: Geography) -> Wards:
    return Wards(
        code=np.array(geography.wards.codes),
        name=np.array(geography.wards.names),
        district=geography.wards.parent.astype(np.int64),
        district_code=np.array(geography.districts.codes),
        district_name=np.array(geography.districts.names),
    )


def _points(rows: list[tuple[str, float, float, float]]) -> Points:
    names, easting_m, northing_m, weight = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Points(
        np.array(names, dtype=np.str_),
        np.array(easting_m, dtype=np.float64),
        np.array(northing_m, dtype=np.float64),
        np.array(weight, dtype=np.float64),
    )


def _corridor(geography: Geography) -> Ints:
    """Segments with a stop on the longest route that calls in the largest town."""
    largest = max(geography.towns, key=lambda town: town.people).name
    stops = geography.bus.stops
    local = np.array(stops.localities) == largest
    routes = sorted(geography.bus.routes, key=lambda route: -int(local[route.outbound].sum()))
    if not routes:
        return np.zeros(0, dtype=np.int64)
    return np.unique(stops.street[routes[0].outbound][local[routes[0].outbound]]).astype(np.int64)


def _parks(geography: Geography) -> Parks:
    parks = geography.shapes.get("park", ())
    shapes = np.array([park.geometry for park in parks], dtype=np.object_)
    return Parks(np.array([park.name or "" for park in parks], dtype=np.str_), shapes)


def beside(
    segments: Segments, chosen: Ints, rng: np.random.Generator, *, nearest_m: float, farthest_m: float
) -> tuple[Floats, Floats]:
    """Points beside the chosen segments: (easting, northing) in metres, on either side of a random spot along each."""
    along = rng.uniform(0.05, 0.95, len(chosen)) * segments.length_m[chosen]
    lines = segments.line[chosen]
    here = shapely.get_coordinates(shapely.line_interpolate_point(lines, along))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(lines, along + 1.0))
    step = ahead - here
    length = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-6)
    off = rng.uniform(nearest_m, farthest_m, len(chosen)) * rng.choice(np.array([-1.0, 1.0]), len(chosen))
    return here[:, 0] - step[:, 1] / length * off, here[:, 1] + step[:, 0] / length * off


def ward_codes(scene: Scene, segment: Ints, at: Minutes) -> Strings:
    """The code of the ward in which each segment lay at each instant."""
    earlier = scene.wards.code[scene.segments.ward[segment]]
    return np.where(at < scene.later_from, earlier, scene.later_ward_code[scene.later_ward[segment]])


def nearest(points: Points | Segments, easting_m: Floats, northing_m: Floats) -> Ints:
    """Index of the nearest of the points to each place (straight line)."""
    tree = cKDTree(np.column_stack([points.easting_m, points.northing_m]))
    return np.asarray(tree.query(np.column_stack([easting_m, northing_m]))[1], dtype=np.int64)


def density(segments: Segments, within_m: float = 350.0) -> Floats:
    """How built-up each segment is: the number of segments whose midpoints lie within the distance."""
    tree = cKDTree(np.column_stack([segments.easting_m, segments.northing_m]))
    return np.asarray(tree.query_ball_point(tree.data, within_m, return_length=True), dtype=np.float64)
