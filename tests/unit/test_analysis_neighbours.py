"""Which units touch: hexagons by H3's own rule, streets by a shared junction."""

import numpy as np
import pytest
from h3.api import basic_int

from tests.factories.neighbourhoods import window
from trigpoint.core.geography.neighbours import Neighbours, junction_neighbours, ring_neighbours

MIDDLE = basic_int.latlng_to_cell(51.75, 0.6, 9)


def pairs(neighbours: Neighbours) -> set[tuple[int, int]]:
    return {(a, b) for a in range(neighbours.units) for b in window(neighbours, a)[1:]}


def test_a_disc_of_cells_matches_h3_pair_by_pair() -> None:
    cells = np.array(basic_int.grid_disk(MIDDLE, 3), dtype=np.uint64)
    cells = np.random.default_rng(2).permutation(cells)[:30]
    expected = {
        (a, b)
        for a in range(cells.size)
        for b in range(cells.size)
        if a != b and basic_int.are_neighbor_cells(int(cells[a]), int(cells[b]))
    }
    assert pairs(ring_neighbours(cells)) == expected


def test_only_cells_of_the_set_are_neighbours() -> None:
    ring = basic_int.grid_ring(MIDDLE, 1)
    assert ring_neighbours([MIDDLE, *ring]).degrees.tolist() == [6, *[3] * 6]
    assert ring_neighbours([MIDDLE]).degrees.tolist() == [0]
    assert ring_neighbours([]).units == 0


def test_the_twelve_pentagons_have_five_neighbours() -> None:
    pentagon = min(basic_int.get_pentagons(5))
    assert ring_neighbours(basic_int.grid_disk(pentagon, 1)).degrees.max() == 5


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ([MIDDLE, MIDDLE], "twice"),
        ([MIDDLE, 5], "not a valid"),
        ([MIDDLE, basic_int.cell_to_parent(MIDDLE, 8)], "more than one resolution"),
    ],
)
def test_cells_that_make_no_map_are_refused(cells: list[int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        ring_neighbours(cells)


def test_streets_touch_where_they_share_a_junction() -> None:
    #  10 ──0── 11 ──1── 12      2 and 3 both run 11–12's other way round; 4 is a loop at 12; 5 lies apart
    start, end = [10, 11, 12, 11, 12, 90], [11, 12, 11, 30, 12, 91]
    ends = [set(both) for both in zip(start, end, strict=True)]
    expected = {(a, b) for a in range(6) for b in range(6) if a != b and ends[a] & ends[b]}
    assert pairs(junction_neighbours(start, end)) == expected
    assert junction_neighbours([], []).units == 0


def test_two_unknown_ends_are_not_one_junction() -> None:
    with pytest.raises(ValueError, match="negative"):
        junction_neighbours([1, -1], [-1, 2])


def test_a_street_needs_both_ends() -> None:
    with pytest.raises(ValueError, match="one start and one end"):
        junction_neighbours([1, 2], [3])


@pytest.mark.parametrize(
    ("indptr", "indices"), [([1, 2], [0, 0]), ([0, 2, 1], [1]), ([0, 1], [0, 0]), ([0, 1, 2], [1, 2])]
)
def test_rows_that_do_not_fit_together_are_refused(indptr: list[int], indices: list[int]) -> None:
    with pytest.raises(ValueError):
        Neighbours(np.array(indptr, dtype=np.int64), np.array(indices, dtype=np.int32))
