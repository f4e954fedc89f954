"""The geography of the synthetic county as plain frozen values.

Coordinates are EPSG:27700 metres. Arrays are never changed after the county is made. Indices (`parent`, `town`,
`ward`, `lsoa`, `street`) are dense positions in the county's own tuples, from 0; −1 means none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Shapes = NDArray[np.object_]

Size = Literal["village", "county"]
Kind = Literal["large town", "town", "small town", "village"]
ROAD_CLASSES = ("A Road", "B Road", "Minor Road", "Local Street", "Restricted Local Access Road")
SHAPE_CLASSES = ("sea", "land", "neighbour_land", "built", "wood", "park", "water", "river", "rail")
OLDEST_AGE = 90


@dataclass(frozen=True, slots=True)
class Areas:
    """One level of area, tiling the county's land.

    `polygons` (n,) of shapely Polygon or MultiPolygon; `parent` (n,) int32 index into the level above (−1 for
    districts); `easting_m`, `northing_m` (n,) float64, a point inside each; `quadrants` one of North, Mid, South,
    West per district, empty for other levels.
    """

    level: Literal["district", "ward", "lsoa"]
    codes: tuple[str, ...]
    names: tuple[str, ...]
    polygons: Shapes
    parent: Indices
    easting_m: Floats
    northing_m: Floats
    quadrants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement. `radius_m` is the mean built-up radius; `people` lives in it. `kind` says its size."""

    name: str
    easting_m: float
    northing_m: float
    people: int
    radius_m: float
    kind: Kind
    district: int


@dataclass(frozen=True, slots=True)
class Streets:
    """Street segments from junction to junction, both ends always a junction of this network.

    Per segment (n,): `codes` unique; `names` shared by the segments of one street; `road_class` one of
    ROAD_CLASSES; `start_junction`, `end_junction` int64 indices into the junction arrays (m,), matching the first
    and last vertex of the geometry; `geometries` shapely LineString; `town` index of the settlement it belongs to
    or −1 in open country; `ward`, `lsoa` of its midpoint; `length_m`.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    road_class: tuple[str, ...]
    start_junction: NDArray[np.int64]
    end_junction: NDArray[np.int64]
    geometries: Shapes
    town: Indices
    ward: Indices
    lsoa: Indices
    length_m: Floats
    junction_easting_m: Floats
    junction_northing_m: Floats


@dataclass(frozen=True, slots=True)
class Station:
    """`code` is three letters in the style of a CRS code; `town` an index."""

    name: str
    code: str
    easting_m: float
    northing_m: float
    town: int


@dataclass(frozen=True, slots=True)
class RailLine:
    """`stations` are indices into Rail.stations in the order the trains call."""

    name: str
    geometry: Any
    stations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rail:
    lines: tuple[RailLine, ...]
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class BusStops:
    """One row per pole; the two sides of a road are two stops of one name.

    `codes` in the style of an ATCO code; `streets` the street's name and `street` its segment index; `localities`
    the settlement; `bearing` one of N NE E SE S SW W NW, the way the bus is heading.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    streets: tuple[str, ...]
    street: Indices
    localities: tuple[str, ...]
    easting_m: Floats
    northing_m: Floats
    bearing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BusRoute:
    """`outbound` and `inbound` are indices into BusStops in calling order; never empty, never the same stop twice."""

    number: str
    name: str
    outbound: Indices
    inbound: Indices


@dataclass(frozen=True, slots=True)
class Bus:
    stops: BusStops
    routes: tuple[BusRoute, ...]


@dataclass(frozen=True, slots=True)
class Postcodes:
    """Postcode points, each on a street of the county. `codes` have one space, as in 'ZM4 7QR'."""

    codes: tuple[str, ...]
    easting_m: Floats
    northing_m: Floats
    street: Indices
    ward: Indices
    lsoa: Indices


@dataclass(frozen=True, slots=True)
class Population:
    """`people` (LSOAs, 91) int32: residents by single year of age, the last column being 90 and over."""

    people: NDArray[np.int32]

    def everyone(self) -> NDArray[np.int64]:
        """Residents of all ages per LSOA (n,)."""
        total: NDArray[np.int64] = self.people.sum(axis=1, dtype=np.int64)
        return total

    def aged_10_to_17(self) -> NDArray[np.int64]:
        """Residents aged 10 to 17 inclusive per LSOA (n,)."""
        total: NDArray[np.int64] = self.people[:, 10:18].sum(axis=1, dtype=np.int64)
        return total


@dataclass(frozen=True, slots=True)
class Shape:
    """A thing to draw: `name` is None where it has none; `geometry` polygonal, or a line for river and rail."""

    name: str | None
    geometry: Any


@dataclass(frozen=True, slots=True)
class Geography:
    """Everything that does not move in the county: one value, the same for the same seed and size.

    `shapes` has every class of SHAPE_CLASSES: sea, land (the county's own, one shape a part), neighbour_land, built,
    wood, park, water (lakes), as polygons; river, rail as lines. Estuaries are part of the sea. Sea and neighbours
    reach about nine kilometres beyond the county on each side. Postcodes follow people, but people are spread along
    a street evenly, as they never are: do not read a pattern within one street as more than chance.
    """

    name: str
    seed: int
    size: Size
    districts: Areas
    wards: Areas
    lsoas: Areas
    towns: tuple[Town, ...]
    streets: Streets
    rail: Rail
    bus: Bus
    postcodes: Postcodes
    population: Population
    shapes: Mapping[str, tuple[Shape, ...]]
