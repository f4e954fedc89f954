"""How what comes in is told: equations that balance, bars that fill, marks of silence, formats people read."""

import itertools

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.ingest.schemas import RECORDS
from trigpoint.store.delivery_places import read_qualities
from trigpoint.web.presenters.coverage import SILENT, together
from trigpoint.web.presenters.equation import BAR_UNITS, equation
from trigpoint.web.presenters.receipt import placed_rows
from trigpoint.web.presenters.upload import where_words
from trigpoint.web.presenters.words import plain_formats

rows = st.integers(min_value=0, max_value=10**7)


@given(st.tuples(rows, rows, rows, rows))
def test_a_receipts_bar_is_filled_by_its_terms_in_order(parts):
    found = equation(sum(parts), *parts)
    assert found.balances
    assert [term.rows for term in found.terms] == list(parts)
    for left, right in itertools.pairwise(found.terms):
        assert right.bar_from == pytest.approx(left.bar_from + left.bar_width)
    last = found.terms[-1]
    assert last.bar_from + last.bar_width == pytest.approx(BAR_UNITS if sum(parts) else 0)


@given(st.tuples(rows, rows, rows, rows), st.integers(min_value=1, max_value=9))
def test_an_equation_that_does_not_balance_says_so(parts, lost):
    assert not equation(sum(parts) + lost, *parts).balances


@given(st.dictionaries(st.integers(min_value=0, max_value=5), st.integers(min_value=0, max_value=10**6)))
def test_every_accepted_row_is_in_one_line_of_how_they_are_placed(counts):
    found = placed_rows(tuple(counts.items()))
    assert sum(one.rows for one in found) == sum(counts.values())
    if found:
        assert max(one.width for one in found) == BAR_UNITS


STATES = ("received", "low", "quiet", "silent", "closed", "not due", "cannot tell")


@given(st.sets(st.sampled_from(STATES), min_size=1), st.integers(min_value=0, max_value=50))
def test_silence_in_one_district_is_never_hidden_by_the_others(states, received):
    word = together(states, received)
    assert (SILENT in word) == (SILENT in states)
    assert word in (*STATES, "part silent")


@pytest.mark.parametrize(
    ("rows", "all_rows", "said"),
    [
        ((3,), 1, "Row 3."),
        ((3, 1700), 2, "Rows 3, 1,700."),
        ((1, 2, 3, 4, 5), 1205, "Rows 1, 2, 3, 4, 5 and 1,200 more."),
    ],
)
def test_where_says_the_first_rows_and_how_many_more(rows, all_rows, said):
    assert where_words(rows, all_rows) == said


def test_formats_are_told_as_people_write_them():
    told = plain_formats("Write it as one of %d/%m/%Y %H:%M, %Y-%m-%d. It is 40% of %Q.")
    assert told == "Write it as one of DD/MM/YYYY HH:MM, YYYY-MM-DD. It is 40% of %Q."


def entry(quality, candidate=0):
    return {"role": 1, "quality": quality, "candidate": candidate, "weight": 1.0}


def test_a_row_is_as_well_placed_as_its_first_claim(tmp_path):
    claims = [[entry(2)], [entry(3), entry(3, 1), entry(5)], [], [entry(4), entry(1)], [entry(2)]]
    schema = pa.schema(RECORDS)
    columns = {
        field.name: pa.array(claims, field.type)
        if field.name == "claims"
        else pa.nulls(len(claims), field.type)
        for field in schema
    }
    pq.write_table(pa.table(columns, schema=schema), tmp_path / "1.parquet")
    assert read_qualities(tmp_path / "1.parquet") == {2: 2, 3: 1, 4: 1, 0: 1}


def test_a_kind_without_claims_or_a_file_that_is_gone_tells_nothing(tmp_path):
    pq.write_table(pa.table({"row": [1, 2]}), tmp_path / "2.parquet")
    assert not read_qualities(tmp_path / "2.parquet")
    assert not read_qualities(tmp_path / "3.parquet")
