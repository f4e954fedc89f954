"""Registers of the districts: licensed premises, houses in multiple occupation and short lets, notices with boundaries."""

import numpy as np
import shapely

from trigpoint.core.county.buildings import Register
from trigpoint.core.county.feeds import persons
from trigpoint.core.county.feeds.wording import County, Late, Records, worded
from trigpoint.core.county.sites import town_names
from trigpoint.core.county.tables import (
    Ints,
    Minutes,
    Strings,
    british_date,
    iso_minute,
    numbered,
    table_of,
    whole,
)

_NOTICES = {"CPW": 58, "CPN": 26, "Dispersal": 12, "PSPO": 4}
_NOTICES_MONTHLY = 24.0
_LASTS_DAYS = {"CPW": 90, "CPN": 180, "Dispersal": 2, "PSPO": 1_095}
_REACH_M = {"CPW": 0.0, "CPN": 0.0, "Dispersal": 320.0, "PSPO": 420.0}
_GROUNDS = {
    "Drugs": 24,
    "Youth disorder": 34,
    "Noise": 20,
    "Street drinking": 14,
    "Exploitation of a child": 8,
}
_COUNTY_CHILDREN = 140_000


def licensed_premises(county: County, rng: np.random.Generator) -> Records:
    """premises.csv: the whole register each half-year; licences surrendered since are marked."""
    register = county.sites.licensed
    holder = 3_000_000 + rng.integers(0, 900_000, len(register.kind))
    columns = {
        "licence_no": numbered("PREM", np.arange(1, len(register.kind) + 1), 4),
        "premises_name": register.name,
        "licence_type": register.kind,
        **_where(county, register, rng),
        "granted": british_date(register.opened),
        "surrendered": british_date(register.closed),
        "licence_holder": persons.full_names(holder),
    }
    return _register(county, register, columns, "surrendered", ("licence_holder",))


def lets(county: County, rng: np.random.Generator) -> Records:
    """lets.csv: the whole register each half-year; licences that ended since are marked."""
    register = county.sites.lets
    count = len(register.kind)
    licensee = 4_000_000 + rng.integers(0, 900_000, count)
    columns = {
        "ref": numbered("LET", np.arange(1, count + 1), 5),
        "register": register.kind,
        **_where(county, register, rng),
        "licence_start": british_date(register.opened),
        "licence_end": british_date(register.closed),
        "max_occupants": whole(rng.integers(2, 13, count)),
        "licensee": persons.full_names(licensee),
        "licensee_phone": persons.telephones(licensee),
    }
    return _register(county, register, columns, "licence_end", ("licensee", "licensee_phone"))


def notices(county: County, rng: np.random.Generator) -> Records:
    """notices.csv: warnings and notices at a street, dispersal and public spaces orders with their boundary."""
    history, segments = county.history, county.scene.segments
    span = int((history.last_day - history.first_day).astype(np.int64))
    count = max(
        3, int(rng.poisson(_NOTICES_MONTHLY * span / 30.4 * county.scene.children / _COUNTY_CHILDREN))
    )
    complaints = history.events.segment[history.reports["asb"].event]
    segment = rng.choice(complaints, count)
    kind = worded(_NOTICES, count, rng)
    start = (history.first_day + np.sort(rng.integers(0, span + 1, count)).astype("timedelta64[D]")).astype(
        "datetime64[m]"
    )
    start = start + (rng.integers(8, 22, count) * 60).astype("timedelta64[m]")
    lasts = (
        np.array([_LASTS_DAYS[k] for k in kind.tolist()]).astype("timedelta64[D]").astype("timedelta64[m]")
    )
    district = county.scene.wards.district[segments.ward[segment]]
    recipient = 5_000_000 + rng.integers(0, 900_000, count)
    table = table_of(
        {
            "ref": numbered("NT", np.arange(1, count + 1), 5),
            "type": kind,
            "issued_by": np.where(
                kind == "Dispersal",
                "Police",
                np.char.add(county.scene.wards.district_name[district], " Council"),
            ),
            "start": _spaced(start),
            "end": _spaced(start + lasts),
            "grounds": worded(_GROUNDS, count, rng),
            "street": segments.name[segment],
            "town": town_names(county.scene, segment),
            "easting": whole(segments.easting_m[segment]),
            "northing": whole(segments.northing_m[segment]),
            "boundary_wkt": _boundaries(segments.easting_m[segment], segments.northing_m[segment], kind),
            "issued_to": np.where(np.isin(kind, ("CPW", "CPN")), persons.full_names(recipient), ""),
        }
    )
    return Records(table, start, personal=("issued_to",))


def _boundaries(easting_m: np.ndarray, northing_m: np.ndarray, kind: Strings) -> Strings:
    """A rough ring round the middle for orders that have an area, as text in metres."""
    reach_m = np.array([_REACH_M[k] for k in kind.tolist()])
    rings = shapely.buffer(shapely.points(easting_m, northing_m), reach_m, quad_segs=3)
    return np.where(reach_m > 0, shapely.to_wkt(rings, rounding_precision=0), "")


def _spaced(at: Minutes) -> Strings:
    return np.char.replace(iso_minute(at), "T", " ")


def _where(county: County, register: Register, rng: np.random.Generator) -> dict[str, Strings]:
    """Address, postcode, property number and position; the number or the position is missing now and then."""
    addresses, at = county.sites.addresses, register.address
    count = len(at)
    houses = rng.integers(1, 180, count).tolist()
    streets = county.scene.segments.name[register.segment].tolist()
    numbered_, placed = rng.random(count) < 0.85, rng.random(count) < 0.9
    return {
        "address": np.array([f"{h} {s}" for h, s in zip(houses, streets, strict=True)]),
        "postcode": county.scene.postcodes.name[addresses.postcode[at]],
        "uprn": np.where(numbered_, whole(addresses.uprn[at]), ""),
        "easting": whole(np.where(placed, addresses.easting_m[at], np.nan)),
        "northing": whole(np.where(placed, addresses.northing_m[at], np.nan)),
    }


def _register(
    county: County, register: Register, columns: dict[str, Strings], ends: str, personal: tuple[str, ...]
) -> Records:
    """A register sent whole: an entry stands in it from when it was opened, its end from when it ended."""
    first = county.history.first_day.astype("datetime64[m]")
    closed: Ints = np.flatnonzero(~np.isnat(register.closed))
    late = Late(closed, register.closed[closed], {ends: np.full(len(closed), "")})
    return Records(table_of(columns), np.maximum(register.opened, first), late=(late,), personal=personal)
