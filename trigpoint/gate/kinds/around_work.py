"""Work of our own around a place: how often within the walk, and when last."""

from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from trigpoint.core.geography.network import Positions
from trigpoint.core.geography.reach import walks_or_straight
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.kinds.work import day_of, work_done
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.walking_ground import network_of
from trigpoint.gate.work import feeds_of
from trigpoint.store.questions import Selection

__all__ = ["work_around"]


def work_around(asked: Asked, ground: shapely.Geometry, origins: Positions | None, limit_m: float) -> Table:
    """class, name, known, count, last, nearest_m, way: for each class of work, all of it on or before the day of notices.

    Records are where their street or their smallest hexagon is; at the level of a district or ward, where the area that
    may be told has its point. `known` is whether any feed that tells of it is shared with this viewer.
    """
    on = ((asked.question.on or asked.at.date()) - EPOCH).days
    selection = Selection(known_at=asked.selection.known_at, to_day=on + 1)
    wider, units = replace(asked, selection=selection), _units(asked)
    granted = set(asked.restrictions.granted)
    table: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for work in asked.work:
        found = work_done(wider, work, units.column)
        placed = found[units.column] >= 0
        ids, of = np.unique(found[units.column][placed], return_inverse=True)
        walks = walks_or_straight(
            network_of(asked.version), origins, ground, *units.points(ids), limit_m=limit_m
        )
        near = walks.distance_m[of] <= limit_m
        day = found["day"][placed][near]
        first = int(np.argmin(walks.distance_m)) if day.size else -1
        row = (
            work.code,
            work.one,
            bool(feeds_of(work) & granted),
            int(day.size),
            day_of(int(day.max())) if day.size else None,
            float(walks.distance_m[first]) if day.size else float("nan"),
            ("walk" if walks.walked[first] else "straight line") if day.size else "",
        )
        for name, value in zip(_COLUMNS, row, strict=True):
            table[name].append(value)
    return table


_COLUMNS = ("class", "name", "known", "count", "last", "nearest_m", "way")


def _units(asked: Asked) -> Units:
    level = asked.question.level
    if level == "cell":
        return units_of(asked, "cell", 10)
    return units_of(asked)
