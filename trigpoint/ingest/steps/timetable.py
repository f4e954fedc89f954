"""Timetables (GTFS): for each route and direction its course, its stops, and how often something leaves each of them."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.receipt import LoadRefused
from trigpoint.ingest.schemas_layers import DEPARTURES, HOURS, STOP
from trigpoint.ingest.sheet import Fault, Sheet
from trigpoint.ingest.steps.headers import find_header
from trigpoint.ingest.steps.layers import nowhere, optional, section
from trigpoint.ingest.steps.normalise import Normalised
from trigpoint.ingest.steps.service_days import fullest_week

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Tables = Mapping[str, pa.Table]
"""The files of a GTFS archive by name without `.txt`, every column text; optional files may be absent."""

BUS, RAIL = {3, 11, *range(700, 720)}, {2, *range(100, 118)}
MON_TO_FRI = slice(0, 5)
HEADERS = ("route_id", "direction_id", "route_name", "route_type", "agency_name", "stops")


@dataclass(frozen=True, slots=True)
class _Trips:
    """Trips in their order: the (route, direction) of each, its service and its shape (-1: none)."""

    line: Ints
    service: Ints
    shape: NDArray[np.str_]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Calls:
    """Every departure from a stop, trip after trip in order: the trip, the stop, the hour 0-23 (-1: no time)."""

    trip: Ints
    stop: Ints
    hour: Ints


@dataclass(frozen=True, slots=True)
class _Stops:
    ref: tuple[str, ...]
    name: tuple[str, ...]
    easting_m: Floats
    northing_m: Floats


def timetable_sheet(tables: Tables, definition: Definition) -> Sheet:
    """One row for each route and direction. Raises LoadRefused where a table or a stop that is named is missing."""
    stops = _stops(_needed(tables, "stops"))
    services, days = fullest_week(tables)
    trips = _trips(_needed(tables, "trips"), services)
    calls = _calls(_needed(tables, "stop_times"), _needed(tables, "trips"), stops)
    departures = _departures(trips, calls, days)
    patterns = _patterns(trips, calls)
    shapes = _shapes(tables.get("shapes"))
    rows = range(len(trips.lines))
    told = _names(tables)
    cells = {
        "route_id": [route for route, _ in trips.lines],
        "direction_id": [direction or "0" for _, direction in trips.lines],
        **{name: [told[route][n] for route, _ in trips.lines] for n, name in enumerate(HEADERS[2:5])},
        "stops": [_stops_json(stops, patterns[row], departures[row]) for row in rows],
    }
    _, matched = find_header(definition, [HEADERS])
    columns = {
        name: pa.array(cells[HEADERS[place]], pa.string()) for name, place in matched.positions.items()
    }
    courses = [_course(trips, row, shapes, stops, patterns[row]) for row in rows]
    numbers = np.arange(1, len(rows) + 1, dtype=np.int32)
    return Sheet(
        matched.definition, columns, numbers, matched.headers, geometry=pa.array(courses, pa.binary())
    )


def _needed(tables: Tables, name: str) -> pa.Table:
    if name not in tables or tables[name].num_rows == 0:
        raise LoadRefused(f"The timetable has no {name}.txt, or nothing in it.")
    return tables[name]


def _words(table: pa.Table, name: str) -> list[str]:
    """A column's words; blank throughout where the table has no such column."""
    if name not in table.column_names:
        return [""] * table.num_rows
    return [word or "" for word in table[name].to_pylist()]


def _required(table: pa.Table, file: str, name: str) -> list[str]:
    if name not in table.column_names:
        raise LoadRefused(f"The timetable's {file}.txt has no column '{name}'.")
    return _words(table, name)


def _stops(table: pa.Table) -> _Stops:
    ref = _required(table, "stops", "stop_id")
    try:
        lon, lat = (
            np.array([float(cell or "nan") for cell in _required(table, "stops", name)])
            for name in ("stop_lon", "stop_lat")
        )
    except ValueError as fault:
        raise LoadRefused("A stop's longitude or latitude in stops.txt is not a number.") from fault
    easting, northing = to_national_grid(lon, lat)
    names = [" ".join(name.split()) for name in _words(table, "stop_name")]
    return _Stops(tuple(ref), tuple(names), easting, northing)


def _trips(table: pa.Table, services: Mapping[str, int]) -> _Trips:
    route, service = (_required(table, "trips", name) for name in ("route_id", "service_id"))
    told = list(zip(route, _words(table, "direction_id"), strict=True))
    number = {line: place for place, line in enumerate(sorted(set(told)))}
    return _Trips(
        line=np.array([number[line] for line in told], dtype=np.int64),
        service=np.array([services.get(name, -1) for name in service], dtype=np.int64),
        shape=np.array(_words(table, "shape_id"), dtype=np.str_),
        lines=tuple(number),
    )


def _calls(table: pa.Table, trips: pa.Table, stops: _Stops) -> _Calls:
    """The calls of every trip in their order. Raises LoadRefused where one names an unknown trip or stop."""
    trip = _numbered(_required(table, "stop_times", "trip_id"), _required(trips, "trips", "trip_id"), "trip")
    stop = _numbered(_required(table, "stop_times", "stop_id"), stops.ref, "stop")
    left = _words(table, "departure_time")
    arrived = _words(table, "arrival_time")
    hour = np.array([_hour(a or b) for a, b in zip(left, arrived, strict=True)], dtype=np.int64)
    try:
        sequence = np.array([int(cell) for cell in _required(table, "stop_times", "stop_sequence")])
    except ValueError as fault:
        raise LoadRefused("A stop_sequence in stop_times.txt is not a whole number.") from fault
    order = np.lexsort((sequence, trip))
    trip, stop, hour = trip[order], stop[order], hour[order]
    last = np.append(trip[1:] != trip[:-1], True)
    return _Calls(trip, stop, np.where(last, -1, hour))  # nobody leaves from a terminus


def _numbered(words: Sequence[str], known: Sequence[str], what: str) -> Ints:
    place = {word: number for number, word in enumerate(known)}
    try:
        return np.array([place[word] for word in words], dtype=np.int64)
    except KeyError as fault:
        raise LoadRefused(f"The timetable's stop_times.txt names a {what} that its list lacks.") from fault


def _hour(clock: str) -> int:
    hours = clock.strip().partition(":")[0]
    return int(hours) % HOURS if hours.isdigit() else -1


def _departures(trips: _Trips, calls: _Calls, days: NDArray[np.bool_]) -> list[dict[int, Ints]]:
    """For each line the departures from each stop, [class of day * 24 + hour]. `days`: services by 7 days."""
    service = trips.service[calls.trip]
    timed = (calls.hour >= 0) & (service >= 0)
    entries = np.column_stack([trips.line[calls.trip], calls.stop, calls.hour, service])[timed]
    different, times = np.unique(entries, axis=0, return_counts=True)
    week: dict[tuple[int, int], Ints] = {}
    for (line, stop, hour, kind), number in zip(different.tolist(), times.tolist(), strict=True):
        at = week.setdefault((line, stop), np.zeros((7, HOURS), dtype=np.int64))
        at[days[kind], hour] += number
    found: list[dict[int, Ints]] = [{} for _ in trips.lines]
    for (line, stop), counts in week.items():
        classes = np.stack([counts[MON_TO_FRI].max(axis=0), counts[5], counts[6]])
        found[line][stop] = classes.reshape(DEPARTURES)
    return found


def _patterns(trips: _Trips, calls: _Calls) -> list[list[int]]:
    """For each line its stops: those of the commonest sequence in order, then those only other trips serve."""
    starts = np.flatnonzero(np.append(True, calls.trip[1:] != calls.trip[:-1]))
    sequences: list[Counter[tuple[int, ...]]] = [Counter() for _ in trips.lines]
    for part in np.split(np.arange(len(calls.trip)), starts[1:]):
        if len(part):
            line = int(trips.line[calls.trip[part[0]]])
            sequences[line][tuple(calls.stop[part].tolist())] += 1
    return [_served(counter) for counter in sequences]


def _served(sequences: Counter[tuple[int, ...]]) -> list[int]:
    ranked = sorted(sequences, key=lambda stops: (-sequences[stops], stops))
    return list(dict.fromkeys(stop for stops in ranked for stop in stops))


def _names(tables: Tables) -> dict[str, tuple[str, str, str]]:
    """For each route its name, its mode and its operator."""
    table = _needed(tables, "routes")
    operators = tables.get("agency")
    known: dict[str, str] = {}
    if operators is not None:
        known = dict(zip(_words(operators, "agency_id"), _words(operators, "agency_name"), strict=True))
    only = next(iter(known.values()), "") if len(known) == 1 else ""
    columns = ("route_id", "route_short_name", "route_long_name", "route_type", "agency_id")
    rows = zip(*(_words(table, name) for name in columns), strict=True)
    return {
        route: (_route_name(short, long), _mode(kind), known.get(operator) or only)
        for route, short, long, kind, operator in rows
    }


def _route_name(short: str, long: str) -> str:
    return " ".join(dict.fromkeys(word.strip() for word in (short, long) if word.strip()))


def _mode(kind: str) -> str:
    number = int(kind) if kind.isdigit() else -1
    return "bus" if number in BUS else "rail" if number in RAIL else "other"


def _shapes(table: pa.Table | None) -> dict[str, Floats]:
    """Courses in metres by their id."""
    if table is None or table.num_rows == 0:
        return {}
    ids = np.array(_words(table, "shape_id"))
    try:
        lon, lat, order = (
            np.array([float(cell) for cell in _words(table, f"shape_pt_{name}")])
            for name in ("lon", "lat", "sequence")
        )
    except ValueError as fault:
        raise LoadRefused("A point of a course in shapes.txt is not a number.") from fault
    places = np.column_stack(to_national_grid(lon, lat))
    sorted_ = np.lexsort((order, ids))
    ids, places = ids[sorted_], places[sorted_]
    names, starts = np.unique(ids, return_index=True)
    return dict(zip(names.tolist(), np.split(places, starts[1:]), strict=True))


def _course(
    trips: _Trips, line: int, shapes: Mapping[str, Floats], stops: _Stops, served: Sequence[int]
) -> bytes | None:
    used = Counter(trips.shape[trips.line == line].tolist())
    ranked = sorted(used, key=lambda name: (-used[name], name))
    course = next((shapes[name] for name in ranked if name in shapes), None)
    if course is None:
        course = np.column_stack([stops.easting_m[list(served)], stops.northing_m[list(served)]])
    course = course[np.isfinite(course).all(axis=1)]
    return bytes(shapely.to_wkb(shapely.linestrings(course))) if len(course) > 1 else None


def _stops_json(stops: _Stops, served: Sequence[int], departures: Mapping[int, Ints]) -> str:
    none = np.zeros(DEPARTURES, dtype=np.int64)
    told = [
        {
            "ref": stops.ref[stop],
            "name": stops.name[stop],
            "easting_m": _metres(stops.easting_m[stop]),
            "northing_m": _metres(stops.northing_m[stop]),
            "departures": departures.get(stop, none).tolist(),
        }
        for stop in served
    ]
    return json.dumps(told, separators=(",", ":"))


def _metres(value: float) -> float | None:
    return round(float(value), 1) if np.isfinite(value) else None


def timetable(sheet: Sheet) -> Normalised:
    """Every row a route in one direction."""
    told = section(sheet.definition.timetable)
    stops = [json.loads(cell) for cell in sheet.text(told.stops).to_pylist()]
    directions = sheet.text(told.direction)
    wrong = ~np.isin(np.asarray(directions.to_numpy(zero_copy_only=False)), ["0", "1"])
    empty = np.array([not listed for listed in stops], dtype=np.bool_)
    columns = {
        "route": sheet.text(told.route),
        "direction": pa.array(
            [0 if bad else int(cell) for cell, bad in zip(directions.to_pylist(), wrong, strict=True)],
            pa.int8(),
        ),
        "name": sheet.text(told.route_name),
        "mode": sheet.text(told.mode),
        "operator": optional(sheet, told.operator),
        "wkb": sheet.geometry,
        "stops": pa.array(stops, pa.list_(STOP)),
    }
    faults = [
        Fault(wrong, sheet.header(told.direction), "a direction other than 0 or 1", "Check trips.txt."),
        Fault(empty, sheet.header(told.stops), "a route without stops", "Check stop_times.txt."),
    ]
    return Normalised(columns, nowhere(sheet), faults)
