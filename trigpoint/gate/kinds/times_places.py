"""Which hexagons lie near a place or along a bus route or a railway line."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.sites import point_of
from trigpoint.gate.units import units_of
from trigpoint.store.times import fetch_route_lines

__all__ = ["Corridor", "corridors_of", "near_place"]

EVERY = "all"
FINEST = 10
MOST_ROUTES = 200


@dataclass(frozen=True, slots=True, eq=False)
class Corridor:
    """A route: `cells` are the dense ids of the hexagons whose middle lies within the radius of its line, ascending."""

    code: str
    name: str
    mode: str
    cells: NDArray[np.int64]

    def holds(self, cell: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Which records, by their hexagon, lie along it, bool[n]."""
        return np.isin(cell, self.cells)


def near_place(asked: Asked, cell: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which records' hexagons have their middle within the radius of the place asked about, bool[n]."""
    point = point_of(asked, asked.around) if asked.around else None
    near = np.zeros(len(cell), dtype=bool)
    if point is None:
        return near
    placed = np.flatnonzero(cell >= 0)
    easting_m, northing_m = units_of(asked, "cell", FINEST).points(cell[placed])
    near[placed] = np.hypot(easting_m - point[0], northing_m - point[1]) <= asked.question.radius_m
    return near


def corridors_of(asked: Asked) -> tuple[Corridor, ...]:
    """The routes that the question's text names by number or name, or all; both directions as one.

    Only routes of open feeds, so that everybody has the same. Raises QuestionError where there is none of that name.
    """
    wanted = asked.question.text.strip().casefold()
    if not wanted:
        return ()
    with asked.version.cursor() as cursor:
        found = fetch_route_lines(cursor)
    is_open = {one.id for one in asked.version.vocabulary.feeds if one.open}
    lines: dict[tuple[str, str], list[int]] = {}
    for at, (feed, code, name, mode) in enumerate(
        zip(found["feed"], found["code"], found["name"], found["mode"], strict=True)
    ):
        if int(feed) in is_open and wanted in (EVERY, str(code).casefold(), str(name).casefold()):
            lines.setdefault((str(code), str(mode)), []).append(at)
    if not lines:
        raise QuestionError(f"There is no bus route or railway line '{asked.question.text}' in this county.")
    if len(lines) > MOST_ROUTES:
        raise QuestionError(f"There are more than {MOST_ROUTES} routes: name one.")
    return tuple(
        Corridor(
            code,
            str(found["name"][at[0]]),
            mode,
            _cells_near(asked, [bytes(found["wkb"][one]) for one in at]),
        )
        for (code, mode), at in sorted(lines.items())
    )


def _cells_near(asked: Asked, wkb: list[bytes]) -> NDArray[np.int64]:
    cells = asked.version.cells(FINEST)
    near = shapely.union_all(shapely.from_wkb(wkb))
    shapely.prepare(near)
    west, south, east, north = shapely.bounds(near).tolist()
    radius_m = float(asked.question.radius_m)
    boxed = np.flatnonzero(
        (cells.easting_m >= west - radius_m) & (cells.easting_m <= east + radius_m)
        & (cells.northing_m >= south - radius_m) & (cells.northing_m <= north + radius_m)
    )  # fmt: skip
    points = shapely.points(cells.easting_m[boxed], cells.northing_m[boxed])
    return np.asarray(boxed[shapely.dwithin(near, points, radius_m)], dtype=np.int64)
