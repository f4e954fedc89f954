"""How many records in each unit of a level, and per 1,000 residents where the residents are known."""

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.tally import by_unit, rate_per_1000
from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import Asked
from trigpoint.gate.events import counts_events, leading
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside
from trigpoint.store.picture import fetch_columns, fetch_tallied

__all__ = ["answer_counts", "denominator_words", "listed_units", "rates"]

METHOD = (
    "Whole records, each counted once at its primary place, in the one unit that holds at least 0.9 of the weight "
    "of its candidate places."
)


def answer_counts(asked: Asked) -> Answer:
    """Columns code, name, count, rate_per_1000 (NaN where no population is known).

    Districts, wards and LSOAs are all listed, zeros too; streets and hexagons only where something is counted.
    """
    units = units_of(asked)
    counts, unplaced = _counted(asked, units)
    ids = listed_units(asked, units, counts)
    about = asked.about(
        total=int(counts.sum()) + unplaced,
        unplaced=unplaced,
        denominator=denominator_words(units),
        method=METHOD,
    )
    columns = {
        "code": units.codes(ids),
        "name": units.names(ids),
        "count": counts[ids],
        "rate_per_1000": rates(units, counts)[ids],
    }
    return Answer("counts", columns, about, geometry_part(asked, units, ids))


def _counted(asked: Asked, units: Units) -> tuple[NDArray[np.int64], int]:
    """Records in each unit, or linked events at the records that stand for them; and how many lie in none."""
    with asked.records() as cursor:
        if not counts_events(asked):
            found = fetch_tallied(cursor, asked.selection, (units.column,))
            return by_unit(found[units.column], units.size, found["many"])
        columns = fetch_columns(cursor, asked.selection, (units.column, "number"))
    return by_unit(columns[units.column][leading(asked, columns, units.column)], units.size)


def listed_units(asked: Asked, units: Units, counts: NDArray[np.int64]) -> NDArray[np.integer]:
    """The units an answer lists, in order: those that hold something, and every area of the places asked about."""
    holding = np.flatnonzero(counts)
    if units.level in ("street", "cell"):
        return units.in_order(holding)
    everything = np.arange(units.size)
    if not asked.within:
        return everything
    listed = [holding]
    for place in asked.within:
        if place.kind == units.level:
            listed.append(everything[everything == place.id])
        elif place.kind == "route":
            listed.append(everything[units_inside((place,), units, everything)])
        elif place.kind == "district":
            listed.append(everything[units.districts(everything) == place.id])
        elif place.kind == "ward":
            listed.append(everything[units.wards(everything) == place.id])
    return np.unique(np.concatenate(listed))


def rates(units: Units, counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Per 1,000 residents, float64[units]; NaN where none are known, and at every level that has no population."""
    population = None if units.level in ("street", "cell") else units.version.population(units.level)
    if population is None:
        return np.full(counts.size, np.nan)
    return rate_per_1000(counts, population.people)


def denominator_words(units: Units) -> str | None:
    """What a rate is per 1,000 of; None where there is no rate."""
    population = None if units.level in ("street", "cell") else units.version.population(units.level)
    if population is None:
        return None
    return "residents aged 10–17" if population.ages else "all residents"
