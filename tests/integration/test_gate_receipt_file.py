"""The receipt to send back: it balances, says which rows to mend, and shows cells to nobody who may not see them."""

import io
import json
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from tests.factories.ingest_files import AT, bring, street_row, write_street
from trigpoint.changes.accounts import open_account
from trigpoint.changes.erasure import erase_rows
from trigpoint.core.sharing.viewer import Viewer
from trigpoint.db.models import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import ReadDenied
from trigpoint.gate.erased import with_erased
from trigpoint.gate.receipt_file import NoSuchDelivery, plain_cell, receipt_json, receipt_workbook
from trigpoint.ingest.mend import mended
from trigpoint.store.connection import let_go_of_others

ANALYST = Viewer(user="ana", agency="police", role="analyst")
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture
def delivery(home, tmp_path):
    rows = [street_row(crime_id=f"{n:064x}") for n in range(6)]
    faulty = [street_row(month="2026-13"), street_row(kind=FORMULA), street_row(lon="=1+1")]
    return bring("police_uk_street", write_street(tmp_path / "a.csv", [*rows, *faulty])).delivery


def sheets(raw):
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_holds_the_equation_the_facts_and_each_row_to_mend(delivery):
    found = sheets(receipt_workbook(ANALYST, delivery, AT))
    told = {row[0]: row[1] for row in found["Receipt"]}
    counts = [
        told[name] for name in ("= accepted", "+ quarantined", "+ duplicate", "+ superseded", "+ erased")
    ]
    assert told["Rows in"] == sum(counts) == 9
    assert told["File"] == "a.csv"
    head, *rows = found["Rows to mend"]
    assert [(row[0], row[1]) for row in rows] == [(7, "Month"), (8, "Crime type"), (9, "Longitude")]
    assert rows[0][head.index("Month")] == "2026-13"


def test_no_formula_and_no_macro_is_in_the_workbook(delivery):
    raw = receipt_workbook(ANALYST, delivery, AT)
    parts = zipfile.ZipFile(io.BytesIO(raw))
    assert not [name for name in parts.namelist() if "vba" in name.lower() or "hyperlink" in name.lower()]
    assert not any(b"<f>" in parts.read(name) for name in parts.namelist() if "sheet" in name)
    cells = [cell for row in sheets(raw)["Rows to mend"] for cell in row]
    assert f"'{FORMULA}" in cells
    assert "'=1+1" in cells


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx"])
def test_what_starts_a_formula_is_quoted(text):
    assert plain_cell(text) == f"'{text}"


def test_who_may_not_mend_sees_the_rules_and_not_the_cells(delivery):
    member = Viewer(user="mo", agency="police", role="member")
    raw = receipt_workbook(member, delivery, AT)
    (head, *rows) = sheets(raw)["Rows to mend"]
    assert head == ["Row", "Column", "Rule", "What to do", "Now"]
    assert len(rows) == 3
    told = receipt_json(member, delivery, AT)
    assert "2026-13" not in told
    assert "cells" not in json.loads(told)["quarantine"][0]


def test_the_ledgers_door_is_the_receipts_too(delivery):
    frontline = Viewer(user="fi", agency="police", role="frontline")
    with pytest.raises(ReadDenied):
        receipt_json(frontline, delivery, AT)
    Delivery.objects.filter(pk=delivery).update(agency="education")
    other = Viewer(user="mo", agency="police", role="contributor")
    with pytest.raises(NoSuchDelivery):
        receipt_workbook(other, delivery, AT)


def test_one_event_is_recorded_for_each_receipt(delivery):
    before = AuditEvent.objects.count()
    receipt_json(ANALYST, delivery, AT)
    receipt_workbook(ANALYST, delivery, AT)
    assert AuditEvent.objects.count() == before + 2


def test_the_receipt_says_which_rows_have_been_brought_back(delivery):
    done = mended(delivery, {7: {"Month": "2026-01"}}, by="ana", at=AT, reason="told")
    rows = {
        row["row"]: row["mended_by"] for row in json.loads(receipt_json(ANALYST, delivery, AT))["quarantine"]
    }
    assert rows == {7: done.delivery, 8: None, 9: None}


def test_the_ledger_balances_wherever_it_is_told_after_rows_were_erased(home, tmp_path):
    file = write_street(tmp_path / "a.csv", [street_row(crime_id=f"{n:064x}") for n in range(6)])
    first = bring("police_uk_street", file).delivery
    open_account(user="gov", role="governance", agency=None, password=None, by="analyst", at=AT)
    erase_rows(delivery=first, rows=[2, 3], reason="asked for by the records officer", by="gov", at=AT)
    told = json.loads(receipt_json(ANALYST, first, AT))
    parts = ("accepted", "quarantined", "duplicate", "superseded", "erased")
    assert (told["input"], told["erased"]) == (sum(told[part] for part in parts), 2)
    book = {row[0]: row[1] for row in sheets(receipt_workbook(ANALYST, first, AT))["Receipt"]}
    assert book["Rows in"] == sum(book[f"{sign} {part}"] for sign, part in zip("=++++", parts, strict=True))
    again = bring("police_uk_street", file)
    assert (again.status, again.duplicate) == ("duplicate", 6)
    assert "2 of its rows were erased since, and stay erased." in again.messages
    let_go_of_others(None)


def test_what_was_erased_is_told_beside_an_answer_to_whoever_may_read_the_ledger(home, tmp_path):
    file = write_street(tmp_path / "a.csv", [street_row(crime_id=f"{n:064x}") for n in range(6)])
    first = bring("police_uk_street", file).delivery
    counted = Answer("counts", {}, {"unplaced": 0, "feeds": [{"code": "police_uk_street"}]})
    assert with_erased(counted, ANALYST) is counted
    Delivery.objects.filter(pk=first).update(rows_accepted=4, rows_erased=2, agency="police")
    assert with_erased(counted, ANALYST).about["erased"] == 2
    assert with_erased(counted, Viewer("pat", "police", "member")).about["erased"] == 2
    for other in (Viewer("eve", "education", "member"), Viewer("flo", "police", "frontline")):
        assert "erased" not in with_erased(counted, other).about
    for beside in (
        {"unplaced": 0, "feeds": [{"code": "another"}]},
        {"feeds": [{"code": "police_uk_street"}]},
    ):
        assert "erased" not in with_erased(Answer("counts", {}, beside), ANALYST).about
