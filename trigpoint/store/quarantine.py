"""What is wrong with the rows of a delivery that were put aside; their cells only for those who may mend them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow.parquet as pq

__all__ = ["AsideRow", "read_faults", "read_rows"]

TOLD = ("column", "rule", "advice")


@dataclass(frozen=True, slots=True)
class AsideRow:
    """One row put aside. `cells` are as stripped, under the file's own headers; empty where nobody may see them."""

    row: int
    column: str
    rule: str
    advice: str
    cells: Mapping[str, str] = field(default_factory=dict)


def read_faults(path: Path) -> Iterator[tuple[tuple[str, str, str], list[int]]]:
    """Each kind of fault (column, rule, advice) with the numbers of its rows in the file, ascending.

    The rows themselves stand in the same file and are not read. Nothing where the file is no longer kept.
    """
    rows: dict[tuple[str, str, str], list[int]] = {}
    for row in read_rows(path, with_cells=False):
        rows.setdefault((row.column, row.rule, row.advice), []).append(row.row)
    for told, numbers in rows.items():
        yield told, sorted(numbers)


def read_rows(path: Path, *, with_cells: bool) -> Iterator[AsideRow]:
    """Every row put aside, in the file's order. Nothing where the file is no longer kept; tokens are never read."""
    if not path.is_file():
        return
    table = pq.read_table(path, columns=["row", *TOLD, *(["stripped"] if with_cells else [])])
    facts = json.loads((table.schema.metadata or {}).get(b"trigpoint", b"{}"))
    headers = facts.get("headers", {})
    for told in table.to_pylist():
        cells = json.loads(told.pop("stripped", "{}"))
        yield AsideRow(**told, cells={headers.get(name, name): value for name, value in cells.items()})
