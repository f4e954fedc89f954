"""A draft, put into the home as it is, brings in the very file it was drafted from."""

from datetime import date

import pytest

from tests.factories.ingest_files import bring, stored
from trigpoint.core.county.make import make_geography
from trigpoint.core.county.records import make_records
from trigpoint.demo.writers.csv_files import write_csv
from trigpoint.ingest.draft import draft_definition

FEEDS = [
    "police_crime",
    "community_safety_asb",
    "social_care_missing",
    "education_concerns",
    "education_attendance",
]


@pytest.fixture(scope="module")
def records():
    return make_records(make_geography(5, "village"), 5, end=date(2026, 10, 31))


def test_what_was_drafted_brings_its_sample_in(home, tmp_path, records):
    folder = home.definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    for feed in FEEDS:
        table = records.feeds[feed].table
        path = tmp_path / f"{feed}.csv"
        rows = write_csv(path, type(table)({n: c for n, c in table.columns.items() if not n.startswith("_")}))
        name = f"own_{feed}"
        (folder / f"{name}.yaml").write_text(draft_definition(path, name, "police").text, encoding="utf-8")
        receipt = bring(name, path, accept_reason="a draft is tried")
        assert (feed, receipt.input) == (feed, rows)
        assert receipt.accepted >= 0.9 * rows, feed
        # Until somebody has said more, a draft's records carry the most restrictive marking.
        kept = stored(receipt.delivery)
        assert "marking" not in kept.column_names or set(kept["marking"].to_pylist()) == {4}
