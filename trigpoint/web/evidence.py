"""Evidence of one place: a few questions of the gate, put together. What one of them is refused is said, not guessed."""

from collections.abc import Mapping

from django.http import HttpRequest

from trigpoint.gate.along import ROUTE_WORD
from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import QuestionError, ReadDenied
from trigpoint.gate.words import parse_level
from trigpoint.web.asking import Words, asked
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.evidence import (
    around_json,
    attributions_of,
    cannot_show,
    figures_of,
    row_of,
    test_json,
    untested_json,
)
from trigpoint.web.presenters.expected import banded_months
from trigpoint.web.presenters.filters import LEVEL_NAMES, filter_words
from trigpoint.web.presenters.harm import harm_words, leading_themes
from trigpoint.web.presenters.hotspots import hotspot_rows
from trigpoint.web.presenters.picture import agencies_json, named
from trigpoint.web.presenters.plain import counted_as
from trigpoint.web.presenters.plain import words as text
from trigpoint.web.presenters.trace import trace_json

Json = dict[str, object]
WALK_M = 800
AREA_LEVELS = ("district", "ward", "lsoa")
WHOLE_PLACE = "This tells of the whole place; the map counts only what lies within 250 metres of the route."
TEST_WORDS = ("background", "test", "q")


class NoSuchPlace(QuestionError):
    """The hotspot asked for is not in the answer; filters or the publication have changed."""


def evidence(request: HttpRequest, agencies: list[Json]) -> Json:
    """The evidence of `?unit=CODE` or `?hotspot=NUMBER`. Raises QuestionError for neither, ReadDenied for neither."""
    filters: Words = {**filter_words(request.GET), **test_words(request)}
    hotspot, unit = request.GET.get("hotspot", ""), request.GET.get("unit", "")
    if hotspot.isdigit():
        return _of_hotspot(request, filters, int(hotspot), agencies)
    if unit:
        return _of_unit(request, filters, unit, agencies)
    raise QuestionError("Say which place: a unit's code or a hotspot's number.")


def test_words(request: HttpRequest) -> Words:
    """Which test the place is held to: what it compares with, and by which statistic."""
    return {word: [request.GET[word]] for word in TEST_WORDS if request.GET.get(word)}


def _of_unit(request: HttpRequest, filters: Words, unit: str, agencies: list[Json]) -> Json:
    inside = {**filters, "within": [unit]}
    counts = asked(request, "counts", inside)
    picture = asked(request, "picture", {**inside, "grouping": ["history", "agency", *_themes(filters)]})
    row = row_of(counts, unit) or {}
    count = int(str(counts.about["total"]))
    level = str(counts.about["level"])
    refusals: list[str] = []
    sources = [counts]
    tested = _test(request, filters, level, refusals)
    tested_row = row_of(tested, unit) if tested else None
    ward = str((tested_row or {}).get("ward_code") or unit)
    name = str(row.get("name") or (tested_row or {}).get("name") or unit)
    if tested is not None and tested_row is not None:
        taking_part = int(str(tested_row["count"]))
        test = test_json(figures_of(tested_row), tested, count=count, tested=taking_part)
    else:
        test = untested_json(_why_untested(level, refusals), count=count)
    return {
        "title": f"Near {name}" if level.startswith("cell") and name != unit else name,
        "subtitle": _subtitle(request, level, ward),
        "count": count,
        "counted": counted_as(picture),
        "harm": _harm(picture),
        "rate": row.get("rate_per_1000"),
        "denominator": counts.about["denominator"],
        "months": banded_months(picture, _county(request, filters, level)),
        "agencies": _agencies_of(picture, filters, agencies),
        "test": test,
        "around": _around(request, filters, unit, ward, level, refusals, sources),
        "cannot_show": [*cannot_show(counts), *refusals, *_beyond_route(filters)],
        "attributions": attributions_of(sources),
        "trace": _traces(agencies, counts, tested),
    }


def _of_hotspot(request: HttpRequest, filters: Words, number: int, agencies: list[Json]) -> Json:
    tested = asked(request, "hotspots", filters)
    row = next((one for one in hotspot_rows(tested) if one["id"] == number), None)
    if row is None:
        raise NoSuchPlace("That hotspot is not among the places that pass the test with these filters.")
    units = [str(code) for code in row["units"]]  # type: ignore[attr-defined]
    grouping = ["history", "agency", *_themes(filters)]
    picture = asked(request, "picture", {**filters, "within": units, "grouping": grouping})
    count = int(str(picture.about["total"]))
    ward = str((row_of(tested, str(row["code"])) or {}).get("ward_code", ""))
    refusals: list[str] = []
    sources = [tested]
    return {
        "title": row["name"],
        "subtitle": _place_words(str(row["ward"]), str(row["district"])),
        "count": count,
        "counted": counted_as(picture),
        "harm": _harm(picture),
        "rate": None,
        "denominator": None,
        "months": banded_months(picture, _county(request, filters, str(tested.about["level"]))),
        "agencies": _agencies_of(picture, filters, agencies),
        "test": test_json(figures_of(row), tested, count=count, tested=int(str(row["count"]))),
        "around": _around(
            request,
            filters,
            str(row["code"]),
            ward,
            str(tested.about["level"]),
            refusals,
            sources := [tested],
        ),
        "cannot_show": [*cannot_show(picture), *refusals, *_beyond_route(filters)],
        "attributions": attributions_of(sources),
        "trace": _traces(agencies, picture, tested),
    }


def _themes(filters: Words) -> list[str]:
    """Asked for where no kind of harm was chosen: what was chosen needs no telling."""
    return [] if filters.get("theme") or filters.get("category") else ["theme"]


def _harm(picture: Answer) -> str:
    return harm_words([name for name, _ in leading_themes(picture)]) if "theme" in picture.parts else ""


def _beyond_route(filters: Words) -> list[str]:
    """A route cuts places: the map counts the part along it, the evidence the whole place, and that must be said."""
    routes = [one for one in filters.get("within", ()) if one.casefold().startswith(ROUTE_WORD)]
    return [WHOLE_PLACE] if routes else []


def _county(request: HttpRequest, filters: Words, level: str) -> Answer:
    """The county's months under the same filters, of feeds that are told as finely as the place is."""
    words = {word: value for word, value in filters.items() if word != "within"}
    return asked(request, "picture", {**words, "grouping": ["history", level]})


def _agencies_of(picture: Answer, filters: Words, agencies: list[Json]) -> list[Json]:
    """Who told of the records counted: only the agencies chosen, where some are."""
    chosen = filters.get("agency")
    told = agencies_json(picture, picture.parts["agency"], agencies)
    return [one for one in told if not chosen or one["code"] in chosen]


def _test(request: HttpRequest, filters: Words, level: str, refusals: list[str]) -> Answer | None:
    if parse_level(level)[0] in AREA_LEVELS:
        return None
    try:
        return asked(request, "hotspots", filters)
    except ReadDenied as refusal:
        refusals.append(refusal.reason)
    except QuestionError as refusal:
        refusals.append(str(refusal))
    return None


def _why_untested(level: str, refusals: list[str]) -> str:
    if refusals:
        return "This was not tested."
    if parse_level(level)[0] not in AREA_LEVELS:
        return "Of the test, only places that pass it are told here: some are concerns about one source, for MACE 1."
    return f"Hotspots are tested on hexagons and streets, not by {LEVEL_NAMES.get(level, level).lower()}."


def _around(
    request: HttpRequest,
    filters: Words,
    unit: str,
    ward: str,
    level: str,
    refusals: list[str],
    sources: list[Answer],
) -> list[Json]:
    """Sites inside a district or ward; within a ten-minute walk of anything smaller. Notes what it was told."""
    inside = level in ("district", "ward")
    place: Mapping[str, list[str]] = (
        {"within": [unit]} if inside else {"around": [unit], "radius": [str(WALK_M)]}
    )
    period = {word: list(filters[word]) for word in ("from", "to") if word in filters}
    try:
        sites = asked(request, "sites", {**period, **place})
    except (ReadDenied, QuestionError) as refusal:
        refusals.append(str(refusal))
        return []
    sources.append(sites)
    labels = {one["code"]: one["name"] for one in coded(asked(request, "choices", {}).parts["classes"])}
    return around_json(sites, labels, area=ward, measured=not inside)


def _subtitle(request: HttpRequest, level: str, ward: str) -> str:
    """The level, and the area that holds the place."""
    kind = LEVEL_NAMES.get(level, level)
    found = asked(request, "places", {"text": ward}).columns
    codes = text(found["code"])
    if ward not in codes:
        return kind
    at = codes.index(ward)
    name, district = text(found["name"])[at], text(found["detail"])[at]
    if level in AREA_LEVELS:
        return f"{kind} in {district}" if district else kind
    return f"{kind}. {_place_words(name, district)}"


def _place_words(ward: str, district: str) -> str:
    if not ward:
        return district or "Outside every ward"
    return f"{ward} ward, {district}" if district else f"{ward} ward"


def _traces(agencies: list[Json], *answers: Answer | None) -> list[Json]:
    """Of the count first, then of the test where there was one."""
    names = named(agencies)
    return [trace_json(one, names) for one in answers if one is not None]
