"""How steady hotspots are: the map is drawn anew many times, and tested each time."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.stability import Claims, stability
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import NotWorkedOut
from trigpoint.gate.hotspot_test import CountyTest, as_asked, county_test, placed_among
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.units import Units
from trigpoint.store.claims import fetch_claims
from trigpoint.store.questions import Columns, Selection

__all__ = ["DRAWS", "STABILITY_WORDS", "stays_of"]

VERSION = 1
DRAWS = 200
STABILITY_WORDS = (
    f"Stays is the share of {DRAWS} redrawn maps in which a place is hot again: each uncertain record at one of the places "
    "it may be, by their weights, and as many records drawn, with replacement, as there are. It says whether the result "
    "hangs on few records or on doubtful places, not how likely the place is to be hot."
)


def stays_of(asked: Asked, units: Units, background: str) -> NDArray[np.float64] | None:
    """The share of redrawn maps in which each unit tested is hot, float64[n] in the order of the test.

    None where it was not asked for and is not kept. Raises NotWorkedOut where it was asked for and may not be made now.
    """
    question = asked.question
    parameters = (question.level_word, question.q, question.test, question.variant, background)
    patient = asked if question.stability else replace(asked, shelf=replace(asked.shelf, may_wait=False))
    try:
        found = worked(
            patient, "stability", VERSION, parameters, lambda rng, done: _work(asked, units, rng, done)
        )
    except NotWorkedOut:
        if question.stability:
            raise
        return None
    return np.asarray(found.tables["units"]["stays"], dtype=np.float64)


def _work(asked: Asked, units: Units, rng: np.random.Generator, done: Progress) -> Worked:
    test = county_test(asked, units)
    found = stability(
        _claims(asked, units, test),
        lambda counts, everything: test.test(counts, everything).hot,
        rng,
        draws=DRAWS,
        progress=done,
    )
    return Worked({"units": {"stays": found.stays}}, {"draws": found.draws})


def _claims(asked: Asked, units: Units, test: CountyTest) -> Claims:
    """Where each record may lie, among the units tested; records by their number, so that draws hang on nothing else."""
    number, theme = _records(test)
    columns = _fetch(asked, units)
    record = np.minimum(np.searchsorted(number, columns["number"]), max(number.size - 1, 0))
    mine = number[record] == columns["number"] if number.size else np.zeros(len(record), dtype=bool)
    record, place = record[mine], placed_among(columns[units.column][mine], units, test.ids)
    # by where they lie among the units tested, and not by how the store numbers places
    order = np.lexsort((place, record))
    starts = np.concatenate([[0], np.cumsum(np.bincount(record, minlength=number.size))])
    weight = columns["weight"][mine].astype(np.float64)
    return Claims(starts.astype(np.int64), place[order], weight[order], theme, len(test.ids))


def _records(test: CountyTest) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The number of every record that takes part, ascending, and whether it is one that the question asked about."""
    if test.everywhere is None:
        number = np.sort(test.records.columns["number"].astype(np.int64))
        return number, np.ones(number.size, dtype=bool)
    number = as_asked(test.everywhere, test.records, "number").astype(np.int64)
    order = np.argsort(number)
    return number[order], np.isin(test.everywhere.event, test.records.event)[order]


def _fetch(asked: Asked, units: Units) -> Columns:
    chosen = asked.selection
    known = Selection(known_at=chosen.known_at, without_categories=chosen.without_categories)
    with asked.claims() as cursor:
        return fetch_claims(cursor, known, ("number", "weight", units.column), primary=True)
