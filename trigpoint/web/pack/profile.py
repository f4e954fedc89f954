"""A problem profile of one place: the headings of good practice, what the facts say, and what its writer adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trigpoint.changes.told_text import told as checked
from trigpoint.gate.answers import Answer
from trigpoint.gate.show import rows
from trigpoint.web.pack.concentration import concentrated, concentration_chart, concentration_words
from trigpoint.web.pack.gathering import Gathered, PlaceHeard
from trigpoint.web.pack.grades import told_grades
from trigpoint.web.pack.told_pack import Meeting, Paper, told_head, told_method
from trigpoint.web.pack.told_place import told_place
from trigpoint.web.presenters.plain import mapping_list
from trigpoint.web.presenters.words import counted

__all__ = ["BOXES", "Box", "More", "checked_boxes", "profile_heard", "told_profile"]

Json = dict[str, Any]
LONGEST = 1200
MOST_THEMES = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A box its writer fills in. `name` is the form's, `hint` what belongs there."""

    name: str
    label: str
    hint: str


BOXES = (
    Box("question", "Question and terms of reference", "What was agreed to be found out, and for whom?"),
    Box(
        "guardians",
        "Guardians, and who manages the place",
        "Who could notice there: a school, a hotel, an operator of buses, a shop, park staff? Who owns it?",
    ),
    Box("response", "Existing response and result", "What has been tried here, and what came of it?"),
    Box("first", "First explanation", "What may lie behind it, in one sentence."),
    Box("first_for", "For it", "What speaks for the first explanation?"),
    Box("first_against", "Against it", "What speaks against it?"),
    Box("second", "Second explanation", "Another that would fit."),
    Box("second_for", "For it", "What speaks for the second explanation?"),
    Box("second_against", "Against it", "What speaks against it?"),
    Box("recommended", "Recommended responses", "Who does what, where, by when, and of which type?"),
    Box(
        "assessment",
        "Assessment plan",
        "Written before the response: what would be seen, by when, compared with what?",
    ),
    Box("confidence", "Confidence", "How sure are you, and what would change your mind?"),
    Box("equality", "Equality impact", "Whom could this harm or leave out, and what is done about it?"),
)


def checked_boxes(form: Mapping[str, str]) -> dict[str, str]:
    """What was written, each box checked to name nobody. Raises TextRefused, which says which and never repeats it."""
    return {
        box.name: checked(form.get(box.name, ""), what=f"“{box.label}”", longest=LONGEST, needed=False)
        for box in BOXES
    }


@dataclass(frozen=True, slots=True, eq=False)
class More:
    """What a profile tells beyond a page of the pack: how the place's information was graded, how far its district's
    records lie on few streets, and in sentences what the partnership did there. None where it is not told."""

    grades: Answer | None = None
    concentration: Answer | None = None
    done: tuple[str, ...] = ()


def profile_heard(gathered: Gathered, place: PlaceHeard, done: tuple[str, ...]) -> More:
    """Asked of the same sources as the rest."""
    months, heard = gathered.agenda.months, gathered.heard
    level = {"level": months.test["level"], **months.words}
    grades = {**level, "within": list(place.row["units"]), "grouping": ["grade"]}
    return More(
        grades=heard.ask("picture", grades),
        concentration=heard.ask("concentration", {**level, "within": [place.card.district_code]}),
        done=done,
    )


def told_profile(
    gathered: Gathered,
    place: PlaceHeard,
    more: More,
    boxes: Mapping[str, str],
    *,
    county: str,
    marking: str,
    agencies: Mapping[str, str],
    at: datetime,
) -> Paper:
    """The profile of a place. An empty box stays an empty box on paper, to be written in by hand."""
    pictures: dict[str, bytes] = {}
    head = told_head(gathered, Meeting("", None, None), county=county, marking=marking, at=at)
    card = place.card
    told = {
        **head,
        "title": f"Problem profile: {card.name}",
        "place": told_place(gathered, place, pictures),
        "boxes": dict(boxes),
        "sources_told": _sources(place),
        "affected": _affected(place),
        "scanning": _scanning(gathered, place),
        "themes": _themes(place),
        "quality": _quality(place),
        "grades": told_grades(more.grades),
        "concentration": _concentration(place, more, gathered.agenda.months.test["level"], pictures),
        "response": list(more.done),
        "gaps": _gaps(place),
        "method": told_method(gathered, agencies),
    }
    return Paper(told, pictures)


def _concentration(place: PlaceHeard, more: More, level: str, pictures: dict[str, bytes]) -> Json | None:
    row, card = place.row, place.card
    told = concentrated(more.concentration, card.district, level, len(row["units"]), int(row["count"]))
    if told is None:
        return None
    pictures["concentration.svg"] = concentration_chart(told)
    return {"file": "concentration.svg", "alt": concentration_words(told), "words": concentration_words(told)}


def _sources(place: PlaceHeard) -> list[str]:
    if place.picture is None:
        return []
    feeds = mapping_list(place.picture.about["feeds"])
    return [f"{one['name']} ({str(one['agency']).replace('_', ' ')})" for one in feeds]


def _affected(place: PlaceHeard) -> str:
    """How many people, in bands alone."""
    row = place.row
    least, most = str(row["people_min_band"]), str(row["people_max_band"])
    if least == most:
        return f"{least} people. {place.card.people}"
    return f"The fewest it can be: {least} people; the most: {most}. {place.card.people}"


def _scanning(gathered: Gathered, place: PlaceHeard) -> str:
    row, tested = place.row, gathered.agenda.tested
    total = int(str(tested.about["total"]))
    share = 100 * int(row["count"]) / total if total else 0.0
    unit = (
        ("street", "streets") if gathered.agenda.months.test["level"] == "street" else ("hexagon", "hexagons")
    )
    where = counted(len(row["units"]), *unit)
    told = f"{counted(int(row['count']), 'event', 'events')} on {where}"
    return (
        f"{told}, on {counted(int(row['dates']), 'date', 'different dates')}: {share:.2g} in 100 of the {total:,} of the "
        f"county in these months. {float(row['expected']):.0f} were to be expected. "
        f"{place.card.harm_words}"
    ).strip()


def _themes(place: PlaceHeard) -> list[str]:
    if place.picture is None or "theme" not in place.picture.parts:
        return []
    found = [one for one in rows(place.picture.parts["theme"]) if one["count"]]
    order = sorted(found, key=lambda one: (-int(one["count"]), str(one["name"])))
    return [
        f"{one['name']}: {counted(int(one['count']), 'record', 'records')}" for one in order[:MOST_THEMES]
    ]


def _quality(place: PlaceHeard) -> str:
    """How well the records are placed: the mix that says how far to trust a map."""
    if place.picture is None or "quality" not in place.picture.parts:
        return ""
    found = [one for one in rows(place.picture.parts["quality"]) if one["count"]]
    return "; ".join(f"{one['count']:,} {one['name'][:1].lower()}{one['name'][1:]}" for one in found) + "."


def _gaps(place: PlaceHeard) -> list[str]:
    """What nobody knows: silences, and records of which it is not known how they came to light."""
    lines = [mark.words for mark in place.card.agencies if mark.state in ("silent", "denied")]
    if unknown := int(place.row["unknown"]):
        lines.append(f"Of {counted(unknown, 'record', 'records')} it is not known how they came to light")
    return [f"{one}." for one in lines]
