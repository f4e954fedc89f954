"""What the base map is drawn from besides areas and streets: the shapes loaded, and land where none is."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import shapely

from trigpoint.store.build_areas import DISTRICT, Areas, append, polygon_of

__all__ = ["build_shapes"]

SURROUNDINGS_M = 20_000.0
"""How far beyond the county its neighbours' land is drawn."""


def build_shapes(store: duckdb.DuckDBPyConnection, areas: Areas) -> None:
    """Write `shape`: what was loaded, and where no land was, the county's outline and that of its neighbours.

    Neighbours are the other districts of the boundary files. Where those hold none, everything around the county
    is taken for land: nothing loaded says where the sea is, and a sea drawn wrongly would mislead more.
    """
    store.execute(
        'INSERT INTO shape SELECT class, name, wkb FROM current_shapes ORDER BY feed, delivery, "row"'
    )
    drawn = {row[0] for row in store.execute("SELECT DISTINCT class FROM shape").fetchall()}
    if not areas.county.codes:
        return
    county = shapely.union_all(areas.county.polygons)
    made = [] if "land" in drawn else [("land", county)]
    if not {"neighbour_land", "sea"} & drawn:
        made += [("neighbour_land", shape) for shape in _neighbours(store, county, areas)]
    append(store, "shape", pa.table({
        "class": pa.array([name for name, _ in made], pa.string()),
        "name": pa.nulls(len(made), pa.string()),
        "wkb": pa.array([shapely.to_wkb(shape) for _, shape in made], pa.binary()),
    }))  # fmt: skip


def _neighbours(
    store: duckdb.DuckDBPyConnection, county: shapely.Geometry, areas: Areas
) -> list[shapely.Geometry]:
    frame = shapely.box(*county.bounds).buffer(SURROUNDINGS_M, join_style="mitre")
    rows = store.execute(
        "SELECT code, wkb FROM current_areas WHERE level = ? ORDER BY code", [DISTRICT]
    ).fetchall()
    own = set(areas.district.codes)
    others = [polygon_of(wkb) for code, wkb in rows if code not in own]
    near = [shape.intersection(frame) for shape in others if shape.intersects(frame)]
    return near or [frame.difference(county)]
