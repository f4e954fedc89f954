"""The plain HTML filter form: the same words as the API, filled with what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

LEVEL_NAMES = {
    "district": "District",
    "ward": "Ward",
    "lsoa": "Small area (LSOA)",
    "street": "Street",
    "cell:7": "Hexagon, large",
    "cell:8": "Hexagon, medium",
    "cell:9": "Hexagon, small",
}
COUNTED_NAMES = {"records": "Records", "events": "Linked events"}
FILTER_WORDS = (
    "level", "from", "to", "hours", "weekdays", "agency", "feed", "theme", "category", "role", "within", "known",
    "counted", "detection", "quality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes to tick: none ticked means all."""

    name: str
    legend: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class FilterForm:
    levels: tuple[Option, ...]
    groups: tuple[Group, ...]
    period_from: str
    period_to: str
    within: str
    hours: str
    weekdays: str
    known: str
    counts: tuple[Option, ...]


def filter_form(
    asked: QueryDict,
    choices: Mapping[str, Sequence[Mapping[str, str]]],
    *,
    level: str,
    period: tuple[str, str],
) -> FilterForm:
    """`choices` are lists of {code, name} as `choosable` gives them; `level`, `period` as answered."""
    counted = asked.get("counted") or "records"
    legends = (
        ("theme", "What happened", "themes"),
        ("agency", "Who told us", "agencies"),
        ("category", "Category", "categories"),
        ("detection", "How we came to know", "detections"),
        ("quality", "How well it is placed", "qualities"),
    )
    return FilterForm(
        levels=tuple(Option(code, name, code == level) for code, name in LEVEL_NAMES.items()),
        groups=tuple(_group(asked, name, legend, choices[key]) for name, legend, key in legends),
        period_from=period[0],
        period_to=period[1],
        within=asked.get("within", ""),
        hours=asked.get("hours", ""),
        weekdays=asked.get("weekdays", ""),
        known=asked.get("known", ""),
        counts=tuple(Option(code, name, code == counted) for code, name in COUNTED_NAMES.items()),
    )


def filter_words(asked: QueryDict) -> dict[str, list[str]]:
    """The filters of an address and nothing else of it; a box left empty is no filter."""
    told = {word: [value for value in asked.getlist(word) if value] for word in FILTER_WORDS}
    return {word: values for word, values in told.items() if values}


def _group(asked: QueryDict, name: str, legend: str, options: Sequence[Mapping[str, str]]) -> Group:
    chosen = set(asked.getlist(name))
    return Group(
        name, legend, tuple(Option(one["code"], one["name"], one["code"] in chosen) for one in options)
    )
