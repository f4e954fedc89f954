"""The streams of happenings behind the county's feeds: how many, where, and how well and how late they are noted.

Volumes are a month's in a whole county (140,000 children aged 10 to 17); all shares are estimates for an invented
county. A stream's own events are its volume; what other agencies also note of them is in ALSO_NOTED.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Delay(NamedTuple):
    """Hours from a happening to its being written down: log-normal round the median; a share is later by a month or more."""

    median_h: float
    spread: float
    very_late: float = 0.0


class Stream(NamedTuple):
    """How a feed's own events arise: a month's volume in a whole county, where, and how well they are noted.

    `unplaced` is the share with no usable place, `day_only` the share with no hour, `growth` the change a year.
    """

    monthly: float
    growth: float
    mix: Mapping[str, float]
    unplaced: float
    day_only: float
    delay: Delay
    term_only: bool = False


_OUT = dict(neighbourhood=30, station=18, high_street=14, retail=8, seafront=7, park=9, home_front=14)
_SCHOOL = dict(neighbourhood=12, school_gate=40, bus_corridor=18, retail=14, park=10, station=6)
_SESSION = dict(park=35, high_street=15, seafront=12, retail=12, neighbourhood=26)
_ASB = dict(neighbourhood=46, high_street=14, park=13, seafront=8, station=7, retail=8, bus_corridor=4)
_CRIME = dict(neighbourhood=50, high_street=20, station=9, retail=8, seafront=5, park=5, bus_corridor=3)
_INCIDENT = dict(neighbourhood=48, high_street=18, station=8, retail=9, seafront=6, park=8, bus_corridor=3)
_INTELLIGENCE = dict(neighbourhood=58, high_street=12, station=10, retail=6, seafront=4, park=6, home_front=4)
_NIGHT_OUT = dict(high_street=40, neighbourhood=34, station=10, seafront=8, park=8)

STREAMS: Mapping[str, Stream] = {
    "missing": Stream(365, 0.04, _OUT, 0.11, 0.12, Delay(6, 1.0, 0.02)),
    "concern": Stream(150, 0.05, _SCHOOL, 0.16, 0.30, Delay(20, 0.8, 0.02), True),
    "exclusion": Stream(120, 0.10, dict(school_gate=1), 0.0, 1.0, Delay(48, 0.6), True),
    "session": Stream(170, 0.0, _SESSION, 0.04, 0.0, Delay(12, 0.8)),
    "asb": Stream(860, 0.0, _ASB, 0.12, 0.15, Delay(5, 1.2)),
    "crime": Stream(1500, 0.03, _CRIME, 0.09, 0.08, Delay(7, 1.3, 0.03)),
    "probation": Stream(65, 0.0, dict(neighbourhood=1), 0.08, 1.0, Delay(24, 0.5)),
    "incident": Stream(900, 0.0, _INCIDENT, 0.07, 0.0, Delay(0.2, 0.9)),
    "intelligence": Stream(200, 0.05, _INTELLIGENCE, 0.16, 0.25, Delay(60, 1.0, 0.04)),
    "ae": Stream(60, 0.0, _NIGHT_OUT, 0.25, 0.0, Delay(3, 0.8)),
    "btp": Stream(60, 0.0, dict(station=1), 0.03, 0.0, Delay(24, 0.9)),
    "contact": Stream(400, 0.03, dict(neighbourhood=86, home_front=14), 1.0, 1.0, Delay(30, 0.9)),
    "cme": Stream(40, 0.06, dict(neighbourhood=1), 0.05, 1.0, Delay(240, 0.7), True),
}
"""missing episodes, school concerns, exclusions, youth sessions, antisocial behaviour, crimes, probation cases, command
and control incidents, intelligence logs, injuries at emergency departments, railway police incidents, contacts to social
care (their layout has no place at all), and children missing education (a ward only)."""

INTERVIEW_SHARE = 0.60
INTERVIEW = Stream(0, 0.0, {}, 0.35, 1.0, Delay(50, 0.5, 0.02))
"""Return interviews: notes of missing episodes only."""

NOTED_STREAMS = (*STREAMS, "interview")

ALSO_NOTED = (
    ("crime", "asb", 0.06),
    ("crime", "incident", 0.09),
    ("incident", "asb", 0.07),
    ("missing", "crime", 0.05),
    ("missing", "contact", 0.12),
    ("concern", "asb", 0.10),
    ("concern", "contact", 0.10),
    ("exclusion", "concern", 0.18),
    ("ae", "crime", 0.20),
    ("btp", "crime", 0.15),
    ("intelligence", "contact", 0.06),
)
"""(whose event, which feed also notes it, the share of that stream's events)."""

FLAGGED_LATE = 0.20
"""The share of crimes whose flag for exploitation comes 30 to 120 days after the crime was recorded."""

GRADES: Mapping[str, float] = {
    "2/C/P": 55,
    "1/A/P": 3,
    "1/B/P": 5,
    "2/B/P": 5,
    "2/D/P": 2,
    "1/B/C": 7,
    "2/A/C": 8,
    "2/B/C": 8,
    "3/D/C": 4,
    "3/E/C": 2,
    "2/E/C": 1,
}
"""Intelligence grades (source / assessment / handling): 55% are 2/C/P, 3% assessed E, 70% handled P."""

THEMES: Mapping[str, Mapping[str, float]] = {
    "intelligence": {"CSE": 20, "CCE": 26, "CL": 24, "weapons": 12, "gangs": 10, "cuckooing": 8},
    "contact": {"": 66, "CSE": 11, "CCE": 12, "CL": 4, "gangs": 4, "trafficking": 3},
}
"""What a note is about, where its stream always says; "" elsewhere, and then the feed words it as it likes."""
