"""Bus routes and railway lines of the open timetables, and the small hexagons that lie along them."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.gate.version import Version
from trigpoint.store.times import fetch_route_lines

__all__ = [
    "CORRIDOR_M", "FINEST", "ROUTE_WORD", "Route", "cells_along", "open_routes", "outline_along", "route_word",
    "routes_called",
]  # fmt: skip

CORRIDOR_M = 250
"""How far from its line a place is still along a route, metres."""
FINEST = 10
OUTLINE_M = 5.0
ROUTE_WORD = "route:"
"""What stands before a route's number or name, so that route 1 is not taken for a place called 1."""


@dataclass(frozen=True, slots=True)
class Route:
    """A bus route or railway line, both directions as one: `lines` are WKB, EPSG:27700."""

    code: str
    name: str
    mode: str
    lines: tuple[bytes, ...]


def open_routes(version: Version) -> tuple[Route, ...]:
    """Every route that has a line, by code and mode. Only those of open feeds, so that everybody has the same."""
    return version.recall("open routes", lambda: _read(version))


def routes_called(text: str, version: Version) -> tuple[Route, ...]:
    """The routes of this number or name, whatever its capitals."""
    wanted = text.strip().casefold()
    return tuple(one for one in open_routes(version) if wanted in (one.code.casefold(), one.name.casefold()))


def route_word(code: str, name: str, version: Version) -> str:
    """How `within` names a route: by its number or, where routes of several names have that number, by its name."""
    shared = len({one.name for one in routes_called(code, version)}) > 1
    return f"{ROUTE_WORD}{name if shared else code}"


def outline_along(lines: tuple[bytes, ...], radius_m: float) -> bytes:
    """The ground within the radius of the lines, WKB of a (multi)polygon, EPSG:27700, to be drawn."""
    near = shapely.union_all(shapely.from_wkb(list(lines)))
    return bytes(shapely.to_wkb(shapely.simplify(shapely.buffer(near, radius_m), OUTLINE_M)))


def cells_along(version: Version, lines: tuple[bytes, ...], radius_m: float) -> NDArray[np.int64]:
    """Dense ids, ascending, of the hexagons of resolution 10 whose middle lies within the radius of the lines.

    Those beyond the county are among them only where some record lies: whose, this does not ask.
    """
    return version.recall(("along", lines, radius_m), lambda: _cells(version, lines, radius_m))


def _read(version: Version) -> tuple[Route, ...]:
    with version.cursor() as cursor:
        found = fetch_route_lines(cursor)
    is_open = {one.id for one in version.vocabulary.feeds if one.open}
    lines: dict[tuple[str, str], list[int]] = {}
    for at, (feed, code, mode) in enumerate(zip(found["feed"], found["code"], found["mode"], strict=True)):
        if int(feed) in is_open:
            lines.setdefault((str(code), str(mode)), []).append(at)
    return tuple(
        Route(code, str(found["name"][at[0]]), mode, tuple(bytes(found["wkb"][one]) for one in at))
        for (code, mode), at in sorted(lines.items())
    )


def _cells(version: Version, lines: tuple[bytes, ...], radius_m: float) -> NDArray[np.int64]:
    cells = version.cells(FINEST)
    near = shapely.union_all(shapely.from_wkb(list(lines)))
    shapely.prepare(near)
    west, south, east, north = shapely.bounds(near).tolist()
    boxed = np.flatnonzero(
        (cells.easting_m >= west - radius_m) & (cells.easting_m <= east + radius_m)
        & (cells.northing_m >= south - radius_m) & (cells.northing_m <= north + radius_m)
    )  # fmt: skip
    points = shapely.points(cells.easting_m[boxed], cells.northing_m[boxed])
    return np.asarray(boxed[shapely.dwithin(near, points, radius_m)], dtype=np.int64)
