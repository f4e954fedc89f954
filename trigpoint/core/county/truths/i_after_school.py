"""(i) A bus corridor after school: 15:15 to 17:00, Monday to Friday, in term."""

from dataclasses import replace

import numpy as np

from trigpoint.core.county.settings import school_term
from trigpoint.core.county.tables import Ints
from trigpoint.core.county.truths.ground import gaps, open_ground, spot_at, where
from trigpoint.core.county.truths.planting import (
    Planting,
    add,
    as_date,
    clear,
    moments,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth

RADIUS_M = 70.0
_STOPS = 6
_A_SCHOOL_DAY = 0.42
_STREAMS = ("concern", "asb", "incident", "crime")


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Two records in five school days, on the streets of six stops that follow one another on one route."""
    route, segments = _corridor(planting)
    spots = [spot_at(planting, segment, RADIUS_M) for segment in segments.tolist()]
    county = planting
    for spot in spots:
        county = clear(county, spot)
    days = np.arange(county.history.first_day, county.history.last_day + 1)
    days = days[school_term(days)]
    at = moments(days, round(_A_SCHOOL_DAY * len(days)), rng, (15.25, 16.98))
    turn = rng.permutation(np.arange(len(at)) % len(_STREAMS))
    street = segments[rng.permutation(np.arange(len(at)) % len(segments))]
    for which, stream in enumerate(_STREAMS):
        county = add(county, stream, at[turn == which], street[turn == which], rng)
    return with_truth(
        take_ground(county, *spots),
        Truth(
            letter="i",
            title="The bus after school",
            sentence=f"Along these stops of route {route} everything happens between 15:15 and 17:00 on school days.",
            question=8,
            where=where(county, segments[:1], RADIUS_M),
            from_day=as_date(days[0]),
            to_day=as_date(days[-1]),
            feeds=tuple(FEEDS_OF[stream][0] for stream in _STREAMS),
            agencies=tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in _STREAMS)),
            expected={
                "records": len(at),
                "share_in_the_window": 1.0,
                "route": route,
                "streets": len(segments),
            },
            others=tuple(replace(where(county, [one]), radius_m=RADIUS_M) for one in segments[1:].tolist()),
        ),
    )


def _corridor(planting: Planting) -> tuple[str, Ints]:
    """Six segments in a row on the route that shares least with the county's busiest corridor and other truths."""
    geography, busy = planting.geography, planting.scene.corridor
    town = planting.scene.segments.town >= 0
    for apart in (True, False):
        for route in geography.bus.routes:
            stops = dict.fromkeys(geography.bus.stops.street[route.outbound].tolist())
            free = [one for one in stops if town[one] and not (apart and one in busy)]
            chosen = np.array(free, dtype=np.int64)
            chosen = chosen[(gaps(planting, chosen) > RADIUS_M) & open_ground(planting)[chosen]]
            if len(chosen) >= _STOPS:
                return route.number, chosen[:_STOPS]
    raise CannotPlant(f"no bus route has {_STOPS} stops on streets that another truth has not taken")
