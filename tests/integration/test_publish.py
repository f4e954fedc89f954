"""Publishing swaps in a whole version or nothing, by name, with its line in the ledger and its audit event."""

from datetime import date, timedelta

import duckdb
import pyarrow.parquet as pq
import pyogrio
import pytest

from tests.factories.parquet_deliveries import candidate, write_delivery
from tests.property.test_store_build import SOUTH, WEST, write_ground
from trigpoint.changes.versions import publish_version
from trigpoint.db.models import AuditEvent, Delivery, Publication
from trigpoint.ingest.keys import token_key, window_of
from trigpoint.store.build_sources import SourceError
from trigpoint.store.connection import StoreMissing, cursor, let_go_of_others
from trigpoint.upkeep.export import ExportRefused, write_parquet
from trigpoint.upkeep.publish import NothingToPublish, publish


def accept(home, at, source):
    """The ledger's line for a delivery whose file has been written."""
    rows = pq.read_metadata(source.path).num_rows
    Delivery.objects.create(
        pk=source.delivery, definition=source.feed, kind=source.kind, agency=source.agency, file_name="made.csv",
        sha256=f"{source.delivery:064x}", size_bytes=1, received_at=at, extracted_on=date(2026, 1, 1),
        rows_input=rows, rows_accepted=rows, rows_quarantined=0, rows_duplicate=0, rows_superseded=0,
        status="accepted", decided_at=at, decided_by="tests", parquet_sha256=f"{source.delivery:064x}",
    )  # fmt: skip


def load_records(home, at, number, count=3, period=202501):
    here = [candidate(easting_m=WEST + 500.0, northing_m=SOUTH + 500.0)]
    rows = [{"claims": here, "period": period} for _ in range(count)]
    accept(home, at, write_delivery(home.deliveries, number, "records", rows, feed="seen"))


@pytest.fixture
def loaded(home, at):
    for source in write_ground(home.deliveries):
        accept(home, at, source)
    load_records(home, at, 1)
    yield home
    let_go_of_others(None)


def test_nothing_loaded_is_said_and_nothing_is_made(home, at):
    with pytest.raises(NothingToPublish, match="trigpoint load"):
        publish(by="analyst", at=at)
    assert not Publication.objects.exists()
    assert list(home.store.iterdir()) == []


def test_a_publication_is_a_file_a_line_and_an_event(loaded, at):
    result = publish(by="analyst", at=at)
    line = Publication.objects.get()
    assert (result.number, result.records, result.claims, result.deliveries) == (1, 3, 3, 3)
    assert (line.number, line.file_name, line.records, line.built_by) == (1, "1.duckdb", 3, "analyst")
    assert line.deliveries == [1, 900, 901]
    event = AuditEvent.objects.get(event="published")
    assert (event.user, event.subject, event.at) == ("analyst", "1", at)
    assert sorted(p.name for p in loaded.store.iterdir()) == ["1.duckdb"]


def test_the_one_before_stays_until_the_next_and_a_reader_keeps_what_it_holds(loaded, at):
    publish(by="analyst", at=at)
    reader = cursor(loaded.store / "1.duckdb")
    for number in (2, 3):
        load_records(loaded, at, number, period=202501 + number)
        publish(by="analyst", at=at + timedelta(hours=number))
    assert sorted(p.name for p in loaded.store.iterdir()) == ["2.duckdb", "3.duckdb"]
    assert reader.execute("SELECT count(*) FROM counted").fetchone() == (3,)
    assert cursor(loaded.store / "3.duckdb").execute("SELECT count(*) FROM counted").fetchone() == (9,)
    reader.close()


def test_a_failure_leaves_the_version_in_use_and_no_partial_file(loaded, at):
    publish(by="analyst", at=at)
    load_records(loaded, at, 2)
    (loaded.deliveries / "2.parquet").write_bytes(b"PAR1 torn PAR1")
    with pytest.raises(SourceError, match="delivery 2"):
        publish(by="analyst", at=at)
    assert Publication.objects.count() == 1
    assert AuditEvent.objects.filter(event="published").count() == 1
    assert sorted(p.name for p in loaded.store.iterdir()) == ["1.duckdb"]


def test_without_its_audit_event_a_version_is_not_swapped_in(loaded, at):
    from django.db import connection

    with connection.cursor() as database:
        database.execute("ALTER TABLE db_auditevent RENAME TO db_auditevent_gone")
    try:
        with pytest.raises(Exception, match="db_auditevent"):
            publish(by="analyst", at=at)
    finally:
        with connection.cursor() as database:
            database.execute("ALTER TABLE db_auditevent_gone RENAME TO db_auditevent")
    assert not Publication.objects.exists()
    assert list(loaded.store.iterdir()) == []


def test_the_base_map_is_drawn_once_for_one_geography(loaded, at):
    first = publish(by="analyst", at=at)
    drawn = loaded.basemap / first.base_map
    stamp = drawn.stat().st_mtime_ns
    load_records(loaded, at, 2, period=202502)
    second = publish(by="analyst", at=at)
    assert second.base_map == first.base_map
    assert drawn.stat().st_mtime_ns == stamp
    layers = {str(name) for name, _ in pyogrio.list_layers(drawn)}
    assert {"land", "neighbour_land", "ward", "labels"} <= layers
    # At the deepest zoom each of the eight wards still has its outline under its dense id.
    read = pyogrio.raw.read(drawn, layer="ward", columns=["id"])
    assert {int(i) for i in read[3][0]} == set(range(8))


def test_views_made_on_one_cursor_are_unseen_on_another_and_nothing_else_is_possible(loaded, at):
    publish(by="analyst", at=at)
    one, other = cursor(loaded.store / "1.duckdb"), cursor(loaded.store / "1.duckdb")
    one.execute("CREATE TEMP VIEW permitted_record AS SELECT * FROM counted WHERE 1 = 0")
    other.execute("CREATE TEMP VIEW permitted_record AS SELECT * FROM counted")
    counts = [c.execute("SELECT count(*) FROM permitted_record").fetchone()[0] for c in (one, other)]
    assert counts == [0, 3]
    for forbidden in (
        f"COPY counted TO '{loaded.root / 'out.csv'}'",
        f"SELECT * FROM read_text('{loaded.root / 'home.yaml'}')",
        f"ATTACH '{loaded.root / 'other.duckdb'}'",
        "SET enable_external_access = true",
        "SET memory_limit = '64GB'",
        "CREATE TABLE made (n INT)",
        "DELETE FROM record",
    ):
        with pytest.raises(duckdb.Error):
            one.execute(forbidden)
    one.close(), other.close()


def test_a_version_that_is_not_there_is_said(home):
    with pytest.raises(StoreMissing, match=r"7\.duckdb"):
        cursor(home.store / "7.duckdb")


def test_the_published_rows_can_be_written_as_parquet(loaded, at, tmp_path):
    publish(by="analyst", at=at)
    target = tmp_path / "rows"
    assert write_parquet(target).records == 3
    with duckdb.connect() as reader:
        rows = reader.execute(
            f"SELECT * EXCLUDE (agency) FROM read_parquet('{target}/counted/*/*.parquet') ORDER BY number"
        ).fetchall()
        agencies = reader.execute(
            f"SELECT DISTINCT agency FROM read_parquet('{target}/counted/*/*.parquet')"
        ).fetchall()
    store = cursor(loaded.store / "1.duckdb")
    assert rows == store.execute("SELECT * EXCLUDE (agency) FROM counted ORDER BY number").fetchall()
    assert agencies == store.execute("SELECT DISTINCT agency FROM counted").fetchall()
    with pytest.raises(ExportRefused, match="not empty"):
        write_parquet(target)


def test_there_are_no_rows_before_the_first_publication(home, tmp_path):
    with pytest.raises(StoreMissing, match="Nothing has been published"):
        write_parquet(tmp_path / "rows")


def test_publishing_destroys_the_keys_of_windows_that_are_over(loaded, at):
    old, current = window_of(date(2020, 1, 1)), window_of(at.date())
    for window in (old, current):
        token_key(loaded.keys, "police", "person", window)
    publish_version(by="analyst", at=at)
    assert [file.name for file in loaded.keys.glob("token-*.key")] == [f"token-police-person-{current}.key"]
    assert AuditEvent.objects.get(event="keys.destroyed").detail == {"keys": 1, "before_window": current}
    publish_version(by="analyst", at=at + timedelta(hours=1))
    assert AuditEvent.objects.filter(event="keys.destroyed").count() == 1
