"""How far one walks from a place: the streets reached, and the ground they enclose, every five minutes."""

from typing import Any

import numpy as np
import shapely

from trigpoint.core.geography.network import Positions
from trigpoint.core.geography.reach import isochrone
from trigpoint.core.geography.walking import WALKING_M_PER_MINUTE
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.outlines import lonlat_geometry
from trigpoint.gate.walking_ground import network_of

__all__ = ["rings_parts"]

EVERY_MINUTES = 5
SIMPLIFIED_M = 4.0


def rings_parts(
    asked: Asked, ground: shapely.Geometry, origins: Positions | None, limit_m: float
) -> dict[str, Table]:
    """With the word `geometry`: "rings", and where there are streets "isochrone"; else nothing.

    "isochrone" is the street within the walk as one MultiLineString: `wkb` (EPSG:27700) and `outline` (GeoJSON, WGS 84).
    "rings" are the ground those streets enclose, every five minutes and at the end: minutes, distance_m, way ("walk",
    or "straight line" where no street could tell), outline and wkb.
    """
    if not asked.question.geometry:
        return {}
    network = network_of(asked.version)
    step_m = EVERY_MINUTES * WALKING_M_PER_MINUTE
    ends_m = [*np.arange(step_m, limit_m, step_m).tolist(), limit_m]
    if network is None or origins is None or not origins.segment.size:
        return {"rings": _rings(ends_m, [shapely.buffer(ground, end) for end in ends_m], "straight line")}
    reaches = [isochrone(network, origins, end) for end in ends_m]
    grounds = _nested([shapely.union(reach.ground(network), ground) for reach in reaches])
    wkb = [shapely.to_wkb(reaches[-1].lines(network))]
    street: dict[str, Any] = {
        "distance_m": [limit_m],
        "street_m": [round(reaches[-1].length_m)],
        "outline": lonlat_geometry(wkb),
        "wkb": wkb,
    }
    return {"isochrone": street, "rings": _rings(ends_m, grounds, "walk")}


def _nested(grounds: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Each with those before it: what is five minutes away is also ten minutes away."""
    return [shapely.union_all(grounds[: at + 1]) for at in range(len(grounds))]


def _rings(ends_m: list[float], grounds: list[shapely.Geometry], way: str) -> dict[str, Any]:
    wkb = [shapely.to_wkb(shapely.simplify(ground, SIMPLIFIED_M)) for ground in grounds]
    return {
        "minutes": [round(end / WALKING_M_PER_MINUTE, 1) for end in ends_m],
        "distance_m": ends_m,
        "way": [way] * len(ends_m),
        "outline": lonlat_geometry(wkb),
        "wkb": wkb,
    }
