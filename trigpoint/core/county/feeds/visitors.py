"""Feeds from outside: the railway police by station, emergency departments by what patients say."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.positions import placed_at
from trigpoint.core.county.feeds.wording import County, Records, worded
from trigpoint.core.county.lines import station_codes
from trigpoint.core.county.scene import nearest
from trigpoint.core.county.tables import british_date, british_minute, clock, numbered, table_of

_RAILWAY = {
    "Vulnerable child travelling alone": 22,
    "Suspected county lines": 14,
    "Group causing nuisance": 20,
    "Fare evasion, young person": 14,
    "Assault": 10,
    "Drugs": 8,
    "Knife seen": 4,
    "Trespass": 8,
}
_WEAPONS = {"knife": 16, "blunt object": 14, "fists or feet": 46, "bottle": 10, "unknown": 14}


def railway(county: County, rng: np.random.Generator) -> Records:
    """btp.csv: a station's code, a line, what it was and when; no reference and no position."""
    reports = county.history.reports["btp"]
    count = len(reports.event)
    stations = county.scene.stations
    at = nearest(stations, reports.easting_m, reports.northing_m)
    line = np.array(["Main line", "Coast line", "Valley line"])[at % 3]
    table = table_of(
        {
            "station_crs": np.where(reports.placed, np.array(station_codes(stations.name.tolist()))[at], ""),
            "line": line,
            "incident": np.where(reports.kind != "", reports.kind, worded(_RAILWAY, count, rng)),
            "dt": british_minute(reports.at),
        }
    )
    return Records(table, reports.at)


def emergency(county: County, rng: np.random.Generator) -> Records:
    """ae.csv: date, time, weapon and a place as the patient told it; a third are placed by the trust's own lookup."""
    reports = county.history.reports["ae"]
    count = len(reports.event)
    patient = county.history.events.child[reports.event]
    spot = place_texts(
        county, reports, "hospital", numbered("", np.arange(count), 6), np.full(count, ""), rng
    )
    sure = reports.placed & (rng.random(count) < 0.35)
    easting, northing = placed_at(reports.easting_m, reports.northing_m, sure)
    table = table_of(
        {
            "date": british_date(reports.at),
            "time": clock(reports.at),
            "nhs_no": persons.health_numbers(patient),
            "age_band": worded({"under 14": 14, "14-15": 34, "16-17": 52}, count, rng),
            "weapon": worded(_WEAPONS, count, rng),
            "location_text": spot.text,
            "geocode_confidence": np.where(sure, "high", np.where(spot.text != "", "low", "none")),
            "easting": easting,
            "northing": northing,
        }
    )
    return Records(table, reports.at, said=spot.said, personal=("nhs_no",), embedded=spot.embedded)
