"""What is missing: hotspots with nothing in place around them, and notices with no concern around."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.hot_places import HotPlaces, county_hotspots, hot_places
from trigpoint.gate.in_place import (
    IN_PLACE,
    IN_PLACE_M,
    IN_WARD,
    Near,
    ground_of,
    near_ground,
    near_rows,
    standing,
)
from trigpoint.gate.kinds.notices import answer_notices
from trigpoint.gate.tested import tested_records
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside, units_tested

__all__ = ["gap_matrix", "gaps_here", "work_gaps"]

_LEVELS = ("cell", "street", "ward")
METHOD = (
    "Notices in force on the day within the distance of each hotspot, along the streets, and what was recorded within the "
    "same distance of each notice, in a straight line. A notice told only as somewhere in its ward is near nothing: it is "
    "counted apart, and what was recorded is then that of the ward."
)
SENTENCE = (
    "A hotspot with no notice near it may have other work in hand that is not listed here; a notice with no concern near it "
    "may have done its work. Both are questions to ask, not faults found."
)


def gap_matrix(asked: Asked) -> Answer:
    """Columns letter, code, name, ward, district, count, in_place, ends_soon, ended, nearest_m, way, by_ward, gap.

    A row for each hotspot of the question's level that may be told: notices within `radius_m` by their state on the
    day, metres to the nearest in force, and `by_ward`, notices in force that are told only as somewhere in its ward.
    `gap` is true where none is in force within the distance, whatever the ward holds. Part "notices": each notice in
    force, the records tested within the distance of it (of its ward where that is all that is told), its nearest
    hotspot, and `gap` where there is neither.
    """
    units = units_of(asked)
    if units.level not in _LEVELS:
        raise QuestionError("Ask what is around hotspots at the level cell, street or ward, or name a place.")
    layers = replace(asked, selection=replace(asked.selection, feeds=(), within=()), within=(), around=None)
    notices, hot = answer_notices(layers).columns, hot_places(asked)
    shown = [at for at, ids in enumerate(hot.units) if bool(units_inside(asked.within, units, ids).any())]
    near = [_near(asked, units, ids, notices) for ids in hot.units]
    rows = [_hotspot_row(asked, hot, at, near_rows(notices, near[at])) for at in shown]
    table = {name: [row[name] for row in rows] for name in _HOTSPOT}
    others = _notice_rows(asked, units, hot, near, notices)
    gaps = [row for row in rows if row["gap"]]
    about = asked.about(
        total=len(rows),
        hotspots=len(rows),
        without_notice=len(gaps),
        without_concern=sum(others["gap"]),
        radius_m=asked.question.radius_m,
        on=(asked.question.on or asked.at.date()).isoformat(),
        method=METHOD,
        sentence=_summary(len(rows), gaps, others, asked.question.radius_m) + " " + SENTENCE,
        compared_with=hot.compared_with,
        withheld=list(hot.withheld),
    )
    return Answer("around", table, about, {"notices": others})


_HOTSPOT = (
    "letter", "code", "name", "ward", "district", "count", "in_place", "ends_soon", "ended", "nearest_m", "way", "by_ward",
    "gap",
)  # fmt: skip


def _near(asked: Asked, units: Units, ids: NDArray[np.integer], notices: Table) -> Near:
    ground = ground_of(units.version, units.level, units.resolution, ids)
    return near_ground(asked.version, ground, notices, float(asked.question.radius_m))


def _hotspot_row(asked: Asked, hot: HotPlaces, at: int, near: Table) -> dict[str, Any]:
    found = standing(near, asked.question.radius_m)
    return {
        **{name: hot.table[name][at] for name in ("letter", "code", "name", "ward", "district", "count")},
        "in_place": found.in_force,
        "ends_soon": found.ends_soon,
        "ended": found.ended,
        "nearest_m": found.nearest_m,
        "way": found.way,
        "by_ward": found.by_ward,
        "gap": not found.in_force,
    }


def _notice_rows(
    asked: Asked, units: Units, hot: HotPlaces, near: Sequence[Near], notices: Table
) -> dict[str, list[Any]]:
    """The notices in force: what was recorded around each, and the nearest hotspot."""
    ids = units_tested(asked, units)
    records = by_unit(tested_records(county_hotspots(asked), units).unit, units.size)[0][ids]
    around = _records_near(asked, units, ids, records, notices)
    close = [set(one.at.tolist()) for one in near]
    by_ward = np.array(units.ward_codes(ids), dtype=object)
    rows: list[dict[str, Any]] = []
    for at, state in enumerate(notices["state"]):
        if state not in IN_PLACE:
            continue
        point, ward = notices["kept"][at] == "point", notices["ward_code"][at]
        there = int(around[at]) if point else int(records[by_ward == ward].sum()) if ward else -1
        beside = [one for one, held in enumerate(close) if at in held]
        rows.append({
            **{name: notices[name][at] for name in ("kind", "state", "served", "ends", "kept", "ward_code", "place")},
            "records": there if there >= 0 else None,
            "hotspots": [hot.table["letter"][one] for one in beside],
            "gap": there == 0 and not beside,
        })  # fmt: skip
    return {name: [row[name] for row in rows] for name in _NOTICE}


_NOTICE = ("kind", "state", "served", "ends", "kept", "ward_code", "place", "records", "hotspots", "gap")


def _records_near(
    asked: Asked, units: Units, ids: NDArray[np.integer], records: NDArray[np.int64], notices: Table
) -> NDArray[np.int64]:
    """Records tested in units whose middle lies within the distance of each notice's point."""
    east, north = (np.asarray(notices[name], dtype=np.float64) for name in ("easting_m", "northing_m"))
    near = np.zeros(east.size, dtype=np.int64)
    placed = np.flatnonzero(np.isfinite(east))
    some = np.flatnonzero(records)
    if placed.size and some.size:
        tree = cKDTree(np.column_stack(units.points(ids[some])))
        found = tree.query_ball_point(np.column_stack([east[placed], north[placed]]), asked.question.radius_m)
        near[placed] = [int(records[some[one]].sum()) for one in found]
    return near


def _summary(hotspots: int, gaps: Sequence[Mapping[str, Any]], notices: Table, radius_m: int) -> str:
    """Two sentences, the first about hotspots."""
    in_force, idle = len(notices["kind"]), sum(notices["gap"])
    somewhere = sum(row["by_ward"] > 0 for row in gaps)
    also = (
        f"; in the ward of {somewhere} one is in force that is told only as somewhere in it"
        if somewhere
        else ""
    )
    first = (
        f"Of {hotspots} hotspots, {len(gaps)} have no notice told to be in force within {radius_m} metres{also}."
        if hotspots
        else "There is no hotspot."
    )
    without = "1 has no concern around it" if idle == 1 else f"{idle} have no concern around them"
    second = f"Of {in_force} notices in force, {without}." if in_force else "No notice is in force."
    return f"{first} {second}"


NOTICE_WORDS = {
    "cawn": "warning notice",
    "closure": "closure",
    "cpn": "community protection notice",
    "pspo": "public spaces protection order",
    "dispersal": "dispersal zone",
    "hotel": "hotel notice",
}
LATELY_DAYS = 28
"""Work as recent as this is no gap."""


def gaps_here(notices: Table, sites: Table, areas: Table, walked: NDArray[np.bool_]) -> list[str]:
    """What is missing around one place, in sentences; `notices` are those within IN_PLACE_M."""
    placed = [way != IN_WARD for way in notices["way"]]
    told = list(zip(notices["kind"], notices["ends"], notices["state"], placed, strict=True))
    sentences = []
    if not any(near and state in IN_PLACE for _, _, state, near in told):
        sentences.append(f"No notice is told to be in force within {IN_PLACE_M} metres.")
        ended = [end for _, end, state, near in told if near and state == "ended" and end]
        sentences += [f"The last one ended on {day_words(max(ended))}."] if ended else []
    if somewhere := sum(not near and state in IN_PLACE for _, _, state, near in told):
        are = "is in force and is" if somewhere == 1 else "are in force and are"
        sentences.append(f"{somewhere} {are} told only as somewhere in the ward.")
    soon = {(end, kind) for kind, end, state, near in told if near and state == "ends_soon" and end}
    sentences += [f"A {NOTICE_WORDS.get(kind, kind)} ends on {day_words(end)}." for end, kind in sorted(soon)]
    sentences += _hotels_alone(notices, sites)
    sentences += _on_sites(sites)
    if len(areas["code"]):
        sentences.append(
            "Some kinds of place are counted by ward or district only, and none of them is in the list."
        )
    if not walked.all():
        sentences.append("Some distances are straight lines: no street is known that joins those places.")
    return sentences


def work_gaps(work: Table, on: date) -> list[str]:
    """Work of our own that was never done around a place, or not lately; nothing of what nobody tells of here."""
    sentences = []
    for name, known, last in zip(work["name"], work["known"], work["last"], strict=True):
        if known and last is None:
            sentences.append(f"No {name.lower()} is recorded here.")
        elif known and date.fromisoformat(last) < on - timedelta(days=LATELY_DAYS):
            sentences.append(f"No {name.lower()} since {day_words(last)}.")
    return sentences


def day_words(day: str) -> str:
    """ "2026-07-09" as "9 July 2026"."""
    return f"{date.fromisoformat(day):%-d %B %Y}"


def _hotels_alone(notices: Table, sites: Table) -> list[str]:
    hotels = list(sites["class"]).count("hotel")
    states = zip(notices["kind"], notices["state"], strict=True)
    if not hotels or any(kind == "hotel" and state in IN_PLACE for kind, state in states):
        return []
    return [f"No hotel notice, though {hotels} hotel{'s stand' if hotels > 1 else ' stands'} here."]


def _on_sites(sites: Table) -> Sequence[str]:
    undated = sum(one is None for one in sites["opened"])
    return [f"Of {len(sites['opened'])} places here {undated} have no opening date."] if undated else []
