"""(b) A cluster at a school that comes of where the form is filled in."""

import numpy as np

from trigpoint.core.county.settings import school_term
from trigpoint.core.county.truths.ground import SPOT_M, gaps, open_ground, spot_at, where
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
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth

CONCERNS, EXCLUSIONS = 190, 30


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """A school that writes everything down under its own address, and no other agency that saw a thing there."""
    schools, scene = planting.sites.schools, planting.scene
    older = np.flatnonzero((schools.phase != "primary") & np.isnat(schools.closed))
    segment = schools.segment[older]
    free = older[(gaps(planting, segment) > SPOT_M) & open_ground(planting)[segment]]
    if len(free) == 0:
        raise CannotPlant("every school for older children stands on ground that another truth has taken")
    school = int(rng.choice(free))
    spot = spot_at(planting, int(schools.segment[school]))
    county = clear(planting, spot)
    days = last_days(planting, 365)
    days = days[school_term(days)]
    said = (
        ("concern", moments(days, CONCERNS, rng, (8.5, 15.9))),
        (
            "exclusion",
            moments(days, EXCLUSIONS, rng, (9.0, 15.0)),
        ),
    )
    for stream, at in said:
        county = add(county, stream, at, spot.segment, rng)
    ward = scene.segments.ward[spot.segment]
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="b",
            title="A school that files everything at its gate",
            sentence=f"{schools.name[school]} gives its own address for whatever it records: the cluster is the form, "
            "not the street.",
            question=3,
            where=where(county, [spot.segment]),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=(FEEDS_OF["concern"][0], FEEDS_OF["exclusion"][0]),
            agencies=("education",),
            expected={
                "concerns": CONCERNS,
                "exclusions": EXCLUSIONS,
                "records_of_other_agencies": 0,
                "school_urn": int(schools.urn[school]),
                "school": str(schools.name[school]),
                "ward": str(scene.wards.code[ward]),
            },
        ),
    )
