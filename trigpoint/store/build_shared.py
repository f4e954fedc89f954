"""Points that suspiciously many records of a feed share: default addresses and snap points, marked and never moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from trigpoint.store.build_sources import insert
from trigpoint.store.build_sql import build_sql

__all__ = ["PointJudged", "build_shared_points"]

MANY = 20
"""Least records on one point for it to be suspicious by itself,"""
SHARE = 0.02
"""least share of the feed's records that have a point,"""
TIMES = 5.0
"""and how many times as many as on the feed's 99th percentile of points."""

BESIDE_M = 60.0
"""A point this near to a police station or civic centre is where reports are taken rather than where things happen,"""
FEW = 5
"""where at least so many records share it: things do happen outside police stations."""


@dataclass(frozen=True, slots=True)
class PointJudged:
    """What somebody decided of a point, to the metre: "default" (no place of an event) or "real"."""

    feed: str
    easting_m: int
    northing_m: int
    decision: str


def build_shared_points(store: duckdb.DuckDBPyConnection, judged: Sequence[PointJudged]) -> None:
    """Write `shared_point`, and mark the entries that hold one, before claims are made of them."""
    store.execute("CREATE TEMP TABLE point_judged (feed SMALLINT, x INTEGER, y INTEGER, decision VARCHAR)")
    feeds = {code: number for number, code in store.execute("SELECT id, code FROM feed").fetchall()}
    told = {
        (feeds[one.feed], one.easting_m, one.northing_m): one.decision for one in judged if one.feed in feeds
    }
    insert(store, "point_judged", [(*point, decision) for point, decision in told.items()])
    store.execute(build_sql("shared_point", many=MANY, share=SHARE, times=TIMES, beside_m=BESIDE_M, few=FEW))
