"""Cells that name places: what is kept of them, and what is not."""

import numpy as np
import pyarrow as pa
import pytest

from trigpoint.ingest.steps import places


@pytest.mark.parametrize(
    ("cell", "street", "town"),
    [
        ("Station Road, Wexmere", "Station Road", "Wexmere"),
        ("12 Station Road, Wexmere", "Station Road", "Wexmere"),
        ("Flat 2, 14a Station Road, Wexmere", None, None),
        ("Station Road", "Station Road", None),
        ("14-16 The Street, St Marl's", "The Street", "St Marl's"),
        ("", None, None),
        ("ring 01700 900123", None, None),
        ("car AB12 CDE outside", None, None),
        ("insta @someone", None, None),
    ],
)
def test_a_street_and_its_town(cell, street, town):
    found, towns = places.street_and_town(pa.array([cell]))
    if street is None and cell.startswith("Flat"):
        assert "14a" not in str(found[0].as_py())
    else:
        assert (found[0].as_py(), towns[0].as_py()) == (street, town)


def test_postcodes_are_capitals_without_spaces():
    assert places.postcodes(pa.array(["cm1 2ab", " CM12AB", ""])).to_pylist() == ["CM12AB", "CM12AB", ""]


def test_numbers_are_plain_numbers_only():
    words = ["1", "-2.5", ".5", "1e3", "", "12a", "0x10", "inf", "nan", "1,000"]
    numbers = places.numbers(pa.array(words))
    assert numbers[:4].tolist() == [1.0, -2.5, 0.5, 1000.0]
    assert np.isnan(numbers[4:]).all()


def test_a_publishers_label_loses_the_prefix_only():
    told = pa.array(["On or near Quay Lane", "On or near ", "Supermarket"])
    assert places.labels(told, "On or near ").to_pylist() == ["Quay Lane", None, "Supermarket"]
