"""Columns of an answer as plain values: what JSON and templates can take."""

from collections.abc import Sequence
from datetime import date
from math import isfinite

import numpy as np

from trigpoint.gate.answers import Answer, Column
from trigpoint.gate.reasons import counted_noun


def plain(column: Column) -> list[object]:
    """A column as a list; a number that is not known (NaN) becomes None."""
    listed = column.tolist() if isinstance(column, np.ndarray) else list(column)
    return [None if isinstance(value, float) and not isfinite(value) else value for value in listed]


def whole(column: Column) -> list[int]:
    """A column of counts."""
    if isinstance(column, np.ndarray) and column.dtype.kind in "iu":
        return [int(value) for value in column.tolist()]
    return [int(str(value)) for value in plain(column)]


def numbers(column: Column, places: int) -> list[float | None]:
    """A column of measurements rounded to `places`, None where not known."""
    return [None if value is None else round(float(str(value)), places) for value in plain(column)]


def words(column: Column) -> list[str]:
    """A column of text."""
    return [str(value) for value in plain(column)]


def texts(told: object) -> list[str]:
    """A list of text out of an answer's `about`. Raises TypeError for anything else."""
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise TypeError("expected a list")
    return [str(one) for one in told]


def period_of(answer: Answer) -> tuple[date | None, date | None]:
    """The half-open period of an answer; None where it has no end on that side."""
    told = answer.about["period"]
    if not isinstance(told, Sequence) or len(told) != 2:
        raise TypeError("expected a period")
    start, end = told
    return date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None


def mapping_list(told: object) -> list[dict[str, object]]:
    """A list of mappings out of an answer's `about`. Raises TypeError for anything else."""
    if not isinstance(told, Sequence) or isinstance(told, str):
        raise TypeError("expected a list")
    return [dict(one) for one in told]


def counted_as(answer: Answer) -> str:
    """What an answer counts, as its question says it: "records" or "events"."""
    return "events" if counted_noun(answer.about) == "linked events" else "records"


def feed_codes(answer: Answer) -> list[str]:
    """The feeds an answer was made from."""
    return [str(one["code"]) for one in mapping_list(answer.about["feeds"])]
