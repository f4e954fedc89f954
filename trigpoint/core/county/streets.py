"""The whole street network: town and country lines gathered, cut at junctions, named and bent a little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from trigpoint.core.county.blocks import TownLine, lay_town
from trigpoint.core.county.coast import Ground
from trigpoint.core.county.mesh import CountryRoad, Gates, Mesh
from trigpoint.core.county.noise import Floats, displaced, make_waves
from trigpoint.core.county.towns import Settlements

SNAP_M = 0.5


@dataclass(frozen=True, slots=True)
class Network:
    """Street segments cut at junctions, before names and areas. `line` is the index of the street it was cut from."""

    geometries: Any
    line: np.ndarray
    start: np.ndarray
    end: np.ndarray
    junctions: Floats


@dataclass(frozen=True, slots=True)
class Laid:
    """All streets before cutting, and the ground towns stand on and keep green."""

    lines: tuple[TownLine, ...]
    greens: tuple[tuple[int, Any], ...]
    quarters: tuple[tuple[int, Any], ...]


def lay_streets(
    rng: np.random.Generator, ground: Ground, settlements: Settlements, gates: tuple[Gates, ...], mesh: Mesh,
    roads: list[CountryRoad],
) -> Laid:  # fmt: skip
    rivers = shapely.union_all([line for _, line in ground.rivers])
    dry = shapely.buffer(ground.county, -90.0)
    lines: list[TownLine] = []
    greens: list[tuple[int, Any]] = []
    quarters: list[tuple[int, Any]] = []
    for index, town_gates in enumerate(gates):
        centre, radius = settlements.points[index], float(settlements.radius_m[index])
        disc = shapely.Point(centre).buffer(radius * 1.5)
        here = shapely.difference(
            shapely.intersection(dry, disc), shapely.buffer(shapely.intersection(rivers, disc), 28)
        )
        shapely.prepare(here)
        grades = _radial_grades(settlements, mesh, roads, index, town_gates)
        town = lay_town(rng, index, centre, radius, town_gates, grades, here)
        lines.extend(town.lines)
        greens.extend((index, green) for green in town.greens)
        quarters.extend((index, quarter) for quarter in town.quarters)
    lines.extend(TownLine(road.points, road.grade, "country", -1, i) for i, road in enumerate(roads))
    lines.extend(_village_lanes(rng, settlements, roads))
    return Laid(tuple(sorted(lines, key=lambda line: line.grade)), tuple(greens), tuple(quarters))


def _radial_grades(
    settlements: Settlements, mesh: Mesh, roads: list[CountryRoad], index: int, gates: Gates
) -> list[int]:
    """A radial carries on the road that leaves by its gate; one that leads nowhere is a minor road."""
    grades = [2] * len(gates.angle)
    ends = {
        end: road.grade for road in sorted(roads, key=lambda r: -r.grade) for end in (road.start, road.end)
    }
    for node in np.flatnonzero(mesh.gate_of == index).tolist():
        away = mesh.points[node] - settlements.points[index]
        turn = np.angle(np.exp(1j * (gates.angle - np.arctan2(away[1], away[0]))))
        grades[int(np.abs(turn).argmin())] = min(ends.get(node, 2), 2)
    return grades


def _village_lanes(
    rng: np.random.Generator, settlements: Settlements, roads: list[CountryRoad]
) -> list[TownLine]:
    """Short side lanes along the roads into each village, and a loop behind some of them."""
    at: dict[int, list[Floats]] = {}
    for road in roads:
        at.setdefault(road.start, []).append(road.points)
        at.setdefault(road.end, []).append(road.points[::-1])
    lanes: list[TownLine] = []
    for village in range(settlements.town_count, len(settlements.names)):
        radius = settlements.radius_m[village]
        for way in at.get(village, []):
            lanes.extend(_lanes_along(rng, shapely.LineString(way), radius, village))
    return lanes


def _lanes_along(rng: np.random.Generator, way: Any, radius: float, village: int) -> list[TownLine]:
    lanes = []
    run = rng.uniform(50, 110)
    last: Floats | None = None
    side = rng.choice([-1.0, 1.0])
    while run < min(radius, way.length * 0.45):
        here, ahead = (shapely.get_coordinates(way.interpolate(run + d))[0] for d in (0.0, 5.0))
        normal = np.array([-(ahead - here)[1], (ahead - here)[0]]) / 5.0 * side
        bend = (ahead - here) / 5.0 * rng.uniform(-45, 45)
        reach = rng.uniform(70, 190)
        tip = here + normal * reach + bend
        lanes.append(
            TownLine(np.array([here, here + normal * reach * 0.5 + bend * 0.2, tip]), 3, "village", village)
        )
        if last is not None and rng.random() < 0.55:
            lanes.append(
                TownLine(np.array([last, (last + tip) / 2 + normal * 15, tip]), 3, "village", village)
            )
        last = tip
        run += rng.uniform(70, 170)
        if rng.random() < 0.5:
            side, last = -side, None
    return lanes


def cut_network(
    rng: np.random.Generator, laid: Laid, ground: Ground, settlements: Settlements, rails: list[Any]
) -> Network:
    """Node every crossing, drop what crosses rail or water without being worth a bridge, keep one network, bend it."""
    raw = _line_array(laid)
    nodes = shapely.get_parts(shapely.union_all(raw, grid_size=SNAP_M))
    line = _source_line(nodes, raw)
    grade = np.array([street.grade for street in laid.lines])
    keep = (line >= 0) & (shapely.length(nodes) > 6.0)
    keep &= ~_blocked(rng, nodes, grade[np.maximum(line, 0)], ground, rails)
    nodes, line = nodes[keep], line[keep]
    start, end, junctions = _junctions(nodes)
    main = _giant(start, end, len(junctions))
    nodes, line, start, end = nodes[main], line[main], start[main], end[main]
    used, renumbered = np.unique(np.concatenate([start, end]), return_inverse=True)
    bent = _bend(rng, nodes)
    return Network(
        bent, line, renumbered[: len(start)], renumbered[len(start) :], _moved(len(used), bent, renumbered)
    )


def _line_array(laid: Laid) -> Any:
    points = np.vstack([line.points for line in laid.lines])
    index = np.repeat(np.arange(len(laid.lines)), [len(line.points) for line in laid.lines])
    return shapely.linestrings(points, indices=index)


def _source_line(pieces: Any, raw: Any) -> np.ndarray:
    """Index of the street each piece was cut from, the more important where two run together; −1 if none."""
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    piece, source = shapely.STRtree(raw).query(middle, predicate="dwithin", distance=SNAP_M * 2)
    line = np.full(len(pieces), len(raw))
    np.minimum.at(line, piece, source)
    line[line == len(raw)] = -1
    return line


def _blocked(
    rng: np.random.Generator, pieces: Any, grade: np.ndarray, ground: Ground, rails: list[Any]
) -> np.ndarray:
    """Local streets stop at railways and rivers; every street stops at the sea unless it is a bridge."""
    barriers = shapely.union_all([*rails, *(line for _, line in ground.rivers)])
    shapely.prepare(barriers)
    local = (grade >= 3) & shapely.intersects(barriers, pieces) & (rng.random(len(pieces)) < 0.88)
    minor = (grade == 2) & shapely.intersects(barriers, pieces) & (rng.random(len(pieces)) < 0.25)
    shapely.prepare(ground.county)
    off = ~shapely.covers(ground.county, pieces) & (grade >= 2)
    off[off] = shapely.length(shapely.difference(pieces[off], ground.county)) > 60
    return local | minor | off


def _junctions(pieces: Any) -> tuple[np.ndarray, np.ndarray, Floats]:
    ends = np.vstack([shapely.get_coordinates(shapely.get_point(pieces, i)) for i in (0, -1)])
    found, index = np.unique(np.round(ends / SNAP_M).astype(np.int64), axis=0, return_inverse=True)
    index = index.ravel()
    return index[: len(pieces)], index[len(pieces) :], found * SNAP_M


def _giant(start: np.ndarray, end: np.ndarray, count: int) -> np.ndarray:
    """Mask of the segments in the largest connected part."""
    graph = coo_matrix((np.ones(len(start)), (start, end)), shape=(count, count))
    _, part = connected_components(graph, directed=False)
    mask: np.ndarray = part[start] == np.bincount(part[start]).argmax()
    return mask


def _bend(rng: np.random.Generator, pieces: Any) -> Any:
    """Two gentle waves through the whole county; junctions move with their streets."""
    fields = [
        make_waves(rng, 1100.0, 22.0),
        make_waves(rng, 1100.0, 22.0),
        make_waves(rng, 420.0, 7.0),
        make_waves(rng, 420.0, 7.0),
    ]
    dense = shapely.segmentize(pieces, 45.0)

    def bend(points: Floats) -> Floats:
        return displaced(displaced(points, fields[0], fields[1]), fields[2], fields[3]).round(1)

    return shapely.transform(dense, bend)


def _moved(count: int, bent: Any, renumbered: np.ndarray) -> Floats:
    """Where each junction lies now: the ends of the streets that meet there."""
    moved = np.empty((count, 2))
    half = len(bent)
    moved[renumbered[:half]] = shapely.get_coordinates(shapely.get_point(bent, 0))
    moved[renumbered[half:]] = shapely.get_coordinates(shapely.get_point(bent, -1))
    return moved
