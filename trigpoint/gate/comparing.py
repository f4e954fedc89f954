"""Places to compare a place with: what is known of every unit of a level, and what stands around those most alike."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.analysis.surroundings import Comparison, comparable_places
from trigpoint.core.geography.cells import cells_of_points
from trigpoint.core.geography.neighbours import Neighbours
from trigpoint.core.geography.reach import reached_pairs
from trigpoint.core.tally import by_unit
from trigpoint.gate.asked import Asked
from trigpoint.gate.units import Units, among
from trigpoint.gate.units_tested import units_tested
from trigpoint.gate.walking_ground import network_of, outlines_of, stretches_of
from trigpoint.store.counts import fetch_units
from trigpoint.store.questions import Selection

__all__ = ["COVARIATES", "MOST_UNITS", "Described", "around_comparables", "comparables", "described"]

Ids = NDArray[np.integer]
Floats = NDArray[np.float64]

COVARIATES = (
    "metres of street", "children living there", "all records there", "distance to the middle of a town",
)  # fmt: skip
"""What comparable places are alike in: each of the unit and those that touch it, but for the distance.

Square roots of the first two and logarithms of the others are compared, so that one town more is not worth more than all
the difference between a village and a town.
"""

SETTLED_M = 1000.0
"""A place this near the middle of a town or village, or within the reach of its stops, is in it; others are country."""

MOST_UNITS = 30
"""A hotspot of more units than this is compared with places of so many."""


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """Every unit of a level that is compared, [n]: `ids`, points, kind of settlement and covariates float64[n, 4]."""

    ids: Ids
    easting_m: Floats
    northing_m: Floats
    kind: NDArray[np.int64]
    covariates: Floats


def described(asked: Asked, units: Units) -> Described:
    """What is known of the county's units: of records only those permitted, in the question's period, of every kind."""
    chosen = asked.selection
    every = Selection(
        from_day=chosen.from_day,
        to_day=chosen.to_day,
        without_categories=chosen.without_categories,
        known_at=chosen.known_at,
    )
    key = ("described", asked.permitted, every, units.level, units.resolution)
    return asked.version.recall(key, lambda: _describe(asked, units, every))


def _describe(asked: Asked, units: Units, every: Selection) -> Described:
    ids = units_tested(asked, units)
    ids = ids[units.wards(ids) >= 0]
    easting_m, northing_m = units.points(ids)
    near = among(_touching(units), ids) if not _anchors(units) else units.neighbours(ids)
    with asked.records() as cursor:
        records, _ = by_unit(fetch_units(cursor, every, units.column), units.size)
    children = asked.version.children(units.level, units.resolution)
    people = np.full(units.size, np.nan) if children is None else children.people
    towards_m, kind = _settlements(units, easting_m, northing_m)
    columns = (
        np.sqrt(_with_neighbours(_street_m(units)[ids], near)),
        np.sqrt(_with_neighbours(people[ids], near)),
        np.log1p(_with_neighbours(records[ids].astype(np.float64), near)),
        np.log1p(towards_m),
    )
    return Described(ids, easting_m, northing_m, kind, np.column_stack(columns))


def _anchors(units: Units) -> bool:
    return units.level == "street" and units.version.streets.anchors


def _touching(units: Units) -> Neighbours:
    if units.resolution is not None:
        return units.version.cell_neighbours(units.resolution)
    if units.level == "street":
        return units.version.street_neighbours()
    return units.version.area_neighbours(units.level)


def _with_neighbours(values: Floats, near: Neighbours) -> Floats:
    """Each unit's value and those of the units that touch it, added up. Not known where the unit's own is not."""
    known = np.where(np.isfinite(values), values, 0.0)
    rows = np.repeat(np.arange(near.units), near.degrees)
    total: Floats = known + np.bincount(rows, weights=known[near.indices], minlength=near.units)
    total[~np.isfinite(values)] = np.nan
    return total


def _street_m(units: Units) -> Floats:
    """Metres of street by dense id: of a segment itself, of a hexagon or area those whose middle lies in it."""
    streets = units.version.streets
    if streets.anchors:
        return np.full(units.size, np.nan)
    if units.level == "street":
        return np.asarray(streets.length_m, dtype=np.float64)
    at: Ids = streets.ward if units.level == "ward" else streets.district
    if units.resolution is not None:
        at = _cell_of(units, streets.easting_m, streets.northing_m)
    metres = np.bincount(at + 1, weights=streets.length_m, minlength=units.size + 1)[1:]
    return np.asarray(metres, dtype=np.float64)


def _cell_of(units: Units, easting_m: Floats, northing_m: Floats) -> Ids:
    resolution = units.resolution or 0
    found = cells_of_points(easting_m, northing_m, (resolution,))[resolution]
    places = units.version.cell_places(resolution)
    return np.array([places.get(cell, -1) for cell in found.tolist()], dtype=np.int64)


def _settlements(units: Units, easting_m: Floats, northing_m: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Metres to the middle of the nearest town or village, and the kind of place: 0 country, 1 in a settlement."""
    towns = units.version.localities
    if not towns.names or not easting_m.size:
        return np.full(easting_m.size, np.nan), np.zeros(easting_m.size, dtype=np.int64)
    away_m, nearest = cKDTree(np.column_stack([towns.easting_m, towns.northing_m])).query(
        np.column_stack([easting_m, northing_m])
    )
    kind = away_m <= np.maximum(towns.radius_m[nearest], SETTLED_M)
    return np.asarray(away_m, dtype=np.float64), kind.astype(np.int64)


def comparables(known: Described, middle: int, hot: NDArray[np.bool_], radius_m: float) -> Comparison | None:
    """The units compared with the unit of this dense id, as positions in `known`; None where it is not among them."""
    own = np.flatnonzero(known.ids == middle)
    if not own.size:
        return None
    return comparable_places(
        int(own[0]),
        known.kind,
        known.covariates,
        known.easting_m,
        known.northing_m,
        ~hot[known.ids],
        away_m=radius_m,
    )


def around_comparables(
    units: Units,
    known: Described,
    comparison: Comparison,
    size: int,
    sites: tuple[Floats, Floats, NDArray[np.int64]],
    classes: int,
    radius_m: float,
) -> NDArray[np.int64]:
    """How many sites of each class are within the walk of each compared place, int64[m, classes].

    A place compared has as many units as the place asked about: the unit chosen and those whose middles are nearest.
    `sites` are their eastings, northings and classes' numbers.
    """
    many, count = comparison.places.size, min(size, MOST_UNITS, known.ids.size)
    tree = cKDTree(np.column_stack([known.easting_m, known.northing_m]))
    middles = np.column_stack([known.easting_m[comparison.places], known.northing_m[comparison.places]])
    members = np.asarray(tree.query(middles, k=range(1, count + 1))[1]).reshape(-1)
    ids = known.ids[members]
    grounds = outlines_of(units.version, units.level, units.resolution, ids)
    network = network_of(units.version)
    origins = None
    if network is not None:
        origins = stretches_of(network, grounds, ids if units.level == "street" else None)
    place, site = reached_pairs(network, origins, grounds, sites[0], sites[1], limit_m=radius_m)
    pairs = np.unique(place.astype(np.int64) // max(count, 1) * len(sites[2]) + site)
    around = pairs // max(len(sites[2]), 1)
    found = np.zeros((many, classes), dtype=np.int64)
    np.add.at(found, (around, sites[2][pairs % max(len(sites[2]), 1)]), 1)
    return found
