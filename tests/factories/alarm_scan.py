"""What the scan, and Knox's test, say of a world in which nothing happens: each gives one chance a world."""

import numpy as np

from tests.factories.null_worlds import MONTHS, NullWorld
from trigpoint.core.analysis.near_repeat import near_repeats
from trigpoint.core.analysis.scan import MODES, Scanned, scan
from trigpoint.core.analysis.scan_zones import zones_within

__all__ = ["asked_about", "knox_chances", "scan_chances"]

RADIUS_M = 1_000.0
LONGEST_MONTHS = 6
ENOUGH = 50
"""Shuffling stops at the 50th as strong, as in the product's own scan: the chance stays exact, and half the work goes."""
EDGES_M = (0.0, 1.0, 400.0, 800.0)
EDGES_DAYS = (0, 1, 8, 15, 29)


def scan_chances(world: NullWorld, replicates: int, rng: np.random.Generator) -> dict[str, float]:
    """p of the most likely cluster, in either mode; 1 where there is none."""
    theme = asked_about(world)
    held, place = np.unique(world.unit[theme], return_inverse=True)
    zones = zones_within(world.ground.easting_m[held], world.ground.northing_m[held], RADIUS_M)
    told = {}
    for mode in MODES:
        asked = Scanned(longest=LONGEST_MONTHS, mode=mode, replicates=replicates, enough=ENOUGH)
        found = scan(place, world.month[theme], zones, steps=MONTHS, rng=rng, scanned=asked)
        told[f"scan, {mode}"] = found.clusters[0].p if found.clusters else 1.0
    return told


def knox_chances(world: NullWorld, replicates: int, rng: np.random.Generator) -> dict[str, float]:
    """p of the first band (the same hexagon, the same day), and of the next in space and in time."""
    theme = asked_about(world)
    unit = world.unit[theme]
    found = near_repeats(
        world.ground.easting_m[unit],
        world.ground.northing_m[unit],
        world.day[theme],
        EDGES_M,
        EDGES_DAYS,
        replicates=replicates,
        rng=rng,
    )
    return {
        "Knox, same hexagon and day": float(found.p[0, 0]),
        "Knox, same hexagon, 1 to 7 days": float(found.p[0, 1]),
        "Knox, next hexagon, 1 to 7 days": float(found.p[1, 1]),
    }


def asked_about(world: NullWorld) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """The records of the theme asked about, bool[records]."""
    return np.asarray(world.theme == 0)
