"""(m) A ward boundary that moves in May: one ward falls and its neighbour rises, and nothing has happened."""

from dataclasses import replace

import numpy as np
import shapely

from trigpoint.core.county.areas import with_lsoa_moved
from trigpoint.core.county.tables import Ints
from trigpoint.core.county.truths.ground import SPOT_M, gaps, open_ground, quiet_spot, where
from trigpoint.core.county.truths.planting import (
    Planting,
    add,
    as_date,
    clear,
    each_month,
    take_ground,
    with_truth,
)
from trigpoint.core.county.truths.truth import FEEDS_OF, CannotPlant, Truth

A_MONTH = {"crime": 3, "asb": 2, "incident": 1}


def plant(planting: Planting, rng: np.random.Generator) -> Planting:
    """Six records a month on a street of an LSOA that passes from one ward to the next in May 2025."""
    geography, scene = planting.geography, planting.scene
    of_segment = geography.streets.lsoa.astype(np.int64)
    movable, gains = movable_lsoas(planting)
    spot = quiet_spot(planting, rng, among=np.isin(of_segment, movable), why=_WHY)
    lsoa = int(of_segment[spot.segment])
    old, new = int(geography.lsoas.parent[lsoa]), int(gains[lsoa])
    county = clear(planting, spot)
    for stream, count in A_MONTH.items():
        at = each_month(county, dict.fromkeys(range(1, 27), count), rng)
        county = add(county, stream, at, spot.segment, rng)
    later = with_lsoa_moved(geography, lsoa, new)
    of_lsoa = np.where(np.arange(len(geography.lsoas.codes)) == lsoa, new, geography.lsoas.parent)
    county = replace(
        county,
        later_wards=later,
        later_ward_of_lsoa=of_lsoa,
        scene=replace(scene, later_ward=of_lsoa[of_segment], later_ward_code=np.array(later.codes)),
    )
    names = geography.wards.names
    return with_truth(
        take_ground(county, spot),
        Truth(
            letter="m",
            title="The boundary moved, not the trouble",
            sentence=f"In May 2025 part of {names[old]} became {names[new]}: on the new wards one falls and the other "
            "rises, and the street is as it was.",
            question=11,
            where=where(county, [spot.segment]),
            from_day=as_date(scene.later_from),
            to_day=as_date(county.history.last_day),
            feeds=tuple(FEEDS_OF[stream][0] for stream in A_MONTH),
            agencies=tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in A_MONTH)),
            expected={
                "lsoa": geography.lsoas.codes[lsoa],
                "from_ward": geography.wards.codes[old],
                "to_ward": geography.wards.codes[new],
                "from_ward_now": later.codes[old],
                "to_ward_now": later.codes[new],
                "a_month_throughout": sum(A_MONTH.values()),
            },
        ),
    )


_WHY = "no free street lies in an LSOA that could pass to the ward beside it"


def movable_lsoas(planting: Planting) -> tuple[Ints, dict[int, int]]:
    """LSOAs at the edge of a ward of two or more, and the ward of the same district each would pass to."""
    geography, parent = planting.geography, planting.geography.lsoas.parent
    sizes = np.bincount(parent, minlength=len(geography.wards.codes))
    free = open_ground(planting) & (gaps(planting, np.arange(len(planting.scene.segments.name))) > SPOT_M)
    in_town = np.unique(geography.streets.lsoa[free & (planting.scene.segments.town >= 0)])
    polygons = geography.lsoas.polygons
    tree = shapely.STRtree(geography.wards.polygons)
    gains: dict[int, int] = {}
    for lsoa in in_town[sizes[parent[in_town]] >= 2].tolist():
        own = int(parent[lsoa])
        for ward in np.sort(tree.query(polygons[lsoa], predicate="touches")).tolist():
            same = geography.wards.parent[ward] == geography.wards.parent[own]
            shared = shapely.intersection(polygons[lsoa], geography.wards.polygons[ward])
            if ward != own and same and shapely.length(shared) > 50.0:
                gains.setdefault(lsoa, ward)
    if not gains:
        raise CannotPlant(_WHY)
    return np.array(sorted(gains), dtype=np.int64), gains
