"""(a) A hotspot that no single feed shows and all of them together do."""

import numpy as np

from trigpoint.core.county.settings import school_term
from trigpoint.core.county.truths.ground import quiet_spot, where
from trigpoint.core.county.truths.planting import (
    Planting,
    add,
    as_date,
    clear,
    last_days,
    moments,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import FEEDS_OF, Truth

NOTES = {
    "missing": 3,
    "concern": 2,
    "session": 2,
    "asb": 3,
    "crime": 4,
    "incident": 4,
    "intelligence": 2,
    "ae": 2,
}
_DAYS = 182


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Two to four happenings a feed in the last six months, all different, on one street."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    days = last_days(planting, _DAYS)[:-7]
    taught = days[school_term(days)]
    for stream, count in NOTES.items():
        when = taught if stream == "concern" and len(taught) >= count else days
        county = add(county, stream, moments(when, count, rng), spot.segment, rng, prompt=True)
    total = sum(NOTES.values())
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="a",
            title="A place that only the joined picture shows",
            sentence=f"Each of eight feeds holds two to four records here; together they are {total} in six months.",
            question=3,
            where=where(county, [spot.segment]),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=tuple(FEEDS_OF[stream][0] for stream in NOTES),
            agencies=tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in NOTES)),
            expected={"records": total, "feeds": len(NOTES), "most_in_one_feed": 4, "linked_events": total},
        ),
    )
