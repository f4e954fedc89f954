"""Worlds in which nothing happens: one district, two years of records, and no place, time or agency that stands out.

In an "even" world every hexagon, and every street, is as likely as any other (complete spatial randomness). In a
"clustered" world they differ a great deal (log-Gaussian intensities, neighbours alike), but every month, theme, agency
and child is spread by the same intensities. Whatever is found in either is a false alarm, but for what is asked to find
where records are.
"""

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
from h3.api import basic_int
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from trigpoint.core.geography.neighbours import Neighbours, junction_neighbours, ring_neighbours

__all__ = ["AGENCIES", "KINDS", "MONTHS", "THEMES", "Ground", "NullWorld", "Size", "ground_of", "null_world"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Kind = Literal["even", "clustered"]
KINDS: tuple[Kind, ...] = ("even", "clustered")

MONTHS = 24
DAYS = 730
THEMES = 4
"""Theme 0 is asked about: a quarter of all records."""
AGENCIES = (0.55, 0.30, 0.12, 0.03)
"""How many of the records are each agency's: the last is a small feed."""
SECTORS = 8
"""Parts of the district, for silence and shifts."""
CHILDREN = 20_000.0
EARTH_M = 6_371_000.0
LATITUDE, LONGITUDE = 52.0, 0.5
JUNCTION_GAP_M = 120.0


@dataclass(frozen=True, slots=True)
class Size:
    """`rings` of hexagons round the middle one, `streets` segments, and `records` of the theme asked about."""

    rings: int = 30
    streets: int = 1_500
    records: int = 3_000


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """n units that touch, their points in metres, the sector of each, and how long a street is (1 for a hexagon)."""

    touching: Neighbours
    easting_m: Floats
    northing_m: Floats
    sector: Ints
    length_m: Floats

    @property
    def units(self) -> int:
        return self.touching.units


@dataclass(frozen=True, slots=True, eq=False)
class NullWorld:
    """All records of a world on one ground: unit, month, day, theme, agency int[records], and `tellers`, the set of agencies
    that tell the record's event, as bits. `share` float64[n] is what every record is spread by; `children` follow it."""

    kind: Kind
    ground: Ground
    share: Floats
    unit: Ints
    day: Ints
    month: Ints
    theme: Ints
    agency: Ints
    tellers: Ints

    @property
    def children(self) -> Floats:
        return self.share * CHILDREN

    def counts(self, which: NDArray[np.bool_] | None = None) -> Ints:
        """Records in each unit, int64[n]."""
        unit = self.unit if which is None else self.unit[which]
        return np.bincount(unit, minlength=self.ground.units).astype(np.int64)

    def by_month(self, which: NDArray[np.bool_] | None = None) -> Ints:
        """Records in each unit and month, int64[n, 24]."""
        bins = self.unit * MONTHS + self.month
        bins = bins if which is None else bins[which]
        return np.bincount(bins, minlength=self.ground.units * MONTHS).reshape(-1, MONTHS).astype(np.int64)


def null_world(kind: Kind, ground: Ground, records: int, rng: np.random.Generator) -> NullWorld:
    """`records` of the theme, and THEMES times as many in all, each drawn by itself."""
    share = _shares(kind, ground, rng)
    total = records * THEMES
    day = rng.integers(0, DAYS, total)
    agency = rng.choice(len(AGENCIES), total, p=AGENCIES)
    others = rng.random((total, len(AGENCIES))) < np.array(AGENCIES) / 2
    others[np.arange(total), agency] = True
    return NullWorld(
        kind=kind,
        ground=ground,
        share=share,
        unit=rng.choice(ground.units, total, p=share),
        day=day,
        month=day * MONTHS // DAYS,
        theme=rng.permutation(np.arange(total) % THEMES),
        agency=agency,
        tellers=(others @ (1 << np.arange(len(AGENCIES)))).astype(np.int64),
    )


def _shares(kind: Kind, ground: Ground, rng: np.random.Generator) -> Floats:
    """Each unit's chance of a record: alike, or log-Gaussian with neighbours alike and much of its own besides."""
    if kind == "even":
        return np.full(ground.units, 1.0 / ground.units)
    near = ground.touching
    beside = sparse.csr_array((np.ones(near.indices.size), near.indices, near.indptr))
    smooth = rng.standard_normal(ground.units)
    for _ in range(6):
        smooth = (smooth + beside @ smooth) / (near.degrees + 1.0)
    logged = 1.2 * smooth / smooth.std() + 0.6 * rng.standard_normal(ground.units)
    intensity = np.exp(logged)
    return np.asarray(intensity / intensity.sum())


@cache
def ground_of(level: Literal["cell", "street"], size: Size) -> Ground:
    """The one district that all worlds of a size share."""
    return _hexagons(size.rings) if level == "cell" else _streets(size.streets)


def _hexagons(rings: int) -> Ground:
    middle = basic_int.latlng_to_cell(LATITUDE, LONGITUDE, 9)
    cells = np.array(sorted(basic_int.grid_disk(middle, rings)), dtype=np.uint64)
    at = np.radians([basic_int.cell_to_latlng(cell) for cell in cells.tolist()])
    easting_m = EARTH_M * math.cos(math.radians(LATITUDE)) * (at[:, 1] - math.radians(LONGITUDE))
    northing_m = EARTH_M * (at[:, 0] - math.radians(LATITUDE))
    return _ground(ring_neighbours(cells), easting_m, northing_m, np.ones(len(cells)))


def _streets(segments: int) -> Ground:
    """A town of crooked blocks with gaps: a grid of junctions moved about, as many of its sides as are asked for."""
    rng = np.random.default_rng(9)
    side = math.ceil(math.sqrt(segments * 0.56)) + 1
    at = np.arange(side * side).reshape(side, side)
    across, along = (np.column_stack([one.ravel(), other.ravel()]) for one, other in _sides(at))
    ends = np.concatenate([across, along])
    ends = ends[np.sort(rng.choice(len(ends), segments, replace=False))]
    points = JUNCTION_GAP_M * np.column_stack([at.ravel() % side, at.ravel() // side])
    points = points + rng.normal(0.0, 25.0, points.shape)
    middle = points[ends].mean(axis=1)
    length_m = np.hypot(*(points[ends[:, 0]] - points[ends[:, 1]]).T)
    return _ground(junction_neighbours(*ends.T), middle[:, 0], middle[:, 1], length_m)


def _sides(at: Ints) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    return (at[:, :-1], at[:, 1:]), (at[:-1], at[1:])


def _ground(touching: Neighbours, easting_m: Floats, northing_m: Floats, length_m: Floats) -> Ground:
    middles = np.random.default_rng(4).choice(touching.units, SECTORS, replace=False)
    at = np.column_stack([easting_m, northing_m])
    sector = cKDTree(at[middles]).query(at)[1].astype(np.int64)
    return Ground(touching, easting_m, northing_m, sector, length_m)
