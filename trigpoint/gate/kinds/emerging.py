"""Emerging hotspots: which places are hot now, since when, and whether that is more than their own past."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.emerging import CATEGORIES, HOT_CATEGORIES
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import LONDON, Asked
from trigpoint.gate.emerging_places import (
    Places,
    hot_now,
    place_series,
    place_table,
    rising,
)
from trigpoint.gate.emerging_test import CountyHistory, county_history, step_words
from trigpoint.gate.hotspot_evidence import ONE_SOURCE
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.kinds.hotspot_words import compared_words, law_sentence, unit_word
from trigpoint.gate.returning_places import returning_places
from trigpoint.gate.tested import county_wide, left_out_words
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside

__all__ = ["answer_emerging"]

Ids = NDArray[np.integer]

SENTENCE = (
    "It says how a place's history looks, month by month, not why, nor that it will go on. A place that is cold may be "
    "one from which nobody sends: see silence."
)

NO_NEWS = {
    "even": 'Compared evenly, a "new hot spot" is no news by itself: where records simply gather, most maps with nothing '
    "new in them have one. What is rising against its own past is news. "
}


def answer_emerging(asked: Asked) -> Answer:
    """Columns code, name, easting_m, northing_m, ward_code, count, last, category, since, first_hot, z, p, trend_z,
    trend_p, rise_since, rise_p, rise_q, rise_season_p: one row a unit.

    count is of all steps, last of the last one; z and p are the last step's, NaN where not tested; since is the step
    from which on it has been hot without a break, first_hot the first ever, rise_since that from which on it has more
    than its own past and the county's months give ("" for none). Part "classes" counts the categories; "places" are
    units of a hot category that touch; "rising" units that touch and have more lately than their own past; "steps" what
    each of both had in each step; "returning" units that touch and come back with a school holiday or a season, without
    those that are a concern about one source. Other such places are told without their place, as hotspots are.
    Asked within a place, the test is still the county's, and rows and places are those of the place.
    """
    units = units_of(asked)
    county = asked.version.recall(_key(asked), lambda: county_history(asked, units))
    places, rises = hot_now(county, units), rising(county, units, asked.question.q)
    withheld = places.hides | rises.hides
    here = np.flatnonzero(units_inside(asked.within, units, county.ids) & ~withheld)
    inside = np.zeros(len(county.ids), dtype=bool)
    inside[here] = True
    told = [one.told(inside) for one in (places, rises)]
    parts: dict[str, Table] = {
        "classes": _classes(county),
        "places": place_table(asked, county, units, places, told[0], withheld),
        "rising": place_table(asked, county, units, rises, told[1], withheld),
        "steps": place_series(asked, county, {"places": (places, told[0]), "rising": (rises, told[1])}),
    }
    recurring = returning_places(asked, county, units, inside, withheld)
    parts["returning"] = recurring.table
    about = _about(asked, units, county, places, rises, told) | recurring.about
    return Answer(
        "emerging",
        _rows(asked, county, units, here),
        about,
        parts | geometry_part(asked, units, county.ids[here]),
    )


def _key(asked: Asked) -> tuple[object, ...]:
    """All that the county's history depends on: never the place it is narrowed to, always who may see what."""
    question = asked.question
    names = (
        "level_word",
        "q",
        "esri",
        "window",
        "step",
        "months",
        "background",
        "counted",
        "period_from",
        "period_to",
    )
    today = question.known or asked.at.astimezone(LONDON).date()
    chosen = tuple(getattr(question, name) for name in names)
    return ("emerging", asked.permitted, county_wide(asked), chosen, today, bool(question.categories))


def _rows(asked: Asked, county: CountyHistory, units: Units, here: Ids) -> Table:
    result, onset, ids = county.result, county.onset, county.ids[here]
    easting_m, northing_m = units.points(ids)
    words = [*step_words(county.edges, asked.question.step), ""]
    rises = (onset.q <= asked.question.q)[here]
    return {
        "code": units.codes(ids),
        "name": units.names(ids),
        "easting_m": easting_m,
        "northing_m": northing_m,
        "ward_code": units.ward_codes(ids),
        "count": county.counts[here].sum(axis=1),
        "last": county.counts[here, -1],
        "category": [CATEGORIES[one] for one in result.category[here].tolist()],
        "since": [words[one] for one in result.since[here].tolist()],
        "first_hot": [words[one] for one in result.first_hot[here].tolist()],
        "z": result.cube.z[here, -1],
        "p": result.cube.p_high[here, -1],
        "trend_z": result.trend_z[here],
        "trend_p": result.trend_p[here],
        "rise_since": [words[one] for one in np.where(rises, onset.since[here], -1).tolist()],
        "rise_p": onset.p[here],
        "rise_q": onset.q[here],
        "rise_season_p": onset.season_p[here],
    }


def _classes(county: CountyHistory) -> Table:
    """How many units are of each category, those withheld too: nothing here says where."""
    many = np.bincount(county.result.category, minlength=len(CATEGORIES))
    return {
        "category": list(CATEGORIES),
        "units": many,
        "drawn": [one in HOT_CATEGORIES for one in range(len(CATEGORIES))],
    }


def _about(
    asked: Asked, units: Units, county: CountyHistory, places: Places, rises: Places, told: list[list[int]]
) -> dict[str, object]:
    question, records = asked.question, county.records
    concerns = int(places.withheld.sum()) + int(rises.withheld.sum())
    start, end = county.edges[0], county.edges[-1]
    more: dict[str, Any] = asked.about(
        total=len(records),
        unplaced=records.unplaced,
        not_tested=records.not_tested,
        steps=len(county.edges) - 1,
        step=question.step,
        places=len(told[0]),
        rising=len(told[1]),
        concerns=concerns,
        withheld=_withheld(concerns),
        q=question.q,
        esri=question.esri,
        window=question.window,
        background=county.compared.background,
        background_why=county.compared.why,
        stands_on=county.compared.stands_on,
        method=_method(asked, county),
        compared_with=f"{compared_words(units, county.compared, len(county.ids))}, in each of {len(county.edges) - 1} "
        f"{question.step}s",
        left_out_of_test=left_out_words(asked),
        sentence=f"{law_sentence(units, county.compared)} {NO_NEWS.get(county.compared.background, '')}{SENTENCE}",
        cold_note="Cold classes are in the table and not drawn: a cold place may be a silent one.",
        within_note="The test is the county's; only what lies in the place asked about is listed."
        if asked.within
        else "",
    )
    return more | {"period": [start.isoformat(), end.isoformat()], "unit": unit_word(units)}


def _method(asked: Asked, county: CountyHistory) -> str:
    question, back = asked.question, county.result.back
    whole = {
        "cube": "all of them",
        "neighbourhood": "those of the same steps",
        "step": "those of the same step",
    }[question.window]
    window = f"this {question.step} and the one before" if back else f"one {question.step} at a time"
    held = (
        f"Benjamini–Hochberg holds the false discovery rate at {question.q:g} over every place and step"
        if county.result.corrected
        else f"each place and step is called hot at p ≤ {question.q:g}, with no allowance for their number"
    )
    return (
        f"Gi* of every place and its neighbours, {window}, against {whole}, with exact chances; {held}. Categories by "
        f"Esri's rules, version {question.esri}; trends by Mann–Kendall, allowing for months that windows share. Rising: "
        "the last steps against the place's own past and the county's steps, exact (hypergeometric), allowing for every "
        "beginning that was tried and every place."
    )


def _withheld(concerns: int) -> list[str]:
    if not concerns:
        return []
    many = f"{concerns} places of the county are each" if concerns > 1 else "One place of the county is"
    return [f"{many} {ONE_SOURCE}: told without a place, and the units in it have no rows."]
