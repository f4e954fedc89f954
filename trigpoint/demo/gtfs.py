"""Timetables of the synthetic county's buses and trains as GTFS: the same county gives the same zip, byte for byte."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from trigpoint.core.county.model import Geography

_TO_DEGREES = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
_BUS_MS = 6.5
_TRAIN_MS = 20.0
_BUS_FIRST_MIN, _BUS_LAST_MIN, _BUS_EVERY_MIN = 6 * 60, 22 * 60, 60
_TRAIN_FIRST_MIN, _TRAIN_LAST_MIN, _TRAIN_EVERY_MIN = 5 * 60 + 20, 23 * 60, 30
_WHEN_ZIPPED = (1980, 1, 1, 0, 0, 0)

Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Line:
    """One direction of a route: where it calls (indices into the stops), its drawn path in metres, and its clock."""

    route: str
    name: str
    direction: int
    calls: Sequence[int]
    path: Any
    first_min: int
    last_min: int
    every_min: int
    metres_per_s: float


def write_bus(path: Path, geography: Geography, *, end: date) -> int:
    """Buses, hourly; returns the number of routes, each direction counted."""
    stops = geography.bus.stops
    points = np.column_stack([stops.easting_m, stops.northing_m])
    lines: list[Line] = []
    for route in geography.bus.routes:
        for direction, calls in enumerate((route.outbound, route.inbound)):
            path_m = shapely.linestrings(points[calls]) if len(calls) > 1 else None
            clock = (_BUS_FIRST_MIN + 7 * len(lines) % 60, _BUS_LAST_MIN, _BUS_EVERY_MIN, _BUS_MS)
            lines.append(Line(route.number, route.name, direction, calls.tolist(), path_m, *clock))
    return _write(path, "Synthetic Buses", "3", stops.codes, stops.names, points, lines, end)


def write_rail(path: Path, geography: Geography, *, end: date) -> int:
    """Trains, every half hour; returns the number of routes, each direction counted."""
    stations = geography.rail.stations
    points = np.array([(s.easting_m, s.northing_m) for s in stations], dtype=np.float64).reshape(-1, 2)
    lines: list[Line] = []
    for line in geography.rail.lines:
        for direction, calls in enumerate((line.stations, tuple(reversed(line.stations)))):
            path_m = line.geometry if direction == 0 else shapely.reverse(line.geometry)
            clock = (_TRAIN_FIRST_MIN + 11 * direction, _TRAIN_LAST_MIN, _TRAIN_EVERY_MIN, _TRAIN_MS)
            lines.append(Line(line.name, line.name, direction, calls, path_m, *clock))
    codes, names = [s.code for s in stations], [s.name for s in stations]
    return _write(path, "Synthetic Rail", "2", codes, names, points, lines, end)


def _write(
    path: Path,
    agency: str,
    kind: str,
    codes: Sequence[str],
    names: Sequence[str],
    points: np.ndarray,
    lines: Sequence[Line],
    end: date,
) -> int:
    longitude, latitude = _TO_DEGREES.transform(points[:, 0], points[:, 1])
    stop_times = [
        row for number, line in enumerate(lines) for row in _stop_times(number, line, codes, points)
    ]
    routes = {line.route: line.name for line in lines}
    tables: dict[str, tuple[str, Iterable[tuple[object, ...]]]] = {
        "agency": (
            "agency_id,agency_name,agency_url,agency_timezone",
            [("1", agency, "about:blank", "Europe/London")],
        ),
        "stops": (
            "stop_id,stop_name,stop_lat,stop_lon",
            [
                (c, n, f"{y:.6f}", f"{x:.6f}")
                for c, n, x, y in zip(codes, names, longitude, latitude, strict=True)
            ],
        ),
        "routes": (
            "route_id,agency_id,route_short_name,route_long_name,route_type",
            [(route, "1", route, name, kind) for route, name in routes.items()],
        ),
        "trips": ("route_id,service_id,trip_id,direction_id,shape_id", _trips(lines)),
        "stop_times": ("trip_id,arrival_time,departure_time,stop_id,stop_sequence", stop_times),
        "calendar": (
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date",
            [("daily", 1, 1, 1, 1, 1, 1, 1, f"{end.year - 2}0901", f"{end:%Y%m%d}")],
        ),
        "shapes": ("shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", _shape_points(lines)),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, (header, rows) in tables.items():
            archive.writestr(
                zipfile.ZipInfo(f"{name}.txt", _WHEN_ZIPPED), _text(header, rows), zipfile.ZIP_DEFLATED
            )
    return len({(line.route, line.direction) for line in lines})


def _text(header: str, rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue()


def _departures(line: Line) -> range:
    return range(line.first_min, line.last_min, line.every_min)


def _trips(lines: Sequence[Line]) -> Rows:
    return [
        (line.route, "daily", f"{number}-{start}", line.direction, number)
        for number, line in enumerate(lines)
        for start in _departures(line)
    ]


def _stop_times(number: int, line: Line, codes: Sequence[str], points: np.ndarray) -> Rows:
    """Every call of every trip; a bus or train moves at its line's speed from stop to stop, whole minutes."""
    at = points[list(line.calls)]
    gap_m = np.hypot(*np.diff(at, axis=0).T) if len(at) > 1 else np.zeros(0)
    after_min = np.concatenate(
        [[0], np.ceil(np.cumsum(gap_m * 1.25 / line.metres_per_s / 60.0 + 0.4))]
    ).astype(int)
    stops = [codes[call] for call in line.calls]
    rows: Rows = []
    for start in _departures(line):
        for order, (stop, after) in enumerate(zip(stops, after_min.tolist(), strict=True)):
            clock = f"{(start + after) // 60:02d}:{(start + after) % 60:02d}:00"
            rows.append((f"{number}-{start}", clock, clock, stop, order))
    return rows


def _shape_points(lines: Sequence[Line]) -> Rows:
    rows: Rows = []
    for number, line in enumerate(lines):
        if line.path is None:
            continue
        metres = shapely.get_coordinates(shapely.simplify(line.path, 15.0))
        longitude, latitude = _TO_DEGREES.transform(metres[:, 0], metres[:, 1])
        rows += [
            (number, f"{y:.6f}", f"{x:.6f}", order)
            for order, (x, y) in enumerate(zip(longitude, latitude, strict=True))
        ]
    return rows
