"""Hotspots: wards, streets or hexagons that pass a named test, against every other one of the county."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.hotspot import Hotspot, HotspotResult
from trigpoint.core.analysis.stability import hotspot_stays
from trigpoint.core.sharing.agreement import LOCATION_ROLES
from trigpoint.gate.answers import Answer, Column, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.hotspot_evidence import NEEDED, ONE_SOURCE, Evidence, evidence_of
from trigpoint.gate.hotspot_stability import STABILITY_WORDS, stays_of
from trigpoint.gate.hotspot_test import Compared, county_test
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.kinds.hotspot_words import compared_words, law_sentence, method_words, unit_word
from trigpoint.gate.tested import TestedRecords, left_out_words
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside

__all__ = ["answer_hotspots", "letter"]

Ids = NDArray[np.integer]


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """A test of the whole county and what stands behind its hotspots, before it is narrowed to a place.

    `ids` are the units tested, in order. `qualities` and `roles` are how many of the records tested are of each.
    """

    ids: Ids
    result: HotspotResult
    compared: Compared
    evidence: Evidence
    total: int
    unplaced: int
    not_tested: int
    qualities: dict[str, int]
    roles: dict[str, int]


def answer_hotspots(asked: Asked) -> Answer:
    """Columns code, name, easting_m, northing_m, ward_code, count, around, expected, z, p, q, hot, hotspot.

    One row for each unit tested; `hotspot` is 0 or the number of the hotspot it belongs to. z, p and q are NaN
    where there was nothing to compare with. `stays` is there too where stability is known. Part "hotspots" has a row for
    each hotspot, strongest first. Asked within a place, the test is still the county's, and rows and hotspots are those
    of the place.

    A hotspot that is a concern about one source is told without its place: no name, code, ward, units, coordinates or
    figures of single units. It is listed wherever was asked about, so that narrowing a question does not find it. And
    where there is any in the county, only the units of hotspots that are told have rows: what is missing among all the
    others would be as good as a name.
    """
    units = units_of(asked)
    tested = asked.version.recall(_key(asked), lambda: _test(asked, units))
    stays = stays_of(asked, units, tested.compared.background)
    here = np.flatnonzero(units_inside(asked.within, units, tested.ids) & _told(tested))
    inside = set(here.tolist())
    told = [
        one
        for one in tested.result.hotspots
        if one.peak in inside or tested.evidence.withheld[one.number - 1]
    ]
    table = _named(units, tested, told) | _stays(tested, told, stays)
    parts = {"hotspots": table} | geometry_part(asked, units, tested.ids[here])
    about = _about(asked, units, tested, told) | _stability(stays)
    return Answer("hotspots", _rows(units, tested, here, stays), about, parts)


def _told(tested: Tested) -> NDArray[np.bool_]:
    """Which units have rows, bool[n]."""
    withheld = tested.evidence.withheld
    if not withheld.any():
        return np.ones(len(tested.ids), dtype=bool)
    return np.append(False, ~withheld)[tested.result.hotspot]


_MEASURES = ("count", "around", "expected", "z", "p", "q", "hot", "hotspot")


def _rows(units: Units, tested: Tested, here: Ids, stays: NDArray[np.float64] | None) -> Table:
    ids = tested.ids[here]
    easting_m, northing_m = units.points(ids)
    return {
        "code": units.codes(ids),
        "name": units.names(ids),
        "easting_m": easting_m,
        "northing_m": northing_m,
        "ward_code": units.ward_codes(ids),
        **{name: getattr(tested.result, name)[here] for name in _MEASURES},
        **({} if stays is None else {"stays": stays[here]}),
    }


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
        question.test,
        question.background,
        question.counted,
        # the same categories may be what is left when no concern is counted, and picked by the question
        bool(question.categories),
        asked.feeds_telling("detection"),
    )


def _test(asked: Asked, units: Units) -> Tested:
    test = county_test(asked, units, *NEEDED)
    records = test.records
    return Tested(
        ids=test.ids,
        result=test.result,
        compared=test.compared,
        evidence=evidence_of(asked, units, test),
        total=len(records),
        unplaced=records.unplaced,
        not_tested=records.not_tested,
        qualities=_times(records, "quality", {one: str(one) for one in range(1, 6)}),
        roles=_times(records, "role", {-1: "none", **dict(enumerate(LOCATION_ROLES))}),
    )


def _times(records: TestedRecords, column: str, words: dict[int, str]) -> dict[str, int]:
    values, times = np.unique(records.columns[column], return_counts=True)
    return {words[value]: many for value, many in zip(values.tolist(), times.tolist(), strict=True)}


def letter(number: int) -> str:
    """A for the first, Z for the 26th, AA for the 27th."""
    text = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        text = chr(ord("A") + place) + text
    return text


def _named(units: Units, tested: Tested, hotspots: list[Hotspot]) -> dict[str, Any]:
    """One row a hotspot: count of all its units; around, expected, z, p and q of its peak.

    The place of one that is withheld is blank, and so are its peak's figures: they are as good as a name.
    """
    evidence = tested.evidence
    hidden = [bool(evidence.withheld[one.number - 1]) for one in hotspots]
    at = np.array([one.peak for one in hotspots], dtype=np.int64)
    peaks, result = tested.ids[at], tested.result
    places: dict[str, list[Any]] = {
        "name": units.names(peaks),
        "ward": _area_names(units, "ward", units.wards(peaks)),
        "district": _area_names(units, "district", units.districts(peaks)),
        "code": units.codes(peaks),
        "units": [units.codes(tested.ids[list(one.members)]) for one in hotspots],
        "count": [one.count for one in hotspots],
        **{name: getattr(result, name)[at].tolist() for name in ("around", "expected", "z", "p", "q")},
        **dict(zip(("easting_m", "northing_m"), (one.tolist() for one in units.points(peaks)), strict=True)),
    }
    for name, blank in _BLANK.items():
        places[name] = [blank if hide else value for hide, value in zip(hidden, places[name], strict=True)]
    floats = {name: np.array(places.pop(name), dtype=np.float64) for name in _FLOATS}
    rows = [one.number - 1 for one in hotspots]
    told = {name: [_listed(column)[row] for row in rows] for name, column in evidence.table.items()}
    return {
        "id": [one.number for one in hotspots],
        "letter": [letter(one.number) for one in hotspots],
        **places,
        **floats,
        **told,
    }


def _listed(column: Column) -> list[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else list(column)


_BLANK: dict[str, Any] = {
    "name": "", "ward": "", "code": "", "units": [], "around": None, "expected": np.nan, "z": np.nan,
    "easting_m": np.nan, "northing_m": np.nan,
}  # fmt: skip
_FLOATS = ("expected", "z", "p", "q", "easting_m", "northing_m")


def _stays(tested: Tested, hotspots: list[Hotspot], stays: NDArray[np.float64] | None) -> dict[str, Any]:
    if stays is None:
        return {}
    of_each = hotspot_stays(stays, tested.result.hotspot, len(tested.result.hotspots))
    return {"stays": of_each[[one.number - 1 for one in hotspots]]}


def _stability(stays: NDArray[np.float64] | None) -> dict[str, str]:
    return {} if stays is None else {"stability": STABILITY_WORDS}


def _area_names(units: Units, level: str, ids: Ids) -> list[str]:
    names = units.version.areas(level).names
    return [names[number] if number >= 0 else "" for number in ids.tolist()]


def _about(asked: Asked, units: Units, tested: Tested, told: list[Hotspot]) -> dict[str, object]:
    question, compared = asked.question, tested.compared
    concerns = int(np.count_nonzero(tested.evidence.withheld))
    return asked.about(
        total=tested.total,
        unplaced=tested.unplaced,
        tested=tested.result.tested,
        not_tested=tested.not_tested,
        untested_units=len(tested.ids) - tested.result.tested,
        hotspots=len(told) - concerns,
        concerns=concerns,
        withheld=_withheld(units, concerns),
        q=question.q,
        variant=question.variant,
        test=question.test,
        background=compared.background,
        background_why=compared.why,
        stands_on=compared.stands_on,
        qualities=tested.qualities,
        roles=tested.roles,
        method=method_words(asked, units, compared),
        compared_with=compared_words(units, compared, len(tested.ids)),
        left_out_of_test=left_out_words(asked),
        sentence=law_sentence(units, compared),
        within_note="The test is the county's; only what lies in the place asked about is listed."
        if asked.within
        else "",
    )


def _withheld(units: Units, concerns: int) -> list[str]:
    if not concerns:
        return []
    many = f"{concerns} hotspots of the county are each" if concerns > 1 else "One hotspot of the county is"
    return [
        f"{many} {ONE_SOURCE}: told without a place. So only {unit_word(units)}s of hotspots that are told are listed: "
        "what is missing among all of them would give the place away."
    ]
