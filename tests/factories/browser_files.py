"""A feed's file as a person would send it, with a name in it that must never be seen again."""

from collections.abc import Sequence

from tests.factories.ingest_files import csv_text

ASB_FEED = "community_safety_asb"
ASB_HEADER = [
    "asb_ref", "reported_dt", "category", "easting", "northing", "street", "town", "complainant",
]  # fmt: skip
SENTINEL = "Zebedee Quillfeather"


def asb_row(n: int, *, when: str = "03/10/2026 15:10", street: str = "Quay Lane") -> list[str]:
    return [f"ASB{n:05d}", when, "Noise", "571200", "194500", street, "Brackwater", SENTINEL]


def asb_file(rows: Sequence[Sequence[str]]) -> bytes:
    return csv_text(ASB_HEADER, rows).encode()
