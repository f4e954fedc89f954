"""What came already counted: by feed, category, area and span of time, as whoever counted it told it."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.sites import day_words
from trigpoint.store.permitted import permit_totals
from trigpoint.store.questions import Columns
from trigpoint.store.totals import fetch_totals

__all__ = ["STATES", "answer_totals"]

STATES = ("told", "withheld", "part_withheld", "not_applicable")
METHOD = (
    "Numbers that an agency counted itself, by its own areas and spans of time, wholly inside the period. Numbers of "
    "different categories are never added up, nor set beside counts of records: each counts its own thing. A number "
    "that whoever counted withheld stays withheld; a sum that lacks one is told only as at least so many. Numbers of a "
    "single site, such as a school, are told by district."
)
_NOT_FOR_TOTALS = {
    "hours": "an hour", "weekdays": "a weekday", "roles": "a role of a place", "detections": "a way of detection",
}  # fmt: skip


def answer_totals(asked: Asked) -> Answer:
    """Columns feed, category, name, level (ward, district or none), area_code, area_name, starts, ends (first and last
    day), count (None unless every cell is told), at_least (the sum of the told ones; None without), state (one of
    STATES), cells, withheld (how many of them whoever counted withheld), rounded_to.

    Rows are as fine as `level` and the feed's agreement allow. `about.across` are those that reach over an end of
    the period: they are in no row. `about.withheld_cells` adds up `withheld`.
    """
    _refuse_what_totals_lack(asked)
    with asked.version.cursor() as cursor:
        by_ward = asked.question.level == "ward"
        found = fetch_totals(permit_totals(cursor, asked.permitted), asked.selection, by_ward=by_ward)
    inside = _inside(asked, found)
    across = int(np.count_nonzero(~inside))
    found = {name: column[inside] for name, column in found.items()}
    table = _table(asked, found)
    about = asked.about(
        total=len(inside) - across, across=across, withheld_cells=int(found["withheld"].sum()),
        period=_period(asked, found), method=METHOD,
    )  # fmt: skip
    return Answer("totals", table, about)


def _refuse_what_totals_lack(asked: Asked) -> None:
    question = asked.question
    for name, what in _NOT_FOR_TOTALS.items():
        if getattr(question, name):
            raise QuestionError(f"What came already counted has not got {what}: leave that filter out.")
    if question.known or question.counted != "records":
        raise QuestionError("What came already counted is told as it stands now, in the numbers it came in.")
    if any(place.kind not in ("district", "ward") for place in asked.within):
        raise QuestionError("What came already counted can be asked for within a district or a ward.")


def _inside(asked: Asked, found: Columns) -> NDArray[np.bool_]:
    """Which spans lie wholly in the period."""
    inside = np.ones(len(found["feed"]), dtype=bool)
    if asked.question.period_from:
        inside &= _days(found["starts"]) >= np.datetime64(asked.question.period_from)
    if asked.question.period_to:
        inside &= _days(found["ends"]) < np.datetime64(asked.question.period_to)
    return inside


def _days(column: NDArray[np.generic]) -> NDArray[np.datetime64]:
    return np.asarray(column).astype("M8[D]")


def _period(asked: Asked, found: Columns) -> list[str | None]:
    """The period as asked; where that is open, what the rows reach."""
    start, end = asked.question.period_from, asked.question.period_to
    if len(found["feed"]):
        first = EPOCH.toordinal() + int(_days(found["starts"]).min().astype(np.int64))
        last = EPOCH.toordinal() + int(_days(found["ends"]).max().astype(np.int64))
        start, end = start or date.fromordinal(first), end or date.fromordinal(last + 1)
    return [start.isoformat() if start else None, end.isoformat() if end else None]


def _table(asked: Asked, found: Columns) -> Table:
    vocabulary = asked.version.vocabulary
    feeds = {one.id: one.code for one in vocabulary.feeds}
    categories = {one.id: (one.code, one.name) for one in vocabulary.categories}
    of = [categories.get(int(one), ("", "")) for one in found["category"]]
    states = _states(found)
    told, sums = found["told"].tolist(), found["counted"].tolist()
    return {
        "feed": [feeds[int(one)] for one in found["feed"]],
        "category": [code for code, _ in of],
        "name": [name for _, name in of],
        **_areas(asked, found),
        "starts": day_words(found["starts"]),
        "ends": day_words(found["ends"]),
        "count": [number if state == "told" else None for number, state in zip(sums, states, strict=True)],
        "at_least": [number if cells else None for number, cells in zip(sums, told, strict=True)],
        "state": states,
        "cells": found["cells"].astype(np.int64),
        "withheld": found["withheld"].astype(np.int64),
        "rounded_to": found["rounded_to"].astype(np.int64),
    }


def _states(found: Columns) -> list[str]:
    """A number that does not exist adds nothing to a sum; a withheld one makes it unknown."""
    rows = zip(found["told"].tolist(), found["withheld"].tolist(), strict=True)
    return [_state(told=bool(told), withheld=bool(withheld)) for told, withheld in rows]


def _state(*, told: bool, withheld: bool) -> str:
    if withheld:
        return "part_withheld" if told else "withheld"
    return "told" if told else "not_applicable"


def _areas(asked: Asked, found: Columns) -> Table:
    """Level, code and name of the finest area told of each row."""
    wards, districts = asked.version.areas("ward"), asked.version.areas("district")
    rows: list[tuple[str, str, str]] = []
    for ward, district in zip(found["ward"].tolist(), found["district"].tolist(), strict=True):
        if ward >= 0:
            rows.append(("ward", wards.codes[ward], wards.names[ward]))
        elif district >= 0:
            rows.append(("district", districts.codes[district], districts.names[district]))
        else:
            rows.append(("none", "", ""))
    return {name: [row[i] for row in rows] for i, name in enumerate(("level", "area_code", "area_name"))}
