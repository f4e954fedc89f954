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
import pyarrow as pa

from trigpoint.store.build_areas import Areas, build_areas
from trigpoint.store.build_cells import build_cells
from trigpoint.store.build_corrections import Correction, lay_corrections, lay_links
from trigpoint.store.build_links import build_links
from trigpoint.store.build_places import (
    Streets,
    build_localities,
    build_streets,
    in_localities,
    write_streets,
)
from trigpoint.store.build_population import build_population
from trigpoint.store.build_shapes import build_shapes
from trigpoint.store.build_shared import PointJudged, build_shared_points
from trigpoint.store.build_sites import build_notices, build_sites
from trigpoint.store.build_sources import AgencyName, SourceError, SourceFile, ThemeName, insert, stage
from trigpoint.store.build_spots import MOST_CANDIDATES, Gazetteer, build_spots
from trigpoint.store.build_sql import build_sql
from trigpoint.store.build_wording_spots import WordingPlaces
from trigpoint.store.build_wordings import (
    CountyNames,
    WordingKnown,
    WordingMatched,
    Wordings,
    county_names,
    settle_wordings,
)
from trigpoint.store.definition_breaks import DefinitionBreak, write_breaks
from trigpoint.store.schema import CELL_VINTAGE, CURRENT_UNTIL, PLACED_SHARE, STORE_FORMAT, create_statements

__all__ = [
    "AgencyName",
    "Correction",
    "PointJudged",
    "SourceError",
    "SourceFile",
    "StoreSummary",
    "ThemeName",
    "WordingKnown",
    "WordingMatched",
    "build_store",
]

BUILD_MEMORY = "900MB"
"""What the database may use while building; beyond it spills to a folder beside the file."""


@dataclass(frozen=True, slots=True)
class StoreSummary:
    """How much a version holds, and what wordings were found to mean that were not looked up before.

    `records` are those delivered, whatever was corrected since; `withdrawn` those of them that count nowhere by now.
    """

    records: int
    claims: int
    counted: int
    withdrawn: int = 0
    matched: tuple[WordingMatched, ...] = ()


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
    wordings: Sequence[WordingKnown] = (),
    points: Sequence[PointJudged] = (),
    breaks: Sequence[DefinitionBreak] = (),
    corrections: Sequence[Correction] = (),
) -> StoreSummary:
    """Write a store version at `target`, which must not exist.

    `wordings` are those known so far, `points` what people decided of points that many records share, `breaks` the days
    on which definitions changed, `corrections` what sense-checks lay over records.
    `home_districts` are the codes that make up the county; none means every district that is loaded. Raises
    SourceError where a delivery's file cannot be read, and leaves whatever was written for the caller to remove.
    """
    with duckdb.connect(str(target), config=_config(target, threads)) as store:
        for statement in create_statements():
            store.execute(statement)
        stage(store, sources, agencies, themes)
        areas = build_areas(store, home_districts)
        store.execute(build_sql("record"))
        store.execute(build_sql("entry"))
        laid = lay_corrections(store, corrections)
        store.execute(build_sql("place"))
        streets, settled = _build_geography(store, areas, county, wordings)
        build_shared_points(store, points)
        store.execute(build_sql("claim", **_vintages(areas, streets)))
        store.execute(build_sql("counted", placed_share=PLACED_SHARE))
        build_links(store)
        lay_links(store, laid)
        _build_wordings(store, settled)
        store.execute(build_sql("tables"))
        build_population(store, areas)
        build_shapes(store, areas)
        write_breaks(store, breaks)
        _write_meta(store, {"county": county, "built_at": built_at.isoformat(), "street_kind": streets.kind})
        store.execute("CHECKPOINT")
        return _summary(store, settled.matched)


def _config(target: Path, threads: int) -> dict[str, str | bool | int | float | list[str]]:
    return {
        "memory_limit": BUILD_MEMORY,
        "threads": threads,
        "temp_directory": str(target.with_suffix(".spill")),
        "preserve_insertion_order": True,
    }


def _build_geography(
    store: duckdb.DuckDBPyConnection, areas: Areas, county: str, known: Sequence[WordingKnown]
) -> tuple[Streets, Wordings]:
    """Streets, localities, sites, notices and cells, and the spots that `claim` is made of."""
    streets = build_streets(store, areas)
    localities = build_localities(store, streets, areas)
    streets = in_localities(streets, localities)
    write_streets(store, streets, areas, localities)
    sites = build_sites(store, areas, streets, county)
    build_notices(store, areas, streets)
    names = county_names(store, areas, streets, localities, sites) if known else None
    settled = _settled(known, names)
    places = WordingPlaces(settled, names, areas, streets, sites, MOST_CANDIDATES)
    seen = build_spots(store, Gazetteer(areas, streets, localities, sites, places))
    build_cells(store, seen, areas, streets, sites)
    return streets, settled


def _settled(known: Sequence[WordingKnown], names: CountyNames | None) -> Wordings:
    return settle_wordings(known, names.gazetteer) if names else Wordings({}, (), frozenset())


def _build_wordings(store: duckdb.DuckDBPyConnection, settled: Wordings) -> None:
    """Write `wording`."""
    digests = sorted(settled.candidates)
    told = pa.table({
        "digest": pa.array(digests, pa.binary()),
        "sure": pa.array([settled.sure(one) for one in digests], pa.bool_()),
        "decided": pa.array([one in settled.decided for one in digests], pa.bool_()),
        "outside": pa.array(
            [any(c.kind == "outside" for c in settled.candidates[one]) for one in digests], pa.bool_()
        ),
    })  # fmt: skip
    store.register("wording_told", told)
    store.execute(build_sql("wording"))
    store.unregister("wording_told")


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


def _summary(store: duckdb.DuckDBPyConnection, matched: tuple[WordingMatched, ...]) -> StoreSummary:
    gone = f"withdrawn WHERE known_to = TIMESTAMP '{CURRENT_UNTIL}'"
    counts = [
        store.execute(f"SELECT count(*) FROM {t}").fetchone()
        for t in ("record_received", "claim", "counted", gone)
    ]
    records, claims, counted, withdrawn = (int(row[0]) if row else 0 for row in counts)
    return StoreSummary(records, claims, counted, withdrawn, matched)
