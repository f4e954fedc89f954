"""Sites and notices of a version: what stands where, as far as it may be known."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.streets import normal_street_name
from trigpoint.store.build_areas import Areas, append
from trigpoint.store.build_places import Streets
from trigpoint.store.build_sql import build_sql

__all__ = ["Sites", "build_notices", "build_sites", "named_segments"]

COUNTY_MARGIN_M = 5000.0
"""Sites this far outside the county are kept: a station across the border serves the town on this side."""


@dataclass(frozen=True, slots=True, eq=False)
class Sites:
    """Sites in the order of their ids; `points` float64[n, 2], NaN where none may be known."""

    table: pa.Table
    points: NDArray[np.float64]
    district: NDArray[np.int32]
    by_ref: dict[tuple[str | None, str], int]


def build_sites(store: duckdb.DuckDBPyConnection, areas: Areas, streets: Streets, county: str) -> Sites:
    """Write `site` from `current_sites`: placed by their point, else their postcode, else in their district.

    A site that is only said to lie in `county` (its upper-tier authority) is kept, in no district.
    """
    table = store.execute(build_sql("site")).to_arrow_table()
    points = np.column_stack([_floats(table, "easting_m"), _floats(table, "northing_m")])
    district, ward, lsoa = areas.locate(points[:, 0], points[:, 1])
    told = _told_districts(table, areas)
    district = np.where((district < 0) & (told >= 0), told, district).astype(np.int32)
    near = _near_county(areas, points) | (district >= 0) | _said_to_be_in(table, county)
    table, points = table.filter(pa.array(near)), points[near]
    district, ward, lsoa = district[near], ward[near], lsoa[near]
    pointless = np.isnan(points[:, 0])
    kept = np.where(pointless, np.where(district >= 0, "district", "none"), "point")
    count = len(table)
    append(store, "site", pa.table({
        "id": np.arange(count, dtype=np.int32),
        **{name: table[name] for name in ("class", "name", "ref", "restricted", "opened", "closed", "feed")},
        "easting_m": pa.array(points[:, 0], from_pandas=True),
        "northing_m": pa.array(points[:, 1], from_pandas=True),
        "kept": pa.array(kept.tolist(), pa.string()),
        "ward": ward, "lsoa": lsoa, "district": district,
        "street": streets.finder.nearest(points[:, 0], points[:, 1]),
    }))  # fmt: skip
    return Sites(table, points, district, _with_aliases(store, _by_ref(table)))


def _by_ref(table: pa.Table) -> dict[tuple[str | None, str], int]:
    """Id by (class, reference), and by (None, reference) where the class is not told: the lowest id."""
    found: dict[tuple[str | None, str], int] = {}
    pairs = zip(table["class"].to_pylist(), table["ref"].to_pylist(), strict=True)
    for i, (of_class, ref) in enumerate(pairs):
        found.setdefault((of_class, ref), i)
        found.setdefault((None, ref), i)
    return found


def _with_aliases(
    store: duckdb.DuckDBPyConnection, by_ref: dict[tuple[str | None, str], int]
) -> dict[tuple[str | None, str], int]:
    """With the references a site had before or has had since, where the register lists it under only one of them."""
    found = dict(by_ref)
    told = store.execute(
        'SELECT class, ref, other_ref FROM current_aliases ORDER BY class, ref, other_ref, delivery, "row"'
    ).fetchall()
    for of_class, ref, other in [*told, *((of_class, other, ref) for of_class, ref, other in told)]:
        for key in (of_class, None):
            if (of_class, ref) in by_ref:
                found.setdefault((key, other), by_ref[of_class, ref])
    return found


def _floats(table: pa.Table, column: str) -> NDArray[np.float64]:
    """A column as float64, NaN where null."""
    return np.asarray(table[column].to_numpy(zero_copy_only=False), dtype=np.float64)


def _told_districts(table: pa.Table, areas: Areas) -> NDArray[np.int32]:
    """The district that a site's own row names, by code or by name; -1 where it names none of the county's."""
    by_code = areas.district.ids
    by_name = {normal_street_name(name): i for i, name in enumerate(areas.district.names)}
    told = zip(table["district_code"].to_pylist(), table["district_name"].to_pylist(), strict=True)
    return np.array(
        [by_code.get(code or "", by_name.get(normal_street_name(name or ""), -1)) for code, name in told],
        dtype=np.int32,
    )


def _said_to_be_in(table: pa.Table, county: str) -> NDArray[np.bool_]:
    wanted = normal_street_name(county)
    names = [normal_street_name(name or "") for name in table["district_name"].to_pylist()]
    return np.array([bool(wanted) and name == wanted for name in names], dtype=np.bool_)


def _near_county(areas: Areas, points: NDArray[np.float64]) -> NDArray[np.bool_]:
    if not areas.county.codes:
        return np.ones(len(points), dtype=np.bool_)
    west, south, east, north = shapely.total_bounds(areas.county.polygons)
    x, y = points[:, 0], points[:, 1]
    inside: NDArray[np.bool_] = (
        (x >= west - COUNTY_MARGIN_M) & (x <= east + COUNTY_MARGIN_M)
        & (y >= south - COUNTY_MARGIN_M) & (y <= north + COUNTY_MARGIN_M)
    )  # fmt: skip
    return inside


def named_segments(streets: Streets, name: str | None, town: str | None) -> list[int]:
    """The segments of a street by its name, in a town where one is told; none where the name is not known.

    A told town narrows the choice; a street level that knows no towns cannot be narrowed by one.
    """
    segments = streets.by_name.get(normal_street_name(name or ""), []) if name else []
    wanted = normal_street_name(town or "")
    if not wanted or not any(streets.towns[s] for s in segments):
        return segments
    return [s for s in segments if streets.towns[s] == wanted]


def build_notices(store: duckdb.DuckDBPyConnection, areas: Areas, streets: Streets) -> None:
    """Write `notice` from `current_notices`: at its point, else at the middle of the street it names."""
    table = store.execute(build_sql("notice")).to_arrow_table()
    points = np.column_stack([_floats(table, "easting_m"), _floats(table, "northing_m")])
    street = streets.finder.nearest_named(points[:, 0], points[:, 1], table["street_name"].to_pylist())
    for i in np.flatnonzero(np.isnan(points[:, 0])):
        segments = named_segments(streets, table["street_name"][i].as_py(), table["town"][i].as_py())
        if segments:
            street[i] = segments[len(segments) // 2]
            points[i] = streets.middle[street[i]]
    district, ward, _ = areas.locate(points[:, 0], points[:, 1])
    plain = (
        "kind", "status", "basis", "served_date", "starts_date", "ends_date", "coarse", "feed", "agency", "breaches",
        "last_breach_date",
    )  # fmt: skip
    append(store, "notice", pa.table({
        "id": np.arange(len(table), dtype=np.int32),
        **{name: table[name] for name in plain},
        "easting_m": pa.array(points[:, 0], from_pandas=True),
        "northing_m": pa.array(points[:, 1], from_pandas=True),
        "street": street, "ward": ward, "district": district,
    }))  # fmt: skip
