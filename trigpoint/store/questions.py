"""The SQL of the questions: one plain file a kind, and the small words that complete it.

The files use the part of the dialect that other engines share, so that they can be translated. What completes
them is made here of dense ids, days and instants only: nothing a person typed is ever put into SQL.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from trigpoint.store.schema import CURRENT_UNTIL

__all__ = ["Columns", "Selection", "chosen", "fetch", "question_sql"]

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which permitted records, in dense ids. An empty tuple or None is no filter.

    from_day, to_day  days since 1970-01-01, half-open     hours      0..23
    without_categories  none of these, whatever else
    theme_mask        any of these bits; 0 is no filter    weekdays   0 = Monday
    within            unit columns and ids: in any of them  detections 0..3
    qualities         1..5, of the primary claim
    known_at          naive UTC: as known just before that instant; None is as known now
    """

    from_day: int | None = None
    to_day: int | None = None
    hours: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    agencies: tuple[int, ...] = ()
    feeds: tuple[int, ...] = ()
    categories: tuple[int, ...] = ()
    without_categories: tuple[int, ...] = ()
    theme_mask: int = 0
    roles: tuple[int, ...] = ()
    detections: tuple[int, ...] = ()
    qualities: tuple[int, ...] = ()
    within: tuple[tuple[str, int], ...] = ()
    known_at: datetime | None = None

    @property
    def lists(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Columns and the ids that one must be among; none is no filter."""
        return (
            ("agency", self.agencies), ("feed", self.feeds), ("category", self.categories),
            ("hour", self.hours), ("weekday", self.weekdays), ("role", self.roles), ("detection", self.detections),
            ("quality", self.qualities),
        )  # fmt: skip

    @property
    def sql(self) -> str:
        """The filter as SQL over `permitted_record`."""
        parts = [_known(self.known_at)]
        parts += [f"day >= {self.from_day:d}"] if self.from_day is not None else []
        parts += [f"day < {self.to_day:d}"] if self.to_day is not None else []
        for column, ids in self.lists:
            parts += [f"{column} IN {listed(ids)}"] if ids else []
        parts += [f"category NOT IN {listed(self.without_categories)}"] if self.without_categories else []
        parts += [f"(theme_mask & {self.theme_mask:d}) <> 0"] if self.theme_mask else []
        parts += [in_any(self.within)] if self.within else []
        return " AND ".join(parts)


def listed(ids: tuple[int, ...]) -> str:
    """Dense ids as an SQL list. Raises ValueError for none: an empty list would select everything or fail."""
    if not ids:
        raise ValueError("a list of ids is empty")
    return "(" + ", ".join(f"{number:d}" for number in ids) + ")"


def in_any(places: tuple[tuple[str, int], ...]) -> str:
    """Unit columns and ids as SQL: in any of the places. Raises ValueError for none."""
    columns = by_column(places)
    if not columns:
        raise ValueError("a list of places is empty")
    return "(" + " OR ".join(f"{column} IN {listed(ids)}" for column, ids in columns) + ")"


def by_column(places: tuple[tuple[str, int], ...]) -> list[tuple[str, tuple[int, ...]]]:
    """The ids of each column that places name, columns in the order first named."""
    return [
        (column, tuple(number for one, number in places if one == column))
        for column in dict.fromkeys(column for column, _ in places)
    ]


def chosen(selection: Selection, columns: Columns) -> NDArray[np.bool_]:
    """Which of some current records a selection takes, bool[n]: as its `sql` does, of columns already here.

    `columns` must have every column that the selection names. Raises ValueError for a selection of the past.
    """
    if selection.known_at is not None:
        raise ValueError("these are the records known now")
    found: NDArray[np.bool_] = np.ones(columns["day"].size, dtype=bool)
    if selection.from_day is not None:
        found &= columns["day"] >= selection.from_day
    if selection.to_day is not None:
        found &= columns["day"] < selection.to_day
    for name, ids in selection.lists:
        if ids:
            found &= _among(columns[name], ids)
    if selection.without_categories:
        found &= ~_among(columns["category"], selection.without_categories)
    if selection.theme_mask:
        found &= (columns["theme_mask"] & np.uint64(selection.theme_mask)) != 0
    if selection.within:
        found &= np.logical_or.reduce(
            [_among(columns[name], ids) for name, ids in by_column(selection.within)]
        )
    return found


def _among(column: NDArray[Any], ids: tuple[int, ...]) -> NDArray[np.bool_]:
    """Which values of a column of dense ids are among some, bool[n]; -1 in the column is no id."""
    wanted = [number for number in ids if number >= 0]
    # one place more than any id: there -1 points, and nothing is ever wanted there
    table = np.zeros(max(int(column.max(initial=-1)), *wanted, -1) + 2, dtype=bool)
    table[wanted] = True
    among: NDArray[np.bool_] = table[column]
    return among


@cache
def _text(name: str) -> str:
    whole = files("trigpoint.store").joinpath("sql", "questions", f"{name}.sql").read_text(encoding="utf-8")
    return "\n".join(line for line in whole.splitlines() if not line.startswith("--")).strip()


def question_sql(name: str, **parts: str) -> str:
    """The text of a question's file, completed. Raises KeyError for a part it needs and was not given."""
    return _text(name).format_map(parts)


def fetch(cursor: duckdb.DuckDBPyConnection, sql: str) -> Columns:
    """Run a question and give its columns, [n] each, in the order of the rows.

    A NULL is NaN in a float column and None in a column of text; instants and days are numpy datetimes.
    """
    found: Columns = cursor.execute(sql).fetchnumpy()
    return {name: _plain(column) for name, column in found.items()}


def _plain(column: NDArray[np.generic]) -> NDArray[np.generic]:
    if not isinstance(column, np.ma.MaskedArray):
        return column
    if column.dtype.kind == "f":
        return column.filled(np.nan)
    if column.dtype.kind == "M":
        return column.filled(np.datetime64("NaT"))
    values = column.data.copy()
    if column.dtype.kind == "O":
        values[np.ma.getmaskarray(column)] = None
    return values


def _known(at: datetime | None) -> str:
    if at is None:
        return f"known_to = TIMESTAMP '{CURRENT_UNTIL}'"
    stamp = at.strftime("%Y-%m-%d %H:%M:%S")
    return f"known_from < TIMESTAMP '{stamp}' AND known_to >= TIMESTAMP '{stamp}'"
