"""A street reaches into every district that its line runs in; its middle lies in one."""

from types import SimpleNamespace

import numpy as np
import pytest
import shapely

from trigpoint.gate import borders
from trigpoint.gate.borders import districts_reached

DISTRICTS = [shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)]
LINES = [
    shapely.LineString([(10, 50), (90, 50)]),
    shapely.LineString([(20, 50), (120, 50)]),
    shapely.LineString([(20, 20), (100, 20)]),
    shapely.LineString([(20, 30), (103, 30)]),
    shapely.LineString([(80, 10), (80, 40), (130, 40), (130, 60), (70, 60)]),
    shapely.LineString([(300, 10), (340, 10)]),
]
MIDDLES = [0, 0, 0, 0, 1, -1]


@pytest.fixture(autouse=True)
def ground(monkeypatch):
    """The streets and districts above, in place of a published version's."""
    kept = {"street": LINES, "district": DISTRICTS}
    monkeypatch.setattr(
        borders, "outlines_of", lambda _, level, __, ids: np.array(kept[level], dtype=object)[ids]
    )


def units(level="street", anchors=False):
    version = SimpleNamespace(
        streets=SimpleNamespace(anchors=anchors), areas=lambda _: SimpleNamespace(codes=["D0", "D1"])
    )
    return SimpleNamespace(level=level, version=version, districts=lambda ids: np.array(MIDDLES)[ids])


@pytest.mark.parametrize(
    ("street", "districts"), [(0, [0]), (1, [0, 1]), (2, [0]), (3, [0]), (4, [0, 1]), (5, [])]
)
def test_a_street_lies_in_every_district_that_its_line_runs_in(street, districts):
    assert districts_reached(units(), np.array([street])) == districts


def test_several_streets_reach_where_any_of_them_does():
    assert districts_reached(units(), np.array([0, 4])) == [0, 1]
    assert districts_reached(units(), np.array([], dtype=int)) == []


def test_of_anchor_points_and_hexagons_their_own_point_counts():
    every = np.arange(len(MIDDLES))
    assert districts_reached(units(anchors=True), every[:4]) == [0]
    assert districts_reached(units(level="cell"), every) == [0, 1]
    assert borders.LEAST_M > 3.0, "the fourth street runs three metres over the border"
