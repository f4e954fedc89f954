"""Publish: build a store version beside the one in use and swap it in by name.

A version is built under a name nobody reads, then renamed and entered in the ledger in one transaction with
its audit event; a failure at any point leaves the version in use as it was. The version before is kept until
the next publication, for requests that had just looked it up; older files go as soon as nobody holds them.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import yaml
from django.db import transaction

from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.db.audit import record_event
from trigpoint.db.home import Home, current_home
from trigpoint.db.models import Agency, Delivery, Publication
from trigpoint.db.models.delivery import DeliveryStatus
from trigpoint.store.build import AgencyName, SourceFile, StoreSummary, ThemeName, build_store
from trigpoint.store.build_sources import read_source
from trigpoint.store.connection import let_go_of_others
from trigpoint.store.definition_breaks import DefinitionBreak
from trigpoint.upkeep.basemap import base_map_name, write_base_map
from trigpoint.upkeep.known_corrections import known_corrections
from trigpoint.upkeep.known_places import judged_points, keep_matches, known_wordings

__all__ = ["NothingToPublish", "PublicationResult", "PublishOvertaken", "publish"]

PACKAGE_DEFINITIONS = Path(__file__).resolve().parent.parent / "definitions"
VERSIONS_KEPT = 2
_DRAWN_FROM = ("areas", "lookup", "streets", "shapes", "sites")


class NothingToPublish(RuntimeError):
    """No delivery has been accepted yet."""


class PublishOvertaken(RuntimeError):
    """Another publication was finished while this one was being built; this one was thrown away."""


@dataclass(frozen=True, slots=True)
class PublicationResult:
    """What was published. `base_map` is the base map's file name, empty where there is no geography to draw."""

    number: int
    records: int
    claims: int
    deliveries: int
    seconds: float
    file_name: str
    base_map: str


def publish(
    *, by: str, at: datetime, home: Home | None = None, tell: Callable[[str], None] = lambda _: None
) -> PublicationResult:
    """Build and swap in a version of everything accepted so far.

    `at` is the instant that the ledger and the audit record; `tell` is told a line as each part begins. Raises
    NothingToPublish where no delivery has been accepted, SourceError where one's file cannot be read, BaseMapFault where
    tiles cannot be written, and PublishOvertaken. Then nothing is changed and no partial file is left.
    """
    home = home or current_home()
    began = time.perf_counter()
    before = _newest_number()
    sources = _accepted_sources(home)
    building = home.store / f".building-{os.getpid()}-{before + 1}.duckdb"
    _remove(building)
    try:
        tell(f"  putting {len(sources):,} deliveries together")
        summary = _build(building, sources, home, at)
        tell(f"  {summary.records:,} records; drawing the base map")
        base_map = _draw_base_map(building, sources, home)
        _warm_kernels()
        result = _swap_in(building, summary, sources, base_map, began, before, home, by, at)
    finally:
        _remove(building)
    _clear_away(home, result)
    return result


def _newest_number() -> int:
    newest = Publication.objects.order_by("-number").first()
    return newest.number if newest else 0


def _accepted_sources(home: Home) -> tuple[SourceFile, ...]:
    accepted = Delivery.objects.filter(status=DeliveryStatus.ACCEPTED, rows_accepted__gt=0)
    sources = tuple(
        read_source(delivery, home.deliveries / f"{delivery}.parquet")
        for delivery in accepted.order_by("pk").values_list("pk", flat=True)
    )
    if not sources:
        raise NothingToPublish(
            "There is nothing to publish: no delivery has been accepted. `trigpoint load` brings one in."
        )
    return sources


def _build(building: Path, sources: tuple[SourceFile, ...], home: Home, at: datetime) -> StoreSummary:
    return build_store(
        building,
        sources=sources,
        agencies=[AgencyName(a.code, a.name, a.position) for a in Agency.objects.all()],
        themes=_themes(home),
        home_districts=home.districts,
        county=home.county,
        built_at=at,
        wordings=known_wordings(),
        points=judged_points(),
        breaks=_breaks(home),
        corrections=known_corrections(),
    )


def _themes(home: Home) -> list[ThemeName]:
    """The package's themes, and the home's own after them."""
    found: dict[int, ThemeName] = {}
    for folder in (PACKAGE_DEFINITIONS, home.definitions):
        file = folder / "themes.yaml"
        if file.exists():
            for told in yaml.safe_load(file.read_text(encoding="utf-8")):
                found[told["bit"]] = ThemeName(told["bit"], told["code"], told["name"])
    return list(found.values())


def _breaks(home: Home) -> list[DefinitionBreak]:
    """The package's days on which definitions changed, and the home's own, which stand before the package's."""
    found: dict[str, DefinitionBreak] = {}
    for folder in (PACKAGE_DEFINITIONS, home.definitions):
        file = folder / "breaks.yaml"
        for told in yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else ():
            feeds = () if told["feeds"] == "all" else tuple(told["feeds"])
            found[told["code"]] = DefinitionBreak(
                told["code"], told["date"], bool(told.get("about")), told["title"], told["text"],
                feeds, tuple(told.get("themes", ())), tuple(told.get("levels", ())),
            )  # fmt: skip
    return list(found.values())


def _draw_base_map(building: Path, sources: tuple[SourceFile, ...], home: Home) -> str:
    drawn_from = {s.delivery for s in sources if s.kind in _DRAWN_FROM}
    digests = Delivery.objects.filter(pk__in=drawn_from).values_list("pk", "parquet_sha256")
    name = base_map_name([(int(pk), str(sha)) for pk, sha in digests], home.districts)
    drawn = write_base_map(building, home.basemap / name)
    return name if drawn or (home.basemap / name).exists() else ""


def _warm_kernels() -> None:
    """Compile into the home's cache whatever the first question would otherwise wait for."""
    row = Neighbours(np.array([0, 1, 3, 4], dtype=np.int64), np.array([1, 0, 2, 1], dtype=np.int32))
    find_hotspots(np.array([3, 1, 0]), row)


def _swap_in(
    building: Path,
    summary: StoreSummary,
    sources: tuple[SourceFile, ...],
    base_map: str,
    began: float,
    before: int,
    home: Home,
    by: str,
    at: datetime,
) -> PublicationResult:
    """One transaction: the ledger's line, the audit event, the file's name."""
    with transaction.atomic():
        if _newest_number() != before:
            raise PublishOvertaken("Another publication was finished meanwhile. Publish again.")
        number = before + 1
        result = PublicationResult(
            number=number,
            records=summary.records,
            claims=summary.claims,
            deliveries=len(sources),
            seconds=round(time.perf_counter() - began, 3),
            file_name=f"{number}.duckdb",
            base_map=base_map,
        )
        Publication.objects.create(
            number=number,
            file_name=result.file_name,
            built_at=at,
            built_by=by,
            records=result.records,
            claims=result.claims,
            deliveries=[s.delivery for s in sources],
            seconds=result.seconds,
            base_map=base_map,
        )
        keep_matches(summary.matched)
        record_event(
            event="published", at=at, user=by, subject=str(number), detail={"deliveries": result.deliveries}
        )
        os.replace(building, home.store / result.file_name)
    return result


def _clear_away(home: Home, result: PublicationResult) -> None:
    """Remove versions and base maps that nobody will look up again. One that is still held goes next time."""
    kept = list(Publication.objects.order_by("-number")[:VERSIONS_KEPT])
    let_go_of_others(home.store / result.file_name)
    versions = {publication.file_name for publication in kept}
    maps = {publication.base_map for publication in kept} | {"base.pmtiles"}
    for folder, pattern, wanted in ((home.store, "*.duckdb", versions), (home.basemap, "*.pmtiles", maps)):
        for file in folder.glob(pattern):
            if file.name not in wanted and not file.name.startswith("."):
                with suppress(PermissionError):
                    file.unlink(missing_ok=True)
    for runs in home.store.glob("*.runs"):
        if runs.with_suffix(".duckdb").name not in versions:
            shutil.rmtree(runs, ignore_errors=True)


def _remove(building: Path) -> None:
    for file in (building, building.with_name(building.name + ".wal")):
        file.unlink(missing_ok=True)
    shutil.rmtree(building.with_suffix(".spill"), ignore_errors=True)
