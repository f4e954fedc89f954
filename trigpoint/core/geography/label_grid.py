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


@numba.njit(cache=True, nogil=True)
def build_grid(edges, edge_start, origin, columns, rows):  # type: ignore[no-untyped-def]
    """Draw areas into a grid of `columns` x `rows` squares.

    Returns `labels` int32[rows * columns] (>= -1: the answer for the whole square; below: crossed square
    number -2 - label), and for each crossed square the lowest area that holds all of it (`inside`, -1 for
    none) and, as CSR, the areas whose edges cross it (`candidate_start`, `candidates`, ascending).
    """
    areas = edge_start.size - 1
    whole = np.full(rows * columns, -1, dtype=np.int32)
    touch_count = np.zeros(rows * columns, dtype=np.int32)
    pair_square = numba.typed.List.empty_list(numba.int64)
    pair_area = numba.typed.List.empty_list(numba.int32)
    touched = np.full(rows * columns, -1, dtype=np.int32)
    for area in range(areas):
        low, high = edge_start[area], edge_start[area + 1]
        for e in range(low, high):
            _touch(edges[e], origin, columns, rows, area, touched, touch_count, pair_square, pair_area)
        _fill(edges[low:high], origin, columns, rows, area, touched, whole)
    return _pack(whole, touch_count, pair_square, pair_area)


@numba.njit(cache=True, nogil=True)
def _touch(edge, origin, columns, rows, area, touched, touch_count, pair_square, pair_area):  # type: ignore[no-untyped-def]
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
                touch_count[square] += 1
                pair_square.append(square)
                pair_area.append(numba.int32(area))


@numba.njit(cache=True, nogil=True)
def _fill(edges, origin, columns, rows, area, touched, whole):  # type: ignore[no-untyped-def]
    """Note the squares that lie wholly in one area: untouched, and their middle inside."""
    if edges.shape[0] == 0:
        return
    size = origin[2]
    bottom = min(edges[:, 1].min(), edges[:, 3].min())
    top = max(edges[:, 1].max(), edges[:, 3].max())
    crossings = np.empty(edges.shape[0], dtype=np.float64)
    first_row = max(0, int((bottom - origin[1]) / size))
    last_row = min(rows - 1, int((top - origin[1]) / size))
    for row in range(first_row, last_row + 1):
        y = origin[1] + (row + 0.5) * size
        found = 0
        for e in range(edges.shape[0]):
            x1, y1, x2, y2 = edges[e, 0], edges[e, 1], edges[e, 2], edges[e, 3]
            if (y1 > y) != (y2 > y):
                crossings[found] = x1 + (y - y1) * (x2 - x1) / (y2 - y1)
                found += 1
        spans = np.sort(crossings[:found])
        for pair in range(0, found - 1, 2):
            first = max(0, int(np.floor((spans[pair] - origin[0]) / size)))
            last = min(columns - 1, int(np.floor((spans[pair + 1] - origin[0]) / size)))
            for column in range(first, last + 1):
                square = row * columns + column
                if touched[square] != area and whole[square] == -1:
                    whole[square] = area


@numba.njit(cache=True, nogil=True)
def _pack(whole, touch_count, pair_square, pair_area):  # type: ignore[no-untyped-def]
    """Give crossed squares numbers of their own, and each its candidates in ascending order."""
    labels = whole.copy()
    crossed = np.flatnonzero(touch_count)
    inside = np.empty(crossed.size, dtype=np.int32)
    start = np.zeros(crossed.size + 1, dtype=np.int64)
    for i in range(crossed.size):
        inside[i] = whole[crossed[i]]
        labels[crossed[i]] = -2 - i
        start[i + 1] = start[i] + touch_count[crossed[i]]
    candidates = np.empty(start[-1], dtype=np.int32)
    filled = start[:-1].copy()
    for p in range(len(pair_square)):
        i = -2 - labels[pair_square[p]]
        candidates[filled[i]] = pair_area[p]
        filled[i] += 1
    return labels, inside, start, candidates


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
