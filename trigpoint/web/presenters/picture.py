"""A picture of the gate as the map reads it."""

from collections.abc import Mapping, Sequence

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.reasons import told_why
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.plain import counted_as, feed_codes, numbers, plain, texts, whole, words
from trigpoint.web.presenters.trace import trace_json
from trigpoint.web.presenters.words import attribution_lines

Json = dict[str, object]
TOLD = (
    "period", "level", "total", "unplaced", "publication", "feeds", "method", "why", "denominator", "attributions",
    "clauses", "withheld", "known", "silence", "people_sentence", "without_route",
)  # fmt: skip


def picture_json(
    answer: Answer,
    *,
    breaks: Sequence[int],
    rate_breaks: Sequence[float],
    hour_breaks: Sequence[int],
    agencies: Sequence[Mapping[str, object]],
) -> Json:
    """The answer to /api/picture. `agencies` are all of the partnership's, in their fixed order."""
    parts = answer.parts
    return {
        "about": about_json(answer, named(agencies))
        | {"breaks": list(breaks), "rate_breaks": list(rate_breaks)},
        "units": units_json(parts["units"], with_rate=answer.about["denominator"] is not None),
        "months": months_json(answer, "history"),
        "agencies": agencies_json(answer, parts["agency"], agencies),
        "themes": counted_json(parts["theme"]),
        "categories": counted_json(parts["category"]),
        "detections": counted_json(parts["detection"]),
        "qualities": counted_json(parts["quality"]),
        "week": {
            "counts": plain(parts["week"]["counts"]),
            "breaks": list(hour_breaks),
            "without_hour": answer.about["without_hour"],
        },
    }


def named(agencies: Sequence[Mapping[str, object]]) -> dict[str, str]:
    """Agencies' names by code."""
    return {str(one["code"]): str(one["name"]) for one in agencies}


def about_json(answer: Answer, agencies: Mapping[str, str] | None = None) -> Json:
    """What the answer says of itself, and its trace.

    Each `why` names its clause in its sentence; `cited` is for machines.
    """
    told = {word: answer.about[word] for word in TOLD if word in answer.about}
    why = [{**one, "cited": one["clause"]} for one in told_why(answer.about)]
    told["counted"] = counted_as(answer)
    told["trace"] = trace_json(answer, agencies)
    told["attributions"] = attribution_lines(texts(answer.about["attributions"]), feed_codes(answer))
    return told | {
        "why": [{word: one[word] for word in ("code", "agency", "sentence", "cited")} for one in why]
    }


def units_json(units: Table, *, with_rate: bool) -> Json:
    """Only units that hold something. `id` is null where units are known by their code alone (hexagons, anchors)."""
    ids = plain(units["id"])
    told: Json = {
        "id": ids if ids and ids[0] is not None else None,
        "code": words(units["code"]),
        "count": whole(units["count"]),
        "rate": numbers(units["rate_per_1000"], 2) if with_rate else None,
    }
    if "people_class" in units:
        told |= {
            "people": whole(units["people_class"]),
            "people_least": words(units["people_least"]),
            "people_most": words(units["people_most"]),
        }
    if "name" in units:
        told["name"] = words(units["name"])
    if "easting_m" in units:
        lon, lat = to_lonlat(units["easting_m"], units["northing_m"])
        told |= {"lon": numbers(lon, 6), "lat": numbers(lat, 6)}
    return told


def months_json(answer: Answer, part: str) -> Json:
    """Months with their counts, and the changes of definition that lie among them."""
    months = answer.parts[part]
    return {
        "month": words(months["month"]),
        "count": whole(months["count"]),
        "silent": silent_json(answer),
        "breaks": [
            {"day": one.day.isoformat(), "about": one.about, "name": one.title, "sentence": one.sentence}
            for one in definition_breaks(answer)
        ],
    }


def silent_json(answer: Answer) -> list[Json]:
    """Months in which feeds that were asked were silent, with their names; none where the answer does not say."""
    part = answer.parts.get("silent", {"month": [], "feed": []})
    feeds: dict[str, list[str]] = {}
    for month, feed in zip(words(part["month"]), words(part["feed"]), strict=True):
        feeds.setdefault(month, []).append(feed)
    return [{"month": month, "feeds": names} for month, names in feeds.items()]


def counted_json(table: Table) -> list[Json]:
    rows = zip(words(table["code"]), words(table["name"]), whole(table["count"]), strict=True)
    return [{"code": code, "name": name, "count": count} for code, name, count in rows]


def agencies_json(answer: Answer, counted: Table, agencies: Sequence[Mapping[str, object]]) -> list[Json]:
    """Every agency in its fixed order: its count, or no count and the sentence that says why."""
    counts = {str(one["code"]): one["count"] for one in counted_json(counted)}
    left_out = answer.parts["left_out"]
    named = zip(words(left_out["agency"]), words(left_out["sentence"]), strict=True)
    refusals = dict(reversed(list(named)))
    told: list[Json] = []
    for agency in agencies:
        code = str(agency["code"])
        if code in counts:
            told.append({"code": code, "name": agency["name"], "count": counts[code], "why": None})
        elif code in refusals:
            told.append({"code": code, "name": agency["name"], "count": None, "why": refusals[code]})
    return told
