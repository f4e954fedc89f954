"""The ground that facilities and risk are told of: hexagons with a street in them, and the sites a viewer may place."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.geography.cells import cells_of_points
from trigpoint.gate.asked import Asked
from trigpoint.gate.units import Units
from trigpoint.store.sites import SITE_CLASSES, fetch_sites

__all__ = ["Ground", "PlacedSites", "ground_of", "placed_sites"]

USUAL_BLOCK_M = 200.0
"""Where no streets are loaded."""
SHORTEST_BLOCK_M, LONGEST_BLOCK_M = 60.0, 250.0
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """`ids` are the county's hexagons in which the middle of a street lies (all of them where no streets are loaded),
    with their middles; `street_m` metres of street in each (1 in each without streets). `block_m` is a street's mean
    length between junctions, to 10 metres; `least_m` half of how far hexagons lie apart, the least they can tell."""

    ids: NDArray[np.int64]
    easting_m: Floats
    northing_m: Floats
    street_m: Floats
    block_m: float
    least_m: float

    def place(self, unit: NDArray[np.integer]) -> NDArray[np.int64]:
        """Dense ids as positions here, -1 for those that are not here and for none."""
        last = max(int(self.ids.max(initial=-1)), int(unit.max(initial=-1)))
        known = np.full(last + 2, -1, dtype=np.int64)
        known[self.ids] = np.arange(self.ids.size)
        place: NDArray[np.int64] = known[unit]
        return place


@dataclass(frozen=True, slots=True, eq=False)
class PlacedSites:
    """Sites that the viewer may place: `kind` their class, `point` float64[k, 2] metres, `opened` and `closed` days.

    `coarse` is how many of the classes asked about may only be counted by area, and are not here.
    """

    kind: NDArray[np.str_]
    point: Floats
    opened: NDArray[np.datetime64]
    closed: NDArray[np.datetime64]
    coarse: int

    @property
    def kinds(self) -> list[str]:
        return sorted(set(self.kind.tolist()))


def ground_of(units: Units) -> Ground:
    """The ground at the units' resolution."""
    resolution, streets = units.resolution or 0, units.version.streets
    cells = units.version.cells(resolution)
    street_m = np.ones(cells.in_county)
    block_m = USUAL_BLOCK_M
    if not streets.anchors and len(streets.codes):
        found = cells_of_points(streets.easting_m, streets.northing_m, (resolution,))[resolution]
        places = units.version.cell_places(resolution)
        at = np.array([places.get(cell, -1) for cell in found.tolist()], dtype=np.int64)
        here = (at >= 0) & (at < cells.in_county)
        street_m = np.bincount(at[here], streets.length_m[here], minlength=cells.in_county).astype(np.float64)
        block_m = float(
            np.clip(round(float(np.mean(streets.length_m)), -1), SHORTEST_BLOCK_M, LONGEST_BLOCK_M)
        )
    ids = np.flatnonzero(street_m > 0)
    easting_m, northing_m = units.points(ids)
    every_m = units.points(np.arange(cells.in_county))
    return Ground(ids, easting_m, northing_m, street_m[ids], block_m, _half_apart_m(*every_m))


def _half_apart_m(easting_m: Floats, northing_m: Floats) -> float:
    if easting_m.size < 2:
        return 0.0
    middles = np.column_stack([easting_m, northing_m])
    away_m, _ = cKDTree(middles).query(middles, k=2)
    return float(round(np.median(away_m[:, 1]) / 2))


def placed_sites(asked: Asked, start: date | None, end: date | None) -> PlacedSites:
    """The sites of the classes asked about that were open at some time in the period."""
    with asked.layers() as cursor:
        found = fetch_sites(
            cursor, classes=asked.question.classes or tuple(SITE_CLASSES), open_from=start, open_to=end
        )
    point = np.column_stack([found["easting_m"].astype(np.float64), found["northing_m"].astype(np.float64)])
    placed = np.flatnonzero((found["kept"] != "area") & np.isfinite(point).all(axis=1))
    kind = found["class"].astype(str)
    # by place, so that the order hangs on nothing that the viewer may not see
    order = placed[np.lexsort((point[placed, 1], point[placed, 0], kind[placed]))]
    opened, closed = (found[name].astype("M8[D]")[order] for name in ("opened", "closed"))
    return PlacedSites(kind[order], point[order], opened, closed, len(kind) - placed.size)
