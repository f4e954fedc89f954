"""Everything the synthetic county's agencies hold, as tables: one call, the same for the same geography, seed and end."""

import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from trigpoint.core.county.events import make_history
from trigpoint.core.county.feeds.registry import FEEDS, REGISTERS
from trigpoint.core.county.feeds.wording import County, Records, Said
from trigpoint.core.county.model import Areas, Geography
from trigpoint.core.county.scene import scene_of
from trigpoint.core.county.sites import make_sites
from trigpoint.core.county.tables import Ints, Table
from trigpoint.core.county.truths.plant import PLANTERS, Planted, plant_all
from trigpoint.core.county.truths.register import with_closures
from trigpoint.core.county.truths.truth import Truth

ALL_TRUTHS = tuple(PLANTERS)


@dataclass(frozen=True, slots=True)
class CountyRecords:
    """The county with its sites and history, its feeds' rows and its registers of notices.

    `truths` are what was planted, `unplanted` the letters that the county is too small for and why. From May 2025 the
    wards are `later_wards`, and `later_ward_of_lsoa` says which of them each LSOA lies in.
    """

    county: County
    feeds: Mapping[str, Records]
    registers: Mapping[str, Table]
    truths: tuple[Truth, ...]
    unplanted: Mapping[str, str]
    later_wards: Areas
    later_ward_of_lsoa: Ints

    @property
    def wordings(self) -> Mapping[str, Said]:
        """For each feed, the places told in words and what was meant by them: for measuring only."""
        return {name: feed.said for name, feed in self.feeds.items()}


def make_county(geography: Geography, seed: int, *, end: date) -> County:
    """Sites and 26 months of events for a geography, without truths; the same values always give the same county."""
    scene = scene_of(geography)
    sites = make_sites(scene, draws(seed, "sites"))
    return County(scene, sites, make_history(scene, sites, draws(seed, "history"), end=end))


def make_planted(
    geography: Geography, county: County, seed: int, truths: Collection[str] = ALL_TRUTHS
) -> tuple[County, Planted]:
    """The county with truths planted in it, by letter, and what was planted."""
    planted = plant_all(geography, county.scene, county.sites, county.history, seed, truths)
    return replace(county, scene=planted.scene, history=planted.history), planted


def make_records(
    geography: Geography, seed: int, *, end: date, truths: Collection[str] = ALL_TRUTHS
) -> CountyRecords:
    """What each agency would have written of the county's events and of the truths planted among them."""
    county, planted = make_planted(geography, make_county(geography, seed, end=end), seed, truths)
    return written_down(county, planted, seed)


def written_down(county: County, planted: Planted, seed: int) -> CountyRecords:
    """Every feed's and register's rows of a county with what was planted in it."""
    registers = {name: write(county, draws(seed, name)) for name, write in REGISTERS.items()}
    closures = "community_safety_closures"
    return CountyRecords(
        county=county,
        feeds={name: write(county, draws(seed, name)) for name, write in FEEDS.items()},
        registers={
            **registers,
            closures: with_closures(registers[closures], county.scene, planted.closures),
        },
        truths=planted.truths,
        unplanted=planted.unplanted,
        later_wards=planted.later_wards,
        later_ward_of_lsoa=planted.later_ward_of_lsoa,
    )


def draws(seed: int, purpose: str) -> np.random.Generator:
    """A generator of its own for each purpose, so that a change to one feed leaves the others as they were."""
    return np.random.default_rng([seed, zlib.crc32(purpose.encode())])
