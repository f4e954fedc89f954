"""A problem profile of one place: the headings of good practice, what the facts say, and what its writer adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trigpoint.changes.told_text import told as checked
from trigpoint.gate.show import rows
from trigpoint.web.pack.gathering import Gathered, PlaceHeard
from trigpoint.web.pack.told_pack import Meeting, Paper, told_head, told_method
from trigpoint.web.pack.told_place import told_place
from trigpoint.web.presenters.plain import mapping_list
from trigpoint.web.presenters.words import counted

__all__ = ["BOXES", "Box", "checked_boxes", "told_profile"]

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


def told_profile(
    gathered: Gathered,
    place: PlaceHeard,
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
        "distribution": f"For members from {card.district or county}. Do not forward.",
        "place": told_place(gathered, place, pictures),
        "boxes": dict(boxes),
        "sources_told": _sources(place),
        "affected": _affected(place),
        "scanning": _scanning(gathered, place),
        "themes": _themes(place),
        "quality": _quality(place),
        "gaps": _gaps(place),
        "method": told_method(gathered, agencies),
    }
    return Paper(told, pictures)


def _sources(place: PlaceHeard) -> list[str]:
    if place.picture is None:
        return []
    feeds = mapping_list(place.picture.about["feeds"])
    return [f"{one['name']} ({str(one['agency']).replace('_', ' ')})" for one in feeds]


def _affected(place: PlaceHeard) -> str:
    """How many people, in bands alone."""
    row = place.row
    least, most = str(row["people_min_band"]), str(row["people_max_band"])
    known = f"At least {least} people" if least != most else f"{least} people"
    return f"{known.replace('At least 50 or more', '50 or more')}; at most {most}. {place.card.people}"


def _scanning(gathered: Gathered, place: PlaceHeard) -> str:
    row, tested = place.row, gathered.agenda.tested
    total = int(str(tested.about["total"]))
    share = 100 * int(row["count"]) / total if total else 0.0
    where = counted(len(row["units"]), "street or cell", "streets or cells")
    told = f"{counted(int(row['count']), 'event', 'events')} on {where}"
    return (
        f"{told}, on {counted(int(row['dates']), 'date', 'different dates')}: {share:.2g} in 100 of the {total:,} of the "
        f"county in these months. {float(row['expected']):.0f} were to be expected. {place.card.chance}"
    )


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
