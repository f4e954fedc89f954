"""Outlines of areas and streets, by dense id. Areas and segments are published geography, the same for everyone."""

import duckdb
import numpy as np
import shapely
from numpy.typing import NDArray

from trigpoint.store.questions import Columns, fetch, question_sql
from trigpoint.store.schema import AREA_LEVELS

__all__ = ["fetch_outlines", "fetch_shapes", "fetch_street_shapes"]


def fetch_shapes(connection: duckdb.DuckDBPyConnection, level: str) -> Columns:
    """id, code, name, parent (dense district id), easting_m, northing_m of a point inside, and wkb (EPSG:27700)."""
    return fetch(connection, question_sql("shapes", area="area", level=str(AREA_LEVELS[level])))


def fetch_outlines(connection: duckdb.DuckDBPyConnection, level: str) -> NDArray[np.object_]:
    """The outline of every area of a level by dense id, shapely polygons in EPSG:27700."""
    wkb = [bytes(one) for one in fetch_shapes(connection, level)["wkb"].tolist()]
    return np.asarray(shapely.from_wkb(wkb), dtype=object).reshape(-1)


def fetch_street_shapes(connection: duckdb.DuckDBPyConnection) -> NDArray[np.generic]:
    """wkb (EPSG:27700) of every street. An anchor's is a point: show only those the viewer may see."""
    return fetch(connection, question_sql("street_shapes", street="street"))["wkb"]
