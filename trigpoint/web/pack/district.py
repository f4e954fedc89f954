"""One page of a district: its places, its wards, its months, who sends, and what is in force."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
import shapely

from trigpoint.gate.answers import Answer
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.show import rows
from trigpoint.web.hot_now.agenda import agenda
from trigpoint.web.hot_now.health import agency_health
from trigpoint.web.hot_now.shown import shown
from trigpoint.web.hot_now.sources import Heard, Sources
from trigpoint.web.pack.charts import Months, months_chart
from trigpoint.web.pack.county_map import Lettered, Shaded, ward_map
from trigpoint.web.pack.gathering import Gathered
from trigpoint.web.pack.sentences import notice_lines
from trigpoint.web.pack.told_pack import Meeting, Paper, told_head, told_method
from trigpoint.web.presenters.breaks import breaks
from trigpoint.web.presenters.choices import coded
from trigpoint.web.presenters.plain import whole, words

__all__ = ["district_gathered", "told_district"]

Json = dict[str, Any]
MOST_WARDS, MOST_THEMES = 8, 6


def told_district(
    gathered: Gathered,
    code: str,
    *,
    county: str,
    marking: str,
    agencies: Mapping[str, str],
    at: datetime,
) -> Paper:
    """The sheet of the district `code`. Raises QuestionError where there is none."""
    page, heard, pictures = gathered.agenda, gathered.heard, dict[str, bytes]()
    name = next((name for name, one in page.districts.items() if one == code), None)
    if name is None:
        raise QuestionError(f"There is no district '{code}' here.")
    months = page.months.words
    within = {**months, "within": [code]}
    counts = heard.ask("counts", {"level": "ward", **within, "geometry": "yes"})
    picture = heard.ask("picture", {"level": "ward", **within, "grouping": ["history", "theme", "agency"]})
    cards = [one for one in page.places if one.district_code == code]
    told = {
        **told_head(gathered, Meeting("", None, None), county=county, marking=marking, at=at),
        "title": f"District sheet: {name}",
        "places": [
            {
                "letter": one.letter,
                "name": one.name,
                "ward": one.ward,
                "kind": one.kind.words,
                "since": one.since,
                "people": one.people,
            }
            for one in cards
        ],
        "map": _map(gathered, name, code, counts, pictures),
        "wards": _largest(counts),
        "months": _months(name, page.months.drawn, picture, pictures),
        "total": f"{int(str(counts.about['total'])):,}" if counts is not None else None,
        "themes": _themes(picture),
        "health": [
            {"name": one.name, "phrase": one.phrase, "warn": one.warn}
            for one in (
                agency_health(page.coverage, page.agencies, page.months.named, {code: name})
                if page.coverage is not None
                else ()
            )
        ],
        "notices": _notices(gathered, code),
        "method": told_method(gathered, agencies),
    }  # fmt: skip
    return Paper(told, pictures)


def district_gathered(sources: Sources, choices: Answer) -> Gathered:
    """The agenda, without looking closely at any place."""
    page, heard = agenda(sources, choices), Heard(sources)
    return Gathered(
        agenda=page,
        shown=shown(page, ""),
        places=(),
        beyond=0,
        gaps=None,
        notices=heard.ask("notices", {}),
        districts=None,
        labels={one["code"]: one["name"] for one in coded(choices.parts["classes"])},
        heard=heard,
    )


def _map(
    gathered: Gathered, name: str, code: str, counts: Answer | None, pictures: dict[str, bytes]
) -> Json | None:
    if counts is None or not len(counts):
        return None
    shapes = shapely.from_wkb(list(counts.parts["geometry"]["wkb"])).tolist()
    held = whole(counts.columns["count"])
    classes = np.searchsorted(breaks(counts.columns["count"]), held, side="right").tolist()
    wards = [
        Shaded(shape, ward, int(one))
        for shape, ward, one in zip(shapes, words(counts.columns["name"]), classes, strict=True)
    ]
    tested = {one["letter"]: one for one in rows(gathered.agenda.tested.parts["hotspots"])}
    lettered = [
        Lettered(one.letter, tested[one.letter]["easting_m"], tested[one.letter]["northing_m"])
        for one in gathered.agenda.places
        if one.district_code == code
    ]
    pictures["district.svg"] = ward_map(wards, lettered, 440, 330)
    most = max(zip(held, words(counts.columns["name"]), strict=True), default=(0, ""))
    return {
        "file": "district.svg",
        "alt": f"Map of the wards of {name}: darker where more was recorded, most in {most[1]} with {most[0]:,}. "
        f"{len(lettered)} places are lettered.",
        "caption": f"Records by ward, {gathered.agenda.months.first:%B %Y} to "
        f"{gathered.agenda.months.last_day:%B %Y}; from the lightest to the darkest, "
        f"{min(filter(None, held), default=0):,} to {max(held, default=0):,}. It shows where is "
        "recorded, not where is danger. "
        "Boundaries: Office for National Statistics.",
    }


def _largest(counts: Answer | None) -> list[Json]:
    if counts is None:
        return []
    told = sorted(rows(counts.columns), key=lambda one: -int(one["count"]))
    return [{"name": one["name"], "count": f"{one['count']:,}"} for one in told[:MOST_WARDS]]


def _months(name: str, drawn: list[str], picture: Answer | None, pictures: dict[str, bytes]) -> Json | None:
    if picture is None:
        return None
    history = {str(one["month"]): int(one["count"]) for one in rows(picture.parts["history"])}
    months = [one for one in drawn if one in history]
    if not months:
        return None
    counts = [history[one] for one in months]
    pictures["district-months.svg"] = months_chart(
        Months(months, counts, (), (), [False] * len(months), ()), 400, 132
    )
    return {
        "file": "district-months.svg",
        "alt": f"Records a month in {name}: {counts[0]:,} in {months[0]}, {counts[-1]:,} in {months[-1]}, "
        f"at most {max(counts):,}.",
    }


def _themes(picture: Answer | None) -> list[str]:
    if picture is None or "theme" not in picture.parts:
        return []
    found = sorted(rows(picture.parts["theme"]), key=lambda one: -int(one["count"]))
    return [f"{one['name']}: {one['count']:,}" for one in found[:MOST_THEMES] if one["count"]]


def _notices(gathered: Gathered, code: str) -> list[str]:
    told = rows(gathered.notices.columns) if gathered.notices is not None else ()
    return notice_lines([one for one in told if one["district_code"] == code], 6)
