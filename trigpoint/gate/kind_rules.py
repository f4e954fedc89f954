"""What each kind of question is: its levels, and what is meant where the question does not say."""

from dataclasses import dataclass

from trigpoint.gate.answers import QuestionError
from trigpoint.gate.words import LEVELS

__all__ = ["KINDS", "TESTS", "KindRule", "rule_of"]

_AREAS = ("district", "ward")
_FINE = ("cell", "street")


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind. `level`, `counted`, `radius_m`, `step` and `months` stand where a question leaves them open.

    `levels` are those it can be asked at, and `refused` the sentence for any other. `told` is whether its answer
    tells units of the question's level, so that its grain is that level's. `tests` marks a test of records: what
    is no concern is then never counted, whatever the question names. `about` is what the decision calls it.
    """

    level: str = "ward"
    levels: tuple[str, ...] = LEVELS
    refused: str = ""
    counted: str = "records"
    radius_m: int = 400
    step: str = "month"
    months: int = 0
    told: bool = False
    tests: bool = False
    about: str = "records"


_HOT = "Hotspots are tested on hexagons, streets or wards: choose the level cell, street or ward."
_LINKED = "Linked events are told by district or by ward."
_TOTALS = "What came already counted is told by district or by ward."
_OUTLINES = "Only districts, wards and lsoas have shapes to fetch."
_FINE_ONLY = "This is worked out on hexagons or streets: choose the level cell or street."
_BY_AREA = "This is told by district or by ward."
_WORK = "Work of our own is told by district, ward, street or hexagon."
_SILENCE = (
    "Silence is told by district; with the level ward, street or cell also the hotspots that may be missing."
)


def _tested(level: str = "cell", levels: tuple[str, ...] = (*_FINE, "ward"), **more: object) -> KindRule:
    return KindRule(level, levels, _HOT, "events", told=True, tests=True, **more)  # type: ignore[arg-type]


_RULES = {
    "counts": KindRule(told=True),
    "series": KindRule(),
    "hotspots": _tested(),
    "sites": KindRule(about="layers"),
    "notices": KindRule(about="layers"),
    "routes": KindRule(about="layers"),
    "work": KindRule("cell", ("district", "ward", *_FINE), _WORK, told=True),
    "coverage": KindRule(about="coverage"),
    "picture": KindRule(),
    "places": KindRule(about="places"),
    "shapes": KindRule(levels=LEVELS[:3], refused=_OUTLINES, about="places"),
    "choices": KindRule(about="places"),
    "events": KindRule("district", _AREAS, _LINKED, told=True),
    "unplaced": KindRule(about="words"),
    "totals": KindRule(levels=_AREAS, refused=_TOTALS),
    "rates": KindRule("ward", _AREAS, _BY_AREA, "events", told=True, tests=True),
    "emerging": _tested(),
    "scan": _tested(radius_m=3000, step="week", months=6),
    "density": KindRule(
        "cell", ("cell",), "A density is drawn from hexagons: choose the level cell.", radius_m=0, told=True
    ),
    "repeats": KindRule("cell", _FINE, _FINE_ONLY, "events", told=True, tests=True),
    "concentration": _tested("street", (*_FINE, "ward", "lsoa")),
    "accuracy": _tested(),
    "times": KindRule("district"),
    "around": KindRule("cell", LEVELS, radius_m=800, told=True),
    "facilities": _tested("cell", ("cell",), step="quarter"),
    "joint": _tested(),
    "silence": KindRule("district", ("district", "ward", *_FINE), _SILENCE, told=True, about="coverage"),
    "flows": KindRule("district", _AREAS, _BY_AREA, told=True),
    "worth": _tested("cell", _FINE),
    "evaluation": KindRule("street", (*_FINE, "ward"), _HOT, "events", 150, told=True, tests=True, months=12),
    "shifts": KindRule("district", _AREAS, _BY_AREA),
    "change": KindRule(told=True),
    "own_records": KindRule("street", told=True, about="own_rows"),
    "questions": KindRule("street", (*_FINE, "ward"), _HOT, "events", told=True, tests=True),
}
KINDS = tuple(_RULES)
TESTS = frozenset(kind for kind, rule in _RULES.items() if rule.tests)
"""Kinds that test: they share which records may take part, and never count what is no concern."""


def rule_of(kind: str) -> KindRule:
    """The rule of a kind. Raises QuestionError for one that there is not."""
    if kind not in _RULES:
        raise QuestionError(f"There is no kind of question '{kind}': choose {', '.join(KINDS)}.")
    return _RULES[kind]
