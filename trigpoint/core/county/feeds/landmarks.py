"""What stands near a happening that somebody might name: the truth behind every place that is told in words."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from trigpoint.core.county.feeds.wording import County
from trigpoint.core.county.tables import Bools, Floats, Ints, Strings

REACH_M = {"park": 240.0, "station": 220.0, "school": 150.0, "shop": 50.0, "pub": 50.0, "building": 110.0}
"""How near a thing must be to be spoken of, by kind. A shop is a takeaway, hotel or guest house."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Named things of the county: parallel arrays, metres; `street` is the name of the street each stands on."""

    kind: Strings
    name: Strings
    street: Strings
    easting_m: Floats
    northing_m: Floats


@dataclass(frozen=True, slots=True)
class Nearby:
    """For each point and each kind, the nearest landmark and whether it is in reach. Shape (points, kinds)."""

    kinds: tuple[str, ...]
    at: Ints
    within: Bools


def landmarks_of(county: County) -> Landmarks:
    """Parks, stations, schools, takeaways, hotels, pubs and public buildings."""
    sites, streets = county.sites, county.scene.segments.name
    older = np.flatnonzero(sites.schools.phase != "primary")
    pubs = np.flatnonzero(sites.licensed.kind == "Pub")
    pub_at = sites.licensed.address[pubs]
    parks = shapely.get_coordinates(shapely.point_on_surface(county.scene.parks.shape)).reshape(-1, 2)
    stations = county.scene.stations
    parts = [
        ("park", county.scene.parks.name, np.full(len(parks), ""), parks[:, 0], parks[:, 1]),
        (
            "station",
            stations.name,
            np.full(len(stations.name), ""),
            stations.easting_m,
            stations.northing_m,
        ),
        (
            "school",
            sites.schools.name[older],
            streets[sites.schools.segment[older]],
            sites.schools.easting_m[older],
            sites.schools.northing_m[older],
        ),
        (
            "shop",
            sites.premises.name,
            streets[sites.premises.segment],
            sites.premises.easting_m,
            sites.premises.northing_m,
        ),
        (
            "pub",
            sites.licensed.name[pubs],
            streets[sites.licensed.segment[pubs]],
            sites.addresses.easting_m[pub_at],
            sites.addresses.northing_m[pub_at],
        ),
        (
            "building",
            sites.buildings.name,
            streets[sites.buildings.segment],
            sites.buildings.easting_m,
            sites.buildings.northing_m,
        ),
    ]
    return Landmarks(
        np.concatenate([np.full(len(name), kind) for kind, name, *_ in parts]),
        *(np.concatenate([part[column] for part in parts]) for column in range(1, 5)),
    )


def nearby(landmarks: Landmarks, easting_m: Floats, northing_m: Floats) -> Nearby:
    """The nearest landmark of each kind to every point."""
    points = np.column_stack([easting_m, northing_m])
    at = np.zeros((len(points), len(REACH_M)), dtype=np.int64)
    within = np.zeros(at.shape, dtype=np.bool_)
    for column, (kind, reach_m) in enumerate(REACH_M.items()):
        own = np.flatnonzero(landmarks.kind == kind)
        if len(own) == 0 or len(points) == 0:
            continue
        tree = cKDTree(np.column_stack([landmarks.easting_m[own], landmarks.northing_m[own]]))
        gap_m, nearest = tree.query(points)
        at[:, column], within[:, column] = own[nearest], gap_m <= reach_m
    return Nearby(tuple(REACH_M), at, within)
