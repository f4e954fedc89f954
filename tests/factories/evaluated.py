"""Invented worlds in which work was done at one place: it moved what was there, changed nothing, or began at a peak.

Places lie on a grid of the fixed ground, each the centre of a small hexagon, with so many records in every month.
"""

import random
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tests.factories.world import SOUTH_M, WEST_M, Recorded, World, agreement, cell_centre, county_cells
from trigpoint.core.sharing.agreement import Agreement

START = date(2025, 1, 1)
PRIOR, AFTER = 14, 6
USUAL = (3, 2, 4)
POLICE, STREET = 1, 2
RADIUS_M, BUFFER_M, APART_M = 60, 150, 330.0
WORDS = {
    "level": "cell:10",
    "start": START.isoformat(),
    "radius": str(RADIUS_M),
    "buffer": str(BUFFER_M),
    "months": "6",
}


class Spot(NamedTuple):
    cell: str
    easting_m: float
    northing_m: float


def month(number: int) -> date:
    """The first day of a month counted from the start: 0 is the first after it, −1 the last before."""
    year, of_year = divmod(START.year * 12 + START.month - 1 + number, 12)
    return date(year, of_year + 1, 1)


def spots() -> list[Spot]:
    """Hexagons of resolution 10, so far apart that none reaches another's ring; the first is the treated one."""
    kept: list[Spot] = []
    for cell in sorted(county_cells(10), key=lambda one: cell_centre(one)):
        x, y = cell_centre(cell)
        if all((x - o.easting_m) ** 2 + (y - o.northing_m) ** 2 >= APART_M**2 for o in kept):
            kept.append(Spot(cell, x, y))
    middle = min(
        kept, key=lambda one: (one.easting_m - WEST_M - 3000) ** 2 + (one.northing_m - SOUTH_M - 500) ** 2
    )
    return [middle, *(one for one in kept if one != middle)]


def beside(spot: Spot, away_m: float = 130.0) -> Spot:
    """A hexagon about so far off, in its ring."""
    near = min(
        county_cells(10),
        key=lambda one: abs(
            ((cell_centre(one)[0] - spot.easting_m) ** 2 + (cell_centre(one)[1] - spot.northing_m) ** 2)
            ** 0.5
            - away_m
        ),
    )
    return Spot(near, *cell_centre(near))


def records_at(
    spot: Spot, counts: Mapping[int, int], rng: random.Random, feed: int = STREET, late: bool = False
) -> list[Recorded]:
    """So many records in each month, at the middle of the hexagon; known the day after, or not before the work was over."""
    found = []
    for number, count in counts.items():
        days = (month(number + 1) - month(number)).days
        for _ in range(count):
            day = month(number) + timedelta(days=rng.randrange(days))
            known = datetime.combine(month(AFTER) if late else day, datetime.min.time()) + timedelta(days=1)
            found.append(
                Recorded(
                    feed=feed, category=2 * feed, day=day, hour=12, themes=(0,), easting_m=spot.easting_m,
                    northing_m=spot.northing_m, street=-1, known_from=known,
                )
            )  # fmt: skip
    return found


def usual(rng: random.Random, level: int = 0) -> dict[int, int]:
    """The usual two to four a month, before and after."""
    return {number: rng.choice(USUAL) + level for number in range(-PRIOR, AFTER)}


def world_of(
    what: str,
    seed: int = 1,
    agreements: tuple[Agreement, ...] | None = None,
    extra: tuple[Recorded, ...] = (),
) -> World:
    """What happened at the treated place: "nothing", "fell", "moved" or "peak" (where six others peaked alike)."""
    rng = random.Random(seed)
    treated, *others = spots()
    records: list[Recorded] = []
    counts = usual(rng, 6 if what in ("fell", "moved") else 0)
    after = range(AFTER)
    if what in ("fell", "moved"):
        counts |= dict.fromkeys(after, 1)
    if what == "moved":
        ring = dict.fromkeys(range(-PRIOR, 0), 1) | dict.fromkeys(after, 8)
        records += records_at(beside(treated), ring, rng)
    peak = {-3: 9, -2: 10, -1: 9}
    records += records_at(treated, counts | (peak if what == "peak" else {}), rng)
    for place, spot in enumerate(others[:16]):
        like = usual(rng, 6 if what in ("fell", "moved") and place % 4 == 1 else 0)
        records += records_at(spot, like | (peak if what == "peak" and place % 4 == 0 else {}), rng)
    open_feed = (agreement("open_data"),)
    return World((*records, *extra), open_feed if agreements is None else agreements)
