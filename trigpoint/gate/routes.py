"""Which areas and stations buses and trains join without a change."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.analysis.direct_routes import Calls, direct_routes
from trigpoint.core.geography.areas import area_locator
from trigpoint.gate.version import Version
from trigpoint.gate.walking_ground import outlines_of
from trigpoint.store.flows import fetch_calls

__all__ = ["STATION_M", "Direct", "direct_between", "direct_words"]

STATION_M = 400.0
"""A stop this near a station, and an end of a journey this near it, in a straight line, belong to it: five minutes."""

RAIL = frozenset({"rail", "metro", "tram", "subway"})

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]


class Direct(NamedTuple):
    """Departures on a weekday that join each pair of areas without a change, by train and by bus, int64[p]."""

    rail: Ids
    bus: Ids


def direct_between(
    version: Version, level: str, origin: Ids, destination: Ids, stations: tuple[Floats, Floats] | None = None
) -> Direct:
    """Direct routes between areas of a level: a stop serves the area it stands in.

    With `stations` (eastings and northings) destinations are stations, and a stop within `STATION_M` serves one.
    """
    areas = len(version.areas(level).codes)
    found = version.recall(("calls", level), lambda: _calls(version, level))
    route, position, area, departures = (found[name] for name in ("route", "position", "area", "departures"))
    wanted = destination
    if stations is not None:
        call, station = _beside(found, *stations)
        route, position = np.append(route, route[call]), np.append(position, position[call])
        area, departures = np.append(area, areas + station), np.append(departures, departures[call])
        wanted = areas + destination
    rail = np.append(found["rail"], found["rail"][call]) if stations is not None else found["rail"]
    order = np.lexsort((position, route))
    of_mode = [order[rail[order] == mode] for mode in (True, False)]
    counted = [
        direct_routes(Calls(route[at], area[at], position[at], departures[at]), origin, wanted).departures
        for at in of_mode
    ]
    return Direct(counted[0], counted[1])


def _calls(version: Version, level: str) -> dict[str, NDArray[np.generic]]:
    with version.cursor() as cursor:
        found = fetch_calls(cursor)
    outlines = outlines_of(version, level, None, np.arange(len(version.areas(level).codes)))
    east, north = found["easting_m"].astype(np.float64), found["northing_m"].astype(np.float64)
    area = area_locator(outlines).locate(east, north) if east.size else np.empty(0)
    return {
        "route": found["route"].astype(np.int64),
        "position": found["position"].astype(np.int64),
        "departures": found["departures"],
        "area": area.astype(np.int64),
        "rail": np.array([mode in RAIL for mode in found["mode"].tolist()], dtype=bool),
        "easting_m": east,
        "northing_m": north,
    }


def _beside(
    found: dict[str, NDArray[np.generic]], easting_m: Floats, northing_m: Floats
) -> tuple[NDArray[np.intp], Ids]:
    """Calls at stops beside a station, and which station, one row each."""
    east, north = np.asarray(found["easting_m"]), np.asarray(found["northing_m"])
    placed = np.flatnonzero(np.isfinite(east.astype(np.float64)))
    if not placed.size or not easting_m.size:
        return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.int64)
    stops = cKDTree(np.column_stack([east[placed], north[placed]]))
    near = stops.query_ball_point(np.column_stack([easting_m, northing_m]), STATION_M)
    call = np.concatenate([placed[np.sort(np.array(one, dtype=np.intp))] for one in near])
    station = np.repeat(np.arange(len(near)), [len(one) for one in near])
    return call, station.astype(np.int64)


def direct_words(rail: int, bus: int) -> str:
    """How one gets there without a change."""
    ways = [
        f"{way}, {many:,} departures a weekday" for way, many in (("train", rail), ("bus", bus)) if many > 0
    ]
    return "direct by " + " and by ".join(ways) if ways else "no direct train or bus"
