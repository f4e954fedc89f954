"""Railways: a few lines from town to town in long curves, with their stations."""

from __future__ import annotations

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

_LINE_NAMES = ("Marl Valley line", "Coast line", "Cross County line")


def make_rail(rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements) -> Rail:
    """Lines call at the towns they pass; the outer ends of the first and last run on out of the county."""
    calls = _calls(plan, ground, settlements)
    towns = list(dict.fromkeys(town for line in calls for town in line))
    place = {town: _beside(rng, settlements, town) for town in towns}
    lines = []
    for number, line in enumerate(calls):
        way = _curve(
            rng, ground, np.array([place[town] for town in line]), settlements.points[line[-1]], number
        )
        lines.append(RailLine(_LINE_NAMES[number], way, tuple(towns.index(town) for town in line)))
    codes = _station_codes([settlements.names[town] for town in towns])
    stations = []
    for town, code in zip(towns, codes, strict=True):
        name = (
            f"{settlements.names[town]} Central"
            if settlements.people[town] > 90_000 and town == 0
            else settlements.names[town]
        )
        stations.append(
            Station(name, code, float(place[town][0].round()), float(place[town][1].round()), town)
        )
    return Rail(tuple(lines), tuple(stations))


def _calls(plan: Plan, ground: Ground, settlements: Settlements) -> list[list[int]]:
    if settlements.town_count == 1:
        return [[0]]
    points = settlements.points[: settlements.town_count]
    corners = Delaunay(points).simplices
    pairs = np.unique(
        np.sort(np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]), axis=1), axis=0
    )
    way = shapely.linestrings(points[pairs])
    wet = shapely.length(shapely.intersection(way, ground.sea))
    cost = (shapely.length(way) + 8 * wet) ** 1.5
    graph = coo_matrix((cost, pairs.T), shape=(len(points),) * 2).tocsr()
    seats = settlements.seat_count
    west = int(points[:seats, 0].argmin())
    north_east = int((points[:, 1] + 0.6 * points[:, 0]).argmax())
    south = int((points[1:seats, 1] + 0.5 * points[1:seats, 0]).argmin()) + 1
    north = int((points[:seats, 1] - 0.6 * points[:seats, 0]).argmax())
    wanted = ((west, 0), (0, north_east), (south, north))[: len(plan.rail_calls)]
    _, before = dijkstra(
        graph, directed=False, indices=[start for start, _ in wanted], return_predecessors=True
    )
    found = []
    for row, (start, end) in enumerate(wanted):
        path = [end]
        while path[-1] != start:
            path.append(int(before[row, path[-1]]))
        found.append(path[::-1])
    return found


def _beside(rng: np.random.Generator, settlements: Settlements, town: int) -> Floats:
    """Railways came late: the station is at the old town's edge."""
    turn = rng.uniform(0, 2 * np.pi)
    reach = settlements.radius_m[town] * rng.uniform(0.16, 0.26)
    point: Floats = settlements.points[town] + reach * np.array([np.cos(turn), np.sin(turn)])
    return point


def _curve(rng: np.random.Generator, ground: Ground, stops: Floats, last_town: Floats, number: int) -> Any:
    """A smooth way through all stops, and on from the first to the edge of the map where that is over land."""
    away = stops[0] - stops[1] if len(stops) > 1 else np.array([-1.0, -0.25])
    away = away / np.hypot(*away)
    west, south, east, north = ground.frame.bounds
    size = east - west
    beyond = [stops[0] + away * size * share for share in (0.5, 0.25)]
    points = np.vstack([beyond, stops]) if number == 0 or len(stops) == 1 else stops
    if len(stops) == 1:
        points = np.vstack(
            [points, stops[0] + np.array([0.25, 0.5]) * size * 0.6, stops[0] + np.array([0.3, 1.0]) * size]
        )
    knots = [points[0]]
    for start, end in zip(points[:-1], points[1:], strict=True):
        step = end - start
        side = np.array([-step[1], step[0]]) * rng.uniform(-0.05, 0.05)
        knots += [start + step * 0.5 + side, end]
    way = np.array(knots)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])
    smooth = make_interp_spline(run, way, k=min(3, len(way) - 1))
    line = shapely.LineString(smooth(np.linspace(0, run[-1], max(40, int(run[-1] / 150)))).round(1))
    return shapely.intersection(line, ground.frame)


def _station_codes(towns: list[str]) -> list[str]:
    """X and two letters of the name, each once."""
    codes: list[str] = []
    for name in towns:
        letters = [c for c in name.upper() if c.isalpha()]
        pairs = [letters[0] + c for c in letters[1:]] + [letters[0] + chr(65 + i) for i in range(26)]
        codes.append(next("X" + pair for pair in pairs if "X" + pair not in codes))
    return codes
