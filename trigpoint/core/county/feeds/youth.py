"""The youth service: detached sessions, with the phone's position. A session without concerns is a zero worth keeping."""

import numpy as np
from pyproj import Transformer

from trigpoint.core.county.feeds.wording import County, Records, streets, wards_of, worded
from trigpoint.core.county.tables import Floats, Minutes, clock, decimal, iso_date, numbered, table_of, whole

_THEMES = {
    "": 40,
    "Substance use": 14,
    "Older associates": 10,
    "Carrying concerns": 7,
    "Online contact": 8,
    "Missing episodes": 9,
    "Antisocial behaviour": 12,
}


def sessions(county: County, rng: np.random.Generator) -> Records:
    """youth_sessions.csv: one row a session."""
    reports = county.history.reports["session"]
    count = len(reports.event)
    street, town = streets(county, reports)
    longitude, latitude = degrees(reports.easting_m, reports.northing_m)
    notes = worded(_THEMES, count, rng)
    concern = (notes != "") & (rng.random(count) < 0.55)
    long_min = rng.choice(np.array([90, 120, 150]), count).astype("timedelta64[m]")
    district = county.scene.wards.district[wards_of(county, reports)]
    start = working_hours(reports.at)
    table = table_of(
        {
            "session_id": numbered("YS", np.arange(1, count + 1), 5),
            "date": iso_date(reports.at),
            "start": clock(start),
            "end": clock(start + long_min),
            "team": county.scene.wards.district_name[district],
            "patch": np.where(town == "", "Rural", town),
            "location_name": street,
            "latitude": decimal(np.where(reports.placed, latitude, np.nan), 6),
            "longitude": decimal(np.where(reports.placed, longitude, np.nan), 6),
            "yp_contacts": whole(rng.poisson(7.0, count)),
            "age_band": worded({"11-13": 30, "14-15": 42, "16-17": 28}, count, rng),
            "theme_notes": notes,
            "concerns": np.where(concern, "Y", "N"),
            "follow_up": np.where(concern & (rng.random(count) < 0.6), "Y", "N"),
        }
    )
    return Records(table, reports.at)


def working_hours(at: Minutes) -> Minutes:
    """The same day and minute, moved where need be into the hours in which sessions start (15:00 to 20:59)."""
    day = at.astype("datetime64[D]").astype("datetime64[m]")
    hour = (at - day).astype(np.int64) // 60
    minute = (at - day).astype(np.int64) % 60
    within = np.where((hour >= 15) & (hour < 21), hour, 15 + hour % 6)
    moved: Minutes = day + (within * 60 + minute).astype("timedelta64[m]")
    return moved


def degrees(easting_m: Floats, northing_m: Floats) -> tuple[Floats, Floats]:
    """Longitude and latitude (WGS 84, degrees) of EPSG:27700 metres."""
    longitude, latitude = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True).transform(
        easting_m, northing_m
    )
    return np.asarray(longitude), np.asarray(latitude)
