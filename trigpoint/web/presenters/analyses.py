"""The analyses as pages: which there are, which words each can be asked with, and their answers as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.reasons import told_why
from trigpoint.gate.show import rows
from trigpoint.web.presenters.analysis_words import COLUMN_NAMES, FIELDS, PART_TITLES, Field

__all__ = ["ANALYSES", "Analysis", "Choice", "FormField", "Told", "ToldTable", "analysis_form", "told"]

ROWS_SHOWN = 100
NOT_SHOWN = frozenset({"easting_m", "northing_m", "wkb", "geometry", "id", "members", "units", "ward_code"})


@dataclass(frozen=True, slots=True)
class Analysis:
    """One analysis: what it is called, the question it answers, and the words it can be asked with."""

    kind: str
    title: str
    question: str
    fields: tuple[str, ...]
    months: int = 12


_HOT = ("level", "months", "theme", "agency")
ANALYSES = {
    one.kind: one
    for one in (
        Analysis(
            "questions", "Questions for the meeting", "What should we ask each other?", ("level", "months")
        ),
        Analysis(
            "hotspots", "Hotspots", "Which places are hot now?", (*_HOT, "background", "test", "stability")
        ),
        Analysis(
            "emerging",
            "New, growing, fading",
            "Which places are new, and which have lasted?",
            (*_HOT, "step"),
            24,
        ),
        Analysis(
            "scan",
            "Clusters in place and time",
            "Where did more happen than usual, and when?",
            (*_HOT, "mode"),
            24,
        ),
        Analysis(
            "joint",
            "Joined and apart",
            "Which places does only the joined picture show, and who shows them?",
            _HOT,
        ),
        Analysis(
            "around",
            "What stands around",
            "What is within a ten-minute walk, and is it more than usual?",
            ("around", "radius", "months"),
        ),
        Analysis(
            "facilities",
            "Facilities and risk",
            "Near which kinds of place is risk higher?",
            ("months", "theme"),
            24,
        ),
        Analysis(
            "silence", "Quiet or silent", "Who has stopped sending?", ("area_level", "months", "agency"), 24
        ),
        Analysis(
            "flows",
            "From and to",
            "Where do they go missing from, and where are they found?",
            ("area_level", "months", "flow"),
            24,
        ),
        Analysis(
            "times", "When in the day", "When does it happen?", ("months", "theme", "agency", "within"), 12
        ),
        Analysis(
            "repeats", "Again and near", "Does one event make another nearby more likely?", (*_HOT,), 24
        ),
        Analysis("concentration", "How concentrated", "How few places hold most of it?", _HOT),
        Analysis(
            "accuracy",
            "Did hotspots foretell",
            "How well did past hotspots say what came?",
            (*_HOT, "step"),
            24,
        ),
        Analysis(
            "rates",
            "Rates with their doubt",
            "Which wards have high rates, small numbers allowed for?",
            ("area_level", "months", "theme", "agency"),
        ),
        Analysis("density", "Density", "What does it look like from afar?", ("months", "theme", "agency")),
        Analysis(
            "shifts",
            "Has the theme shifted",
            "Is a shift between themes real, or a change of code?",
            ("area_level", "months", "theme"),
            24,
        ),
        Analysis(
            "worth", "Worth placing", "Which unplaced records would change the map most?", ("level", "months")
        ),
        Analysis(
            "evaluation",
            "Did it work",
            "Did it reduce harm, or move it?",
            ("around", "start", "radius", "buffer", "span", "plan"),
            0,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form: a list to choose from where there are choices, else a box to write in."""

    word: str
    label: str
    value: str
    choices: tuple[Choice, ...]
    hint: str
    type: str


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table as text: its headings, which of them hold figures, its rows, and how many more there are."""

    title: str
    headings: tuple[str, ...]
    figures: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a page tells it: the sentence first, then the tables, then how it was worked out."""

    sentence: str
    tables: tuple[ToldTable, ...]
    method: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    attributions: tuple[str, ...]


def analysis_form(
    analysis: Analysis, words: Mapping[str, str], lists: Mapping[str, Sequence[Mapping[str, str]]]
) -> tuple[FormField, ...]:
    """The fields of an analysis, filled with the words given; `lists` are {code, name} under themes and agencies."""
    return tuple(_field(FIELDS[name], words, lists) for name in analysis.fields)


def _field(
    field: Field, words: Mapping[str, str], lists: Mapping[str, Sequence[Mapping[str, str]]]
) -> FormField:
    value = words.get(field.word, field.usual)
    listed = [(one["code"], one["name"]) for one in lists.get(field.listed, ())]
    offered = [("", field.every), *listed] if field.listed else list(field.choices)
    choices = tuple(Choice(code, name, code == value) for code, name in offered)
    return FormField(field.word, field.label, value, choices, field.hint, field.type)


def told(answer: Answer) -> Told:
    about = answer.about
    tables = [_table(_title(answer.kind, answer.kind), answer.columns)]
    parts = [
        _table(_title(answer.kind, name), part) for name, part in answer.parts.items() if name != "geometry"
    ]
    named = answer.kind == "hotspots"
    ordered = [*parts, *tables] if named else [*tables, *parts]
    return Told(
        sentence=str(about.get("sentence", "")),
        tables=tuple(one for one in ordered if one.headings),
        method=tuple(_method(about)),
        why=tuple(one["sentence"] for one in told_why(about)),
        attributions=tuple(str(one) for one in _listed(about.get("attributions"))),
    )


_METHOD = (
    ("method", "How"),
    ("compared_with", "Compared with"),
    ("left_out_of_test", "Left out"),
    ("silence", "Silence"),
    ("denominator", "Per"),
    ("within_note", "Place"),
)


def _method(about: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for word, label in _METHOD:
        if about.get(word):
            yield label, str(about[word])
    period = _listed(about.get("period"))
    if len(period) == 2 and period[0]:
        yield "Period", f"From {period[0]} to before {period[1]}"
    yield "Publication", str(about.get("publication", ""))


def _title(kind: str, part: str) -> str:
    return PART_TITLES.get((kind, part)) or PART_TITLES.get(("", part)) or part.replace("_", " ").capitalize()


def _table(title: str, table: Table) -> ToldTable:
    found = list(rows({name: column for name, column in table.items() if name not in NOT_SHOWN}))
    names = list(found[0]) if found else []
    figures = tuple(all(isinstance(row[name], int | float | None) for row in found) for name in names)
    shown = tuple(tuple(_text(row[name]) for name in names) for row in found[:ROWS_SHOWN])
    headings = tuple(COLUMN_NAMES.get(name, name.replace("_", " ").capitalize()) for name in names)
    return ToldTable(title, headings, figures, shown, max(len(found) - ROWS_SHOWN, 0))


def _text(value: Any) -> str:
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value[:8]) + (" …" if len(value) > 8 else "")
    return str(value)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
