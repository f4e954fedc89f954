"""What there is to choose from, as the map reads it."""

from collections.abc import Mapping, Sequence
from datetime import date

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.facet_words import quality_entries, route_entries
from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.standing import months_that_are_over
from trigpoint.web.presenters.plain import mapping_list, plain, texts, words

Json = dict[str, object]
TRANSPORT = frozenset({"station", "bus_stop"})
COUNTED_BY_AREA = frozenset({"childrens_home", "supported_accommodation"})
LINES = (("rail_line", "Railways"), ("bus_route", "Bus routes"))
NOTICE_KINDS = (
    ("cawn", "Warning notices"),
    ("closure", "Closures"),
    ("hotel", "Hotel notices"),
    ("cpn", "Community protection notices"),
    ("pspo", "Public spaces protection orders"),
    ("dispersal", "Dispersal zones"),
)


def choices_json(answer: Answer, *, county: str, basemap: str | None, today: date) -> Json:
    """Lists come from definitions, so that they say nothing of which records there are."""
    parts = answer.parts
    start, end = whole_months(answer, today=today)
    return {
        "county": county,
        **choosable(answer),
        "feeds": _feeds(parts["feeds"]),
        "classes": _classes(parts),
        "levels": words(parts["levels"]["code"]),
        "period": [start.isoformat(), end.isoformat()],
        "districts": coded(parts["districts"]),
        "bbox": _bbox(answer.about["bounds_m"]),
        "has_streets": answer.about["has_streets"],
        "street_kind": answer.about["street_kind"],
        "basemap": basemap,
        "publication": answer.about["publication"],
        "attributions": texts(answer.about["attributions"]),
        "why": [
            {"code": one["code"], "sentence": one["sentence"]} for one in mapping_list(answer.about["why"])
        ],
    }


def nothing_shown(answer: Answer) -> tuple[str, ...]:
    """Why a viewer may see none of the records there are, each reason once; empty where some may be seen."""
    shown = plain(answer.parts["feeds"]["shown"])
    if not shown or any(shown):
        return ()
    return tuple(dict.fromkeys(str(one["sentence"]) for one in mapping_list(answer.about["why"])))


def last_year(span: tuple[date, date], *, today: date) -> tuple[date, date]:
    """The last twelve months of a span of whole months that are over by `today`, or all of it where it is shorter.

    A month that still runs would look like a fall.
    """
    return months_that_are_over(*span, months=12, today=today)


def choosable(answer: Answer) -> dict[str, list[dict[str, str]]]:
    """The lists of {code, name} that filters choose from, as the map names them."""
    told = {name: coded(answer.parts[name]) for name in ("agencies", "themes", "categories")}
    return told | {
        "detections": [{"code": code, "name": name} for _, code, name in route_entries()],
        "qualities": [{"code": code, "name": name} for _, code, name in quality_entries()],
    }


def coded(table: Table) -> list[dict[str, str]]:
    return [{"code": code, "name": name} for code, name in _pairs(table)]


def _pairs(table: Table) -> list[tuple[str, str]]:
    return list(zip(words(table["code"]), words(table["name"]), strict=True))


def _feeds(table: Table) -> list[Json]:
    names = ("code", "name", "agency", "shown", "finest")
    columns = (plain(table[name]) for name in names)
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _site_class(code: str, label: str) -> Json:
    return {
        "code": code,
        "label": label,
        "group": "transport" if code in TRANSPORT else "vulnerable",
        "kept": "area" if code in COUNTED_BY_AREA else "point",
        "n": None,
    }


def _classes(parts: Mapping[str, Table]) -> list[Json]:
    """Everything that can lie over the map, in the order of the rail."""
    sites = [_site_class(code, label) for code, label in _pairs(parts["classes"])]
    return [
        *(one for one in sites if one["group"] == "vulnerable"),
        *(one for one in sites if one["group"] == "transport"),
        *(_point_class(code, label, "transport") for code, label in LINES),
        *(_point_class(f"notice_{kind}", label, "disruption") for kind, label in NOTICE_KINDS),
        *(_point_class(f"work_{code}", label, "work") for code, label in _pairs(parts["work"])),
        _point_class("work_planned", "Actions planned", "work"),
        *(_point_class(code, label, "guardian") for code, label in _pairs(parts["staffed"])),
    ]


def _point_class(code: str, label: str, group: str) -> Json:
    return {"code": code, "label": label, "group": group, "kept": "point", "n": None}


def _bbox(bounds_m: object) -> list[float] | None:
    if not isinstance(bounds_m, Sequence):
        return None
    west, south, east, north = (float(edge) for edge in bounds_m)
    lon, lat = to_lonlat([west, east, west, east], [south, south, north, north])
    edges = (lon.min(), lat.min(), lon.max(), lat.max())
    return [round(float(edge), 5) for edge in edges]
