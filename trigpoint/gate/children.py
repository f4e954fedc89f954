"""How many children live in each unit, and what that figure stands on."""

from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.areas import area_locator
from trigpoint.core.geography.cells import cells_of_points
from trigpoint.core.geography.dasymetric import Support, share_out
from trigpoint.store.places import Areas, Cells, Population, Streets
from trigpoint.store.shapes import fetch_outlines

__all__ = ["Children", "Ground", "children_of_area", "children_of_cells", "children_of_streets"]

Ids = NDArray[np.integer]
Floats = NDArray[np.float64]

NO_HOMES = frozenset({"motorway", "a road"})
"""Roads whose length says nothing of how many live along them."""


@dataclass(frozen=True, slots=True, eq=False)
class Children:
    """Children living in each unit of a level by dense id, float64[n]; NaN where none are known.

    `stands_on` says in a sentence where the figures come from, and that they are of all ages where no ages are loaded.
    """

    people: Floats
    stands_on: str


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What children are shared out from: the areas of a level that have figures, and where points lie in them."""

    level: str
    areas: Areas
    population: Population
    outlines: NDArray[np.object_]

    @classmethod
    def read(
        cls, cursor: duckdb.DuckDBPyConnection, level: str, areas: Areas, population: Population
    ) -> "Ground":
        return cls(level, areas, population, fetch_outlines(cursor, level))

    def locate(self, easting_m: Floats, northing_m: Floats) -> NDArray[np.int32]:
        """The area that holds each point, int32[n]; -1 where none does."""
        return area_locator(self.outlines).locate(easting_m, northing_m)

    @property
    def who(self) -> str:
        return (
            "Children aged 10 to 17" if self.population.ages else "No ages are loaded: residents of every age"
        )


def children_of_area(population: Population, level: str) -> Children:
    """Of areas that have figures of their own."""
    who = "Children aged 10 to 17" if population.ages else "No ages are loaded: residents of every age"
    return Children(population.people, f"{who}, as the population layer gives them for each {level}.")


def children_of_streets(ground: Ground, streets: Streets) -> Children:
    """Each area's children over the streets whose middle lies in it, by their length."""
    area = ground.locate(streets.easting_m, streets.northing_m)
    ids = np.arange(len(streets.codes))
    lengths = Support(area, ids, _lengths(streets))
    alike = Support(area, ids, np.ones(len(ids)))
    shared = share_out(ground.population.people, (lengths, alike), len(ids))
    words = "shared out over the streets of each {level} by their length; motorways and A roads only where it has no other"
    return Children(_known(shared.people, area, ground), _words(ground, words, shared.elsewhere))


def children_of_cells(ground: Ground, cells: Cells, streets: Streets, resolution: int) -> Children:
    """Each area's children over its streets by their length, else over the hexagons whose middle lies in it."""
    area = ground.locate(cells.easting_m, cells.northing_m)
    evenly = Support(area, np.arange(cells.h3.size), np.ones(cells.h3.size))
    ids = np.arange(len(ground.areas.codes))
    inside = Support(
        ids, _cell_ids(ground.areas.easting_m, ground.areas.northing_m, cells, resolution), np.ones(ids.size)
    )
    supports = [evenly, inside]
    words = "no streets are loaded, so they are shared out evenly over the hexagons of each {level}"
    if not streets.anchors:
        middle = ground.locate(streets.easting_m, streets.northing_m)
        at = _cell_ids(streets.easting_m, streets.northing_m, cells, resolution)
        supports.insert(0, Support(middle, at, _lengths(streets)))
        words = "shared out over the streets of each {level} by their length, evenly where it has none"
    shared = share_out(ground.population.people, supports, cells.h3.size)
    return Children(_known(shared.people, area, ground), _words(ground, words, shared.elsewhere))


def _lengths(streets: Streets) -> Floats:
    homes = np.array([road.casefold() not in NO_HOMES for road in streets.road_class], dtype=bool)
    return np.where(homes, np.maximum(streets.length_m, 0.0), 0.0)


def _cell_ids(easting_m: Floats, northing_m: Floats, cells: Cells, resolution: int) -> Ids:
    found = cells_of_points(easting_m, northing_m, (resolution,))[resolution]
    if cells.h3.size == 0:
        return np.full(found.size, -1)
    order = np.argsort(cells.h3)
    place = np.minimum(np.searchsorted(cells.h3[order], found), cells.h3.size - 1)
    return np.where(cells.h3[order][place] == found, order[place], -1)


def _known(people: Floats, area: Ids, ground: Ground) -> Floats:
    """NaN where the unit's middle lies in no area whose people are known, unless some were shared into it."""
    told = np.isfinite(ground.population.people)
    nowhere = ~np.append(told, False)[area]
    return np.where(nowhere & (people == 0.0), np.nan, people)


def _words(ground: Ground, shared: str, elsewhere: float) -> str:
    lost = f" {elsewhere:,.0f} of them could be placed in none." if elsewhere >= 1.0 else ""
    by = shared.format(level=ground.level.upper() if ground.level == "lsoa" else ground.level)
    return f"{ground.who}, {by}. Postcodes, which would place homes better, are not in the store.{lost}"
