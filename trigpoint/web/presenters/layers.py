"""Sites, notices and outlines as GeoJSON in WGS 84."""

from collections.abc import Mapping, Sequence

import shapely
from shapely.geometry import mapping

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Column
from trigpoint.web.presenters.plain import numbers, plain, whole, words

Json = dict[str, object]
DECIMALS = 5
NOTICE_TOLD = (
    "kind", "state", "stage", "served", "starts", "ends", "breaches", "last_breach", "coarse", "place", "source", "basis",
)  # fmt: skip
COARSENED_BY_M = {"district": 40.0, "ward": 15.0, "lsoa": 10.0}


def sites_json(answer: Answer) -> Json:
    """Points for sites that may be shown; counts by area for those that may not."""
    columns = answer.columns
    properties = [
        {
            "class": kind, "name": name, "status": _status(closed), "kept": kept, "opened": opened, "closed": closed,
            "ward": ward, "source": source,
        }
        for kind, name, closed, kept, opened, ward, source in zip(
            words(columns["class"]), words(columns["name"]), plain(columns["closed"]), words(columns["kept"]),
            plain(columns["opened"]), words(columns["ward_code"]), words(columns["source"]), strict=True,
        )
    ]  # fmt: skip
    areas = answer.parts["areas"]
    counted = zip(words(areas["code"]), words(areas["class"]), whole(areas["count"]), strict=True)
    return _collection(_points(columns["easting_m"], columns["northing_m"]), properties) | {
        "areas": [{"code": code, "class": kind, "n": n} for code, kind, n in counted]
    }


def notices_json(answer: Answer, *, since: str = "") -> Json:
    """Notices with a point. Those kept coarse are counted by area; those not yet begun are left out of both.

    Those that ended before `since` (a day, "" for none) are left out too: they had no part in the period.
    """
    columns = answer.columns
    names = (
        "kind", "state", "stage", "served", "starts", "ends", "breaches", "last_breach", "coarse", "ward_code",
        "district_code", "place", "source", "basis",
    )  # fmt: skip
    rows = [
        dict(zip(names, row, strict=True))
        for row in zip(*(plain(columns[name]) for name in names), strict=True)
    ]
    begun = [row["state"] != "not_begun" and not (row["ends"] and str(row["ends"]) < since) for row in rows]
    points = _points(columns["easting_m"], columns["northing_m"])
    shown = [(point, row) for point, row, on in zip(points, rows, begun, strict=True) if on]
    placed = _collection(
        [point for point, _ in shown],
        [{word: row[word] for word in NOTICE_TOLD} | {"ward": row["ward_code"]} for _, row in shown],
    )
    coarse = [row for point, row in shown if point is None]
    return placed | {
        "areas": [
            {word: row[word] for word in NOTICE_TOLD} | {"code": row["ward_code"] or row["district_code"]}
            for row in coarse
        ]
    }


def shapes_json(answer: Answer) -> Json:
    """Outlines coarsened together, so that neighbours still meet; feature id is the dense id of the tiles."""
    columns = answer.columns
    outlines = shapely.from_wkb(list(columns["wkb"]))
    level = str(answer.about["level"])
    coarsened = shapely.coverage_simplify(outlines, COARSENED_BY_M[level])
    drawn = shapely.transform(coarsened, _degrees, interleaved=False)
    lon, lat = to_lonlat(columns["easting_m"], columns["northing_m"])
    labels = zip(numbers(lon, DECIMALS), numbers(lat, DECIMALS), strict=True)
    named = zip(words(columns["code"]), words(columns["name"]), words(columns["parent"]), labels, strict=True)
    features = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"code": code, "name": name, "parent": parent or None, "lon": at[0], "lat": at[1]},
            "geometry": mapping(outline),
        }
        for number, (code, name, parent, at), outline in zip(whole(columns["id"]), named, drawn, strict=True)
    ]
    return {"type": "FeatureCollection", "features": features}


def _degrees(easting_m: Column, northing_m: Column) -> tuple[object, object]:
    lon, lat = to_lonlat(easting_m, northing_m)
    return lon.round(DECIMALS), lat.round(DECIMALS)


def _points(easting_m: Column, northing_m: Column) -> list[tuple[float, float] | None]:
    lon, lat = to_lonlat(easting_m, northing_m)
    pairs = zip(numbers(lon, DECIMALS), numbers(lat, DECIMALS), strict=True)
    return [None if x is None or y is None else (x, y) for x, y in pairs]


def _collection(
    points: Sequence[tuple[float, float] | None], properties: Sequence[Mapping[str, object]]
) -> Json:
    features = [
        {"type": "Feature", "properties": told, "geometry": {"type": "Point", "coordinates": list(point)}}
        for point, told in zip(points, properties, strict=True)
        if point is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def _status(closed: object) -> str:
    return "open" if closed is None else f"closed {closed}"
