"""The test behind emerging hotspots: of the whole county, step by step, and never of more than is permitted."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.cube_laws import ChildrenOverTime, CubeBackground, RecordsOverTime
from trigpoint.core.analysis.emerging import LEAST_STEPS, EmergingResult, find_emerging
from trigpoint.core.analysis.onset import Onset, find_onsets
from trigpoint.core.tally import by_unit
from trigpoint.gate.asked import EPOCH, LONDON, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.hotspot_test import TOO_MANY, Compared, as_asked, compared_with
from trigpoint.gate.steps import last_steps, step_start
from trigpoint.gate.tested import TestedRecords, county_wide, tested_records
from trigpoint.gate.units import Units
from trigpoint.gate.units_tested import units_tested
from trigpoint.store.questions import Selection

__all__ = ["STEPS_A_YEAR", "CountyHistory", "county_history", "step_edges", "step_words"]

Ids = NDArray[np.integer]
Counts = NDArray[np.int64]

STEPS_A_YEAR = {"week": 52, "month": 12, "quarter": 4}
MOST_STEPS = {"week": 104, "month": 24, "quarter": 12}
"""How far back is looked unless the question says: two years, or three in quarters."""


@dataclass(frozen=True, slots=True, eq=False)
class CountyHistory:
    """`edges` are the first days of the m steps and the day after the last; `ids` the n units tested, in order.

    `counts` int64[n, m]; `records` those tested, `step` int64 of each of them; `onset` is each unit's own.
    """

    edges: tuple[date, ...]
    ids: Ids
    counts: Counts
    records: TestedRecords
    step: NDArray[np.int64]
    result: EmergingResult
    onset: Onset
    compared: Compared

    def place_of_record(self, place: NDArray[np.integer]) -> NDArray[np.int64]:
        """What `place`, [n units], says of the unit of each record tested; 0 for those in none."""
        unit = self.records.unit
        size = max(int(self.ids.max(initial=-1)), int(unit.max(initial=-1))) + 2
        told = np.zeros(size, dtype=np.int64)
        told[self.ids] = place
        return told[np.where(unit < 0, size - 1, unit)]


def county_history(asked: Asked, units: Units) -> CountyHistory:
    """Test every unit of the county in every step. Raises QuestionError where there are too few steps."""
    question = asked.question
    edges = step_edges(asked)
    chosen = _between(county_wide(asked), edges)
    compared = compared_with(asked, units)
    records = tested_records(asked, units, "day", "agency", "quality", "role", selection=chosen)
    ids = units_tested(asked, units)
    days = np.array([(edge - EPOCH).days for edge in edges])
    step = np.searchsorted(days, records.columns["day"], side="right") - 1
    counts = _counted(records.unit, step, units, ids, len(edges) - 1)
    background: CubeBackground | None = None
    if compared.background == "records":
        everything = _everything(asked, units, ids, chosen, records, days)
        background = RecordsOverTime(everything)
    if compared.background == "children":
        living = _children(asked, units, ids)
        counts[np.isnan(living)] = 0
        background = ChildrenOverTime(living)
    try:
        result = find_emerging(
            counts,
            units.neighbours(ids),
            esri_version=question.esri,
            window=question.window,
            rate=question.q,
            background=background,
        )
    except ValueError as error:
        raise QuestionError(TOO_MANY) from error
    onset = find_onsets(counts, counts.sum(axis=0), steps_a_year=STEPS_A_YEAR[question.step])
    return CountyHistory(edges, ids, counts, records, step, result, onset, compared)


def step_edges(asked: Asked) -> tuple[date, ...]:
    """The steps looked at: those that are over, as asked, and where that is open the last two years that have records.

    Raises QuestionError for days, and for fewer than LEAST_STEPS steps.
    """
    question = asked.question
    if question.step not in MOST_STEPS:
        raise QuestionError("An emerging pattern is told by weeks, months or quarters.")
    start, end = asked.period()
    today = question.known or asked.at.astimezone(LONDON).date()
    edges: tuple[date, ...] = ()
    if start and end:
        most = question.months * STEPS_A_YEAR[question.step] // 12 or MOST_STEPS[question.step]
        if question.period_from:
            most = 10_000
        last = end if question.period_to else min(end, today)
        first = step_start(start, question.step)
        number = 0
        while number < most and last_steps(last, question.step, number + 1)[0] >= first:
            number += 1
        edges = last_steps(last, question.step, number)
    if len(edges) <= LEAST_STEPS:
        raise QuestionError(
            f"An emerging pattern needs at least {LEAST_STEPS} {question.step}s that are over, and there are "
            f"{max(len(edges) - 1, 0)}: choose a longer period or shorter steps."
        )
    return edges


def step_words(edges: tuple[date, ...], step: str) -> list[str]:
    """Steps in words: "2026-04", "2026-Q2", or the week's Monday."""
    if step == "month":
        return [f"{edge:%Y-%m}" for edge in edges[:-1]]
    if step == "quarter":
        return [f"{edge.year}-Q{(edge.month + 2) // 3}" for edge in edges[:-1]]
    return [edge.isoformat() for edge in edges[:-1]]


def _between(selection: Selection, edges: tuple[date, ...]) -> Selection:
    return replace(selection, from_day=(edges[0] - EPOCH).days, to_day=(edges[-1] - EPOCH).days)


def _counted(unit: Ids, step: Ids, units: Units, ids: Ids, steps: int) -> Counts:
    bins, unplaced = by_unit(np.where(unit < 0, -1, unit.astype(np.int64) * steps + step), units.size * steps)
    counts = bins.reshape(units.size, steps)[ids]
    if int(counts.sum()) + unplaced != len(unit):
        raise RuntimeError("a record lies in a unit that was not tested")
    return counts


def _everything(
    asked: Asked, units: Units, ids: Ids, chosen: Selection, records: TestedRecords, days: NDArray[np.int64]
) -> Counts:
    every = replace(chosen, theme_mask=0, categories=(), hours=(), weekdays=())
    everywhere = tested_records(asked, units, "day", selection=every)
    step = np.searchsorted(days, as_asked(everywhere, records, "day"), side="right") - 1
    return _counted(as_asked(everywhere, records, "unit"), step, units, ids, len(days) - 1)


def _children(asked: Asked, units: Units, ids: Ids) -> NDArray[np.float64]:
    known = asked.version.children(units.level, units.resolution)
    if known is None:
        raise RuntimeError("compared with children, though nobody knows how many there are")
    return np.asarray(known.people[ids], dtype=np.float64)
