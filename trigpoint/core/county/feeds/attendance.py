"""Attendance of secondary schools and pupil referral units by week and code: counts, small ones withheld."""

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records
from trigpoint.core.county.settings import school_term
from trigpoint.core.county.tables import Bools, Ints, british_date, table_of, whole

CODES = {"N": 3.0, "O": 42.0, "G": 4.0, "U": 16.0, "B": 20.0, "C": 38.0}
"""Mean sessions a week in a school of a thousand, by code."""
MEASURES = {"PA": 190.0, "SA": 18.0}
"""Pupils persistently and severely absent, told in the last week of each half-term."""
_LEAST = 5


def attendance(county: County, rng: np.random.Generator) -> Records:
    """edu_attendance.tsv: a row for each school, week of term and code; a restated week would come with a new file."""
    schools = county.sites.schools
    told = np.flatnonzero((schools.phase != "primary") & np.isnat(schools.closed))
    mondays = term_weeks(county.history.first_day, county.history.last_day)
    last = half_term_ends(mondays)
    codes = [(code, mean, np.ones(len(mondays), bool)) for code, mean in CODES.items()]
    codes += [(code, mean, last) for code, mean in MEASURES.items()]
    unevenness = rng.lognormal(0.0, 0.5, len(told))
    rows = [
        (school, week, name, mean * unevenness[position])
        for position, school in enumerate(told.tolist())
        for name, mean, weeks in codes
        for week in np.flatnonzero(weeks).tolist()
    ]
    at_school, at_week, code, mean = (np.array(column) for column in zip(*rows, strict=True))
    sessions = rng.poisson(mean)
    chance = rng.random(len(rows))
    shown = np.where(sessions < _LEAST, "c", whole(sessions))
    week_of = mondays[at_week].astype("datetime64[m]")
    order = np.lexsort((np.arange(len(rows)), at_week))
    table = table_of(
        {
            "school_urn": whole(schools.urn[at_school]),
            "LAESTAB": np.array([f"899{n:04d}" for n in schools.number[at_school].tolist()]),
            "school": schools.name[at_school],
            "week_commencing": british_date(week_of),
            "code": code,
            "sessions": np.where(chance < 0.01, "x", shown),
        }
    )
    return Records(table.take(order), week_of[order])


def term_weeks(first_day: np.datetime64, last_day: np.datetime64) -> np.ndarray:
    """The Mondays of all weeks with a school day, whole weeks only."""
    monday = first_day - ((first_day.astype(np.int64) + 3) % 7)
    mondays = np.arange(monday + 7, last_day - 4, 7)
    taught = np.array([school_term(np.arange(day, day + 5)).any() for day in mondays])
    return np.asarray(mondays[taught])


def half_term_ends(mondays: np.ndarray) -> Bools:
    """The weeks after which there is a break of a week or more, and the last."""
    gaps = np.diff(mondays.astype(np.int64))
    return np.concatenate([gaps > 7, [True]])


def half_term_of(mondays: np.ndarray) -> Ints:
    """A number from 0 for the half-term of each of the (sorted, distinct) weeks."""
    return np.concatenate([[0], np.cumsum(np.diff(mondays.astype(np.int64)) > 7)])
