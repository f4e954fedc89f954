"""What would change if a file were accepted: its receipt, its faults, and the picture before and after. Stores nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from trigpoint.db.holding import in_use
from trigpoint.db.home import current_home
from trigpoint.ingest.changing import Change, changes
from trigpoint.ingest.consider import Considered, Request, considered
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.erased import ERASED
from trigpoint.ingest.load import clear_once, request_for, whole_disk
from trigpoint.ingest.prepare import Prepared
from trigpoint.ingest.receipt import Progress, Receipt, untold
from trigpoint.ingest.spool import Spooled, spooled
from trigpoint.ingest.verdicts import WORDS

SAMPLE_ROWS = 10
FIRST_ROWS = 5


@dataclass(frozen=True, slots=True)
class FaultCount:
    """One kind of fault: how many rows have it, the first few of them, in which column, and what to do."""

    rows: int
    first_rows: tuple[int, ...]
    column: str
    rule: str
    advice: str


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One of the first rows as stripped, under the file's own headers, and what would become of it."""

    row: int
    cells: Mapping[str, str]
    verdict: str
    column: str = ""
    rule: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The receipt (`delivery` 0), the question that somebody must answer (else None), and what would change."""

    receipt: Receipt
    question: str | None
    faults: tuple[FaultCount, ...] = ()
    changes: tuple[Change, ...] = ()
    sample: tuple[SampleRow, ...] = ()

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def preview(
    *,
    definition: str | Definition,
    path: Path,
    name: str | None = None,
    by: str,
    at: datetime,
    received_at: datetime | None = None,
    extracted_on: date | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Look at a file as `load` would, called `name` (default: as it is), and store nothing, not even a refusal.

    Raises LoadRefused where it cannot be read, and whatever `progress` raises.
    """
    home = current_home()
    clear_once(home, at)
    request = request_for(definition, by, at, received_at, extracted_on, None, home)
    with in_use(home), whole_disk(), spooled(path, home.spool) as raw:
        called = replace(raw, name=name or raw.name)
        return _told(considered(request, called, home, progress or untold), request, called)


def _told(found: Considered, request: Request, raw: Spooled) -> Preview:
    if found.prepared is None:
        return Preview(_repeated(found, request, raw), None)
    prepared = found.prepared
    nothing_new = prepared.receipt.duplicate == prepared.receipt.input > 0
    return Preview(
        receipt=replace(prepared.receipt, status="duplicate") if nothing_new else prepared.receipt,
        question=found.question,
        faults=tuple(_faults(prepared)),
        changes=tuple(changes(found)),
        sample=tuple(_sample(prepared)),
    )


def _repeated(found: Considered, request: Request, raw: Spooled) -> Receipt:
    known = found.repeated
    rows = known.rows_input if known is not None else 0
    number = (known.confirms or known.number) if known is not None else 0
    message = f"The same file was accepted before, as delivery {number}."
    return Receipt(
        0, request.definition.name, raw.name, raw.sha256, rows, 0, 0, rows, 0, 0, "duplicate", (message,)
    )


def _faults(prepared: Prepared) -> Iterator[FaultCount]:
    """The kinds of fault, the commonest first."""
    table = prepared.quarantined
    rows: dict[tuple[str, str, str], list[int]] = {}
    told = (table[name].to_pylist() for name in ("column", "rule", "advice", "row"))
    for column, rule, advice, row in zip(*told, strict=True):
        rows.setdefault((column, rule, advice), []).append(row)
    for kind, numbers in sorted(rows.items(), key=lambda entry: (-len(entry[1]), entry[1])):
        yield FaultCount(len(numbers), tuple(numbers[:FIRST_ROWS]), *kind)


def _sample(prepared: Prepared) -> Iterator[SampleRow]:
    sheet = prepared.stripped.sheet
    columns = {sheet.header(name): values[:SAMPLE_ROWS].to_pylist() for name, values in sheet.columns.items()}
    for place in range(min(SAMPLE_ROWS, len(sheet.rows))):
        cells = {header: values[place] for header, values in columns.items()}
        verdict = WORDS[int(prepared.verdict[place])]
        number = int(prepared.first[place])
        fault = prepared.faults[number] if number >= 0 else None
        row = int(sheet.rows[place])
        if fault is None:
            yield SampleRow(row, cells, verdict)
        else:
            shown = {} if fault.rule == ERASED else cells
            yield SampleRow(row, shown, verdict, fault.column, fault.rule, fault.advice)
