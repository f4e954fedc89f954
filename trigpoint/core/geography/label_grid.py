"""The compiled half of `areas`: drawing polygons into squares, and looking points up.

Single-threaded and without the interpreter lock, so that a server may call it from several threads.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

__all__ = ["UNDECIDED", "build_grid", "locate_in_grid"]

UNDECIDED = -3
"""A point so near an edge that floating point cannot say on which side it lies."""

# Shewchuk's bound for the sign of a 2 x 2 orientation determinant in double precision (1997, "Adaptive
# precision floating-point arithmetic and fast robust geometric predicates", ccwerrboundA).
_ORIENTATION_ERROR = 3.3306690738754716e-16

# Edges are drawn this share of a square too wide, so that rounding never leaves out a square they touch.
_MARGIN = 1e-6


def build_grid(
    edges: NDArray[np.float64],
    edge_start: NDArray[np.int64],
    origin: NDArray[np.float64],
    columns: int,
    rows: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """Draw areas into a grid of `columns` x `rows` squares.

    Returns `labels` int32[rows * columns] (>= -1: the answer for the whole square; below: crossed square
    number -2 - label), and for each crossed square the lowest area that holds all of it (`inside`, -1 for
    none) and, as CSR, the areas whose edges cross it (`candidate_start`, `candidates`, ascending).
    """
    whole = np.full(rows * columns, -1, dtype=np.int32)
    spans = np.ceil(np.abs(edges[:, 2:] - edges[:, :2]) / origin[2]).astype(np.int64)
    room = int((spans[:, 0] + 3 * (spans[:, 1] + 3)).sum())
    squares, areas = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int32)
    used = _draw(edges, edge_start, origin, columns, rows, whole, squares, areas)
    return _pack(whole, squares[:used], areas[:used])


def _pack(
    whole: NDArray[np.int32], squares: NDArray[np.int64], areas: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """Give crossed squares numbers of their own, and each its candidates in ascending order."""
    crossed, count = np.unique(squares, return_counts=True)
    labels = whole.copy()
    labels[crossed] = -2 - np.arange(crossed.size, dtype=np.int32)
    start = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    # Areas were drawn in ascending order, which a stable sort keeps within each square.
    return labels, whole[crossed], start, areas[np.argsort(squares, kind="stable")]


@numba.njit(cache=True, nogil=True)
def _draw(edges, edge_start, origin, columns, rows, whole, squares, areas):  # type: ignore[no-untyped-def]
    """Fill `whole`, and note which area's edges pass through which square; returns how many were noted."""
    touched = np.full(rows * columns, -1, dtype=np.int32)
    crossings = np.empty(edges.shape[0], dtype=np.float64)
    used = 0
    for area in range(edge_start.size - 1):
        low, high = edge_start[area], edge_start[area + 1]
        for e in range(low, high):
            used = _touch(edges[e], origin, columns, rows, area, touched, squares, areas, used)
        _fill(edges, low, high, origin, columns, rows, area, touched, whole, crossings)
    return used


@numba.njit(cache=True, nogil=True)
def _touch(edge, origin, columns, rows, area, touched, squares, areas, used):  # type: ignore[no-untyped-def]
    """Note every square that an edge may pass through."""
    size = origin[2]
    x1, y1 = (edge[0] - origin[0]) / size, (edge[1] - origin[1]) / size
    x2, y2 = (edge[2] - origin[0]) / size, (edge[3] - origin[1]) / size
    if y1 > y2:
        x1, y1, x2, y2 = x2, y2, x1, y1
    for row in range(max(0, int(np.floor(y1 - _MARGIN))), min(rows - 1, int(np.floor(y2 + _MARGIN))) + 1):
        at_low, at_high = x1, x2
        if y2 > y1:
            slope = (x2 - x1) / (y2 - y1)
            at_low = x1 + slope * (max(y1, row - _MARGIN) - y1)
            at_high = x1 + slope * (min(y2, row + 1 + _MARGIN) - y1)
        first = max(0, int(np.floor(min(at_low, at_high) - _MARGIN)))
        last = min(columns - 1, int(np.floor(max(at_low, at_high) + _MARGIN)))
        for column in range(first, last + 1):
            square = row * columns + column
            if touched[square] != area:
                touched[square] = area
                squares[used] = square
                areas[used] = area
                used += 1
    return used


@numba.njit(cache=True, nogil=True)
def _fill(edges, low, high, origin, columns, rows, area, touched, whole, crossings):  # type: ignore[no-untyped-def]
    """Note the squares that lie wholly in one area: untouched, and their middle inside."""
    bottom, top = np.inf, -np.inf
    for e in range(low, high):
        bottom, top = min(bottom, edges[e, 1]), max(top, edges[e, 1])
    if bottom > top:
        return
    size = origin[2]
    first_row = max(0, int((bottom - origin[1]) / size))
    last_row = min(rows - 1, int((top - origin[1]) / size))
    for row in range(first_row, last_row + 1):
        found = _cross(edges, low, high, origin[1] + (row + 0.5) * size, crossings)
        for pair in range(0, found - 1, 2):
            first = max(0, int(np.floor((crossings[pair] - origin[0]) / size)))
            last = min(columns - 1, int(np.floor((crossings[pair + 1] - origin[0]) / size)))
            for column in range(first, last + 1):
                square = row * columns + column
                if touched[square] != area and whole[square] == -1:
                    whole[square] = area


@numba.njit(cache=True, nogil=True)
def _cross(edges, low, high, y, crossings):  # type: ignore[no-untyped-def]
    """Where the rings cross a level line, ascending, into `crossings`; returns how often."""
    found = 0
    for e in range(low, high):
        x1, y1, x2, y2 = edges[e, 0], edges[e, 1], edges[e, 2], edges[e, 3]
        if (y1 > y) != (y2 > y):
            x = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            place = found
            while place > 0 and crossings[place - 1] > x:
                crossings[place] = crossings[place - 1]
                place -= 1
            crossings[place] = x
            found += 1
    return found


@numba.njit(cache=True, nogil=True)
def _holds(edges, low, high, x, y):  # type: ignore[no-untyped-def]
    """1 if the rings hold the point, 0 if not, UNDECIDED if it may lie on an edge."""
    odd = 0
    for e in range(low, high):
        x1, y1, x2, y2 = edges[e, 0], edges[e, 1], edges[e, 2], edges[e, 3]
        if (y1 > y) != (y2 > y):
            left = (x1 - x) * (y2 - y)
            right = (y1 - y) * (x2 - x)
            turn = left - right
            if abs(turn) <= _ORIENTATION_ERROR * (abs(left) + abs(right)):
                return UNDECIDED
            if (turn > 0) == (y2 > y1):
                odd ^= 1
        elif y1 == y and (x1 == x or (y2 == y and (x1 > x) != (x2 > x))):
            return UNDECIDED
    return odd


@numba.njit(cache=True, nogil=True)
def locate_in_grid(xs, ys, origin, columns, labels, inside, candidate_start, candidates, edges, edge_start):  # type: ignore[no-untyped-def]
    """The area of each point, int32[n]: -1 for none, UNDECIDED where only exact arithmetic can tell."""
    found: NDArray[np.int32] = np.full(xs.size, -1, dtype=np.int32)
    if labels.size == 0:
        return found
    size = origin[2]
    rows = labels.size // columns
    for p in range(xs.size):
        column, row = (xs[p] - origin[0]) / size, (ys[p] - origin[1]) / size
        if not (0.0 <= column < columns and 0.0 <= row < rows):
            continue
        label = labels[int(row) * columns + int(column)]
        if label >= -1:
            found[p] = label
            continue
        square = -2 - label
        best = inside[square]
        for c in range(candidate_start[square], candidate_start[square + 1]):
            area = candidates[c]
            if best != -1 and area > best:
                break
            held = _holds(edges, edge_start[area], edge_start[area + 1], xs[p], ys[p])
            if held != 0:
                best = area if held == 1 else UNDECIDED
                break
        found[p] = best
    return found
