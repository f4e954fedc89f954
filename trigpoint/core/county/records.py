"""Everything the synthetic county's agencies hold, as tables: one call, the same for the same geography, seed and end."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from trigpoint.core.county.events import make_history
from trigpoint.core.county.feeds.registry import FEEDS, REGISTERS
from trigpoint.core.county.feeds.wording import County, Records
from trigpoint.core.county.model import Geography
from trigpoint.core.county.scene import scene_of
from trigpoint.core.county.sites import make_sites
from trigpoint.core.county.tables import Table


@dataclass(frozen=True, slots=True)
class CountyRecords:
    """The county with its sites and history, its feeds' rows and its registers of notices."""

    county: County
    feeds: Mapping[str, Records]
    registers: Mapping[str, Table]


def make_county(geography: Geography, seed: int, *, end: date) -> County:
    """Sites and 26 months of events for a geography; the same values always give the same county."""
    scene = scene_of(geography)
    sites = make_sites(scene, draws(seed, "sites"))
    return County(scene, sites, make_history(scene, sites, draws(seed, "history"), end=end))


def make_records(geography: Geography, seed: int, *, end: date) -> CountyRecords:
    """What each agency would have written of the county's events."""
    county = make_county(geography, seed, end=end)
    return CountyRecords(
        county=county,
        feeds={name: write(county, draws(seed, name)) for name, write in FEEDS.items()},
        registers={name: write(county, draws(seed, name)) for name, write in REGISTERS.items()},
    )


def draws(seed: int, purpose: str) -> np.random.Generator:
    """A generator of its own for each purpose, so that a change to one feed leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])
