"""What passes from step to step: columns of text by the definition's own names, and rejections."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.ingest.definition_model import Definition

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that could not even be read into columns."""

    row: int
    column: str
    rule: str
    advice: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one file in the columns its definition names, every cell trimmed text, a blank cell "".

    `definition` is the one of the definition's layouts that the file has;
    `rows` are 1-based data rows of the file; `geometry` is WKB in EPSG:27700 (null where missing); `headers` are the
    columns' names in the file; `vintage` is the areas' year as columns or file name tell it, else "". `faults` are what
    reading found wrong with rows that could be read into columns; `received` is the day the file came and `month` the
    month its name tells (dates without a year lie near them).
    """

    definition: Definition
    columns: Mapping[str, pa.StringArray]
    rows: NDArray[np.int32]
    headers: Mapping[str, str]
    ragged: tuple[Rejected, ...] = ()
    geometry: pa.BinaryArray | None = None
    vintage: str = ""
    notes: tuple[str, ...] = ()
    faults: tuple["Fault", ...] = ()
    received: date | None = None
    month: date | None = None

    @property
    def count(self) -> int:
        """Data rows of the file, readable or not."""
        return len(self.rows) + len(self.ragged)

    def header(self, name: str) -> str:
        """What the file calls the column."""
        return self.headers.get(name, name)

    def text(self, name: str) -> pa.StringArray:
        """A column; blank throughout where it is optional and the file has none."""
        found = self.columns.get(name)
        return found if found is not None else pa.array([""] * len(self.rows), pa.string())


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that some rows break: which (a mask over the sheet's rows), in which column, and what to do about it."""

    mask: Mask
    column: str
    rule: str
    advice: str


def first_faults(faults: Iterable[Fault], count: int) -> NDArray[np.int32]:
    """For each of `count` rows the number of the first fault that it breaks, -1 where none. Shape (count,)."""
    first = np.full(count, -1, dtype=np.int32)
    for number, fault in enumerate(faults):
        first[fault.mask & (first < 0)] = number
    return first


def blank(values: pa.StringArray) -> Mask:
    """Which cells are empty."""
    return np.asarray(pa.compute.equal(values, "").to_numpy(zero_copy_only=False), dtype=np.bool_)
