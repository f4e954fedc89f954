"""Mending: once every row in quarantine is mended, the picture is that of a file that was right from the start."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.ingest_files import AT, CRIME_HEADER, STREET_HEADER, bring, csv_text, street_row
from tests.factories.pictures import current_picture, forget_everything
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.mend import mended, outstanding

REASON = "the agency has told us"


def crime_row(ref, flag, day="2026-01-01"):
    return [ref, "", day, "", "Robbery of personal property", flag, "", "", ""]


FEEDS = {
    "police_crime": (CRIME_HEADER, "committed_from_dt", 2, "no day"),
    "police_uk_street": (STREET_HEADER, "Month", 1, "2026-13"),
}
CRIMES = st.builds(crime_row, st.sampled_from(["k1", "k2", "k3"]), st.sampled_from(["", "CSE", "CCE"]))
STREETS = st.builds(
    street_row,
    crime_id=st.sampled_from(["", "a" * 64]),
    month=st.sampled_from(["2026-01", "2026-02"]),
    kind=st.sampled_from(["Burglary", "Drugs"]),
)
BROKEN = st.lists(st.booleans(), min_size=5, max_size=5)


def deliver(folder, feed, rows, broken, day, *, right):
    """Bring in rows, the broken ones with a cell nobody can read unless `right`."""
    header, _, place, bad = FEEDS[feed]
    told = [
        [*row[:place], bad, *row[place + 1 :]] if is_broken and not right else row
        for row, is_broken in zip(rows, broken, strict=False)
    ]
    path = folder / "file.csv"
    path.write_text(csv_text(header, told), encoding="utf-8")
    return bring(feed, path, extracted_on=date(2026, 3, day), accept_reason="a law is being tested")


def mend_all(delivery, feed, rows, *, one_by_one):
    _, column, place, _ = FEEDS[feed]
    edits = {row.row: {column: rows[row.row - 1][place]} for row in outstanding(delivery)}
    batches = [{row: cells} for row, cells in edits.items()] if one_by_one else [edits] if edits else []
    receipts = [mended(delivery, batch, by="analyst", at=AT, reason=REASON) for batch in batches]
    assert not outstanding(delivery)
    for receipt in receipts:
        assert receipt.input == receipt.accepted + receipt.duplicate + receipt.superseded
        assert Delivery.objects.get(pk=receipt.delivery).mends == delivery


@st.composite
def histories(draw, rows):
    files = draw(st.lists(st.tuples(st.lists(rows, min_size=1, max_size=5), BROKEN), min_size=1, max_size=4))
    days = draw(st.permutations(range(1, len(files) + 1)))
    when = draw(st.lists(st.booleans(), min_size=len(files), max_size=len(files)))
    return [(*file, day, at_once) for file, day, at_once in zip(files, days, when, strict=True)]


def check_law(folder, feed, files, one_by_one):
    forget_everything()
    waiting = []
    for rows, broken, day, at_once in files:
        receipt = deliver(folder, feed, rows, broken, day, right=False)
        if receipt.quarantined and at_once:
            mend_all(receipt.delivery, feed, rows, one_by_one=one_by_one)
        elif receipt.quarantined:
            waiting.append((receipt.delivery, rows))
    for delivery, rows in waiting:
        mend_all(delivery, feed, rows, one_by_one=one_by_one)
    found = current_picture(feed)
    forget_everything()
    for rows, broken, day, _ in files:
        deliver(folder, feed, rows, broken, day, right=True)
    assert found == current_picture(feed)


@settings(max_examples=30)
@given(histories(CRIMES), st.booleans())
def test_by_key_the_picture_is_that_of_files_right_from_the_start(home, tmp_path, files, one_by_one):
    check_law(tmp_path, "police_crime", files, one_by_one)


@settings(max_examples=30)
@given(histories(STREETS), st.booleans())
def test_by_period_the_picture_is_that_of_files_right_from_the_start(home, tmp_path, files, one_by_one):
    check_law(tmp_path, "police_uk_street", files, one_by_one)
