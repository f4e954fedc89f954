"""What the maps say of a world in which nothing happens: how many hotspots, places or trends each method finds."""

import numpy as np
from numpy.typing import NDArray

from tests.factories.alarm_scan import asked_about
from tests.factories.null_worlds import AGENCIES, MONTHS, NullWorld
from trigpoint.core.analysis.backgrounds import ChildrenBackground, RecordsBackground
from trigpoint.core.analysis.cube_laws import ChildrenOverTime, RecordsOverTime
from trigpoint.core.analysis.discovery import discovery_q
from trigpoint.core.analysis.emerging import CATEGORIES, EmergingResult, find_emerging
from trigpoint.core.analysis.hotspot import HotspotResult, find_hotspots
from trigpoint.core.analysis.joint import EventsTold, joint_hotspots
from trigpoint.core.analysis.local_moran import find_moran_hotspots
from trigpoint.core.analysis.mann_kendall import mann_kendall
from trigpoint.core.analysis.onset import find_onsets

__all__ = ["Found", "map_alarms"]

Found = dict[str, tuple[int, int]]
"""By method: how many it found, and how many were tried."""

Q = 0.05
PERIOD_MONTHS = 6
"""The period that is compared with the past: the last of the two years."""
NEW = CATEGORIES.index("new hot spot")


def map_alarms(cells: NullWorld, streets: NullWorld) -> Found:
    """All methods that give places, on hexagons and (hotspots only) on streets."""
    return {
        **_hotspots(cells, "hexagons"),
        **_hotspots(streets, "streets"),
        **_emerging(cells),
        **_over_time(cells),
        **_joint(cells),
    }


def _hotspots(world: NullWorld, level: str) -> Found:
    theme, near = asked_about(world), world.ground.touching
    counts, lately = world.counts(theme), world.counts(theme & (world.month >= MONTHS - PERIOD_MONTHS))
    found = {
        "Gi*, even": find_hotspots(counts, near, q=Q),
        "Gi*, all records": find_hotspots(counts, near, q=Q, background=RecordsBackground(world.counts())),
        "Gi*, children": find_hotspots(counts, near, q=Q, background=ChildrenBackground(world.children)),
        "Gi*, own past": find_hotspots(lately, near, q=Q, background=RecordsBackground(counts)),
        "local Moran": find_moran_hotspots(counts, near, q=Q),
    }
    return {f"{name}, {level}": (len(one.hotspots), one.tested) for name, one in found.items()}


def _emerging(world: NullWorld) -> Found:
    counts, near = world.by_month(asked_about(world)), world.ground.touching
    even = find_emerging(counts, near, rate=Q)
    records = find_emerging(counts, near, rate=Q, background=RecordsOverTime(world.by_month()))
    children = find_emerging(counts, near, rate=Q, background=ChildrenOverTime(world.children))
    known = even.trend_p[~np.isnan(even.trend_p)]
    return {
        **_hot_now(even, "even"),
        **_hot_now(records, "all records"),
        **_hot_now(children, "children"),
        "emerging, trend of a hexagon, each": (int((known <= Q).sum()), known.size),
        "emerging, trends of hexagons": (int((discovery_q(known) <= Q).sum()), known.size),
    }


def _hot_now(found: EmergingResult, background: str) -> Found:
    places = len(found.category)
    return {
        f"emerging, hot in the last month, {background}": (int(found.cube.hot[:, -1].sum()), places),
        f"emerging, new hot spot, {background}": (int((found.category == NEW).sum()), places),
    }


def _over_time(world: NullWorld) -> Found:
    counts = world.by_month(asked_about(world))
    onset = find_onsets(counts, counts.sum(axis=0))
    parts = np.zeros((int(world.ground.sector.max()) + 1, MONTHS))
    np.add.at(parts, world.ground.sector, counts)
    trend = mann_kendall(parts)
    return {
        "rising, hexagons": (int((onset.q <= Q).sum()), int((~np.isnan(onset.p)).sum())),
        "Mann–Kendall, months of a district's part, each": (int((trend.p <= Q).sum()), len(parts)),
    }


def _joint(world: NullWorld) -> Found:
    theme, units, near = asked_about(world), world.ground.units, world.ground.touching
    alike = np.ones(len(AGENCIES), dtype=np.int64)
    told = EventsTold(world.unit[theme], world.tellers[theme], units, alike)
    everything = EventsTold(world.unit, world.tellers, units, alike)

    def evenly(_: int, counts: NDArray[np.int64]) -> HotspotResult:
        return find_hotspots(counts, near, q=Q)

    def among_all(coalition: int, counts: NDArray[np.int64]) -> HotspotResult:
        return find_hotspots(counts, near, q=Q, background=RecordsBackground(everything.counts(coalition)))

    found: Found = {}
    for name, test in (("even", evenly), ("all records", among_all)):
        joint = joint_hotspots(told, test)
        found[f"joint, together, {name}"] = (len(joint.joined.hotspots), joint.joined.tested)
        found[f"joint, only together, {name}"] = (int(joint.joined_only.sum()), joint.joined.tested)
        found[f"joint, an agency alone, {name}, each"] = (int((joint.own > 0).sum()), joint.own.size)
    return found
