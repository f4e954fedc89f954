"""Rates by ward or district: how many, for how many children, and whether that is more than size alone explains."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.count_interval import count_interval
from trigpoint.core.analysis.funnel import Funnel, funnel
from trigpoint.core.analysis.shrinkage import Shrunken, shrink
from trigpoint.core.tally import by_unit, rate_per_1000
from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import Asked
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.tested import left_out_words, tested_records
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside

__all__ = ["answer_rates"]

Floats = NDArray[np.float64]

STATES = {
    -2: "below the 99.8% limit", -1: "below the 95% limit", 0: "within", 1: "above the 95% limit",
    2: "above the 99.8% limit",
}  # fmt: skip
NOT_KNOWN = "not known"
METHOD = (
    "Rate: records tested for every 1,000 children aged 10 to 17, with the exact Poisson interval (Garwood). Shrunken: "
    "drawn towards the county's rate by as much as the place is small (empirical Bayes, Marshall 1991), with the interval "
    "of the gamma law. State: against exact Poisson funnel limits around the county's rate; state_allowing widens them by "
    "how much places differ beyond chance (Spiegelhalter 2005)."
)
SENTENCE = (
    "A rate of a small place moves much by chance: read the shrunken one. Above a limit means more than its children alone "
    "would lead one to expect; who is harmed there may live elsewhere."
)


def answer_rates(asked: Asked) -> Answer:
    """Columns code, name, count, population, rate_per_1000, lower, upper, shrunken_per_1000, shrunken_lower,
    shrunken_upper, expected, lower_95, upper_95, lower_998, upper_998, state, state_allowing.

    One row for each ward or district. Rates, intervals and limits are per 1,000 of the population aged 10 to 17 (of all
    ages where no ages are loaded: see about["denominator"]); NaN, and a state of "not known", where nobody is known to
    live. Every place is measured against the whole county, also where rows are narrowed to a place.
    """
    units = units_of(asked)
    records = tested_records(asked, units)
    counts, unplaced = by_unit(records.unit, units.size)
    population = asked.version.population(units.level)
    people = np.full(units.size, np.nan) if population is None else population.people
    plain, wide = funnel(counts, people), funnel(counts, people, over_dispersed=True)
    table = _table(units, counts, people, shrink(counts, people)) | _limits(plain, wide, people)
    here = np.flatnonzero(units_inside(asked.within, units, np.arange(units.size)))
    about = asked.about(
        total=len(records),
        unplaced=unplaced,
        not_tested=records.not_tested,
        denominator=_denominator(asked, units),
        usual_per_1000=None if np.isnan(plain.usual) else round(1000.0 * plain.usual, 6),
        dispersion=wide.dispersion,
        people_not_known=int(np.count_nonzero(~(people > 0))),
        method=METHOD,
        sentence=SENTENCE,
        compared_with=f"all {units.level}s of the county together",
        left_out_of_test=left_out_words(asked),
    )
    rows = {name: _at(column, here) for name, column in table.items()}
    return Answer("rates", rows, about, geometry_part(asked, units, here))


def _table(units: Units, counts: NDArray[np.int64], people: Floats, shrunken: Shrunken) -> dict[str, Any]:
    ids = np.arange(units.size)
    limits = np.array([count_interval(count) for count in counts.tolist()], dtype=np.float64).reshape(-1, 2)
    return {
        "code": units.codes(ids),
        "name": units.names(ids),
        "count": counts,
        "population": people,
        "rate_per_1000": rate_per_1000(counts, people),
        "lower": _per_1000(limits[:, 0], people),
        "upper": _per_1000(limits[:, 1], people),
        "shrunken_per_1000": 1000.0 * shrunken.rate,
        "shrunken_lower": 1000.0 * shrunken.lower,
        "shrunken_upper": 1000.0 * shrunken.upper,
    }


def _limits(plain: Funnel, wide: Funnel, people: Floats) -> dict[str, Any]:
    return {
        "expected": plain.expected,
        "lower_95": _per_1000(plain.lower[0], people),
        "upper_95": _per_1000(plain.upper[0], people),
        "lower_998": _per_1000(plain.lower[1], people),
        "upper_998": _per_1000(plain.upper[1], people),
        "state": _states(plain),
        "state_allowing": _states(wide),
    }


def _per_1000(counts: Floats, people: Floats) -> Floats:
    rates = np.full(counts.size, np.nan)
    np.divide(1000.0 * counts, people, out=rates, where=people > 0)
    return rates


def _states(found: Funnel) -> list[str]:
    known = np.isfinite(found.expected).tolist()
    return [
        STATES[state] if told else NOT_KNOWN for state, told in zip(found.state.tolist(), known, strict=True)
    ]


def _denominator(asked: Asked, units: Units) -> str:
    population = asked.version.population(units.level)
    if population is None:
        return "no population is loaded"
    return "residents aged 10–17" if population.ages else "residents of every age, because no ages are loaded"


def _at(column: Any, here: NDArray[np.intp]) -> Any:
    return column[here] if isinstance(column, np.ndarray) else [column[place] for place in here.tolist()]
