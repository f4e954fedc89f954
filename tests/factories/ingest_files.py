"""Small files in the layouts the definitions read, for the tests of the way in."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from trigpoint.db.home import current_home
from trigpoint.ingest.load import load
from trigpoint.ingest.receipt import Receipt

STREET_HEADER = [
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
    "LSOA name", "Crime type", "Last outcome category", "Context",
]  # fmt: skip
CRIME_HEADER = [
    "crime_ref", "reported_dt", "committed_from_dt", "committed_to_dt", "offence_desc", "ce_flag", "location_text",
    "easting", "northing",
]  # fmt: skip
AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


def street_row(
    *,
    crime_id: str = "",
    month: str = "2026-01",
    force: str = "Marlshire Police",
    lon: str = "0.5",
    lat: str = "51.8",
    place: str = "On or near Quay Lane",
    kind: str = "Burglary",
) -> list[str]:
    """One row of a police.uk street file."""
    return [crime_id, month, force, force, lon, lat, place, "E01000001", "Marl 001A", kind, "", ""]


def csv_text(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def write_street(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    path.write_text(csv_text(STREET_HEADER, rows), encoding="utf-8")
    return path


def bring(definition: str, path: Path, **more: object) -> Receipt:
    """Load a file as the analyst."""
    return load(definition=definition, path=path, by="analyst", at=AT, **more)  # type: ignore[arg-type]


def stored(delivery: int) -> pa.Table:
    """The rows a delivery stored."""
    return pq.read_table(current_home().deliveries / f"{delivery}.parquet")


def put_aside(delivery: int) -> pa.Table:
    """The rows a delivery put in quarantine."""
    return pq.read_table(current_home().quarantine / f"{delivery}.parquet")
