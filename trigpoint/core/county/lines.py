"""Railways: a few lines from town to town in long curves, with their stations."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from scipy.interpolate import make_interp_spline
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay

from trigpoint.core.county.coast import Ground
from trigpoint.core.county.model import Rail, RailLine, Station
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements

_LINE_NAMES = ("Marl Valley line", "Coast line", "Cross County line", "Forest line")
HALT_GAP_M = 8500.0
# The main town's other station, in place of a settlement's index: the end of the line by the quays.
SECOND_STATION = -1


def make_rail(rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements) -> Rail:
    """Lines call at the towns they pass and at villages in long gaps; later lines branch from earlier ones."""
    calls = [_with_halts(settlements, line) for line in _calls(plan, ground, settlements)]
    if settlements.town_count > 1:
        calls[0].append(SECOND_STATION)
    stops = list(dict.fromkeys(stop for line in calls for stop in line))
    place = {stop: _beside(rng, settlements, stop) for stop in stops}
    lines = []
    for number, line in enumerate(calls):
        way = _curve(rng, ground, np.array([place[stop] for stop in line]), number)
        lines.append(RailLine(_LINE_NAMES[number], way, tuple(stops.index(stop) for stop in line)))
    called = [_station_name(settlements, stop) for stop in stops]
    stations = tuple(
        Station(name, code, float(place[stop][0].round()), float(place[stop][1].round()), max(stop, 0))
        for stop, name, code in zip(stops, called, station_codes(called), strict=True)
    )
    return Rail(tuple(lines), stations)


def _station_name(settlements: Settlements, town: int) -> str:
    if town == SECOND_STATION:
        return f"{settlements.names[0]} Quays"
    return settlements.names[town] + (" Central" if settlements.kind(town) == "large town" else "")


def _calls(plan: Plan, ground: Ground, settlements: Settlements) -> list[list[int]]:
    """The towns of each line in order: a main line, a coast line, one across, and a branch to a town left out."""
    if settlements.town_count == 1:
        return [[0]]
    points = settlements.points[: settlements.town_count]
    graph = _possible_ways(points, ground)
    seats = points[: settlements.seat_count]
    west = int(seats[:, 0].argmin())
    north_east = int((points[:, 1] + 0.6 * points[:, 0]).argmax())
    south = int((seats[1:, 1] + 0.8 * seats[1:, 0]).argmin()) + 1
    north = int((seats[:, 1] - 0.4 * seats[:, 0]).argmax())
    found = [_way(graph, west, 0), _way(graph, 0, north_east), _way(graph, south, north)]
    served = set(found[0]) | set(found[1])
    found[1] = _branch(found[1], set(found[0]))
    found[2] = _branch(found[2], served)
    served |= set(found[2])
    missed = [town for town in range(1, settlements.seat_count) if town not in served]
    if missed:
        ways = [_way(graph, missed[0], town) for town in sorted(served)]
        found.append(min(ways, key=lambda way: _run(points, way)))
    return [way for way in found if len(way) > 1]


def _run(points: Floats, way: list[int]) -> float:
    return float(np.hypot(*np.diff(points[way], axis=0).T).sum())


def _possible_ways(points: Floats, ground: Ground) -> Any:
    corners = Delaunay(points).simplices
    pairs = np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1)
    pairs = np.unique(pairs, axis=0)
    way = shapely.linestrings(points[pairs])
    wet = shapely.length(shapely.intersection(way, ground.sea))
    cost = (shapely.length(way) + 8 * wet) ** 1.35
    return coo_matrix((cost, pairs.T), shape=(len(points),) * 2).tocsr()


def _way(graph: Any, start: int, end: int) -> list[int]:
    _, before = dijkstra(graph, directed=False, indices=start, return_predecessors=True)
    path = [end]
    while path[-1] != start:
        path.append(int(before[path[-1]]))
    return path[::-1]


def _branch(way: list[int], served: set[int]) -> list[int]:
    """The longest stretch that does not run beside an earlier line: it may touch one only at its ends."""
    best: list[int] = []
    start = 0
    for place in range(1, len(way)):
        doubled = way[place] in served and way[place - 1] in served
        if doubled:
            start = place
        elif place - start + 1 > len(best):
            best = way[start : place + 1]
    return best


def _with_halts(settlements: Settlements, line: list[int]) -> list[int]:
    """A village near the middle of each long gap gets a station."""
    calls = line[:1]
    for start, end in pairwise(line):
        a, b = settlements.points[start], settlements.points[end]
        middle = np.hypot(*(settlements.points - (a + b) / 2).T)
        middle[: settlements.town_count] = np.inf
        village = int(middle.argmin())
        if np.hypot(*(b - a)) > HALT_GAP_M and middle[village] < 2200 and village not in line:
            calls.append(village)
        calls.append(end)
    return list(dict.fromkeys(calls))


def _beside(rng: np.random.Generator, settlements: Settlements, town: int) -> Floats:
    """Railways came late: the station is at the old town's edge; the main town's lies north-west of its heart."""
    turn = rng.uniform(0, 2 * np.pi)
    if town == SECOND_STATION:
        quay: Floats = settlements.points[0] + settlements.radius_m[0] * np.array([0.6, 0.05])
        return quay
    reach = settlements.radius_m[town] * rng.uniform(0.23, 0.31)
    if town == 0:
        turn, reach = rng.uniform(1.9, 2.6), settlements.radius_m[0] * 0.17
    point: Floats = settlements.points[town] + reach * np.array([np.cos(turn), np.sin(turn)])
    return point


def _curve(rng: np.random.Generator, ground: Ground, stops: Floats, number: int) -> Any:
    """A smooth way through all stops, and on from the first to the edge of the map where that is over land."""
    away = stops[0] - stops[1] if len(stops) > 1 else np.array([-1.0, -0.25])
    away = away / np.hypot(*away)
    west, _, east, _ = ground.frame.bounds
    size = east - west
    beyond = [stops[0] + away * size * share for share in (0.5, 0.25)]
    points = np.vstack([beyond, stops]) if number in (0, 2) or len(stops) == 1 else stops
    if len(stops) == 1:
        points = np.vstack(
            [points, stops[0] + np.array([0.25, 0.5]) * size * 0.6, stops[0] + np.array([0.3, 1.0]) * size]
        )
    knots = [points[0]]
    for start, end in pairwise(points):
        step = end - start
        side = np.array([-step[1], step[0]]) * rng.uniform(-0.05, 0.05)
        knots += [start + step * 0.5 + side, end]
    way = np.array(knots)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])
    smooth = make_interp_spline(run, way, k=min(3, len(way) - 1))
    line = shapely.LineString(smooth(np.linspace(0, run[-1], max(40, int(run[-1] / 150)))).round(1))
    return shapely.intersection(line, ground.frame)


def station_codes(towns: list[str]) -> list[str]:
    """X and two letters of the name, each once."""
    codes: list[str] = []
    for name in towns:
        letters = [c for c in name.upper() if c.isalpha()]
        pairs = [letters[0] + c for c in letters[1:]] + [letters[0] + chr(65 + i) for i in range(26)]
        codes.append(next("X" + pair for pair in pairs if "X" + pair not in codes))
    return codes
