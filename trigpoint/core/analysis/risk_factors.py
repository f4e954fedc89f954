"""Factors of a risk terrain: which cells lie near a class of site, and which where such sites are dense."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["DEMOGRAPHIC", "Factor", "Factors", "factor_distances", "risk_factors"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

DEMOGRAPHIC = frozenset(
    {
        "age", "asylum", "children", "class", "deprivation", "disability", "ethnicity", "faith", "gender", "imd", "income",
        "language", "migration", "nationality", "people", "population", "poverty", "race", "religion", "residents", "sex",
        "tenure", "unemployment",
    }
)  # fmt: skip
"""Words for who people are. A factor is a place that somebody can do something about, never a kind of person."""

_DEVIATIONS = 2.0
"""Dense is more than this many standard deviations above the mean density of all cells."""


@dataclass(frozen=True, slots=True)
class Factor:
    """Cells within `distance_m` of a site of the class ("proximity"), or where such sites are dense, with that
    distance as the kernel's reach ("density")."""

    site_class: str
    kind: str
    distance_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Factors:
    """`present` bool[cells, factors]: whether the cell has the factor. `too_rare` are those left out."""

    factors: tuple[Factor, ...]
    present: Bools
    too_rare: tuple[Factor, ...]


def factor_distances(
    block_m: float, *, blocks: int = 3, halves: bool = True, least_m: float = 0.0
) -> tuple[float, ...]:
    """Increments of half a block or a whole one, to so many blocks, metres; those below `least_m` are left out.

    `least_m` is what the cells can tell: a distance shorter than half a cell is none. Raises ValueError for a block
    or a number of blocks that is not positive.
    """
    if not (block_m > 0 and blocks > 0):
        raise ValueError("a block has a length, and there is at least one")
    step = block_m / 2 if halves else block_m
    every = [step * number for number in range(1, blocks * (2 if halves else 1) + 1)]
    return tuple(one for one in every if one >= least_m)


def risk_factors(
    easting_m: Floats,
    northing_m: Floats,
    sites: Mapping[str, Floats],
    distances_m: tuple[float, ...],
    *,
    least_cells: int = 10,
) -> Factors:
    """Every class × {proximity, density} × distance, as whether each cell (its middle, metres, [n]) has it.

    `sites` holds float64[k, 2] metres by class. Proximity: a site lies within the distance. Density: the sum over
    sites of (1 − (d/h)²)² within reach h is more than two standard deviations above its mean over all cells, as in
    RTMDx (Caplan, Kennedy & Piza 2013). A factor that fewer than `least_cells` cells have, or all but as few, is left
    out. Distances are straight lines. Raises ValueError for a class that says who people are: never a factor.
    """
    for name in sites:
        if DEMOGRAPHIC & set(name.lower().replace("-", "_").split("_")) - {"children"} or name in DEMOGRAPHIC:
            raise ValueError("who lives in a place is never a factor")
    middles = cKDTree(np.column_stack([easting_m, northing_m]))
    kept, columns, rare = [], [], []
    for name in sorted(sites):
        for factor, present in _of_class(middles, name, sites[name], distances_m):
            if least_cells <= np.count_nonzero(present) <= middles.n - least_cells:
                kept.append(factor)
                columns.append(present)
            else:
                rare.append(factor)
    present = np.column_stack(columns) if columns else np.zeros((middles.n, 0), dtype=np.bool_)
    return Factors(tuple(kept), present, tuple(rare))


def _of_class(
    middles: cKDTree, name: str, points: Floats, distances_m: tuple[float, ...]
) -> list[tuple[Factor, Bools]]:
    if not len(points) or not distances_m:
        return []
    near = middles.sparse_distance_matrix(cKDTree(points), max(distances_m), output_type="ndarray")
    found = []
    for reach_m in distances_m:
        within = near[near["v"] <= reach_m]
        kernel = (1.0 - (within["v"] / reach_m) ** 2) ** 2
        density = np.bincount(within["i"], kernel, minlength=middles.n)
        close = np.bincount(within["i"], minlength=middles.n) > 0
        dense = density > density.mean() + _DEVIATIONS * density.std()
        found += [
            (Factor(name, "proximity", reach_m), close),
            (Factor(name, "density", reach_m), dense),
        ]
    return found
