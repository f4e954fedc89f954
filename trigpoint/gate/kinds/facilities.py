"""Facilities and risk: near which kinds of place more is recorded, how firmly that stands, and quarter by quarter."""

from typing import Any

import numpy as np

from trigpoint.core.analysis.risk_factors import Factor, factor_distances, risk_factors
from trigpoint.core.analysis.risk_terrain import REPLICATES, RiskTerrain, risk_terrain
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.facility_ground import ground_of, placed_sites
from trigpoint.gate.facility_quarters import quarter_tables
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import left_out_words, tested_records
from trigpoint.gate.units import Units, units_of
from trigpoint.store.sites import SITE_CLASSES

__all__ = ["answer_facilities"]

VERSION = 2
LEAST_EVENTS = 30
"""With fewer, no model is fitted: whatever it chose would be one or two events."""

METHOD = (
    "Risk terrain modelling, of hexagons with a street in them. They are told apart by whether a site of a class is near or "
    "such sites are dense, at half-block steps to three blocks; an elastic-net Poisson fit screens them, then one at a time "
    "is added or dropped while the information criterion falls, Poisson and negative binomial, the better kept. Relative "
    f"risk is exp of the coefficient. Held is the share of {REPLICATES} redrawn maps in which the factor is chosen again. "
    "Distances are straight lines. Who lives in a place is never a factor."
)
NOTHING_CAUSED = (
    "Sites stand where people and roads are, and so do records: a factor says what goes together, not what causes it, and "
    "nothing of any one site."
)


def answer_facilities(asked: Asked) -> Answer:
    """Columns class, how (proximity or density), distance_m, relative_risk, coefficient, held, class_held: a row for
    each factor chosen, the largest risk first.

    Part "not_chosen": class, class_held. Part "quarters": class, near_m, quarter, near, records, share, low, high,
    of_county, ratio, ratio_low, ratio_high. Part "trends": class, near_m, trend_z, trend_p. Sites that a viewer may not
    place are not used. Asked within a place: refused, for a model is of the county.
    """
    if asked.within:
        raise QuestionError("Facilities and risk are told of the whole county: leave out the place.")
    question = asked.question
    for one in question.classes:
        if one not in SITE_CLASSES:
            raise QuestionError(f"There is no class of site '{one}': choose {', '.join(SITE_CLASSES)}.")
    units = units_of(asked)
    start, end = asked.period()
    parameters = (question.level_word, question.classes, start, end, bool(question.categories))
    found = worked(asked, "facilities", VERSION, parameters, lambda rng, done: _work(asked, units, rng, done))
    about = asked.about(
        **found.facts,
        method=METHOD,
        compared_with="hexagons with a street in them and without the factor, all other factors alike; by the quarter, "
        "as many metres of street",
        left_out_of_test=left_out_words(asked),
        sentence=_sentence(found),
    )
    parts = {name: found.tables[name] for name in ("not_chosen", "quarters", "trends")}
    return Answer("facilities", found.tables["chosen"], about, parts)


def _work(asked: Asked, units: Units, rng: np.random.Generator, done: Progress) -> Worked:
    records = tested_records(asked, units, "day")
    start, end = asked.period()
    sites, ground = placed_sites(asked, start, end), ground_of(units)
    place = ground.place(records.unit)
    inside = place >= 0
    counts = np.bincount(place[inside], minlength=ground.ids.size).astype(np.int64)
    points = {kind: sites.point[sites.kind == kind] for kind in sites.kinds}
    distances_m = factor_distances(ground.block_m, least_m=ground.least_m)
    factors = risk_factors(ground.easting_m, ground.northing_m, points, distances_m)
    facts: dict[str, Any] = {
        "total": len(records),
        "unplaced": records.unplaced,
        "beyond": len(records) - records.unplaced - int(np.count_nonzero(inside)),
        "not_tested": records.not_tested,
        "cells": int(ground.ids.size),
        "sites": {kind: len(points[kind]) for kind in points},
        "kept_coarse": sites.coarse,
        "block_m": ground.block_m,
        "least_m": ground.least_m,
        "tried": len(factors.factors),
        "too_rare": len(factors.too_rare),
        "model": "",
    }
    tables: dict[str, Table] = {"quarters": {}, "trends": {}}
    if start is not None and end is not None:
        day = records.columns["day"][inside]
        tables |= quarter_tables(ground, sites, place[inside], day, start, end)
    tables |= {"chosen": _chosen(None), "not_chosen": {"class": [], "class_held": []}}
    if int(counts.sum()) < LEAST_EVENTS:
        return Worked(tables, facts)
    model = risk_terrain(counts, factors, rng, progress=done)
    facts |= {
        "model": "negative binomial" if model.negative_binomial else "Poisson",
        "bic": model.model.bic,
        "null_bic": model.null_bic,
        "screened": model.screened,
        "highest_relative_risk": float(model.relative.max()),
    }
    held = np.array([one for _, one in model.others])
    tables |= {
        "chosen": _chosen(model),
        "not_chosen": {"class": [kind for kind, _ in model.others], "class_held": held},
    }
    return Worked(tables, facts)


def _chosen(model: RiskTerrain | None) -> Table:
    chosen: tuple[Factor, ...] = model.chosen if model else ()
    nothing = np.empty(0)
    return {
        "class": [one.site_class for one in chosen],
        "how": [one.kind for one in chosen],
        "distance_m": np.array([one.distance_m for one in chosen]),
        "relative_risk": model.value if model else nothing,
        "coefficient": model.coefficient if model else nothing,
        "held": model.inclusion if model else nothing,
        "class_held": model.class_inclusion if model else nothing,
    }


def _sentence(found: Worked) -> str:
    chosen = found.tables["chosen"]
    if not found.facts["model"]:
        return f"Fewer than {LEAST_EVENTS} events lie in the county's hexagons: too few to tell what goes with them."
    if not len(chosen["class"]):
        return f"No class of site goes with more than is recorded elsewhere, beyond chance. {NOTHING_CAUSED}"
    words = SITE_CLASSES[chosen["class"][0]][1].lower()
    how = "near" if chosen["how"][0] == "proximity" else "where there are many of the"
    times = float(chosen["relative_risk"][0])
    return (
        f"{how.capitalize()} {words} ({chosen['distance_m'][0]:.0f} metres), {times:.1f} times as much is recorded as "
        f"elsewhere, the other factors alike. {NOTHING_CAUSED}"
    )
