"""Records: an agency's words, dates and places to the columns every record has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.ingest.codes import DETECTION, GRADE, HANDLING, MARKING
from trigpoint.ingest.definition_records import Records
from trigpoint.ingest.keys import row_key
from trigpoint.ingest.sheet import Fault, Mask, Sheet
from trigpoint.ingest.steps.choose import Chosen, choose, theme_bits, theme_mask
from trigpoint.ingest.steps.dates import occurred, utc_offset_min
from trigpoint.ingest.steps.grading import graded
from trigpoint.ingest.steps.locate import Whereabouts, locate
from trigpoint.ingest.steps.strip import Stripped
from trigpoint.ingest.surroundings import Surroundings
from trigpoint.ingest.wordings import WordingSaid


@dataclass(frozen=True, slots=True)
class Normalised:
    """A kind's own columns for every row of a sheet (faulty rows too), and what is wrong with which."""

    columns: Mapping[str, pa.Array]
    unplaced: Mask
    faults: Sequence[Fault]
    notes: tuple[str, ...] = ()
    wordings: tuple[WordingSaid, ...] = ()


def records(stripped: Stripped, around: Surroundings) -> Normalised:
    """Every row as a record."""
    told = stripped.sheet.definition.records
    if told is None:
        raise ValueError("not a definition of records")
    sheet = stripped.sheet
    start, end, precision, date_faults = occurred(sheet, told.when)
    around.told(0.4)
    category, category_faults = choose(sheet, told.category)
    masks, notes = _themes(sheet, told, category, around.bits)
    grades, grade_faults, grade_notes = _graded(sheet, told)
    around.told(0.7)
    located = locate(sheet, told.claims, Whereabouts(around.lsoa_of, around.extent, row_key(around.keys)))
    around.told(1.0)
    has_token = np.asarray(stripped.token.to_numpy()) != 0
    columns = {
        "category": category.array(),
        "theme_mask": pa.array(masks),
        **grades,
        "occurred_from": pa.array(start),
        "occurred_to": pa.array(end),
        "utc_offset_min": pa.array(utc_offset_min(start)),
        "time_precision": pa.array(precision),
        "token": stripped.token,
        "token_window": pa.array(np.where(has_token, stripped.token_window, 0).astype(np.int16)),
        "claims": located.claims,
    }
    faults = [*date_faults, *category_faults, *grade_faults, *located.faults]
    return Normalised(
        columns, located.unplaced, faults, (*notes, *grade_notes, *located.notes), located.wordings
    )


def owner_faults(sheet: Sheet) -> list[Fault]:
    """Rows that are another agency's to send: an agency writes only its own."""
    owner = sheet.definition.owner
    if owner is None:
        return []
    chosen, unknown = choose(sheet, owner)
    others = ~chosen.where(sheet.definition.agency) & ~chosen.where("")
    header = sheet.header(owner.column or sheet.definition.agency)
    advice = "Leave it out: the agency whose row it is sends it."
    return [*unknown, Fault(others, header, "a row that belongs to another agency", advice)]


def _themes(
    sheet: Sheet, told: Records, category: Chosen, bits: Mapping[str, int]
) -> tuple[NDArray[np.uint64], tuple[str, ...]]:
    masks = np.full(len(sheet.rows), theme_mask(told.themes, bits), dtype=np.uint64)
    for code, themes in told.themes_by_category.items():
        masks[category.where(code)] |= np.uint64(theme_mask(themes, bits))
    notes: list[str] = []
    for rule in told.theme_rules:
        found, note = theme_bits(sheet, rule, bits)
        masks |= found
        notes += [note] if note else []
    return masks, tuple(notes)


def _graded(sheet: Sheet, told: Records) -> tuple[dict[str, pa.Array], list[Fault], tuple[str, ...]]:
    """Detection, grade, handling and marking, each a small whole number."""
    columns: dict[str, pa.Array] = {}
    faults: list[Fault] = []
    parts = (
        ("detection", told.detection, DETECTION),
        ("grade", told.grade, GRADE),
        ("handling", told.handling, HANDLING),
        ("marking", told.marking, MARKING),
    )
    for name, choice, table in parts:
        chosen, unknown = choose(sheet, choice)
        columns[name] = pa.array(chosen.codes(table))
        faults += unknown
    if told.grading is None:
        return columns, faults, ()
    read = graded(sheet, told.grading)
    columns |= {"grade": read.grade, "handling": read.handling}
    columns |= {"marking": read.marking} if read.marking is not None else {}
    return columns, faults, read.notes
