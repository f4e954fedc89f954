"""The parameters of a request for features, read once into one frozen shape."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import shapely

from trigpoint.core.geography.crs import to_national_grid
from trigpoint.gate.denial import QuestionError
from trigpoint.web.ogc.collections import Collection

__all__ = ["CRS84", "GRID_CRS", "LIMIT", "MOST", "OWN_WORDS", "Wanted", "wanted_from"]

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GRID_CRS = "http://www.opengis.net/def/crs/EPSG/0/27700"
LIMIT, MOST = 5000, 10_000
"""Features of a page. QGIS takes the first as its page; each page is a question of its own, and is put on record."""
OWN_WORDS = ("bbox", "bbox-crs", "crs", "datetime", "limit", "offset", "publication", "f")
BRITAIN = (-9.5, 49.0, 3.0, 61.5)
"""Longitudes and latitudes that the national grid is for: what lies beyond is cut off a box before it is turned."""
EDGE_STEP = 0.05
OPEN_YEARS = ("0000-", "9999-")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")
Words = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` are the question's; `box` is in metres (EPSG:27700), None for everywhere, empty for nowhere.

    A notice must have been in force on some day from `since` to `until`, both in it; None where that end is open.
    """

    words: Mapping[str, Sequence[str]]
    box: "shapely.Geometry | None"
    crs: str
    limit: int
    offset: int
    publication: int | None
    since: date | None
    until: date | None


def wanted_from(collection: Collection, given: Mapping[str, list[str]]) -> Wanted:
    """Raises QuestionError for a parameter that there is not, or that cannot be read."""
    for word in given:
        if word not in OWN_WORDS and word not in collection.words:
            raise QuestionError(f"There is no parameter '{word}' here: choose {', '.join(collection.words)}.")
    own = {word: _single(word, given[word]) for word in OWN_WORDS if word in given}
    if own.get("f", "json") not in ("json", "geojson"):
        raise QuestionError("Only f=json can be had.")
    words: Words = {
        word: list(dict.fromkeys(values)) for word, values in given.items() if word in collection.words
    }
    days = _ends(own.get("datetime", ""))
    since, until = days if collection.dated == "force" else (None, None)
    if collection.dated != "force":
        _put_period(days, words)
    if collection.level:
        words["level"] = [collection.level]
    return Wanted(
        words=words,
        box=_box(own["bbox"], _crs(own.get("bbox-crs", CRS84))) if own.get("bbox") else None,
        crs=_crs(own.get("crs", CRS84)),
        limit=min(_whole(own.get("limit", str(LIMIT)), "limit", least=1), MOST),
        offset=_whole(own.get("offset", "0"), "offset", least=0),
        publication=_whole(own["publication"], "publication", least=1) if "publication" in own else None,
        since=since,
        until=until,
    )


def _single(word: str, values: list[str]) -> str:
    if len({value.strip() for value in values}) > 1:
        raise QuestionError(f"'{word}' is given twice.")
    return values[0].strip()


def _crs(text: str) -> str:
    """CRS84 or the national grid; http and https name the same."""
    name = text.strip("<>[]").replace("https://", "http://")
    if name not in (CRS84, GRID_CRS):
        raise QuestionError(f"There is no reference system '{text}' here: choose {CRS84} or {GRID_CRS}.")
    return name


def _whole(text: str, word: str, *, least: int) -> int:
    if not text.isdigit() or len(text) > 9 or int(text) < least:
        raise QuestionError(f"'{word}' is a whole number, {least} or more.")
    return int(text)


def _box(text: str, crs: str) -> shapely.Geometry:
    try:
        edges = [float(one) for one in text.split(",")]
    except ValueError:
        edges = []
    if len(edges) == 6:
        edges = [edges[0], edges[1], edges[3], edges[4]]
    wrong = len(edges) != 4 or not all(np.isfinite(edges)) or edges[1] > edges[3]
    if wrong or (crs == GRID_CRS and edges[0] > edges[2]):
        raise QuestionError("'bbox' is four numbers: west, south, east, north.")
    if crs == GRID_CRS:
        return shapely.box(*edges)
    west, south, east, north = edges
    over_the_date_line = west > east
    parts = [(west, 180.0), (-180.0, east)] if over_the_date_line else [(west, east)]
    whole = shapely.union_all([shapely.box(left, south, right, north) for left, right in parts])
    fine = shapely.segmentize(shapely.intersection(whole, shapely.box(*BRITAIN)), EDGE_STEP)
    return shapely.transform(
        fine, lambda points: np.column_stack(to_national_grid(points[:, 0], points[:, 1]))
    )


def _put_period(days: tuple[date | None, date | None], words: Words) -> None:
    """Both ends of `datetime` are in it; a question's period ends before its last day."""
    start, end = days
    if (start or end) and ("from" in words or "to" in words):
        raise QuestionError("Give either 'datetime' or the days of the question, not both.")
    if start:
        words["from"] = [start.isoformat()]
    if end:
        words["to"] = [(end + timedelta(days=1)).isoformat()]


def _ends(text: str) -> tuple[date | None, date | None]:
    first, slash, last = text.partition("/")
    if not slash:
        last = first
    ends = _day(first), _day(last)
    if ends[0] and ends[1] and ends[0] > ends[1]:
        raise QuestionError("'datetime' ends before it begins.")
    return ends


def _day(text: str) -> date | None:
    """A day, whatever hour of it is told; None for an open end, which some programs write as the first or last year."""
    if text in ("", "..") or text.startswith(OPEN_YEARS):
        return None
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text[:10])
    except ValueError:
        raise QuestionError(f"'{text}' is not a day: write 2026-01-31, or 2026-01-01/2026-01-31.") from None
