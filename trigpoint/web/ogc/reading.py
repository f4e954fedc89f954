"""The parameters of a request for features, read once into one frozen shape."""

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
LIMIT, MOST = 1000, 10_000
OWN_WORDS = ("bbox", "bbox-crs", "crs", "datetime", "limit", "offset", "publication", "f")
BRITAIN = (-9.5, 49.0, 3.0, 61.5)
"""Longitudes and latitudes that the national grid is for: what lies beyond is cut off a box before it is turned."""
EDGE_STEP = 0.05
Words = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` are the question's; `box` is in metres (EPSG:27700), None for everywhere, empty for nowhere.

    `since` is the first day that a notice must have been in force on or after; None for no such wish.
    """

    words: Mapping[str, Sequence[str]]
    box: "shapely.Polygon | None"
    crs: str
    limit: int
    offset: int
    publication: int | None
    since: date | None


def wanted_from(collection: Collection, given: Mapping[str, list[str]]) -> Wanted:
    """Raises QuestionError for a parameter that there is not, or that cannot be read."""
    for word in given:
        if word not in OWN_WORDS and word not in collection.words:
            raise QuestionError(f"There is no parameter '{word}' here: choose {', '.join(collection.words)}.")
    own = {word: _single(word, given[word]) for word in OWN_WORDS if word in given}
    if own.get("f", "json") not in ("json", "geojson"):
        raise QuestionError("Only f=json can be had.")
    words: Words = {word: list(values) for word, values in given.items() if word in collection.words}
    since = _put_datetime(collection, own["datetime"], words) if own.get("datetime") else None
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
    )


def _single(word: str, values: list[str]) -> str:
    if len(values) > 1:
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


def _box(text: str, crs: str) -> shapely.Polygon:
    try:
        edges = [float(one) for one in text.split(",")]
    except ValueError:
        edges = []
    if len(edges) == 6:
        edges = [edges[0], edges[1], edges[3], edges[4]]
    if len(edges) != 4 or not all(np.isfinite(edges)) or edges[1] > edges[3] or edges[0] > edges[2]:
        raise QuestionError("'bbox' is four numbers: west, south, east, north.")
    if crs == GRID_CRS:
        return shapely.box(*edges)
    west, south, east, north = edges
    cut = max(west, BRITAIN[0]), max(south, BRITAIN[1]), min(east, BRITAIN[2]), min(north, BRITAIN[3])
    if cut[0] > cut[2] or cut[1] > cut[3]:
        return shapely.Polygon()
    fine = shapely.segmentize(shapely.box(*cut), EDGE_STEP)
    return shapely.transform(
        fine, lambda points: np.column_stack(to_national_grid(points[:, 0], points[:, 1]))
    )


def _put_datetime(collection: Collection, text: str, words: Words) -> date | None:
    """Both ends of `datetime` are in it; a question's period ends before its last day. Gives the first day of notices."""
    start, end = _ends(text)
    if any(word in words for word in ("from", "to", "on")):
        raise QuestionError("Give either 'datetime' or the days of the question, not both.")
    if collection.dated == "on":
        words["on"] = [end.isoformat()] if end else []
        return start
    if start:
        words["from"] = [start.isoformat()]
    if end:
        words["to"] = [(end + timedelta(days=1)).isoformat()]
    return None


def _ends(text: str) -> tuple[date | None, date | None]:
    first, slash, last = text.partition("/")
    if not slash:
        last = first
    ends = _day(first), _day(last)
    if ends[0] and ends[1] and ends[0] > ends[1]:
        raise QuestionError("'datetime' ends before it begins.")
    return ends


def _day(text: str) -> date | None:
    if text in ("", ".."):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise QuestionError(f"'{text}' is not a day: write 2026-01-31, or 2026-01-01/2026-01-31.") from None
