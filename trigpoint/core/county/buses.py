"""Buses: routes along the main roads of the finished network, and the stops they call at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from trigpoint.core.county.model import Bus, BusRoute, BusStops, Streets
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements

_SLOW = {
    "A Road": 0.75,
    "B Road": 0.8,
    "Minor Road": 0.9,
    "Local Street": 1.5,
    "Restricted Local Access Road": 8.0,
}
_ATCO_AREA = "9900"
_BEARINGS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_LANDMARKS = (
    "Church",
    "Post Office",
    "School",
    "The Green",
    "Shops",
    "Crossroads",
    "War Memorial",
    "Village Hall",
)


@dataclass(frozen=True, slots=True)
class _Pole:
    segment: int
    forward: bool
    name: str


def make_bus(rng: np.random.Generator, plan: Plan, streets: Streets, settlements: Settlements) -> Bus:
    """Town routes cross their town by its centre; country routes run from town to town through the villages."""
    ways = _route_ends(rng, plan, streets, settlements)
    paths = _paths(streets, ways)
    calls = _stop_segments(rng, streets, paths)
    poles, index = _poles(rng, streets, settlements, calls)
    routes = []
    for number, (path, way) in enumerate(zip(paths, ways, strict=True)):
        once = list({segment: (segment, forward) for segment, forward in path if segment in calls}.values())
        out = [index[segment, forward] for segment, forward in once]
        back = [index[segment, not forward] for segment, forward in reversed(once)]
        if len(out) >= 2:
            name = _route_name(streets, settlements, way)
            routes.append(BusRoute(_number(number), name, np.array(out, np.int32), np.array(back, np.int32)))
    return Bus(_stops(streets, settlements, poles), tuple(routes))


def _number(number: int) -> str:
    return str(number + 1) if number < 40 else str(60 + number)


def _route_name(streets: Streets, settlements: Settlements, way: tuple[int, ...]) -> str:
    """The places at its ends, or for a town's own route the streets there."""
    first, last = _place(streets, settlements, way[0]), _place(streets, settlements, way[-1])
    if first != last:
        return f"{first} – {last}"
    ends = [
        streets.names[int(np.flatnonzero((streets.start_junction == j) | (streets.end_junction == j))[0])]
        for j in (way[0], way[-1])
    ]
    return f"{first}: {ends[0]} – {ends[1]}"


def _route_ends(
    rng: np.random.Generator, plan: Plan, streets: Streets, settlements: Settlements
) -> list[tuple[int, ...]]:
    """Junctions to pass: for a town route edge, inner suburb, centre, inner suburb, edge; for a country one its ends."""
    junctions = np.column_stack([streets.junction_easting_m, streets.junction_northing_m])
    ways: list[tuple[int, ...]] = []
    town_routes = int(plan.bus_route_count * 0.55) if settlements.town_count > 1 else 1
    share = settlements.people[: settlements.seat_count] ** 0.8
    per_town = np.maximum(1, np.round(share / share.sum() * town_routes)).astype(int)
    for town, routes in enumerate(per_town.tolist()):
        for number in range(routes):
            ways.append(_across_town(rng, junctions, settlements, town, np.pi * number / routes))
    towns = settlements.points[: settlements.town_count]
    while len(ways) < plan.bus_route_count:
        start = (len(ways) * 5) % settlements.town_count
        far = np.hypot(*(settlements.points - towns[start]).T)
        other = int(rng.choice(np.argsort(far)[1:14]))
        if settlements.town_count > 1:
            other = int(rng.choice(np.argsort(far[: settlements.town_count])[1:5]))
        village = settlements.points[int(rng.choice(np.argsort(far)[1:10]))]
        via = _near(junctions, (village + towns[start]) / 2 if settlements.town_count == 1 else village)
        ways.append((_near(junctions, towns[start]), via, _near(junctions, settlements.points[other])))
    return ways


def _across_town(
    rng: np.random.Generator, junctions: Floats, settlements: Settlements, town: int, turn: float
) -> tuple[int, ...]:
    centre, radius = settlements.points[town], settlements.radius_m[town]
    spots = []
    for side, reach in ((0, 0.85), (0, 0.5), (0, 0.0), (np.pi, 0.5), (np.pi, 0.85)):
        angle = turn + side + rng.uniform(-0.55, 0.55)
        spots.append(_near(junctions, centre + radius * reach * np.array([np.cos(angle), np.sin(angle)])))
    return tuple(spots)


def _near(junctions: Floats, at: Floats) -> int:
    return int(np.hypot(junctions[:, 0] - at[0], junctions[:, 1] - at[1]).argmin())


def _paths(streets: Streets, ways: list[tuple[int, ...]]) -> list[list[tuple[int, bool]]]:
    """Segments in order with the way each is driven, leg by leg."""
    slow = np.array([_SLOW[road] for road in streets.road_class])
    count = len(streets.junction_easting_m)
    cost = streets.length_m * slow
    pair = {}
    for segment in np.argsort(-cost, kind="stable").tolist():
        a, b = int(streets.start_junction[segment]), int(streets.end_junction[segment])
        pair[a, b] = (segment, True)
        pair[b, a] = (segment, False)
    keys = np.array(list(pair))
    value = np.array([cost[segment] for segment, _ in pair.values()])
    graph = coo_matrix((value, (keys[:, 0], keys[:, 1])), shape=(count, count)).tocsr()
    starts = np.unique([spot for way in ways for spot in way[:-1]])
    _, before = dijkstra(graph, indices=starts, return_predecessors=True, limit=60_000)
    paths = []
    for way in ways:
        path: list[tuple[int, bool]] = []
        for start, end in pairwise(way):
            path += _leg(before[int(np.searchsorted(starts, start))], pair, start, end)
        paths.append(path)
    return paths


def _leg(
    before: NDArray[np.int64], pair: dict[tuple[int, int], tuple[int, bool]], start: int, end: int
) -> list[tuple[int, bool]]:
    leg: list[tuple[int, bool]] = []
    step = end
    while step != start and before[step] >= 0:
        last = int(before[step])
        leg.append(pair[last, step])
        step = last
    return leg[::-1]


def _stop_segments(
    rng: np.random.Generator, streets: Streets, paths: list[list[tuple[int, bool]]]
) -> set[int]:
    """Segments with a pair of stops: nearly every turning in town, further apart outside, shared by routes."""
    chosen: set[int] = set()
    for path in paths:
        since = 1e9
        for segment, _ in path:
            if segment in chosen:
                since = 0.0
                continue
            since += streets.length_m[segment]
            wanted = 70.0 if streets.town[segment] >= 0 else 300.0
            if since > wanted * rng.uniform(0.8, 1.2) and streets.length_m[segment] > 25:
                chosen.add(segment)
                since = 0.0
    return chosen


def _poles(
    rng: np.random.Generator, streets: Streets, settlements: Settlements, calls: set[int]
) -> tuple[list[_Pole], dict[tuple[int, bool], int]]:
    crossing: dict[int, list[str]] = {}
    for name, a, b in zip(
        streets.names, streets.start_junction.tolist(), streets.end_junction.tolist(), strict=True
    ):
        crossing.setdefault(a, []).append(name)
        crossing.setdefault(b, []).append(name)
    poles: list[_Pole] = []
    index: dict[tuple[int, bool], int] = {}
    for segment in sorted(calls):
        around = crossing[int(streets.start_junction[segment])] + crossing[int(streets.end_junction[segment])]
        side = [name for name in around if name != streets.names[segment]]
        name = side[0] if side else str(rng.choice(_LANDMARKS))
        for forward in (True, False):
            index[segment, forward] = len(poles)
            poles.append(_Pole(segment, forward, name))
    return poles, index


def _place(streets: Streets, settlements: Settlements, junction: int) -> str:
    at = np.array([streets.junction_easting_m[junction], streets.junction_northing_m[junction]])
    return settlements.names[int(np.hypot(*(settlements.points - at).T).argmin())]


def _stops(streets: Streets, settlements: Settlements, poles: list[_Pole]) -> BusStops:
    """Each pole stands three metres to the left of the way its bus is going, in the middle of the segment."""
    segment = np.array([pole.segment for pole in poles], dtype=np.int32)
    forward = np.where([pole.forward for pole in poles], 1.0, -1.0)
    shape = streets.geometries[segment]
    length = streets.length_m[segment]
    at = shapely.get_coordinates(
        shapely.line_interpolate_point(shape, length * 0.5 + forward * 8 * (length > 60))
    )
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(shape, length * 0.5 + 10))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(shape, length * 0.5 - 10))
    way = (ahead - behind) * forward[:, None]
    way = way / np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
    pole_at = at + np.column_stack([-way[:, 1], way[:, 0]]) * 3.0
    eighth = np.round(np.arctan2(way[:, 0], way[:, 1]) / (np.pi / 4)).astype(int) % 8
    town = streets.town[segment]
    nearest = np.array([np.hypot(*(settlements.points - p).T).argmin() for p in at])
    place = np.where(town >= 0, town, nearest)
    return BusStops(
        codes=tuple(f"{_ATCO_AREA}MAR{number:05d}" for number in range(1, len(poles) + 1)),
        names=tuple(pole.name for pole in poles),
        streets=tuple(streets.names[i] for i in segment.tolist()),
        street=segment,
        localities=tuple(settlements.names[i] for i in place.tolist()),
        easting_m=pole_at[:, 0].round(),
        northing_m=pole_at[:, 1].round(),
        bearing=tuple(_BEARINGS[i] for i in eighth.tolist()),
    )
