"""(f) A closure without effect, served at the height of a run of bad luck."""

from dataclasses import replace

import numpy as np

from trigpoint.core.county.truths.ground import quiet_spot, where
from trigpoint.core.county.truths.planting import (
    Closure,
    Planting,
    Spot,
    add,
    as_date,
    clear,
    each_month,
    month_end,
    month_start,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import CannotPlant, Truth

CLOSED_IN = 15
USUAL = (2, 3, 4)
PEAK = (8, 9, 8)
COMPARABLE = 3
_STREAMS = ("asb", "crime", "incident")


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Four places with the same usual level and the same bad quarter; one is closed, and all four go back to usual."""
    county = planting
    spots: list[Spot] = []
    for _ in range(COMPARABLE + 1):
        try:
            spot = quiet_spot(county, rng)
        except CannotPlant:
            if len(spots) < 2:
                raise
            break
        county = take_ground(_like_any_other(clear(county, spot), spot, rng), spot)
        spots.append(spot)
    start = month_start(county, CLOSED_IN)
    closure = Closure("CL9002", spots[0].segment, start, start + 91, start + 91, "Takeaway", "Disorder")
    return with_truth(
        replace(county, closures=(*county.closures, closure)),
        Truth(
            letter="f",
            title="A closure that only seems to have worked",
            sentence="Records fell by two thirds after this closure, as they did in comparable places with no closure: "
            "it was served at a peak.",
            question=9,
            where=where(county, [spots[0].segment]),
            from_day=as_date(start),
            to_day=as_date(month_end(county, 26)),
            feeds=("police_crime", "community_safety_asb", "police_incidents", "community_safety_closures"),
            agencies=("police", "community_safety"),
            expected={
                "closure": closure.ref,
                "quarter_before": sum(PEAK),
                "quarter_after": sum(USUAL),
                "usual_quarter": sum(USUAL),
                "comparable_places": len(spots) - 1,
                "effect": 0,
            },
            others=tuple(where(county, [spot.segment]) for spot in spots[1:]),
        ),
    )


def _like_any_other(planting: Planting, spot: Spot, rng: np.random.Generator) -> Planting:
    """A place's two years: its usual two to four a month, with one bad quarter before the month of the closure."""
    counts: dict[int, int] = {}
    for first in range(1, 27, 3):
        counts |= dict(zip(range(first, first + 3), rng.permutation(USUAL).tolist(), strict=True))
    counts |= dict(zip(range(CLOSED_IN - 3, CLOSED_IN), rng.permutation(PEAK).tolist(), strict=True))
    counts = {month: count for month, count in counts.items() if month <= 26}
    at = each_month(planting, counts, rng)
    turn = rng.permutation(np.arange(len(at)) % len(_STREAMS))
    for which, stream in enumerate(_STREAMS):
        planting = add(planting, stream, at[turn == which], spot.segment, rng)
    return planting
