"""The cells of an analysis: values as readers say them, names for codes, and links to the map."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import numpy as np

from trigpoint.core.geography.crs import to_lonlat
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.words import HARDLY_EVER_BELOW, WATCHED_BELOW

__all__ = ["Cell", "Names", "cell_of", "map_link"]

Names = Mapping[str, Mapping[str, str]]
"""Names by code, under "agencies", "feeds", "themes", "classes" and "districts"."""
LISTS = {
    "agency": "agencies", "agencies": "agencies", "beside": "agencies", "alone": "agencies", "owner": "agencies",
    "gone_without": "agencies", "feed": "feeds", "silent_feeds": "feeds", "theme": "themes", "class": "classes",
    "district": "districts",
}  # fmt: skip
SHARES = frozenset({
    "share", "expected_share", "of_whole", "of_county", "stays", "held", "class_held", "elsewhere", "hit_rate", "differing",
    "probability", "share_of_units", "share_of_records",
})  # fmt: skip
CHANCES = frozenset({"p", "rise_p", "season_p", "trend_p", "p_more", "p_fewer"})
LEAST_TOLD = 0.001
"""Below it a figure is told as under it: more digits say nothing to a room."""
WHOLE = frozenset({"count", "observed", "expected", "hits", "rate_per_1000", "shrunken_per_1000", "mean"})
FEW_NAMES = 3
"""More agencies than this are told by their number."""
CLOSE_ZOOM = 13.5
MAP_WORDS = ("from", "to", "theme", "agency", "category", "counted", "background")
_SAID = re.compile(r"\b(\d{4})-(\d{2})(?:-(\d{2}))?\b")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its column's heading, what it says, where it leads ("" nowhere), whether it is a figure."""

    heading: str
    text: str
    href: str
    figure: bool


def cell_of(name: str, heading: str, value: Any, names: Names, href: str) -> Cell:
    figure = isinstance(value, int | float) and not isinstance(value, bool) and name not in CHANCES
    return Cell(heading, _text(name, value, names), href, figure)


def map_link(answer: Answer, row: Mapping[str, Any], words: Mapping[str, Sequence[str]]) -> str:
    """The unit of a row on the map, with the filters of the question; "" where the row has none."""
    code, level = row.get("code"), str(answer.about["level"]).split(":")[0]
    if not code or level not in ("district", "ward", "cell", "street"):
        return ""
    kept = {word: list(words[word]) for word in MAP_WORDS if words.get(word)}
    query: dict[str, Any] = {**kept, "level": level, "unit": f"{level}.{code}"}
    if row.get("easting_m") is not None and row.get("northing_m") is not None:
        lon, lat = to_lonlat(np.array([row["easting_m"]]), np.array([row["northing_m"]]))
        query["at"] = f"{lon[0]:.4f},{lat[0]:.4f},{CLOSE_ZOOM}"
    return f"/map/?{urlencode(query, doseq=True)}"


def said(text: str) -> str:
    """Text with its months and days as readers say them: "2025-11" as "November 2025"."""
    return _SAID.sub(lambda found: _day_words(found, _MONTHS), text)


def _day_words(found: re.Match[str], names: Sequence[str]) -> str:
    year, month, day = found.groups()
    if not 1 <= int(month) <= 12:
        return found.group()
    name = names[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def _short(text: str) -> str:
    """The same in a cell of a table, which is narrow: "Nov 2025"."""
    return _SAID.sub(lambda found: _day_words(found, [one[:3] for one in _MONTHS]), text)


def _text(name: str, value: Any, names: Names) -> str:
    if name in CHANCES:
        return _chance(value)
    if name == "agencies" and isinstance(value, list) and len(value) > FEW_NAMES:
        return f"{len(value)} of {len(names['agencies'])} agencies"
    if isinstance(value, list):
        told = [_text(name, one, names) for one in value[:8]]
        return ", ".join(told) + (" …" if len(value) > 8 else "") if value else "none"
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _figure(name, float(value))
    known = names.get(LISTS.get(name, ""), {})
    return _short(known.get(str(value), str(value).replace("_", " ") if name == "class" else str(value)))


def _figure(name: str, value: float) -> str:
    if name in SHARES:
        return f"{value:.0%}" if value == 0 or value >= 0.01 else "under 1%"
    if name in WHOLE or abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}" if abs(value) >= 10 or value == int(value) else f"{value:.1f}"
    return "under 0.001" if 0 < value < LEAST_TOLD else f"{value:.3g}"


def _chance(p: float | None) -> str:
    if p is None:
        return ""
    if p < HARDLY_EVER_BELOW:
        return "Hardly ever"
    return "Seldom" if p < WATCHED_BELOW else "It could"
