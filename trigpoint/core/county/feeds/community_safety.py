"""District community safety: antisocial behaviour. Twelve districts, four layouts, each with its own ways to be wrong."""

import numpy as np

from trigpoint.core.county.events import Reports
from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.place_wording import place_texts
from trigpoint.core.county.feeds.positions import (
    building_points,
    grid_references,
    mixed_systems,
    nearest_uprn,
    placed_at,
)
from trigpoint.core.county.feeds.spellings import short_date
from trigpoint.core.county.feeds.wording import County, Records, streets, wards_of, worded
from trigpoint.core.county.tables import (
    Bools,
    Floats,
    Ints,
    Strings,
    british_date,
    british_minute,
    comma_joined,
    numbered,
    table_of,
    whole,
)

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
LAYOUTS = "AABCDABCABCD"
"""The layout of each district's file, by the district's number."""


def antisocial_behaviour(county: County, rng: np.random.Generator) -> Records:
    """asb.csv: one row a complaint, filed by district and by when it was written down.

    Columns that begin with an underscore are other districts' ways to say the same; no file has all of them.
    """
    reports = county.history.reports["asb"]
    count = len(reports.event)
    reference = numbered("ASB", np.arange(1, count + 1), 6)
    street, town = streets(county, reports)
    district = county.scene.wards.district[wards_of(county, reports)]
    gridded = reports.placed & ((rng.random(count) < 0.78) | (town == ""))
    by_street = reports.placed & ~gridded
    town_only = ~reports.placed & (rng.random(count) < 0.3)
    easting_m, northing_m, given = _with_defaults(county, reports, gridded, district, rng)
    easting, northing = placed_at(easting_m, northing_m, given)
    x, y = mixed_systems(np.where(given, easting_m, np.nan), np.where(given, northing_m, np.nan), rng)
    layout = np.array(list(LAYOUTS))[district % len(LAYOUTS)]
    spot = place_texts(
        county,
        reports,
        "council",
        reference,
        town,
        rng,
        writes=(layout == "B") & (by_street | (rng.random(count) < 0.7)),
    )
    reporter = _reporters(county, reports, district, rng)
    table = table_of(
        {
            "asb_ref": reference,
            "reported_dt": np.where(reports.day_only, british_date(reports.at), british_minute(reports.at)),
            "category": np.where(reports.kind != "", reports.kind, worded(_CATEGORIES, count, rng)),
            "easting": easting,
            "northing": northing,
            "uprn": np.full(count, ""),
            "street": np.where(by_street | gridded, street, ""),
            "town": np.where(by_street | gridded | town_only, town, ""),
            "outcome": worded(_OUTCOMES, count, rng),
            "cpn_stage": worded({"": 90, "CPW": 7, "CPN": 2, "FPN": 1}, count, rng),
            "complainant": persons.full_names(reporter),
            "phone": persons.telephones(reporter),
            "_layout": layout,
            "_x": x,
            "_y": y,
            "_location": spot.text,
            "_grid_ref": np.where(given, grid_references(easting_m, northing_m), ""),
            "_address": np.where(by_street, comma_joined(street, town), ""),
            "_uprn": _uprns(county, reports, gridded & (layout == "D")),
            "_received": short_date(reports.at),
            "_created": np.where(
                reports.day_only,
                reports.at.astype("datetime64[D]").astype(np.str_),
                reports.at.astype("datetime64[m]").astype(np.str_),
            ),
        }
    )
    return Records(
        table,
        reports.reported_at,
        said=spot.said,
        personal=("complainant", "phone"),
        embedded=spot.embedded,
        part=county.scene.wards.district_name[district],
    )


def _with_defaults(
    county: County, reports: Reports, gridded: Bools, district: Ints, rng: np.random.Generator
) -> tuple[Floats, Floats, Bools]:
    """Positions, with the Civic Centre for a third of the complaints that gave no place."""
    east, north, _ = building_points(county, "civic_centre")
    default = ~reports.placed & (rng.random(len(gridded)) < 0.34) & np.isfinite(east[district])
    return (
        np.where(default, east[district], reports.easting_m),
        np.where(default, north[district], reports.northing_m),
        gridded | default,
    )


def _uprns(county: County, reports: Reports, given: Bools) -> Strings:
    nearest = nearest_uprn(county, reports.easting_m, reports.northing_m)
    return np.where(given, whole(nearest), "")


def _reporters(county: County, reports: Reports, district: Ints, rng: np.random.Generator) -> Ints:
    """Who complained: nearly always somebody else, but in one street of the third district always the same person."""
    who = 2_000_000 + rng.integers(0, 4_000_000, len(district))
    segment = county.history.events.segment[reports.event]
    here = district == 2 % len(county.scene.wards.district_name)
    if not here.any():
        return who
    busiest = np.bincount(segment[here]).argmax()
    return np.where(here & (segment == busiest), 1_999_999, who)
