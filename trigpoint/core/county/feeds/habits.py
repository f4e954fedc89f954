"""How often each agency sends, how long after, what of it, and what its files are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from trigpoint.core.county.feeds.attendance import half_term_of, term_weeks
from trigpoint.core.county.tables import Ints, Minutes

Every = Literal["week", "month", "quarter", "half-year", "half-term"]


@dataclass(frozen=True, slots=True)
class Habit:
    """`sends` new rows with what became known of older ones, or the whole register.

    `twice` is the share of rows that stand in a file twice, `rekeyed` the share entered again under a number of
    their own (in the column `key`); `restated` are the calendar months sent again a month later with rows gone.
    """

    stem: str
    every: Every
    days_after: int
    sends: Literal["new", "whole"] = "new"
    key: str | None = None
    twice: float = 0.0
    rekeyed: float = 0.0
    restated: tuple[int, ...] = ()


HABITS: Mapping[str, Habit] = {
    "social_care_missing": Habit("csc_missing", "month", 8, key="miss_table_id", twice=0.006),
    "social_care_contacts": Habit("csc_contacts", "month", 8, key="cont_contact_id", twice=0.004),
    "social_care_assessment_factors": Habit("csc_assessment_factors", "month", 9, key="cinf_table_id"),
    "social_care_placements": Habit("csc_placements", "quarter", 10, "whole"),
    "education_concerns": Habit("edu_concerns", "month", 5),
    "education_exclusions": Habit("edu_exclusions", "month", 5, restated=(3, 7, 12)),
    "education_cme": Habit("edu_cme", "month", 6, key="ref"),
    "education_attendance": Habit("edu_attendance", "half-term", 7),
    "youth_sessions": Habit("youth_sessions", "month", 4, key="session_id"),
    "return_interviews_rhi": Habit("rhi", "month", 6, key="rhi_ref"),
    "safeguarding_board_counts": Habit("board_counts", "quarter", 15),
    "community_safety_asb": Habit("asb", "month", 5, key="asb_ref", twice=0.003),
    "community_safety_closures": Habit("closures", "quarter", 9, "whole"),
    "community_safety_premises": Habit("premises", "half-year", 9, "whole"),
    "community_safety_lets": Habit("lets", "half-year", 9, "whole"),
    "community_safety_notices": Habit("notices", "quarter", 9, "whole"),
    "probation_cohorts": Habit("probation", "quarter", 15),
    "police_crime": Habit("crime", "week", 5, key="crime_ref", twice=0.002, rekeyed=0.003),
    "police_incidents": Habit("storm", "month", 3, key="incident_no", twice=0.002),
    "police_missing": Habit("compact", "month", 4, key="mp_ref"),
    "police_intelligence": Habit("intel", "month", 5, key="log_ref"),
    "police_cawn": Habit("cawn", "half-year", 3, "whole"),
    "police_nrm": Habit("nrm", "quarter", 40),
    "transport_police_incidents": Habit("btp", "month", 7),
    "health_ae": Habit("ae", "month", 9),
    "health_totals": Habit("health_totals", "quarter", 30),
    "youth_justice_cases": Habit("yj_cases", "quarter", 20),
}
_HALF_YEARS_END = 4
"""Half-years end in April and October."""


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods a feed's files cover, in order: what each is called and its last day."""

    names: tuple[str, ...]
    last_day: np.ndarray

    def of(self, at: Minutes) -> Ints:
        """The number of the period each instant lies in; instants before the first are in the first."""
        return np.searchsorted(self.last_day, at.astype("datetime64[D]"), side="left").astype(np.int64)


def periods(every: Every, first_day: np.datetime64, last_day: np.datetime64) -> Periods:
    """The periods from the first day to the last; the last of them ends with the history."""
    ends, names = {
        "week": _weeks,
        "month": _months,
        "quarter": _quarters,
        "half-year": _half_years,
        "half-term": _half_terms,
    }[every](first_day, last_day)
    return Periods(tuple(names), np.minimum(ends, last_day))


def _weeks(first_day: np.datetime64, last_day: np.datetime64) -> tuple[np.ndarray, list[str]]:
    monday = first_day - ((first_day.astype(np.int64) + 3) % 7)
    mondays = np.arange(monday, last_day + 1, 7)
    return mondays + 6, np.datetime_as_string(mondays).tolist()


def _months(first_day: np.datetime64, last_day: np.datetime64) -> tuple[np.ndarray, list[str]]:
    months = np.arange(first_day.astype("datetime64[M]"), last_day.astype("datetime64[M]") + 1)
    return (months + 1).astype("datetime64[D]") - 1, np.datetime_as_string(months).tolist()


def _quarters(first_day: np.datetime64, last_day: np.datetime64) -> tuple[np.ndarray, list[str]]:
    first, last = (int(d.astype("datetime64[M]").astype(np.int64)) // 3 for d in (first_day, last_day))
    numbers = np.arange(first, last + 1)
    ends = ((numbers + 1) * 3).astype("datetime64[M]").astype("datetime64[D]") - 1
    return ends, [f"{1970 + n // 4}-Q{n % 4 + 1}" for n in numbers.tolist()]


def _half_years(first_day: np.datetime64, last_day: np.datetime64) -> tuple[np.ndarray, list[str]]:
    first, last = (
        (int(d.astype("datetime64[M]").astype(np.int64)) - _HALF_YEARS_END) // 6
        for d in (first_day, last_day)
    )
    after = (np.arange(first + 1, last + 2) * 6 + _HALF_YEARS_END).astype("datetime64[M]")
    return after.astype("datetime64[D]") - 1, np.datetime_as_string(after - 1).tolist()


def _half_terms(first_day: np.datetime64, last_day: np.datetime64) -> tuple[np.ndarray, list[str]]:
    mondays = term_weeks(first_day, last_day)
    number = half_term_of(mondays)
    ends = np.array([mondays[number == n].max() + 6 for n in np.unique(number)])
    years = ends.astype("datetime64[Y]").astype(np.int64) + 1970
    seen: dict[int, int] = {}
    names = []
    for year in years.tolist():
        seen[year] = seen.get(year, 0) + 1
        names.append(f"{year}_HT{seen[year]}")
    return ends, names
