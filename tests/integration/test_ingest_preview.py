"""A preview says what loading would do, and leaves no trace of itself."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.ingest_files import AT, CRIME_HEADER, bring, csv_text, street_row, write_street
from tests.factories.pictures import current_picture, forget_everything
from trigpoint.db.models import AuditEvent
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.load import load
from trigpoint.ingest.preview import preview
from trigpoint.ingest.receipt import Cancelled, LoadRefused

JANUARY = [street_row(crime_id=f"{n:064x}") for n in range(20)]
ASKED = {"by": "analyst", "at": AT}


def trace(home):
    files = {
        p: p.stat().st_mtime_ns for f in (home.deliveries, home.quarantine, home.spool) for p in f.rglob("*")
    }
    return Delivery.objects.count(), AuditEvent.objects.count(), files


def write_crimes(path, crimes):
    rows = [[ref, "", "2026-01-01", "", "Harassment", flag, "", "", ""] for ref, flag in crimes]
    path.write_text(csv_text(CRIME_HEADER, rows), encoding="utf-8")
    return path


def test_a_period_tells_what_is_new_gone_and_the_same(home, tmp_path):
    bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY), extracted_on=date(2026, 3, 1))
    rows = [*JANUARY[2:], street_row(kind="Drugs"), street_row(month="2026-02")]
    before = trace(home)
    found = preview(definition="police_uk_street", path=write_street(tmp_path / "b.csv", rows), **ASKED)
    told = [(c.period, c.rows_now, c.rows_then, c.new, c.gone, c.changed, c.same) for c in found.changes]
    assert told == [(202601, 20, 19, 1, 2, 0, 18), (202602, 0, 1, 1, 0, 0, 0)]
    assert trace(home) == before


def test_a_keyed_feed_tells_what_is_new_changed_and_the_same(home, tmp_path):
    bring("police_crime", write_crimes(tmp_path / "a.csv", [("a", ""), ("b", ""), ("c", "")]))
    path = write_crimes(tmp_path / "b.csv", [("a", ""), ("b", "CSE"), ("d", ""), ("d", "CCE")])
    (change,) = preview(definition="police_crime", path=path, **ASKED).changes
    assert (change.rows_now, change.rows_then) == (3, 4)
    assert (change.new, change.gone, change.changed, change.same) == (1, 0, 1, 2)


def test_the_receipt_the_question_the_faults_and_the_sample_are_those_of_the_load(home, tmp_path):
    rows = [*JANUARY[:6], *[street_row(month="?")] * 4]
    path = write_street(tmp_path / "a.csv", rows)
    found = preview(definition="police_uk_street", path=path, name="the force's own.csv", **ASKED)
    assert found.question is not None
    assert "4 of 10 rows are faulty" in found.question
    assert found.receipt.file == "the force's own.csv"
    (fault,) = found.faults
    assert (fault.rows, fault.first_rows, fault.column) == (4, (7, 8, 9, 10), "Month")
    assert [row.verdict for row in found.sample] == ["accepted"] * 6 + ["quarantined"] * 4
    assert found.sample[0].cells["Month"] == "2026-01"
    receipt = bring("police_uk_street", path, accept_reason="they are right")
    told = ("input", "accepted", "quarantined", "duplicate", "superseded")
    assert [getattr(receipt, n) for n in told] == [getattr(found.receipt, n) for n in told]


def test_the_sample_holds_no_reference_to_a_person(home, tmp_path):
    header = ["UPN", "SchoolURN", "ExclusionType", "Reason", "StartDate", "Sessions", "AMPM"]
    path = tmp_path / "e.csv"
    path.write_text(
        csv_text(header, [["A123456789", "100001", "SUSP", "PP", "05/01/2026", "2", "AM"]]), "utf-8"
    )
    found = preview(definition="education_exclusions", path=path, **ASKED)
    assert "A123456789" not in str(found.as_dict())
    assert "UPN" not in found.sample[0].cells


def test_a_file_that_is_known_changes_nothing_and_one_that_cannot_be_read_leaves_no_line(home, tmp_path):
    path = write_street(tmp_path / "a.csv", JANUARY)
    bring("police_uk_street", path)
    before = trace(home)
    found = preview(definition="police_uk_street", path=path, **ASKED)
    assert (found.receipt.status, found.receipt.duplicate, found.changes) == ("duplicate", 20, ())
    (tmp_path / "no.csv").write_bytes(b"")
    with pytest.raises(LoadRefused):
        preview(definition="police_uk_street", path=tmp_path / "no.csv", **ASKED)
    assert trace(home) == before


FILE = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["", "CSE", "CCE"])), min_size=1, max_size=5
)


@settings(max_examples=25)
@given(st.lists(st.tuples(FILE, st.integers(1, 4)), min_size=1, max_size=3))
def test_what_a_preview_says_is_what_the_load_then_does(home, tmp_path, files):
    forget_everything()
    for crimes, day in files:
        path = write_crimes(tmp_path / "c.csv", crimes)
        now = current_picture("police_crime")
        found = preview(definition="police_crime", path=path, extracted_on=date(2026, 3, day), **ASKED)
        receipt = bring(
            "police_crime", path, extracted_on=date(2026, 3, day), accept_reason="a law is tested"
        )
        then = current_picture("police_crime")
        assert (receipt.accepted, receipt.duplicate) == (found.receipt.accepted, found.receipt.duplicate)
        for change in found.changes:
            assert (change.rows_now, change.rows_then) == (now.total(), then.total())
            assert change.changed + change.new == (then - now).total()


@pytest.mark.parametrize("step", ["reading", "checking", "comparing", "storing"])
def test_whoever_no_longer_wants_a_file_stops_it_with_nothing_stored(home, tmp_path, step):
    told = []

    def progress(name, done, every):
        told.append(name)
        if name == step:
            raise Cancelled

    before = trace(home)
    with pytest.raises(Cancelled):
        load(
            definition="police_uk_street",
            path=write_street(tmp_path / "a.csv", JANUARY),
            progress=progress,
            **ASKED,
        )
    assert told[-1] == step
    assert trace(home) == before
