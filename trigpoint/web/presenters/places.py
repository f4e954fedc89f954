"""A place of the partnership in words: how it is drawn, and what happened to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from trigpoint.changes.named_places import PlaceStep, PlaceTold
from trigpoint.web.presenters.words import counted

__all__ = ["StepWords", "history_words", "level_words"]


@dataclass(frozen=True, slots=True)
class StepWords:
    """One line of a history, by an agency."""

    words: str
    agency: str
    at: datetime


def level_words(place: PlaceTold) -> str:
    """ "3 streets", "7 hexagons"."""
    kind = ("street", "streets") if place.level == "street" else ("hexagon", "hexagons")
    return counted(len(place.units), *kind)


def history_words(
    place: PlaceTold, agencies: Mapping[str, str], places: Mapping[int, str]
) -> list[StepWords]:
    """Every change, the newest first."""
    return [
        StepWords(_words(one, agencies, places), agencies.get(one.agency, ""), one.at)
        for one in reversed(place.history)
    ]


def _words(step: PlaceStep, agencies: Mapping[str, str], places: Mapping[int, str]) -> str:
    before, after = str(step.detail.get("before", "")), str(step.detail.get("after", ""))
    other = places.get(step.other or 0, "another place")
    told = {
        "opened": f"Opened, as a part of {other}" if step.other else "Opened",
        "renamed": f"Called {after}; before, {before}",
        "redrawn": f"Drawn with {other}, which was merged into it" if step.other else "Drawn anew",
        "owner": f"Owned by {agencies.get(after, 'nobody')}; before, by {agencies.get(before, 'nobody')}",
        "merged": f"Merged into {other}",
        "split": "Split in two",
        "closed": "Closed",
        "reopened": "Opened again",
    }
    return told.get(step.change, step.change)
