"""A point has at most one area, the one shapely says, whatever the grid's squares."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from trigpoint.core.geography.areas import area_locator


def slow_twin(polygons, x, y):
    """The lowest area whose closed polygon holds the point, one at a time."""
    found = []
    for point in shapely.points(x, y):
        held = [i for i, polygon in enumerate(polygons) if polygon.intersects(point)]
        found.append(held[0] if held else -1)
    return found


def patchwork(seed, count=9):
    """Voronoi cells, some cut out of others, so that areas share edges and one has a hole."""
    rng = np.random.default_rng(seed)
    seeds = shapely.MultiPoint(rng.uniform(0, 1000, (count, 2)))
    frame = shapely.box(0, 0, 1000, 1000)
    cells = [c.intersection(frame) for c in shapely.voronoi_polygons(seeds, extend_to=frame).geoms]
    hole = cells[0].centroid.buffer(5)
    return [cells[0].difference(hole), *cells[1:], hole]


@given(st.integers(0, 10_000))
def test_agrees_with_shapely_point_by_point(seed):
    polygons = patchwork(seed)
    rng = np.random.default_rng(seed)
    corners = shapely.get_coordinates(polygons)
    x = np.concatenate([rng.uniform(-50, 1050, 200), corners[:, 0], (corners[1:, 0] + corners[:-1, 0]) / 2])
    y = np.concatenate([rng.uniform(-50, 1050, 200), corners[:, 1], (corners[1:, 1] + corners[:-1, 1]) / 2])
    assert area_locator(polygons).locate(x, y).tolist() == slow_twin(polygons, x, y)


def test_a_corner_shared_by_four_belongs_to_the_first():
    squares = [shapely.box(i, j, i + 1, j + 1) for i in (0, 1) for j in (0, 1)]
    assert area_locator(squares).locate([1.0, 1.0, 0.5], [1.0, 0.5, 1.0]).tolist() == [0, 0, 0]


def test_where_areas_overlap_the_lower_id_wins_inside_and_at_its_edge():
    large, small = shapely.box(0, 0, 100, 100), shapely.box(40, 40, 60, 60)
    assert area_locator([small, large]).locate([50.0, 40.0, 10.0], [50.0, 50.0, 10.0]).tolist() == [0, 0, 1]
    assert area_locator([large, small]).locate([50.0, 40.0], [50.0, 50.0]).tolist() == [0, 0]


def test_nowhere_is_minus_one():
    locator = area_locator([shapely.box(0, 0, 10, 10)])
    assert locator.locate([np.nan, 11.0, -0.001, 5.0], [5.0, 5.0, 5.0, np.inf]).tolist() == [-1, -1, -1, -1]
    assert area_locator([]).locate([1.0], [1.0]).tolist() == [-1]


def test_an_invalid_ring_is_refused_by_position():
    bow_tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with pytest.raises(ValueError, match="area 1 "):
        area_locator([shapely.box(0, 0, 1, 1), bow_tie])


def test_rows_of_different_length_are_refused():
    with pytest.raises(ValueError, match="same length"):
        area_locator([shapely.box(0, 0, 1, 1)]).locate([1.0, 2.0], [1.0])
