"""The units of a level in words: codes, names and points for dense ids, and which of them a viewer may know of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.gate.asked import Asked
from trigpoint.gate.version import Version
from trigpoint.store.places import Areas, Cells, Streets

__all__ = ["ANCHOR_WINDOW_M", "Units", "among", "units_of", "within_distance"]

Ids = NDArray[np.integer]

ANCHOR_WINDOW_M = 250.0
"""Anchor points share no junctions: those this near are neighbours. A window of one point could never pass, since
the i-th highest of n counts has p = i/n at least, and the i-th of n tests must have p ≤ q·i/n."""


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """The units of one level, for one question.

    `level` is a level's word, `size` how many dense ids there are. Anchor points and cells outside the county
    are units only because a record is there; ask only for those that a permitted record reached.
    """

    asked: Asked
    level: str
    resolution: int | None

    @property
    def version(self) -> Version:
        return self.asked.version

    @property
    def size(self) -> int:
        if self.level == "street":
            return len(self.version.streets.codes)
        if self.resolution is not None:
            return int(self.version.cells(self.resolution).h3.size)
        return len(self.version.areas(self.level).codes)

    @property
    def column(self) -> str:
        return self.level if self.resolution is None else f"cell_{self.resolution}"

    @property
    def numbered(self) -> bool:
        """Whether dense ids may be told: those of anchors and cells follow from which records there are."""
        return self.resolution is None and not (self.level == "street" and self.version.streets.anchors)

    def codes(self, ids: Ids) -> list[str]:
        codes: list[str] = self.version.codes(self.level, self.resolution)[ids].tolist()
        return codes

    def names(self, ids: Ids) -> list[str]:
        """Names; a cell's is the nearest street's."""
        if self.resolution is not None:
            return self._near(ids)
        names = self.version.streets.names if self.level == "street" else self.version.areas(self.level).names
        return [names[number] for number in ids.tolist()]

    def points(self, ids: Ids) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Easting and northing of a point in each unit, metres, float64[n] each."""
        places = self._places()
        return places.easting_m[ids], places.northing_m[ids]

    def wards(self, ids: Ids) -> NDArray[np.int32]:
        """Dense ward ids, int32[n]; -1 where the unit lies in no ward, or is a district."""
        if self.level == "ward":
            return ids.astype(np.int32)
        if self.level == "district":
            return np.full(len(ids), -1, dtype=np.int32)
        return self._places().ward[ids]

    def districts(self, ids: Ids) -> NDArray[np.int32]:
        """Dense district ids, int32[n]; -1 where the unit lies in none."""
        if self.level == "district":
            return ids.astype(np.int32)
        if self.level in ("ward", "lsoa"):
            return self.version.areas(self.level).parent[ids]
        if self.resolution is not None:
            return self.version.cells(self.resolution).district[ids]
        return self.version.streets.district[ids]

    def ward_codes(self, ids: Ids) -> list[str]:
        codes = self.version.areas("ward").codes
        return [codes[ward] if ward >= 0 else "" for ward in self.wards(ids).tolist()]

    def in_order(self, ids: Ids) -> Ids:
        """Ids in an order that does not depend on which other records there are."""
        if self.numbered:
            return np.sort(ids)
        if self.resolution is not None:
            return ids[np.argsort(self.version.cells(self.resolution).h3[ids], kind="stable")]
        return ids[np.argsort(np.array(self.codes(ids)), kind="stable")] if len(ids) else ids

    def neighbours(self, ids: Ids) -> Neighbours:
        """Which of the units given touch, as positions in `ids`: areas that share a boundary, streets a junction."""
        if self.resolution is not None:
            return among(self.version.cell_neighbours(self.resolution), ids)
        if self.level == "street":
            if self.version.streets.anchors:
                return within_distance(*self.points(ids), ANCHOR_WINDOW_M)
            return among(self.version.street_neighbours(), ids)
        return among(self.version.area_neighbours(self.level), ids)

    def _places(self) -> Areas | Cells | Streets:
        if self.resolution is not None:
            return self.version.cells(self.resolution)
        return self.version.streets if self.level == "street" else self.version.areas(self.level)

    def _near(self, ids: Ids) -> list[str]:
        cells, streets = self.version.cells(self.resolution or 0), self.version.streets
        if not streets.anchors:
            return [cells.near[number] for number in ids.tolist()]
        # an anchor point is a record's: the nearest one must be among those the viewer may see
        seen = np.flatnonzero(self.asked.streets_seen())
        if seen.size == 0 or len(ids) == 0:
            return [""] * len(ids)
        # by place and then by code: dense ids of anchors follow from which records there are
        seen = seen[np.argsort(self.version.codes("street", None)[seen], kind="stable")]
        at = np.column_stack([streets.easting_m[seen], streets.northing_m[seen]])
        at, first = np.unique(at, axis=0, return_index=True)
        _, nearest = cKDTree(at).query(np.column_stack(self.points(ids)))
        return [streets.names[number] for number in seen[first][nearest].tolist()]


def units_of(asked: Asked, level: str | None = None, resolution: int | None = None) -> Units:
    """The units of a level, or of the question's own."""
    question = asked.question
    if level is None:
        return Units(asked, question.level, question.resolution)
    return Units(asked, level, resolution)


def among(neighbours: Neighbours, ids: Ids) -> Neighbours:
    """The same neighbours among some of the units only: unit i of the result is `ids[i]`; ids are distinct."""
    place = np.full(neighbours.units, -1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    rows = np.repeat(np.arange(neighbours.units), neighbours.degrees)
    starts, ends = place[rows], place[neighbours.indices]
    kept = (starts >= 0) & (ends >= 0)
    starts, ends = starts[kept], ends[kept]
    order = np.lexsort((ends, starts))
    indptr = np.zeros(len(ids) + 1, dtype=np.int64)
    np.cumsum(np.bincount(starts, minlength=len(ids)), out=indptr[1:])
    return Neighbours(indptr, ends[order].astype(np.int32))


def within_distance(
    easting_m: NDArray[np.float64], northing_m: NDArray[np.float64], most_m: float
) -> Neighbours:
    """Points at most so many metres apart are neighbours, as positions in the arrays given."""
    pairs = cKDTree(np.column_stack([easting_m, northing_m])).query_pairs(most_m, output_type="ndarray")
    starts, ends = np.concatenate([pairs, pairs[:, ::-1]]).T
    order = np.lexsort((ends, starts))
    indptr = np.zeros(len(easting_m) + 1, dtype=np.int64)
    np.cumsum(np.bincount(starts, minlength=len(easting_m)), out=indptr[1:])
    return Neighbours(indptr, ends[order].astype(np.int32))
