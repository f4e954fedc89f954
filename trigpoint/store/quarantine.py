"""What is wrong with the rows of a delivery that were put aside: by kind of fault, and never a value of a row."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

__all__ = ["read_faults"]

TOLD = ("column", "rule", "advice")


def read_faults(path: Path) -> Iterator[tuple[tuple[str, str, str], list[int]]]:
    """Each kind of fault (column, rule, advice) with the numbers of its rows in the file, ascending.

    The rows themselves stand in the same file and are not read. Nothing where the file is no longer kept.
    """
    if not path.is_file():
        return
    table = pq.read_table(path, columns=["row", *TOLD])
    rows: dict[tuple[str, str, str], list[int]] = {}
    for row, *fault in zip(*(table[name].to_pylist() for name in ("row", *TOLD)), strict=True):
        column, rule, advice = fault
        rows.setdefault((column, rule, advice), []).append(row)
    for told, numbers in rows.items():
        yield told, sorted(numbers)
