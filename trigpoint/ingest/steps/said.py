"""What one way says of every row of a sheet, and the small arrays that it is made of."""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.ingest.codes import AREA_LEVEL
from trigpoint.ingest.sheet import Fault, Mask
from trigpoint.ingest.wordings import WordingSaid


@dataclass(frozen=True, slots=True)
class Said:
    """Which rows a way gives a place for, the fields of a candidate that it fills, and what is wrong with it.

    `quality` is each row's where they differ, else None; `wordings` the texts behind its digests.
    """

    given: Mask
    fields: dict[str, pa.Array] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    quality: NDArray[np.int8] | None = None
    wordings: tuple[WordingSaid, ...] = ()


def present(values: pa.Array) -> Mask:
    """Which entries are not null."""
    return np.asarray(values.is_valid().to_numpy(zero_copy_only=False), dtype=np.bool_)


def fixed(word: str | None, rows: Mask) -> pa.StringArray:
    """The same word for every row."""
    return pa.array([word] * len(rows), pa.string())


def area_level(level: str, rows: Mask) -> pa.Int8Array:
    """The number of an area's level for every row."""
    return pa.array(np.full(len(rows), AREA_LEVEL[level], dtype=np.int8))


def among(fault: Fault, rows: Mask) -> Fault:
    """The fault of those rows only."""
    return Fault(fault.mask & rows, fault.column, fault.rule, fault.advice)


def noted(rows: Mask, words: str) -> tuple[str, ...]:
    """A sentence of the receipt that starts with how many rows it is about; nothing where there is none."""
    count = int(rows.sum())
    return (f"{count} {words}",) if count else ()
