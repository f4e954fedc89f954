"""Outlines of areas, which are published geography and the same for every viewer."""

import duckdb

from trigpoint.store.questions import Columns, fetch, question_sql
from trigpoint.store.schema import AREA_LEVELS

__all__ = ["fetch_shapes"]


def fetch_shapes(connection: duckdb.DuckDBPyConnection, level: str) -> Columns:
    """id, code, name, parent (dense district id), easting_m, northing_m of a point inside, and wkb (EPSG:27700)."""
    return fetch(connection, question_sql("shapes", area="area", level=str(AREA_LEVELS[level])))
