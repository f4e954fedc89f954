"""The analyses as pages: which there are, and which words each can be asked with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trigpoint.web.presenters.analysis_words import FIELDS, Field

__all__ = ["ANALYSES", "Analysis", "Choice", "FormField", "analysis_form", "carried_words"]


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
            "times",
            "When in the day",
            "When does it happen?",
            ("months", "theme", "agency", "within", "along", "clock", "days"),
            12,
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
            ("around", "level", "start", "radius", "buffer", "span", "plan"),
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


def carried_words(analysis: Analysis, words: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Words of the question that no field of the form holds, so that asking again keeps them; the period is a field."""
    own = {FIELDS[name].word for name in analysis.fields} | {"from", "to"}
    return tuple((word, value) for word, values in words.items() if word not in own for value in values)
