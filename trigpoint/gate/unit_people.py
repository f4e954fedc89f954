"""How many people stand behind what each unit holds, in bands: what a picture may tell of it.

A hotspot that one or few make is told without its place (`hotspot_evidence`). A map of people must not give that
place back: below the district a number is told only where it is certain that there are many, and everywhere else one
and the same thing is said, whether few are there or the feeds cannot tell.
"""

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.disclosure.people import BAND_EDGES, Verdict, band_words, judge, people_bounds
from trigpoint.gate.answers import Column
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.events import leading, of_events
from trigpoint.gate.hotspot_evidence import shipped_people_rules
from trigpoint.gate.people import people_of
from trigpoint.gate.questions import Question
from trigpoint.gate.units import Units
from trigpoint.store.questions import Columns

__all__ = ["CANNOT_TELL", "PEOPLE_COLUMNS", "check_people", "people_sentence", "people_table"]

Ids = NDArray[np.integer]

CANNOT_TELL = 0
"""The class of a unit of which no number of people is told; 1 is fewer than `BAND_EDGES[0]`, and so on up."""
PEOPLE_COLUMNS = ("number", "day")
"""Columns of records, beside the unit's, that the bands are made of."""


def check_people(question: Question) -> None:
    """Raises QuestionError where the people of one agency alone are asked of units finer than a district."""
    one_agency = question.agencies or question.feeds or question.categories
    if question.measure == "people" and question.level != "district" and one_agency:
        raise QuestionError(
            "Below the district, how many people there are is told of all agencies together: one agency alone would "
            "tell where few are. Take its filter away, or ask by district."
        )


def people_table(asked: Asked, units: Units, inside: Columns, ids: Ids) -> dict[str, Column]:
    """Columns for the units `ids`: people_class int64[n], people_least and people_most in words, "" where not told.

    `inside` are the records of the picture, with `PEOPLE_COLUMNS` and the unit's column; records of one linked event
    count in the unit of the one that stands for it. Bounds are those of `people_bounds`, and mislead where those do.
    """
    number = inside["number"].astype(np.int64)
    event = of_events(asked, number)
    known = people_of(asked, number)
    bounds = people_bounds(
        _of_events(asked, units, inside, event),
        known.person,
        known.holder,
        np.zeros(number.size, dtype=np.int64),
        event,
        inside["day"],
        units.size,
    )
    told = np.ones(units.size, dtype=bool)
    if units.level != "district":
        told = judge(bounds, shipped_people_rules()).verdict == Verdict.MANY
    least, most = bounds.people_min[ids].tolist(), bounds.people_max[ids].tolist()
    shown = told[ids]
    classes = np.where(
        shown, 1 + np.searchsorted(BAND_EDGES, bounds.people_min[ids], side="right"), CANNOT_TELL
    )
    return {
        "people_class": classes.astype(np.int64),
        "people_least": [
            band_words(one) if may else "" for one, may in zip(least, shown.tolist(), strict=True)
        ],
        "people_most": [
            band_words(one) if may else "" for one, may in zip(most, shown.tolist(), strict=True)
        ],
    }


def people_sentence(level: str) -> str:
    """What the bands are, and why some units have none."""
    rules = shipped_people_rules()
    bounds = (
        "Distinct people, at least: as many as the agency that knows most of them knows. At most: the sum over agencies, "
        "linked events once. Agencies share no key of a person."
    )
    if level == "district":
        return bounds
    return (
        f"{bounds} Told only where {rules.least} or more are known and no one makes more than "
        f"{round(100 * rules.most_share)}% of it; everywhere else we cannot tell."
    )


def _of_events(asked: Asked, units: Units, inside: Columns, event: NDArray[np.int64]) -> NDArray[np.int64]:
    """The unit of the event of each record, int64[n]; -1 for none."""
    leads = leading(asked, inside, units.column)
    order = np.argsort(event[leads], kind="stable")
    place = np.searchsorted(event[leads][order], event)
    return inside[units.column][leads][order][place].astype(np.int64)
