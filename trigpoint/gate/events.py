"""Linked events: which of the permitted records tell the same event, so that it can be counted once.

The links were found pair by pair at publish; which of them join into events is settled here, among the records
that this decision permits, so that a hidden record neither joins nor parts what somebody sees.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.linking import event_of
from trigpoint.gate.asked import Asked
from trigpoint.store.links import fetch_links, fetch_numbers
from trigpoint.store.questions import Columns, Selection

__all__ = ["COUNTED_WORDS", "Events", "counts_events", "events_of", "leading", "of_events", "standing"]

COUNTED_WORDS = {
    "records": "records",
    "events": "linked events: records of several feeds that are probably one event count once",
}


class Events(NamedTuple):
    """The permitted records as known then, by ascending number, and the event of each (a record's number)."""

    number: NDArray[np.int64]
    event: NDArray[np.int64]


def counts_events(asked: Asked) -> bool:
    return asked.question.counted == "events"


def events_of(asked: Asked) -> Events:
    """Which event each permitted record tells, whatever the question's other filters.

    What is no concern and is not counted joins nothing either.
    """
    chosen = asked.selection
    known = Selection(known_at=chosen.known_at, without_categories=chosen.without_categories)

    def find() -> Events:
        with asked.records() as cursor:
            numbers, links = fetch_numbers(cursor, known), fetch_links(cursor)
        return Events(numbers, event_of(numbers, links))

    return asked.version.recall(("events", asked.permitted, known), find)


def of_events(asked: Asked, number: NDArray[np.int64]) -> NDArray[np.int64]:
    """The event of each of these records, int64[n]."""
    events = events_of(asked)
    # a million numbers looked up as they come miss the processor's cache every time; in order they take a tenth
    order = np.argsort(number)
    found = np.empty(number.size, dtype=np.int64)
    found[order] = events.event[np.searchsorted(events.number, number[order])]
    return found


def leading(
    asked: Asked,
    columns: Columns,
    unit: str | None = None,
    *,
    first: NDArray[np.bool_] | None = None,
    within: str | None = None,
) -> NDArray[np.intp]:
    """Positions of the one record that stands for each event among those selected, ascending.

    `columns` must have "number". Those in `first` stand before others; with `unit` (a unit column) a record that
    has a unit before one that has none; then the lowest number. With `within` (a column such as "agency") one
    stands for each event and value.
    """
    event = of_events(asked, columns["number"])
    return standing(event, columns, unit, first=first, within=within)[0]


def standing(
    event: NDArray[np.int64],
    columns: Columns,
    unit: str | None = None,
    *,
    first: NDArray[np.bool_] | None = None,
    within: str | None = None,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """As `leading`, for records whose events are known; and for each record which of those positions stands for it."""
    several = _repeated(event)
    # nearly every event is told once, and sorting those by five keys is most of the time that a test takes
    some = np.flatnonzero(several)
    nowhere = columns[unit][some] < 0 if unit else np.zeros(some.size, dtype=bool)
    later = np.zeros(some.size, dtype=bool) if first is None else ~first[some]
    apart = columns[within][some] if within else np.zeros(some.size, dtype=np.int64)
    told = event[some]
    order = np.lexsort((columns["number"][some], nowhere, later, apart, told))
    leads = np.ones(some.size, dtype=bool)
    leads[1:] = (told[order][1:] != told[order][:-1]) | (apart[order][1:] != apart[order][:-1])
    stands = ~several
    stands[some[order[leads]]] = True
    leader = np.arange(event.size)
    leader[some[order]] = some[order[leads]][np.cumsum(leads) - 1]
    return np.flatnonzero(stands), (np.cumsum(stands) - 1)[leader]


def _repeated(values: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values are there more than once, bool[n]."""
    order = np.argsort(values)
    same = values[order][1:] == values[order][:-1]
    repeated = np.zeros(values.size, dtype=bool)
    repeated[order[1:][same]] = repeated[order[:-1][same]] = True
    return repeated
