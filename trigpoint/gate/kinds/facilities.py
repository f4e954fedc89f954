"""Facilities and risk: near which kinds of place more is recorded, how firmly that stands, and quarter by quarter."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.analysis.facility_risk import SharesNear, shares_near
from trigpoint.core.analysis.risk_factors import Factor, factor_distances, risk_factors
from trigpoint.core.analysis.risk_terrain import REPLICATES, RiskTerrain, risk_terrain
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import TestedRecords, left_out_words, tested_records
from trigpoint.gate.units import Units, units_of
from trigpoint.store.questions import Columns
from trigpoint.store.sites import SITE_CLASSES, fetch_sites

__all__ = ["answer_facilities"]

VERSION = 1
USUAL_BLOCK_M = 200.0
"""Where no streets are loaded."""
NEAR_M = (100.0, 200.0)
LEAST_EVENTS = 30
"""With fewer, no model is fitted: whatever it chose would be one or two events."""
Floats = NDArray[np.float64]

METHOD = (
    "Risk terrain modelling. Hexagons are told apart by whether a site of a class is near, or such sites are dense, at "
    "half-block steps to three blocks; an elastic-net Poisson fit screens them, then one at a time is added or dropped "
    "while the information criterion falls, Poisson and negative binomial, the better kept. Relative risk is exp of the "
    f"coefficient. Held is the share of {REPLICATES} redrawn maps in which the factor is chosen again. Distances are "
    "straight lines. Who lives in a place is never a factor."
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
        compared_with="hexagons of the county without the factor, all other factors alike",
        left_out_of_test=left_out_words(asked),
        sentence=_sentence(found),
    )
    parts = {name: found.tables[name] for name in ("not_chosen", "quarters", "trends")}
    return Answer("facilities", found.tables["chosen"], about, parts)


def _work(asked: Asked, units: Units, rng: np.random.Generator, done: Progress) -> Worked:
    records = tested_records(asked, units, "day")
    start, end = asked.period()
    sites = _sites(asked, start, end)
    ids = np.arange(asked.version.cells(units.resolution or 0).in_county)
    easting_m, northing_m = units.points(ids)
    inside = (records.unit >= 0) & (records.unit < ids.size)
    counts = np.bincount(records.unit[inside], minlength=ids.size).astype(np.int64)
    block_m, cell_m = _block_m(asked), _half_cell_m(easting_m, northing_m)
    points = {name: sites["point"][sites["class"] == name] for name in sorted(set(sites["class"].tolist()))}
    factors = risk_factors(easting_m, northing_m, points, factor_distances(block_m, least_m=cell_m))
    facts: dict[str, Any] = {
        "total": len(records),
        "unplaced": records.unplaced,
        "beyond": int(np.count_nonzero(records.unit >= ids.size)),
        "not_tested": records.not_tested,
        "cells": int(ids.size),
        "sites": {name: len(points[name]) for name in points},
        "kept_coarse": int(sites["coarse"]),
        "block_m": block_m,
        "least_m": cell_m,
        "tried": len(factors.factors),
        "too_rare": len(factors.too_rare),
        "model": "",
    }
    quarters = _quarters(asked, units, records, sites, start, end)
    nothing: dict[str, Table] = {"chosen": _chosen(None), "not_chosen": {"class": [], "class_held": []}}
    if int(counts.sum()) < LEAST_EVENTS:
        return Worked({**nothing, **quarters}, facts)
    model = risk_terrain(counts, factors, rng, progress=done)
    facts |= {
        "model": "negative binomial" if model.negative_binomial else "Poisson",
        "bic": model.model.bic,
        "null_bic": model.null_bic,
        "screened": model.screened,
        "highest_relative_risk": float(model.relative.max()),
    }
    others = {
        "class": [name for name, _ in model.others],
        "class_held": np.array([held for _, held in model.others]),
    }
    return Worked({"chosen": _chosen(model), "not_chosen": others, **quarters}, facts)


def _sites(asked: Asked, start: date | None, end: date | None) -> Columns:
    """Sites the viewer may place, by class and point, with the days they open and close; how many are kept coarse."""
    with asked.layers() as cursor:
        found = fetch_sites(
            cursor,
            classes=asked.question.classes or tuple(SITE_CLASSES),
            open_from=start,
            open_to=end,
        )
    point = np.column_stack([found["easting_m"].astype(np.float64), found["northing_m"].astype(np.float64)])
    placed = (found["kept"] != "area") & np.isfinite(point).all(axis=1)
    # by place, so that the order hangs on nothing that the viewer may not see
    order = np.flatnonzero(placed)[
        np.lexsort((point[placed, 1], point[placed, 0], found["class"][placed].astype(str)))
    ]
    days = {name: found[name].astype("M8[D]")[order] for name in ("opened", "closed")}
    coarse = np.array(np.count_nonzero(~placed))
    return {"class": found["class"][order].astype(str), "point": point[order], "coarse": coarse, **days}


def _block_m(asked: Asked) -> float:
    """The mean length of a street between junctions, to 10 metres, from 60 to 250."""
    streets = asked.version.streets
    if streets.anchors or not len(streets.codes):
        return USUAL_BLOCK_M
    return float(np.clip(round(float(np.mean(streets.length_m)), -1), 60.0, 250.0))


def _half_cell_m(easting_m: Floats, northing_m: Floats) -> float:
    """Half of how far the middles of hexagons lie apart: a shorter distance they cannot tell."""
    if easting_m.size < 2:
        return 0.0
    away_m, _ = cKDTree(np.column_stack([easting_m, northing_m])).query(
        np.column_stack([easting_m, northing_m]), k=2
    )
    return float(round(np.median(away_m[:, 1]) / 2))


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


def _quarters(
    asked: Asked, units: Units, records: TestedRecords, sites: Columns, start: date | None, end: date | None
) -> dict[str, Table]:
    """By class and distance: the share of records near sites open in the quarter, beside the share of hexagons near."""
    rows: list[tuple[Any, ...]] = []
    trends: list[tuple[Any, ...]] = []
    if start is not None and end is not None:
        firsts = _quarter_starts(start, end)
        ids = np.arange(asked.version.cells(units.resolution or 0).in_county)
        middles = cKDTree(np.column_stack(units.points(ids)))
        inside = (records.unit >= 0) & (records.unit < ids.size)
        days = np.array([(one - EPOCH).days for one in firsts])
        quarter = np.searchsorted(days, records.columns["day"][inside], side="right") - 1
        for name in sorted(set(sites["class"].tolist())):
            for near_m in _near_m(units):
                near = _near(middles, ids.size, sites, name, near_m, [*firsts, end])
                shares = shares_near(records.unit[inside], np.maximum(quarter, 0), near, np.ones(ids.size))
                rows += _rows(name, near_m, firsts, shares)
                trends.append((name, near_m, shares.trend_z, shares.trend_p))
    return {"quarters": _table(_QUARTER_COLUMNS, rows), "trends": _table(_TREND_COLUMNS, trends)}


_QUARTER_COLUMNS = (
    "class", "near_m", "quarter", "near", "records", "share", "low", "high", "of_county", "ratio", "ratio_low",
    "ratio_high",
)  # fmt: skip
_TREND_COLUMNS = ("class", "near_m", "trend_z", "trend_p")


def _near_m(units: Units) -> tuple[float, ...]:
    """100 and 200 metres, but never less than a hexagon can tell."""
    easting_m, northing_m = units.points(np.arange(units.version.cells(units.resolution or 0).in_county))
    least_m = _half_cell_m(easting_m, northing_m)
    return tuple(sorted({max(one, least_m) for one in NEAR_M}))


def _near(
    middles: cKDTree, cells: int, sites: Columns, name: str, near_m: float, edges: list[date]
) -> NDArray[np.bool_]:
    """Whether a site of the class that was open on some day of the quarter lies near each hexagon's middle."""
    mine = sites["class"] == name
    opened, closed = sites["opened"][mine], sites["closed"][mine]
    found = middles.query_ball_point(sites["point"][mine], near_m)
    near = np.zeros((len(edges) - 1, cells), dtype=np.bool_)
    for at in range(len(edges) - 1):
        first, after = (np.datetime64(one, "D") for one in edges[at : at + 2])
        there = (np.isnat(opened) | (opened < after)) & (np.isnat(closed) | (closed >= first))
        for one in np.flatnonzero(there).tolist():
            near[at, found[one]] = True
    return near


def _quarter_starts(start: date, end: date) -> list[date]:
    """The start, and the first day of every quarter after it that begins before the end."""
    firsts, now = [start], start.replace(day=1)
    while (now := (now + timedelta(days=32)).replace(day=1)) < end:
        if now.month % 3 == 1:
            firsts.append(now)
    return firsts


def _rows(name: str, near_m: float, firsts: list[date], shares: SharesNear) -> list[tuple[Any, ...]]:
    measures = ("near", "records", "share", "low", "high", "of_county", "ratio", "ratio_low", "ratio_high")
    columns = [getattr(shares, one).tolist() for one in measures]
    return [
        (name, near_m, first.isoformat(), *row)
        for first, row in zip(firsts, zip(*columns, strict=True), strict=True)
    ]


def _table(names: tuple[str, ...], rows: list[tuple[Any, ...]]) -> Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return {name: _plain(list(column)) for name, column in zip(names, columns, strict=True)}


def _plain(column: list[Any]) -> Any:
    return np.array(column) if column and not isinstance(column[0], str) else column


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
