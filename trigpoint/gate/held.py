"""The permitted records of a small store, held as columns: what a picture filters and adds up again and again.

A picture asks the same few columns of the same records for every filter, and a county's fit in a few megabytes: there
a filter is a fraction of a millisecond of array work, where a query is several. Held by what is permitted and by
nothing else, so that only who may see the same records is answered from the same columns. A larger store is asked
by SQL, and so is one on other machines, and what was known on a day of the past: there the store adds up the groups
itself where very many records are selected (`tallied_of`), but for what needs each record, linked events and people.
"""

import duckdb
import numpy as np

from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.asked import Asked
from trigpoint.store.permitted import UNIT_COLUMNS
from trigpoint.store.picture import fetch_columns, fetch_many, fetch_tallied
from trigpoint.store.questions import Columns, Selection, chosen

__all__ = ["MOST_FETCHED", "MOST_HELD", "are_few", "columns_of", "tallied_of"]

MOST_HELD = 300_000
"""Records: some 70 bytes of each are held, for each of the few sets of permissions last seen."""
MOST_FETCHED = 5_000_000
"""Records selected: up to so many, adding up rows fetched in one pass takes less than the store's own groups, one pass
each (a third, of 700,000 rows among 30 million); of all 30 million the groups take an eighth (docs/performance.md)."""
_OF_RECORDS = (
    "number", "agency", "feed", "category", "theme_mask", "detection", "grade", "quality", "day", "hour", "weekday", "role",
)  # fmt: skip


def columns_of(asked: Asked, selection: Selection, names: tuple[str, ...]) -> Columns:
    """The columns named, of each permitted record selected, in one order: [n] each, not to be written to."""
    held = _held(asked) if selection.known_at is None else None
    if held is None:
        with asked.records() as cursor:
            return fetch_columns(cursor, selection, names)
    places = np.flatnonzero(chosen(selection, held))
    if places.size == held["day"].size:
        return {name: held[name] for name in names}
    return {name: held[name].take(places) for name in names}


def are_few(asked: Asked, selection: Selection) -> bool:
    """Whether the records selected are best looked at row by row: held, or not too many to be fetched."""
    if selection.known_at is None and _held(asked) is not None:
        return True

    def count() -> int:
        with asked.records() as cursor:
            return fetch_many(cursor, selection)

    many = asked.version.recall(("many", asked.permitted, min(asked.grain, Grain.CELL), selection), count)
    return many <= MOST_FETCHED


def tallied_of(asked: Asked, selection: Selection, names: tuple[str, ...]) -> Columns:
    """The columns named of the permitted records selected: each combination of values once, with "many", how many
    records have it."""
    with asked.records() as cursor:
        return fetch_tallied(cursor, selection, names)


def _held(asked: Asked) -> Columns | None:
    """Every column that a selection or a grouping may name; None where the records are too many to be held."""
    grain = min(asked.grain, Grain.CELL)
    return asked.version.hold((asked.permitted, grain), lambda: _read(asked, grain))


def _read(asked: Asked, grain: int) -> Columns | None:
    with asked.records() as cursor:
        # a version on other machines hands out cursors of its own
        if type(cursor) is not duckdb.DuckDBPyConnection:
            return None
        if fetch_many(cursor, Selection()) > MOST_HELD:
            return None
        units = tuple(column for columns in UNIT_COLUMNS[:grain] for column in columns)
        found = fetch_columns(cursor, Selection(), _OF_RECORDS + units)
    for column in found.values():
        column.setflags(write=False)
    return found
