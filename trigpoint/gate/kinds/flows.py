"""From where to where: missing from and found, home and what happened, between areas and to stations."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.analysis.flows import RETURN_M, FlowTable, Journeys, flow_table, returns_near, share_words
from trigpoint.core.disclosure.people import PeopleRules, band_words
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.hotspot_evidence import shipped_people_rules
from trigpoint.gate.journeys import ENDS, finely, journeys_of
from trigpoint.gate.kinds.sites import answer_sites
from trigpoint.gate.routes import STATION_M, direct_between, direct_words
from trigpoint.gate.units import units_of

__all__ = ["answer_flows"]

Floats = NDArray[np.float64]

BEYOND = "beyond the county"
TOGETHER = "elsewhere, taken together"
FINE = 10
"""The resolution by whose hexagons' middles ends are said to be near each other, or near a station."""

METHOD = (
    "Journeys are records that tell both ends, linked records once; records graded E are left out. A flow is told where at "
    "least {least} people known to one agency made it and none of them most of it; what is not told is none or few alike. "
    "The rest of an area is told together under the same rule."
)
SENTENCE = {
    "missing": "Where children who went missing were from, and where they were found, met or seen.",
    "home": "Where those lived whom records are about, and where what is recorded happened.",
}


def answer_flows(asked: Asked) -> Answer:
    """Columns from_code, from_name, to_code, to_name, told, journeys, people, same, rail, bus, direct.

    `told` is "flow", "together" (the other flows of an area, as one) or "withheld" (journeys None). `people` is the
    number there are at least, as a band; `rail` and `bus` are direct departures on a weekday, None where not asked.
    Within a district or ward, flows that begin or end there; the rules are applied to the county's. Part "stations":
    flows to the nearest station within 400 metres, in bands, and where the station is; part "returns": how many came back
    to the same place.
    """
    if any(place.kind not in ("district", "ward") for place in asked.within):
        raise QuestionError("Flows can be narrowed to a district or a ward.")
    units = units_of(asked)
    rules = shipped_people_rules()
    told = journeys_of(asked, units.column, units.size).journeys
    table = flow_table(told, units.size, rules)
    rows = _rows(asked, table)
    parts = {"stations": _stations(asked, rules), "returns": _returns(asked, rules)}
    begins, ends = ENDS[asked.question.flow]
    about = asked.about(
        total=int(table.journeys.sum() + table.rest_journeys.sum()) + max(table.others, 0),
        total_is="journeys told" if table.others < 0 else "journeys",
        without_an_end=table.unplaced,
        flows=int(table.origin.size),
        flow=asked.question.flow,
        roles=[*begins, *ends],
        least_people=rules.least,
        method=METHOD.format(least=rules.least),
        withheld=_withheld(table, rules),
        compared_with="",
        sentence=_sentence(asked, rows, parts["returns"]),
    )
    return Answer("flows", {name: [row[name] for row in rows] for name in _COLUMNS}, about, parts)


_COLUMNS = (
    "from_code", "from_name", "to_code", "to_name", "told", "journeys", "people", "same", "rail", "bus", "direct",
)  # fmt: skip


def _rows(asked: Asked, table: FlowTable) -> list[dict[str, Any]]:
    units = units_of(asked)
    inside = _inside(asked)
    direct = direct_between(asked.version, units.level, table.origin, table.destination)
    rows = []
    for at, (one, other) in enumerate(zip(table.origin.tolist(), table.destination.tolist(), strict=True)):
        if inside is not None and not inside & {one, other}:
            continue
        apart = one != other and max(one, other) < units.size
        rail, bus = int(direct.rail[at]), int(direct.bus[at])
        rows.append({
            **_end(asked, "from", one), **_end(asked, "to", other), "told": "flow", "journeys": int(table.journeys[at]),
            "people": band_words(int(table.people[at])), "same": one == other, "rail": rail if apart else None,
            "bus": bus if apart else None, "direct": direct_words(rail, bus) if apart else "",
        })  # fmt: skip
    nowhere = {"to_code": "", "to_name": TOGETHER, "same": False, "rail": None, "bus": None, "direct": ""}
    for one, many, people in zip(
        table.rest_origin.tolist(), table.rest_journeys.tolist(), table.rest_people.tolist(), strict=True
    ):
        if inside is None or one in inside:
            rest = {"told": "together", "journeys": many, "people": band_words(people)}
            rows.append({**_end(asked, "from", one), **nowhere, **rest})
    if inside is None and table.others:
        withheld = table.others < 0
        rest = {
            "told": "withheld" if withheld else "together",
            "journeys": None if withheld else table.others,
            "people": "withheld" if withheld else "",
        }
        rows.append({"from_code": "", "from_name": "all other areas", **nowhere, **rest})
    return rows


def _inside(asked: Asked) -> set[int] | None:
    """The areas of the level that lie in the places asked about; None for all."""
    if not asked.within:
        return None
    units = units_of(asked)
    ids = np.arange(units.size)
    found: set[int] = set()
    for place in asked.within:
        lies = units.wards(ids) if place.kind == "ward" else units.districts(ids)
        found |= set(np.flatnonzero(lies == place.id).tolist())
    return found


def _end(asked: Asked, which: str, number: int) -> dict[str, str]:
    areas = asked.version.areas(asked.question.level)
    if number >= len(areas.codes):
        return {f"{which}_code": "", f"{which}_name": BEYOND}
    return {f"{which}_code": areas.codes[number], f"{which}_name": areas.names[number]}


def _withheld(table: FlowTable, rules: PeopleRules) -> list[str]:
    said = [
        f"Flows that fewer than {rules.least} people are known to make, and with them those that are none."
    ]
    if table.total < 0:
        said.append("The number of all journeys, which would tell how many are withheld.")
    return said


def _fine_ends(asked: Asked) -> tuple[Journeys, Floats, Floats]:
    """Journeys of feeds that may be told by hexagon, and the point each ended at, NaN where not known."""
    fine = finely(asked)
    cells = asked.version.cells(FINE)
    told = journeys_of(fine, f"cell_{FINE}", int(cells.h3.size)).journeys
    known = (told.destination >= 0) & (told.destination < cells.h3.size)
    east, north = np.full(known.size, np.nan), np.full(known.size, np.nan)
    east[known] = cells.easting_m[told.destination[known]]
    north[known] = cells.northing_m[told.destination[known]]
    return told, east, north


def _returns(asked: Asked, rules: PeopleRules) -> Table:
    told, east, north = _fine_ends(asked)
    found = returns_near(told, east, north, rules)
    if not found.told:
        return {"share": ["withheld"], "people": ["withheld"], "sentence": [_RETURNS_WITHHELD]}
    words = share_words(found.share)
    people = band_words(found.people)
    sentence = (
        f"Of journeys that were not a person's first, {words} ended within {RETURN_M:.0f} metres of where an "
        f"earlier one of theirs ended ({people} people at least)."
    )
    return {"share": [words], "people": [people], "sentence": [sentence]}


_RETURNS_WITHHELD = (
    "Whether people came back to the same place is withheld: too few are known to have gone twice."
)


def _stations(asked: Asked, rules: PeopleRules) -> Table:
    """Flows from areas to the nearest station, where enough people make them: journeys in bands, so that they cannot be
    taken from the flows between areas.
    """
    stations = _sites(asked)
    told, east, north = _fine_ends(asked)
    units = units_of(asked)
    by_area = journeys_of(finely(asked), units.column, units.size).journeys
    to_station = np.full(told.destination.size, -1, dtype=np.int64)
    known = np.isfinite(east)
    points = np.column_stack([stations["easting_m"], stations["northing_m"]])
    if len(points) and known.any():
        away_m, nearest = cKDTree(points).query(np.column_stack([east[known], north[known]]))
        to_station[known] = np.where(away_m <= STATION_M, nearest, -1)
    origin = _origins(by_area, told)
    ended = replace(told, origin=origin, destination=to_station)
    table = flow_table(ended, max(units.size, len(points)), rules)
    direct = direct_between(
        asked.version, units.level, table.origin, table.destination, (points[:, 0], points[:, 1])
    )
    rows = [at for at in range(table.origin.size) if _shown(asked, int(table.origin[at]))]
    ends = [_end(asked, "from", int(table.origin[at])) for at in rows]
    ended_at = [int(table.destination[at]) for at in rows]
    return {
        "from_code": [one["from_code"] for one in ends],
        "from_name": [one["from_name"] for one in ends],
        "station": [stations["name"][one] for one in ended_at],
        "easting_m": points[ended_at, 0],
        "northing_m": points[ended_at, 1],
        "journeys": [band_words(int(table.journeys[at])) for at in rows],
        "people": [band_words(int(table.people[at])) for at in rows],
        "rail": [int(direct.rail[at]) for at in rows],
        "bus": [int(direct.bus[at]) for at in rows],
        "direct": [direct_words(int(direct.rail[at]), int(direct.bus[at])) for at in rows],
    }


def _shown(asked: Asked, origin: int) -> bool:
    inside = _inside(asked)
    return inside is None or origin in inside


def _origins(by_area: Journeys, told: Journeys) -> NDArray[np.int64]:
    """The area each journey began in, by its event: the same records may be told by area and by hexagon."""
    order = np.argsort(by_area.event)
    if not order.size:
        return np.full(told.event.size, -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(by_area.event[order], told.event), order.size - 1)
    same = by_area.event[order][place] == told.event
    return np.where(same, by_area.origin[order][place], -1)


def _sites(asked: Asked) -> dict[str, Any]:
    """Stations with a point, by name."""
    question = replace(asked.question, classes=("station",))
    layers = replace(
        asked,
        question=question,
        selection=replace(asked.selection, feeds=(), within=()),
        within=(),
        around=None,
    )
    columns = answer_sites(layers).columns
    placed = np.flatnonzero(np.isfinite(np.asarray(columns["easting_m"], dtype=np.float64))).tolist()
    return {
        "name": [columns["name"][at] for at in placed],
        **{name: np.asarray(columns[name])[placed] for name in ("easting_m", "northing_m")},
    }


def _sentence(asked: Asked, rows: list[dict[str, Any]], returns: Table) -> str:
    flows = [row for row in rows if row["told"] == "flow" and not row["same"]]
    largest = ""
    if flows:
        one = flows[0]
        largest = (
            f" The largest between two areas: from {one['from_name']} to {one['to_name']}, {one['journeys']}."
        )
    return f"{SENTENCE[asked.question.flow]}{largest} {returns['sentence'][0]}"
