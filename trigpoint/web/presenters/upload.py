"""An upload as its pages show it: how far it has come, and what would change if it were accepted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trigpoint.changes.incoming import size_words
from trigpoint.changes.uploads import UploadTold
from trigpoint.ingest.definition_model import Definition
from trigpoint.web.presenters.equation import Equation, equation
from trigpoint.web.presenters.words import counted, plain_formats

LAYERS = "Reference layers"
MOST_PERIODS = 24
STEP_WORDS = {
    "reading": "Reading the file",
    "checking": "Taking out identifiers, and checking rows",
    "comparing": "Comparing with what came before",
    "storing": "Storing the rows",
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What would become of one period: rows that count now and then, and what makes the difference."""

    what: str
    now: int
    then: int
    new: int
    gone: int
    changed: int
    same: int

    @property
    def shrinks(self) -> bool:
        return self.gone > self.new


@dataclass(frozen=True, slots=True)
class FaultRow:
    rows: int
    where: str
    column: str
    rule: str
    advice: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    row: int
    cells: tuple[str, ...]
    verdict: str
    fault: str


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What accepting a file would do, or what a definition makes of its sample."""

    equation: Equation
    unplaced: int
    messages: tuple[str, ...]
    question: str
    changes: tuple[ChangeRow, ...]
    more_changes: int
    faults: tuple[FaultRow, ...]
    sample_columns: tuple[str, ...]
    sample: tuple[SampleRow, ...]


@dataclass(frozen=True, slots=True)
class UploadPage:
    id: str
    title: str
    sentence: str
    file_name: str
    size: str
    definition: str
    agency: str
    stage: str
    at_work: bool
    may_cancel: bool
    stalled: bool
    rows_done: int
    rows_all: int | None
    extracted_on: date | None
    received_at: datetime
    until: datetime
    found: PreviewPage | None


def definition_choices(
    definitions: Iterable[Definition], agencies: Iterable[tuple[str, str]]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """For a list box: the agencies' feeds under their agencies' names in their fixed order, then the layers."""
    found: dict[str, list[tuple[str, str]]] = {name: [] for _, name in agencies}
    names = dict(agencies)
    layers: list[tuple[str, str]] = []
    for one in sorted(definitions, key=lambda each: each.title):
        feed = one.kind in ("records", "notices") or not one.open
        group = found.setdefault(names.get(one.agency, one.agency), []) if feed else layers
        group.append((one.name, one.title))
    return [(name, listed) for name, listed in (*found.items(), (LAYERS, layers)) if listed]


def progress_json(told: UploadTold) -> dict[str, object]:
    """What the page that watches needs, and nothing of the file's rows."""
    return {
        "stage": told.stage,
        "at_work": told.at_work,
        "sentence": progress_sentence(told),
        "done": told.rows_done,
        "all": told.rows_all,
    }


def progress_sentence(told: UploadTold) -> str:
    if told.cancel_asked and told.at_work:
        return "Stopping. Nothing will be stored."
    if told.stage == "queued":
        return "Waiting for the worker. It reads one file at a time."
    if not told.at_work:
        return ""
    doing = STEP_WORDS.get(told.step, told.step.capitalize() or "Opening the file")
    if told.rows_all:
        return f"{doing}: {told.rows_done:,} of {counted(told.rows_all, 'row', 'rows')}."
    return f"{doing}: {counted(told.rows_done, 'row', 'rows')} so far." if told.rows_done else f"{doing}."


def upload_page(told: UploadTold, agencies: Mapping[str, str]) -> UploadPage:
    return UploadPage(
        id=told.id,
        title=_title(told, told.preview.get("receipt")),
        sentence=progress_sentence(told) or told.fault,
        file_name=told.file_name,
        size=size_words(told.size_bytes),
        definition=told.definition,
        agency=agencies.get(told.agency, told.agency),
        stage=told.stage,
        at_work=told.at_work,
        may_cancel=told.at_work and not told.cancel_asked,
        stalled=told.stalled,
        rows_done=told.rows_done,
        rows_all=told.rows_all,
        extracted_on=told.extracted_on,
        received_at=told.received_at or told.created_at,
        until=told.until,
        found=preview_page(told.preview) if "receipt" in told.preview else None,
    )


def preview_page(found: Mapping[str, Any]) -> PreviewPage:
    receipt = found["receipt"]
    changes = [_change(one) for one in found["changes"]]
    sample = found.get("sample") or {"columns": [], "rows": []}
    return PreviewPage(
        equation=_equation(receipt),
        unplaced=receipt["unplaced"],
        messages=tuple(receipt["messages"]),
        question=found["question"] or "",
        changes=tuple(changes[:MOST_PERIODS]),
        more_changes=max(len(changes) - MOST_PERIODS, 0),
        faults=tuple(fault_row(one) for one in found["faults"]),
        sample_columns=tuple(sample["columns"]),
        sample=tuple(sample_row(one) for one in sample["rows"]),
    )


def fault_row(one: Mapping[str, Any]) -> FaultRow:
    return FaultRow(
        one["rows"],
        where_words(one["first_rows"], one["rows"]),
        one["column"],
        one["rule"],
        plain_formats(one["advice"]),
    )


def sample_row(one: Mapping[str, Any]) -> SampleRow:
    return SampleRow(one["row"], tuple(one["cells"]), one["verdict"], one["fault"])


def where_words(rows: Sequence[int], all_rows: int) -> str:
    """The numbers of the first few rows: 'Rows 3, 17, 29 and 40 more.'"""
    shown = ", ".join(f"{row:,}" for row in rows)
    more = all_rows - len(rows)
    return f"{'Row' if all_rows == 1 else 'Rows'} {shown}{f' and {more:,} more' if more else ''}."


def _equation(receipt: Mapping[str, int]) -> Equation:
    names = ("accepted", "quarantined", "duplicate", "superseded")
    return equation(receipt["input"], *(receipt[name] for name in names))


def _change(one: Mapping[str, Any]) -> ChangeRow:
    period = int(one["period"] or 0)
    when = date(period // 100, period % 100, 1).strftime("%B %Y") if period else ""
    what = ", ".join(part for part in (one["scope"] or "", when) if part) or "The whole feed"
    names = ("rows_now", "rows_then", "new", "gone", "changed", "same")
    return ChangeRow(what, *(int(one[name]) for name in names))


def _title(told: UploadTold, receipt: Mapping[str, int] | None) -> str:
    if told.stage == "ready" and receipt:
        if not receipt["input"]:
            return "The file has no rows."
        if receipt["duplicate"] == receipt["input"]:
            return "We have every row of this file already."
        would = f"{counted(receipt['accepted'], 'row', 'rows')} would come in."
        if not receipt["quarantined"]:
            return would
        needs = "would need" if receipt["quarantined"] else ""
        return f"{would} {receipt['quarantined']:,} {needs} you."
    return {
        "queued": "The file waits to be read",
        "reading": "The file is being read",
        "accepting": "The file is being brought in",
        "refused": "The file was not taken",
        "cancelled": "The file was cancelled",
        "expired": "Nobody decided in time",
    }.get(told.stage, told.file_name)
