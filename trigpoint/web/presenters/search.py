"""Places found by name, as the search box reads them."""

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.plain import numbers, words

Json = dict[str, object]


def found_json(answer: Answer) -> list[Json]:
    """Each with its point and a box around it, WGS 84."""
    columns = answer.columns
    lon, lat = to_lonlat(columns["easting_m"], columns["northing_m"])
    east, north = [float(x) for x in columns["easting_m"]], [float(y) for y in columns["northing_m"]]
    reach = [float(r) for r in columns["radius_m"]]
    west_lon, south_lat = to_lonlat(
        [x - r for x, r in zip(east, reach, strict=True)], [y - r for y, r in zip(north, reach, strict=True)]
    )
    east_lon, north_lat = to_lonlat(
        [x + r for x, r in zip(east, reach, strict=True)], [y + r for y, r in zip(north, reach, strict=True)]
    )
    boxes = zip(*(numbers(edge, 5) for edge in (west_lon, south_lat, east_lon, north_lat)), strict=True)
    named = zip(*(words(columns[name]) for name in ("kind", "code", "name", "detail")), strict=True)
    return [
        {"kind": kind, "code": code, "name": name, "detail": detail, "lon": x, "lat": y, "bbox": list(box)}
        for (kind, code, name, detail), x, y, box in zip(
            named, numbers(lon, 5), numbers(lat, 5), boxes, strict=True
        )
    ]
