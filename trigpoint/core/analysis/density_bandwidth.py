"""How wide a density's kernel is to be: the customary width, and the one that foretells best."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.density import M2_PER_KM2, Grid, checked_points, kernel_taps, smoothed

__all__ = ["likelihood_bandwidth_m", "rule_of_thumb"]

Floats = NDArray[np.float64]


def rule_of_thumb(width_m: float, height_m: float) -> tuple[float, float]:
    """Size of cell and bandwidth, metres: the shorter side of the area over 150, and five of those cells.

    Crime analysts' custom (Chainey & Ratcliffe 2005, GIS and Crime Mapping), not a theorem: the cell matters little,
    the bandwidth decides what is seen (Chainey 2013, Bull. Soc. Géogr. Liège 60:7–19). Raises ValueError for
    a side that is not more than 0.
    """
    shorter = min(width_m, height_m)
    if not shorter > 0.0:
        raise ValueError("an area has a width and a height")
    return shorter / 150.0, shorter / 30.0


def likelihood_bandwidth_m(
    easting_m: ArrayLike, northing_m: ArrayLike, grid: Grid, candidates_m: ArrayLike, area_km2: float
) -> float:
    """The bandwidth under which the places are best foretold by one another, metres (Hu et al. 2018, Applied Geography 99).

    Each cell of the grid that holds records is left out in turn with all of them, because records put at one anchor
    point, or told of one address, would otherwise foretell each other and the smallest bandwidth always win. Of the
    density that the rest give there one n-th is taken to be even over `area_km2`, so that one lonely record does not
    decide alone. Of equals the smallest. Points beyond the grid take no part; all alike with fewer than two places.
    Raises ValueError for no candidate, and as `kernel_density` does.
    """
    east, north, _ = checked_points(easting_m, northing_m, None)
    widths = np.sort(np.atleast_1d(np.asarray(candidates_m, dtype=np.float64)))
    if widths.size == 0 or not area_km2 > 0.0:
        raise ValueError("there must be a bandwidth to choose, and an area")
    column = np.floor((east - grid.west_m) / grid.cell_m).astype(np.int64)
    row = np.floor((north - grid.south_m) / grid.cell_m).astype(np.int64)
    kept = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
    counts = np.bincount(row[kept] * grid.columns + column[kept], minlength=grid.rows * grid.columns)
    likelihoods = [
        _likelihood(counts.reshape(grid.rows, grid.columns), kernel_taps(grid.cell_m, width), area_km2)
        for width in widths.tolist()
    ]
    return float(widths[int(np.argmax(likelihoods))])


def _likelihood(counts: NDArray[np.int64], taps: Floats, area_km2: float) -> float:
    """Σ over the records of log density, their own cell left out."""
    filled, others = counts > 0, smoothed(counts.astype(np.float64), taps)
    here, records = counts[filled], int(counts.sum())
    rest = np.maximum(records - here, 1)
    foretold = (others[filled] - here * taps[0, 0]).clip(min=0.0) * M2_PER_KM2 / rest
    even = 1.0 / max(records, 1)
    return float((here * np.log((1.0 - even) * foretold + even / area_km2)).sum())
