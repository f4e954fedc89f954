"""Everything up to the decision: from a raw file to its receipt and the rows it would add. Nothing is stored here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.db.home import Home
from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.erased import erased_faults, known_marks
from trigpoint.ingest.keys import row_key
from trigpoint.ingest.known_keys import known_keys
from trigpoint.ingest.ledger import Arrival, Earlier, Group, said_before
from trigpoint.ingest.quarantined import quarantine_table
from trigpoint.ingest.receipt import Progress, Receipt, Told
from trigpoint.ingest.sheet import Fault, Sheet, first_faults
from trigpoint.ingest.spool import Spooled
from trigpoint.ingest.steps import aggregates, layers, normalise, sites, timetable
from trigpoint.ingest.steps.accept import accepted_table
from trigpoint.ingest.steps.normalise import Normalised, owner_faults
from trigpoint.ingest.steps.read import read
from trigpoint.ingest.steps.settle import History, Settled, Standing, settle, standing
from trigpoint.ingest.steps.strip import Stripped, strip
from trigpoint.ingest.surroundings import Surroundings
from trigpoint.ingest.verdicts import ACCEPTED, DUPLICATE, QUARANTINED, SUPERSEDED
from trigpoint.ingest.wordings import WordingSaid


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be stored, and what became of every row that could be read (`verdict`, `faults`, `first`).

    `erased` are the rows that were erased for good before and are kept out.
    """

    receipt: Receipt
    accepted: pa.Table
    quarantined: pa.Table
    groups: tuple[Group, ...]
    confirmed: tuple[Group, ...]
    confirmed_keys: pa.Table | None
    wordings: tuple[WordingSaid, ...]
    stripped: Stripped
    stands: Standing
    verdict: NDArray[np.int8]
    faults: Sequence[Fault]
    first: NDArray[np.int32]
    erased: tuple[int, ...] = ()


def prepare(
    raw: Spooled,
    definition: Definition,
    around: Surroundings,
    history: History,
    arrived: Arrival,
    received: date,
    tell: Progress,
) -> Prepared:
    """read → strip → check → normalise → locate → settle. Raises LoadRefused where the file cannot be read."""
    tell("reading", 0, None)
    sheet = read(raw.path, raw.name, definition, tell, received)
    tell("stripping", 0, sheet.count)
    told = _told_of("stripping", sheet.count, tell)
    stripped = strip(sheet, around.keys, received, around.place_names, told)
    return judged(stripped, raw, around, history, arrived, tell)


def history_of(definition: Definition, before: Sequence[Earlier], home: Home) -> History:
    """What is known of a feed, as far as a new delivery must know it."""
    erased = known_marks(definition.name)
    if definition.currency.by == "key":
        return History({}, known_keys(definition.name, before, home), erased=erased)
    return History(said_before(before), None, erased=erased)


def judged(
    stripped: Stripped, raw: Spooled, around: Surroundings, history: History, arrived: Arrival, tell: Progress
) -> Prepared:
    """check → normalise → locate → settle: the verdict on rows that hold no reference to a person."""
    sheet = stripped.sheet
    tell("checking", 0, sheet.count)
    watched = replace(around, told=_told_of("checking", sheet.count, tell))
    normalised = KINDS[sheet.definition.kind](stripped, watched)
    stands = standing(sheet)
    erased = erased_faults(stripped, history.erased, around.keys)
    faults = [*erased, *sheet.faults, *owner_faults(sheet), *normalised.faults, *stands.faults]
    first = first_faults(faults, len(sheet.rows))
    tell("comparing", 0, sheet.count)
    settled = settle(stripped, first < 0, stands, history, arrived)
    verdict = np.where(first < 0, settled.verdict, QUARANTINED).astype(np.int8)
    tell("compared", sheet.count, sheet.count)
    return Prepared(
        receipt=_receipt(stripped, raw, normalised, verdict, settled, erased),
        accepted=accepted_table(stripped, stands, normalised, verdict == ACCEPTED),
        quarantined=quarantine_table(stripped, faults, first),
        groups=settled.groups,
        confirmed=settled.confirmed,
        confirmed_keys=settled.confirmed_keys,
        wordings=getattr(normalised, "wordings", ()),
        stripped=stripped,
        stands=stands,
        verdict=verdict,
        faults=faults,
        first=first,
        erased=_rows_of(sheet, erased),
    )


def _told_of(step: str, count: int, tell: Progress) -> Told:
    """Tells the share of a step that is done as so many of `count` rows."""
    return lambda share: tell(step, int(share * count), count)


def _receipt(
    stripped: Stripped,
    raw: Spooled,
    normalised: Normalised,
    verdict: NDArray[np.int8],
    settled: Settled,
    erased: Sequence[Fault],
) -> Receipt:
    sheet = stripped.sheet
    return Receipt(
        delivery=0,
        definition=sheet.definition.name,
        file=raw.name,
        sha256=raw.sha256,
        input=sheet.count,
        accepted=int((verdict == ACCEPTED).sum()),
        quarantined=int((verdict == QUARANTINED).sum()) + len(sheet.ragged),
        duplicate=int((verdict == DUPLICATE).sum()),
        superseded=int((verdict == SUPERSEDED).sum()),
        unplaced=int(((verdict == ACCEPTED) & normalised.unplaced).sum()),
        status="accepted",
        messages=(*sheet.notes, *normalised.notes, *_superseded(settled.superseded_by), *_kept_out(erased)),
    )


def _rows_of(sheet: Sheet, faults: Sequence[Fault]) -> tuple[int, ...]:
    return tuple(int(row) for fault in faults for row in sheet.rows[fault.mask])


def _kept_out(erased: Sequence[Fault]) -> tuple[str, ...]:
    """That rows which were erased came again, and are kept out."""
    many = sum(int(fault.mask.sum()) for fault in erased)
    if not many:
        return ()
    return (
        f"{many:,} row{' was' if many == 1 else 's were'} erased for good before and {'is' if many == 1 else 'are'} "
        "kept out. Information governance can let them come back.",
    )


def _superseded(by: Mapping[int, int]) -> tuple[str, ...]:
    """That an older extract rolled nothing back, and which newer ones stand against it."""
    told = [
        f"{rows} rows stay superseded: delivery {number} is of a newer extract and says otherwise."
        for number, rows in sorted(by.items())
        if number
    ]
    within = (
        f"{by[0]} rows were superseded by a later row of this file with the same key." if 0 in by else None
    )
    return (*told, *([within] if within else []))


def _records(stripped: Stripped, around: Surroundings) -> Normalised:
    return normalise.records(stripped, around)


def _notices(stripped: Stripped, around: Surroundings) -> Normalised:
    return sites.notices(stripped.sheet, row_key(around.keys), around.extent())


KINDS: dict[str, Callable[[Stripped, Surroundings], Normalised]] = {
    "records": _records,
    "areas": lambda stripped, _: layers.areas(stripped.sheet),
    "lookup": lambda stripped, _: layers.lookup(stripped.sheet),
    "postcodes": lambda stripped, _: layers.postcodes(stripped.sheet),
    "streets": lambda stripped, _: layers.streets(stripped.sheet),
    "shapes": lambda stripped, _: layers.shapes(stripped.sheet),
    "population": lambda stripped, _: layers.population(stripped.sheet),
    "sites": lambda stripped, _: sites.sites(stripped.sheet),
    "notices": _notices,
    "totals": lambda stripped, around: aggregates.totals(stripped.sheet, around.bits),
    "uprns": lambda stripped, _: aggregates.uprns(stripped.sheet),
    "deprivation": lambda stripped, _: aggregates.deprivation(stripped.sheet),
    "aliases": lambda stripped, _: aggregates.aliases(stripped.sheet),
    "timetable": lambda stripped, _: timetable.timetable(stripped.sheet),
}
