"""Education: concerns typed at schools, and exclusions. Term-time only: silence in August is not safety."""

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records, person_keys, street_and_town, worded
from trigpoint.core.county.scene import Points, nearest
from trigpoint.core.county.tables import Ints, british_date, clock, table_of, whole

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


def concerns(county: County, rng: np.random.Generator) -> Records:
    """edu_concerns.csv: a third give a street, most the school; one in four gives neither."""
    reports = county.history.reports["concern"]
    count = len(reports.event)
    school = schools_near(county, reports.easting_m, reports.northing_m)
    says_street = reports.placed & (rng.random(count) < 0.55)
    schools = county.sites.schools
    table = table_of(
        {
            "PupilRef": person_keys(county.history.events.child[reports.event], 2),
            "Date": british_date(reports.at),
            "Time": np.where(reports.day_only, "", clock(reports.at)),
            "School": np.where(reports.placed, schools.name[school], ""),
            "SchoolURN": np.where(reports.placed, whole(schools.urn[school]), ""),
            "Category": worded(_CONCERNS, count, rng),
            "Location text": np.where(says_street, street_and_town(county, reports), ""),
            "Action": worded(_ACTIONS, count, rng),
        }
    )
    return Records(table, reports.at)


def exclusions(county: County, rng: np.random.Generator) -> Records:
    """edu_exclusions.csv: a place only through the school."""
    reports = county.history.reports["exclusion"]
    count = len(reports.event)
    school = schools_near(county, reports.easting_m, reports.northing_m)
    permanent = rng.random(count) < 0.06
    schools = county.sites.schools
    table = table_of(
        {
            "UPN": person_keys(county.history.events.child[reports.event], 2),
            "SchoolURN": whole(schools.urn[school]),
            "LAESTAB": np.array([f"899{n:04d}" for n in schools.number[school].tolist()]),
            "ExclusionType": np.where(permanent, "PERM", "SUSP"),
            "Reason": worded(_REASONS, count, rng),
            "StartDate": british_date(reports.at),
            "Sessions": np.where(permanent, "", whole(rng.integers(1, 11, count))),
            "AMPM": np.where(rng.random(count) < 0.7, "AM", "PM"),
        }
    )
    return Records(table, reports.at)


def schools_near(county: County, easting_m: np.ndarray, northing_m: np.ndarray) -> Ints:
    """The nearest school that teaches 11-year-olds and older and is open, as an index into Schools."""
    schools = county.sites.schools
    older = np.flatnonzero((schools.phase != "primary") & np.isnat(schools.closed))
    places = Points(
        schools.name[older], schools.easting_m[older], schools.northing_m[older], np.ones(len(older))
    )
    return older[nearest(places, easting_m, northing_m)]
