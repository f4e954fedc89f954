"""Education: concerns typed at schools, exclusions, children missing education. Term-time only: silence is not safety."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.academies import urn_then
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.spellings import excel_serial, mixed_dates, typed_names
from trigpoint.core.county.feeds.wording import County, Records, person_keys, wards_of, worded
from trigpoint.core.county.scene import Points, nearest
from trigpoint.core.county.tables import Ints, Strings, british_date, clock, numbered, table_of, whole

_CONCERNS = {
    "Unknown adult near school": 14,
    "Unexplained money or items": 16,
    "Missing from school during the day": 22,
    "Suspected exploitation": 12,
    "Weapon concern": 8,
    "Drugs": 13,
    "Online contact": 9,
    "Sexualised behaviour": 6,
}
_ACTIONS = {"Logged": 40, "Parent contacted": 25, "Referred to social care": 20, "Shared with police": 15}
_REASONS = {"PP": 22, "PA": 8, "VP": 10, "VA": 12, "DA": 14, "DB": 20, "OW": 7, "SM": 3, "TH": 2, "BU": 2}
_CME_REASONS = {
    "Moved, destination unknown": 40,
    "Elective home education ended": 14,
    "Never enrolled": 12,
    "Moved abroad": 18,
    "Off roll, whereabouts unknown": 16,
}
_SERIAL_MONTHS = np.array(["2024-11", "2025-06", "2026-02"], dtype="datetime64[M]")


def concerns(county: County, rng: np.random.Generator) -> Records:
    """edu_concerns.csv: half give a place in words, most the school; those without a place give neither."""
    reports = county.history.reports["concern"]
    count = len(reports.event)
    child = county.history.events.child[reports.event]
    school = schools_near(county, reports.easting_m, reports.northing_m)
    schools = county.sites.schools
    reference = numbered("", np.arange(count), 6)
    told = place_texts(
        county, reports, "school", reference, np.full(count, ""), rng, writes=rng.random(count) < 0.55
    )
    table = table_of(
        {
            "PupilRef": person_keys(child, 2),
            "Pupil": persons.full_names(child),
            "Date": mixed_dates(reports.at, rng, short=0.2),
            "Time": np.where(reports.day_only, "", clock(reports.at)),
            "School": np.where(reports.placed, typed_names(schools.name[school], rng), ""),
            "SchoolURN": np.where(reports.placed, urn_then(schools, school, reports.at), ""),
            "Category": np.where(reports.kind != "", reports.kind, worded(_CONCERNS, count, rng)),
            "Location text": told.text,
            "Action": worded(_ACTIONS, count, rng),
        }
    )
    return Records(table, reports.at, said=told.said, personal=("PupilRef", "Pupil"), embedded=told.embedded)


def exclusions(county: County, rng: np.random.Generator) -> Records:
    """edu_exclusions.csv: a place only through the school."""
    reports = county.history.reports["exclusion"]
    count = len(reports.event)
    child = county.history.events.child[reports.event]
    school = schools_near(county, reports.easting_m, reports.northing_m)
    permanent = rng.random(count) < 0.06
    schools = county.sites.schools
    table = table_of(
        {
            "UPN": person_keys(child, 2),
            "PupilName": persons.full_names(child),
            "SchoolURN": urn_then(schools, school, reports.at),
            "LAESTAB": _laestab(schools.number[school], rng),
            "ExclusionType": np.where(permanent, "PERM", "SUSP"),
            "Reason": np.where(reports.kind != "", reports.kind, worded(_REASONS, count, rng)),
            "StartDate": mixed_dates(reports.at, rng, short=0.35),
            "Sessions": np.where(permanent, "", whole(rng.integers(1, 11, count))),
            "AMPM": np.where(rng.random(count) < 0.7, "AM", "PM"),
        }
    )
    return Records(table, reports.at, personal=("UPN", "PupilName"))


def missing_education(county: County, rng: np.random.Generator) -> Records:
    """edu_cme.csv: a ward's name and the last school; in three months the dates were pasted as numbers of days."""
    reports = county.history.reports["cme"]
    count = len(reports.event)
    child = county.history.events.child[reports.event]
    school = schools_near(county, reports.easting_m, reports.northing_m)
    serial = np.isin(reports.reported_at.astype("datetime64[M]"), _SERIAL_MONTHS)
    dated = np.where(serial, excel_serial(reports.at), british_date(reports.at))
    table = table_of(
        {
            "ref": numbered("CME", np.arange(1, count + 1), 5),
            "pupil_name": persons.full_names(child),
            "dob": persons.birthdays(child),
            "last_school_urn": np.where(rng.random(count) < 0.9, whole(county.sites.schools.urn[school]), ""),
            "removed_from_roll": dated,
            "reason": worded(_CME_REASONS, count, rng),
            "ward": np.where(reports.placed, county.scene.wards.name[wards_of(county, reports)], ""),
        }
    )
    return Records(table, reports.reported_at, personal=("pupil_name", "dob"))


def _laestab(number: Ints, rng: np.random.Generator) -> Strings:
    """The authority and establishment number in ten digits, or as a spreadsheet leaves it: leading zeros lost."""
    bare = np.array([f"899{n:04d}" for n in number.tolist()], dtype=np.str_)
    return np.where(rng.random(len(number)) < 0.5, np.char.add("000", bare), bare)


def schools_near(county: County, easting_m: np.ndarray, northing_m: np.ndarray) -> Ints:
    """The nearest school that teaches 11-year-olds and older and is open, as an index into Schools."""
    schools = county.sites.schools
    older = np.flatnonzero((schools.phase != "primary") & np.isnat(schools.closed))
    places = Points(
        schools.name[older], schools.easting_m[older], schools.northing_m[older], np.ones(len(older))
    )
    return older[nearest(places, easting_m, northing_m)]
