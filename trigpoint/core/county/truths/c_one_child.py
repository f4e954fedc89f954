"""(c) Forty missing episodes from one home that are one child's."""

from dataclasses import replace

import numpy as np

from trigpoint.core.county.truths.ground import SPOT_M, gaps, open_ground, spot_at, where
from trigpoint.core.county.truths.planting import (
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
from trigpoint.core.county.truths.truth import CannotPlant, Truth

EPISODES = {22: 26, 23: 14}


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """A child who has not been missing before goes out of one home day after day for two months."""
    homes = planting.sites.homes
    open_homes = np.flatnonzero(np.isnat(homes.closed))
    wanted = homes.kind[open_homes] == "Children's home"
    open_homes = open_homes[wanted] if wanted.any() else open_homes
    at_home = homes.segment[open_homes]
    free = open_homes[(gaps(planting, at_home) > SPOT_M) & open_ground(planting)[at_home]]
    if len(free) == 0:
        raise CannotPlant("every home for children stands on ground that another truth has taken")
    home = int(rng.choice(free))
    spot = spot_at(planting, int(homes.segment[home]))
    child = least_missing(planting)
    county = clear(moved_in(planting, child, home), spot)
    at = each_month(county, EPISODES, rng, (18.0, 23.5))
    county = add(county, "missing", at, spot.segment, rng, child=np.full(len(at), child), also=("interview",))
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="c",
            title="Forty episodes, one child",
            sentence="The street outside this home is hot only because one child went missing forty times in two months.",
            question=6,
            where=where(county, [spot.segment]),
            from_day=as_date(month_start(county, 22)),
            to_day=as_date(month_end(county, 23)),
            feeds=("social_care_missing", "return_interviews_rhi"),
            agencies=("social_care", "return_interviews"),
            expected={
                "episodes": len(at),
                "people": 1,
                "most_in_a_month": EPISODES[22],
                "home_urn": str(homes.urn[home]),
            },
        ),
    )


def least_missing(planting: Planting) -> int:
    children, history = planting.history.children, planting.history
    known = history.events.child[history.reports["missing"].event]
    own = known[known < len(children.weight)]
    return int(np.argmin(np.bincount(own, minlength=len(children.weight))))


def moved_in(planting: Planting, child: int, home: int) -> Planting:
    """The county with the child living in the home, as those who have it on their books would know."""
    old = planting.history.children
    here = np.arange(len(old.weight)) == child
    children = replace(
        old,
        in_care=old.in_care | here,
        home=np.where(here, home, old.home),
        segment=np.where(here, planting.sites.homes.segment[home], old.segment),
    )
    return replace(planting, history=replace(planting.history, children=children))
