"""What a planted truth says of itself, so that a test or a reveal page can hold an analysis against it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

Finding = str | int | float | tuple[str, ...] | tuple[int, ...]

FEEDS_OF: Mapping[str, tuple[str, str]] = {
    "missing": ("social_care_missing", "social_care"),
    "concern": ("education_concerns", "education"),
    "exclusion": ("education_exclusions", "education"),
    "session": ("youth_sessions", "youth_service"),
    "asb": ("community_safety_asb", "community_safety"),
    "crime": ("police_crime", "police"),
    "probation": ("probation_cohorts", "probation"),
    "incident": ("police_incidents", "police"),
    "intelligence": ("police_intelligence", "police"),
    "ae": ("health_ae", "health"),
    "btp": ("transport_police_incidents", "transport_police"),
    "contact": ("social_care_contacts", "social_care"),
    "cme": ("education_cme", "education"),
    "interview": ("return_interviews_rhi", "return_interviews"),
}
"""For each stream, the extract that carries its notes and the agency that sends it."""

QUESTIONS: Mapping[int, str] = {
    1: "Which places are hot now, and which are new since the last meeting?",
    2: "What vulnerable places are within a ten-minute walk of this hotspot?",
    3: "Which hotspots exist only when we put our data together? Which agency's data makes each?",
    4: "If we lost one agency's feed, what would disappear?",
    5: "Is this district quiet, or silent?",
    6: "Is it many children or one?",
    7: "Do children missing from care go back to the same area, and how do they travel there?",
    8: "After school, 15:15–17:00, along the bus corridor?",
    9: "Did the closure of these premises reduce harm, or move it?",
    10: "Which hotspots have no disruption in place, and which notices have no concern around them?",
    11: "Is the shift from sexual to criminal exploitation real, or a change of code?",
    12: "What may I show my team — and what did we know on 14 March?",
}


class CannotPlant(Exception):
    """The county is too small to hold this truth; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place: its streets, wards (codes) and district, a point in EPSG:27700 metres, and the H3 cell (resolution 9) of it.

    `radius_m` is how far from the point the planted records lie at most. A truth about a whole county has no streets,
    and its point is the county's middle.
    """

    streets: tuple[str, ...]
    wards: tuple[str, ...]
    district: str
    easting_m: float
    northing_m: float
    radius_m: float
    cell: str


@dataclass(frozen=True, slots=True)
class Truth:
    """One planted truth. `sentence` is what is true, as a chair would say it; `question` one of QUESTIONS by number.

    `where` is the place, `others` further places it involves; `from_day` and `to_day` the first and last day it shows
    (inclusive); `feeds` and `agencies` which carry it; `expected` what a right analysis must find, as values.
    """

    letter: str
    title: str
    sentence: str
    question: int
    where: Where
    from_day: date
    to_day: date
    feeds: tuple[str, ...]
    agencies: tuple[str, ...]
    expected: Mapping[str, Finding]
    others: tuple[Where, ...] = ()


def plainly(truth: Truth) -> dict[str, object]:
    """The truth as values that JSON can hold; dates as 2026-03-04."""
    told: dict[str, object] = {}
    for field in fields(truth):
        value = getattr(truth, field.name)
        told[field.name] = value.isoformat() if isinstance(value, date) else value
    told["asks"] = QUESTIONS[truth.question]
    told["where"] = _place(truth.where)
    told["others"] = [_place(other) for other in truth.others]
    told["expected"] = dict(truth.expected)
    return told


def _place(where: Where) -> dict[str, object]:
    return {field.name: getattr(where, field.name) for field in fields(where)}
