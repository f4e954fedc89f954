"""Links between records of different feeds that are probably one event: worked out once a version, pair by pair."""

from __future__ import annotations

import duckdb
import numpy as np
import pyarrow as pa

from trigpoint.core.analysis.linking import Links, Told, find_links
from trigpoint.store.build_sql import build_sql

__all__ = ["build_links"]


def build_links(store: duckdb.DuckDBPyConnection) -> int:
    """Fill `link` from the records that lie at a point and know their day, superseded ones too. Returns how many.

    Needs the temporary tables `candidate` and `foremost` of the claims.
    """
    links = find_links(_told(store))
    store.register("links", _table(links))
    store.execute("INSERT INTO link BY NAME SELECT * FROM links")
    store.unregister("links")
    return len(links.first)


def _told(store: duckdb.DuckDBPyConnection) -> Told:
    found = store.execute(build_sql("linkable")).fetchnumpy()
    return Told(
        number=found["number"].astype(np.int64),
        feed=found["feed"],
        easting_m=found["easting_m"].astype(np.float64),
        northing_m=found["northing_m"].astype(np.float64),
        at=found["occurred_from"].astype("datetime64[m]").astype(np.int64),
        by_day=found["by_day"].astype(bool),
        theme_mask=found["theme_mask"].astype(np.uint64),
    )


def _table(links: Links) -> pa.Table:
    return pa.table({name: getattr(links, name) for name in Links.__slots__})
