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

__all__ = ["COUNTED_WORDS", "Events", "counts_events", "events_of", "leading", "of_events"]

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
    return events.event[np.searchsorted(events.number, number)]


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
    nowhere = columns[unit] < 0 if unit else np.zeros(len(event), dtype=bool)
    later = np.zeros(len(event), dtype=bool) if first is None else ~first
    apart = columns[within] if within else np.zeros(len(event), dtype=np.int64)
    order = np.lexsort((columns["number"], nowhere, later, apart, event))
    leads = np.ones(len(event), dtype=bool)
    leads[1:] = (event[order][1:] != event[order][:-1]) | (apart[order][1:] != apart[order][:-1])
    return np.sort(order[leads])
