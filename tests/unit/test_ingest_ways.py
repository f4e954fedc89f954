"""Every way of telling a place, from the columns of a row to its claims; and what a definition may not ask for."""

import numpy as np
import pyarrow as pa
import pytest
from pydantic import ValidationError

from tests.factories.told_sheets import records_sheet, told_definition
from trigpoint.ingest.steps.locate import Whereabouts, locate

SECRET = b"k" * 32
WHERE = Whereabouts(lambda postcodes: pa.nulls(len(postcodes), pa.string()), secret=SECRET)
FIELDS = (
    "uprn",
    "site_class",
    "site_ref",
    "street_name",
    "town",
    "postcode",
    "area_code",
    "area_name",
    "area_level",
)


def located(cells, *ways, role="occurred", **more):
    sheet = records_sheet(cells, [{"role": role, "ways": list(ways)}], **more)
    return locate(sheet, sheet.definition.records.claims, WHERE)


def filled(found):
    """The claims of every row as the fields that say where."""
    return [
        [{name: one[name] for name in FIELDS if one[name] is not None} for one in row]
        for row in found.claims.to_pylist()
    ]


def test_a_property_number_is_kept_as_told_and_followed_later():
    found = located(
        {"u": ["100091234567", "000010091234567", "10091234567.0", "0", ""]}, {"quality": 1, "uprn": "u"}
    )
    assert filled(found) == [[{"uprn": 100_091_234_567}], *[[{"uprn": 10_091_234_567}]] * 2, [], []]
    assert found.unplaced.tolist() == [False, False, False, True, True]


@pytest.mark.parametrize("cell", ["1.00091E+11", "flat 3", "1000912345678901", "-5"])
def test_what_is_no_property_number_puts_the_row_aside(cell):
    found = located({"u": [cell]}, {"quality": 1, "uprn": "u"})
    assert [fault.rule for fault in found.faults if fault.mask.any()] == ["not a UPRN"]


def test_a_station_is_told_by_crs_or_atco_code():
    found = located(
        {"s": ["mpt", "9100MRLPRT", "150000012345", "Marlport", ""]}, {"quality": 3, "station": "s"}
    )
    assert filled(found) == [
        [{"site_class": "station", "site_ref": "MPT"}],
        [{"site_ref": "9100MRLPRT"}],
        [{"site_ref": "150000012345"}],
        [],
        [],
    ]
    assert found.notes == ("1 cells in 's' are no station's code.",)


def test_postcodes_with_or_without_space_and_sectors_with_one():
    cells = ["zm1 2ab", "ZM12AB", "ZM1 2", "ZM12", "no fixed abode", ""]
    found = located({"p": cells}, {"quality": 4, "postcode": "p"})
    told = [row[0]["postcode"] if row else None for row in filled(found)]
    assert told == ["ZM12AB", "ZM12AB", "ZM12", None, None, None]
    assert found.notes[0].startswith("2 cells in 'p'")


def test_a_column_of_areas_and_sectors_takes_each_cell_for_what_it_is():
    way = {"quality": 4, "area_or_sector": "a", "area_level": "ward"}
    found = located({"a": ["E05012345", "Quay Ward", "ZM1 2", ""]}, way)
    assert filled(found) == [
        [{"area_code": "E05012345", "area_level": 2}],
        [{"area_name": "Quay Ward", "area_level": 2}],
        [{"postcode": "ZM12"}],
        [],
    ]


def test_a_place_in_words_leaves_only_a_digest_in_the_rows():
    found = located({"t": ["behind Lidl", "Behind  LIDL!", "the Rec", ""]}, {"quality": 3, "text": "t"})
    rows = found.claims.to_pylist()
    assert [len(row) for row in rows] == [1, 1, 1, 0]
    assert rows[0][0]["wording"] == rows[1][0]["wording"] != rows[2][0]["wording"]
    assert all(len(row[0]["wording"]) == 16 for row in rows[:3])
    assert filled(found) == [[{}], [{}], [{}], []]
    assert b"Lidl" not in repr(rows).encode()
    assert sorted(said.text for said in found.wordings) == ["Behind LIDL!", "the Rec"]


def test_the_town_beside_a_wording_makes_it_another():
    found = located(
        {"t": ["the Rec", "the Rec", "the Rec"], "town": ["Marlport", "Wexmere", "Marlport"]},
        {"quality": 3, "text": "t", "town": "town"},
    )
    digests = [row[0]["wording"] for row in found.claims.to_pylist()]
    assert digests[0] == digests[2] != digests[1]
    assert {(said.text, said.town) for said in found.wordings} == {
        ("the Rec", "Marlport"),
        ("the Rec", "Wexmere"),
    }


def test_several_places_in_a_cell_are_several_claims_in_their_order():
    cells = ["behind Lidl; the Rec;;up London", "the Rec\nthe Rec\nbus station", "the Rec", ""]
    found = located({"t": cells}, {"quality": 3, "text": "t", "split": ";"})
    rows = found.claims.to_pylist()
    assert [len(row) for row in rows] == [3, 2, 1, 0]
    assert {one["candidate"] for row in rows for one in row} == {0}
    assert {one["weight"] for row in rows for one in row} == {1.0}
    text = {said.digest: said.text for said in found.wordings}
    assert [[text[one["wording"]] for one in row] for row in rows] == [
        ["behind Lidl", "the Rec", "up London"],
        ["the Rec", "bus station"],
        ["the Rec"],
        [],
    ]


def test_without_split_a_semicolon_is_only_a_semicolon():
    found = located({"t": ["the Rec; by the swings"]}, {"quality": 3, "text": "t"})
    assert [len(row) for row in found.claims.to_pylist()] == [1]


def test_a_diary_in_a_cell_is_read_in_part_and_told_of():
    found = located(
        {"t": [";".join(f"place {n}" for n in range(20))]}, {"quality": 3, "text": "t", "split": ";"}
    )
    assert len(found.claims[0]) == 12
    assert any("the rest are not read" in note for note in found.notes)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("12 Quay Lane, Marlport", "Quay Lane, Marlport"),
        ("Flat 3, 12a Quay Lane", "Quay Lane"),
        ("14-16 Station Rd", "Station Rd"),
        ("24 hour garage", "24 hour garage"),
        ("3 Lamps", "3 Lamps"),
        ("platform 2", "platform 2"),
    ],
)
def test_the_number_of_a_house_is_not_kept(told, kept):
    assert [said.text for said in located({"t": [told]}, {"quality": 3, "text": "t"}).wordings] == [kept]


def test_the_first_way_that_is_filled_is_used():
    cells = {"e": ["571250", "", ""], "n": ["194550", "", ""], "t": ["the Rec", "the Rec", ""]}
    ways = ({"quality": 2, "easting": "e", "northing": "n"}, {"quality": 3, "text": "t"})
    found = located(cells, *ways)
    assert [len(row) for row in found.claims.to_pylist()] == [1, 1, 0]
    assert [row[0]["quality"] for row in found.claims.to_pylist() if row] == [2, 3]
    assert found.unplaced.tolist() == [False, False, True]


def test_a_corrected_point_has_quality_three_and_a_coarse_one_cannot_be_counted():
    county = Whereabouts(WHERE.lsoa_of, lambda: (540_000.0, 170_000.0, 630_000.0, 250_000.0), SECRET)
    way = {"quality": 2, "easting": "e", "northing": "n"}
    sheet = records_sheet(
        {"e": ["571250", "194550"], "n": ["194550", "571250"]}, [{"role": "occurred", "ways": [way]}]
    )
    rows = locate(sheet, sheet.definition.records.claims, county).claims.to_pylist()
    assert [row[0]["quality"] for row in rows] == [2, 3]
    assert {(row[0]["easting_m"], row[0]["northing_m"]) for row in rows} == {(571_250, 194_550)}
    coarse = located({"g": ["TQ 79", "TQ 712 945"]}, {"quality": 2, "grid_ref": "g"})
    assert [row[0]["quality"] for row in coarse.claims.to_pylist()] == [5, 2]
    assert coarse.unplaced.tolist() == [True, False]


@pytest.mark.parametrize("role", ["home", "placement"])
@pytest.mark.parametrize("way", [{"text": "a"}, {"uprn": "a"}, {"grid_ref": "a"}, {"x": "a", "y": "b"}])
def test_a_private_place_is_told_in_no_precise_way(role, way):
    with pytest.raises(ValidationError, match="may only be given"):
        told_definition(["a", "b"], [{"role": role, "ways": [{"quality": 3, **way}]}])


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        ({"text": "a", "uprn": "b"}, "exactly one"),
        ({}, "exactly one"),
        ({"x": "a"}, "both of its columns"),
        ({"area_or_sector": "a"}, "area_level"),
        ({"uprn": "a", "split": ";"}, "split goes with text"),
        ({"uprn": "a", "town": "b"}, "town goes with"),
    ],
)
def test_a_way_is_one_way(way, fault):
    with pytest.raises(ValidationError, match=fault):
        told_definition(["a", "b"], [{"role": "occurred", "ways": [{"quality": 3, **way}]}])


def test_an_empty_file_has_no_claims():
    found = located({"t": [], "u": []}, {"quality": 3, "text": "t"}, {"quality": 1, "uprn": "u"})
    assert len(found.claims) == 0
    assert found.unplaced.dtype == np.bool_
