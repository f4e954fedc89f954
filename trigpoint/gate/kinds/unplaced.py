"""The unplaced tray: wordings whose place is not sure and points too many records share, each for its own people."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.kept_words import KeptWording, KeptWords
from trigpoint.gate.kinds.sites import day_words
from trigpoint.store.permitted import permit_wordings
from trigpoint.store.questions import Columns
from trigpoint.store.unplaced import fetch_shared_points, fetch_wordings

__all__ = ["answer_unplaced"]

METHOD = (
    "Wordings that are not matched to one place beyond doubt. Change: the agency's records of its last 12 months that say "
    "it, each counted as one more in the hexagons its candidates lie in, relative to the agency's own records there."
)


def answer_unplaced(asked: Asked) -> Answer:
    """Columns id, agency, feed (codes), text ("" once gone), town, records, recent, first_day, last_day, change and
    candidates ({kind, ref, name, weight, lon, lat}; lon and lat None where there is no point), those that would change
    the map most first. Part shared_points: feed, easting, northing, records, share, near, looks_like.
    """
    vocabulary = asked.version.vocabulary
    agencies = {one.id: one.code for one in vocabulary.agencies}
    feeds = {one.id: one.code for one in vocabulary.feeds}
    with asked.version.cursor() as cursor:
        permit_wordings(cursor, asked.permitted)
        said, shared = fetch_wordings(cursor), fetch_shared_points(cursor)
    permitted = {one.feed for one in asked.permitted}
    of = tuple(sorted({agencies[one.agency] for one in vocabulary.feeds if one.id in permitted}))
    kept = asked.words(of)
    rows = _rows(said, kept, agencies, feeds)
    columns: Table = {name: [row[name] for row in rows] for name in _COLUMNS}
    about = asked.about(total=len(rows), records=sum(row["records"] for row in rows), method=METHOD)
    return Answer("unplaced", columns, about, {"shared_points": _shared(shared, kept, feeds)})


_COLUMNS = (
    "id", "agency", "feed", "text", "town", "records", "recent", "first_day", "last_day", "change", "candidates",
)  # fmt: skip


def _rows(
    said: Columns, kept: KeptWords, agencies: Mapping[int, str], feeds: Mapping[int, str]
) -> list[dict[str, Any]]:
    """One row a wording, of all its feeds together. One that was decided since the publication is gone from here."""
    days = {name: day_words(said[name]) for name in ("first_day", "last_day")}
    rows: dict[tuple[str, bytes], dict[str, Any]] = {}
    for at, digest in enumerate(said["digest"].tolist()):
        key = (agencies[int(said["agency"][at])], bytes(digest))
        wording = kept.wordings.get(key)
        if wording is None:
            continue
        row = rows.setdefault(key, _row(wording, key[0]))
        row["feed"].append(feeds[int(said["feed"][at])])
        for name in ("records", "recent"):
            row[name] += int(said[name][at])
        row["change"] += float(said["change"][at])
        first, last = days["first_day"][at] or "", days["last_day"][at] or ""
        row["first_day"] = min(row["first_day"] or first, first)
        row["last_day"] = max(row["last_day"], last)
    return sorted(rows.values(), key=lambda row: (-round(row["change"], 9), row["id"]))


def _row(wording: KeptWording, agency: str) -> dict[str, Any]:
    return {
        "id": wording.id,
        "agency": agency,
        "feed": [],
        "text": wording.text,
        "town": wording.town,
        "records": 0,
        "recent": 0,
        "first_day": "",
        "last_day": "",
        "change": 0.0,
        "candidates": _candidates(wording),
    }


def _candidates(wording: KeptWording) -> list[dict[str, Any]]:
    east, north = (_numbers(wording, name) for name in ("easting_m", "northing_m"))
    lon, lat = to_lonlat(east, north)
    return [
        {
            "kind": one["kind"],
            "ref": one["ref"],
            "name": one["name"],
            "weight": one["weight"],
            "lon": round(float(x), 6) if np.isfinite(x) else None,
            "lat": round(float(y), 6) if np.isfinite(y) else None,
        }
        for one, x, y in zip(wording.candidates, lon, lat, strict=True)
    ]


def _numbers(wording: KeptWording, name: str) -> NDArray[np.float64]:
    told = (one.get(name) for one in wording.candidates)
    return np.array([np.nan if value is None else value for value in told], dtype=np.float64)


def _shared(shared: Columns, kept: KeptWords, feeds: Mapping[int, str]) -> Table:
    """Points nobody has judged, neither before the publication nor since."""
    codes = [feeds[int(feed)] for feed in shared["feed"]]
    points = zip(codes, shared["easting_m"].tolist(), shared["northing_m"].tolist(), strict=True)
    waits = np.array([point not in kept.judged for point in points], dtype=np.bool_)
    waits &= np.array([not decision for decision in shared["decision"].tolist()], dtype=np.bool_)
    names = {"easting": "easting_m", "northing": "northing_m"}
    told = {
        name: shared[names.get(name, name)][waits] for name in ("easting", "northing", "records", "share")
    }
    words = {name: shared[name][waits].tolist() for name in ("near", "looks_like")}
    return {"feed": [code for code, wait in zip(codes, waits, strict=True) if wait], **told, **words}
