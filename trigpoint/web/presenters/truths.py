"""The planted truths of a demo county in words, each with the address of the map that shows its place and time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.truths import Planted

__all__ = ["Finding", "TruthRow", "truth_rows"]

A_WHOLE_COUNTY_M = 50_000.0
"""A truth that reaches further than this is of the county, and has no place on the map."""
ZOOM = 14.5


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a right analysis finds, and its value."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class TruthRow:
    """One truth; `query` opens the map at its place and time."""

    letter: str
    title: str
    sentence: str
    question: str
    where: str
    first_day: date
    last_day: date
    feeds: tuple[str, ...]
    findings: tuple[Finding, ...]
    query: str


def truth_rows(planted: Planted, feed_names: Mapping[str, str]) -> tuple[TruthRow, ...]:
    """The truths by letter. A feed without a name goes by its code."""
    rows = (_row(told, feed_names) for told in planted.truths)
    return tuple(sorted(rows, key=lambda row: row.letter))


def _row(told: Mapping[str, Any], feed_names: Mapping[str, str]) -> TruthRow:
    first_day, last_day = date.fromisoformat(told["from_day"]), date.fromisoformat(told["to_day"])
    return TruthRow(
        letter=told["letter"],
        title=told["title"],
        sentence=told["sentence"],
        question=told["asks"],
        where=_where(told["where"], len(told["others"])),
        first_day=first_day,
        last_day=last_day,
        feeds=tuple(feed_names.get(code, _plainly(code).capitalize()) for code in told["feeds"]),
        findings=tuple(Finding(_plainly(what), _value(value)) for what, value in told["expected"].items()),
        query=_query(told["where"], first_day, last_day),
    )


def _where(place: Mapping[str, Any], others: int) -> str:
    if place["radius_m"] > A_WHOLE_COUNTY_M:
        return "The whole county"
    named = ", ".join(one for one in (*place["streets"], place["district"]) if one)
    return f"{named}, and {others} other place{'s' if others > 1 else ''}" if others else named


def _query(place: Mapping[str, Any], first_day: date, last_day: date) -> str:
    words = {"from": first_day.isoformat(), "to": (last_day + timedelta(days=1)).isoformat()}
    if place["radius_m"] > A_WHOLE_COUNTY_M:
        return urlencode({"level": "ward", **words})
    longitude, latitude = to_lonlat([place["easting_m"]], [place["northing_m"]])
    at = f"{float(longitude[0]):.4f},{float(latitude[0]):.4f},{ZOOM:.2f}"
    return urlencode({"level": "cell", **words, "unit": f"cell.{place['cell']}", "at": at})


def _plainly(code: str) -> str:
    return code.replace("_", " ")


def _value(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return str(value)
