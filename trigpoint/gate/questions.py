"""Questions: what may be asked, in one frozen shape for pages, commands, exports and URLs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlencode

from trigpoint.core.sharing.agreement import LOCATION_ROLES
from trigpoint.gate.answers import QuestionError
from trigpoint.gate.words import (
    LEVELS,
    RESOLUTIONS,
    WEEKDAYS,
    parse_day,
    parse_hours,
    parse_level,
    parse_number,
    parse_weekdays,
    run_words,
)

__all__ = [
    "DETECTIONS",
    "GROUPINGS",
    "KINDS",
    "Question",
    "QuestionError",
    "question_from_query",
    "question_from_words",
]

KINDS = (
    "counts", "series", "hotspots", "sites", "notices", "coverage", "picture", "places", "shapes", "choices",
    "events", "unplaced", "totals",
)  # fmt: skip
GROUPINGS = ("units", "history", "agency", "theme", "category", "week")
"""What a picture is made of unless it is told; `month`, `district`, `ward`, … `cell:9` may be asked for too."""
DETECTIONS = ("unknown", "reported", "discovered", "referral")
VARIANTS = ("full", "fixed")
COUNTED = ("records", "events")
_DEFAULT_LEVEL = {"hotspots": "cell", "events": "district"}
_FURTHER_GROUPINGS = ("month", *LEVELS[:4], *(f"cell:{one}" for one in RESOLUTIONS))


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Lists are kept ascending and without repeats, so that equal questions are equal.

    `period_from` and `period_to` are half-open, None is without an end. Empty lists filter nothing. `hours` and
    `weekdays` are numbers (0..23; Monday 0). `within` are places by code or name, all of them together, and
    `around` is one; `known` asks as known at the end of that day; `q` is the false discovery rate and `variant` the
    law of a test; `counted` counts records or linked events; `on` is the day of notices; `geometry` asks for
    outlines beside the rows, `names` for the names
    of a picture's units. Raises QuestionError, in one plain sentence.
    """

    kind: str
    level: str = ""
    resolution: int | None = None
    period_from: date | None = None
    period_to: date | None = None
    hours: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    agencies: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    detections: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    known: date | None = None
    groupings: tuple[str, ...] = ()
    q: float = 0.05
    variant: str = "full"
    counted: str = "records"
    classes: tuple[str, ...] = ()
    around: str | None = None
    radius_m: int = 400
    on: date | None = None
    text: str = ""
    geometry: bool = False
    names: bool = False

    def __post_init__(self) -> None:
        _one_of(self.kind, KINDS, "kind of question")
        self._settle_level()
        for name in _LISTS:
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} are given as a list")
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        if self.period_from and self.period_to and self.period_from >= self.period_to:
            raise QuestionError(
                f"The period ends on {self.period_to}, which is not after it begins, {self.period_from}."
            )
        self._check_words()
        self._check_numbers()

    def _settle_level(self) -> None:
        level = self.level or _DEFAULT_LEVEL.get(self.kind, "ward")
        level, resolution = parse_level(level if self.resolution is None else f"{level}:{self.resolution}")
        if self.kind == "hotspots" and level not in ("street", "cell"):
            raise QuestionError(
                "Hotspots are tested on hexagons or streets: choose the level cell or street."
            )
        if self.kind == "shapes" and level not in LEVELS[:3]:
            raise QuestionError("Only districts, wards and lsoas have shapes to fetch.")
        if self.kind == "events" and level not in LEVELS[:2]:
            raise QuestionError("Linked events are told by district or by ward.")
        if self.kind == "totals" and level not in LEVELS[:2]:
            raise QuestionError("What came already counted is told by district or by ward.")
        object.__setattr__(self, "level", level)
        object.__setattr__(self, "resolution", resolution)

    def _check_words(self) -> None:
        for role in self.roles:
            _one_of(role, LOCATION_ROLES, "role")
        for detection in self.detections:
            _one_of(detection, DETECTIONS, "way of detection")
        for grouping in self.groupings:
            _one_of(grouping, (*GROUPINGS, *_FURTHER_GROUPINGS), "grouping")
        _one_of(self.variant, VARIANTS, "variant of the test")
        _one_of(self.counted, COUNTED, "way of counting")

    def _check_numbers(self) -> None:
        if not all(0 <= hour < 24 for hour in self.hours) or not all(0 <= day < 7 for day in self.weekdays):
            raise QuestionError("Hours run from 0 to 23 and weekdays from mon to sun.")
        if not 0.0 < self.q <= 0.5:
            raise QuestionError("The false discovery rate must be more than 0 and at most 0.5.")
        if not 1 <= self.radius_m <= 5000:
            raise QuestionError("The radius must be between 1 and 5000 metres.")

    @property
    def level_word(self) -> str:
        """The level as people write it: "ward", "cell:9"."""
        return self.level if self.resolution is None else f"{self.level}:{self.resolution}"

    def to_dict(self) -> dict[str, str | list[str]]:
        """The question in words, without its kind and without what is left at its default."""
        words: dict[str, str | list[str]] = {"level": self.level_word}
        for word, name in _DAYS.items():
            words |= {word: getattr(self, name).isoformat()} if getattr(self, name) else {}
        words |= {"hours": run_words(self.hours, [str(h) for h in range(24)])} if self.hours else {}
        words |= {"weekdays": run_words(self.weekdays, WEEKDAYS)} if self.weekdays else {}
        for word, name in _LISTED.items():
            words |= {word: list(getattr(self, name))} if getattr(self, name) else {}
        for word, name in _TEXTS.items():
            words |= {word: getattr(self, name)} if getattr(self, name) else {}
        words |= {"q": repr(self.q)} if self.q != 0.05 else {}
        words |= {"variant": self.variant} if self.variant != "full" else {}
        words |= {"counted": self.counted} if self.counted != "records" else {}
        words |= {"radius": str(self.radius_m)} if self.radius_m != 400 else {}
        return words | {name: "yes" for name in _SWITCHES if getattr(self, name)}

    def to_query(self) -> str:
        """The question as the query part of a URL."""
        return urlencode(self.to_dict(), doseq=True)


_DAYS = {"from": "period_from", "to": "period_to", "known": "known", "on": "on"}
_LISTED = {
    "agency": "agencies", "feed": "feeds", "theme": "themes", "category": "categories", "role": "roles",
    "detection": "detections", "class": "classes", "grouping": "groupings", "within": "within",
}  # fmt: skip
_TEXTS = {"around": "around", "text": "text"}
_SWITCHES = ("geometry", "names")
_LISTS = ("hours", "weekdays", *_LISTED.values())
_SINGLE = {"level", "variant", "counted", "q", "radius", "hours", "weekdays", *_SWITCHES, *_DAYS, *_TEXTS}


def question_from_words(kind: str, words: Mapping[str, str | Sequence[str]]) -> Question:
    """A question from the words of a command or a URL. Blank words are as if not written.

    Raises QuestionError for an unknown word, for a word given twice that may stand once, and for every value
    that cannot be read.
    """
    given = {word: kept for word, value in words.items() if (kept := _kept(value))}
    for word in given:
        if word not in _SINGLE and word not in _LISTED:
            raise QuestionError(f"There is no filter '{word}'.")
        if word in _SINGLE and word not in ("hours", "weekdays") and len(given[word]) > 1:
            raise QuestionError(f"'{word}' is given twice.")
    fields: dict[str, Any] = {
        name: parse_day(given[word][0], word) for word, name in _DAYS.items() if word in given
    }
    fields |= {name: tuple(given[word]) for word, name in _LISTED.items() if word in given}
    fields |= {name: given[word][0] for word, name in _TEXTS.items() if word in given}
    return Question(kind=kind, **fields, **_read_rest(given))


def question_from_query(kind: str, query: str) -> Question:
    """A question from the query part of a URL, as `Question.to_query` writes it."""
    return question_from_words(kind, parse_qs(query, keep_blank_values=True))


def _read_rest(given: Mapping[str, list[str]]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "level" in given:
        fields["level"], fields["resolution"] = parse_level(given["level"][0])
    if "hours" in given:
        fields["hours"] = parse_hours(",".join(given["hours"]))
    if "weekdays" in given:
        fields["weekdays"] = parse_weekdays(",".join(given["weekdays"]))
    if "q" in given:
        fields["q"] = parse_number(given["q"][0], "q")
    for word in ("variant", "counted"):
        if word in given:
            fields[word] = given[word][0]
    if "radius" in given:
        fields["radius_m"] = round(_finite(parse_number(given["radius"][0], "radius")))
    return fields | {name: given[name][0] == "yes" for name in _SWITCHES if name in given}


def _finite(number: float) -> float:
    if not abs(number) < 1e9:
        raise QuestionError("The radius must be between 1 and 5000 metres.")
    return number


def _kept(value: str | Sequence[str]) -> list[str]:
    values: Iterable[str] = [value] if isinstance(value, str) else value
    return [text for one in values if (text := str(one).strip())]


def _one_of(word: str, words: Sequence[str], what: str) -> None:
    if word not in words:
        raise QuestionError(f"There is no {what} '{word}': choose {', '.join(words)}.")
