"""Mending: once every row in quarantine is mended, the picture is that of a file that was right from the start.

A bad cell hides what was there, so two right files may break into the very same bytes. Each waits in quarantine and is
mended by itself; only a file of which nothing waits is told from the same bytes again (docs/decisions/0014).
"""

from datetime import date

from hypothesis import example, given, settings
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
CRIMES = st.builds(
    crime_row,
    st.sampled_from(["k1", "k2", "k3"]),
    st.sampled_from(["", "CSE", "CCE"]),
    st.sampled_from(["2026-01-01", "2026-01-02"]),
)
STREETS = st.builds(
    street_row,
    crime_id=st.sampled_from(["", "a" * 64]),
    month=st.sampled_from(["2026-01", "2026-02"]),
    kind=st.sampled_from(["Burglary", "Drugs"]),
)
BROKEN = st.lists(st.booleans(), min_size=5, max_size=5)
FIRST, SECOND, NONE = ([n == place for n in range(5)] for place in (0, 1, None))
"""Which rows of a file are broken."""


def text_of(feed, rows, broken):
    """The file, the broken rows with a cell that nobody can read."""
    header, _, place, bad = FEEDS[feed]
    told = [
        [*row[:place], bad, *row[place + 1 :]] if is_broken else row
        for row, is_broken in zip(rows, broken, strict=False)
    ]
    return csv_text(header, told)


def deliver(folder, feed, rows, broken, day):
    path = folder / "file.csv"
    path.write_text(text_of(feed, rows, broken), encoding="utf-8")
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


def the_same(receipt):
    """The delivery whose very bytes came again, if the way in says so."""
    number = Delivery.objects.get(pk=receipt.delivery).receipt.get("same_as")
    assert number is None or Delivery.objects.get(pk=number).sha256 == receipt.sha256
    return number


def check_law(folder, feed, files, one_by_one):
    forget_everything()
    waiting, right = [], {}
    for told, broken, day, at_once in files:
        receipt = deliver(folder, feed, told, broken, day)
        rows = right[receipt.delivery] = right.get(the_same(receipt), told)
        if receipt.quarantined and at_once:
            mend_all(receipt.delivery, feed, rows, one_by_one=one_by_one)
        elif receipt.quarantined:
            waiting.append((receipt.delivery, rows))
    for delivery, rows in waiting:
        mend_all(delivery, feed, rows, one_by_one=one_by_one)
    found = current_picture(feed)
    forget_everything()
    for rows, (_, _, day, _) in zip(right.values(), files, strict=True):
        deliver(folder, feed, rows, NONE, day)
    assert found == current_picture(feed)


def crime(flag, day="2026-01-01"):
    return crime_row("k1", flag, day)


PLAIN, SEXUAL = crime(""), crime("CSE")


# two days behind the same bytes, both waiting; the second no newer; the first mended before the second comes
@example([([PLAIN], FIRST, 1, False), ([crime("", "2026-01-02")], FIRST, 2, False)], False)
@example([([PLAIN], FIRST, 2, False), ([crime("", "2026-01-02")], FIRST, 1, False)], False)
@example([([PLAIN], FIRST, 1, True), ([crime("", "2026-01-02")], FIRST, 2, True)], False)
# the same file again, and between the two one that says otherwise: in time, and late
@example([([PLAIN], FIRST, 1, True), ([SEXUAL], NONE, 2, False), ([PLAIN], FIRST, 3, False)], False)
@example([([PLAIN], FIRST, 1, False), ([SEXUAL], NONE, 2, False), ([PLAIN], FIRST, 3, False)], False)
@example([([PLAIN], FIRST, 1, False), ([PLAIN], FIRST, 3, False), ([SEXUAL], NONE, 2, False)], False)
@example([([PLAIN], FIRST, 1, True), ([PLAIN], FIRST, 3, False), ([SEXUAL], NONE, 2, False)], False)
# a key twice in a file: the row that the later one replaces is mended after it
@example([([SEXUAL, PLAIN], FIRST, 1, False)], False)
# an older extract comes last, its row mended later still
@example([([SEXUAL], NONE, 2, False), ([PLAIN], FIRST, 1, False)], True)
@settings(max_examples=30)
@given(histories(CRIMES), st.booleans())
def test_by_key_the_picture_is_that_of_files_right_from_the_start(home, tmp_path, files, one_by_one):
    check_law(tmp_path, "police_crime", files, one_by_one)


def street(month, kind="Burglary"):
    return street_row(crime_id="a" * 64, month=month, kind=kind)


JAN, FEB = street("2026-01"), street("2026-02")
JAN_DRUGS, FEB_DRUGS = street("2026-01", "Drugs"), street("2026-02", "Drugs")


# two months behind the same bytes, both waiting; the second no newer; the first mended before the second comes
@example([([JAN], FIRST, 1, False), ([FEB], FIRST, 2, False)], False)
@example([([JAN], FIRST, 2, False), ([FEB], FIRST, 1, False)], False)
@example([([JAN], FIRST, 1, True), ([FEB], FIRST, 2, True)], False)
# two months with nothing right in them, told apart by their bytes
@example([([JAN], FIRST, 1, False), ([FEB_DRUGS], FIRST, 2, False)], False)
# the same file again, and between the two one that says otherwise: in time, and late
@example([([JAN], FIRST, 1, True), ([JAN_DRUGS], NONE, 2, False), ([JAN], FIRST, 3, False)], False)
@example([([JAN], FIRST, 1, False), ([JAN_DRUGS], NONE, 2, False), ([JAN], FIRST, 3, False)], False)
@example([([JAN], FIRST, 1, False), ([JAN], FIRST, 3, False), ([JAN_DRUGS], NONE, 2, False)], False)
# late comes one that repeats only the rows that were right
@example(
    [([JAN, JAN_DRUGS], SECOND, 1, False), ([JAN, JAN_DRUGS], SECOND, 3, False), ([JAN], NONE, 2, False)],
    True,
)
# a row that once mended only repeats what was known, said again by the same bytes, stands against what comes late
@example(
    [
        ([JAN, FEB], NONE, 1, False),
        ([JAN], FIRST, 2, True),
        ([JAN], FIRST, 4, False),
        ([JAN_DRUGS], NONE, 3, False),
    ],
    False,
)
# once mended, a period is what it was before, but its right rows have been said again since
@example(
    [([JAN, JAN], NONE, 1, False), ([JAN, JAN], FIRST, 2, False), ([JAN], NONE, 3, False)],
    False,
)
# a period that only repeats another's right rows until its own is mended, row by row
@example([([JAN, FEB], NONE, 1, False), ([JAN, FEB, JAN_DRUGS], [*SECOND[:2], True], 2, False)], True)
@settings(max_examples=30)
@given(histories(STREETS), st.booleans())
def test_by_period_the_picture_is_that_of_files_right_from_the_start(home, tmp_path, files, one_by_one):
    check_law(tmp_path, "police_uk_street", files, one_by_one)
