"""Everything up to the decision: from a raw file to its receipt and the rows it would add. Nothing is stored here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.keys import row_key
from trigpoint.ingest.ledger import Arrival, Earlier, Group
from trigpoint.ingest.receipt import Receipt
from trigpoint.ingest.sheet import first_faults
from trigpoint.ingest.spool import Spooled
from trigpoint.ingest.steps import aggregates, layers, normalise, sites, timetable
from trigpoint.ingest.steps.accept import accepted_table, quarantine_table
from trigpoint.ingest.steps.normalise import Normalised
from trigpoint.ingest.steps.read import read
from trigpoint.ingest.steps.settle import ACCEPTED, DUPLICATE, SUPERSEDED, settle, standing
from trigpoint.ingest.steps.strip import Stripped, strip
from trigpoint.ingest.surroundings import Surroundings


@dataclass(frozen=True, slots=True)
class Prepared:
    """What would be stored: the rows accepted, the rows put aside, and the groups that the rows make up."""

    receipt: Receipt
    accepted: pa.Table
    quarantined: pa.Table
    groups: tuple[Group, ...]


def prepare(
    raw: Spooled,
    definition: Definition,
    around: Surroundings,
    before: Sequence[Earlier],
    arrived: Arrival,
    received: date,
) -> Prepared:
    """read → strip → check → normalise → locate → settle. Raises LoadRefused where the file cannot be read."""
    stripped = strip(read(raw.path, raw.name, definition), around.keys, received, around.place_names)
    sheet = stripped.sheet
    normalised = KINDS[definition.kind](stripped, around)
    stands = standing(sheet)
    faults = [*normalised.faults, *stands.faults]
    first = first_faults(faults, len(sheet.rows))
    sound = first < 0
    settled = settle(stripped, sound, stands, before, arrived)
    kept = sound & (settled.verdict == ACCEPTED)
    receipt = Receipt(
        delivery=0,
        definition=definition.name,
        file=raw.name,
        sha256=raw.sha256,
        input=sheet.count,
        accepted=int(kept.sum()),
        quarantined=int((~sound).sum()) + len(sheet.ragged),
        duplicate=int((sound & (settled.verdict == DUPLICATE)).sum()),
        superseded=int((sound & (settled.verdict == SUPERSEDED)).sum()),
        unplaced=int((kept & normalised.unplaced).sum()),
        status="accepted",
        messages=(*sheet.notes, *normalised.notes),
    )
    table = accepted_table(stripped, stands, normalised, kept)
    return Prepared(receipt, table, quarantine_table(sheet, faults, first), settled.groups)


def _records(stripped: Stripped, around: Surroundings) -> Normalised:
    return normalise.records(stripped, around)


def _notices(stripped: Stripped, around: Surroundings) -> Normalised:
    return sites.notices(stripped.sheet, row_key(around.keys))


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
