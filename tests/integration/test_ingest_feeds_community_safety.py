"""Twelve districts, twelve formats: anti-social behaviour in four layouts, and the registers beside it."""

import json
from datetime import date, datetime

import pytest

from tests.factories.feed_files import BITS, bring_rows, claims_of, feed_row, one
from tests.factories.ingest_files import bring, csv_text, put_aside, stored
from trigpoint.ingest.codes import PRECISION

MIXED = {
    "Ref No": "B1", "Date Reported": "04/03/2026 21:10", "Type": "YOUTH NUISANCE", "X": "560100", "Y": "200200",
    "Location": "by the bandstand", "Town": "Marlport", "Result": "Visited", "Stage": "", "Reported By": "Zed Sentinel",
}  # fmt: skip
REFERENCES = {
    "Case ID": "C1", "Received": "1-Sep-25", "Complaint Type": "drug litter / needles", "Grid Ref": "TL 601 002",
    "Address": "Quay Lane, Marlport", "Outcome": "", "Contact": "Zed Sentinel",
}  # fmt: skip
PROPERTIES = {
    "SRNumber": "D1", "Created": "2026-03-04 21:10:00", "Category Description": "Noise - music",
    "UPRN": "100090123456", "Street": "Quay Lane", "Locality": "Marlport", "Status": "Closed",
}  # fmt: skip


def bring_layout(folder, row, **cells):
    made = {**row, **cells}
    path = folder / "asb.csv"
    path.write_text(csv_text(list(made), [list(made.values())]), encoding="utf-8")
    return bring("community_safety_asb", path)


def test_a_grid_reference_in_metres_and_its_absence(home, tmp_path):
    gridded = feed_row("community_safety_asb", asb_ref="ASB2", easting="560100", northing="200200")
    nowhere = feed_row("community_safety_asb", asb_ref="ASB3", easting="0", northing="0", street="", town="")
    receipt = bring_rows(tmp_path, "community_safety_asb", feed_row("community_safety_asb"), gridded, nowhere)
    assert (receipt.accepted, receipt.unplaced) == (3, 1)
    street, point, none = (claims_of(record) for record in stored(receipt.delivery).to_pylist())
    assert (street[0]["street_name"], street[0]["town"]) == ("Quay Lane", "Marlport")
    assert (point[0]["easting_m"], point[0]["northing_m"]) == (560100.0, 200200.0)
    assert none == []


def test_breaches_are_read_by_number_and_day_and_what_is_no_number_is_put_aside(home, tmp_path):
    rows = [
        feed_row("community_safety_notices", ref=f"N{n}", breaches=words, last_breach="2026-04-02")
        for n, words in enumerate(["2", "", "often", "-1", "1.5", "2", "2", "2", "2", "2"])
    ]
    receipt = bring_rows(tmp_path, "community_safety_notices", *rows)
    kept = stored(receipt.delivery)
    assert (receipt.accepted, receipt.quarantined) == (7, 3)
    assert kept["breaches"].to_pylist()[:2] == [2, None]
    assert kept["last_breach_date"].to_pylist()[0] == date(2026, 4, 2)


@pytest.mark.parametrize(
    ("x", "y"), [("560100", "200200"), ("0.314190", "51.677751"), ("51.677751", "0.314190")]
)
def test_metres_degrees_and_degrees_exchanged_are_one_place(home, tmp_path, x, y):
    (claim,) = claims_of(one(bring_layout(tmp_path, MIXED, X=x, Y=y)))
    assert claim["easting_m"] == pytest.approx(560_100, abs=10)
    assert claim["northing_m"] == pytest.approx(200_200, abs=10)


def bring_district(folder):
    """A district twenty kilometres wide around the test's points."""
    ring = [[0.17, 51.58], [0.46, 51.58], [0.46, 51.77], [0.17, 51.77], [0.17, 51.58]]
    feature = {
        "type": "Feature",
        "properties": {"LAD24CD": "E07999001", "LAD24NM": "Marl"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = folder / "LAD_2024.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    bring("ons_districts", path)


def test_metres_exchanged_are_put_right_where_the_county_is_known_and_said_to_be(home, tmp_path):
    bring_district(tmp_path)
    receipt = bring_layout(tmp_path, MIXED, X="200200", Y="560100")
    (claim,) = claims_of(one(receipt))
    assert (claim["easting_m"], claim["northing_m"], claim["quality"]) == (560_100.0, 200_200.0, 3)
    assert any("exchanged" in message for message in receipt.messages)


def test_a_place_in_the_callers_words_where_there_is_no_point(home, tmp_path):
    (claim,) = claims_of(one(bring_layout(tmp_path, MIXED, X="", Y="")))
    assert "wording" in claim


def test_a_reference_as_on_a_map(home, tmp_path):
    record = one(bring_layout(tmp_path, REFERENCES))
    assert record["occurred_from"] == datetime(2025, 9, 1)
    assert record["category"] == "drugs_paraphernalia"
    (claim,) = claims_of(record)
    assert claim["easting_m"] == pytest.approx(560_150, abs=60)
    assert claim["northing_m"] == pytest.approx(200_250, abs=60)


def test_a_property_by_its_number_and_its_street_without_it(home, tmp_path):
    (claim,) = claims_of(one(bring_layout(tmp_path, PROPERTIES)))
    assert claim["uprn"] == 100090123456
    (claim,) = claims_of(one(bring_layout(tmp_path, PROPERTIES, SRNumber="D2", UPRN="")))
    assert (claim["street_name"], claim["town"]) == ("Quay Lane", "Marlport")


@pytest.mark.parametrize(
    ("told", "category", "theme"),
    [
        ("Youth vulnerability", "youth_vulnerability", "asb_vulnerability"),
        ("YOUTH NUISANCE", "youth_nuisance", None),
        ("cuckooing concern", "cuckooing_concern", "cuckooing"),
        ("Drug use in park", "drug_use", "drugs_supply"),
        ("Fireworks", "other_nuisance", None),
    ],
)
def test_the_same_words_in_another_case_are_the_same_category(home, tmp_path, told, category, theme):
    record = one(
        bring_rows(tmp_path, "community_safety_asb", feed_row("community_safety_asb", category=told))
    )
    assert record["category"] == category
    assert record["theme_mask"] == BITS["asb"] | (BITS[theme] if theme else 0)


def test_a_day_without_an_hour_is_a_day(home, tmp_path):
    assert one(bring_rows(tmp_path, "community_safety_asb"))["time_precision"] == PRECISION["day"]


def test_an_order_over_an_area_is_known_by_a_point_inside_it(home, tmp_path):
    notice = one(bring_rows(tmp_path, "community_safety_notices"))
    assert (notice["kind"], notice["status"]) == ("pspo", "active")
    assert 560_000 < notice["easting_m"] < 560_400
    assert 200_000 < notice["northing_m"] < 200_400
    assert (notice["starts_date"], notice["ends_date"]) == (date(2026, 3, 4), date(2029, 3, 3))


def test_a_boundary_that_is_none_is_put_aside(home, tmp_path):
    rows = [feed_row("community_safety_notices", ref=f"N{n}") for n in range(5)]
    broken = feed_row("community_safety_notices", ref="N9", boundary_wkt="POLYGON ((0 0")
    receipt = bring_rows(tmp_path, "community_safety_notices", *rows, broken)
    assert (receipt.accepted, receipt.quarantined) == (5, 1)
    assert put_aside(receipt.delivery)["rule"].to_pylist() == ["not a boundary"]


@pytest.mark.parametrize(
    ("told", "kind", "status"),
    [("CPW", "cpn", "warning"), ("CPN", "cpn", "active"), ("Dispersal", "dispersal", "active")],
)
def test_a_warning_is_no_notice_yet(home, tmp_path, told, kind, status):
    row = feed_row(
        "community_safety_notices", type=told, boundary_wkt="", easting="560100", northing="200200"
    )
    notice = one(bring_rows(tmp_path, "community_safety_notices", row))
    assert (notice["kind"], notice["status"]) == (kind, status)


def test_registers_keep_premises_and_not_the_people_who_hold_them(home, tmp_path):
    premises = one(bring_rows(tmp_path, "community_safety_premises"))
    assert (premises["class"], premises["name"], premises["status"]) == (
        "licensed_premises",
        "The Ship",
        "open",
    )
    let = one(bring_rows(tmp_path, "community_safety_lets"))
    assert (let["class"], let["name"]) == ("hmo", "")
    assert "Sentinel" not in str([premises, let])


def test_a_licence_given_up_closes_the_premises(home, tmp_path):
    row = feed_row("community_safety_premises", surrendered="01/02/2026")
    premises = one(bring_rows(tmp_path, "community_safety_premises", row))
    assert (premises["status"], premises["closed"]) == ("closed", date(2026, 2, 1))


def test_a_notice_with_metres_exchanged_is_put_right_and_said_to_be(home, tmp_path):
    bring_district(tmp_path)
    row = feed_row("community_safety_notices", boundary_wkt="", easting="200200", northing="560100")
    receipt = bring_rows(tmp_path, "community_safety_notices", row)
    notice = one(receipt)
    assert (notice["easting_m"], notice["northing_m"]) == (560_100.0, 200_200.0)
    assert any("exchanged" in message for message in receipt.messages)
