"""Which hexagons lie near a place or along a bus route or a railway line."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.along import FINEST, cells_along, open_routes, routes_called
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.sites import point_of
from trigpoint.gate.units import units_of

__all__ = ["Corridor", "corridors_of", "near_place"]

EVERY = "all"
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
    wanted = asked.question.text.strip()
    if not wanted:
        return ()
    every = wanted.casefold() == EVERY
    routes = open_routes(asked.version) if every else routes_called(wanted, asked.version)
    if not routes:
        raise QuestionError(f"There is no bus route or railway line '{asked.question.text}' in this county.")
    if len(routes) > MOST_ROUTES:
        raise QuestionError(f"There are more than {MOST_ROUTES} routes: name one.")
    radius_m = float(asked.question.radius_m)
    return tuple(
        Corridor(one.code, one.name, one.mode, cells_along(asked.version, one.lines, radius_m))
        for one in routes
    )
