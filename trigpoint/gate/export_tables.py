"""An answer as flat tables: what a sheet, a layer or a CSV file holds. Shapes are WKB in EPSG:27700."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from trigpoint.gate.answers import Answer, Column, Table
from trigpoint.gate.outlines import grid_geometry
from trigpoint.gate.show import NOT_SHOWN, plain

__all__ = ["FlatTable", "are_days", "flat_tables"]

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
Shapes = tuple[bytes | None, ...]


@dataclass(frozen=True, slots=True)
class FlatTable:
    """One table. Values are numbers, text, booleans or None (not known, or withheld); lists became text.

    `shapes` has one WKB (EPSG:27700, metres) or None a row; it is None for a table that has no place. `decimals` are
    columns of decimals, even where no value of them is known.
    """

    name: str
    columns: Mapping[str, tuple[Any, ...]]
    shapes: Shapes | None = None
    decimals: frozenset[str] = frozenset()

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values()), ()))


def are_days(values: Sequence[Any]) -> bool:
    """Whether a column is of days: one is known at least, and all that are known are written as the gate writes a day."""
    known = [one for one in values if one is not None]
    return bool(known) and all(isinstance(one, str) and DAY.fullmatch(one) is not None for one in known)


def flat_tables(answer: Answer, *, shapes: bool = False) -> tuple[FlatTable, ...]:
    """The rows first, then each part that has rows of its own. With `shapes` those that have a place carry it."""
    outlines = grid_geometry(answer.columns, answer) if shapes else None
    tables = [_flat(_main_name(answer), answer.columns, outlines)]
    for name, part in answer.parts.items():
        if name not in NOT_SHOWN and part:
            of_part = _part_shapes(part, answer, outlines) if shapes else None
            tables.append(_flat(name, part, of_part))
    return tuple(one for one in tables if one.columns)


def _main_name(answer: Answer) -> str:
    """The rows' own name; where a part is called like the kind, the rows are its units."""
    return f"{answer.kind} units" if answer.kind in answer.parts else answer.kind


def _flat(name: str, table: Table, shapes: Shapes | None) -> FlatTable:
    columns = {
        column: tuple(
            _flat_value(one) for one in plain(values if isinstance(values, np.ndarray) else list(values))
        )
        for column, values in table.items()
        if column not in NOT_SHOWN
    }
    decimals = frozenset(one for one in columns if _decimal(table[one]))
    return FlatTable(name, columns, shapes, decimals)


def _decimal(values: Column) -> bool:
    return isinstance(values, np.ndarray) and values.dtype.kind == "f"


def _flat_value(value: Any) -> Any:
    if isinstance(value, list):
        return " ".join(str(one) for one in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{key} {one}" for key, one in value.items())
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _part_shapes(part: Table, answer: Answer, outlines: Shapes | None) -> Shapes | None:
    """What a part's units make together where they are listed; else its own points. Blank places stay blank."""
    if "units" in part and outlines is not None and "code" in answer.columns:
        known = dict(zip((str(one) for one in answer.columns["code"]), outlines, strict=True))
        return tuple(_together([known.get(str(code)) for code in plain(units)]) for units in part["units"])
    return grid_geometry(part, answer)


def _together(shapes: list[bytes | None]) -> bytes | None:
    found = [one for one in shapes if one is not None]
    if not found:
        return None
    whole: bytes = shapely.to_wkb(shapely.union_all(shapely.from_wkb(found)))
    return whole
