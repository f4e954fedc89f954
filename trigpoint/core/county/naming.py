"""Gives every street its name and every segment its place: from cut lines to the county's Streets."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from trigpoint.core.county import names
from trigpoint.core.county.blocks import TownLine
from trigpoint.core.county.model import ROAD_CLASSES, Areas, Indices, Rail, Streets
from trigpoint.core.county.network import Network
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.streets import Laid
from trigpoint.core.county.towns import Settlements, nearest

_RINGS = ("Ring Road", "Circular Road", "Inner Relief Road")
_LANES = ("Lane", "Hill", "Lane", "Road", "Green Lane", "Drove")
_SHORES = (
    "Marine Parade",
    "The Esplanade",
    "Quayside",
    "Beach Road",
    "Promenade",
    "Harbour Road",
    "Strand Road",
)


def name_streets(
    rng: np.random.Generator, network: Network, laid: Laid, settlements: Settlements, rail: Rail, lsoas: Areas
) -> Streets:
    """Streets in the order of their settlement; each line has one name, each segment its LSOA and ward."""
    line_names = _line_names(rng, laid, network, settlements, rail)
    town = np.array([line.town for line in laid.lines], dtype=np.int32)[network.line]
    grade = np.array([line.grade for line in laid.lines])[network.line]
    grade = np.where(grade == 3, np.where(town < 0, 2, 3), grade)
    middle = shapely.line_interpolate_point(network.geometries, 0.5, normalized=True)
    lsoa = _area_of(middle, lsoas)
    return Streets(
        codes=tuple(f"MS{number:07d}" for number in range(1, len(network.geometries) + 1)),
        names=tuple(line_names[i] for i in network.line.tolist()),
        road_class=tuple(ROAD_CLASSES[i] for i in grade.tolist()),
        start_junction=network.start.astype(np.int64),
        end_junction=network.end.astype(np.int64),
        geometries=network.geometries,
        town=town,
        ward=lsoas.parent[lsoa],
        lsoa=lsoa,
        length_m=shapely.length(network.geometries),
        junction_easting_m=network.junctions[:, 0],
        junction_northing_m=network.junctions[:, 1],
    )


def _area_of(points: Any, areas: Areas) -> Indices:
    """The area each point lies in, or the nearest for a bridge's middle over water."""
    tree = shapely.STRtree(areas.polygons)
    point, area = tree.query_nearest(points, all_matches=False)
    found = np.empty(len(points), dtype=np.int32)
    found[point] = area
    return found


def _line_names(
    rng: np.random.Generator, laid: Laid, network: Network, settlements: Settlements, rail: Rail
) -> list[str]:
    """A name per laid line; lines of which nothing is left in the network have an empty one."""
    named = [""] * len(laid.lines)
    members: dict[int, list[int]] = {}
    for index in np.unique(network.line).tolist():
        members.setdefault(laid.lines[index].town, []).append(index)
    stations: dict[int, Floats] = {}
    for station in rail.stations:
        stations.setdefault(station.town, np.array([station.easting_m, station.northing_m]))
    for town, own in sorted(members.items()):
        if town < 0:
            _name_country(rng, laid.lines, own, named, settlements)
        else:
            _name_town(rng, laid.lines, own, named, settlements, town, stations.get(town))
    return named


def _name_country(
    rng: np.random.Generator,
    lines: tuple[TownLine, ...],
    own: list[int],
    named: list[str],
    settlements: Settlements,
) -> None:
    """A main road is called after the larger place at its ends, a lesser one after the smaller."""
    ends = np.array([lines[i].points[[0, -1]] for i in own]).reshape(-1, 2)
    place = nearest(ends, settlements.points).reshape(-1, 2)
    for index, (start, end) in zip(own, place.tolist(), strict=True):
        minor = lines[index].grade >= 2
        towards = settlements.names[max(start, end) if minor else min(start, end)]
        named[index] = f"{towards} {'Road' if lines[index].grade <= 2 else str(rng.choice(_LANES))}"


def _name_town(
    rng: np.random.Generator, lines: tuple[TownLine, ...], own: list[int], named: list[str],
    settlements: Settlements, town: int, station: Floats | None,
) -> None:  # fmt: skip
    main = settlements.names[town] == names.MAIN_TOWN
    namer = names.StreetNamer(rng, names.MAIN_OLD if main else ())
    centre = settlements.points[town]
    if station is not None:
        _name_station_street(lines, own, named, namer, station, "Station Parade" if main else "Station Road")
    rings, shores = list(_RINGS), [str(name) for name in rng.permutation(_SHORES)]
    near = sorted(own, key=lambda i: float(np.hypot(*(lines[i].points.mean(axis=0) - centre))))
    for index in near:
        line = lines[index]
        if named[index]:
            continue
        if line.style == "radial":
            named[index] = _radial_name(line, centre, settlements, town, namer)
        elif line.style == "high":
            named[index] = namer.next("core") if namer.has("High Street") else namer.take("High Street")
        elif line.style == "shore" and shores:
            named[index] = namer.take(shores.pop())
        elif line.style == "ring" and line.grade == 1 and rings:
            named[index] = namer.take(rings[0])
        elif line.style in ("ring", "shore"):
            named[index] = namer.next("terrace")
        else:
            named[index] = namer.next(line.style)


def _name_station_street(
    lines: tuple[TownLine, ...],
    own: list[int],
    named: list[str],
    namer: names.StreetNamer,
    station: Floats,
    name: str,
) -> None:
    long_enough = [i for i in own if lines[i].style not in ("radial", "high", "shore", "close")]
    if not long_enough:
        return
    shapes = shapely.linestrings([lines[i].points[[0, -1]] for i in long_enough])
    gap = shapely.distance(shapes, shapely.Point(station)) - np.minimum(shapely.length(shapes), 400) * 0.25
    named[long_enough[int(gap.argmin())]] = namer.take(name)


def _radial_name(
    line: TownLine, centre: Floats, settlements: Settlements, town: int, namer: names.StreetNamer
) -> str:
    """The place it points to, if no other radial has it."""
    way = line.points[-1] - centre
    away = settlements.points - centre
    gap = np.hypot(away[:, 0], away[:, 1])
    facing = (away @ (way / np.hypot(*way))) / np.maximum(gap, 1)
    size = settlements.people**0.6
    appeal = np.where((facing > 0.85) & (np.arange(len(gap)) != town), size / np.maximum(gap, 1000), 0)
    for place in np.argsort(-appeal)[:6].tolist():
        name = f"{settlements.names[place]} Road"
        if appeal[place] > 0 and not namer.has(name):
            return namer.take(name)
    return namer.next("terrace")
