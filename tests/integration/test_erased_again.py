"""A row that was erased does not come back unnoticed in another file; while it may lie in the facts nothing is told."""

from datetime import date, timedelta

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.bringing import check_receipt
from tests.factories.ingest_files import CRIME_HEADER, bring, csv_text, street_row, write_street
from tests.factories.pictures import current_picture, forget_everything
from trigpoint.changes.accounts import open_account
from trigpoint.changes.erasure import (
    ErasureRefused,
    erase_rows,
    lift_erasure,
    list_came_again,
    list_erasures,
    withdraw_delivery,
)
from trigpoint.core.sharing.duties import ChangeDenied
from trigpoint.db.models import Agency, AuditEvent, Delivery, ErasedMark
from trigpoint.gate.connection import current_version
from trigpoint.gate.denial import BeingMadeAnew
from trigpoint.ingest.erased import ERASED, marks_of
from trigpoint.ingest.mend import outstanding
from trigpoint.ingest.preview import preview

WHY = "asked for by the records officer"


@pytest.fixture
def gov(home, at):
    Agency.objects.get_or_create(code="police", defaults={"name": "police", "position": 1})
    open_account(user="gov", role="governance", agency="police", password=None, by="analyst", at=at)
    return "gov"


def crime_file(folder, day, **flags):
    path = folder / f"{day}.csv"
    rows = [[ref, "", "2026-01-01", "", "Harassment", flag, "", "", ""] for ref, flag in flags.items()]
    path.write_text(csv_text(CRIME_HEADER, rows), encoding="utf-8")
    return path


def crimes(folder, day, **flags):
    path = crime_file(folder, day, **flags)
    receipt = bring("police_crime", path, extracted_on=date(2026, 3, day), accept_reason="tested")
    check_receipt(receipt)
    return receipt


def erase(delivery, rows, at):
    return erase_rows(delivery=delivery, rows=rows, reason=WHY, by="gov", at=at, in_background=True)


def test_a_fresh_file_with_an_erased_row_is_taken_without_it_and_nothing_of_it_is_kept(
    home, tmp_path, gov, at
):
    first = crimes(tmp_path, 1, a="CSE", b="")
    number = erase(first.delivery, [1], at)
    again = crimes(tmp_path, 2, a="CCE", b="", c="")
    assert (again.accepted, again.duplicate, again.quarantined) == (1, 1, 1)
    assert again.messages[-1].startswith("1 row was erased for good before and is kept out.")
    assert current_picture("police_crime").total() == 2
    (aside,) = pq.read_table(home.quarantine / f"{again.delivery}.parquet").to_pylist()
    assert (aside["row"], aside["rule"], aside["stripped"], aside["token"]) == (1, ERASED, "{}", 0)
    (waiting,) = outstanding(again.delivery)
    assert not any(waiting.cells.values())
    looked = preview(definition="police_crime", path=crime_file(tmp_path, 3, a="", d=""), by="analyst", at=at)
    assert [one.cells for one in looked.sample if one.rule == ERASED] == [{}]
    (came,) = list_came_again(by="gov")
    assert (came.delivery, came.rows) == (again.delivery, 1)
    assert [one.kept_out for one in list_erasures(by="gov") if one.number == number] == [1]


def test_what_is_lifted_comes_back_with_the_next_file_and_not_by_itself(home, tmp_path, gov, at):
    first = crimes(tmp_path, 1, a="CSE", b="")
    number = erase(first.delivery, [1], at)
    for by in ("analyst", "nobody"):
        with pytest.raises((ChangeDenied, LookupError)):
            lift_erasure(number=number, reason=WHY, by=by, at=at)
    assert lift_erasure(number=number, reason="erased in error", by=gov, at=at) == 1
    with pytest.raises(ErasureRefused, match="Nothing of this is kept out"):
        lift_erasure(number=number, reason="again", by=gov, at=at)
    assert current_picture("police_crime").total() == 1
    assert crimes(tmp_path, 2, a="CSE", b="").accepted == 1
    assert current_picture("police_crime").total() == 2
    assert AuditEvent.objects.filter(event="erasure.lifted", detail__rows=1).exists()
    assert not ErasedMark.objects.exists()


def test_a_feed_without_keys_knows_an_erased_row_by_its_words(home, tmp_path, gov, at):
    rows = [street_row(crime_id=f"{n:064x}") for n in range(4)]
    first = bring("police_uk_street", write_street(tmp_path / "a.csv", rows), extracted_on=date(2026, 3, 1))
    erase(first.delivery, [2], at)
    path = write_street(tmp_path / "b.csv", [*rows, street_row(crime_id="f" * 64)])
    again = bring("police_uk_street", path, extracted_on=date(2026, 3, 2))
    check_receipt(again)
    assert (again.accepted, again.quarantined) == (4, 1)
    assert current_picture("police_uk_street").total() == 4


def test_what_was_withdrawn_whole_may_be_sent_again(home, tmp_path, gov, at):
    first = crimes(tmp_path, 1, a="CSE", b="")
    withdraw_delivery(delivery=first.delivery, reason=WHY, by=gov, at=at, in_background=True)
    assert crimes(tmp_path, 2, a="CSE", b="").accepted == 2
    assert list_came_again(by=gov) == ()


def test_nothing_is_told_from_facts_that_may_hold_rows_that_are_gone(home, tmp_path, gov, at):
    first = crimes(tmp_path, 1, a="CSE")
    erase(first.delivery, [1], at + timedelta(days=1))
    with pytest.raises(BeingMadeAnew, match="nothing is told"):
        current_version()
    assert Delivery.objects.get(pk=first.delivery).rows_erased == 1


@settings(max_examples=8, deadline=None)
@given(
    erased=st.sets(st.integers(1, 6)), sent=st.lists(st.integers(1, 8), min_size=1, max_size=8, unique=True)
)
def test_whatever_comes_again_every_receipt_balances_and_no_erased_row_counts(
    home, tmp_path, gov, at, erased, sent
):
    forget_everything()
    ErasedMark.objects.all().delete()
    first = crimes(tmp_path, 1, **{f"r{n}": "" for n in range(1, 7)})
    if erased:
        erase(first.delivery, sorted(erased), at)
    again = crimes(tmp_path, 2, **{f"r{n}": "CSE" for n in sent})
    assert again.quarantined == len(erased & set(sent))
    assert current_picture("police_crime").total() == len(({*range(1, 7)} | set(sent)) - erased)


def test_a_mark_tells_of_one_feed_and_one_row_alone(tmp_path):
    one = marks_of("a", [b"1" * 16], tmp_path)
    assert one == marks_of("a", [b"1" * 16], tmp_path)
    assert not one & (marks_of("b", [b"1" * 16], tmp_path) | marks_of("a", [b"2" * 16], tmp_path))
