"""The records that may take part in a test: one rule for every test there is."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.asked import Asked
from trigpoint.gate.events import counts_events, of_events, standing
from trigpoint.gate.people import People, people_of
from trigpoint.gate.units import Units
from trigpoint.store.counts import may_be_tested
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns, Selection

__all__ = ["TestedRecords", "county_wide", "left_out_words", "tested_records"]

_NEEDED = ("number", "detection", "grade", "feed", "day", "weekday")
"""What every test needs, the last three for the guard on people (`hotspot_evidence`)."""


@dataclass(frozen=True, slots=True, eq=False)
class TestedRecords:
    """Records that may be tested: permitted, selected, not graded E, not discovered by our own work, each event once.

    `columns` are [n] each: "number", "detection", "grade", "feed", "day", "weekday", the unit's column (under its own
    name and as "unit"; -1 where the record lies in no unit) and what was asked for beside them; `event` int64[n].
    `told_by` are *all* the records that may be tested before those of one event were made one, with the same columns
    and "event": what agencies and people are counted by; `stands_for` int64[m] is for each of them the position in `columns`
    of the record that stands for its event. `not_tested` records were selected and may not take part.
    """

    columns: Columns
    event: NDArray[np.int64]
    told_by: Columns
    stands_for: NDArray[np.intp]
    not_tested: int
    asked: Asked

    @property
    def unit(self) -> NDArray[np.int32]:
        """The unit of each record, int32[n]; -1 for none."""
        return np.asarray(self.columns["unit"], dtype=np.int32)

    @property
    def unplaced(self) -> int:
        """How many may be tested and lie in no unit of the level."""
        return int(np.count_nonzero(self.unit < 0))

    def __len__(self) -> int:
        return len(self.columns["number"])

    def people(self) -> People:
        """The persons of `told_by`, for counting them and for nothing else."""
        return people_of(self.asked, self.told_by["number"].astype(np.int64))


def tested_records(
    asked: Asked, units: Units, *more: str, selection: Selection | None = None
) -> TestedRecords:
    """The records that a test of these units works from, over the whole county unless a selection is given.

    An event may be tested where any of its records may: what an officer found and a neighbour reported was
    reported. Of an event's records one stands for it: one that lies in a unit before one that does not.
    """
    chosen = county_wide(asked) if selection is None else selection
    wanted = tuple(dict.fromkeys((units.column, *_NEEDED, *more)))
    with asked.records() as cursor:
        found = fetch_columns(cursor, chosen, wanted)
    found["unit"] = found[units.column]
    found["event"] = _events(asked, found)
    may = may_be_tested(found["detection"], found["grade"], discovered=bool(chosen.detections))
    told_by = {name: column[may] for name, column in found.items()}
    at, stands_for = _standing(asked, told_by, units)
    columns = {name: column[at] for name, column in told_by.items()}
    selected = len(_standing(asked, found, units)[0])
    return TestedRecords(columns, told_by["event"][at], told_by, stands_for, selected - len(at), asked)


def county_wide(asked: Asked) -> Selection:
    """The question's selection without the places it is narrowed to: tests are the county's."""
    return replace(asked.selection, within=())


def left_out_words(asked: Asked) -> str:
    """What tests leave out, in words."""
    if asked.question.detections:
        return "Records graded E are not tested."
    return "Records that our own work discovered, and records graded E, are not tested."


def _events(asked: Asked, columns: Columns) -> NDArray[np.int64]:
    number = columns["number"].astype(np.int64)
    return of_events(asked, number) if counts_events(asked) else number


def _standing(asked: Asked, columns: Columns, units: Units) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    if not counts_events(asked):
        every = np.arange(len(columns["number"]))
        return every, every
    return standing(columns["event"], columns, units.column)
