"""Which street a point is on: the nearest segment within a limit, the named street before others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

__all__ = ["NAMED_LIMIT_M", "NEAREST_LIMIT_M", "StreetFinder", "normal_street_name", "street_finder"]

NEAREST_LIMIT_M = 60.0
"""A point farther than this from every street is on none: about the depth of a large front plot."""

NAMED_LIMIT_M = 250.0
"""A segment of the street that the record names is preferred up to this distance."""

_CHUNK = 20_000
"""Points asked about at once: what lies within the limit of each is held in memory."""

_SHORTENED = {
    "st": "street", "rd": "road", "ave": "avenue", "av": "avenue", "ln": "lane", "dr": "drive", "cl": "close",
    "ct": "court", "pl": "place", "sq": "square", "gdns": "gardens", "cres": "crescent", "terr": "terrace",
    "ter": "terrace", "pde": "parade", "blvd": "boulevard",
}  # fmt: skip


def normal_street_name(name: str) -> str:
    """A street's name as compared: case, accents, punctuation and a shortened last word set aside.

    Serves for the names of towns and districts too ("Riverton-on-Sea" and "Riverton on Sea").
    'St John's Rd.' and 'ST JOHNS ROAD' are equal; only the *last* word is lengthened, so the saint stays one.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join([*words[:-1], _SHORTENED.get(words[-1], words[-1])]) if words else ""


@dataclass(frozen=True, slots=True, eq=False)
class StreetFinder:
    """Street segments, ready for points. Made by `street_finder`; safe to share between threads."""

    tree: shapely.STRtree
    name_id: NDArray[np.int64]
    names: dict[str, int]

    def nearest(
        self, easting_m: ArrayLike, northing_m: ArrayLike, limit_m: float = NEAREST_LIMIT_M
    ) -> NDArray[np.int32]:
        """The position of the nearest segment within `limit_m` of each point, int32[n]; -1 if none.

        Of segments equally near the lowest position wins. Give it distinct points. NaN gives -1.
        """
        points = _points(easting_m, northing_m)
        found = np.full(points.size, -1, dtype=np.int32)
        self._find(found, points, np.flatnonzero(~shapely.is_empty(points)), limit_m)
        return found

    def nearest_named(
        self,
        easting_m: ArrayLike,
        northing_m: ArrayLike,
        names: Sequence[str | None],
        limit_m: float = NAMED_LIMIT_M,
        otherwise_limit_m: float = NEAREST_LIMIT_M,
    ) -> NDArray[np.int32]:
        """As `nearest`, but a segment that bears the point's own street name within `limit_m` comes first.

        `names` has one entry a point (None: no name was given) and is compared by `normal_street_name`.
        """
        found = self.nearest(easting_m, northing_m, otherwise_limit_m)
        points = _points(easting_m, northing_m)
        number = {n: self.names.get(normal_street_name(n), -1) if n else -1 for n in set(names)}
        wanted = np.array([number[n] for n in names], dtype=np.int64)
        already = (found >= 0) & (_at(self.name_id, found) == wanted)
        asked = np.flatnonzero((wanted >= 0) & ~already & ~shapely.is_empty(points))
        self._find(found, points, asked, limit_m, wanted)
        return found

    def _find(
        self,
        found: NDArray[np.int32],
        points: NDArray[np.object_],
        asked: NDArray[np.int64],
        limit_m: float,
        wanted: NDArray[np.int64] | None = None,
    ) -> None:
        """Write the nearest segment (of the wanted name, where names are given) of the points asked about.

        Listing what lies within the limit and comparing is several times as fast as the tree's own search for
        the nearest, as long as the limit is a street's width and not a county's.
        """
        for begin in range(0, asked.size, _CHUNK):
            some = asked[begin : begin + _CHUNK]
            at, segment = self.tree.query(points[some], predicate="dwithin", distance=limit_m)
            if wanted is not None:
                same = self.name_id[segment] == wanted[some[at]]
                at, segment = at[same], segment[same]
            apart = shapely.distance(points[some[at]], self.tree.geometries[segment])
            order = np.lexsort((segment, apart, at))
            first = np.unique(at[order], return_index=True)[1]
            found[some[at[order][first]]] = segment[order][first]


def street_finder(
    lines: Sequence[shapely.Geometry] | NDArray[np.object_], names: Sequence[str]
) -> StreetFinder:
    """Prepare segments (EPSG:27700) with their names; the position in both is the id given back.

    Raises ValueError if there are not as many names as lines. An empty name matches nothing.
    """
    shapes = np.asarray(lines, dtype=object)
    if shapes.size != len(names):
        raise ValueError("every segment needs a name, if only an empty one")
    known: dict[str, int] = {}
    name_id = np.array(
        [known.setdefault(normal, len(known)) if (normal := normal_street_name(n)) else -1 for n in names],
        dtype=np.int64,
    )
    return StreetFinder(shapely.STRtree(shapes), name_id, known)


def _points(easting_m: ArrayLike, northing_m: ArrayLike) -> NDArray[np.object_]:
    x = np.asarray(easting_m, dtype=np.float64)
    y = np.asarray(northing_m, dtype=np.float64)
    made: NDArray[np.object_] = np.full(x.size, shapely.Point(), dtype=object)
    known = np.isfinite(x) & np.isfinite(y)
    made[known] = shapely.points(x[known], y[known])
    return made


def _at(values: NDArray[np.int64], ids: NDArray[np.int32]) -> NDArray[np.int64]:
    return values[ids] if values.size else np.full(ids.size, -1, dtype=np.int64)
