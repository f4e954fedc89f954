"""Postcode points along the streets, in an area of letters that no real postcode uses."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.county.model import Postcodes, Streets
from trigpoint.core.county.noise import Floats
from trigpoint.core.county.plan import Plan

AREA_LETTERS = "ZM"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"


def make_postcodes(rng: np.random.Generator, plan: Plan, streets: Streets, weight: Floats) -> Postcodes:
    """`weight` is people per street; longer and fuller streets have more postcodes, numbered outwards by town."""
    count = _counts(plan.postcode_count, weight)
    street = np.repeat(np.arange(len(count)), count)
    first = np.repeat(np.cumsum(count) - count, count)
    share = (np.arange(len(street)) - first + 0.5 + rng.uniform(-0.2, 0.2, len(street))) / count[street]
    at = shapely.get_coordinates(
        shapely.line_interpolate_point(streets.geometries[street], share * streets.length_m[street])
    )
    order = np.lexsort((at[:, 0], streets.town[street] < 0, streets.ward[street]))
    street, at = street[order], at[order]
    return Postcodes(
        codes=_codes(len(street)),
        easting_m=at[:, 0].round(),
        northing_m=at[:, 1].round(),
        street=street.astype(np.int32),
        ward=streets.ward[street],
        lsoa=streets.lsoa[street],
    )


def _counts(total: int, weight: Floats) -> NDArray[np.int64]:
    """Whole numbers that add to `total`, in proportion, by largest remainder."""
    ideal = weight / weight.sum() * total
    count = np.floor(ideal).astype(np.int64)
    short = total - int(count.sum())
    count[np.argsort(count - ideal, kind="stable")[:short]] += 1
    made: NDArray[np.int64] = count
    return made


def _codes(count: int) -> tuple[str, ...]:
    """About 420 to an outward code, as neighbours share one."""
    pairs = len(_INWARD) ** 2
    codes = []
    for number in range(count):
        outward, rest = divmod(number, 420)
        sector, unit = divmod(rest, 60)
        letters = (unit * 7 + sector * 31 + outward) % pairs
        codes.append(
            f"{AREA_LETTERS}{outward + 1} {sector + 1}{_INWARD[letters // 20]}{_INWARD[letters % 20]}"
        )
    return tuple(codes)
