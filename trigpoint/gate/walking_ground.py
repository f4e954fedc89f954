"""The ground that walks are told on: the street network of a version, and the outlines of places on it."""

from collections.abc import Sequence

import h3
import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.core.geography.network import Positions, StreetNetwork, at_points, inside, street_network
from trigpoint.gate.version import Version
from trigpoint.store.shapes import fetch_outlines, fetch_street_shapes

__all__ = ["cell_outlines", "network_of", "outlines_of", "stretches_of"]

Ids = NDArray[np.integer]


def network_of(version: Version) -> StreetNetwork | None:
    """The streets as a network to walk on; None where no street layer is loaded. Published geography, the same for all."""

    def make() -> StreetNetwork | None:
        streets = version.streets
        if streets.anchors:
            return None
        return street_network(_street_lines(version), streets.start_junction, streets.end_junction)

    return version.recall(("street network",), make)


def outlines_of(version: Version, level: str, resolution: int | None, ids: Ids) -> NDArray[np.object_]:
    """The outline of each unit, shapely geometries (EPSG:27700): a street's is its line, an anchor's its point."""
    if resolution is not None:
        return cell_outlines(version.codes(level, resolution)[ids].tolist())
    if level == "street":
        network = network_of(version)
        return network.lines[ids] if network is not None else _street_lines(version)[ids]
    return _area_outlines(version, level)[ids]


def cell_outlines(codes: Sequence[str]) -> NDArray[np.object_]:
    """Hexagons by their codes, whether or not the store knows them."""
    rings = [h3.cell_to_boundary(code) for code in codes]
    corners = np.array([corner for ring in rings for corner in ring], dtype=np.float64).reshape(-1, 2)
    of_ring = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    points = np.column_stack(to_national_grid(corners[:, 1], corners[:, 0]))
    made = shapely.polygons(shapely.linearrings(points, indices=of_ring))
    return np.array([*made, None], dtype=object)[:-1]


def stretches_of(
    network: StreetNetwork, grounds: NDArray[np.object_], segments: Ids | None = None
) -> Positions:
    """Where on the network each place is, [m]: the streets inside its outline, or all of its own street.

    A place with no street inside is at the nearest place of the nearest street, if that is near enough. `segments`
    are the places' own segments, where places are streets.
    """
    places = np.arange(len(grounds), dtype=np.int32)
    if segments is not None:
        length_m, nought = network.length_m[segments], np.zeros(len(grounds))
        return Positions(places, segments.astype(np.int32), nought, length_m, nought, len(grounds))
    within = inside(network, grounds)
    bare = np.flatnonzero(~within.on_network)
    middles = shapely.get_coordinates(shapely.point_on_surface(grounds[bare])).reshape(-1, 2)
    beside = at_points(network, middles[:, 0], middles[:, 1])
    return Positions(
        np.concatenate([within.place, bare[beside.place].astype(np.int32)]),
        np.concatenate([within.segment, beside.segment]),
        np.concatenate([within.from_m, beside.from_m]),
        np.concatenate([within.to_m, beside.to_m]),
        np.concatenate([within.away_m, beside.away_m]),
        len(grounds),
    )


def _street_lines(version: Version) -> NDArray[np.object_]:
    with version.cursor() as cursor:
        wkb = [bytes(one) for one in fetch_street_shapes(cursor).tolist()]
    return np.array([*shapely.from_wkb(wkb), None], dtype=object)[:-1]


def _area_outlines(version: Version, level: str) -> NDArray[np.object_]:
    def read() -> NDArray[np.object_]:
        with version.cursor() as cursor:
            return fetch_outlines(cursor, level)

    return version.recall(("outlines", level), read)
