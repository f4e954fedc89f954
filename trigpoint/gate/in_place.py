"""What is in place at a spot: the notices within a distance of it, walked from any street of it. There is no other way
of saying which notices are near, and one distance, IN_PLACE_M, for all pages and papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import h3
import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.network import Positions
from trigpoint.core.geography.reach import walks_or_straight
from trigpoint.gate.answers import Table
from trigpoint.gate.connection import current_version
from trigpoint.gate.version import Version
from trigpoint.gate.walking_ground import cell_outlines, network_of, outlines_of, stretches_of

__all__ = [
    "IN_PLACE",
    "IN_PLACE_M",
    "IN_WARD",
    "NOTHING",
    "Ground",
    "Near",
    "Standing",
    "ground_of",
    "near_ground",
    "near_here",
    "near_rows",
    "near_units",
    "standing",
    "wards_touched",
]

IN_PLACE_M = 400
"""How near a notice is in place: on foot, in a straight line where no street could tell."""
IN_PLACE = ("active", "ends_soon")
IN_WARD = "somewhere in the ward"
"""The way to a notice that is told no finer than by its ward: it is never near."""
TOLD = (
    "kind", "state", "stage", "served", "starts", "ends", "breaches", "last_breach", "kept", "ward_code", "place",
)  # fmt: skip

Ids = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """A spot: its outline (EPSG:27700), its stretches of street (None where no street is known), and its wards' codes."""

    outline: shapely.Geometry
    origins: Positions | None
    wards: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Notices near a spot, as places `at` in their table, int64[n]: nearest first, then those told by its ward alone.

    `distance_m` float64[n] is NaN, and `way` is IN_WARD, for the latter; else `way` is "walk" or "straight line".
    """

    at: NDArray[np.int64]
    distance_m: NDArray[np.float64]
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many notices stand how within IN_PLACE_M; `in_force` counts those that end soon too.

    `by_ward` are in force and told only as somewhere in the ward. `nearest_m` and `way` are of the nearest in force,
    NaN and "" where there is none.
    """

    in_force: int
    ends_soon: int
    ended: int
    by_ward: int
    nearest_m: float
    way: str


NOTHING = Standing(0, 0, 0, 0, float("nan"), "")
"""Where no notice is told of."""


def ground_of(version: Version, level: str, resolution: int | None, ids: Ids) -> Ground:
    """The ground of units of one level together: every street of a hotspot, every hexagon of it."""
    outlines = outlines_of(version, level, resolution, ids)
    network = network_of(version)
    segments = ids if level == "street" else None
    origins = stretches_of(network, outlines, segments) if network is not None else None
    return Ground(shapely.union_all(outlines), origins, _wards_of(version, level, resolution, ids))


def _wards_of(version: Version, level: str, resolution: int | None, ids: Ids) -> frozenset[str]:
    if level == "ward":
        wards = ids
    elif resolution is not None:
        wards = version.cells(resolution).ward[ids]
    else:
        wards = version.streets.ward[ids]
    codes = version.areas("ward").codes
    return frozenset(codes[one] for one in np.unique(wards).tolist() if one >= 0)


def wards_touched(version: Version, outline: shapely.Geometry) -> frozenset[str]:
    """The wards that any ground lies in, where no unit of it says which."""
    codes = version.areas("ward").codes
    outlines = outlines_of(version, "ward", None, np.arange(len(codes)))
    return frozenset(codes[at] for at in np.flatnonzero(shapely.intersects(outlines, outline)).tolist())


def near_ground(version: Version, ground: Ground, notices: Table, limit_m: float) -> Near:
    """Which of some notices are within the distance of a spot."""
    walks = walks_or_straight(
        network_of(version), ground.origins, ground.outline, _metres(notices, "easting_m"), _metres(notices, "northing_m"),
        limit_m=limit_m,
    )  # fmt: skip
    near = np.flatnonzero(walks.distance_m <= limit_m)
    near = near[np.argsort(walks.distance_m[near], kind="stable")]
    coarse = [
        at
        for at, (kept, ward) in enumerate(zip(notices["kept"], notices["ward_code"], strict=True))
        if kept == "ward" and ward in ground.wards
    ]
    return Near(
        np.concatenate([near, np.array(coarse, dtype=np.int64)]),
        np.concatenate([walks.distance_m[near], np.full(len(coarse), np.nan)]),
        (
            *("walk" if walked else "straight line" for walked in walks.walked[near].tolist()),
            *(IN_WARD for _ in coarse),
        ),
    )


def near_rows(notices: Table, near: Near) -> dict[str, Any]:
    """The rows of a table of notices that are near, with distance_m and way."""
    rows = near.at.tolist()
    told = {name: [notices[name][at] for at in rows] for name in TOLD if name in notices}
    return {**told, "distance_m": near.distance_m, "way": list(near.way)}


def standing(near: Table, within_m: float = IN_PLACE_M) -> Standing:
    """The counts of rows from `near_rows`, which may reach farther than `within_m`."""
    states = np.array(near["state"], dtype=object)
    distance_m = _metres(near, "distance_m")
    here, in_force = distance_m <= within_m, np.isin(states, IN_PLACE)
    somewhere = np.array([way == IN_WARD for way in near["way"]], dtype=bool)
    first = next(iter(np.flatnonzero(here & in_force).tolist()), -1)
    return Standing(
        in_force=int(np.count_nonzero(here & in_force)),
        ends_soon=int(np.count_nonzero(here & (states == "ends_soon"))),
        ended=int(np.count_nonzero(here & (states == "ended"))),
        by_ward=int(np.count_nonzero(somewhere & in_force)),
        nearest_m=float(distance_m[first]) if first >= 0 else float("nan"),
        way=str(near["way"][first]) if first >= 0 else "",
    )


def near_here(level: str, codes: Sequence[str], notices: Table) -> dict[str, Any]:
    """As `near_units`, on the ground of the publication in use. Raises QuestionError where nothing is published."""
    return near_units(current_version(), level, codes, notices)


def near_units(version: Version, level: str, codes: Sequence[str], notices: Table) -> dict[str, Any]:
    """Notices within IN_PLACE_M of units by their codes, as `near_rows`; the units together are one spot.

    `level` is street, ward or cell:9 and its like; `notices` come from an answer that the asker was given, now or when a
    meeting was frozen. A unit that the version does not know has no ground; without any, nothing is near.
    """
    kind, _, resolution = level.partition(":")
    ground = _coded(version, kind, int(resolution) if resolution else None, codes)
    if ground is None:
        return near_rows(notices, Near(np.empty(0, np.int64), np.empty(0), ()))
    return near_rows(notices, near_ground(version, ground, notices, float(IN_PLACE_M)))


def _coded(version: Version, level: str, resolution: int | None, codes: Sequence[str]) -> Ground | None:
    if level == "cell":
        hexagons = [code for code in codes if h3.is_valid_cell(code)]
        if not hexagons:
            return None
        resolution = resolution or h3.get_resolution(hexagons[0])
        known = version.cell_places(resolution)
        ids = [known.get(h3.str_to_int(code)) for code in hexagons]
        if None in ids:
            return _drawn(version, hexagons)
        return ground_of(version, "cell", resolution, np.array(ids, dtype=np.int64))
    places = version.code_places(level)
    units = [places[code] for code in codes if code in places]
    return ground_of(version, level, None, np.array(units, dtype=np.int64)) if units else None


def _drawn(version: Version, hexagons: Sequence[str]) -> Ground:
    """Hexagons of which the store does not know all: nothing lies in those, and they are ground."""
    outlines = cell_outlines(hexagons)
    network, together = network_of(version), shapely.union_all(outlines)
    origins = stretches_of(network, outlines) if network is not None else None
    return Ground(together, origins, wards_touched(version, together))


def _metres(table: Table, name: str) -> NDArray[np.float64]:
    """A column of metres; None, as kept answers have it, is NaN."""
    return np.array([np.nan if one is None else one for one in table[name]], dtype=np.float64)
