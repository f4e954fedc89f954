"""(e) A closure that moved the harm 250 metres down the road."""

from dataclasses import replace

import numpy as np
from scipy.spatial import cKDTree

from trigpoint.core.county.tables import Bools, Ints
from trigpoint.core.county.truths.ground import open_ground, quiet_spot, spot_at, where
from trigpoint.core.county.truths.planting import (
    Closure,
    Planting,
    add,
    as_date,
    clear,
    each_month,
    month_end,
    month_start,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import Truth

CLOSED_IN = 14
_STREAMS = ("crime", "asb", "incident")
_NEARER_M, _FARTHER_M, _RADIUS_M = 215.0, 285.0, 105.0


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Three records a month and feed at the premises until the closure and none to speak of after; next door the reverse."""
    spot = quiet_spot(planting, rng, among=_with_a_neighbour(planting), why=_WHY, radius_m=320.0)
    here, there = (
        spot_at(planting, segment, _RADIUS_M)
        for segment in (spot.segment, _neighbour(planting, spot.segment))
    )
    county = clear(clear(planting, here), there)
    before, after = range(1, CLOSED_IN), range(CLOSED_IN, 27)
    for stream in _STREAMS:
        many, few = (4, 0) if stream == "crime" else (3, 1)
        counts = dict.fromkeys(before, many) | dict.fromkeys(after, few)
        county = add(county, stream, each_month(county, counts, rng), here.segment, rng)
        counts = dict.fromkeys(before, 0 if stream == "crime" else 1) | dict.fromkeys(after, 3)
        county = add(county, stream, each_month(county, counts, rng), there.segment, rng)
    closure = _order(county, here.segment)
    county = replace(county, closures=(*county.closures, closure))
    return with_truth(
        take_ground(county, here, there),
        Truth(
            letter="e",
            title="A closure that moved the trouble",
            sentence="The closure emptied these premises, and about as much began 250 metres away the same month.",
            question=9,
            where=replace(where(county, [here.segment]), radius_m=_RADIUS_M),
            from_day=as_date(closure.start),
            to_day=as_date(month_end(county, 26)),
            feeds=("police_crime", "community_safety_asb", "police_incidents", "community_safety_closures"),
            agencies=("police", "community_safety"),
            expected={
                "closure": closure.ref,
                "here_a_month_before": 10,
                "here_a_month_after": 2,
                "there_a_month_before": 2,
                "there_a_month_after": 9,
                "moved_share_at_least": 0.7,
            },
            others=(replace(where(county, [there.segment]), radius_m=_RADIUS_M),),
        ),
    )


_WHY = "no two free streets lie 250 metres apart"


def _order(planting: Planting, segment: int) -> Closure:
    start = month_start(planting, CLOSED_IN)
    return Closure("CL9001", segment, start, start + 91, start + 182, "Residential", "Drugs supply")


def _pairs(planting: Planting) -> Ints:
    """Pairs of town segments whose middles lie about 250 metres apart."""
    segments = planting.scene.segments
    chosen = np.flatnonzero((segments.town >= 0) & open_ground(planting))
    at = np.column_stack([segments.easting_m[chosen], segments.northing_m[chosen]])
    pairs = cKDTree(at).query_pairs(_FARTHER_M, output_type="ndarray")
    gap_m = np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T)
    found: Ints = chosen[pairs[gap_m > _NEARER_M]]
    return found


def _neighbour(planting: Planting, segment: int) -> int:
    """The other segment of the pair that is nearest to 250 metres off."""
    pairs = _pairs(planting)
    pairs = pairs[(pairs == segment).any(axis=1)]
    there: Ints = np.where(pairs[:, 0] == segment, pairs[:, 1], pairs[:, 0])
    here, segments = spot_at(planting, segment), planting.scene.segments
    gap_m = np.hypot(segments.easting_m[there] - here.easting_m, segments.northing_m[there] - here.northing_m)
    return int(there[np.argmin(np.abs(gap_m - 250.0))])


def _with_a_neighbour(planting: Planting) -> Bools:
    mask = np.zeros(len(planting.scene.segments.name), dtype=np.bool_)
    mask[_pairs(planting).ravel()] = True
    return mask
