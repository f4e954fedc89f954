"""The ledger: every receipt balances whatever happened to the file, and no row is stored that was not delivered."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.ingest_files import STREET_HEADER, bring, csv_text, put_aside, stored, street_row
from trigpoint.db.models.delivery import Delivery
from trigpoint.ingest.receipt import LoadRefused

CELLS = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ROWS = st.builds(
    street_row,
    crime_id=st.sampled_from(["", "a" * 64, "b" * 64]),
    month=st.sampled_from(["2026-01", "2026-02", "2026-13", ""]),
    force=st.sampled_from(["Marlshire Police", "Transport Police"]),
    lon=st.sampled_from(["0.5", "", "abc", "51.8", "0"]),
    lat=st.sampled_from(["51.8", "", "0.5", "0"]),
    kind=st.sampled_from(["Burglary", "Drugs", "Anti-social behaviour", "Sorcery"]),
)
MUTATIONS = st.lists(
    st.tuples(st.sampled_from(["cut", "double", "cell", "drop", "add"]), st.integers(0, 30), CELLS)
)


def mutated(rows, mutations):
    rows = [list(row) for row in rows]
    for kind, place, text in mutations:
        if not rows:
            break
        at = place % len(rows)
        if kind == "cut":
            rows = rows[: at + 1]
        elif kind == "double":
            rows.insert(at, list(rows[at]))
        elif kind == "cell" and rows[at]:
            rows[at][place % len(rows[at])] = text
        elif kind == "drop":
            rows[at] = rows[at][:-1] or ["x"]
        elif kind == "add":
            rows[at] = [*rows[at], text]
    return rows


def load_text(text, name="file.csv", **more):
    """Load text whatever it looks like; a reason is given so that nothing waits."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return bring("police_uk_street", path, accept_reason="a law is being tested", **more)


def balanced(receipt):
    return receipt.input == receipt.accepted + receipt.quarantined + receipt.duplicate + receipt.superseded


@given(st.lists(ROWS, max_size=12), MUTATIONS)
def test_every_receipt_balances_and_every_row_is_accounted_for(home, rows, mutations):
    Delivery.objects.all().delete()
    text = csv_text(STREET_HEADER, mutated(rows, mutations))
    receipt = load_text(text)
    lines = list(csv.reader(io.StringIO(text, newline="")))[1:]
    while lines and not any(cell.strip() for cell in lines[-1]):
        lines.pop()
    assert balanced(receipt)
    assert receipt.input == len(lines)
    seen = set(stored(receipt.delivery)["row"].to_pylist()) if receipt.accepted else set()
    aside = set(put_aside(receipt.delivery)["row"].to_pylist()) if receipt.quarantined else set()
    assert seen | aside == set(range(1, receipt.input + 1))
    assert not seen & aside


@given(st.lists(ROWS, min_size=1, max_size=8), st.integers(0, 400))
def test_a_file_cut_short_anywhere_balances_or_is_refused(home, rows, cut):
    Delivery.objects.all().delete()
    text = csv_text(STREET_HEADER, rows).encode()
    try:
        receipt = load_text(text[: max(1, len(text) - cut)])
    except LoadRefused:
        return
    assert balanced(receipt)
    assert receipt.input <= len(rows)


@given(st.binary(max_size=300))
def test_bytes_that_are_no_file_of_ours_are_refused_in_words(home, raw):
    Delivery.objects.all().delete()
    with pytest.raises(LoadRefused, match=r"\w{3,}"):
        load_text(raw)


@given(st.lists(ROWS, max_size=10), st.randoms())
def test_the_order_of_the_rows_changes_no_figure_and_adds_nothing(home, rows, random):
    Delivery.objects.all().delete()
    first = load_text(csv_text(STREET_HEADER, rows))
    shuffled = list(rows)
    random.shuffle(shuffled)
    again = load_text(csv_text(STREET_HEADER, [*shuffled]) + "\n")
    assert (again.input, again.quarantined, again.accepted) == (first.input, first.quarantined, 0)
    assert again.duplicate == first.accepted


CRIME = [
    "crime_ref",
    "reported_dt",
    "committed_from_dt",
    "committed_to_dt",
    "offence_desc",
    "ce_flag",
    "location_text",
    "easting",
    "northing",
]
EXTRACT = st.tuples(
    st.dictionaries(st.sampled_from(["k1", "k2", "k3"]), st.sampled_from(["", "CSE", "CCE"]), min_size=1),
    st.integers(1, 5),
)


def load_crimes(crimes, day):
    rows = [
        [ref, "", "2026-01-01", "", "Robbery of personal property", flag, "", "", ""]
        for ref, flag in crimes.items()
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "crime.csv"
        path.write_text(csv_text(CRIME, rows), encoding="utf-8")
        return bring(
            "police_crime", path, extracted_on=date(2026, 3, day), accept_reason="a law is being tested"
        )


@settings(max_examples=20)
@given(st.lists(EXTRACT, min_size=1, max_size=5))
def test_only_what_is_new_is_accepted_whatever_the_order_of_extracts(home, extracts):
    """Against a slow twin that keeps, for every key, the versions in the order of the extracts' dates."""
    Delivery.objects.all().delete()
    stored: dict[str, list[tuple[tuple[int, int], str]]] = {}
    again: dict[str, tuple[int, int]] = {}
    sent: dict[tuple[tuple[str, str], ...], int] = {}
    for number, (crimes, day) in enumerate(extracts):
        receipt = load_crimes(crimes, day)
        assert balanced(receipt)
        raw = tuple(crimes.items())
        if raw in sent and day <= sent[raw]:  # the very same bytes, and no newer
            assert receipt.duplicate == receipt.input
            continue
        verdicts = {
            ref: verdict(flag, (day, number), stored.get(ref, []), again.get(ref)) for ref, flag in raw
        }
        for ref, told in verdicts.items():
            if told == "accepted":
                stored.setdefault(ref, []).append(((day, number), crimes[ref]))
        if raw in sent and "accepted" not in verdicts.values():  # the very same bytes, nothing new in them
            verdicts = dict.fromkeys(verdicts, "duplicate")
        for ref, told in verdicts.items():
            if told == "duplicate":
                again[ref] = max((day, number), again.get(ref, (0, 0)))
        sent[raw] = day
        expected = Counter(verdicts.values())
        assert (receipt.accepted, receipt.duplicate, receipt.superseded) == (
            expected["accepted"],
            expected["duplicate"],
            expected["superseded"],
        )


def verdict(flag, newness, stored, again):
    """On one row of an extract: what is stored under its key, and when the key was last said again, decide."""
    older = [version for version in stored if version[0] < newness]
    if older and max(older)[1] == flag:
        return "duplicate"
    is_late = len(older) < len(stored) or (again is not None and again > newness)
    return "superseded" if is_late else "accepted"
