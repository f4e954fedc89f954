"""How much is recorded near each class of site, quarter by quarter, beside how much of the streets is near."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.analysis.facility_risk import SharesNear, shares_near
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import EPOCH
from trigpoint.gate.facility_ground import Ground, PlacedSites

__all__ = ["quarter_starts", "quarter_tables"]

NEAR_M = (100.0, 200.0)
Row = tuple[Any, ...]
QUARTER_COLUMNS = (
    "class", "near_m", "quarter", "near", "records", "share", "low", "high", "of_county", "ratio", "ratio_low",
    "ratio_high",
)  # fmt: skip
TREND_COLUMNS = ("class", "near_m", "trend_z", "trend_p")


def quarter_tables(
    ground: Ground,
    sites: PlacedSites,
    place: NDArray[np.int64],
    day: NDArray[np.integer],
    start: date,
    end: date,
) -> dict[str, Table]:
    """Tables "quarters" and "trends" of records at positions in the ground, on days since 1970-01-01.

    Near is within 100 and 200 metres, but never less than a hexagon can tell. A site counts in the quarters in which
    it was open on some day.
    """
    firsts = quarter_starts(start, end)
    middles = cKDTree(np.column_stack([ground.easting_m, ground.northing_m]))
    days = np.array([(one - EPOCH).days for one in firsts])
    quarter = np.maximum(np.searchsorted(days, day, side="right") - 1, 0)
    rows: list[Row] = []
    trends: list[Row] = []
    for kind in sites.kinds if ground.ids.size else []:
        for near_m in sorted({max(one, ground.least_m) for one in NEAR_M}):
            near = _near(middles, sites, kind, near_m, [*firsts, end])
            shares = shares_near(place, quarter, near, ground.street_m)
            rows += _rows(kind, near_m, firsts, shares)
            trends.append((kind, near_m, shares.trend_z, shares.trend_p))
    return {"quarters": _table(QUARTER_COLUMNS, rows), "trends": _table(TREND_COLUMNS, trends)}


def quarter_starts(start: date, end: date) -> list[date]:
    """The start, and the first day of every quarter of the year after it that begins before the end."""
    firsts, now = [start], start.replace(day=1)
    while (now := (now + timedelta(days=32)).replace(day=1)) < end:
        if now.month % 3 == 1:
            firsts.append(now)
    return firsts


def _near(
    middles: cKDTree, sites: PlacedSites, kind: str, near_m: float, edges: list[date]
) -> NDArray[np.bool_]:
    """Whether a site of the class that was open on some day of the quarter lies near each hexagon's middle."""
    mine = sites.kind == kind
    opened, closed = sites.opened[mine], sites.closed[mine]
    found = middles.query_ball_point(sites.point[mine], near_m)
    near = np.zeros((len(edges) - 1, middles.n), dtype=np.bool_)
    for at in range(len(edges) - 1):
        first, after = (np.datetime64(one, "D") for one in edges[at : at + 2])
        there = (np.isnat(opened) | (opened < after)) & (np.isnat(closed) | (closed >= first))
        for one in np.flatnonzero(there).tolist():
            near[at, found[one]] = True
    return near


def _rows(kind: str, near_m: float, firsts: list[date], shares: SharesNear) -> list[Row]:
    columns = [getattr(shares, one).tolist() for one in QUARTER_COLUMNS[3:]]
    return [
        (kind, near_m, first.isoformat(), *row)
        for first, row in zip(firsts, zip(*columns, strict=True), strict=True)
    ]


def _table(names: tuple[str, ...], rows: list[Row]) -> Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return {
        name: list(column) if not column or isinstance(column[0], str) else np.array(column)
        for name, column in zip(names, columns, strict=True)
    }
