"""The test behind hotspots: of the whole county, before it is narrowed to a place, and never of more than is permitted."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.backgrounds import ChildrenBackground, RecordsBackground
from trigpoint.core.analysis.hotspot import HotspotResult, find_hotspots
from trigpoint.core.analysis.local_moran import find_moran_hotspots
from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.core.tally import by_unit
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.tested import TestedRecords, county_wide, tested_records
from trigpoint.gate.units import Units
from trigpoint.gate.units_tested import units_tested
from trigpoint.store.questions import Selection

__all__ = [
    "Compared",
    "CountyTest",
    "Test",
    "as_asked",
    "compared_with",
    "county_test",
    "placed_among",
]

Ids = NDArray[np.integer]
Counts = NDArray[np.int64]
Test = Callable[[Counts, Counts], HotspotResult]
"""The result, given the records asked about and all records of the same feeds in each unit tested."""

TOO_MANY = (
    "There are too many records for the exact test at this level: choose a finer level or a shorter period."
)
OF_RECORDS = ("records", "past")
"""Backgrounds made of records, of which those asked about are some."""
PICKED = ("themes", "categories", "hours", "weekdays")
"""Filters that pick some of the records of a place; the others then say what was to be expected there."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a test compares with: "even", "records", "children" or "past", why, and what the figures stand on."""

    background: str
    why: str
    stands_on: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CountyTest:
    """`result` is of the units `ids`, in order; `records` those that were tested, `test` what was done with them.

    `test` works for other counts of the same units too. `everywhere` are the records of the background, for the laws of
    records only.
    """

    ids: Ids
    result: HotspotResult
    records: TestedRecords
    compared: Compared
    test: Test
    everywhere: TestedRecords | None

    @property
    def hotspot_of_record(self) -> NDArray[np.int32]:
        """For each record tested the number of the hotspot it lies in, 0 for none, int32[n]."""
        return self.hotspot_of(self.records)

    def hotspot_of(self, records: TestedRecords) -> NDArray[np.int32]:
        """The same of any records of the units tested."""
        unit, ids = records.unit, self.ids
        size = max(int(ids.max(initial=-1)), int(unit.max(initial=-1))) + 2
        number = np.zeros(size, dtype=np.int32)
        number[ids] = self.result.hotspot
        # the last place is never a unit's: it stands for records that lie in none
        return number[np.where(unit < 0, size - 1, unit)]


def county_test(asked: Asked, units: Units, *more: str) -> CountyTest:
    """Test every unit of the county; `more` are columns of records wanted beside those that the test needs."""
    compared = compared_with(asked, units)
    records = tested_records(asked, units, *more)
    ids = units_tested(asked, units)
    neighbours = units.neighbours(ids)
    everywhere = None
    everything = np.zeros(len(ids), dtype=np.int64)
    counts = _counted(records.unit, units, ids)
    if compared.background in OF_RECORDS:
        wider = _not_picked(asked) if compared.background == "records" else _since_ever(asked)
        everywhere = tested_records(asked, units, selection=wider)
        everything = _counted(as_asked(everywhere, records, "unit"), units, ids)
    test = _test(asked, units, ids, neighbours, compared)
    try:
        result = test(counts, everything)
    except ValueError as error:
        raise QuestionError(TOO_MANY) from error
    return CountyTest(ids, result, records, compared, test, everywhere)


def compared_with(asked: Asked, units: Units) -> Compared:
    """The background of the question, or the usual one where it leaves it open.

    Raises QuestionError for a test that has no such background, and where nobody knows how many children live.
    """
    question = asked.question
    evenly_only = question.test == "moran" or question.variant == "fixed"
    if evenly_only and question.background not in ("", "even"):
        raise QuestionError(
            "This test compares evenly only: leave the background open, or choose the usual test."
        )
    if question.background == "children":
        children = asked.version.children(units.level, units.resolution)
        if children is None:
            raise QuestionError(
                "Nobody knows here how many children live in each place: choose another background, or hexagons."
            )
        return Compared("children", "as asked", children.stands_on)
    if question.background == "past" and question.period_from is None:
        raise QuestionError("A place is compared with its own past from a day on: say from when.")
    if question.background:
        return Compared(question.background, "as asked")
    if not evenly_only and any(getattr(question, name) for name in PICKED):
        return Compared(
            "records",
            "because some of the records of a place were chosen: compared evenly, the test mostly finds where people are",
        )
    return Compared("even", "because all records were chosen: it mostly finds where people are")


def placed_among(unit: Ids, units: Units, ids: Ids) -> NDArray[np.int64]:
    """Dense ids as positions in `ids`, -1 for those that are not among them and for none."""
    place = np.full(units.size + 1, -1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    return place[unit]


def _test(asked: Asked, units: Units, ids: Ids, neighbours: Neighbours, compared: Compared) -> Test:
    question = asked.question
    if question.test == "moran":
        return lambda counts, _: find_moran_hotspots(counts, neighbours, q=question.q)
    if compared.background in OF_RECORDS:
        return lambda counts, everything: find_hotspots(
            counts, neighbours, q=question.q, background=RecordsBackground(everything)
        )
    if compared.background == "children":
        known = asked.version.children(units.level, units.resolution)
        people = ChildrenBackground(known.people[ids]) if known else None
        return lambda counts, _: find_hotspots(counts, neighbours, q=question.q, background=people)
    fixed = question.variant == "fixed"
    return lambda counts, _: find_hotspots(counts, neighbours, q=question.q, fixed_own_value=fixed)


def _counted(unit: Ids, units: Units, ids: Ids) -> Counts:
    counts, unplaced = by_unit(unit, units.size)
    if int(counts[ids].sum()) + unplaced != len(unit):
        raise RuntimeError("a record lies in a unit that was not tested")
    return counts[ids]


def _not_picked(asked: Asked) -> Selection:
    """All records of the chosen feeds: the selection without what picks among the records of a place."""
    return replace(county_wide(asked), theme_mask=0, categories=(), hours=(), weekdays=())


def _since_ever(asked: Asked) -> Selection:
    """The records asked about and those like them of all the time before: what a place's own past is told by."""
    return replace(county_wide(asked), from_day=None)


def as_asked(everywhere: TestedRecords, records: TestedRecords, column: str) -> NDArray[np.integer]:
    """A column of all records; an event that the question asked about has the value of the question's record of it."""
    values: NDArray[np.integer] = everywhere.columns[column].copy()
    order = np.argsort(records.event, kind="stable")
    known = records.event[order]
    if known.size:
        at = np.minimum(np.searchsorted(known, everywhere.event), known.size - 1)
        same = known[at] == everywhere.event
        values[same] = records.columns[column][order][at[same]]
    return values
