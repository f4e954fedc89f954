"""(h) A stretch of seafront that is busy in summer, every summer."""

import numpy as np

from trigpoint.core.county.truths.ground import quiet_spot, where
from trigpoint.core.county.truths.planting import (
    Planting,
    add,
    as_date,
    clear,
    each_month,
    month_start,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth

BY_MONTH = (1, 1, 1, 2, 3, 7, 16, 18, 5, 2, 1, 1)
"""Records a month, January first."""

_STREAMS = ("asb", "incident", "missing", "crime")


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """The same swing in both summers, on one stretch of the front."""
    scene = planting.scene
    if not scene.segments.seafront.any():
        raise CannotPlant("no street lies on the front")
    spot = quiet_spot(planting, rng, among=scene.segments.seafront)
    county = clear(planting, spot)
    calendar = {number: _calendar_month(county, number) for number in range(1, 27)}
    counts = {number: BY_MONTH[month - 1] for number, month in calendar.items()}
    at = each_month(county, counts, rng, (12.0, 21.5))
    turn = rng.permutation(np.arange(len(at)) % len(_STREAMS))
    for which, stream in enumerate(_STREAMS):
        county = add(county, stream, at[turn == which], spot.segment, rng)
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="h",
            title="Summer on the front",
            sentence="This stretch of the front is busy each July and August; it is the season, not a change.",
            question=1,
            where=where(county, [spot.segment]),
            from_day=as_date(county.history.first_day),
            to_day=as_date(county.history.last_day),
            feeds=tuple(FEEDS_OF[stream][0] for stream in _STREAMS),
            agencies=tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in _STREAMS)),
            expected={
                "records": len(at),
                "july_and_august_a_month": (BY_MONTH[6] + BY_MONTH[7]) / 2,
                "november_to_march_a_month": 1.0,
                "summers": 2,
            },
        ),
    )


def _calendar_month(planting: Planting, number: int) -> int:
    return int(month_start(planting, number).astype("datetime64[M]").astype(np.int64) % 12) + 1
