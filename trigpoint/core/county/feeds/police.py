"""Police: recorded crime with a flag for child exploitation on some of it; other crime around it as context."""

from typing import NamedTuple

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records, street_and_town, wards_of, worded
from trigpoint.core.county.tables import Strings, iso_date, iso_minute, table_of, whole


class Offence(NamedTuple):
    """A class of offence, its share of the feed, and the share of it flagged as child exploitation, and how."""

    code: str
    wording: str
    share: float
    flagged: float
    flag: str


_OFFENCES = (
    Offence("105A", "Assault without injury", 24, 0.02, "CSE"),
    Offence("8N", "Assault with injury", 19, 0.03, "CCE"),
    Offence("8L", "Harassment", 11, 0.02, "CSE"),
    Offence("92D", "Possession of controlled drugs", 13, 0.08, "CCE"),
    Offence("92A", "Trafficking in controlled drugs", 5, 0.28, "CL"),
    Offence("10D", "Possession of article with blade or point", 5, 0.16, "CCE"),
    Offence("34B", "Robbery of personal property", 5, 0.10, "CCE"),
    Offence("58C", "Criminal damage", 12, 0.0, ""),
    Offence("22B", "Sexual activity involving a child under 16", 2.2, 0.55, "CSE"),
    Offence("88A", "Sexual grooming", 0.8, 0.80, "CSE"),
    Offence("13", "Child abduction", 0.5, 0.45, "CSE"),
    Offence("106", "Modern slavery", 0.5, 0.85, "CL"),
    Offence("66", "Public order", 2, 0.0, ""),
)
_PREMISES = {
    "Street": 52,
    "Dwelling": 22,
    "Shop": 9,
    "Licensed premises": 6,
    "Transport": 5,
    "Park": 4,
    "Hotel": 2,
}
_OUTCOMES = {
    "Under investigation": 30,
    "Evidential difficulties": 38,
    "Charged": 12,
    "Community resolution": 8,
    "No suspect": 12,
}
_FLAGGED_WHEN_MISSING = 0.6


def crimes(county: County, rng: np.random.Generator) -> Records:
    """crime.csv: one row a crime, filed by when it was reported (a few hours to days after it began)."""
    reports = county.history.reports["crime"]
    count = len(reports.event)
    shares = np.array([o.share for o in _OFFENCES])
    offence = rng.choice(len(_OFFENCES), size=count, p=shares / shares.sum())
    last = (county.history.last_day + 1).astype("datetime64[m]") - 1
    delay = rng.exponential(600.0, count).astype(np.int64).astype("timedelta64[m]")
    reported = np.minimum(reports.at + delay, last)
    until = np.minimum(reports.at + rng.integers(5, 90, count).astype("timedelta64[m]"), reported)
    ward = wards_of(county, reports)
    wards = county.scene.wards
    year = reported.astype("datetime64[Y]").astype(np.int64) + 1970
    placed = reports.placed
    table = table_of(
        {
            "crime_ref": np.array(
                [f"42/{n:06d}/{y % 100:02d}" for n, y in zip(range(1, count + 1), year.tolist(), strict=True)]
            ),
            "reported_dt": iso_minute(reported),
            "committed_from_dt": np.where(reports.day_only, iso_date(reports.at), iso_minute(reports.at)),
            "committed_to_dt": np.where(reports.day_only, iso_date(until), iso_minute(until)),
            "ho_code": np.array([o.code for o in _OFFENCES])[offence],
            "offence_desc": np.array([o.wording for o in _OFFENCES])[offence],
            "ce_flag": _flags(reports.own, offence, rng),
            "nominal_flag": np.where(rng.random(count) < 0.4, "Y", "N"),
            "location_text": np.where(placed, street_and_town(county, reports), ""),
            "premise_type": worded(_PREMISES, count, rng),
            "easting": whole(np.where(placed, reports.easting_m, np.nan)),
            "northing": whole(np.where(placed, reports.northing_m, np.nan)),
            "beat": np.array([f"B{w:03d}" for w in (ward + 1).tolist()]),
            "district": wards.district_name[wards.district[ward]],
            "outcome": worded(_OUTCOMES, count, rng),
            "mo_keywords": worded(
                {"": 70, "group": 12, "vehicle": 8, "phone": 6, "school uniform": 4}, count, rng
            ),
        }
    )
    return Records(table, reported)


def _flags(own: np.ndarray, offence: np.ndarray, rng: np.random.Generator) -> Strings:
    """The exploitation flag; crimes found through a missing episode are flagged more often."""
    chance = np.where(own, np.array([o.flagged for o in _OFFENCES])[offence], _FLAGGED_WHEN_MISSING)
    flag = np.array([o.flag or "CCE" for o in _OFFENCES])[offence]
    return np.where(rng.random(len(offence)) < chance, flag, "")
