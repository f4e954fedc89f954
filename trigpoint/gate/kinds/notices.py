"""Notices and orders on a day: served, in force, ending soon, over, breached. Those kept coarse are told by area."""

from datetime import date, timedelta
from typing import Any

import h3
import numpy as np

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.sites import day_words
from trigpoint.store.notices import fetch_notices
from trigpoint.store.questions import Columns

__all__ = ["answer_notices", "stage_on", "state_on"]

ENDS_SOON_DAYS = 28
USUAL_CELL = 9
STOPPED_STATUSES = frozenset({"withdrawn", "cancelled"})
ENDED_STATUSES = STOPPED_STATUSES | {"ended", "expired"}
BREACHED = "breached"
METHOD = (
    f"Notices served by the day. 'Ends soon' is within {ENDS_SOON_DAYS} days of it. Breaches are those of the register, by "
    "their number and the month of the last one, from the day of the last one on; never by whom."
)


def answer_notices(asked: Asked) -> Answer:
    """Columns kind, state (active, ends_soon, ended, not_begun), stage (`stage_on`), served, starts, ends, breaches (how
    often it is told to have been breached by the day), last_breach (the month of the last one, such as "2026-05"; None
    where none or no day is told), basis, kept (point, ward, district), coarse, easting_m, northing_m (NaN unless kept is
    point), ward_code, district_code, place, place_name, source (the name of the feed).

    `place` is the code by which to ask what it changed (kind evaluation): as fine as the notice may be told. So is
    `place_name`: a street with its ward, or the ward or district alone.
    """
    if any(place.kind not in ("district", "ward") for place in asked.within):
        raise QuestionError("Notices can be asked for within a district or a ward.")
    on = asked.question.on or asked.at.date()
    with asked.layers() as cursor:
        found = fetch_notices(
            cursor,
            served_by=on,
            feeds=asked.selection.feeds,
            within=tuple((place.column, place.id) for place in asked.within),
        )
    days = {name: day_words(found[f"{name}_date"]) for name in ("served", "starts", "ends")}
    wards, districts = asked.version.areas("ward").codes, asked.version.areas("district").codes
    states = [
        state_on(on, starts or served, ends, status)
        for served, starts, ends, status in zip(*days.values(), found["status"].tolist(), strict=True)
    ]
    columns: dict[str, Any] = {
        "kind": found["kind"].tolist(),
        "state": states,
        "stage": [
            stage_on(state, on, ends, status)
            for state, ends, status in zip(states, days["ends"], found["status"].tolist(), strict=True)
        ],
        **days,
        **_breaches(on, found),
        "basis": found["basis"].tolist(),
        "kept": found["kept"].tolist(),
        "coarse": [kept != "point" for kept in found["kept"].tolist()],
        "easting_m": found["easting_m"].astype(np.float64),
        "northing_m": found["northing_m"].astype(np.float64),
        "ward_code": [wards[ward] if ward >= 0 else "" for ward in found["ward"].tolist()],
        "district_code": [districts[one] if one >= 0 else "" for one in found["district"].tolist()],
    }
    columns["place"] = _places(asked, found, columns)
    columns["place_name"] = _place_names(asked, found, columns)
    names = {one.id: one.name for one in asked.version.vocabulary.feeds}
    columns["source"] = [names[feed] for feed in found["feed"].tolist()]
    return Answer("notices", columns, asked.about(total=len(states), on=on.isoformat(), method=METHOD))


def _places(asked: Asked, found: Columns, columns: Table) -> list[str]:
    """A street, where streets are known and the point may be told; else its hexagon; else its ward or district."""
    streets = asked.version.streets
    told = []
    for at, kept in enumerate(columns["kept"]):
        street = int(found["street"][at])
        if kept != "point":
            told.append(columns[f"{kept}_code"][at])
        elif street >= 0 and not streets.anchors:
            told.append(streets.codes[street])
        else:
            lon, lat = to_lonlat(columns["easting_m"][at], columns["northing_m"][at])
            told.append(h3.latlng_to_cell(float(lat[0]), float(lon[0]), USUAL_CELL))
    return told


def _place_names(asked: Asked, found: Columns, columns: Table) -> list[str]:
    """As `place` is told, in words: the street and its ward; the ward or the district alone."""
    streets, told = asked.version.streets, []
    for at, kept in enumerate(columns["kept"]):
        level = "ward" if kept == "point" else str(kept)
        area, street = int(found[level][at]), int(found["street"][at])
        name = asked.version.areas(level).names[area] if area >= 0 else ""
        known = kept == "point" and street >= 0 and not streets.anchors
        told.append(", ".join(filter(None, (streets.names[street] if known else "", name))))
    return told


def state_on(on: date, starts: str | None, ends: str | None, status: str) -> str:
    """The state of a notice on a day; `ends` is its last day, None while it has none."""
    if status in ENDED_STATUSES:
        return "ended"
    if starts is not None and date.fromisoformat(starts) > on:
        return "not_begun"
    if ends is None:
        return "active"
    last = date.fromisoformat(ends)
    if last < on:
        return "ended"
    return "ends_soon" if last <= on + timedelta(days=ENDS_SOON_DAYS) else "active"


def stage_on(state: str, on: date, ends: str | None, status: str) -> str:
    """Where a notice of that state stands: served, in_force, expires_soon, expired, ended_early."""
    if state != "ended":
        return {"not_begun": "served", "active": "in_force", "ends_soon": "expires_soon"}[state]
    if status in STOPPED_STATUSES:
        return "ended_early"
    over = status == "expired" if ends is None else date.fromisoformat(ends) < on
    return "expired" if over else "ended_early"


def _breaches(on: date, found: Columns) -> Table:
    """A register says how often until its last breach: as of a day before that one, nothing is known of the others."""
    times, months = [], []
    for many, last, status in zip(
        found["breaches"].tolist(),
        day_words(found["last_breach_date"]),
        found["status"].tolist(),
        strict=True,
    ):
        yet = last is None or date.fromisoformat(last) <= on
        known = max(many, int(status == BREACHED or last is not None)) if yet else 0
        times.append(known)
        months.append(last[:7] if last is not None and yet else None)
    return {"breaches": times, "last_breach": months}
