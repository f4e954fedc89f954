"""How several feeds word the same things: streets and towns, person keys, a choice of words."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trigpoint.core.county.events import History, Reports
from trigpoint.core.county.scene import Scene, nearest
from trigpoint.core.county.sites import Sites, town_names
from trigpoint.core.county.tables import Ints, Minutes, Strings, Table, comma_joined, numbered


@dataclass(frozen=True, slots=True)
class County:
    """What a feed may draw on when it writes its records."""

    scene: Scene
    sites: Sites
    history: History


@dataclass(frozen=True, slots=True)
class Records:
    """A feed's whole table, and the instant that decides which month's file each row goes in."""

    table: Table
    filed_at: Minutes


def person_keys(child: Ints, agency: int) -> Strings:
    """Plainly invented keys (ZZ-000123); one child has an unrelated key at each agency."""
    return numbered("ZZ-", (child * 7_919 + 104_729 * agency) % 1_000_000, 6)


def streets(county: County, reports: Reports) -> tuple[Strings, Strings]:
    """The street and the town of each report's event, whether placed or not."""
    segment = county.history.events.segment[reports.event]
    return county.scene.segments.name[segment], town_names(county.scene, segment)


def street_and_town(county: County, reports: Reports) -> Strings:
    """`Station Road, Wexmere` where the street lies in a town, else blank."""
    street, town = streets(county, reports)
    return np.where(town == "", "", comma_joined(street, town))


def postcodes_near(county: County, reports: Reports) -> Strings:
    """The postcode nearest each report's point."""
    at = nearest(county.scene.postcodes, reports.easting_m, reports.northing_m)
    return county.scene.postcodes.name[at]


def worded(choices: Mapping[str, float], count: int, rng: np.random.Generator) -> Strings:
    """Words drawn by weight."""
    weights = np.array(list(choices.values()), dtype=np.float64)
    return np.array(list(choices))[rng.choice(len(choices), size=count, p=weights / weights.sum())]


def wards_of(county: County, reports: Reports) -> Ints:
    """The ward (an index) of each report's event."""
    return county.scene.segments.ward[county.history.events.segment[reports.event]]
