"""What stands around and what was done, as the map reads it: a place's surroundings, work, routes, gaps, silence."""

from collections.abc import Mapping, Sequence

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.outlines import lonlat_geometry
from trigpoint.gate.reasons import told_why
from trigpoint.web.presenters.plain import feed_codes, mapping_list, numbers, plain, texts, words
from trigpoint.web.presenters.trace import trace_json
from trigpoint.web.presenters.words import attribution_lines

Json = dict[str, object]
DECIMALS = 5
MOST_DISTANCES = 12
TOLD = (
    "period", "publication", "method", "sentence", "compared_with", "around", "hotspot", "minutes", "radius_m",
    "straight_lines", "unlike_note", "left_out_of_test", "hotspots", "without_notice", "without_concern", "on", "total",
    "unplaced", "silence", "exposure", "withheld", "in_place_m",
    "in_place",
)  # fmt: skip


def about_json(answer: Answer) -> Json:
    """What the answer says of itself, with what was left out and whose data must be named."""
    told: Json = {word: answer.about[word] for word in TOLD if word in answer.about}
    told["attributions"] = attribution_lines(texts(answer.about["attributions"]), feed_codes(answer))
    told["why"] = [{"code": one["code"], "sentence": one["sentence"]} for one in told_why(answer.about)]
    told["trace"] = trace_json(answer)
    return told


def rows_of(table: Table, *names: str) -> list[Json]:
    """The rows of a table with the columns named, or all of them; NaN as null."""
    chosen = names or tuple(table)
    columns = [plain(table[name]) for name in chosen]
    return [dict(zip(chosen, row, strict=True)) for row in zip(*columns, strict=True)]


def around_json(answer: Answer, labels: Mapping[str, str]) -> Json:
    """The list by class with distances and the comparison in words, notices, work, gaps and rings of one place."""
    columns, parts = answer.columns, answer.parts
    by_class: dict[str, list[Json]] = {}
    for row in rows_of(columns, "class", "name", "distance_m", "way", "opened", "closed"):
        by_class.setdefault(str(row["class"]), []).append(row)
    classes = [
        {
            "class": row["class"],
            "label": labels.get(str(row["class"]), row["class"]),
            "n": row["count"],
            "distances_m": [_round(one["distance_m"]) for one in by_class.get(str(row["class"]), [])][:MOST_DISTANCES],
            "straight": any(one["way"] != "walk" for one in by_class.get(str(row["class"]), [])),
            "names": [one["name"] for one in by_class.get(str(row["class"]), [])][:MOST_DISTANCES],
            "opened": [one["opened"] for one in by_class.get(str(row["class"]), [])][:MOST_DISTANCES],
            "words": row["words"],
        }
        for row in rows_of(parts["classes"], "class", "count", "words")
    ]  # fmt: skip
    return {
        "about": about_json(answer),
        "classes": classes,
        "areas": [
            {**row, "label": labels.get(str(row["class"]), row["class"])}
            for row in rows_of(parts["areas"], "code", "name", "class", "count")
        ],
        "notices": rows_of(parts["notices"]),
        "work": rows_of(parts["work"]),
        "gaps": texts(parts["gaps"]["sentence"]),
        "rings": rows_of(parts["rings"], "minutes", "distance_m", "way", "outline")
        if "rings" in parts
        else [],
    }


def gaps_json(answer: Answer, areas: Mapping[str, str]) -> Json:
    """Hotspots with nothing in place around them, and notices with no concern around: both ways. `areas` names wards."""
    notices = rows_of(answer.parts["notices"])
    return {
        "about": about_json(answer),
        "hotspots": rows_of(answer.columns),
        "notices": [{**row, "ward": areas.get(str(row["ward_code"]), "")} for row in notices],
    }


def work_json(answer: Answer) -> Json:
    """Points for places where work was done, and every class with how much of it is known."""
    columns = answer.columns
    names = ("class", "code", "name", "count", "first", "last", "ward_code")
    points = _points(columns)
    features = [
        {
            "type": "Feature",
            "properties": row,
            "geometry": {"type": "Point", "coordinates": [point[0], point[1]]},
        }
        for row, point in zip(rows_of(columns, *names), points, strict=True)
        if point[0] is not None
    ]
    return {
        "type": "FeatureCollection",
        "features": features,
        "classes": rows_of(answer.parts["classes"]),
        "about": about_json(answer),
    }


def routes_json(answer: Answer) -> Json:
    """Lines with how often they run."""
    return {"type": "FeatureCollection", "features": _lines(answer), "about": about_json(answer)}


def _lines(answer: Answer, within: object = None) -> list[Json]:
    """Every line, or those of one route."""
    names = ("line", "name", "mode", "operator", "departures", "words", "feed", "within")
    lines = zip(rows_of(answer.columns, *names), lonlat_geometry(answer.columns["wkb"]), strict=True)
    return [
        {"type": "Feature", "properties": row, "geometry": line}
        for row, line in lines
        if within is None or row["within"] == within
    ]


def corridor_json(answer: Answer) -> Json:
    """One route's line and the ground along it; `within` is what narrows the map to it."""
    (told,) = rows_of(answer.parts["corridor"], "within", "name", "radius_m")
    (ground,) = lonlat_geometry(answer.parts["corridor"]["wkb"])
    return {**told, "ground": ground, "lines": _lines(answer, told["within"]), "about": about_json(answer)}


def _points(columns: Table) -> list[tuple[float | None, float | None]]:
    lon, lat = to_lonlat(columns["easting_m"], columns["northing_m"])
    return list(zip(numbers(lon, DECIMALS), numbers(lat, DECIMALS), strict=True))


def _round(value: object) -> int | None:
    return None if value is None else round(float(str(value)))


def names_of(shapes: Answer) -> dict[str, str]:
    """Areas' names by their codes."""
    columns = shapes.columns
    return dict(zip(words(columns["code"]), words(columns["name"]), strict=True))


def feed_names(answer: Answer) -> dict[str, tuple[str, str]]:
    """The name and the agency of every feed an answer was made from, by its code."""
    feeds: Sequence[Mapping[str, object]] = mapping_list(answer.about["feeds"])
    return {str(one["code"]): (str(one["name"]), str(one["agency"])) for one in feeds}
