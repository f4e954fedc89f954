"""Notices of the synthetic county: child abduction warning notices (a street, never an address) and closures."""

import numpy as np

from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.wording import County, worded
from trigpoint.core.county.sites import town_names
from trigpoint.core.county.tables import (
    NEVER,
    Bools,
    Ints,
    Minutes,
    Strings,
    Table,
    comma_joined,
    iso_date,
    numbered,
    table_of,
    whole,
)

_CAWN_MONTHLY = 8.0
_CLOSURE_MONTHLY = 4.0
_CAWN_BREACHED, _CLOSURE_BREACHED = 0.08, 0.14
_COUNTY_CHILDREN = 140_000
_GROUNDS = {"Drugs supply": 50, "Exploitation of a vulnerable occupant": 25, "Disorder": 25}
_PREMISES = {"Residential": 62, "Takeaway": 14, "Hotel": 8, "Licensed": 8, "Vacant": 8}


def warning_notices(county: County, rng: np.random.Generator) -> Table:
    """cawn.csv: a register of notices to date; the place is a street and a point rounded to 100 m."""
    served, segment = _served(county, _CAWN_MONTHLY, rng)
    count = len(served)
    review = served + np.timedelta64(182 * 1440, "m")
    ended = np.where(review < county.history.last_day, "expired", "active")
    chance = rng.random(count)
    breached = chance < _CAWN_BREACHED
    scene = county.scene.segments
    return table_of(
        {
            "cawn_ref": numbered("CAWN", np.arange(1, count + 1), 4),
            "served_dt": iso_date(served),
            "basis": np.where(rng.random(count) < 0.75, "s2 1984", "s49 1989"),
            "age_band": worded({"under 13": 8, "13-15": 70, "16-17": 22}, count, rng),
            "status": np.where(breached, "breached", np.where(chance < 0.12, "withdrawn", ended)),
            "review_dt": iso_date(review),
            "adult_name": persons.full_names(7_000_000 + np.arange(count)),
            "child_name": persons.full_names(7_500_000 + np.arange(count)),
            "location_role": worded({"address of adult": 60, "place of association": 40}, count, rng),
            "location": comma_joined(scene.name[segment], town_names(county.scene, segment)),
            "easting": whole(np.round(scene.easting_m[segment], -2)),
            "northing": whole(np.round(scene.northing_m[segment], -2)),
            **_breaches(breached, served, review, rng),
        }
    )


def closures(county: County, rng: np.random.Generator) -> Table:
    """closures.csv: a register of notices (48 hours) and orders (up to three months, some extended)."""
    served, segment = _served(county, _CLOSURE_MONTHLY, rng)
    count = len(served)
    kind = worded({"order": 55, "notice": 30, "partial": 15}, count, rng)
    lasting = np.where(kind == "notice", 2, 91).astype("timedelta64[D]").astype("timedelta64[m]")
    end = served + lasting
    extended = np.where(
        (kind == "order") & (rng.random(count) < 0.2), end + np.timedelta64(91 * 1440, "m"), NEVER
    )
    scene, wards = county.scene.segments, county.scene.wards
    district = wards.district_name[wards.district[scene.ward[segment]]]
    return table_of(
        {
            "ref": numbered("CL", np.arange(1, count + 1), 4),
            "type": kind,
            "issued_by": np.where(rng.random(count) < 0.5, "Police", np.char.add(district, " Council")),
            "served_dt": iso_date(served),
            "start": iso_date(served),
            "end": iso_date(end),
            "extended_to": iso_date(extended),
            "premises_class": worded(_PREMISES, count, rng),
            "grounds": worded(_GROUNDS, count, rng),
            "uprn": np.full(count, ""),
            "street": scene.name[segment],
            "town": town_names(county.scene, segment),
            "easting": whole(scene.easting_m[segment]),
            "northing": whole(scene.northing_m[segment]),
            **_breaches(_some(_CLOSURE_BREACHED, count, rng), served, end, rng),
        }
    )


def _some(share: float, count: int, rng: np.random.Generator) -> Bools:
    """A share of the rows, drawn beside the others' draws: what is drawn after them stays as it was."""
    return rng.spawn(1)[0].random(count) < share


def _breaches(
    breached: Bools, served: Minutes, until: Minutes, rng: np.random.Generator
) -> dict[str, Strings]:
    """How often each was breached and the day of the last time, within its term; drawn beside the others' draws."""
    own = rng.spawn(1)[0]
    times = np.where(breached, own.integers(1, 4, len(served)), 0)
    last = served + ((until - served).astype(np.int64) * own.random(len(served))).astype("timedelta64[m]")
    return {
        "breaches": np.where(breached, times.astype(np.str_), ""),
        "last_breach_dt": iso_date(np.where(breached, last, NEVER)),
    }


def _served(county: County, monthly: float, rng: np.random.Generator) -> tuple[Minutes, Ints]:
    """When notices were served, and at which streets: where crimes are, in towns."""
    history = county.history
    span = int((history.last_day - history.first_day).astype(np.int64))
    expected = monthly * span / 30.4 * county.scene.children / _COUNTY_CHILDREN
    count = max(1, int(rng.poisson(expected)))
    crimes = history.events.segment[history.reports["crime"].event]
    in_town = crimes[county.scene.segments.town[crimes] >= 0]
    days = np.sort(rng.integers(0, span + 1, count)).astype("timedelta64[D]")
    return (history.first_day + days).astype("datetime64[m]"), rng.choice(in_town, count)
