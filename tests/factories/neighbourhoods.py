"""Small maps for the statistics' tests: units, who touches whom, and the slow obvious window."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.neighbours import Neighbours


def from_edges(units: int, edges: Iterable[tuple[int, int]]) -> Neighbours:
    """Neighbours from unordered pairs; a pair of one unit with itself is dropped."""
    beside: list[set[int]] = [set() for _ in range(units)]
    for a, b in edges:
        if a != b:
            beside[a].add(b)
            beside[b].add(a)
    rows = [sorted(row) for row in beside]
    indptr = np.cumsum([0, *map(len, rows)]).astype(np.int64)
    return Neighbours(indptr, np.array([unit for row in rows for unit in row], dtype=np.int32))


def grid(rows: int, columns: int, *, diagonals: bool = True) -> Neighbours:
    """A chessboard: unit `row * columns + column` touches those beside it, and at the corners if asked."""
    steps = [(0, 1), (1, 0), *([(1, 1), (1, -1)] if diagonals else [])]
    edges = [
        (row * columns + column, (row + down) * columns + column + across)
        for row in range(rows)
        for column in range(columns)
        for down, across in steps
        if row + down < rows and 0 <= column + across < columns
    ]
    return from_edges(rows * columns, edges)


def window(neighbours: Neighbours, unit: int) -> list[int]:
    """The unit itself, then its neighbours."""
    return [unit, *neighbours.indices[neighbours.indptr[unit] : neighbours.indptr[unit + 1]].tolist()]


def window_sums(counts: Sequence[int] | NDArray[np.int64], neighbours: Neighbours) -> NDArray[np.int64]:
    held = np.asarray(counts)
    return np.array(
        [held[window(neighbours, unit)].sum() for unit in range(neighbours.units)], dtype=np.int64
    )


def renumbered(neighbours: Neighbours, order: Sequence[int]) -> Neighbours:
    """The same map with unit `order[i]` now called i."""
    name = {old: new for new, old in enumerate(order)}
    edges = [(name[a], name[b]) for a in range(neighbours.units) for b in window(neighbours, a)[1:]]
    return from_edges(neighbours.units, edges)
