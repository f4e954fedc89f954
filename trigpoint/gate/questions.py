"""Questions: what may be asked, in one frozen shape for pages, commands, exports and URLs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs, urlencode

from trigpoint.core.sharing.agreement import LOCATION_ROLES
from trigpoint.gate.answers import QuestionError
from trigpoint.gate.kind_rules import KINDS, KindRule, rule_of
from trigpoint.gate.question_words import (
    COUNTS,
    DAYS,
    LISTED,
    LISTS,
    MOST_M,
    NUMBERED,
    SWITCHES,
    TEXTS,
    read_words,
)
from trigpoint.gate.words import (
    LEVELS,
    RESOLUTIONS,
    WEEKDAYS,
    parse_clock,
    parse_level,
    parse_period,
    run_words,
)

__all__ = [
    "DETECTIONS",
    "GROUPINGS",
    "KINDS",
    "QUALITIES",
    "Question",
    "QuestionError",
    "question_from_query",
    "question_from_words",
]

GROUPINGS = ("units", "history", "agency", "theme", "category", "week", "detection", "quality")
"""What a picture is made of unless it is told; `month`, `grade`, `district`, `ward`, … `cell:9` may be asked for too."""
DETECTIONS = ("unknown", "reported", "discovered", "referral")
QUALITIES = ("A", "B", "C", "D", "E")
"""How well a record is placed: the store's 1 to 5. No grade of intelligence, which is a record's own."""
WORDS = {
    "variant": ("full", "fixed"),
    "counted": ("records", "events"),
    "background": ("", "even", "children", "records", "past"),
    "test": ("gi", "moran"),
    "esri": ("3", "2"),
    "window": ("cube", "neighbourhood", "step"),
    "mode": ("retrospective", "prospective"),
    "ties": ("all", "one"),
    "step": ("month", "day", "week", "quarter"),
    "flow": ("missing", "home"),
    "weighting": ("none", "standard"),
    "measure": ("count", "rate", "people"),
}
"""Words of a question that are one of a few; the first is meant where the kind has no usual word of its own."""
MOST_REPLICATES = 99_999
MOST_MONTHS = 60
_FURTHER_GROUPINGS = ("month", "grade", *LEVELS[:4], *(f"cell:{one}" for one in RESOLUTIONS))


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Lists are kept ascending and without repeats, so that equal questions are equal.

    `period_from` and `period_to` are half-open, None is without an end. Empty lists filter nothing. `hours` and
    `weekdays` are numbers (0..23; Monday 0). `within` are places by code or name, all of them together, and
    `around` is one; `known` asks as known at the end of that day; `q` is the false discovery rate and `variant` the
    law of a test; `background` is what it compares with ("" leaves it to the question); `counted` counts records or
    linked events; `on` is the day of notices and `start` that of an action; `bands_m` and `bands_days` are edges,
    half-open; `clock` is a part of the day, "15:15-17:00"; `geometry` asks for outlines beside the rows, `names` for
    the names of a picture's units, `stability` for how steady a hotspot is; `weighting` is how feeds are weighed
    against each other; `compared` is a second period, "2024-01-01..2024-07-01"; `qualities` are how well records are
    placed, A best; `measure` is what a picture tells of its units. What is left at "" or 0 is what the kind of
    question usually means (`KindRule`).
    Raises QuestionError, in one plain sentence.
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
    qualities: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    known: date | None = None
    groupings: tuple[str, ...] = ()
    q: float = 0.05
    variant: str = "full"
    counted: str = ""
    classes: tuple[str, ...] = ()
    around: str | None = None
    radius_m: int = 0
    on: date | None = None
    text: str = ""
    geometry: bool = False
    names: bool = False
    background: str = ""
    test: str = "gi"
    esri: str = "3"
    window: str = "cube"
    mode: str = "retrospective"
    ties: str = "all"
    replicates: int = 999
    step: str = ""
    bands_m: tuple[int, ...] = ()
    bands_days: tuple[int, ...] = ()
    start: date | None = None
    months: int = 0
    buffer_m: int = 0
    plan: str = ""
    rules: tuple[str, ...] = ()
    flow: str = "missing"
    clock: str = ""
    stability: bool = False
    weighting: str = "none"
    compared: str = ""
    measure: str = "count"

    def __post_init__(self) -> None:
        rule = rule_of(self.kind)
        self._settle(rule)
        self._settle_level(rule)
        for name in LISTS:
            if isinstance(getattr(self, name), str):
                raise TypeError(f"{name} are given as a list")
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        if self.period_from and self.period_to and self.period_from >= self.period_to:
            raise QuestionError(
                f"The period ends on {self.period_to}, which is not after it begins, {self.period_from}."
            )
        self._check_words()
        self._check_numbers()

    def _settle(self, rule: KindRule) -> None:
        for name in _LEFT_TO_THE_KIND:
            object.__setattr__(self, name, getattr(self, name) or getattr(rule, name))

    def _settle_level(self, rule: KindRule) -> None:
        level = self.level or rule.level
        level, resolution = parse_level(level if self.resolution is None else f"{level}:{self.resolution}")
        if level not in rule.levels:
            raise QuestionError(rule.refused)
        object.__setattr__(self, "level", level)
        object.__setattr__(self, "resolution", resolution)

    def _check_words(self) -> None:
        for role in self.roles:
            _one_of(role, LOCATION_ROLES, "role")
        for detection in self.detections:
            _one_of(detection, DETECTIONS, "way of detection")
        for quality in self.qualities:
            _one_of(quality, QUALITIES, "quality of a place")
        for grouping in self.groupings:
            _one_of(grouping, (*GROUPINGS, *_FURTHER_GROUPINGS), "grouping")
        if self.clock:
            parse_clock(self.clock)
        if self.compared:
            parse_period(self.compared, "with")
        for name, words in WORDS.items():
            _one_of(getattr(self, name), words, _NAMED.get(name, name))

    def _check_numbers(self) -> None:
        if not all(0 <= hour < 24 for hour in self.hours) or not all(0 <= day < 7 for day in self.weekdays):
            raise QuestionError("Hours run from 0 to 23 and weekdays from mon to sun.")
        if not 0.0 < self.q <= 0.5:
            raise QuestionError("The false discovery rate must be more than 0 and at most 0.5.")
        if not 0 <= self.radius_m <= MOST_M or not 0 <= self.buffer_m <= MOST_M:
            raise QuestionError(f"The radius must be between 1 and {MOST_M} metres.")
        if not 19 <= self.replicates <= MOST_REPLICATES:
            raise QuestionError(f"Replicates must be between 19 and {MOST_REPLICATES}.")
        if not 0 <= self.months <= MOST_MONTHS:
            raise QuestionError(f"Months must be between 0 and {MOST_MONTHS}.")
        if any(len(edges) == 1 for edges in (self.bands_m, self.bands_days)):
            raise QuestionError("Bands need at least two edges, such as 0-100-200.")

    @property
    def compared_period(self) -> tuple[date, date] | None:
        """The second period, half-open; None where none is named."""
        return parse_period(self.compared, "with") if self.compared else None

    @property
    def level_word(self) -> str:
        """The level as people write it: "ward", "cell:9"."""
        return self.level if self.resolution is None else f"{self.level}:{self.resolution}"

    def to_dict(self) -> dict[str, str | list[str]]:
        """The question in words, without its kind and without what is left at its default."""
        usual = rule_of(self.kind)
        words: dict[str, str | list[str]] = {"level": self.level_word}
        for word, name in DAYS.items():
            words |= {word: getattr(self, name).isoformat()} if getattr(self, name) else {}
        words |= {"hours": run_words(self.hours, [str(h) for h in range(24)])} if self.hours else {}
        words |= {"weekdays": run_words(self.weekdays, WEEKDAYS)} if self.weekdays else {}
        for word, name in LISTED.items():
            words |= {word: list(getattr(self, name))} if getattr(self, name) else {}
        for word, name in TEXTS.items():
            words |= {word: getattr(self, name)} if getattr(self, name) else {}
        for word, name in NUMBERED.items():
            words |= {word: "-".join(map(str, getattr(self, name)))} if getattr(self, name) else {}
        words |= {"q": repr(self.q)} if self.q != 0.05 else {}
        for name, known in WORDS.items():
            words |= (
                {name: getattr(self, name)} if getattr(self, name) != getattr(usual, name, known[0]) else {}
            )
        for word, name in COUNTS.items():
            fixed = getattr(usual, name, _USUAL.get(name, 0))
            words |= {word: str(getattr(self, name))} if getattr(self, name) != fixed else {}
        return words | {name: "yes" for name in SWITCHES if getattr(self, name)}

    def to_query(self) -> str:
        """The question as the query part of a URL."""
        return urlencode(self.to_dict(), doseq=True)


_LEFT_TO_THE_KIND = ("counted", "radius_m", "step", "months")
_USUAL = {"replicates": 999}
_NAMED = {"variant": "variant of the test", "counted": "way of counting"}


def question_from_words(kind: str, words: Mapping[str, str | Sequence[str]]) -> Question:
    """A question from the words of a command or a URL. Blank words are as if not written.

    Raises QuestionError for an unknown word, for a word given twice that may stand once, and for every value
    that cannot be read.
    """
    return Question(kind=kind, **read_words(words))


def question_from_query(kind: str, query: str) -> Question:
    """A question from the query part of a URL, as `Question.to_query` writes it."""
    return question_from_words(kind, parse_qs(query, keep_blank_values=True))


def _one_of(word: str, words: Sequence[str], what: str) -> None:
    if word not in words:
        raise QuestionError(f"There is no {what} '{word}': choose {', '.join(words)}.")
