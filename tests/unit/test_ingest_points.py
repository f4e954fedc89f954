"""Coordinates as agencies mix them up: what is put right is marked, what is in the county stays where it is."""

import numpy as np
import pyarrow as pa
import pytest

from tests.factories.told_sheets import records_sheet
from trigpoint.core.geography.crs import to_lonlat
from trigpoint.ingest.steps.coordinates import FAR_M, no_place, told_apart
from trigpoint.ingest.steps.points import grid_points, points

COUNTY = (540_000.0, 170_000.0, 630_000.0, 250_000.0)
INSIDE = (571_250.0, 194_550.0)
LON, LAT = (float(value[0]) for value in to_lonlat([INSIDE[0]], [INSIDE[1]]))


def told(x, y, system="metres", county=COUNTY):
    return told_apart(np.array([float(x)]), np.array([float(y)]), system, county)


@pytest.mark.parametrize("system", ["metres", "degrees", "mixed"])
@pytest.mark.parametrize(
    ("x", "y", "exchanged"), [(*INSIDE, False), (*INSIDE[::-1], True), (LON, LAT, False), (LAT, LON, True)]
)
def test_one_place_in_four_ways_of_writing_it(system, x, y, exchanged):
    found = told(x, y, system)
    assert (found.easting_m[0], found.northing_m[0]) == pytest.approx(INSIDE, abs=0.01)
    assert found.exchanged[0] == exchanged
    assert found.other_system[0] == (system != "mixed" and (system == "degrees") != (x < 90))


def test_without_a_county_a_pair_in_britain_stays_as_told():
    found = told(*INSIDE[::-1], county=None)
    assert (found.easting_m[0], found.northing_m[0]) == INSIDE[::-1]
    assert not found.corrected.any()


def test_a_pair_that_is_in_britain_only_when_exchanged_is_exchanged():
    found = told(800_000, 250_000, county=None)
    assert (found.easting_m[0], found.northing_m[0], found.exchanged[0]) == (250_000, 800_000, True)


def test_a_point_far_outside_stays_and_is_counted():
    found = told(400_000, 400_000)
    assert (found.easting_m[0], found.far[0], found.corrected[0]) == (400_000, True, False)
    near = told(COUNTY[2] + FAR_M - 1, 200_000)
    assert not near.far[0]


@pytest.mark.parametrize("pair", [(151.2, -33.9), (9_999_999, 9_999_999), (-5, 3), (np.nan, 51.5), (12, 200)])
def test_what_is_nowhere_in_britain_is_no_point(pair):
    assert np.isnan(told(*pair, "mixed").easting_m[0])


@pytest.mark.parametrize("pair", [(0, 0), (-1, -1), (0, -1), (0.0, 0.4), (0, 194_550), (571_250, -1)])
def test_how_systems_write_that_they_have_no_point(pair):
    assert no_place(np.array([float(pair[0])]), np.array([float(pair[1])]))[0]


@pytest.mark.parametrize("pair", [(0.0, 51.5), (-1.0, 51.5), (51.5, -0.9), INSIDE])
def test_greenwich_is_a_place(pair):
    assert not no_place(np.array([pair[0]]), np.array([pair[1]]))[0]


def read(rows, system="metres", county=COUNTY):
    sheet = records_sheet({"x": [row[0] for row in rows], "y": [row[1] for row in rows]})
    return points(sheet, "x", "y", system, np.ones(len(rows), np.bool_), county)


def test_a_column_is_read_with_marks_counts_and_faults():
    inside = [f"{value:.0f}" for value in INSIDE]
    rows = [
        inside,
        inside[::-1],
        inside[::-1],
        [str(LON), str(LAT)],
        ["0", "0"],
        ["400000", "400000"],
        ["", ""],
    ]
    found = read(rows)
    assert found.given.tolist() == [True, True, True, True, False, True, False]
    assert found.best_quality.tolist()[:4] == [1, 3, 3, 3]
    assert [note.split(" ", 1)[0] for note in found.notes] == ["1", "2", "1", "1"]
    assert "exchanged" in found.notes[1]
    assert "degrees" in found.notes[2]
    assert "20 km" in found.notes[3]
    assert not any(fault.mask.any() for fault in found.faults)


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (("571250", ""), "half a coordinate"),
        (("unknown", "194550"), "not a coordinate"),
        (("151.2", "-33.9"), "a point outside Great Britain"),
    ],
)
def test_a_word_where_a_number_belongs_puts_the_row_aside(row, rule):
    assert [fault.rule for fault in read([row]).faults if fault.mask.any()] == [rule]


def test_a_mixed_column_may_hold_a_grid_reference():
    found = read([("TQ 712 945", ""), ("571250", "")], "mixed")
    assert (found.easting_m[0], found.northing_m[0], found.given.tolist()) == (
        571_250,
        194_550,
        [True, False],
    )
    assert [fault.mask.tolist() for fault in found.faults if fault.mask.any()] == [[False, True]]


def test_a_coarse_grid_reference_is_not_a_precise_place():
    sheet = records_sheet({"ref": ["TQ 712 945", "TQ 71 94", "TQ 79", "by the river", ""]})
    found = grid_points(sheet, "ref", np.ones(5, np.bool_))
    assert found.best_quality.tolist()[:3] == [1, 4, 5]
    assert found.given.tolist() == [True, True, True, True, False]
    assert found.faults[0].mask.tolist() == [False, False, False, True, False]
    assert isinstance(sheet.text("ref"), pa.StringArray)
