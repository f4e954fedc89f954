"""How this partnership meets: its timetable, agenda and cadence, from definitions/meeting.yaml and the home's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from trigpoint.core.workflow.meeting import AgendaLine, StepRule, Timetable
from trigpoint.db.home import current_home

__all__ = ["ITEMS", "MeetingTerms", "TermsFault", "home_terms", "terms_from"]

FILE = "meeting.yaml"
ITEMS = (
    "welcome", "actions", "health", "hot", "questions", "evaluations", "prevention", "checks", "release", "other",
)  # fmt: skip
"""What the page can show at an item of the agenda."""
_NUMBERS = ("cadence_months", "most_places", "recent_months")
_LISTS = {"timetable": {"name", "words", "days", "owner"}, "agenda": {"item", "title", "minutes"}}


class TermsFault(ValueError):
    """A definition of meetings cannot be read; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class MeetingTerms:
    """`most_places` are those of one quadrant; `recent_months` are the months that "hot now" is about."""

    cadence_months: int
    most_places: int
    recent_months: int
    timetable: Timetable
    agenda: tuple[AgendaLine, ...]


def home_terms() -> MeetingTerms:
    """The package's terms, and in their place what the home's own file says. Raises TermsFault."""
    own: Path = current_home().definitions / FILE
    return _terms_of(
        files("trigpoint").joinpath("definitions", FILE).read_text(encoding="utf-8"),
        own.read_text(encoding="utf-8") if own.is_file() else None,
    )


@lru_cache(maxsize=8)
def _terms_of(package: str, own: str | None) -> MeetingTerms:
    """Read once for as long as both files say the same: a meeting's page asks for them many times."""
    return terms_from(_read(package) | ({} if own is None else _read(own)))


def terms_from(told: Mapping[str, Any]) -> MeetingTerms:
    """Terms from a mapping with every word of definitions/meeting.yaml. Raises TermsFault for anything else."""
    if set(told) != {*_NUMBERS, *_LISTS}:
        raise TermsFault(f"{FILE}: {', '.join((*_NUMBERS, *_LISTS))} are expected, and nothing else")
    for name in _NUMBERS:
        if not _whole(told[name]) or not 1 <= told[name] <= 60:
            raise TermsFault(f"{FILE}: {name} is a whole number from 1 to 60")
    for name, wanted in _LISTS.items():
        if not isinstance(told[name], list) or not all(_has(one, wanted) for one in told[name]):
            raise TermsFault(f"{FILE}: {name} is a list, each with {', '.join(sorted(wanted))}")
    try:
        timetable = Timetable(tuple(_step(one) for one in told["timetable"]))
    except ValueError as fault:
        raise TermsFault(f"{FILE}: {fault}") from fault
    agenda = tuple(_line(one) for one in told["agenda"])
    return MeetingTerms(told["cadence_months"], told["most_places"], told["recent_months"], timetable, agenda)


def _read(text: str) -> dict[str, Any]:
    try:
        told = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise TermsFault(f"{FILE} cannot be read: {error}") from error
    if not isinstance(told, dict):
        raise TermsFault(f"{FILE}: names with their values are expected")
    return told


def _whole(told: Any) -> bool:
    return isinstance(told, int) and not isinstance(told, bool)


def _has(told: Any, wanted: set[str]) -> bool:
    return isinstance(told, dict) and set(told) == wanted


def _step(told: Mapping[str, Any]) -> StepRule:
    if not _whole(told["days"]):
        raise TermsFault(f"{FILE}: the days of {told['name']} are a whole number")
    return StepRule(str(told["name"]), str(told["words"]), told["days"], str(told["owner"]))


def _line(told: Mapping[str, Any]) -> AgendaLine:
    if told["item"] not in ITEMS:
        raise TermsFault(f"{FILE}: there is no item {told['item']}: choose {', '.join(ITEMS)}")
    if not _whole(told["minutes"]) or not 0 <= told["minutes"] <= 600:
        raise TermsFault(f"{FILE}: the minutes of {told['item']} are a whole number")
    return AgendaLine(str(told["item"]), str(told["title"]), told["minutes"])
