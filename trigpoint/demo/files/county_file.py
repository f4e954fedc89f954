"""What is known of a file that was written: the definition that reads it, when it would have come, what is in it."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class CountyFile:
    """One file and the definition that reads it.

    `rows` counts its data rows (a GeoPackage: its first layer; a timetable: its routes by direction), `broken` those
    of them that are broken on purpose and belong in quarantine.
    """

    path: Path
    definition: str
    received_at: datetime
    extracted_on: date
    rows: int
    broken: int = 0
