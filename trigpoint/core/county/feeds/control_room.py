"""Police: the command system's incidents in universal time, and missing persons with risk, flags and where found."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.positions import placed_at
from trigpoint.core.county.feeds.spellings import universal
from trigpoint.core.county.feeds.wording import (
    County,
    Late,
    Records,
    person_keys,
    said_again,
    wards_of,
    worded,
)
from trigpoint.core.county.tables import british_minute, numbered, table_of

_OPENING = {
    "ASB nuisance": 26,
    "Violence": 18,
    "Concern for safety": 16,
    "Suspicious circumstances": 14,
    "Drugs": 7,
    "Domestic": 8,
    "Theft": 7,
    "Weapon seen": 4,
}
_CLOSING = {
    "": 62,
    "Error or duplicate": 5,
    "Concern for safety": 10,
    "ASB nuisance": 13,
    "No trace on arrival": 10,
}
_QUALIFIERS = {
    "": 62,
    "Youth": 16,
    "Alcohol": 8,
    "Youth;Alcohol": 4,
    "Mental health": 5,
    "CCE": 2,
    "CSE": 1,
    "Weapons": 2,
}
_RISKS = {"High": 14, "Medium": 58, "Low": 16, "NAR": 12}
_LAST_ABSENT = np.datetime64("2025-03-31")
"""This force kept the category absent longer than most; after it, such episodes are no apparent risk."""
_NOTED_BY_POLICE = 0.86


def incidents(county: County, rng: np.random.Generator) -> Records:
    """storm.csv: one row an incident; clocks in universal time, some without a position, none without a caller."""
    reports = county.history.reports["incident"]
    count = len(reports.event)
    year = reports.at.astype("datetime64[D]").astype(np.str_)
    key = np.array(
        [f"{d.replace('-', '')}-{n:05d}" for n, d in enumerate(year.tolist(), start=1)], dtype=np.str_
    )
    district = county.scene.wards.district[wards_of(county, reports)]
    spot = place_texts(county, reports, "police", key, county.scene.wards.district_name[district], rng)
    positioned = reports.placed & ((rng.random(count) < 0.82) | (spot.text == ""))
    opening = worded(_OPENING, count, rng)
    closing = worded(_CLOSING, count, rng)
    easting, northing = placed_at(reports.easting_m, reports.northing_m, positioned)
    caller = 6_000_000 + rng.integers(0, 3_000_000, count)
    table = table_of(
        {
            "incident_no": key,
            "created": universal(reports.at),
            "closed": universal(reports.at + rng.integers(30, 900, count).astype("timedelta64[m]")),
            "opening_code": np.where(reports.kind != "", reports.kind, opening),
            "closing_code": np.where(closing == "", opening, closing),
            "qualifiers": np.where(reports.theme != "", reports.theme, worded(_QUALIFIERS, count, rng)),
            "location": spot.text,
            "easting": easting,
            "northing": northing,
            "grade": worded({"1": 12, "2": 40, "3": 34, "4": 14}, count, rng),
            "caller": persons.full_names(caller),
            "caller_phone": persons.telephones(caller),
        }
    )
    return Records(
        table, reports.at, said=spot.said, personal=("caller", "caller_phone"), embedded=spot.embedded
    )


def missing_persons(county: County, rng: np.random.Generator) -> Records:
    """compact.csv: the police's own note of most missing episodes; a row is sent again when the person is found."""
    every = county.history.reports["missing"]
    reports = every.take(np.flatnonzero(rng.random(len(every.event)) < _NOTED_BY_POLICE))
    events, children = county.history.events, county.history.children
    count = len(reports.event)
    child = events.child[reports.event]
    ended = events.ended[reports.event]
    found = ended <= county.history.last_day + 1
    key = numbered("MP", reports.event + 1, 7)
    spot = place_texts(
        county, reports, "police", key, np.full(count, ""), rng, writes=rng.random(count) < 0.8
    )
    positioned = reports.placed & ((rng.random(count) < 0.5) | (spot.text == ""))
    easting, northing = placed_at(reports.easting_m, reports.northing_m, positioned & found)
    risk = worded(_RISKS, count, rng)
    absent = (risk == "NAR") & (reports.at.astype("datetime64[D]") <= _LAST_ABSENT)
    homes = children.home[np.minimum(child, len(children.home) - 1)]
    often = np.bincount(child, minlength=int(child.max(initial=0)) + 1)[child] >= 6
    after = reports.reported_at - rng.integers(20, 200, count).astype("timedelta64[m]")
    reported = np.maximum(reports.at, after)
    talked = np.where(
        found & (rng.random(count) < 0.7), british_minute(ended + np.timedelta64(20 * 60, "m")), ""
    )
    blank = np.full(count, "")
    table = table_of(
        {
            "mp_ref": key,
            "force": np.full(count, "Marlshire"),
            "person_ref": person_keys(child, 7),
            "name": persons.full_names(child),
            "dob": persons.birthdays(child),
            "reported": british_minute(reported),
            "missing_from_dt": british_minute(reports.at),
            "missing_from_location": np.where(
                homes >= 0, "Care", worded({"Home": 90, "School": 10}, count, rng)
            ),
            "risk": np.where(absent, "Absent", risk),
            "returned_dt": np.where(found, british_minute(ended), ""),
            "found_location_text": np.where(found, spot.text, ""),
            "found_e": easting,
            "found_n": northing,
            "found_by": np.where(found, worded({"Returned": 60, "Police": 24, "Family": 16}, count, rng), ""),
            "flags": np.where(
                often,
                worded({"3in90": 70, "CCE;3in90": 20, "CSE;3in90": 10}, count, rng),
                worded({"": 88, "CSE": 5, "CCE": 7}, count, rng),
            ),
            "prevention_interview_dt": talked,
        }
    )
    told = said_again(spot.said, key, np.where(found, spot.text, ""))
    still_out = np.flatnonzero(found & (ended > reported))
    unknown = blank[still_out]
    names = (
        "returned_dt",
        "found_location_text",
        "found_e",
        "found_n",
        "found_by",
        "prevention_interview_dt",
    )
    late = Late(still_out, ended[still_out] + np.timedelta64(1440, "m"), dict.fromkeys(names, unknown))
    return Records(
        table,
        reports.reported_at,
        late=(late,),
        said=told,
        personal=("person_ref", "name", "dob"),
        embedded=spot.embedded,
    )
