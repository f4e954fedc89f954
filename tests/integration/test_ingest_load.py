"""The way in, end to end, on a real home: what is stored, what is refused, and what is left behind (nothing)."""

import stat
from datetime import date

import pytest

from tests.factories.ingest_files import (
    AT,
    STREET_HEADER,
    bring,
    csv_text,
    put_aside,
    stored,
    street_row,
    write_street,
)
from trigpoint.db.models import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.receipt import LoadRefused, NeedsDecision

JANUARY = [street_row(crime_id=f"{n:064x}") for n in range(20)]
ASB = street_row(kind="Anti-social behaviour")


def counts(receipt):
    return receipt.input, receipt.accepted, receipt.quarantined, receipt.duplicate, receipt.superseded


def test_rows_that_repeat_exactly_are_separate_incidents(home, tmp_path):
    receipt = bring("police_uk_street", write_street(tmp_path / "jan.csv", [ASB] * 5 + [JANUARY[0]] * 3))
    assert counts(receipt) == (8, 8, 0, 0, 0)
    assert stored(receipt.delivery)["row"].to_pylist() == list(range(1, 9))


def test_the_same_file_twice_adds_nothing(home, tmp_path):
    path = write_street(tmp_path / "jan.csv", [*JANUARY, ASB, ASB])
    first, again = bring("police_uk_street", path), bring("police_uk_street", path)
    assert counts(first) == (22, 22, 0, 0, 0)
    assert counts(again) == (22, 0, 0, 22, 0)
    assert again.status == "duplicate"
    assert [f.name for f in sorted(home.deliveries.iterdir())] == [f"{first.delivery}.parquet"]


def test_the_same_rows_in_another_order_are_duplicates(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", [*JANUARY, ASB]))
    again = bring("police_uk_street", write_street(tmp_path / "b.csv", [ASB, *reversed(JANUARY)]))
    assert counts(again) == (21, 0, 0, 21, 0)


def test_a_corrected_month_is_stored_whole_and_a_late_older_extract_is_not(home, tmp_path):
    first = bring(
        "police_uk_street", write_street(tmp_path / "a.csv", JANUARY), extracted_on=date(2026, 3, 1)
    )
    corrected = bring(
        "police_uk_street", write_street(tmp_path / "b.csv", JANUARY[:-1]), extracted_on=date(2026, 4, 1)
    )
    late = bring(
        "police_uk_street", write_street(tmp_path / "c.csv", JANUARY[:-2]), extracted_on=date(2026, 2, 1)
    )
    assert counts(first) == (20, 20, 0, 0, 0)
    assert counts(corrected) == (19, 19, 0, 0, 0)
    assert counts(late) == (18, 0, 0, 0, 18)


def test_a_delivery_received_before_the_newer_one_was_still_known_then(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "b.csv", JANUARY), extracted_on=date(2026, 4, 1))
    earlier = bring(
        "police_uk_street",
        write_street(tmp_path / "a.csv", JANUARY[:-1]),
        extracted_on=date(2026, 3, 1),
        received_at=AT.replace(month=3),
    )
    assert counts(earlier) == (19, 19, 0, 0, 0)


def test_one_force_does_not_replace_another_nor_one_month_another(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY))
    other_force = [street_row(force="Transport Police", crime_id=f"{n:x}") for n in range(18)]
    other_month = [street_row(month="2026-02", crime_id=f"{n:x}") for n in range(18)]
    for number, rows in enumerate((other_force, other_month)):
        receipt = bring("police_uk_street", write_street(tmp_path / f"{number}.csv", rows))
        assert counts(receipt) == (18, 18, 0, 0, 0)


ALTERED = [name.lower().replace(" ", "_") for name in STREET_HEADER]


def test_altered_headers_are_refused_in_words_that_mend_the_definition(home, tmp_path):
    path = tmp_path / "altered.csv"
    path.write_text(csv_text(ALTERED, JANUARY), encoding="utf-8")
    with pytest.raises(LoadRefused) as refusal:
        bring("police_uk_street", path)
    message = str(refusal.value)
    assert "'Crime ID' is not in the file, which has 'crime_id'" in message
    assert "'Crime type' is not in the file, which has 'crime_type'" in message
    mending = message[message.index("{extends") : message.index("}}}") + 3]

    folder = home.definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "police_uk_street.yaml").write_text(mending, encoding="utf-8")
    assert counts(bring("police_uk_street", path)) == (20, 20, 0, 0, 0)
    assert counts(bring("police_uk_street", write_street(tmp_path / "plain.csv", JANUARY))) == (
        20,
        0,
        0,
        20,
        0,
    )


def test_a_refused_file_leaves_only_its_line_in_the_ledger(home, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    with pytest.raises(LoadRefused, match="empty"):
        bring("police_uk_street", path)
    line = Delivery.objects.get()
    assert (line.status, line.rows_input) == ("refused", 0)
    assert list(home.deliveries.iterdir()) == list(home.quarantine.iterdir()) == []
    assert list(home.spool.iterdir()) == []


def test_an_unknown_definition_is_refused_with_the_nearest_name(home, tmp_path):
    with pytest.raises(LoadRefused, match="Did you mean police_uk_street"):
        bring("police_uk_streets", write_street(tmp_path / "a.csv", JANUARY))
    with pytest.raises(LoadRefused, match="There is no file"):
        bring("police_uk_street", tmp_path / "nowhere.csv")
    assert not Delivery.objects.exists()


def test_faulty_rows_are_put_aside_with_their_row_column_and_rule(home, tmp_path):
    rows = [
        *JANUARY,
        street_row(month="2026-13"),
        street_row(lon="151.8", lat="51.8"),
        street_row(kind="Sorcery"),
    ]
    receipt = bring("police_uk_street", write_street(tmp_path / "a.csv", rows))
    assert counts(receipt) == (23, 20, 3, 0, 0)
    told = put_aside(receipt.delivery).select(["row", "column", "rule"]).to_pylist()
    assert [(t["row"], t["column"]) for t in told] == [(21, "Month"), (22, "Longitude"), (23, "Crime type")]
    assert told[1]["rule"] == "a point outside Great Britain"


def test_a_batch_that_is_mostly_faulty_waits_for_a_reason(home, tmp_path):
    path = write_street(tmp_path / "a.csv", [*JANUARY[:6], *[street_row(month="?")] * 4])
    with pytest.raises(NeedsDecision, match="4 of 10 rows are faulty") as asked:
        bring("police_uk_street", path)
    assert asked.value.receipt.status == "waiting"
    assert list(home.deliveries.iterdir()) == []
    receipt = bring("police_uk_street", path, accept_reason="the force has confirmed them")
    assert counts(receipt) == (10, 6, 4, 0, 0)
    assert Delivery.objects.get(pk=receipt.delivery).reason == "the force has confirmed them"


def test_far_fewer_rows_than_usual_wait_for_a_reason(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY))
    small = [street_row(month="2026-02")] * 2
    with pytest.raises(NeedsDecision, match="2 rows where 20 are usual"):
        bring("police_uk_street", write_street(tmp_path / "b.csv", small))


def test_a_month_is_not_replaced_by_a_crumb_of_itself(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY))
    february = [street_row(month="2026-02", crime_id=f"{n:x}") for n in range(19)]
    with pytest.raises(NeedsDecision, match="1 rows would replace the 20 of 2026-01"):
        bring("police_uk_street", write_street(tmp_path / "b.csv", [*february, JANUARY[0]]))


def test_every_outcome_is_audited_and_the_file_on_disk_is_the_one_in_the_ledger(home, tmp_path):
    import hashlib

    path = write_street(tmp_path / "a.csv", JANUARY)
    receipt = bring("police_uk_street", path)
    bring("police_uk_street", path)
    with pytest.raises(LoadRefused):
        bring("ons_wards", path)
    events = AuditEvent.objects.filter(event__startswith="delivery.").values_list("event", "allowed")
    assert list(events) == [
        ("delivery.accepted", True),
        ("delivery.duplicate", True),
        ("delivery.refused", False),
    ]
    line = Delivery.objects.get(pk=receipt.delivery)
    raw = (home.deliveries / f"{line.pk}.parquet").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == line.parquet_sha256
    assert (line.covers_from, line.covers_to) == (date(2026, 1, 1), date(2026, 2, 1))


def test_when_the_ledger_cannot_be_written_nothing_is_stored(home, tmp_path, monkeypatch):
    def unwritable(*_args, **_more):
        raise RuntimeError("the audit cannot be written")

    monkeypatch.setattr("trigpoint.ingest.record.record_event", unwritable)
    with pytest.raises(RuntimeError, match="audit"):
        bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY))
    assert not Delivery.objects.exists()
    assert (
        list(home.deliveries.iterdir()) == list(home.quarantine.iterdir()) == list(home.spool.iterdir()) == []
    )


def test_keys_are_for_their_owner_only(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY))
    modes = {stat.S_IMODE(file.stat().st_mode) for file in home.keys.iterdir()}
    assert modes == {0o600}


def test_layers_of_the_whole_country_say_what_lies_outside(home, tmp_path, settings):
    from dataclasses import replace

    settings.HOME = replace(settings.HOME, districts=("E07000099",))
    path = tmp_path / "zz.csv"
    rows = [
        ["ZZ1 1AA", "10", "560000", "200000", *["x"] * 4, district, "E05"] for district in ("E07000099", "E1")
    ]
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    receipt = bring("code_point_open", path)
    assert counts(receipt) == (2, 2, 0, 0, 0)
    assert receipt.messages == ("1 rows lie outside the county's districts: they are kept and not used.",)
