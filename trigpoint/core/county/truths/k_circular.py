"""(k) A hotspot made of suspected-false intelligence and of one report that three agencies copied."""

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
from trigpoint.core.county.truths.truth import Truth

SUSPECTED_FALSE = 10
REPORTS = 2
_COPIED_BY = ("asb", "concern")
_DAYS = 84


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Ten logs assessed E, and two reports each logged by the police, the council and a school."""
    spot = quiet_spot(planting, rng)
    county = clear(planting, spot)
    days = last_days(planting, _DAYS)[:-7]
    for grade, share in (("3/E/C", SUSPECTED_FALSE // 2), ("2/E/C", SUSPECTED_FALSE - SUSPECTED_FALSE // 2)):
        at = moments(days, share, rng)
        county = add(county, "intelligence", at, spot.segment, rng, prompt=True, grade=grade, theme="CCE")
    taught = days[school_term(days)]
    at = moments(taught if len(taught) else days, REPORTS, rng, (15.0, 19.0))
    county = add(
        county, "intelligence", at, spot.segment, rng, also=_COPIED_BY, prompt=True, same_point=True,
        grade="2/D/P", theme="CCE",
    )  # fmt: skip
    copies = REPORTS * (1 + len(_COPIED_BY))
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="k",
            title="A hotspot of hearsay",
            sentence="Ten of these logs are assessed as suspected false, and the other six records are two reports, "
            "each logged by three agencies.",
            question=3,
            where=where(county, [spot.segment]),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=("police_intelligence", "community_safety_asb", "education_concerns"),
            agencies=("police", "community_safety", "education"),
            expected={
                "records": SUSPECTED_FALSE + copies,
                "suspected_false": SUSPECTED_FALSE,
                "linked_events": SUSPECTED_FALSE + REPORTS,
                "independent_reports": REPORTS,
                "agencies_a_report": 1 + len(_COPIED_BY),
            },
        ),
    )
