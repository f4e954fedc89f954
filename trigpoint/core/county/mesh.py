"""Country roads: ways through a loose mesh of points, where later roads prefer to join earlier ones."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Delaunay, cKDTree

from trigpoint.core.county.coast import Ground
from trigpoint.core.county.noise import Floats, rounded
from trigpoint.core.county.plan import Plan
from trigpoint.core.county.towns import Settlements

STRETCH_M = 2200.0


@dataclass(frozen=True, slots=True)
class Gates:
    """Where roads leave each town: `angle` (k,) and `radius_m` (k,), counter-clockwise from east."""

    angle: Floats
    radius_m: Floats


@dataclass(frozen=True, slots=True)
class Mesh:
    """Points and edges that a road may follow. Point i < number of settlements is settlement i's centre."""

    points: Floats
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    cost: Floats
    gate_of: NDArray[np.int64]
    exits: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CountryRoad:
    """A stretch of road. `grade` 0 A road, 1 B road, 2 minor road, 3 lane; −1 for an end that is no mesh point of note."""

    points: Floats
    grade: int
    start: int
    end: int


def make_gates(rng: np.random.Generator, settlements: Settlements) -> tuple[Gates, ...]:
    """Five to eleven radial roads a town, unevenly turned and unevenly long so that no town is a disc."""
    made = []
    for index in range(settlements.town_count):
        radius = settlements.radius_m[index]
        count = int(np.clip(round(3.2 + radius / 420), 5, 10))
        even = (np.arange(count) + rng.uniform(-0.27, 0.27, count)) * 2 * np.pi / count
        made.append(Gates(even + rng.uniform(0, 2 * np.pi), radius * rng.uniform(0.78, 1.22, count)))
    return tuple(made)


def gate_points(centre: Floats, gates: Gates) -> Floats:
    return centre + np.column_stack([np.cos(gates.angle), np.sin(gates.angle)]) * gates.radius_m[:, None]


def make_mesh(
    rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements, gates: tuple[Gates, ...]
) -> Mesh:
    centres = settlements.points
    rims = [gate_points(centres[i], g) for i, g in enumerate(gates)]
    gate_town = np.concatenate([np.full(len(g), i) for i, g in enumerate(rims)])
    rim = np.vstack(rims)
    dry = shapely.contains_xy(ground.county, rim[:, 0], rim[:, 1])
    rim, gate_town = rim[dry], gate_town[dry]
    loose = _loose_points(rng, plan, ground, settlements, rim)
    points = np.vstack([centres, rim, settlements.hamlets, loose])
    gate_of = np.full(len(points), -1)
    gate_of[len(centres) : len(centres) + len(rim)] = gate_town
    pairs = _delaunay_edges(points)
    extra = np.column_stack([gate_town, np.arange(len(rim)) + len(centres)])
    town_end = (pairs < settlements.town_count).any(axis=1)
    pairs = np.unique(np.vstack([pairs[~town_end], np.sort(extra, axis=1)]), axis=0)
    cost = _edge_cost(rng, ground, points, pairs)
    exits = _exits(plan, ground, points)
    return Mesh(points, pairs[:, 0], pairs[:, 1], cost, gate_of, exits)


def _loose_points(
    rng: np.random.Generator, plan: Plan, ground: Ground, settlements: Settlements, rim: Floats
) -> Floats:
    step = plan.mesh_spacing_m
    east = np.arange(plan.west_m - 0.05 * plan.width_m, plan.west_m + 1.08 * plan.width_m, step)
    north = np.arange(plan.south_m - 0.05 * plan.height_m, plan.south_m + 1.05 * plan.height_m, step)
    grid = np.stack(np.meshgrid(east, north), axis=-1).reshape(-1, 2)
    grid = grid + rng.uniform(-0.46, 0.46, grid.shape) * step
    inside = shapely.contains_xy(ground.county, grid[:, 0], grid[:, 1])
    grid = grid[inside]
    far = shapely.distance(shapely.points(grid), ground.sea) > 200
    gap, which = cKDTree(settlements.points).query(grid, k=min(6, len(settlements.points)))
    town = which < settlements.town_count
    clear = (gap > np.where(town, settlements.radius_m[which] * 1.12, 350)).all(axis=1)
    off_gate = cKDTree(rim).query(grid)[0] > 0.3 * step
    made: Floats = grid[far & clear & off_gate]
    return made


def _delaunay_edges(points: Floats) -> NDArray[np.int64]:
    corners = Delaunay(points).simplices
    pairs = np.vstack([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    return np.unique(np.sort(pairs, axis=1), axis=0)


def _edge_cost(rng: np.random.Generator, ground: Ground, points: Floats, pairs: NDArray[np.int64]) -> Floats:
    """Metres, dearer by chance from place to place, and dear enough over water that only a must is a bridge."""
    lines = shapely.linestrings(np.stack([points[pairs[:, 0]], points[pairs[:, 1]]], axis=1))
    length = shapely.length(lines)
    shapely.prepare(ground.county)
    wet = np.zeros(len(lines))
    crosses = ~shapely.covers(ground.county, lines)
    wet[crosses] = length[crosses] - shapely.length(shapely.intersection(lines[crosses], ground.county))
    made: Floats = length * rng.uniform(0.85, 1.5, len(lines)) + wet * 25.0
    return made


def _exits(plan: Plan, ground: Ground, points: Floats) -> NDArray[np.int64]:
    """Mesh points by the land border, spread along it, where the main roads leave the county."""
    border = shapely.intersection(shapely.boundary(ground.county), shapely.buffer(ground.neighbours, 5.0))
    close = np.flatnonzero(shapely.distance(shapely.points(points), border) < plan.mesh_spacing_m * 0.8)
    if len(close) == 0:
        return np.array([], dtype=np.int64)
    chosen = [close[np.argmin(points[close][:, 0])]]
    while len(chosen) < plan.exit_count:
        gap = np.hypot(*(points[close][:, None, :] - points[chosen][None, :, :]).T).T.min(axis=1)
        chosen.append(close[gap.argmax()])
    return np.array(chosen)


def country_roads(mesh: Mesh, settlements: Settlements, rng: np.random.Generator) -> list[CountryRoad]:
    """A roads between seats and out of the county, B roads between towns, minor roads and lanes to the rest."""
    grade = np.full(len(mesh.first), 9)
    count = len(settlements.points)
    seats = np.arange(settlements.seat_count)
    towns = np.arange(settlements.town_count)
    hamlets = np.flatnonzero((mesh.gate_of < 0) & (np.arange(len(mesh.points)) >= count))[
        : len(settlements.hamlets)
    ]
    gates = np.flatnonzero(mesh.gate_of >= 0)
    gates = gates[rng.random(len(gates)) < 0.7]
    rounds = (
        (0, np.append(seats, mesh.exits[: max(2, len(mesh.exits) - 2)]), 0.88),
        (1, np.append(towns, mesh.exits), 0.85),
        (2, np.concatenate([np.arange(count), gates]), 0.9),
        (3, np.concatenate([np.arange(count), hamlets]), 1.0),
    )
    for level, ends, closeness in rounds:
        _lay(mesh, grade, level, np.unique(ends), closeness)
    _add_lanes(mesh, grade, rng)
    return _chains(mesh, grade, count)


def _lay(mesh: Mesh, grade: NDArray[np.int64], level: int, ends: NDArray[np.int64], closeness: float) -> None:
    """Join the ends that are relative neighbours by road, along the cheapest ways."""
    if len(ends) < 2:
        return
    cost = mesh.cost * np.where(grade < 9, 0.62, 1.0)
    graph = coo_matrix((cost, (mesh.first, mesh.last)), shape=(len(mesh.points),) * 2).tocsr()
    far, before = dijkstra(graph, directed=False, indices=ends, return_predecessors=True)
    between = far[:, ends]
    leaving = np.isin(ends, mesh.exits)
    edge_at = {(int(a), int(b)): i for i, (a, b) in enumerate(zip(mesh.first, mesh.last, strict=True))}
    for i in range(len(ends)):
        for j in _neighbours(between, i, closeness):
            if leaving[i] and leaving[j]:
                continue
            step = int(ends[j])
            while step != ends[i]:
                last = int(before[i, step])
                edge = edge_at[(min(step, last), max(step, last))]
                grade[edge] = min(grade[edge], level)
                step = last


def _neighbours(between: Floats, i: int, closeness: float) -> list[int]:
    """Ends j > i with no third end much nearer to both; at closeness ≤ 1 all ends stay joined."""
    by = np.maximum(between[i][None, :], between)
    by[:, i] = np.inf
    np.fill_diagonal(by, np.inf)
    kept = np.isfinite(between[i]) & (by.min(axis=1) >= closeness * between[i])
    return [int(j) for j in np.flatnonzero(kept) if j > i]


def _add_lanes(mesh: Mesh, grade: NDArray[np.int64], rng: np.random.Generator) -> None:
    """A few more lanes that join what is already there."""
    used = np.zeros(len(mesh.points), dtype=bool)
    laid = grade < 9
    used[mesh.first[laid]] = used[mesh.last[laid]] = True
    open_edge = (
        ~laid
        & used[mesh.first]
        & used[mesh.last]
        & (mesh.gate_of[mesh.first] < 0)
        & (mesh.gate_of[mesh.last] < 0)
    )
    cheap = mesh.cost < np.quantile(mesh.cost, 0.7)
    grade[open_edge & cheap & (rng.random(len(grade)) < 0.24)] = 3


def _chains(mesh: Mesh, grade: NDArray[np.int64], settlement_count: int) -> list[CountryRoad]:
    """Follow laid edges between points of note, and round the corners between."""
    laid = np.flatnonzero(grade < 9)
    laid = laid[~((mesh.gate_of[mesh.last[laid]] >= 0) & (mesh.first[laid] == mesh.gate_of[mesh.last[laid]]))]
    at: dict[int, list[tuple[int, int]]] = {}
    for edge in laid.tolist():
        a, b = int(mesh.first[edge]), int(mesh.last[edge])
        at.setdefault(a, []).append((b, edge))
        at.setdefault(b, []).append((a, edge))

    def ends_here(node: int) -> bool:
        links = at[node]
        return len(links) != 2 or node < settlement_count or grade[links[0][1]] != grade[links[1][1]]

    seen: set[int] = set()
    roads = []
    for start in sorted(at):
        if not ends_here(start):
            continue
        for step, edge in at[start]:
            if edge in seen:
                continue
            path, node, via = [start], step, edge
            seen.add(edge)
            while True:
                path.append(node)
                if ends_here(node):
                    break
                node, via = next((n, e) for n, e in at[node] if e != via)
                seen.add(via)
            roads.extend(_pieces(rounded(mesh.points[path], 3), int(grade[edge]), start, path[-1]))
    return roads


def _pieces(way: Floats, grade: int, start: int, end: int) -> list[CountryRoad]:
    """A long road in stretches of about two kilometres, as a name and a junction seldom last longer."""
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))])
    count = max(1, round(float(run[-1]) / STRETCH_M))
    cuts = np.unique(np.searchsorted(run, run[-1] * np.arange(1, count) / count))
    bounds = [0, *cuts.tolist(), len(way) - 1]
    return [
        CountryRoad(way[a : b + 1], grade, start if a == 0 else -1, end if b == len(way) - 1 else -1)
        for a, b in pairwise(bounds)
        if b > a
    ]
