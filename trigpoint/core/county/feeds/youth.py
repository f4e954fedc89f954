"""The youth service: detached sessions in a workbook. A session without concerns is a zero worth keeping."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.positions import degrees
from trigpoint.core.county.feeds.spellings import weekday_and_ordinal, yes_or_no
from trigpoint.core.county.feeds.wording import County, Records, streets, wards_of, worded
from trigpoint.core.county.tables import Minutes, clock, decimal, iso_date, numbered, table_of, whole

__all__ = ["degrees", "sessions", "working_hours"]

_THEMES = {
    "": 38,
    "Substance use": 13,
    "Older associates": 9,
    "Carrying concerns": 7,
    "Online contact": 8,
    "Missing episodes": 8,
    "Antisocial behaviour": 11,
    "Older associates;Substance use": 4,
    "Missing episodes;Online contact": 2,
}
_WORDS = ("lamp", "tractor", "biscuit", "velvet", "harbour", "pigeon", "copper", "ladder", "mitten", "orbit")


def sessions(county: County, rng: np.random.Generator) -> Records:
    """youth_sessions.xlsx: one row a session; half have the phone's position, most a name for the spot."""
    reports = county.history.reports["session"]
    count = len(reports.event)
    _, town = streets(county, reports)
    longitude, latitude = degrees(reports.easting_m, reports.northing_m)
    reference = numbered("YS", np.arange(1, count + 1), 5)
    patch = np.where(town == "", "Rural", town)
    spot = place_texts(county, reports, "youth", reference, patch, rng, writes=rng.random(count) < 0.92)
    positioned = reports.placed & ((rng.random(count) < 0.5) | (spot.text == ""))
    notes = worded(_THEMES, count, rng)
    concern = (notes != "") & (rng.random(count) < 0.55)
    long_min = rng.choice(np.array([90, 120, 150]), count).astype("timedelta64[m]")
    district = county.scene.wards.district[wards_of(county, reports)]
    start = working_hours(reports.at)
    day = reports.at.astype("datetime64[D]")
    monday = day - ((day.astype(np.int64) + 3) % 7).astype("timedelta64[D]")
    worker = rng.integers(900_000, 900_040, count)
    table = table_of(
        {
            "session_id": reference,
            "week_commencing": iso_date(monday.astype("datetime64[m]")),
            "date": np.where(rng.random(count) < 0.12, weekday_and_ordinal(reports.at), iso_date(reports.at)),
            "start": clock(start),
            "end": clock(start + long_min),
            "team": county.scene.wards.district_name[district],
            "patch": patch,
            "location_name": spot.text,
            "what3words": np.where(rng.random(count) < 0.1, _three_words(count, rng), ""),
            "latitude": decimal(np.where(positioned, latitude, np.nan), 6),
            "longitude": decimal(np.where(positioned, longitude, np.nan), 6),
            "yp_contacts": whole(rng.poisson(7.0, count)),
            "age_band": worded({"11-13": 30, "14-15": 42, "16-17": 28}, count, rng),
            "theme_notes": notes,
            "concerns": np.where(concern, np.where(rng.random(count) < 0.8, "Y", "Yes"), _no(count, rng)),
            "follow_up": yes_or_no(concern & (rng.random(count) < 0.6), rng),
            "worker": persons.full_names(worker),
            "worker_mobile": persons.telephones(worker),
        }
    )
    return Records(
        table, reports.at, said=spot.said, personal=("worker", "worker_mobile"), embedded=spot.embedded
    )


def working_hours(at: Minutes) -> Minutes:
    """The same day and minute, moved where need be into the hours in which sessions start (15:00 to 20:59)."""
    day = at.astype("datetime64[D]").astype("datetime64[m]")
    hour = (at - day).astype(np.int64) // 60
    minute = (at - day).astype(np.int64) % 60
    within = np.where((hour >= 15) & (hour < 21), hour, 15 + hour % 6)
    moved: Minutes = day + (within * 60 + minute).astype("timedelta64[m]")
    return moved


def _no(count: int, rng: np.random.Generator) -> np.ndarray:
    return np.array(["N", "N", "N", "No", ""])[rng.integers(0, 5, count)]


def _three_words(count: int, rng: np.random.Generator) -> np.ndarray:
    """Addresses of three words, which nobody here can read."""
    picks = rng.integers(0, len(_WORDS), (count, 3)).tolist()
    return np.array([".".join(_WORDS[n] for n in row) for row in picks], dtype=np.str_)
