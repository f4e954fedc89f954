"""Flows as their page reads them: between areas by code, to stations by point, and what is told together or withheld."""

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.picture import about_json
from trigpoint.web.presenters.plain import numbers, plain

Json = dict[str, object]
TOLD = (
    "flow", "flows", "total_is", "without_an_end", "least_people", "method", "withheld", "sentence", "roles",
)  # fmt: skip
_FLOW = (
    "from_code", "from_name", "to_code", "to_name", "told", "journeys", "people", "same", "rail", "bus", "direct",
)  # fmt: skip
_STATION = ("from_code", "from_name", "station", "journeys", "people", "rail", "bus", "direct")


def journeys_json(answer: Answer) -> Json:
    """`flows` may be told each; `together` are the others of an area, as one; journeys null where withheld."""
    rows = _rows(answer.columns, _FLOW)
    returns = answer.parts["returns"]
    return {
        "about": about_json(answer) | {word: answer.about[word] for word in TOLD},
        "flows": [row for row in rows if row["told"] == "flow"],
        "together": [row for row in rows if row["told"] != "flow"],
        "stations": _stations(answer),
        "returns": _rows(returns, ("share", "people", "sentence"))[0],
    }


def _stations(answer: Answer) -> list[Json]:
    table = answer.parts["stations"]
    lon, lat = to_lonlat(table["easting_m"], table["northing_m"])
    places = zip(numbers(lon, 5), numbers(lat, 5), strict=True)
    return [
        row | {"lon": east, "lat": north}
        for row, (east, north) in zip(_rows(table, _STATION), places, strict=True)
    ]


def _rows(table: object, names: tuple[str, ...]) -> list[Json]:
    if not isinstance(table, dict):
        raise TypeError("expected a table")
    columns = [plain(table[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
