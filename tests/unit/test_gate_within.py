"""Where `within` points, and what is said where it points nowhere."""

import pytest

from tests.factories.world import World, county_cells, open_agreements, random_records
from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.facts import question_grain
from trigpoint.gate.questions import question_from_words
from trigpoint.gate.within import NO_UNIT, find_place

STREETS = World(random_records(1, 20), open_agreements()).version()
ANCHORS = World(random_records(1, 20), open_agreements(), anchors=True).version()
CELL = county_cells(9)[0]
FAR_CELL = "89283082803ffff"


@pytest.mark.parametrize(
    ("text", "kind", "column", "grain"),
    [
        ("D1", "district", "district", Grain.DISTRICT),
        ("w02", "ward", "ward", Grain.WARD),
        ("L03", "lsoa", "lsoa", Grain.LSOA),
        ("Wexby", "locality", "locality", Grain.STREET),
        ("wexby, district 0", "locality", "locality", Grain.STREET),
        ("Ward 4", "ward", "ward", Grain.WARD),
        ("S03", "street", "street", Grain.STREET),
        (CELL, "cell", "cell_9", Grain.CELL),
    ],
)
def test_a_place_is_found_by_code_or_name(text, kind, column, grain):
    place = find_place(text, STREETS)
    assert (place.kind, place.column, place.grain) == (kind, column, grain)
    assert place.id != NO_UNIT


@pytest.mark.parametrize("text", ["W99", "Atlantis", "Wexby, District 1", "87283082affffff0", "S99"])
def test_a_place_that_is_not_there_is_said_to_be_missing(text):
    with pytest.raises(QuestionError, match="no area, town, street or hexagon"):
        find_place(text, STREETS)


def test_a_cell_the_store_never_met_is_an_empty_one():
    assert find_place(FAR_CELL, STREETS).id == NO_UNIT


def test_among_anchor_points_one_that_is_missing_is_told_like_one_that_is_hidden():
    assert find_place("at-1-1-1", ANCHORS).id == NO_UNIT


@pytest.mark.parametrize("text", ["Chelmsfrod", "W99", "at", "at home", "S99"])
def test_a_slip_of_the_pen_is_not_taken_for_an_anchor_point(text):
    with pytest.raises(QuestionError, match="no area, town, street or hexagon"):
        find_place(text, ANCHORS)


@pytest.mark.parametrize(
    ("kind", "words", "within", "grain"),
    [
        ("counts", {"level": "ward"}, (), Grain.WARD),
        ("counts", {"level": "ward"}, ("D1",), Grain.WARD),
        ("counts", {"level": "district"}, ("L03",), Grain.LSOA),
        ("counts", {"level": "ward"}, ("Wexby",), Grain.STREET),
        ("series", {"level": "cell"}, (), Grain.DISTRICT),
        ("series", {}, ("S01",), Grain.STREET),
        ("series", {}, ("D1", "S01", "W02"), Grain.STREET),
        ("coverage", {}, (), Grain.DISTRICT),
        ("hotspots", {}, ("D1",), Grain.CELL),
        ("hotspots", {"level": "street"}, (), Grain.STREET),
        ("picture", {"level": "ward"}, (), Grain.WARD),
        ("picture", {"level": "cell", "grouping": ["week", "ward"]}, (), Grain.WARD),
        ("picture", {"grouping": ["month", "cell:10"]}, (), Grain.CELL),
        ("places", {"text": "wex"}, (), Grain.DISTRICT),
    ],
)
def test_a_question_needs_the_finest_place_that_it_would_tell(kind, words, within, grain):
    places = tuple(find_place(one, STREETS) for one in within)
    assert question_grain(question_from_words(kind, words), places) == grain
