"""The boundary levels of a version: which districts, wards and LSOAs are the county's, and who lies in whom.

Only the newest vintage of a level is *the* level. Where a level was delivered more than once, the newest
extract's row wins for each code. A ward belongs to the county if its district does; its district is what its
own row says, else what a lookup says, else the district that holds a point inside it. With no districts named
for the home, every ward loaded is the county's, and so is every district that has one (all, without wards).
Districts that wards name but no layer draws are the union of their wards.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.areas import AreaLocator, area_locator
from trigpoint.store.schema import AREA_LEVELS

__all__ = [
    "DISTRICT",
    "LSOA",
    "WARD",
    "AreaLevel",
    "Areas",
    "append",
    "build_areas",
    "polygon_of",
    "vintage_year",
]

DISTRICT, WARD, LSOA = AREA_LEVELS["district"], AREA_LEVELS["ward"], AREA_LEVELS["lsoa"]


@dataclass(frozen=True, slots=True, eq=False)
class AreaLevel:
    """One level in the order of its ids: codes, names, polygons (EPSG:27700), a point inside each."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: NDArray[np.object_]
    inside: NDArray[np.float64]
    vintage: int
    parent: NDArray[np.int32]
    ward: NDArray[np.int32]
    locator: AreaLocator

    @property
    def ids(self) -> dict[str, int]:
        """Dense id by code."""
        return {code: i for i, code in enumerate(self.codes)}


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """The three levels. `lone_districts` are those in which no ward is drawn."""

    district: AreaLevel
    ward: AreaLevel
    lsoa: AreaLevel
    lone_districts: NDArray[np.bool_]

    def level(self, number: int) -> AreaLevel:
        """A level by its number, 1 to 3."""
        return {DISTRICT: self.district, WARD: self.ward, LSOA: self.lsoa}[number]

    @property
    def county(self) -> AreaLevel:
        """The finest complete cover of the county: wards, else districts, else LSOAs."""
        return next((one for one in (self.ward, self.district, self.lsoa) if one.codes), self.ward)

    def locate(
        self, easting_m: NDArray[np.float64], northing_m: NDArray[np.float64]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
        """District, ward and LSOA of each point, -1 where none. A point in a ward is in that ward's district.

        A district's own outline counts only where it has no wards: else a point could be in a district and in
        none of its wards, and totals by level would differ for no reason that anyone could see.
        """
        ward = self.ward.locator.locate(easting_m, northing_m)
        lsoa = self.lsoa.locator.locate(easting_m, northing_m)
        outline = self.district.locator.locate(easting_m, northing_m)
        outline = np.where((outline >= 0) & _at(self.lone_districts, outline, False), outline, -1)
        district = np.where(ward >= 0, _at(self.ward.parent, ward, -1), outline)
        return district.astype(np.int32), ward, lsoa


def build_areas(store: duckdb.DuckDBPyConnection, home_districts: Collection[str]) -> Areas:
    """Work out the levels from `staged_areas` and `current_lookup`, and write `area`."""
    rows = _newest_rows(store)
    lookup, names = _lookup(store)
    homes = frozenset(home_districts)
    all_districts = rows.get(DISTRICT, {})
    wards = _county_wards(rows.get(WARD, {}), lookup, all_districts, homes)
    drawn = _county_districts(all_districts, wards, names, homes)
    district = _level(drawn, {})
    ward = _level(wards, district.ids)
    lsoas = _county_lsoas(rows.get(LSOA, {}), district, ward, homes)
    lsoa = _level(lsoas, district.ids, ward)
    with_wards = np.zeros(len(district.codes), dtype=np.bool_)
    with_wards[ward.parent[ward.parent >= 0]] = True
    areas = Areas(district, ward, lsoa, ~with_wards)
    for number in (DISTRICT, WARD, LSOA):
        _write(store, number, areas.level(number))
    return areas


Row = dict[str, Any]


def vintage_year(text: str | None) -> int:
    """The year in a vintage; 0 where there is none."""
    found = re.search(r"\d{4}", text or "")
    return int(found.group()) if found else 0


def _newest_rows(store: duckdb.DuckDBPyConnection) -> dict[int, dict[str, Row]]:
    """By level and code: the rows of the level's newest vintage, the newest extract's where several have one.

    All deliveries are looked through, superseded rows too: an older vintage loaded later has rows under the
    same codes, and must not take away the newer vintage's.
    """
    table = store.execute(
        "SELECT a.level, a.code, a.name, a.vintage, a.parent_code, a.wkb FROM staged_areas AS a "
        "JOIN delivery AS d ON d.id = a.delivery ORDER BY d.extracted_on, d.received_at, d.id, a.row"
    ).to_arrow_table()
    rows = table.to_pylist()
    newest: dict[int, int] = {}
    for row in rows:
        row["year"] = vintage_year(row["vintage"])
        newest[row["level"]] = max(newest.get(row["level"], 0), row["year"])
    levels: dict[int, dict[str, Row]] = {}
    for row in rows:
        if row["year"] == newest[row["level"]]:
            row["polygon"] = polygon_of(row["wkb"])
            levels.setdefault(row["level"], {})[row["code"]] = row
    return levels


def polygon_of(wkb: bytes) -> shapely.Geometry:
    """A valid polygon: published outlines touch themselves now and then."""
    shape = shapely.from_wkb(wkb)
    if shapely.is_valid(shape):
        return shape
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([p for p in parts if shapely.get_type_id(p) in (3, 6)])


def _lookup(store: duckdb.DuckDBPyConnection) -> tuple[dict[str, str], dict[str, str]]:
    """District code by ward code, and district name by code; newer vintages last, so that they win."""
    rows = store.execute(
        "SELECT child_code, parent_code, parent_name FROM current_lookup "
        'WHERE child_level = 2 AND parent_level = 1 ORDER BY vintage, delivery, "row"'
    ).fetchall()
    return {child: parent for child, parent, _ in rows}, {p: name for _, p, name in rows if name}


def _county_wards(
    wards: Mapping[str, Row], lookup: Mapping[str, str], districts: Mapping[str, Row], homes: frozenset[str]
) -> dict[str, Row]:
    for code, row in wards.items():
        row["parent"] = row["parent_code"] or lookup.get(code)
    orphans = [row for row in wards.values() if row["parent"] is None]
    for row, parent in zip(orphans, _holders(orphans, districts), strict=True):
        row["parent"] = parent
    return {code: row for code, row in wards.items() if not homes or row["parent"] in homes}


def _holders(rows: list[Row], holders: Mapping[str, Row]) -> list[str | None]:
    """The code of the area that holds a point inside each row's polygon."""
    if not rows or not holders:
        return [None] * len(rows)
    codes = sorted(holders)
    locator = area_locator([holders[c]["polygon"] for c in codes])
    points = shapely.get_coordinates([shapely.point_on_surface(row["polygon"]) for row in rows])
    return [codes[i] if i >= 0 else None for i in locator.locate(points[:, 0], points[:, 1])]


def _county_districts(
    districts: Mapping[str, Row], wards: Mapping[str, Row], names: Mapping[str, str], homes: frozenset[str]
) -> dict[str, Row]:
    with_wards = {row["parent"] for row in wards.values() if row["parent"]}
    wanted = homes or with_wards or set(districts)
    drawn = {code: row for code, row in districts.items() if code in wanted}
    for code in sorted(with_wards - set(drawn)):
        members = [row for row in wards.values() if row["parent"] == code]
        drawn[code] = {
            "code": code,
            "name": names.get(code, code),
            "year": members[0]["year"],
            "polygon": polygon_of(shapely.to_wkb(shapely.union_all([row["polygon"] for row in members]))),
        }
    return drawn


def _county_lsoas(
    lsoas: Mapping[str, Row], district: AreaLevel, ward: AreaLevel, homes: frozenset[str]
) -> dict[str, Row]:
    """LSOAs whose inside point lies in a county ward (without wards: district; without either: all)."""
    codes = sorted(lsoas)
    holder = ward if ward.codes else district
    if not codes or (not holder.codes and not homes):
        return dict(lsoas)
    points = shapely.get_coordinates([shapely.point_on_surface(lsoas[c]["polygon"]) for c in codes])
    held = holder.locator.locate(points[:, 0], points[:, 1])
    for code, at in zip(codes, held, strict=True):
        lsoas[code]["ward_id"] = int(at) if holder is ward else -1
        lsoas[code]["district_id"] = int(ward.parent[at]) if holder is ward and at >= 0 else int(at)
    return {code: lsoas[code] for code, at in zip(codes, held, strict=True) if at >= 0}


def _level(rows: Mapping[str, Row], districts: Mapping[str, int], ward: AreaLevel | None = None) -> AreaLevel:
    codes = sorted(rows)
    polygons = np.empty(len(codes), dtype=object)
    polygons[:] = [rows[c]["polygon"] for c in codes]
    inside = shapely.get_coordinates(shapely.point_on_surface(polygons)).reshape(len(codes), 2)
    parents = [
        rows[c].get("district_id", -1) if ward else districts.get(rows[c].get("parent") or "", -1)
        for c in codes
    ]
    return AreaLevel(
        codes=tuple(codes),
        names=tuple(rows[c]["name"] or c for c in codes),
        polygons=polygons,
        inside=inside,
        vintage=max((rows[c]["year"] for c in codes), default=0),
        parent=np.array(parents, dtype=np.int32),
        ward=np.array([rows[c].get("ward_id", -1) for c in codes], dtype=np.int32),
        locator=area_locator(polygons),
    )


def _write(store: duckdb.DuckDBPyConnection, number: int, level: AreaLevel) -> None:
    count = len(level.codes)
    table = pa.table({
        "level": pa.array(np.full(count, number, dtype=np.int8)),
        "id": np.arange(count, dtype=np.int32),
        "code": pa.array(level.codes, pa.string()),
        "name": pa.array(level.names, pa.string()),
        "vintage": np.full(count, level.vintage, dtype=np.int16),
        "parent": level.parent,
        "ward": level.ward,
        "easting_m": level.inside[:, 0],
        "northing_m": level.inside[:, 1],
        "wkb": pa.array(shapely.to_wkb(level.polygons), pa.binary()),
    })  # fmt: skip
    append(store, "area", table)


def append(store: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Add an Arrow table's rows, by column name."""
    store.register("appended", rows)
    store.execute(f"INSERT INTO {table} BY NAME SELECT * FROM appended")
    store.unregister("appended")


def _at(values: NDArray[Any], ids: NDArray[np.int32], absent: Any) -> NDArray[Any]:
    """`values[ids]`, and `absent` where an id is -1."""
    if not len(values):
        return np.full(len(ids), absent)
    return np.where(ids >= 0, values[ids], absent)
