"""Which units touch which: the graph that every local statistic walks over."""

from dataclasses import dataclass

import numpy as np
import shapely
from h3.api import basic_int
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

__all__ = ["Neighbours", "boundary_neighbours", "junction_neighbours", "ring_neighbours"]

SLIVER_M = 1.0
"""Published outlines leave gaps and overlaps of less than this between areas that share a boundary."""
LEAST_SHARED_M = 10.0
"""A shorter stretch is a corner, not a boundary."""
RING_SIZE = 7
"""Cells in an H3 disc of radius one, the middle included (a pentagon's disc has six)."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """The neighbours of n units, as compressed sparse rows.

    `indptr` is int64[n + 1] and `indices` int32[nnz]: the neighbours of unit i are
    `indices[indptr[i]:indptr[i + 1]]`, in ascending order. A unit is never its own neighbour, and if a is a
    neighbour of b then b is one of a. Units are positions 0..n-1 in whatever order the maker was given.

    Raises ValueError if the two arrays do not fit together. Symmetry is the maker's promise; it is not
    checked here.
    """

    indptr: NDArray[np.int64]
    indices: NDArray[np.int32]

    def __post_init__(self) -> None:
        if self.indptr.ndim != 1 or self.indptr.size == 0 or self.indptr[0] != 0:
            raise ValueError("indptr must be one-dimensional and begin with 0")
        if np.any(np.diff(self.indptr) < 0) or self.indptr[-1] != self.indices.size:
            raise ValueError("indptr must never fall and must end at the number of indices")
        if self.indices.size and not 0 <= self.indices.min() <= self.indices.max() < self.units:
            raise ValueError("a neighbour lies outside the set of units")

    @property
    def units(self) -> int:
        """How many units there are."""
        return int(self.indptr.size) - 1

    @property
    def degrees(self) -> NDArray[np.int64]:
        """How many neighbours each unit has, int64[n]."""
        return np.diff(self.indptr)


def ring_neighbours(cells: ArrayLike) -> Neighbours:
    """H3 cells that share an edge, among the cells given.

    `cells` is uint64[n], distinct, all of one resolution, in any order; unit i of the answer is `cells[i]`.
    A neighbour that is not in the set is left out, so cells on a county's edge have smaller windows.
    Raises ValueError for a repeated or invalid cell and for mixed resolutions. Costs about 4 µs a cell: work
    it out once for a published version, not for a question.
    """
    ids = np.asarray(cells, dtype=np.uint64)
    order = np.argsort(ids, kind="stable")
    ascending = ids[order]
    _check_cells(ascending)
    discs = np.zeros((ids.size, RING_SIZE), dtype=np.uint64)
    for row, cell in enumerate(ids.tolist()):
        disc = basic_int.grid_disk(cell, 1)
        discs[row, : len(disc)] = disc
    found = np.searchsorted(ascending, discs)
    found[found == ids.size] = 0
    inside = (ascending[found] == discs) & (discs != ids[:, None]) if ids.size else discs != 0
    rows, _ = np.nonzero(inside)
    return _from_pairs(rows, order[found[inside]], ids.size)


def junction_neighbours(segment_start: ArrayLike, segment_end: ArrayLike) -> Neighbours:
    """Street segments that meet at a junction.

    `segment_start` and `segment_end` are int[n]: the id of the junction at either end of segment i. Ids are
    non-negative, and a dead end has an id of its own. Two segments that share both ends are neighbours once;
    a segment that begins where it ends is not its own neighbour.
    Raises ValueError if the lengths differ or an id is negative (two unknown ends are not one junction).
    """
    start, end = np.asarray(segment_start, dtype=np.int64), np.asarray(segment_end, dtype=np.int64)
    if start.ndim != 1 or start.shape != end.shape:
        raise ValueError("every segment needs one start and one end")
    if start.size and min(start.min(), end.min()) < 0:
        raise ValueError("a junction id is negative")
    segments = np.arange(start.size)
    junctions, at = np.unique(np.concatenate([start, end]), return_inverse=True)
    ones = np.ones(at.size, dtype=np.int32)
    meets = sparse.csr_matrix((ones, (np.tile(segments, 2), at)), shape=(start.size, junctions.size))
    touching = (meets @ meets.T).tocoo()
    apart = touching.row != touching.col
    return _from_pairs(touching.row[apart], touching.col[apart], start.size)


def boundary_neighbours(polygons: ArrayLike) -> Neighbours:
    """Areas that share a boundary: at least `LEAST_SHARED_M` of one's outline lies within `SLIVER_M` of the other.

    `polygons` are shapely polygons in metres, object[n]. Areas that meet in a corner only are not neighbours, nor are
    those on two sides of water that belongs to neither. Costs about a millisecond a pair: work it out once for a
    published version.
    """
    shapes = np.asarray(polygons, dtype=object)
    if shapes.size == 0:
        return _from_pairs(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64), 0)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=SLIVER_M)
    once = one < other
    one, other = one[once], other[once]
    # only what lies near the other is widened: outlines of thousands of vertices are mostly elsewhere
    boxes = shapely.buffer(shapely.envelope(shapes), 2 * SLIVER_M)
    near = shapely.intersection(shapely.boundary(shapes[one]), boxes[other])
    beside = shapely.intersection(shapely.boundary(shapes[other]), boxes[one])
    shared_m = shapely.length(shapely.intersection(near, shapely.buffer(beside, SLIVER_M)))
    kept = shared_m >= LEAST_SHARED_M
    one, other = one[kept], other[kept]
    return _from_pairs(np.concatenate([one, other]), np.concatenate([other, one]), shapes.size)


def _check_cells(ascending: NDArray[np.uint64]) -> None:
    if np.any(ascending[1:] == ascending[:-1]):
        raise ValueError("a cell is given twice")
    if not all(map(basic_int.is_valid_cell, ascending.tolist())):
        raise ValueError("not a valid H3 cell")
    if len(set(map(basic_int.get_resolution, ascending.tolist()))) > 1:
        raise ValueError("cells of more than one resolution")


def _from_pairs(rows: NDArray[np.integer], columns: NDArray[np.integer], units: int) -> Neighbours:
    order = np.lexsort((columns, rows))
    indptr = np.zeros(units + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows, minlength=units), out=indptr[1:])
    return Neighbours(indptr, columns[order].astype(np.int32))
