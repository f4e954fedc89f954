"""Mending rows in quarantine, by example: what may be mended, what stays, and what is never shown."""

import dataclasses
from datetime import date

import pyarrow.parquet as pq
import pytest

from tests.factories.ingest_files import AT, bring, csv_text, stored, street_row, write_street
from tests.factories.pictures import current_picture
from trigpoint.db.models import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.mend import mended, outstanding, reapplied
from trigpoint.ingest.receipt import LoadRefused

GOOD = [street_row(crime_id=f"{n:064x}") for n in range(6)]
EXCLUSIONS = ["UPN", "SchoolURN", "ExclusionType", "Reason", "StartDate", "Sessions", "AMPM"]
BY = {"by": "analyst", "at": AT, "reason": "the agency has told us"}


def faulty(home, tmp_path):
    rows = [*GOOD, street_row(month="2026-13"), street_row(kind="Sorcery")]
    return bring("police_uk_street", write_street(tmp_path / "a.csv", rows)).delivery


def test_a_row_is_told_under_the_files_headers_with_what_to_do_and_without_its_token(home, tmp_path):
    first, second = outstanding(faulty(home, tmp_path))
    assert (first.row, first.column, first.rule) == (7, "Month", "not a date")
    assert first.cells["Month"] == "2026-13"
    assert second.cells["Crime type"] == "Sorcery"
    assert {field.name for field in dataclasses.fields(first)} == {"row", "column", "rule", "advice", "cells"}


def test_what_is_mended_counts_with_the_delivery_it_belongs_to_and_is_audited(home, tmp_path):
    delivery = faulty(home, tmp_path)
    receipt = mended(delivery, {7: {"Month": "2026-01"}}, **BY)
    line = Delivery.objects.get(pk=receipt.delivery)
    assert (receipt.input, receipt.accepted, line.mends) == (1, 1, delivery)
    assert (line.extracted_on, line.received_at) == Delivery.objects.values_list(
        "extracted_on", "received_at"
    ).get(pk=delivery)
    assert stored(receipt.delivery)["row"].to_pylist() == [7]
    assert [row.row for row in outstanding(delivery)] == [8]
    event = AuditEvent.objects.filter(event="delivery.accepted").last()
    assert event is not None
    assert event.detail["mends"] == delivery


def test_a_row_that_is_still_wrong_stays_with_what_was_changed_in_it(home, tmp_path):
    delivery = faulty(home, tmp_path)
    receipt = mended(delivery, {8: {"Crime type": "Burglary", "Longitude": "here"}}, **BY)
    assert (receipt.input, receipt.quarantined) == (1, 1)
    (row,) = [row for row in outstanding(delivery) if row.row == 8]
    assert (row.column, row.cells["Crime type"]) == ("Longitude", "Burglary")
    assert mended(delivery, {8: {"Longitude": "0.5"}}, **BY).accepted == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ({1: {"Month": "2026-01"}}, "Row 1 of delivery"),
        ({7: {"Moon": "2026-01"}}, "no column Moon"),
        ({}, "No row"),
    ],
)
def test_only_rows_and_columns_that_are_there_can_be_mended(home, tmp_path, rows, message):
    delivery = faulty(home, tmp_path)
    before = Delivery.objects.count()
    with pytest.raises(LoadRefused, match=message):
        mended(delivery, rows, **BY)
    assert Delivery.objects.count() == before


def test_a_row_is_mended_once(home, tmp_path):
    delivery = faulty(home, tmp_path)
    mended(delivery, {7: {"Month": "2026-01"}}, **BY)
    with pytest.raises(LoadRefused, match="Row 7"):
        mended(delivery, {7: {"Month": "2026-02"}}, **BY)


def test_a_mended_definition_is_applied_to_the_rows_as_stripped(home, tmp_path):
    delivery = faulty(home, tmp_path)
    folder = home.definitions / "extracts"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "police_uk_street.yaml").write_text(
        "{extends: police_uk_street, records: {category: {values: {Sorcery: other_crime}}}}", encoding="utf-8"
    )
    receipt = reapplied(delivery, by="analyst", at=AT)
    assert (receipt.input, receipt.accepted, receipt.quarantined) == (2, 1, 1)
    assert [row.row for row in outstanding(delivery)] == [7]


def test_tokens_go_from_quarantine_into_the_mended_row_and_the_cell_of_a_person_cannot_be_typed(
    home, tmp_path
):
    pupils = [[f"P{n}", "100001", "SUSP", "PP", "05/01/2026", "2", "AM"] for n in range(5)]
    wrong = ["P3", "100001", "SUSP", "PP", "soon", "2", "AM"]
    path = tmp_path / "exclusions.csv"
    path.write_text(csv_text(EXCLUSIONS, [*pupils, wrong]), encoding="utf-8")
    delivery = bring("education_exclusions", path).delivery
    (row,) = outstanding(delivery)
    assert "UPN" not in row.cells
    with pytest.raises(LoadRefused, match="no column UPN"):
        mended(delivery, {6: {"UPN": "P9"}}, **BY)
    receipt = mended(delivery, {6: {"StartDate": "05/01/2026"}}, **BY)
    token = dict(zip(*(stored(delivery)[name].to_pylist() for name in ("row", "token")), strict=True))
    assert stored(receipt.delivery)["token"].to_pylist() == [token[4]]
    assert token[4] != 0


def test_rows_of_a_period_that_an_earlier_delivery_had_told_become_a_version_of_their_own(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", GOOD), extracted_on=date(2026, 3, 1))
    rows = [*GOOD, street_row(kind="Sorcery")]
    again = bring("police_uk_street", write_street(tmp_path / "b.csv", rows), extracted_on=date(2026, 4, 1))
    assert (again.duplicate, again.quarantined) == (6, 1)
    receipt = mended(again.delivery, {7: {"Crime type": "Drugs"}}, **BY)
    assert (receipt.input, receipt.accepted) == (1, 1)
    whole = pq.read_table(home.deliveries / f"{receipt.delivery}.parquet")
    assert len(whole) == 7
    assert len(set(whole["row"].to_pylist())) == 7


def sent_twice(folder, *, mended_between):
    """One file, dated anew the second time; its row 7 has a month that nobody can read."""
    path = write_street(folder / "a.csv", [*GOOD, street_row(month="2026-13")])
    first = bring("police_uk_street", path, extracted_on=date(2026, 3, 1))
    if mended_between:
        mended(first.delivery, {7: {"Month": "2026-01"}}, **BY)
    return first, bring("police_uk_street", path, extracted_on=date(2026, 3, 2))


def test_the_same_bytes_wait_in_a_quarantine_of_their_own_as_long_as_the_first_do(home, tmp_path):
    first, again = sent_twice(tmp_path, mended_between=False)
    assert (again.input, again.duplicate, again.quarantined) == (7, 6, 1)
    for receipt, month in ((first, "2026-02"), (again, "2026-03")):
        assert [row.row for row in outstanding(receipt.delivery)] == [7]
        assert mended(receipt.delivery, {7: {"Month": month}}, **BY).accepted == 1
    assert current_picture("police_uk_street").total() == 8


def test_the_same_bytes_of_which_nothing_waits_say_again_what_was_mended(home, tmp_path):
    first, again = sent_twice(tmp_path, mended_between=True)
    assert (again.status, again.duplicate, outstanding(again.delivery)) == ("duplicate", 7, ())
    assert again.messages == (f"The same file was accepted before, as delivery {first.delivery}.",)
    late = write_street(tmp_path / "b.csv", GOOD[:-1])
    assert bring("police_uk_street", late, extracted_on=date(2026, 3, 1)).superseded == 5
    assert current_picture("police_uk_street").total() == 7


def test_what_was_mended_counts_again_only_once_it_is_mended_again_where_something_newer_came(home, tmp_path):
    def day(number, name, *rows):
        path = write_street(tmp_path / name, rows)
        return bring("police_uk_street", path, extracted_on=date(2026, 3, number), accept_reason="tested")

    wrong = street_row(month="2026-13")
    mended(day(1, "a.csv", wrong).delivery, {1: {"Month": "2026-01"}}, **BY)
    day(2, "b.csv", street_row(kind="Drugs"))
    again = day(3, "a.csv", wrong)
    assert (again.status, again.quarantined) == ("accepted", 1)
    assert mended(again.delivery, {1: {"Month": "2026-01"}}, **BY).accepted == 1
    (fact,) = current_picture("police_uk_street")
    assert "burglary" in fact


def test_what_a_person_types_is_scrubbed_as_what_an_agency_sends(home, tmp_path):
    header = ["crime_ref", "reported_dt", "committed_from_dt", "committed_to_dt", "offence_desc", "ce_flag",
              "location_text", "easting", "northing"]  # fmt: skip
    rows = [[f"k{n}", "", "2026-01-01", "", "Harassment", "", "Quay Lane", "", ""] for n in range(5)]
    rows[4][2] = "soon"
    path = tmp_path / "crime.csv"
    path.write_text(csv_text(header, rows), encoding="utf-8")
    delivery = bring("police_crime", path).delivery
    typed = {"committed_from_dt": "2026-01-01", "location_text": "ask him on 07700 900123"}
    receipt = mended(delivery, {5: typed}, **BY)
    assert receipt.accepted == 1
    written = [file.read_bytes() for file in home.root.rglob("*") if file.is_file()]
    assert not any(b"900123" in raw for raw in written)
    assert "900123" not in str(stored(receipt.delivery).to_pylist())
