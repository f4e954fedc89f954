"""Journeys from the claims of records: where each began, where it ended, and of whom it is, for counting only."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.flows import Journeys
from trigpoint.core.sharing.agreement import LOCATION_ROLES
from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.asked import Asked
from trigpoint.gate.events import of_events
from trigpoint.gate.people import people_of
from trigpoint.store.flows import fetch_ends
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns, Selection
from trigpoint.store.schema import PLACED_SHARE

__all__ = ["ENDS", "Told", "finely", "journeys_of"]

Ids = NDArray[np.int64]

ENDS = {
    "missing": (("missing_from", "placement", "home"), ("found_at", "met_at", "seen_at")),
    "home": (("home", "placement"), ("occurred",)),
}
"""What a journey of each flow begins with and ends with: the first of the roles that the record has."""

PLOTTABLE = 4
"""The worst quality of a claim that has a place; one with a place and no area lies beyond the county."""

SUSPECTED_FALSE = 5


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Journeys by one unit column, one an event. `units` is the number that stands for beyond the county."""

    journeys: Journeys
    units: int


def journeys_of(asked: Asked, column: str, units: int) -> Told:
    """The journeys of the question's flow between units of a column, over the whole county.

    The records of one event tell one journey between them: one agency may know where it began and another where it
    ended. Of several that tell an end the first that is placed does. Records graded E are left out. Raises KeyError for
    a flow there is not.
    """
    county = replace(asked.selection, within=())
    key = ("journeys", asked.permitted, county, asked.question.flow, column)
    return asked.version.recall(key, lambda: _journeys(asked, county, column, units))


def _journeys(asked: Asked, county: Selection, column: str, units: int) -> Told:
    with asked.records() as cursor:
        records = fetch_columns(cursor, county, ("number", "day", "grade"))
    kept = records["grade"] != SUSPECTED_FALSE
    number = records["number"][kept].astype(np.int64)
    order = np.argsort(number)
    number, day = number[order], records["day"][kept][order].astype(np.int64)
    begins, ends = ENDS[asked.question.flow]
    origin = _ends(asked, county, column, units, begins, number)
    destination = _ends(asked, county, column, units, ends, number)
    some = np.flatnonzero((origin > _NO_CLAIM) | (destination > _NO_CLAIM))
    event = of_events(asked, number[some])
    began, first = _of_each_event(event, origin[some])
    ended, last = _of_each_event(event, destination[some])
    both = (began > _NO_CLAIM) & (ended > _NO_CLAIM)
    people = people_of(asked, number[some])
    # the person is of the record that tells where it began, or else of the one that tells where it ended
    whose = np.where(people.person[first] >= 0, first, last)[both]
    return Told(
        Journeys(
            np.maximum(began[both], -1),
            np.maximum(ended[both], -1),
            people.person[whose].astype(np.int64),
            people.holder[whose].astype(np.int64),
            np.zeros(whose.size, dtype=np.int64),
            np.unique(event)[both],
            day[some][last[both]],
        ),
        units,
    )


def _of_each_event(event: Ids, unit: Ids) -> tuple[Ids, NDArray[np.intp]]:
    """The end of each event, ascending, as its records tell it, and which of them: one that is placed, then the first."""
    rank = np.where(unit >= 0, 0, np.where(unit > _NO_CLAIM, 1, 2))
    order = np.lexsort((np.arange(event.size), rank, event))
    _, leads = np.unique(event[order], return_index=True)
    at = order[leads]
    return unit[at], at


_NO_CLAIM = -2


def _ends(
    asked: Asked, county: Selection, column: str, units: int, roles: tuple[str, ...], number: Ids
) -> Ids:
    """The unit of each record's end: -1 where it is not placed, `units` beyond the county, -2 without such a claim."""
    ids = tuple(LOCATION_ROLES.index(role) for role in roles)
    with asked.claims() as cursor:
        claims = fetch_ends(cursor, county, ("quality", column), tuple(sorted(ids)))
    found = np.full(number.size, _NO_CLAIM, dtype=np.int64)
    for role in reversed(ids):
        of_role = claims["role"] == role
        some = {name: values[of_role] for name, values in claims.items()}
        record, unit = _placed(some, column, units)
        place = np.searchsorted(number, record)
        known = place < number.size
        known[known] = number[place[known]] == record[known]
        found[place[known]] = unit[known]
    return found


def _placed(claims: Columns, column: str, units: int) -> tuple[Ids, Ids]:
    """Each record that claims a place in a role, and the unit that holds enough of its weight."""
    unit = claims[column].astype(np.int64)
    unit[(unit < 0) & (claims["quality"] <= PLOTTABLE)] = units
    records, row = np.unique(claims["number"].astype(np.int64), return_inverse=True)
    pair, at = np.unique(row * (units + 2) + unit + 1, return_inverse=True)
    weight = np.bincount(at, weights=claims["weight"].astype(np.float64), minlength=pair.size)
    whole = np.bincount(row, weights=claims["weight"].astype(np.float64), minlength=records.size)
    held = np.full(records.size, -1, dtype=np.int64)
    enough = weight >= PLACED_SHARE * np.maximum(whole[pair // (units + 2)], 1.0)
    held[pair[enough] // (units + 2)] = pair[enough] % (units + 2) - 1
    return records, held


def finely(asked: Asked) -> Asked:
    """The same asked of the feeds alone that may be told by hexagon, so that distances between ends can be counted."""
    fine = tuple(one for one in asked.permitted if one.places >= Grain.CELL)
    return replace(asked, permitted=fine, grain=Grain.CELL)
