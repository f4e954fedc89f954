"""What is nobody's goes at the next start, what somebody waits for stays, and the doctor tells one from the other."""

import os
import uuid
from datetime import timedelta

import pytest

from tests.factories.ingest_files import AT, bring, street_row, write_street
from trigpoint.db.holding import in_use
from trigpoint.db.models import AuditEvent, Upload, Wording
from trigpoint.db.models.delivery import Delivery
from trigpoint.db.models.upload import UploadStage
from trigpoint.upkeep.doctor import examine
from trigpoint.upkeep.retention import tidy

ROWS = [street_row(crime_id=f"{n:064x}") for n in range(5)] + [street_row(month="2026-13")]
LATER = AT + timedelta(days=8)


def wrong(at=AT):
    return [finding.wrong for finding in examine(at) if finding.mend != "trigpoint publish"]


def upload(home, *, stage=UploadStage.READY, created_at=AT):
    kept = Upload.objects.create(
        definition="police_crime", agency="police", file_name="a.csv", size_bytes=1, stage=stage, by="con",
        created_at=created_at, changed_at=created_at, preview={"sample": {"rows": [1]}, "receipt": {}},
    )  # fmt: skip
    (home.spool / str(kept.pk)).mkdir()
    (home.spool / str(kept.pk) / "a.csv").write_text("raw", encoding="utf-8")
    return kept


@pytest.fixture
def delivery(home, tmp_path):
    return bring("police_uk_street", write_street(tmp_path / "a.csv", ROWS)).delivery


def test_a_sound_home_has_nothing_to_mend(home, delivery):
    upload(home)
    assert wrong() == []


def test_what_interrupted_loads_leave_is_found_and_goes(home, delivery):
    (home.spool / "tmp123").mkdir()
    (home.spool / "tmp123" / "raw.csv").write_text("raw", encoding="utf-8")
    for file in (
        home.deliveries / ".tmp123.parquet",
        home.quarantine / "999.parquet",
        home.keys / ".rows.key.1",
    ):
        file.write_bytes(b"half")
        file.chmod(0o600)
    (home.deliveries / "999.confirmed.parquet").write_bytes(b"half")
    assert len(wrong()) == 5
    assert tidy(home, at=AT).leavings == 5
    assert wrong() == []
    assert (home.deliveries / f"{delivery}.parquet").exists()


def test_nothing_is_cleared_away_under_a_load_that_is_running(home, delivery):
    (home.spool / "tmp123").mkdir()
    with in_use(home):
        assert tidy(home, at=AT).leavings == 0
        assert wrong() == []
    assert tidy(home, at=AT).leavings == 1


def test_a_raw_file_waits_seven_days_for_a_decision_and_no_longer(home):
    waiting = upload(home)
    assert tidy(home, at=AT + timedelta(days=6)).uploads == 0
    assert (home.spool / str(waiting.pk)).exists()
    assert "uploads have waited" in " ".join(wrong(LATER))
    assert tidy(home, at=LATER).uploads == 1
    waiting.refresh_from_db()
    assert (waiting.stage, waiting.preview) == (UploadStage.EXPIRED, {"receipt": {}})
    assert list(home.spool.iterdir()) == []
    assert AuditEvent.objects.filter(event="upload.expired").count() == 1
    assert wrong(LATER) == []


def test_the_raw_file_of_a_decided_upload_goes_and_one_still_arriving_stays(home):
    upload(home, stage=UploadStage.DONE)
    arriving = home.spool / str(uuid.uuid4())
    arriving.mkdir()
    os.utime(arriving, (AT.timestamp(), AT.timestamp()))
    assert tidy(home, at=AT).leavings == 1
    assert list(home.spool.iterdir()) == [arriving]
    assert tidy(home, at=AT + timedelta(days=2)).leavings == 1


def test_texts_of_places_go_after_their_time_and_what_was_decided_stays(home):
    Wording.objects.create(
        agency="police", digest="00", text="behind Lidl", town="Marl", first_received_at=AT, text_until=AT
    )
    assert "texts of places" in " ".join(wrong())
    assert tidy(home, at=AT).wordings == 1
    kept = Wording.objects.get()
    assert (kept.text, kept.town, kept.digest) == ("", "", "00")
    assert wrong() == []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda home, n: (home.deliveries / f"{n}.parquet").unlink(), "rows of delivery"),
        (
            lambda home, n: (home.deliveries / f"{n}.parquet").write_bytes(b"other"),
            "not those that were accepted",
        ),
        (lambda home, n: (home.quarantine / f"{n}.parquet").unlink(), "quarantine of delivery"),
        (lambda home, n: (home.quarantine / f"{n}.parquet").write_bytes(b"other"), "quarantine holds -1"),
        (lambda home, n: Delivery.objects.filter(pk=n).update(rows_unplaced=99), "does not balance"),
        (lambda home, n: (home.deliveries / "notes.txt").write_text("x", "utf-8"), "is of no delivery"),
        (lambda home, n: Delivery.objects.filter(pk=n).update(id=n + 500), "are missing"),
    ],
)
def test_the_doctor_finds_what_does_not_fit_the_ledger(home, delivery, harm, words):
    harm(home, delivery)
    assert words in " ".join(wrong())
