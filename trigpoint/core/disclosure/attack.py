"""What somebody who reads every cell of a release can work out of the cells that are not told.

The attacker knows every told cell to within its rounding, that each withheld small count is 0 to 9, and how cells bound
one another. They know nothing of people beside that: no reader's own knowledge of a child is in here, and a reader who
knows one of two children can always know more. Bounds are exact: whole numbers, solved by HiGHS.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from trigpoint.core.disclosure.cells import Relation

__all__ = [
    "LEAST_SPREAD",
    "Attacker",
    "Narrowed",
    "NotPossible",
    "bounds_of",
    "narrowed",
    "possible",
    "together",
]

Floats = NDArray[np.float64]

LEAST_SPREAD = 3
"""A cell that is not told must be possibly zero and possibly this many: not to be known to within one, and never to be
proved to be nobody or somebody."""


class NotPossible(ValueError):
    """No counts at all agree with what is told: the cells or the relations are wrong."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A cell, by its place, that could be narrowed to `least`..`most`, both included; `most` is inf without an end."""

    cell: int
    least: float
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class _System:
    """`rows` @ counts lies between `low` and `high`; each count between `least` and `most`. Nothing that is
    known reaches `end`: a count that can be so large has no end."""

    rows: csr_array
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    end: float

    def extreme(self, objective: Floats) -> Floats:
        """Counts that agree with everything known and make the objective, of whole numbers, least. Raises NotPossible.

        Solved without asking for whole numbers first: where the answer is of whole numbers by itself, as it nearly
        always is, none that is of whole numbers can be less.
        """
        found = self._solved(objective, 0)
        counts = np.rint(found)
        if self.holds(counts) and objective @ counts < objective @ found + 0.5:
            return counts
        return np.rint(self._solved(objective, 1))

    def holds(self, counts: Floats) -> bool:
        """Whether these counts agree with everything known."""
        inside = np.all((self.least <= counts) & (counts <= self.most))
        sums = self.rows @ counts
        return bool(inside and np.all((self.low <= sums) & (sums <= self.high)))

    def _solved(self, objective: Floats, whole: int) -> Floats:
        found = milp(
            objective,
            constraints=[LinearConstraint(self.rows, self.low, self.high)] if self.low.size else [],
            bounds=Bounds(self.least, self.most),
            integrality=np.full(objective.size, whole),
        )
        if found.x is None:
            raise NotPossible("no counts agree with what is told")
        return np.asarray(found.x, dtype=np.float64)


def together(cells: int, relations: Iterable[Relation]) -> tuple[tuple[int, ...], ...]:
    """The cells that bound one another at all, directly or through others: ascending within and among each other."""
    pairs = [(one.whole, part) for one in relations for part in one.parts]
    starts, ends = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    graph = csr_array((np.ones(starts.size), (starts, ends)), shape=(cells, cells))
    _, group = connected_components(graph, directed=False)
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1) if cells else []
    return tuple(sorted(tuple(int(one) for one in np.sort(part)) for part in parts))


def bounds_of(
    cell: int, least: Sequence[float], most: Sequence[float], relations: Sequence[Relation]
) -> tuple[float, float]:
    """The least and the most that one cell can be, exactly, given what is known of all.

    `least` and `most` are what is known of each cell by itself, both included; inf for no end. Raises NotPossible.
    """
    return _exact(_system(least, most, _rows(len(least), relations)), cell)


def possible(least: Sequence[float], most: Sequence[float], relations: Sequence[Relation]) -> bool:
    """Whether any counts at all agree with what is known: as `bounds_of` takes it."""
    return Attacker(len(least), relations).possible(least, most)


def narrowed(
    least: Sequence[float],
    most: Sequence[float],
    relations: Sequence[Relation],
    guarded: Sequence[int],
    *,
    first_only: bool = False,
) -> tuple[Narrowed, ...]:
    """Which of the guarded cells can be narrowed more than is allowed, ascending; with `first_only` one of them at most.

    Raises NotPossible.
    """
    return Attacker(len(least), relations).narrowed(least, most, guarded, first_only=first_only)


class Attacker:
    """Attacks the same cells again and again, as more of them are withheld.

    A world that agrees with everything told clears every cell that is zero in it, or large: worlds are drawn that clear
    as many as they can, and a cell that none clears is solved by itself. Worlds are kept: one that agrees with what is
    told next clears the same cells again.
    """

    def __init__(self, cells: int, relations: Sequence[Relation]) -> None:
        self._rows = _rows(cells, relations)
        self._worlds: list[Floats] = []

    def narrowed(
        self,
        least: Sequence[float],
        most: Sequence[float],
        guarded: Sequence[int],
        *,
        first_only: bool = False,
    ) -> tuple[Narrowed, ...]:
        """As the function of this name, of these cells and relations. Raises NotPossible."""
        if not len(guarded):
            return ()
        system = _system(least, most, self._rows)
        self._worlds = [one for one in self._worlds if system.holds(one)]
        found = {one for low in (True, False) for one in self._not_cleared(system, guarded, first_only, low)}
        chosen = sorted(found)[:1] if first_only else sorted(found)
        return tuple(Narrowed(cell, *_exact(system, cell)) for cell in chosen)

    def possible(self, least: Sequence[float], most: Sequence[float]) -> bool:
        """As the function of this name, of these cells and relations."""
        system = _system(least, most, self._rows)
        if any(system.holds(one) for one in self._worlds):
            return True
        try:
            self._worlds.append(system.extreme(np.zeros(system.least.size)))
        except NotPossible:
            return False
        return True

    def _not_cleared(self, system: _System, guarded: Sequence[int], first_only: bool, low: bool) -> list[int]:
        """Guarded cells that are zero in no world (`low`), or that are as many as `LEAST_SPREAD` in none.

        With `first_only` the first of them at most: those before it were all cleared.
        """
        found: list[int] = []
        doubtful = list(guarded)
        for world in self._worlds:
            doubtful = [one for one in doubtful if not _clears(world[one], low)]
        while doubtful:
            world = self._drawn(system, doubtful, low)
            left = [one for one in doubtful if not _clears(world[one], low)]
            if len(left) == len(doubtful):
                if len(left) == 1 or not _clears(self._drawn(system, left[:1], low)[left[0]], low):
                    found.append(left[0])
                    if first_only:
                        return found
                left = left[1:]
            doubtful = left
        return found

    def _drawn(self, system: _System, cells: Sequence[int], low: bool) -> Floats:
        """A world in which these cells together are as small as can be, or as large; it is kept."""
        objective = np.zeros(system.least.size)
        objective[list(cells)] = 1.0 if low else -1.0
        world = system.extreme(objective)
        self._worlds.append(world)
        return world


def _clears(count: float, low: bool) -> bool:
    return count == 0 if low else count >= LEAST_SPREAD


def _exact(system: _System, cell: int) -> tuple[float, float]:
    objective = np.zeros(system.least.size)
    objective[cell] = 1.0
    least = float(system.extreme(objective)[cell])
    most = float(system.extreme(-objective)[cell])
    return least, most if most < system.end else np.inf


def _system(least: Sequence[float], most: Sequence[float], rows: tuple[csr_array, Floats, Floats]) -> _System:
    """What is known as a system. Counts without an end are given one far beyond what anything known could need."""
    lowest, highest = np.asarray(least, dtype=np.float64), np.asarray(most, dtype=np.float64)
    finite = highest[np.isfinite(highest)]
    end = float(lowest.sum() + finite.sum()) + LEAST_SPREAD + 1.0
    return _System(*rows, lowest, np.where(np.isfinite(highest), highest, 2 * end), end)


def _rows(cells: int, relations: Sequence[Relation]) -> tuple[csr_array, Floats, Floats]:
    rows: list[tuple[dict[int, float], float, float]] = []
    for one in relations:
        whole_less_parts = {one.whole: 1.0, **dict.fromkeys(one.parts, -1.0)}
        if one.law == "sum":
            rows.append((whole_less_parts, 0.0, 0.0))
            continue
        rows.extend(({one.whole: 1.0, part: -1.0}, 0.0, np.inf) for part in one.parts)
        if one.law == "union":
            rows.append((whole_less_parts, -np.inf, 0.0))
    values = [value for row, _, _ in rows for value in row.values()]
    columns = [column for row, _, _ in rows for column in row]
    numbers = [number for number, (row, _, _) in enumerate(rows) for _ in row]
    matrix = csr_array((values, (numbers, columns)), shape=(len(rows), cells))
    return matrix, np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
