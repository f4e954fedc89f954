"""The result of the test as the map reads it."""

from collections.abc import Mapping
from itertools import compress

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.picture import about_json
from trigpoint.web.presenters.plain import numbers, plain, words

Json = dict[str, object]
TESTED = (
    "tested",
    "not_tested",
    "q",
    "variant",
    "compared_with",
    "left_out_of_test",
    "sentence",
    "within_note",
    "background",
    "background_why",
    "stands_on",
    "test",
    "concerns",
    "withheld",
)
_TEXT = (
    "id", "letter", "name", "ward", "district", "code", "units", "count", "around", "verdict", "people", "since",
    "agencies", "qualities", "reported", "discovered", "referral", "unknown",
)  # fmt: skip
_FIGURES = ("expected", "z", "p", "q")


def hotspots_json(answer: Answer, agencies: Mapping[str, str] | None = None) -> Json:
    """Each hotspot with its units; `hot` are the codes of every unit that passes."""
    about = about_json(answer, agencies) | {word: answer.about[word] for word in TESTED}
    columns = answer.columns
    hot = compress(words(columns["code"]), plain(columns["hot"]))
    return {
        "about": about,
        "hotspots": hotspot_rows(answer),
        "concerns": concern_rows(answer),
        "hot": list(hot),
    }


def concern_rows(answer: Answer) -> list[Json]:
    """Hotspots told without a place: a letter, and in words that they are a concern about one source."""
    table = answer.parts["hotspots"]
    told = zip(words(table["letter"]), words(table["verdict"]), words(table["people"]), strict=True)
    return [{"letter": letter, "people": people} for letter, verdict, people in told if verdict == "few"]


def hotspot_rows(answer: Answer) -> list[Json]:
    """One mapping a hotspot that has a place, the strongest first; p keeps its small values whole."""
    table = answer.parts["hotspots"]
    lon, lat = to_lonlat(table["easting_m"], table["northing_m"])
    columns: dict[str, list[object]] = {name: plain(table[name]) for name in (*_TEXT, *_FIGURES)}
    columns |= {"lon": list(numbers(lon, 5)), "lat": list(numbers(lat, 5))}
    if "stays" in table:
        columns["stays"] = plain(table["stays"])
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return [row for row in rows if row["verdict"] != "few"]
