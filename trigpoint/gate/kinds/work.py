"""Work of our own, place by place: how often a session was held there, and when last. Never who was met."""

from dataclasses import replace
from datetime import timedelta

import numpy as np

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.work import WorkClass, categories_of, feeds_of
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns

__all__ = ["answer_work", "day_of", "work_done"]

METHOD = (
    "Records of work that was done: a session counts where it was held, with or without a concern. How many young people "
    "came is not told. A place without work is a place that nobody recorded going to."
)


def answer_work(asked: Asked) -> Answer:
    """Columns class, code, name, count, first, last, easting_m, northing_m, ward_code: a row a class and unit.

    `first` and `last` are the days of the first and the last in the period. Easting and northing are a point in the
    unit, not where anybody stood. Part "classes": class, name, count, last, unplaced and `known`, whether any feed that
    tells of it is shared with this viewer: where it is not, a count of nought says nothing.
    """
    units = units_of(asked)
    wanted = asked.question.classes
    known = [one.code for one in asked.work]
    for one in wanted:
        if one not in known:
            raise QuestionError(f"There is no class of work '{one}': choose {', '.join(known)}.")
    chosen = [one for one in asked.work if not wanted or one.code in wanted]
    done = [(one, work_done(asked, one, units.column)) for one in chosen]
    tables = [_rows(units, one, found) for one, found in done]
    columns: Table = {
        name: np.concatenate([table[name] for table in tables])
        if name in ("easting_m", "northing_m")
        else [value for table in tables for value in table[name]]
        for name in _COLUMNS
    }
    total = sum(found["day"].size for _, found in done)
    unplaced = sum(int(np.count_nonzero(found[units.column] < 0)) for _, found in done)
    about = asked.about(total=total, unplaced=unplaced, method=METHOD)
    return Answer("work", columns, about, {"classes": _classes(asked, units, done)})


_COLUMNS = ("class", "code", "name", "count", "first", "last", "easting_m", "northing_m", "ward_code")


def work_done(asked: Asked, work: WorkClass, column: str) -> Columns:
    """Day and unit of every permitted record of a class of work in the selection: "day" and the column, [n] each."""
    categories = categories_of(asked.version, work)
    among = set(asked.selection.categories or categories)
    categories = tuple(one for one in categories if one in among)
    if not categories:
        return {"day": np.empty(0, dtype=np.int64), column: np.empty(0, dtype=np.int64)}
    selection = replace(asked.selection, categories=categories, without_categories=())
    with asked.records() as cursor:
        found = fetch_columns(cursor, selection, ("day", column))
    return {name: values.astype(np.int64) for name, values in found.items()}


def day_of(number: int) -> str:
    """A day, counted from 1970-01-01, as "2026-07-09"."""
    return (EPOCH + timedelta(days=number)).isoformat()


def _rows(units: Units, work: WorkClass, found: Columns) -> Table:
    unit, day = found[units.column], found["day"]
    ids = units.in_order(np.unique(unit[unit >= 0]))
    days = [day[unit == one] for one in ids.tolist()]
    east, north = units.points(ids)
    return {
        "class": [work.code] * ids.size,
        "code": units.codes(ids),
        "name": units.names(ids),
        "count": [one.size for one in days],
        "first": [day_of(int(one.min())) for one in days],
        "last": [day_of(int(one.max())) for one in days],
        "easting_m": np.asarray(east, dtype=np.float64),
        "northing_m": np.asarray(north, dtype=np.float64),
        "ward_code": units.ward_codes(ids),
    }


def _classes(asked: Asked, units: Units, done: list[tuple[WorkClass, Columns]]) -> Table:
    granted = set(asked.restrictions.granted)
    return {
        "class": [work.code for work, _ in done],
        "name": [work.many for work, _ in done],
        "count": [found["day"].size for _, found in done],
        "last": [day_of(int(found["day"].max())) if found["day"].size else None for _, found in done],
        "unplaced": [int(np.count_nonzero(found[units.column] < 0)) for _, found in done],
        "known": [bool(feeds_of(work) & granted) for work, _ in done],
    }
