"""How a page tells an answer: a concern about one source without its place, values as readers say them."""

import numpy as np
import pytest

from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.analysis_cells import cell_of
from trigpoint.web.presenters.analysis_told import compared_sentence, told

NAMES = {"agencies": {"police": "Police", "health": "Health", "c": "C", "d": "D", "e": "E"}}
ABOUT = {
    "level": "cell:9",
    "period": ["2025-11-01", "2026-11-01"],
    "publication": 1,
    "why": [],
    "withheld": ["W."],
}


def hotspots(verdict):
    table = {
        "letter": ["A"], "name": ["Some Lane"], "ward": ["Some Ward"], "district": ["Some District"], "code": ["89"],
        "count": np.array([7]), "people": ["a concern"], "p": np.array([0.0001]), "agencies": [["police"]],
        "verdict": [verdict], "easting_m": np.array([600_000.0]), "northing_m": np.array([200_000.0]),
    }  # fmt: skip
    return Answer("hotspots", {"code": []}, ABOUT | {"sentence": "More since 2026-04."}, {"hotspots": table})


def test_a_concern_about_one_source_is_told_without_its_place_and_without_figures():
    (table,) = told(hotspots("few"), NAMES, {}).tables
    cells = {cell.heading: cell for cell in table.rows[0]}
    assert not any(word in cell.text for cell in cells.values() for word in ("Some", "Police", "7"))
    assert all(cell.href == "" for cell in cells.values())
    assert cells["Records"].text == "withheld"
    assert cells["How many people"].text == "A concern"


def test_any_other_hotspot_is_told_with_its_place_and_leads_to_the_map():
    page = told(hotspots("many"), NAMES, {"theme": ["cce"]})
    cells = {cell.heading: cell for cell in page.tables[0].rows[0]}
    assert (cells["Place"].text, cells["Ward"].text) == ("Some Lane", "Some Ward, Some District")
    assert "unit=cell.89" in cells["Place"].href
    assert "theme=cce" in cells["Place"].href
    assert cells["Would chance do this?"].text == "Hardly ever"
    assert (page.sentence, page.cautions) == ("More since April 2026.", ("W.",))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("p", 0.0009, "Hardly ever"),
        ("p", 0.001, "Seldom"),
        ("p", 0.05, "It could"),
        ("p", None, ""),
        ("share", 0.004, "under 1%"),
        ("share", 0.0, "0%"),
        ("agency", "police", "Police"),
        ("agencies", ["police", "health"], "Police, Health"),
        ("agencies", ["police", "health", "c", "d"], "4 of 5 agencies"),
        ("served", "2026-04-09", "9 Apr 2026"),
        ("since", "2026-13", "2026-13"),
        ("count", 12345, "12,345"),
        ("ratio", 1.5512, "1.55"),
        ("q", 1.03e-167, "under 0.001"),
        ("q", 0.0, "0"),
        ("alone", [], "none"),
        ("hot", True, "yes"),
    ],
)
def test_values_are_said_as_readers_say_them(name, value, text):
    assert cell_of(name, "", value, NAMES, "").text == text


def test_what_was_compared_with_is_said_with_its_reason():
    assert compared_sentence({"background": "records", "background_why": "because"}) == (
        "Tested against all records here, because."
    )
    assert compared_sentence({}) == ""
