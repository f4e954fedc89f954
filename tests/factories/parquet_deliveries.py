"""Accepted deliveries as `ingest` leaves them: Parquet files in the kinds' schemas, written from plain rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from trigpoint.ingest.schemas import SCHEMAS
from trigpoint.store.build_sources import SourceFile, read_source

RECEIVED = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)

RECORD: dict[str, Any] = {
    "category": "incident",
    "theme_mask": 1,
    "detection": 1,
    "grade": 0,
    "handling": 0,
    "marking": 0,
    "occurred_from": datetime(2025, 3, 4, 15, 30),
    "occurred_to": datetime(2025, 3, 4, 15, 30),
    "utc_offset_min": 0,
    "time_precision": 0,
    "token": 0,
    "token_window": 0,
    "claims": [],
}
DEFAULTS: dict[str, dict[str, Any]] = {
    "records": RECORD,
    "sites": {"status": "open", "restricted": False, "kept": "point", "name": ""},
    "postcodes": {"quality": 10, "ended": False},
    "notices": {"coarse": False},
}


def write_delivery(
    folder: Path,
    delivery: int,
    kind: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    feed: str = "",
    agency: str = "police",
    open_feed: bool = False,
    anchors: bool = False,
    received_at: datetime = RECEIVED,
    extracted_on: date = date(2025, 6, 1),
    categories: Mapping[str, str] | None = None,
) -> SourceFile:
    """Write one delivery and read it back as publish would."""
    schema = SCHEMAS[kind]
    filled = [
        {"row": i, "content": bytes(16), "period": 0, **DEFAULTS.get(kind, {}), **row}
        for i, row in enumerate(rows, start=1)
    ]
    columns = {field.name: pa.array([row.get(field.name) for row in filled], field.type) for field in schema}
    facts = {
        "definition": feed or f"feed_{kind}",
        "kind": kind,
        "name": feed or kind,
        "agency": agency,
        "currency": "key" if any(row.get("key") for row in rows) else "period",
        "open": open_feed,
        "anchors": anchors,
        "attribution": None,
        "categories": dict(categories or {"incident": "Incident"}) if kind == "records" else {},
        "received_at": received_at.isoformat(),
        "extracted_on": extracted_on.isoformat(),
    }
    table = pa.table(columns, schema=schema).replace_schema_metadata(
        {b"trigpoint": json.dumps(facts).encode()}
    )
    path = folder / f"{delivery}.parquet"
    pq.write_table(table, path, compression="zstd")
    return read_source(delivery, path)


def candidate(
    role: int = 1, quality: int = 1, candidate: int = 0, weight: float = 1.0, **where: Any
) -> dict[str, Any]:
    """One entry of a record's claims."""
    names = (
        "easting_m", "northing_m", "site_class", "site_ref", "street_name", "town", "postcode",
        "area_level", "area_code", "area_name",
    )  # fmt: skip
    return {
        "role": role, "quality": quality, "candidate": candidate, "weight": weight,
        **{name: where.get(name) for name in names},
    }  # fmt: skip


def square(west: float, south: float, size: float) -> bytes:
    """A square's WKB."""
    return bytes(shapely.to_wkb(shapely.box(west, south, west + size, south + size)))
