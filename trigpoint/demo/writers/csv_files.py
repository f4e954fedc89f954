"""Tables as CSV bytes: the same table always gives the same bytes."""

import csv
from pathlib import Path

from trigpoint.core.county.tables import Table


def write_csv(
    path: Path, table: Table, *, encoding: str = "utf-8", header: bool = True, title: tuple[str, ...] = ()
) -> int:
    """Write the table and return its number of data rows. `title` lines stand above the header, each in the first cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    width = len(table.columns)
    columns = [column.tolist() for column in table.columns.values()]
    with path.open("w", encoding=encoding, newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerows([line, *[""] * (width - 1)] for line in title)
        if header:
            out.writerow(table.columns)
        out.writerows(zip(*columns, strict=True))
    return table.rows
