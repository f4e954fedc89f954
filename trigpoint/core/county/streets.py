"""All streets as they were laid: towns, villages and the country between, before they are cut at junctions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from trigpoint.core.county.blocks import TownLine
from trigpoint.core.county.coast import Ground
from trigpoint.core.county.mesh import CountryRoad, Gates, Mesh
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.town_plan import lay_town
from trigpoint.core.county.towns import Settlements


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
    lines.extend(TownLine(road.points, road.grade, "country", -1) for road in roads)
    lines.extend(_village_lanes(rng, settlements, roads))
    return Laid(tuple(sorted(lines, key=lambda line: line.grade)), tuple(greens), tuple(quarters))


def _radial_grades(
    settlements: Settlements, mesh: Mesh, roads: list[CountryRoad], index: int, gates: Gates
) -> list[int]:
    """A radial carries on the road that leaves by its gate; one that leads nowhere is a local street."""
    grades = [3] * len(gates.angle)
    ends = {
        end: road.grade for road in sorted(roads, key=lambda r: -r.grade) for end in (road.start, road.end)
    }
    for node in np.flatnonzero(mesh.gate_of == index).tolist():
        away = mesh.points[node] - settlements.points[index]
        turn = np.angle(np.exp(1j * (gates.angle - np.arctan2(away[1], away[0]))))
        grades[int(np.abs(turn).argmin())] = min(ends[node], 2) if node in ends else 3
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
