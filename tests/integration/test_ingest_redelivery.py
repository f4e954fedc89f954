"""What comes again, comes late or comes in pieces: nothing is rolled back, and who stands against it is said."""

import json
from datetime import date

import pytest

from tests.factories.ingest_files import CRIME_HEADER, bring, csv_text, street_row, write_street
from tests.factories.pictures import current_picture
from trigpoint.ingest import known_keys
from trigpoint.ingest.record import record_accepted

JANUARY = [street_row(crime_id=f"{n:064x}") for n in range(20)]


def crimes(folder, day, **flags):
    path = folder / f"{day}.csv"
    rows = [[ref, "", "2026-01-01", "", "Harassment", flag, "", "", ""] for ref, flag in flags.items()]
    path.write_text(csv_text(CRIME_HEADER, rows), encoding="utf-8")
    return bring("police_crime", path, extracted_on=date(2026, 3, day), accept_reason="tested")


def counts(receipt):
    return receipt.input, receipt.accepted, receipt.duplicate, receipt.superseded


def flags():
    return sorted(fact[-1] for fact in current_picture("police_crime"))


def test_an_extract_between_a_version_and_its_confirmation_rolls_nothing_back_by_key(home, tmp_path):
    crimes(tmp_path, 1, a="CSE", b="")
    confirmed = crimes(tmp_path, 3, b="", a="CSE")
    before = current_picture("police_crime")
    late = crimes(tmp_path, 2, a="CCE", c="")
    assert counts(confirmed) == (2, 0, 2, 0)
    assert counts(late) == (2, 1, 0, 1)
    assert f"1 rows stay superseded: delivery {confirmed.delivery} is of a newer extract" in late.messages[-1]
    assert before - current_picture("police_crime") == before - before


def test_nor_by_period(home, tmp_path):
    def month(name, rows, day):
        return bring("police_uk_street", write_street(tmp_path / name, rows), extracted_on=date(2026, 3, day))

    month("a.csv", JANUARY, 1)
    confirmed = month("b.csv", JANUARY[::-1], 3)
    before = current_picture("police_uk_street")
    late = month("c.csv", JANUARY[:-1], 2)
    assert counts(late) == (19, 0, 0, 19)
    assert f"19 rows stay superseded: delivery {confirmed.delivery}" in late.messages[-1]
    assert current_picture("police_uk_street") == before


def test_the_same_file_sent_as_a_newer_extract_stands_against_what_comes_late(home, tmp_path):
    path = write_street(tmp_path / "a.csv", JANUARY)
    bring("police_uk_street", path, extracted_on=date(2026, 3, 1))
    again = bring("police_uk_street", path, extracted_on=date(2026, 3, 5))
    late = bring(
        "police_uk_street", write_street(tmp_path / "b.csv", JANUARY[:-1]), extracted_on=date(2026, 3, 3)
    )
    assert (again.status, counts(late)) == ("duplicate", (19, 0, 0, 19))


@pytest.mark.parametrize("day", [1, 2])
def test_an_old_file_dated_anew_by_its_sender_counts_as_the_newest(home, tmp_path, day):
    first = write_street(tmp_path / "a.csv", JANUARY)
    bring("police_uk_street", first, extracted_on=date(2026, 3, 1))
    corrected = write_street(tmp_path / "b.csv", JANUARY[:-1])
    bring("police_uk_street", corrected, extracted_on=date(2026, 3, day))
    assert counts(bring("police_uk_street", first)) == (20, 0, 20, 0)
    assert counts(bring("police_uk_street", first, extracted_on=date(2026, 3, 3))) == (20, 20, 0, 0)
    assert current_picture("police_uk_street").total() == 20


@pytest.mark.parametrize("harm", ["lost", "cut", "of other deliveries", "no log at all"])
def test_the_log_of_known_keys_is_disposable(home, tmp_path, monkeypatch, harm):
    monkeypatch.setattr(known_keys, "UNSAVED", 1)
    crimes(tmp_path, 1, a="", b="")
    crimes(tmp_path, 2, a="CSE")
    crimes(tmp_path, 3, c="")
    (file,) = (home.cache / "known_keys").iterdir()
    known_keys._logs.clear()
    if harm == "lost":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "of other deliveries":
        head, rows = file.read_bytes().split(b"\n", 1)
        file.write_bytes(json.dumps({**json.loads(head), "covered": [[9, "x"]]}).encode() + b"\n" + rows)
    else:
        file.write_bytes(b"not a log")
    assert counts(crimes(tmp_path, 4, a="CSE", b="CCE", c="", d="")) == (4, 2, 2, 0)


def test_two_loads_at_once_do_not_both_count(home, tmp_path, monkeypatch):
    """The second finds at the last moment that the ledger has moved, and says so."""
    import trigpoint.ingest.load as way_in
    from trigpoint.ingest.receipt import LoadRefused

    def overtaken(*told):
        monkeypatch.setattr(way_in, "record_accepted", record_accepted)
        bring("police_uk_street", write_street(tmp_path / "other.csv", JANUARY[::-1]))
        return record_accepted(*told)

    monkeypatch.setattr(way_in, "record_accepted", overtaken)
    with pytest.raises(LoadRefused, match="Load it again"):
        bring("police_uk_street", write_street(tmp_path / "a.csv", JANUARY))
    assert current_picture("police_uk_street").total() == 20
