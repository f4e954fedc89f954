"""Streets, localities, sites and notices of a version.

Where a street layer is loaded, its segments inside the county are the street level. Where none is, the
anonymised anchor points of feeds that say they have them are: one street for each distinct point and name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.places import Localities, localities_from_stops
from trigpoint.core.geography.streets import StreetFinder, normal_street_name, street_finder
from trigpoint.store.build_areas import Areas, append, vintage_year
from trigpoint.store.build_sql import build_sql

__all__ = ["Streets", "build_localities", "build_streets", "in_localities", "write_streets"]

TOWN_REACH_M = 1500.0
"""A segment farther than this from every named stop is in no town that a record's "street, town" could mean."""


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """The street level in the order of its ids.

    `middle` float64[n, 2] a point on each; `by_name` the ids of a street's segments by normal name; `towns` the
    normal town of each, "" where unknown; `public` whether its name may label any cell (an anchor of a feed
    that is not open may not: its being there tells of a record).
    """

    kind: str
    table: pa.Table
    lines: NDArray[np.object_]
    names: tuple[str, ...]
    towns: tuple[str, ...]
    middle: NDArray[np.float64]
    by_name: dict[str, list[int]]
    public: NDArray[np.bool_]
    finder: StreetFinder
    vintage: int


def build_streets(store: duckdb.DuckDBPyConnection, areas: Areas) -> Streets:
    """Segments of `current_streets` whose middle lies in the county, or else anchors from `entry`."""
    loaded = store.execute("SELECT count(*) FROM current_streets").fetchone()
    kind = "segment" if loaded and loaded[0] else "anchor"
    table = store.execute(build_sql(f"street_{kind}")).to_arrow_table()
    if kind == "anchor":
        points = np.column_stack([table["easting_m"].to_numpy(), table["northing_m"].to_numpy()])
        lines = shapely.points(points)
    else:
        lines = shapely.from_wkb(np.asarray(table["wkb"].to_numpy(zero_copy_only=False), dtype=object))
        points = _middles(lines)
        table, lines, points = _in_county(areas, table, lines, points)
    return _streets(kind, table, np.asarray(lines, dtype=object).reshape(-1), points.reshape(-1, 2))


def _middles(lines: NDArray[np.object_]) -> NDArray[np.float64]:
    middles: NDArray[np.float64] = shapely.get_coordinates(
        shapely.line_interpolate_point(lines, 0.5, normalized=True)
    )
    return middles


def _in_county(
    areas: Areas, table: pa.Table, lines: NDArray[np.object_], points: NDArray[np.float64]
) -> tuple[pa.Table, NDArray[np.object_], NDArray[np.float64]]:
    if not areas.county.codes:
        return table, lines, points
    kept = areas.county.locator.locate(points[:, 0], points[:, 1]) >= 0
    return table.filter(pa.array(kept)), lines[kept], points[kept]


def _streets(kind: str, table: pa.Table, lines: NDArray[np.object_], middle: NDArray[np.float64]) -> Streets:
    names = tuple(table["name"].to_pylist())
    by_name: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        by_name.setdefault(normal_street_name(name), []).append(i)
    return Streets(
        kind=kind,
        table=table,
        lines=lines,
        names=names,
        towns=tuple(normal_street_name(town or "") for town in table["town"].to_pylist()),
        middle=middle,
        by_name=by_name,
        public=table["public"].to_numpy(zero_copy_only=False).astype(np.bool_),
        finder=street_finder(lines, names),
        vintage=vintage_year(str(table["extracted_on"][0].as_py())) if len(table) else 0,
    )


def build_localities(store: duckdb.DuckDBPyConnection, streets: Streets, areas: Areas) -> Localities:
    """Localities from bus stops, or else from the towns that the street layer names; written to `locality`."""
    stops = store.execute(
        "SELECT locality, easting_m, northing_m FROM current_sites "
        "WHERE class = 'bus_stop' AND locality IS NOT NULL AND easting_m IS NOT NULL"
    ).to_arrow_table()
    if len(stops):
        names: Sequence[str | None] = stops["locality"].to_pylist()
        points = np.column_stack([stops["easting_m"].to_numpy(), stops["northing_m"].to_numpy()])
    else:
        names, points = streets.table["town"].to_pylist(), streets.middle
    if areas.county.codes and len(points):
        inside = areas.county.locator.locate(points[:, 0], points[:, 1]) >= 0
        names, points = [n for n, kept in zip(names, inside, strict=True) if kept], points[inside]
    localities = localities_from_stops(names, points[:, 0], points[:, 1])
    district, _, _ = areas.locate(localities.easting_m, localities.northing_m)
    append(store, "locality", pa.table({
        "id": np.arange(len(localities.names), dtype=np.int32),
        "name": pa.array(localities.names, pa.string()),
        "easting_m": localities.easting_m, "northing_m": localities.northing_m,
        "radius_m": localities.radius_m,
        "stops": np.bincount(localities.stop_locality, minlength=len(localities.names)).astype(np.int32),
        "district": district,
    }))  # fmt: skip
    return localities


def in_localities(streets: Streets, localities: Localities) -> Streets:
    """The streets with the locality as the town of each segment whose layer names none (OS Open Roads names none).

    Without it "Station Road, Riverton" would be every Station Road of the county.
    """
    if streets.kind != "segment" or not streets.names:
        return streets
    near = localities.locate(streets.middle[:, 0], streets.middle[:, 1], TOWN_REACH_M)
    names = tuple(normal_street_name(name) for name in localities.names)
    towns = (told or (names[at] if at >= 0 else "") for told, at in zip(streets.towns, near, strict=True))
    return replace(streets, towns=tuple(towns))


def write_streets(
    store: duckdb.DuckDBPyConnection, streets: Streets, areas: Areas, localities: Localities
) -> None:
    """Write `street`."""
    district, ward, _ = areas.locate(streets.middle[:, 0], streets.middle[:, 1])
    count = len(streets.names)
    append(store, "street", pa.table({
        "id": np.arange(count, dtype=np.int32),
        "code": streets.table["code"], "name": streets.table["name"],
        "road_class": streets.table["road_class"],
        "kind": pa.array([streets.kind] * count, pa.string()),
        "feed": streets.table["feed"],
        "start_junction": _junctions(streets.table, "start_junction"),
        "end_junction": _junctions(streets.table, "end_junction"),
        "length_m": shapely.length(streets.lines),
        "easting_m": streets.middle[:, 0], "northing_m": streets.middle[:, 1],
        "ward": ward, "district": district,
        "locality": localities.locate(streets.middle[:, 0], streets.middle[:, 1]),
        "wkb": pa.array(shapely.to_wkb(streets.lines), pa.binary()),
    }))  # fmt: skip


def _junctions(table: pa.Table, column: str) -> NDArray[np.int64]:
    """Numbers for the junctions' names, shared by both ends; -1 where a segment has none."""
    both = [name for end in ("start_junction", "end_junction") for name in table[end].to_pylist() if name]
    number = {name: i for i, name in enumerate(sorted(set(both)))}
    return np.array([number.get(name, -1) for name in table[column].to_pylist()], dtype=np.int64)
