"""(l) A proactive operation that finds what it looks for, and is sent again because it found it."""

import numpy as np

from trigpoint.core.county.truths.ground import quiet_spot, where
from trigpoint.core.county.truths.planting import (
    Planting,
    add,
    as_date,
    clear,
    each_month,
    moments,
    month_start,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import Truth

OPERATIONS = {17: 14, 20: 21, 23: 28}
"""Discovered records by the month in whose first ten days the operation ran."""

DISCOVERED = "92D"
REPORTED = "8L"
_LASTS_DAYS = 10


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Three operations of ten days, each larger than the last; what the public reports there stays one a month."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    for number, count in OPERATIONS.items():
        days = month_start(county, number) + np.arange(_LASTS_DAYS)
        at = moments(days, count, rng, (19.0, 23.9))
        county = add(county, "crime", at, spot.segment, rng, prompt=True, kind=DISCOVERED)
    reported = each_month(county, dict.fromkeys(range(1, 27), 1), rng)
    county = add(county, "crime", reported, spot.segment, rng, prompt=True, kind=REPORTED)
    total = sum(OPERATIONS.values())
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="l",
            title="Found because it was searched",
            sentence=f"{total} possession records come from three ten-day operations; what people report here has not "
            "changed.",
            question=4,
            where=where(county, [spot.segment]),
            from_day=as_date(month_start(county, min(OPERATIONS))),
            to_day=as_date(month_start(county, max(OPERATIONS)) + _LASTS_DAYS - 1),
            feeds=("police_crime",),
            agencies=("police",),
            expected={
                "discovered": total,
                "discovered_by_operation": tuple(OPERATIONS.values()),
                "operations_in_months": tuple(OPERATIONS),
                "reported_a_month": 1,
            },
        ),
    )
