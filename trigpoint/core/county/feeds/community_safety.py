"""District community safety: antisocial behaviour, most with a grid reference, some with a street only."""

import numpy as np

from trigpoint.core.county.feeds.wording import County, Records, streets, worded
from trigpoint.core.county.tables import british_date, british_minute, numbered, table_of, whole

_CATEGORIES = {
    "Youth nuisance": 31,
    "Youth vulnerability": 10,
    "Drug use": 13,
    "Drugs paraphernalia": 8,
    "Noise": 15,
    "Street drinking": 9,
    "Vehicle nuisance": 8,
    "Cuckooing concern": 3,
    "Begging": 3,
}
_OUTCOMES = {"Visited": 30, "No action": 34, "Warning letter": 18, "Referred": 12, "Patrol requested": 6}


def antisocial_behaviour(county: County, rng: np.random.Generator) -> Records:
    """asb.csv: one row a complaint, filed by when it was reported."""
    reports = county.history.reports["asb"]
    count = len(reports.event)
    street, town = streets(county, reports)
    gridded = reports.placed & ((rng.random(count) < 0.78) | (town == ""))
    by_street = reports.placed & ~gridded
    town_only = ~reports.placed & (rng.random(count) < 0.3)
    table = table_of(
        {
            "asb_ref": numbered("ASB", np.arange(1, count + 1), 6),
            "reported_dt": np.where(reports.day_only, british_date(reports.at), british_minute(reports.at)),
            "category": worded(_CATEGORIES, count, rng),
            "easting": whole(np.where(gridded, reports.easting_m, np.nan)),
            "northing": whole(np.where(gridded, reports.northing_m, np.nan)),
            "uprn": np.full(count, ""),
            "street": np.where(by_street | gridded, street, ""),
            "town": np.where(by_street | gridded | town_only, town, ""),
            "outcome": worded(_OUTCOMES, count, rng),
            "cpn_stage": worded({"": 90, "CPW": 7, "CPN": 2, "FPN": 1}, count, rng),
        }
    )
    return Records(table, reports.at)
