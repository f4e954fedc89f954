"""One store version, open: its places and words read once, and what is worked out from them kept while it is open."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, TypeVar

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.neighbours import (
    Neighbours,
    boundary_neighbours,
    junction_neighbours,
    ring_neighbours,
)
from trigpoint.gate.children import (
    Children,
    Ground,
    children_of_area,
    children_of_cells,
    children_of_streets,
)
from trigpoint.store.choices import Vocabulary, read_vocabulary
from trigpoint.store.definition_breaks import DefinitionBreak, read_breaks
from trigpoint.store.places import (
    Areas,
    Cells,
    Localities,
    Population,
    Streets,
    read_areas,
    read_cells,
    read_localities,
    read_population,
    read_streets,
)
from trigpoint.store.shapes import fetch_outlines

__all__ = ["Version"]

T = TypeVar("T")
MOST_KEPT = 64
"""What was worked out on the way to answers, kept in memory for one version."""
MOST_HELD = 16
"""Sets of permitted records held as columns: one for what is permitted and how finely, ten megabytes in a county."""
MOST_ANSWERS = 320
"""Whole answers kept: some thirty for everybody who may see the same."""
MOST_SETTLED = 128
"""Results of pure arithmetic kept: in a county one takes tens of kilobytes, its numbers with it."""
_FINEST_FIRST = ("lsoa", "ward", "district")


class Version:
    """An open store version. Safe to share between threads: each request takes a cursor of its own.

    Nothing kept here is anyone's answer unless its key carries the viewer's restrictions: see `recall`.
    """

    def __init__(self, number: int, new_cursor: Callable[[], duckdb.DuckDBPyConnection]) -> None:
        self.number = number
        self._new_cursor = new_cursor
        self._places: dict[Hashable, object] = {}
        self._recent: OrderedDict[Hashable, object] = OrderedDict()
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._held: OrderedDict[Hashable, object] = OrderedDict()
        self._settled: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.RLock()

    def seen_through(self, over: Callable[[duckdb.DuckDBPyConnection], Any]) -> "Version":
        """The same version read through what `over` makes of each fresh cursor: its places are shared, and nothing else."""
        twin = Version(self.number, lambda: over(self._new_cursor()))
        twin._places, twin._lock = self._places, self._lock
        return twin

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A fresh cursor, closed when the block ends; views made on it go with it."""
        with closing(self._new_cursor()) as cursor:
            yield cursor

    def areas(self, level: str) -> Areas:
        return self._once(("areas", level), lambda cursor: read_areas(cursor, level))

    def cells(self, resolution: int) -> Cells:
        return self._once(("cells", resolution), lambda cursor: read_cells(cursor, resolution))

    @property
    def streets(self) -> Streets:
        return self._once("streets", read_streets)

    @property
    def breaks(self) -> tuple[DefinitionBreak, ...]:
        return self._once("breaks", read_breaks)

    @property
    def localities(self) -> Localities:
        return self._once("localities", read_localities)

    @property
    def vocabulary(self) -> Vocabulary:
        return self._once("vocabulary", read_vocabulary)

    def population(self, level: str) -> Population | None:
        areas = len(self.areas(level).codes)
        return self._once(("population", level), lambda cursor: read_population(cursor, level, areas))

    def cell_neighbours(self, resolution: int) -> Neighbours:
        """Cells that share an edge, over every cell of the resolution, by dense id."""
        cells = self.cells(resolution)
        return self._once(("ring", resolution), lambda _: ring_neighbours(cells.h3))

    def street_neighbours(self) -> Neighbours:
        """Segments that share a junction, by dense id. Raises ValueError for anchor points, which have none."""
        streets = self.streets
        return self._once(
            "junctions", lambda _: junction_neighbours(streets.start_junction, streets.end_junction)
        )

    def area_neighbours(self, level: str) -> Neighbours:
        """Areas of a level that share a boundary, by dense id."""
        return self._once(
            ("boundaries", level), lambda cursor: boundary_neighbours(fetch_outlines(cursor, level))
        )

    def children(self, level: str, resolution: int | None) -> Children | None:
        """Children living in each unit of a level; None where no population is loaded, and for anchor points."""
        anchors = level == "street" and self.streets.anchors
        own = None if resolution is not None or level == "street" else self.population(level)
        if own is not None:
            return children_of_area(own, level)
        finest = next((one for one in _FINEST_FIRST if self.population(one) is not None), None)
        if anchors or finest is None or level not in ("street", "cell"):
            return None
        return self._once(
            ("children", level, resolution), lambda cursor: self._shared(cursor, finest, resolution)
        )

    def _shared(self, cursor: duckdb.DuckDBPyConnection, finest: str, resolution: int | None) -> Children:
        population = self.population(finest)
        if population is None:
            raise RuntimeError("no population is loaded")
        ground = Ground.read(cursor, finest, self.areas(finest), population)
        if resolution is None:
            return children_of_streets(ground, self.streets)
        return children_of_cells(ground, self.cells(resolution), self.streets, resolution)

    def codes(self, level: str, resolution: int | None) -> NDArray[np.object_]:
        """The code of every unit of a level by dense id, object[n]: a cell's is its H3 index in hexadecimal."""
        if resolution is not None:
            cells = self.cells(resolution)
            return self._once(
                ("code", resolution), lambda _: _texts(format(h3, "x") for h3 in cells.h3.tolist())
            )
        codes = self.streets.codes if level == "street" else self.areas(level).codes
        return self._once(("code", level), lambda _: _texts(codes))

    def code_places(self, level: str) -> dict[str, int]:
        """Dense id by code, for a level of areas or "street"."""
        codes = self.streets.codes if level == "street" else self.areas(level).codes
        return self._once(("codes", level), lambda _: {code: place for place, code in enumerate(codes)})

    def cell_places(self, resolution: int) -> dict[int, int]:
        """Dense id by H3 index."""
        cells: NDArray[np.uint64] = self.cells(resolution).h3
        return self._once(("h3", resolution), lambda _: {h3: i for i, h3 in enumerate(cells.tolist())})

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gave for this key before, or now. The key must hold everything the result depends on."""
        return self._kept(self._recent, MOST_KEPT, key, make)

    def keep_answer(self, key: Hashable, make: Callable[[], T]) -> T:
        """As `recall`, on a shelf of its own: whole answers do not push out what many answers are made from."""
        return self._kept(self._answers, MOST_ANSWERS, key, make)

    def hold(self, key: Hashable, read: Callable[[], T]) -> T:
        """As `recall`, for what is large: few are held."""
        return self._kept(self._held, MOST_HELD, key, read)

    def settle(self, numbers: Hashable, work_out: Callable[[], T]) -> T:
        """As `recall`, for pure arithmetic: `numbers` are all that goes in, byte for byte, so whoever has other numbers
        has another key, and the result is the one that they would have worked out."""
        return self._kept(self._settled, MOST_SETTLED, numbers, work_out)

    def _kept(
        self, shelf: OrderedDict[Hashable, object], most: int, key: Hashable, make: Callable[[], T]
    ) -> T:
        with self._lock:
            if key in shelf:
                shelf.move_to_end(key)
                return shelf[key]  # type: ignore[return-value]
        made = make()
        with self._lock:
            shelf[key] = made
            while len(shelf) > most:
                shelf.popitem(last=False)
        return made

    def forget(self) -> None:
        """Drop what was worked out; places and words stay. What lies in files is found again there."""
        with self._lock:
            self._recent.clear()
            self._answers.clear()
            self._held.clear()
            self._settled.clear()

    def _once(self, key: Hashable, read: Callable[[duckdb.DuckDBPyConnection], T]) -> T:
        with self._lock:
            if key not in self._places:
                with self.cursor() as cursor:
                    self._places[key] = read(cursor)
            return self._places[key]  # type: ignore[return-value]


def _texts(texts: Iterable[str]) -> NDArray[np.object_]:
    return np.array([*texts, ""], dtype=object)[:-1]
