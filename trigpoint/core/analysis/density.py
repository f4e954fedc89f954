"""How densely records lie, as a smooth surface: a picture for the eye, never a test."""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

__all__ = ["Density", "Grid", "checked_points", "grid_over", "kernel_density", "kernel_taps", "smoothed"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LARGEST_GRID = 4_000_000
"""Cells of the largest grid that will be drawn."""
WIDEST_KERNEL = 200
"""Cells that a bandwidth may be long."""
M2_PER_KM2 = 1e6


@dataclass(frozen=True, slots=True)
class Grid:
    """Squares of `cell_m` metres, EPSG:27700. Row 0 is the southernmost, column 0 the westernmost."""

    west_m: float
    south_m: float
    cell_m: float
    rows: int
    columns: int

    @property
    def eastings_m(self) -> Floats:
        """The middle of each column, float64[columns]."""
        return self.west_m + (np.arange(self.columns, dtype=np.float64) + 0.5) * self.cell_m

    @property
    def northings_m(self) -> Floats:
        """The middle of each row, float64[rows]."""
        return self.south_m + (np.arange(self.rows, dtype=np.float64) + 0.5) * self.cell_m


@dataclass(frozen=True, slots=True, eq=False)
class Density:
    """A surface over `grid`.

    per_km2   float64[rows, columns]  records per square kilometre; NaN outside the outline, where one was given
    unreached  float                   weight of the points that no cell of the surface lies near enough to show
    """

    grid: Grid
    bandwidth_m: float
    per_km2: Floats
    unreached: float


def grid_over(west_m: float, south_m: float, east_m: float, north_m: float, cell_m: float) -> Grid:
    """The grid of least size whose squares cover a box. Raises ValueError where that is more than LARGEST_GRID."""
    if not (cell_m > 0.0 and east_m >= west_m and north_m >= south_m):
        raise ValueError("a grid needs a box and a size of cell")
    columns = max(1, math.ceil((east_m - west_m) / cell_m))
    rows = max(1, math.ceil((north_m - south_m) / cell_m))
    if rows * columns > LARGEST_GRID:
        raise ValueError("the cells are too small for a box of this size")
    return Grid(west_m, south_m, cell_m, rows, columns)


def kernel_density(
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    grid: Grid,
    bandwidth_m: float,
    *,
    weights: ArrayLike | None = None,
    inside: Flags | None = None,
) -> Density:
    """Kernel density with the quartic kernel (Silverman 1986, Density Estimation, eq. 4.5).

    Each point adds w·3/(πh²)·(1 − d²/h²)² at distance d < h, h being `bandwidth_m`. `easting_m`, `northing_m` and
    `weights` (1 each where not given) are [n]. A point's weight is first shared among the four cells about it, in
    proportion to its nearness, so that the error of the grid is of the second order of cell/bandwidth.

    `inside`, bool[rows, columns], marks the cells whose middle lies in the outline. Each point's kernel is then
    divided by its own mass inside (Diggle 1985, Applied Statistics 34:138–147; Jones 1993), so that the surface over
    the outline holds exactly the weight of the points it reaches: no record is spread over the sea. Points beyond
    the outline would be drawn in with the rest: leave them out before. Without `inside` nothing is corrected, and
    what spreads beyond the grid is lost.

    Misleads as every smooth surface does: it shows a colour between places where nothing was ever recorded, its
    peaks move with the bandwidth, and it knows no chance. For looks only. Raises ValueError for lengths that differ,
    numbers that are not finite, weights below 0, or a bandwidth of less than a cell or more than WIDEST_KERNEL.
    """
    east, north, weight = checked_points(easting_m, northing_m, weights)
    taps = kernel_taps(grid.cell_m, bandwidth_m)
    if inside is not None and inside.shape != (grid.rows, grid.columns):
        raise ValueError("the outline must be given for each cell of the grid")
    reach = taps.shape[0] - 1
    # a margin as wide as the kernel, and one cell for the share a point gives to its farther neighbours
    margin = reach + 1
    held = np.zeros((grid.rows + 2 * margin, grid.columns + 2 * margin))
    origin = (grid.west_m - margin * grid.cell_m, grid.south_m - margin * grid.cell_m)
    _share_out(east, north, weight, origin[0], origin[1], grid.cell_m, held)
    inner = (slice(margin, -margin), slice(margin, -margin))
    if inside is None:
        smooth = smoothed(held, taps)[inner]
        beyond = float(weight.sum() - held.sum())
        return Density(grid, bandwidth_m, smooth * M2_PER_KM2, max(beyond, 0.0))
    outline = np.zeros_like(held)
    outline[inner] = inside
    mass = smoothed(outline, taps) * grid.cell_m**2
    reached = mass > 0.0
    kept = float(held[reached].sum())
    held = np.divide(held, mass, out=np.zeros_like(held), where=reached)
    smooth = np.where(inside, smoothed(held, taps)[inner] * M2_PER_KM2, np.nan)
    return Density(grid, bandwidth_m, smooth, max(float(weight.sum()) - kept, 0.0))


def checked_points(
    easting_m: ArrayLike, northing_m: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    """Eastings, northings and weights (1 each where not given), float64[n]; ValueError for what is none."""
    east = np.ascontiguousarray(easting_m, dtype=np.float64)
    north = np.ascontiguousarray(northing_m, dtype=np.float64)
    weight = np.ones(east.shape) if weights is None else np.ascontiguousarray(weights, dtype=np.float64)
    if east.ndim != 1 or not east.shape == north.shape == weight.shape:
        raise ValueError("there must be one easting, northing and weight for each point")
    # one sum is not finite as soon as one of its terms is not
    if not np.isfinite(east.sum() + north.sum() + weight.sum()) or (weight.size and weight.min() < 0.0):
        raise ValueError("a place or a weight is not a finite number, or a weight is below 0")
    return east, north, weight


def kernel_taps(cell_m: float, bandwidth_m: float) -> Floats:
    """The kernel at whole cells' distance, per square metre: one quarter of it, float64[reach + 1, reach + 1].

    Raises ValueError for a bandwidth of less than a cell or more than WIDEST_KERNEL.
    """
    cells = bandwidth_m / cell_m
    if not 1.0 <= cells <= WIDEST_KERNEL:
        raise ValueError(f"a bandwidth is between 1 and {WIDEST_KERNEL} cells long")
    away = np.arange(math.ceil(cells)) / cells
    left = np.clip(1.0 - (away[:, None] ** 2 + away[None, :] ** 2), 0.0, None)
    return np.asarray(3.0 / (math.pi * bandwidth_m**2) * left**2, dtype=np.float64)


@njit(cache=True, nogil=True)
def _share_out(
    east: Floats, north: Floats, weight: Floats, west_m: float, south_m: float, cell_m: float, held: Floats
) -> None:
    """Linear binning: each weight among the four cells whose middles surround its point."""
    rows, columns = held.shape
    for i in range(east.size):
        across, up = (east[i] - west_m) / cell_m - 0.5, (north[i] - south_m) / cell_m - 0.5
        if across < 0.0 or up < 0.0 or across >= columns - 1 or up >= rows - 1:
            continue
        column, row = int(across), int(up)
        to_east, to_north = across - column, weight[i] * (up - row)
        to_south = weight[i] - to_north
        held[row, column] += to_south - to_south * to_east
        held[row, column + 1] += to_south * to_east
        held[row + 1, column] += to_north - to_north * to_east
        held[row + 1, column + 1] += to_north * to_east


@njit(cache=True, nogil=True)
def smoothed(held: Floats, taps: Floats) -> Floats:
    """`held`, float64[rows, columns], folded with the kernel. Beyond the array there is nothing."""
    rows, columns = held.shape
    reach = taps.shape[0] - 1
    smooth = np.zeros((rows, columns))
    both = np.zeros(columns + 2 * reach)
    middle = both[reach : reach + columns]
    for row in range(rows):
        into = smooth[row]
        for up in range(reach + 1):
            _both_rows(held, row, up, middle)
            _add(into, middle, taps[up, 0])
            for across in range(1, reach + 1):
                tap = taps[up, across]
                if tap > 0.0:
                    left, right = both[reach - across :], both[reach + across :]
                    _add_two(into, left[:columns], right[:columns], tap)
    return smooth


@njit(cache=True, nogil=True)
def _both_rows(held: Floats, row: int, up: int, total: Floats) -> None:
    """The rows `up` above and below added, the kernel being the same for both."""
    below, above = row - up, row + up
    if below < 0:
        total[:] = 0.0
    else:
        total[:] = held[below]
    if up > 0 and above < held.shape[0]:
        total += held[above]


@njit(cache=True, nogil=True)
def _add(into: Floats, from_: Floats, tap: float) -> None:
    for i in range(into.size):
        into[i] += tap * from_[i]


@njit(cache=True, nogil=True)
def _add_two(into: Floats, left: Floats, right: Floats, tap: float) -> None:
    for i in range(into.size):
        into[i] += tap * (left[i] + right[i])
