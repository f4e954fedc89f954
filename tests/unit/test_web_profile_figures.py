"""Figures of a problem profile: the mix of grades in words, and where a place stands on its district's curve."""

from xml.etree import ElementTree

import numpy as np
import pytest

from trigpoint.gate.answers import Answer
from trigpoint.web.pack.concentration import concentrated, concentration_chart, concentration_words
from trigpoint.web.pack.grades import told_grades

CODES = ("a", "b", "c", "d", "e", "none")


def picture(counts, kept_back=0):
    table = {"code": list(CODES), "name": [f"Name of {one}" for one in CODES], "count": np.array(counts)}
    return Answer("picture", {}, {"without_grade": kept_back}, {"grade": table})


def test_what_is_not_told_is_told_from_nothing():
    assert told_grades(None) is None
    assert told_grades(picture([0] * 6))["rows"] == []


def test_reports_alone_are_said_to_be_no_intelligence():
    told = told_grades(picture([0, 0, 0, 0, 0, 31]))
    assert told["rows"] == []
    assert told["means"] == "No record told here is graded: these are reports, not intelligence."


@pytest.mark.parametrize(("counts", "doubted"), [([0, 2, 2, 2, 1, 9], False), ([1, 1, 0, 2, 0, 4], True)])
def test_it_is_said_where_half_of_what_is_graded_is_doubtful(counts, doubted):
    told = told_grades(picture(counts, 3))
    assert [one["count"] for one in told["rows"]] == [str(one) for one in counts]
    assert ("ask before it is relied on" in told["means"]) is doubted
    assert ("part of no test" in told["means"]) is (counts[4] > 0)
    assert "Of 3 records the grade is not shown here." in told["means"]


def curve(units=200, total=100):
    share = np.linspace(0, 1, 101)
    measures = {"value": np.array([0.02, 0.08, 0.9, 0.95]), "by_chance": np.array([0.1, 0.27, 0.5, np.nan])}
    parts = {"curve": {"share_of_units": share, "share_of_records": np.minimum(1, share * 8)}}
    return Answer("concentration", measures, {"units": units, "total": total}, parts)


def test_a_place_is_named_by_its_share_of_streets_and_of_events():
    told = concentrated(curve(), "Wexby", "street", 3, 20)
    assert told.at == (0.015, 0.2)
    said = concentration_words(told)
    assert "This place is 3 of 200 streets (1.5 in 100) and has 20 of 100 events (20 in 100)." in said
    assert (
        "Half of what was tested in Wexby lies on 8.0 in 100 of its streets; by chance it would be 27."
        in said
    )


def test_no_curve_is_drawn_of_nothing_or_of_a_place_that_is_no_part_of_it():
    assert concentrated(None, "Wexby", "street", 3, 20) is None
    empty = Answer(
        "concentration", {"value": np.empty(0), "by_chance": np.empty(0)}, {"units": 0, "total": 0}, {}
    )
    assert concentrated(empty, "Wexby", "street", 3, 20) is None
    assert concentrated(curve(), "Wexby", "street", 3, 101) is None


def test_the_place_is_drawn_where_its_shares_lie():
    drawn = ElementTree.fromstring(concentration_chart(concentrated(curve(), "Wexby", "cell:9", 100, 50)))
    point = drawn.find("{http://www.w3.org/2000/svg}circle")
    assert (float(point.get("cx")), float(point.get("cy"))) == (44 + 0.5 * 344, 250 - 52 - 0.5 * 184)
    words = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert "share of hexagons, the fullest first, in 100" in words
