"""From accepted deliveries to one store version: a DuckDB file with every table of `schema`.

Everything that depends on more than one delivery is worked out here: which rows are current, where a
reference leads, the dense ids of areas, streets and cells. So a boundary or a gazetteer loaded later needs no
reloading of records, and the order of loading does not matter.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from trigpoint.store.build_areas import Areas, build_areas
from trigpoint.store.build_cells import build_cells
from trigpoint.store.build_places import (
    Streets,
    build_localities,
    build_streets,
    in_localities,
    write_streets,
)
from trigpoint.store.build_population import build_population
from trigpoint.store.build_shapes import build_shapes
from trigpoint.store.build_sites import build_notices, build_sites
from trigpoint.store.build_sources import AgencyName, SourceError, SourceFile, ThemeName, insert, stage
from trigpoint.store.build_spots import Gazetteer, build_spots
from trigpoint.store.build_sql import build_sql
from trigpoint.store.schema import CELL_VINTAGE, PLACED_SHARE, STORE_FORMAT, create_statements

__all__ = ["AgencyName", "SourceError", "SourceFile", "StoreSummary", "ThemeName", "build_store"]

BUILD_MEMORY = "900MB"
"""What the database may use while building; beyond it spills to a folder beside the file."""


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """How much a version holds."""

    records: int
    claims: int
    counted: int


def build_store(
    target: Path,
    *,
    sources: Sequence[SourceFile],
    agencies: Sequence[AgencyName],
    themes: Sequence[ThemeName],
    home_districts: Collection[str],
    county: str,
    built_at: datetime,
    threads: int = 2,
) -> StoreSummary:
    """Write a store version at `target`, which must not exist.

    `home_districts` are the codes that make up the county; none means every district that is loaded. Raises
    SourceError where a delivery's file cannot be read, and leaves whatever was written for the caller to remove.
    """
    with duckdb.connect(str(target), config=_config(target, threads)) as store:
        for statement in create_statements():
            store.execute(statement)
        stage(store, sources, agencies, themes)
        areas = build_areas(store, home_districts)
        store.execute(build_sql("record"))
        store.execute(build_sql("place"))
        streets = _build_geography(store, areas, county)
        store.execute(build_sql("claim", **_vintages(areas, streets)))
        store.execute(build_sql("counted", placed_share=PLACED_SHARE))
        build_population(store, areas)
        build_shapes(store, areas)
        _write_meta(store, {"county": county, "built_at": built_at.isoformat(), "street_kind": streets.kind})
        store.execute("CHECKPOINT")
        return _summary(store)


def _config(target: Path, threads: int) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": BUILD_MEMORY,
        "threads": threads,
        "temp_directory": str(target.with_suffix(".spill")),
        "preserve_insertion_order": True,
    }


def _build_geography(store: duckdb.DuckDBPyConnection, areas: Areas, county: str) -> Streets:
    """Streets, localities, sites, notices and cells, and the spots that `claim` is made of."""
    streets = build_streets(store, areas)
    localities = build_localities(store, streets, areas)
    streets = in_localities(streets, localities)
    write_streets(store, streets, areas, localities)
    sites = build_sites(store, areas, streets, county)
    build_notices(store, areas, streets)
    seen = build_spots(store, Gazetteer(areas, streets, localities, sites))
    build_cells(store, seen, areas, streets, sites)
    return streets


def _vintages(areas: Areas, streets: Streets) -> dict[str, int]:
    return {
        "street_vintage": streets.vintage,
        "ward_vintage": areas.ward.vintage,
        "lsoa_vintage": areas.lsoa.vintage,
        "district_vintage": areas.district.vintage,
        "cell_vintage": CELL_VINTAGE,
    }


def _write_meta(store: duckdb.DuckDBPyConnection, facts: Mapping[str, str]) -> None:
    insert(store, "meta", [("format", str(STORE_FORMAT)), *facts.items()])


def _summary(store: duckdb.DuckDBPyConnection) -> StoreSummary:
    counts = [store.execute(f"SELECT count(*) FROM {t}").fetchone() for t in ("record", "claim", "counted")]
    return StoreSummary(*(int(row[0]) if row else 0 for row in counts))
