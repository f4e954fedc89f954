"""What a meeting kept, put as its page says it. It comes as JSON, as it was kept."""

import string
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from trigpoint.changes.kept_reading import KeptTold
from trigpoint.web.hot_now.words import chance_words, month_words, people_words
from trigpoint.web.presenters.analysis_cells import said
from trigpoint.web.presenters.meeting_questions import question_key
from trigpoint.web.presenters.words import day_words, events_tested_words

__all__ = ["Frozen", "KeptPlace", "kept_places", "kept_questions", "letters_words", "stamp_of", "titles"]

Row = Mapping[str, Any]
NO_DISTRICT = "It was kept before questions had a district: it may be another quadrant's."
TITLES = {
    "hot-now": "Hot now",
    "questions": "Questions to the group",
    "coverage": "Who has sent",
    "silences": "Who is silent",
    "notices": "Notices",
}


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A hotspot as the meeting had it. `units` are its streets or hexagons, `agencies` codes of those that told of it."""

    letter: str
    name: str
    ward: str
    district: str
    count: int
    expected: float
    chance: str
    people: str
    since: str
    units: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    around: int | None = None

    @property
    def tested(self) -> str:
        return events_tested_words(self.count, around=self.around, expected=self.expected)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What the stamp says. `restated` are sentences, one a reason; `kept` says what can be shown again, and what not."""

    number: int
    at: Any
    feeds: int
    agreements: int
    methods: int
    publication: int
    restated: tuple[str, ...]
    kept: str = ""
    gone: bool = False


def titles(name: str) -> str:
    """What the page calls a kept answer."""
    if name.startswith("evaluation-"):
        return f"Evaluation {name.removeprefix('evaluation-')}"
    return TITLES.get(name, name)


def kept_places(told: KeptTold | None, districts: Collection[str] | None, most: int) -> tuple[KeptPlace, ...]:
    """At most so many places, in the order of their letters; `districts` are names, None for every one.

    A concern about one source has no place and is none of them.
    """
    if told is None or told.content is None:
        return ()
    rows = told.content.get("parts", {}).get("hotspots", ())
    shown = [one for one in rows if one["verdict"] != "few"]
    here = [one for one in shown if districts is None or one["district"] in districts]
    return tuple(_place(one) for one in here[:most])


def kept_questions(
    told: KeptTold | None,
    agencies: Mapping[str, str],
    most: int,
    *,
    districts: Collection[str] | None = None,
    adopted: Collection[str] = (),
    of_names: Mapping[str, str] | None = None,
) -> tuple[dict[str, str], ...]:
    """The questions of the analysis, first things first: of those districts (codes) and of no single one.

    Those whose keys are `adopted` are the meeting's own by now, and are not said twice. Questions that were kept before
    they had a district are of that of their place: `of_names` are codes of districts by names of wards and districts.
    """
    every = told.content["rows"] if told is not None and told.content is not None else ()
    rows = [
        one
        for one in every
        if (districts is None or _district(one, of_names or {}) in {"", *districts})
        and question_key(one) not in adopted
    ]
    return tuple(
        {
            "text": said(one["question"]),
            "place": one["place"],
            "owner": agencies.get(one["owner"], one["owner"]),
            "note": NO_DISTRICT if districts is not None and _is_anywhere(one, of_names or {}) else "",
        }
        for one in rows[:most]
    )


def _district(row: Row, of_names: Mapping[str, str]) -> str:
    """Its code; of a question that was kept without one that of its place, told as "street, ward"; "" where none is."""
    told = row.get("district")
    if told is not None:
        return str(told)
    return of_names.get(str(row["place"]).rpartition(", ")[2], "")


def _is_anywhere(row: Row, of_names: Mapping[str, str]) -> bool:
    return row.get("district") is None and bool(row["place"]) and not _district(row, of_names)


def letters_words(places: Collection[KeptPlace]) -> str:
    """ "A to F" of places whose letters follow one another, else "A, E"; "" for none."""
    letters = [one.letter for one in places]
    first = string.ascii_uppercase.find(letters[0]) if letters else 0
    if len(letters) < 3 or letters != list(string.ascii_uppercase[first : first + len(letters)]):
        return ", ".join(letters)
    return f"{letters[0]} to {letters[-1]}"


def stamp_of(number: int, at: Any, recipe: Mapping[str, Any], told: Collection[KeptTold]) -> Frozen:
    """The stamp, from the recipe; feeds are those of what this viewer is shown."""
    feeds = {one["code"] for each in told if each.content for one in each.content["about"].get("feeds", ())}
    restated = dict.fromkeys(
        f"Restated on {day_words(one.restated_at.date())} because {one.restated_because}"
        for one in told
        if one.restated_at is not None
    ) | dict.fromkeys(one.why.rstrip(".") for one in told if one.way == "being restated")
    return Frozen(
        number=number,
        at=at,
        feeds=len(feeds),
        agreements=len(recipe.get("agreements", ())),
        methods=len(recipe.get("methods", {})),
        publication=int(recipe.get("publication", 0)),
        restated=tuple(restated),
        kept=_kept_words({one.name for one in told}),
    )


def _kept_words(names: Collection[str]) -> str:
    """Of the three parts that the stamp names, those that were kept: a meeting can be frozen without one of them."""
    parts = {
        "the places with their numbers": "hot-now" in names,
        "the questions of the analysis": "questions" in names,
        "the evaluations": any(one.startswith("evaluation-") for one in names),
    }
    kept = ", ".join(words for words, is_kept in parts.items() if is_kept)
    missing = " and ".join(words for words, is_kept in parts.items() if not is_kept)
    return " ".join(
        (
            *((f"As they were then, and can be shown again: {kept}.",) if kept else ()),
            *((f"Not kept: {missing}.",) if missing else ()),
        )
    )


def _place(row: Row) -> KeptPlace:
    return KeptPlace(
        letter=row["letter"],
        name=row["name"],
        ward=row["ward"],
        district=row["district"],
        count=row["count"],
        expected=row["expected"],
        chance=chance_words(row["p"]),
        people=people_words(row),
        since=f"More since {month_words(row['since'])}" if row["since"] else "",
        units=tuple(row["units"]),
        agencies=tuple(row["agencies"]),
        around=row.get("around"),
    )
