"""Erasure: gone from deliveries, quarantine, words, corrections and every version, and told in the ledger alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import duckdb
import pyarrow.parquet as pq
import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.factories.parquet_deliveries import candidate, write_delivery
from tests.integration.test_publish import accept
from tests.property.test_store_build import SOUTH, WEST, write_ground
from trigpoint.changes.accounts import AccountRefused, open_account
from trigpoint.changes.erasure import (
    ErasureRefused,
    erase_rows,
    finish_erasures,
    list_erasures,
    withdraw_delivery,
)
from trigpoint.changes.restating_runs import left_to_restate, restate_in_background, resume_restating
from trigpoint.changes.retention import retain, retention_due
from trigpoint.changes.sense_checks import check_record
from trigpoint.changes.told_text import TextRefused
from trigpoint.cli.daily import things_to_do
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.models import (
    AdoptedAgreement,
    Agency,
    AuditEvent,
    Correction,
    Delivery,
    Erasure,
    Meeting,
    Publication,
    SenseCheck,
    Wording,
)
from trigpoint.gate.connection import current_version
from trigpoint.gate.denial import BeingMadeAnew, QuestionError
from trigpoint.store.connection import let_go_of_others
from trigpoint.upkeep.doctor_ledger import ledger_findings
from trigpoint.upkeep.publish import PublishOvertaken, publish

WHY = "asked for by the agency's records officer"
ALONE, SHARED = b"a" * 16, b"s" * 16


def row(key, x, wording=None, day=4):
    place = candidate(easting_m=float(WEST + x), northing_m=float(SOUTH + 100)) | (
        {"wording": wording} if wording else {}
    )
    return {"key": key * 16, "content": key * 16, "claims": [place], "occurred_from": datetime(2025, 3, day, 15),
            "occurred_to": datetime(2025, 3, day, 15)}  # fmt: skip


@pytest.fixture
def told(home, at):
    """Two deliveries of one feed, the second with a newer version of the first's row 1."""
    ground = write_ground(home.deliveries)
    first = [row(b"1", 100, ALONE), row(b"2", 200, SHARED), row(b"3", 300, day=2)]
    second = [row(b"1", 150, ALONE), row(b"4", 400, SHARED)]
    ground.append(write_delivery(home.deliveries, 1, "records", first, feed="incidents"))
    ground.append(
        write_delivery(home.deliveries, 2, "records", second, feed="incidents", extracted_on=date(2025, 7, 1),
                       received_at=at)
    )  # fmt: skip
    for source in ground:
        accept(home, at, source)
    for digest in (ALONE, SHARED):
        Wording.objects.create(
            agency="police", digest=digest.hex(), text="x", first_received_at=at, text_until=at
        )
    Agency.objects.get_or_create(code="police", defaults={"name": "police", "position": 1})
    people = (("gov", "governance", "police"), ("pat", "contributor", "police"), ("yas", "contributor", None))
    Agency.objects.get_or_create(code="youth_service", defaults={"name": "youth", "position": 2})
    for user, role, agency in people:
        open_account(
            user=user, role=role, agency=agency or "youth_service", password=None, by="analyst", at=at
        )
    publish(by="analyst", at=at)
    yield home
    let_go_of_others(None)


def points(home):
    """Eastings of every row in every delivery's file, and the records of every version that is left."""
    held = {}
    for number in (1, 2):
        file = home.deliveries / f"{number}.parquet"
        if file.exists():
            claims = [one for told in pq.read_table(file)["claims"].to_pylist() for one in told]
            held[number] = sorted(int(one["easting_m"] - WEST) for one in claims)
    versions = {}
    for file in home.store.glob("*.duckdb"):
        with duckdb.connect(str(file), read_only=True) as store:
            versions[file.name] = store.execute("SELECT count(*) FROM record").fetchone()[0]
    return held, versions


def test_a_row_goes_in_every_version_of_it_and_everywhere(told, at):
    check_record(delivery=2, row=1, outcome="dispute", reason="out_of_date", note="Not here", by="pat", at=at)
    (told.store / "1.runs").mkdir()
    number = erase_rows(delivery=2, rows=[1], reason=WHY, by="gov", at=at)
    held, versions = points(told)
    assert held == {1: [200, 300], 2: [400]}
    assert versions == {"2.duckdb": 3}
    assert not (told.store / "1.runs").exists()
    assert not Correction.objects.exists()
    assert SenseCheck.objects.get().note == ""
    assert set(Wording.objects.values_list("digest", flat=True)) == {SHARED.hex()}
    kept = Erasure.objects.get(pk=number)
    assert (kept.lines, kept.rows, kept.publication, kept.reason) == ({"1": [1], "2": [1]}, 2, 2, WHY)
    lines = {line.pk: line for line in Delivery.objects.filter(pk__in=(1, 2))}
    assert [(line.rows_accepted, line.rows_erased) for line in (lines[1], lines[2])] == [(2, 1), (1, 1)]
    assert lines[2].parquet_sha256 != ""
    assert not [one for one in ledger_findings(told) if "balance" in str(one) or "holds" in str(one)]
    assert AuditEvent.objects.filter(event="erasure.rows", subject=f"erasure {number}").count() == 1


def test_whoever_may_not_erase_changes_nothing(told, at):
    before = points(told)
    for by in ("pat", "analyst"):
        with pytest.raises(ChangeDenied):
            erase_rows(delivery=2, rows=[1], reason=WHY, by=by, at=at)
        with pytest.raises(ChangeDenied):
            list_erasures(by=by)
    for wrong, raised in (
        ({"rows": [9]}, ErasureRefused), ({"rows": []}, ErasureRefused), ({"delivery": 99}, ErasureRefused),
        ({"reason": ""}, TextRefused), ({"reason": "as Mr John Smith 07700 900123 asked"}, TextRefused),
    ):  # fmt: skip
        with pytest.raises(raised):
            erase_rows(**({"delivery": 2, "rows": [1], "reason": WHY, "by": "gov", "at": at} | wrong))
    assert points(told) == before
    assert not Erasure.objects.exists()


def test_an_agency_takes_back_its_own_delivery_and_the_older_one_counts_again(told, at):
    with pytest.raises(ChangeDenied):
        withdraw_delivery(delivery=2, reason=WHY, by="yas", at=at)
    withdraw_delivery(delivery=2, reason=WHY, by="pat", at=at)
    held, versions = points(told)
    assert held == {1: [100, 200, 300]}
    assert versions == {"2.duckdb": 3}
    line = Delivery.objects.get(pk=2)
    assert (line.status, line.rows_accepted, line.rows_erased, line.parquet_sha256) == ("withdrawn", 0, 2, "")
    with pytest.raises(ErasureRefused):
        withdraw_delivery(delivery=2, reason=WHY, by="pat", at=at)


def test_erasing_everything_leaves_no_version(told, at):
    for number in (1, 2, 900, 901):
        withdraw_delivery(delivery=number, reason=WHY, by="gov", at=at)
    assert points(told) == ({}, {})
    assert Erasure.objects.filter(publication=None).count() == 0


def test_what_was_cut_short_is_finished(told, at):
    Erasure.objects.create(kind="rows", delivery=1, rows=0, reason=WHY, by="gov", at=at)
    assert finish_erasures(at=at) == 1
    assert points(told)[1] == {"2.duckdb": 5}
    assert finish_erasures(at=at) == 0


AGREEMENT = {
    "code": "police", "version": 1, "title": "police", "agency": "police", "feeds": "all", "fields": "all",
    "purposes": ["safeguarding"], "purposes_clause": "2", "otherwise_clause": "4", "expires": None,
    "audiences": [{"agencies": "all", "roles": "all", "finest": "point", "hours": True, "clause": "4"}],
    "clauses": {"2": "purposes", "4": "audiences"}, "retention_months": 10,
}  # fmt: skip


def test_what_an_agreement_lets_nobody_keep_is_listed_and_then_goes(told, at):
    AdoptedAgreement.objects.create(
        code="police",
        version=1,
        text=AGREEMENT,
        adopted_at=datetime(2025, 1, 1, tzinfo=at.tzinfo),
        adopted_by="analyst",
    )
    late = at.replace(year=2026, month=1, day=3)
    due = retention_due(by="gov", at=late)
    assert [(one.delivery, one.rows, one.agreement) for one in due] == [(1, (3,), "police, version 1")]
    assert retention_due(by="gov", at=late - timedelta(days=30)) == ()
    retain(by="gov", at=late)
    assert points(told)[0] == {1: [100, 200], 2: [150, 400]}
    assert list_erasures(by="gov")[0].kind == "retention"
    assert retain(by="gov", at=late) == ()


def test_a_home_that_says_so_erases_each_day_what_is_due(told, at, settings):
    AdoptedAgreement.objects.create(
        code="police", version=1, text=AGREEMENT, adopted_at=at - timedelta(days=900), adopted_by="analyst"
    )
    home = replace(settings.HOME, reminders=False, retention=True, demo=False)
    late = at.replace(year=2026, month=1, day=3)
    for unwanted in ({"retention": False}, {"demo": True}):
        settings.HOME = replace(home, **unwanted)
        assert things_to_do() is None
    settings.HOME = home
    things_to_do()(late.date(), late)
    assert points(told)[0] == {1: [100, 200], 2: [150, 400]}
    kept = Erasure.objects.get()
    assert (kept.kind, kept.by, kept.reason) == (
        "retention", "retention", "kept no longer than agreed: police, version 1",
    )  # fmt: skip
    assert not kept.marks.exists()
    restate_in_background.call()
    things_to_do()(late.date(), late)
    assert Erasure.objects.count() == 1
    with pytest.raises(AccountRefused):
        open_account(user="retention", role="governance", agency=None, password=None, by="analyst", at=at)


def test_a_meeting_that_rests_on_a_version_does_not_stand_in_the_way_of_erasing_everything(told, at):
    Meeting.objects.create(
        quadrant="", held_on=at.date(), publication_id=1, planned_by="analyst", planned_at=at
    )
    for number in (1, 2, 900, 901):
        withdraw_delivery(delivery=number, reason=WHY, by="gov", at=at)
    assert points(told) == ({}, {})
    assert Publication.objects.filter(pk=1).exists()
    assert Publication.in_use() is None
    with pytest.raises(QuestionError, match="Nothing has been published"):
        current_version()


def test_a_publication_begun_before_the_rows_went_is_published_over(told, at, monkeypatch):
    met = []

    def overtaken(**words):
        if not met:
            met.append(publish(**words))
            raise PublishOvertaken
        return publish(**words)

    monkeypatch.setattr("trigpoint.upkeep.erasure.publish", overtaken)
    erase_rows(delivery=2, rows=[1], reason=WHY, by="gov", at=at)
    assert points(told)[1] == {"3.duckdb": 3}
    assert Erasure.objects.get().publication == 3


def test_the_worker_publishes_and_what_it_gave_up_is_said_and_begun_again(told, at, monkeypatch):
    erase_rows(delivery=2, rows=[1], reason=WHY, by="gov", at=at, in_background=True)
    left = left_to_restate()
    assert (left.publishing.rows, left.failed) == (2, False)
    with pytest.raises(BeingMadeAnew):
        current_version()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    assert left_to_restate().failed
    assert resume_restating()
    assert not left_to_restate().failed
    restate_in_background.call()
    assert left_to_restate() is None
    assert points(told)[1] == {"2.duckdb": 3}
    assert current_version().number == 2
