"""Hotspots: streets or hexagons that pass a named test, against every other one of the county."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.hotspot import Hotspot, HotspotResult, find_hotspots
from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.events import counts_events, leading
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.units import ANCHOR_WINDOW_M, Units, units_of
from trigpoint.gate.within import Place
from trigpoint.store.counts import fetch_tested, may_be_tested, occupied_beyond
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Selection

__all__ = ["answer_hotspots", "letter"]

Ids = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """A test of the whole county, before it is narrowed to a place. `ids` are the units tested, in order."""

    ids: Ids
    result: HotspotResult
    unplaced: int
    not_tested: int


def answer_hotspots(asked: Asked) -> Answer:
    """Columns code, name, easting_m, northing_m, ward_code, count, around, expected, z, p, q, hot, hotspot.

    One row for each unit tested; `hotspot` is 0 or the number of the hotspot it belongs to. z, p and q are NaN
    where there was nothing to compare with. Part "hotspots" has a row for each hotspot, strongest first. Asked
    within a place, the test is still the county's, and rows and hotspots are those of the place.
    """
    units = units_of(asked)
    tested = asked.version.recall(_key(asked), lambda: _test(asked, units))
    here = np.flatnonzero(_inside(asked.within, units, tested.ids))
    result, ids = tested.result, tested.ids[here]
    easting_m, northing_m = units.points(ids)
    columns = {
        "code": units.codes(ids),
        "name": units.names(ids),
        "easting_m": easting_m,
        "northing_m": northing_m,
        "ward_code": units.ward_codes(ids),
        **{name: getattr(result, name)[here] for name in _MEASURES},
    }
    inside = set(here.tolist())
    shown = [one for one in result.hotspots if one.peak in inside]
    parts = {"hotspots": _named(units, tested, shown)} | geometry_part(asked, units, ids)
    return Answer("hotspots", columns, _about(asked, units, tested, len(shown)), parts)


_MEASURES = ("count", "around", "expected", "z", "p", "q", "hot", "hotspot")


def _key(asked: Asked) -> tuple[object, ...]:
    """All that the county's test depends on: never the place it is narrowed to, always who may see what."""
    question = asked.question
    selection = replace(asked.selection, within=())
    return (
        "hotspots",
        asked.permitted,
        selection,
        question.level_word,
        question.q,
        question.variant,
        question.counted,
    )


def _test(asked: Asked, units: Units) -> Tested:
    county = replace(asked.selection, within=())
    found, may = _fetch(asked, county, units)
    ids = _units_to_test(asked, units)
    counts, unplaced = by_unit(found[may], units.size)
    if int(counts[ids].sum()) + unplaced != int(np.count_nonzero(may)):
        raise RuntimeError("a record lies in a unit that was not tested")
    question = asked.question
    try:
        result = find_hotspots(
            counts[ids], units.neighbours(ids), q=question.q, fixed_own_value=question.variant == "fixed"
        )
    except ValueError as error:
        raise QuestionError(
            "There are too many records for the exact test at this level: choose a finer level or a shorter period."
        ) from error
    return Tested(ids, result, unplaced, int(np.count_nonzero(~may)))


def _fetch(asked: Asked, county: Selection, units: Units) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """The unit of each record and whether it may be tested; of linked events only the record that stands for each.

    An event may be tested where any of its records may: what an officer found and a neighbour reported was reported.
    """
    if not counts_events(asked):
        with asked.records() as cursor:
            return fetch_tested(cursor, county, units.column)
    with asked.records() as cursor:
        columns = fetch_columns(cursor, county, (units.column, "number", "detection", "grade"))
    may = may_be_tested(columns["detection"], columns["grade"], discovered=bool(county.detections))
    chosen = leading(asked, columns, units.column, first=may)
    return np.asarray(columns[units.column][chosen], dtype=np.int32), may[chosen]


def _units_to_test(asked: Asked, units: Units) -> Ids:
    """Every cell of the county and every cell beyond that holds a permitted record; or every street."""
    if units.resolution is None:
        return units.in_order(np.flatnonzero(asked.streets_seen()))
    inside = asked.version.cells(units.resolution).in_county
    chosen = asked.selection
    known = Selection(known_at=chosen.known_at, without_categories=chosen.without_categories)
    with asked.records() as cursor:
        beyond = occupied_beyond(cursor, known, units.column, inside)
    return np.concatenate([np.arange(inside), units.in_order(beyond)])


def _inside(places: tuple[Place, ...], units: Units, ids: Ids) -> NDArray[np.bool_]:
    if not places:
        return np.ones(len(ids), dtype=bool)
    inside = np.zeros(len(ids), dtype=bool)
    for place in places:
        inside |= _inside_one(place, units, ids)
    return inside


def _inside_one(place: Place, units: Units, ids: Ids) -> NDArray[np.bool_]:
    if place.kind == "ward":
        return np.equal(units.wards(ids), place.id)
    if place.kind == "district":
        return np.equal(units.districts(ids), place.id)
    if place.column == units.column:
        return np.equal(ids, place.id)
    if place.kind == "locality":
        towns = units.version.localities
        easting_m, northing_m = units.points(ids)
        away = np.hypot(easting_m - towns.easting_m[place.id], northing_m - towns.northing_m[place.id])
        return np.asarray(away <= towns.radius_m[place.id])
    raise QuestionError("Hotspots can be narrowed to a district, a ward, a town or one of the units tested.")


def letter(number: int) -> str:
    """A for the first, Z for the 26th, AA for the 27th."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text


def _named(units: Units, tested: Tested, hotspots: list[Hotspot]) -> Table:
    """One row a hotspot: count of all its units; around, expected, z, p and q of its peak."""
    at = np.array([one.peak for one in hotspots], dtype=np.int64)
    peaks = tested.ids[at]
    easting_m, northing_m = units.points(peaks)
    result = tested.result
    return {
        "id": [one.number for one in hotspots],
        "letter": [letter(one.number) for one in hotspots],
        "name": units.names(peaks),
        "ward": _area_names(units, "ward", units.wards(peaks)),
        "district": _area_names(units, "district", units.districts(peaks)),
        "code": units.codes(peaks),
        "units": [units.codes(tested.ids[list(one.members)]) for one in hotspots],
        "count": [one.count for one in hotspots],
        **{name: getattr(result, name)[at] for name in ("around", "expected", "z", "p", "q")},
        "easting_m": easting_m,
        "northing_m": northing_m,
    }


def _area_names(units: Units, level: str, ids: Ids) -> list[str]:
    names = units.version.areas(level).names
    return [names[number] if number >= 0 else "" for number in ids.tolist()]


def _about(asked: Asked, units: Units, tested: Tested, shown: int) -> dict[str, object]:
    question, result = asked.question, tested.result
    total = int(result.count.sum()) + tested.unplaced
    return asked.about(
        total=total,
        unplaced=tested.unplaced,
        tested=result.tested,
        not_tested=tested.not_tested,
        hotspots=shown,
        q=question.q,
        variant=question.variant,
        method=_method(asked, units),
        compared_with=_compared_with(units, len(tested.ids)),
        left_out_of_test=_left_out_of_test(asked),
        sentence=_sentence(units),
        within_note="The test is the county's; only what lies in the place asked about is listed."
        if asked.within
        else "",
    )


def _compared_with(units: Units, tested: int) -> str:
    whole = {
        "hexagon": "every hexagon of the county, empty ones included, and every one beyond it that holds a record",
        "street": "every street of the county, empty ones included",
        "anchor point": "every anchor point at which a record was ever placed, empty ones included",
    }[_one(units)]
    return f"{whole}: {tested:,} in all"


def _one(units: Units) -> str:
    if units.resolution is not None:
        return "hexagon"
    return "anchor point" if units.version.streets.anchors else "street"


def _method(asked: Asked, units: Units) -> str:
    window = {
        "hexagon": "a hexagon and the six around it",
        "street": "a street and those that share a junction with it",
        "anchor point": f"an anchor point and those within {ANCHOR_WINDOW_M:g} metres, because no streets are loaded",
    }[_one(units)]
    law = "every arrangement of the county's counts"
    if asked.question.variant == "fixed":
        law = "arrangements of the other counts, its own held fixed (for comparison only)"
    return (
        f"Getis–Ord Gi*: {window}. The chance p is exact, over {law}; upper tail. Benjamini–Hochberg holds the "
        f"false discovery rate at {asked.question.q:g} over every unit tested."
    )


def _left_out_of_test(asked: Asked) -> str:
    if asked.question.detections:
        return "Records graded E are not tested."
    return "Records that our own work discovered, and records graded E, are not tested."


def _sentence(units: Units) -> str:
    return (
        f"More is recorded in and around these {_one(units)}s than chance would put there, compared with all the "
        f"{_one(units)}s tested. It does not say why, nor that the next will be here, nor anything of a person."
    )
