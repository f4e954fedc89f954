"""Rows already counted: numbers withheld are never 0, spans of days, and readers of JSON cells."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from trigpoint.ingest.definition_layers import Totals
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_words import Column
from trigpoint.ingest.sheet import Sheet, first_faults
from trigpoint.ingest.steps.aggregates import aliases, deprivation, totals, uprns
from trigpoint.ingest.steps.cells import UNREADABLE, value_at, without_json

COUNTS = {
    "area": "area",
    "area_level": "district",
    "area_by": "name",
    "starts": "starts",
    "lasts": "quarter",
    "date_formats": ["%Y-Q%q", "%Y-%m-%d"],
    "category": "cases",
    "count": "count",
}


def definition_of(kind, columns, **more):
    """A definition of a kind with plain columns."""
    return Definition.model_validate(
        {
            "name": "tried",
            "title": "Tried",
            "kind": kind,
            "agency": "health",
            "columns": {name: name for name in columns},
            "currency": {"by": "period"},
            **more,
        }
    )


def sheet_of(definition, **columns):
    """A sheet with these cells."""
    count = len(next(iter(columns.values())))
    return Sheet(
        definition,
        {name: pa.array(values, pa.string()) for name, values in columns.items()},
        np.arange(1, count + 1, dtype=np.int32),
        {name: name for name in columns},
        vintage="2021",
    )


def counted(**more):
    definition = definition_of("totals", ["area", "starts", "count"], totals={**COUNTS, **more})

    def made(counts, starts="2026-Q1", areas=None):
        rows = len(counts)
        cells = {"area": areas or ["Marl"] * rows, "starts": [starts] * rows, "count": counts}
        return totals(sheet_of(definition, **cells), {}), rows

    return made


@pytest.mark.parametrize(
    ("cell", "count", "suppressed"),
    [
        ("12", 12, False),
        ("1,205", 1205, False),
        ("0", 0, False),
        ("<5", None, True),
        ("< 10", None, True),
        ("fewer than 5", None, True),
        ("c", None, True),
        ("X", None, True),
        ("*", None, True),
        ("z", None, False),
    ],
)
def test_a_number_withheld_is_null_and_never_nought(cell, count, suppressed):
    made, rows = counted()([cell])
    assert (made.columns["count"].to_pylist(), made.columns["suppressed"].to_pylist()) == (
        [count],
        [suppressed],
    )
    assert list(first_faults(made.faults, rows)) == [-1]


@pytest.mark.parametrize("cell", ["", "-3", "2.5", "about ten", "5<"])
def test_what_is_no_number_of_things_is_put_aside(cell):
    made, rows = counted()([cell])
    assert made.faults[first_faults(made.faults, rows)[0]].rule == "not a number"


@pytest.mark.parametrize(
    ("lasts", "starts", "first", "last"),
    [
        ("quarter", "2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("quarter", "2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("month", "2024-02-01", date(2024, 2, 1), date(2024, 2, 29)),
        ("week", "2026-12-28", date(2026, 12, 28), date(2027, 1, 3)),
        ("year", "2026-04-01", date(2026, 4, 1), date(2027, 3, 31)),
        ("day", "2026-04-01", date(2026, 4, 1), date(2026, 4, 1)),
    ],
)
def test_a_total_says_its_first_and_its_last_day(lasts, starts, first, last):
    made, rows = counted(lasts=lasts)(["3"], starts)
    assert (made.columns["starts"].to_pylist(), made.columns["ends"].to_pylist()) == ([first], [last])
    assert list(first_faults(made.faults, rows)) == [-1]


@pytest.mark.parametrize("starts", ["2026-Q5", "Q1", "last quarter", ""])
def test_a_quarter_that_is_none_is_put_aside(starts):
    made, rows = counted()(["3"], starts)
    assert made.faults[first_faults(made.faults, rows)[0]].rule == "not a date"


def test_the_row_that_adds_up_the_others_is_not_counted_with_them():
    made, rows = counted()(["3", "4", "7"], areas=["Marl", "Wex", "TOTAL"])
    first = first_faults(made.faults, rows)
    assert list(first[:2]) == [-1, -1]
    assert made.faults[first[2]].rule == "a row that adds up the others"


def test_totals_must_be_of_something():
    with pytest.raises(ValueError, match="area or a site"):
        Totals.model_validate({**COUNTS, "area": None, "area_level": None})


def test_a_property_number_is_a_number_of_at_most_twelve_digits():
    told = {"uprns": {"uprn": "uprn", "point": {"easting": "e", "northing": "n"}}}
    sheet = sheet_of(
        definition_of("uprns", ["uprn", "e", "n"], **told),
        uprn=["100090123456", "000123", "ABC", "1234567890123"],
        e=["560000.5"] * 4,
        n=["200000"] * 4,
    )
    made = uprns(sheet)
    assert made.columns["uprn"].to_pylist()[:2] == [100090123456, 123]
    assert list(first_faults(made.faults, 4) >= 0) == [False, False, True, True]


def test_deprivation_reads_thousands_and_refuses_an_eleventh_decile():
    told = {"deprivation": {"level": "lsoa", "code": "code", "rank": "rank", "decile": "decile"}}
    sheet = sheet_of(
        definition_of("deprivation", ["code", "rank", "decile"], **told),
        code=["E01000001", "E01000002", "E01000003"],
        rank=["29,199", "30", ""],
        decile=["9", "11", "1"],
    )
    made = deprivation(sheet)
    assert made.columns["rank"].to_pylist() == [29199, 30, None]
    assert made.columns["vintage"].to_pylist()[0] == "2021"
    assert list(first_faults(made.faults, 3) >= 0) == [False, True, True]


def test_an_alias_says_which_came_after():
    told = {
        "aliases": {
            "site_class": "school",
            "ref": "urn",
            "other": "link",
            "since": "since",
            "relation": {
                "cases": [{"when": {"type": "^successor"}, "then": "successor"}],
                "otherwise": "other",
            },
        }
    }
    sheet = sheet_of(
        definition_of("aliases", ["urn", "link", "type", "since"], **told),
        urn=["900100", "900101"],
        link=["900200", "900201"],
        type=["Successor - merged", "Sixth form"],
        since=["01-09-2025", ""],
    )
    made = aliases(sheet)
    assert made.columns["relation"].to_pylist() == ["successor", "other"]
    assert made.columns["since"].to_pylist() == [date(2025, 9, 1), None]


@pytest.mark.parametrize(
    ("cell", "path", "value"),
    [
        ('["10A", "11A", "24A"]', "*", "10A;11A;24A"),
        ('[{"outcome": "MACE referral"}, {"outcome": null}]', "*.outcome", "MACE referral"),
        ('{"STREET": "Quay Lane", "EASTING": 560100}', "EASTING", "560100"),
        ('{"STREET": "Quay Lane"}', "EASTING", ""),
        ("[]", "*", ""),
        ("10A", "*", "10A"),
        ("", "*", ""),
        ('{"NAME": "somebody', "EASTING", UNREADABLE),
    ],
)
def test_of_a_cell_of_json_only_what_was_asked_for_is_left(cell, path, value):
    assert value_at(cell, path) == value


def test_two_columns_may_be_taken_from_one_cell():
    told = {"uprns": {"uprn": "u", "point": {"easting": "e", "northing": "n"}}}
    plain = definition_of("uprns", ["u", "e", "n"], **told)
    inside = {
        name: Column(header="address", json_path=path) for name, path in (("e", "EASTING"), ("n", "NORTHING"))
    }
    definition = plain.model_copy(update={"columns": {**plain.columns, **inside}})
    cell = '{"EASTING": 560100, "NORTHING": 200200, "HOUSE": "12"}'
    made = without_json(sheet_of(definition, u=["1"], e=[cell], n=[cell]))
    assert (made.text("e").to_pylist(), made.text("n").to_pylist()) == (["560100"], ["200200"])
    assert "HOUSE" not in str(made.columns)
