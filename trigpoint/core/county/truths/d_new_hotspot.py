"""(d) A hotspot that begins in month 20 and was nothing before."""

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
from trigpoint.core.county.truths.truth import FEEDS_OF, Truth

FIRST_MONTH = 20
A_MONTH = {"crime": 3, "asb": 2, "incident": 2, "missing": 1, "intelligence": 1}


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Nine happenings a month in five feeds from month 20 on, none before."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    total = 0
    for stream, count in A_MONTH.items():
        at = each_month(county, dict.fromkeys(range(FIRST_MONTH, 27), count), rng)
        county = add(county, stream, at, spot.segment, rng)
        total += len(at)
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="d",
            title="A new hotspot",
            sentence="Nothing was recorded here until month 20; since then it has been nine records a month.",
            question=1,
            where=where(county, [spot.segment]),
            from_day=as_date(month_start(county, FIRST_MONTH)),
            to_day=as_date(county.history.last_day),
            feeds=tuple(FEEDS_OF[stream][0] for stream in A_MONTH),
            agencies=tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in A_MONTH)),
            expected={
                "before": 0,
                "a_month_since": sum(A_MONTH.values()),
                "records": total,
                "first_month": FIRST_MONTH,
            },
        ),
    )
