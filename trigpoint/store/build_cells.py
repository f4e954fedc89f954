"""Hexagons of a version: those of the county first, then those beyond it that hold a claim."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.geography.cells import cell_centres, county_cells
from trigpoint.store.build_areas import Areas, append
from trigpoint.store.build_places import Streets
from trigpoint.store.build_sites import Sites

__all__ = ["build_cells"]

LABEL_SITES = ("station", "school", "park")
"""Sites that may name a cell where no street is loaded: public places, never a home."""


def build_cells(
    store: duckdb.DuckDBPyConnection,
    seen: dict[int, NDArray[np.uint64]],
    areas: Areas,
    streets: Streets,
    sites: Sites,
) -> None:
    """Write `cell`, and `spot`: `place_spot` with the dense id of each spot's cell.

    `seen` has the H3 cell of each spot by resolution, 0 where it has none.
    """
    labels = _Labels(streets, sites)
    columns: dict[str, NDArray[np.generic]] = {"spot": np.arange(len(next(iter(seen.values()))))}
    for resolution, cells in seen.items():
        columns[f"cell_{resolution}"] = _build_resolution(store, resolution, cells, areas, labels)
    store.register("numbered", pa.table(columns))
    store.execute(
        "CREATE TEMP TABLE spot AS SELECT s.* EXCLUDE (spot), n.* EXCLUDE (spot) "
        "FROM place_spot AS s JOIN numbered AS n USING (spot)"
    )
    store.unregister("numbered")


def _build_resolution(
    store: duckdb.DuckDBPyConnection,
    resolution: int,
    cells: NDArray[np.uint64],
    areas: Areas,
    labels: _Labels,
) -> NDArray[np.int32]:
    county = county_cells(areas.county.locator, resolution)
    distinct = np.unique(cells[cells != 0])
    beyond = np.setdiff1d(distinct, county.h3, assume_unique=True)
    beyond_x, beyond_y = cell_centres(beyond)
    easting = np.concatenate([county.easting_m, beyond_x])
    northing = np.concatenate([county.northing_m, beyond_y])
    district, ward, _ = areas.locate(easting, northing)
    everything = np.concatenate([county.h3, beyond])
    append(store, "cell", pa.table({
        "resolution": np.full(everything.size, resolution, dtype=np.int8),
        "id": np.arange(everything.size, dtype=np.int32),
        "h3": everything,
        "in_county": np.arange(everything.size) < county.h3.size,
        "easting_m": easting, "northing_m": northing,
        "ward": ward, "district": district,
        "near": labels.nearest(easting, northing),
    }))  # fmt: skip
    return _dense(cells, everything)


def _dense(cells: NDArray[np.uint64], everything: NDArray[np.uint64]) -> NDArray[np.int32]:
    """The position of each cell in `everything`, -1 for cell 0."""
    found = np.full(cells.size, -1, dtype=np.int32)
    known = cells != 0
    if known.any():
        order = np.argsort(everything)
        found[known] = order[np.searchsorted(everything[order], cells[known])]
    return found


class _Labels:
    """The names that may stand for a cell: streets', else those of sites that anyone may know."""

    def __init__(self, streets: Streets, sites: Sites) -> None:
        named = np.array([bool(name) for name in streets.names], dtype=np.bool_) & streets.public
        self.names = np.array(streets.names, dtype=object)[named]
        points = streets.middle[named]
        if not named.any():
            kept = _public(sites)
            self.names = np.asarray(sites.table["name"].to_numpy(zero_copy_only=False), dtype=object)[kept]
            points = sites.points[kept]
        self.tree = cKDTree(points) if len(points) else None

    def nearest(self, easting_m: NDArray[np.float64], northing_m: NDArray[np.float64]) -> pa.Array:
        """The nearest name to each point; null where there is no name at all."""
        if self.tree is None:
            return pa.nulls(len(easting_m), pa.string())
        _, at = self.tree.query(np.column_stack([easting_m, northing_m]))
        return pa.array(self.names[at].tolist(), pa.string())


def _public(sites: Sites) -> NDArray[np.bool_]:
    classes = np.array(sites.table["class"].to_pylist(), dtype=object)
    restricted = sites.table["restricted"].to_numpy(zero_copy_only=False).astype(np.bool_)
    named = np.array([bool(name) for name in sites.table["name"].to_pylist()], dtype=np.bool_)
    public: NDArray[np.bool_] = (
        np.isin(classes.astype(str), LABEL_SITES) & ~restricted & named & np.isfinite(sites.points[:, 0])
    )
    return public
