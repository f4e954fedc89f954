"""An answer as a page tells it: the sentence first, what must be said beside it, then the tables that matter."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.reasons import told_why
from trigpoint.gate.show import rows
from trigpoint.web.presenters.analysis_cells import Cell, Names, cell_of, map_link, said
from trigpoint.web.presenters.analysis_tables import TABLES, Shown
from trigpoint.web.presenters.analysis_words import COLUMN_NAMES, PART_TITLES

__all__ = ["Told", "ToldTable", "compared_sentence", "told"]

ROWS_SHOWN = 50
NOT_SHOWN = frozenset({
    "easting_m", "northing_m", "wkb", "geometry", "id", "members", "units", "ward_code", "code", "ref", "place",
    "attribution", "part",
})  # fmt: skip
NO_PLACE = "No place is told"
TOLD_WITHOUT_PLACE = frozenset({
    "letter", "rank", "people", "p", "rise_p", "first_day", "last_day", "observed", "recurrence_days",
})  # fmt: skip
"""What the gate tells of a concern about one source; the rest of its row is blank, and blank is not nought."""
Row = Mapping[str, Any]
Words = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class ToldTable:
    """A table as text: its headings, which of them hold figures, its rows, how many more there are, what none means."""

    title: str
    headings: tuple[tuple[str, bool], ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: int
    empty: str
    folded: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a page tells it.

    `cautions` are what whoever reads the sentence out must know; `notes` what else is said of the answer.
    """

    subject: str
    sentence: str
    cautions: tuple[str, ...]
    notes: tuple[str, ...]
    tables: tuple[ToldTable, ...]
    why: tuple[str, ...]
    attributions: tuple[str, ...]


def told(answer: Answer, names: Names, words: Words) -> Told:
    """`names` are of the codes in the tables, `words` the question's own, which the links to the map keep."""
    about = answer.about
    return Told(
        subject=_subject(about),
        sentence=said(str(about.get("sentence", ""))),
        cautions=tuple(said(one) for one in _cautions(about)),
        notes=tuple(said(one) for one in _notes(about)),
        tables=tuple(_tables(answer, names, words)),
        why=tuple(one["sentence"] for one in told_why(about)),
        attributions=tuple(str(one) for one in _listed(about.get("attributions"))),
    )


def _subject(about: Mapping[str, object]) -> str:
    """Which place is judged and from which day; "" for an answer about no work."""
    if about.get("kind") != "evaluation":
        return ""
    day = date.fromisoformat(str(about["start"]))
    return f"{about['place'] or 'This place'}, from {day:%-d %B %Y}"


COMPARED = {
    "records": "all records here",
    "children": "the children living here",
    "even": "an even spread over the county",
    "past": "the place's own past",
}
_CAUTIONS = ("cautions", "withheld", "passed_over")
_NOTES = (
    "said_before", "said_when_locked", "silence_note", "step_note", "cold_note", "unlike_note", "note", "within_note",
    "stability", "stands_on",
)  # fmt: skip


def compared_sentence(about: Mapping[str, object]) -> str:
    """What an answer with hotspots was tested against, and why; "" where it names no background."""
    used = COMPARED.get(str(about.get("background", "")))
    if used is None:
        return ""
    why = str(about.get("background_why") or "")
    return f"Tested against {used}{', ' + why if why else ''}."


def _cautions(about: Mapping[str, object]) -> Iterator[str]:
    for word in _CAUTIONS:
        yield from (str(one) for one in _listed(about.get(word)))


def _notes(about: Mapping[str, object]) -> Iterator[str]:
    if compared := compared_sentence(about):
        yield compared
    for word in _NOTES:
        if about.get(word):
            text = str(about[word])
            yield text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _tables(answer: Answer, names: Names, words: Words) -> Iterator[ToldTable]:
    for shown in TABLES.get(answer.kind, _every(answer)):
        part = answer.parts.get(shown.part) if shown.part else answer.columns
        if part is None:
            continue
        found = _found(shown, part)
        if found or shown.empty:
            yield _table(answer, shown, found, names, words)


def _found(shown: Shown, part: Table) -> list[Row]:
    first = shown.first
    found: list[Row] = [row for row in rows(part) if shown.keep is None or shown.keep(row)]
    if shown.most:
        found.sort(key=lambda row: -_number(row[shown.most]))
    if first is not None:
        found.sort(key=lambda row: not first(row))
    return found


def _every(answer: Answer) -> tuple[Shown, ...]:
    return tuple(Shown(part, _title(answer.kind, part)) for part in ("", *answer.parts) if part != "geometry")


def _title(kind: str, part: str) -> str:
    return PART_TITLES.get((kind, part)) or (part or kind).replace("_", " ").capitalize()


def _number(value: Any) -> float:
    return float(value) if value is not None else -inf


def _table(answer: Answer, shown: Shown, found: list[Row], names: Names, words: Words) -> ToldTable:
    held = _columns(found)
    columns = [name for name in shown.columns if name in held] if shown.columns else held
    columns = [name for name in columns if shown.columns or name not in NOT_SHOWN]
    told_rows = [_cells(answer, row, columns, names, words) for row in found[:ROWS_SHOWN]]
    headings = tuple(
        (_heading(answer.kind, name), any(cells[at].figure for cells in told_rows))
        for at, name in enumerate(columns)
    )
    more = max(len(found) - ROWS_SHOWN, 0)
    return ToldTable(shown.title, headings, tuple(told_rows), more, shown.empty, shown.folded)


def _columns(found: list[Row]) -> list[str]:
    """Columns worth a reader's time: those that hold anything at all."""
    names = found[0] if found else ()
    return [name for name in names if any(row[name] not in (None, "", []) for row in found)]


def _heading(kind: str, name: str) -> str:
    known = COLUMN_NAMES.get(f"{kind}.{name}") or COLUMN_NAMES.get(name)
    return known or name.replace("_", " ").capitalize()


def _cells(answer: Answer, row: Row, columns: list[str], names: Names, words: Words) -> tuple[Cell, ...]:
    few = row.get("verdict") == "few" and "people" in row
    cells = []
    for name in columns:
        value = _place_of(row, name) if not few else _without_place(row, name)
        if name == "people":
            value = str(value)[:1].upper() + str(value)[1:]
        href = "" if few else _href(answer, name, row, words)
        cells.append(cell_of(name, _heading(answer.kind, name), value, names, href))
    return tuple(cells)


def _place_of(row: Row, name: str) -> Any:
    if name == "ward" and row.get("district"):
        return ", ".join(one for one in (row["ward"], row["district"]) if one)
    return row[name]


def _without_place(row: Row, name: str) -> Any:
    """Of a concern about one source nothing that would say where it is, whatever the row holds."""
    if name in ("ward", "district"):
        return ""
    if name == "name":
        return NO_PLACE
    return row[name] if name in TOLD_WITHOUT_PLACE else "withheld"


def _href(answer: Answer, name: str, row: Row, words: Words) -> str:
    if name == "name" and answer.kind != "around":
        return map_link(answer, row, words)
    if name == "id" and answer.kind == "worth" and row["id"]:
        return f"/unplaced/{row['id']}/"
    return ""


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []
