"""A county small enough to count by hand, in the files its publishers would send: four square wards, three months."""

import csv
import json
import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from trigpoint.changes.deliveries import receive_delivery
from trigpoint.changes.versions import publish_version
from trigpoint.core.geography.crs import to_lonlat

WEST_M, SOUTH_M, SIDE_M = 580_000.0, 210_000.0, 2_000.0
STEP_M = 330.0
DISTRICTS = (("E07990001", "Westmark"), ("E07990002", "Eastmark"))
WARDS = (
    ("E05990001", "Quay", "E07990001"),
    ("E05990002", "Market", "E07990001"),
    ("E05990003", "Heath", "E07990002"),
    ("E05990004", "Mill", "E07990002"),
)
MONTHS = ("2026-01", "2026-02", "2026-03")
# Violence and burglary a month in each ward: Quay has far more than the rest.
VIOLENCE = {"E05990001": 9, "E05990002": 2, "E05990003": 1, "E05990004": 0}
BURGLARY = {"E05990001": 1, "E05990002": 1, "E05990003": 1, "E05990004": 1}
WITHOUT_PLACE = 1
HEADER = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code",
    "LSOA name", "Crime type", "Last outcome category", "Context",
)  # fmt: skip
RECORDS = len(MONTHS) * (sum(VIOLENCE.values()) + sum(BURGLARY.values()) + WITHOUT_PLACE)
"""Rows in all, those without a place among them."""


def in_ward(code: str) -> int:
    """How many records lie in a ward."""
    return len(MONTHS) * (VIOLENCE[code] + BURGLARY[code])


def publish_small_county(folder: Path, *, by: str, at: datetime) -> None:
    """Write the files, bring them in and publish them, as an analyst would."""
    folder.mkdir(parents=True, exist_ok=True)
    squares = {code: _square(place, 1) for place, (code, _, _) in enumerate(WARDS)}
    wards = [({"WD24CD": c, "WD24NM": n, "LAD24CD": d}, squares[c]) for c, n, d in WARDS]
    districts = [
        ({"LAD24CD": code, "LAD24NM": name}, _square(2 * place, 2))
        for place, (code, name) in enumerate(DISTRICTS)
    ]
    files = [
        ("ons_districts", _write_areas(folder / "LAD_2024.geojson", districts)),
        ("ons_wards", _write_areas(folder / "Wards_2024.geojson", wards)),
        *(
            ("police_uk_street", _write_month(folder / f"{month}-small-street.csv", month))
            for month in MONTHS
        ),
    ]
    for definition, path in files:
        receive_delivery(definition=definition, path=path, by=by, at=at)
    publish_version(by=by, at=at)


def _square(place: int, wide: int) -> list[tuple[float, float]]:
    west, east = WEST_M + place * SIDE_M, WEST_M + (place + wide) * SIDE_M
    corners = [(west, SOUTH_M), (east, SOUTH_M), (east, SOUTH_M + SIDE_M), (west, SOUTH_M + SIDE_M)]
    lon, lat = to_lonlat([x for x, _ in corners], [y for _, y in corners])
    ring = list(zip(lon.tolist(), lat.tolist(), strict=True))
    return [*ring, ring[0]]


def _write_areas(path: Path, areas: Sequence[tuple[dict[str, str], list[tuple[float, float]]]]) -> Path:
    features = [
        {"type": "Feature", "properties": told, "geometry": {"type": "Polygon", "coordinates": [ring]}}
        for told, ring in areas
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def _write_month(path: Path, month: str) -> Path:
    rows = []
    for place, (ward, _, _) in enumerate(WARDS):
        for kind, counts in (("Violence and sexual offences", VIOLENCE), ("Burglary", BURGLARY)):
            for n in range(counts[ward]):
                lon, lat = _around_the_middle(place, n)
                rows.append(_row(f"{month}{kind}{place}{n}", month, lon, lat, kind))
    rows += [_row(f"{month}nowhere{n}", month, "", "", "Burglary") for n in range(WITHOUT_PLACE)]
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([HEADER, *rows])
    return path


def _around_the_middle(place: int, n: int) -> tuple[str, str]:
    """The middle of a ward for its first record, then points a hexagon away: what gathers there is no lone peak."""
    turn = math.tau * n / 8
    away_m = 0.0 if n == 0 else STEP_M
    middle_m = WEST_M + (place + 0.5) * SIDE_M, SOUTH_M + 0.5 * SIDE_M
    lon, lat = to_lonlat([middle_m[0] + away_m * math.cos(turn)], [middle_m[1] + away_m * math.sin(turn)])
    return f"{lon[0]:.6f}", f"{lat[0]:.6f}"


def _row(seed: str, month: str, lon: str, lat: str, kind: str) -> tuple[str, ...]:
    number = seed.encode().hex().ljust(64, "0")[:64]
    where = "On or near High Street" if lon else "No Location"
    return (number, month, "Marlshire Police", "Marlshire Police", lon, lat, where, "", "", kind, "", "")
