"""Concentration: on how few streets, hexagons or wards most of the records lie, and whether that is more than chance."""

import numpy as np

from trigpoint.core.analysis.concentration import by_chance, generalised_gini, gini, lorenz, share_holding
from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import left_out_words, tested_records
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside, units_tested

__all__ = ["answer_concentration"]

VERSION = 1
SHARES = (0.25, 0.5)
DRAWS = 99
CURVE_POINTS = 101
MEASURES = (
    "units that hold a quarter of the records", "units that hold half of the records",
    "generalised Gini", "Gini",
)  # fmt: skip


def answer_concentration(asked: Asked) -> Answer:
    """Columns measure, value, by_chance, by_chance_low, by_chance_high: shares of the units, and two indices.

    What chance gives is the mean, and the limits of 95 % of draws, of as many records thrown at as many units; Gini
    has none of its own. Part "curve" has share_of_units and share_of_records, the fullest units first. Asked within
    places, only units that lie in them are counted. No row where nothing was recorded.
    """
    units = units_of(asked)
    parameters = (asked.question.level_word, tuple(one.key for one in asked.within))
    found = worked(
        asked, "concentration", VERSION, parameters, lambda rng, done: _work(asked, units, rng, done)
    )
    facts = found.facts
    about = asked.about(
        **facts,
        method=_METHOD,
        sentence=_sentence(units, found.tables["measures"]),
        compared_with="as many records thrown at as many units, each unit as likely as any other",
        left_out_of_test=left_out_words(asked),
    )
    return Answer("concentration", found.tables["measures"], about, {"curve": found.tables["curve"]})


def _work(asked: Asked, units: Units, rng: np.random.Generator, done: Progress) -> Worked:
    records = tested_records(asked, units)
    counts, unplaced = by_unit(records.unit, units.size)
    ids = units_tested(asked, units)
    ids = ids[units_inside(asked.within, units, ids)]
    held = counts[ids]
    total = int(held.sum())
    facts = {
        "total": total if asked.within else total + unplaced,
        "unplaced": 0 if asked.within else unplaced,
        "not_tested": records.not_tested,
        "units": len(ids),
        "units_with_records": int(np.count_nonzero(held)),
    }
    done(0, 1)
    if total == 0:
        return Worked({"measures": _measures([], []), "curve": _curve(np.empty(0))}, facts)
    chance = by_chance(len(ids), total, SHARES, draws=DRAWS, rng=rng)
    values = [*(share_holding(held, share) for share in SHARES), generalised_gini(held), gini(held)]
    by = [*chance.holding, chance.gini, (np.nan, np.nan, np.nan)]
    return Worked({"measures": _measures(values, by), "curve": _curve(held)}, facts)


def _measures(values: list[float], by: list[tuple[float, float, float]]) -> Table:
    mean, low, high = np.array(by, dtype=float).reshape(-1, 3).T
    return {
        "measure": list(MEASURES[: len(values)]),
        "value": np.array(values, dtype=float),
        "by_chance": mean,
        "by_chance_low": low,
        "by_chance_high": high,
    }


def _curve(held: np.ndarray) -> Table:
    """The fullest units first, at whole percents of the units."""
    if held.size == 0:
        return {"share_of_units": np.empty(0), "share_of_records": np.empty(0)}
    units, records = lorenz(held)
    at = np.linspace(0.0, 1.0, CURVE_POINTS)
    return {"share_of_units": at, "share_of_records": 1.0 - np.interp(1.0 - at, units, records)}


def _sentence(units: Units, measures: Table) -> str:
    what = _what(units)
    if len(measures["value"]) == 0:
        return "Nothing was recorded, so nothing is concentrated."
    half, chance = measures["value"][1], measures["by_chance"][1]
    return (
        f"Half of the records lie on {half:.1%} of the {what}; if records fell anywhere alike, it would be {chance:.1%}. "
        "Few records always lie on few places: read the two together."
    )


def _what(units: Units) -> str:
    if units.level == "street" and units.version.streets.anchors:
        return "anchor points at which anything was ever placed"
    return {"street": "streets", "cell": "hexagons", "ward": "wards", "lsoa": "small areas"}[units.level]


_METHOD = (
    "The smallest share of all units, empty ones included, that holds a quarter and half of the records; Gini's index; "
    "and the generalised Gini (Bernasco & Steenbeek 2017), which is 0 where records are spread as evenly as their "
    f"number allows. Chance: {DRAWS} draws."
)
