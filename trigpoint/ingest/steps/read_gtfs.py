"""Read a timetable in the GTFS format: a zip archive of comma-separated tables."""

import csv
import io
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from trigpoint.ingest.receipt import LoadRefused, Progress, untold
from trigpoint.ingest.steps.read_progress import ToldRead
from trigpoint.ingest.steps.read_zip import TIMETABLE, content, opened

NEEDED = {
    "stops": ("stop_id", "stop_name", "stop_lat", "stop_lon"),
    "routes": ("route_id", "route_short_name", "route_long_name", "route_type"),
    "trips": ("route_id", "service_id", "trip_id"),
    "stop_times": ("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence"),
}
"""Tables that there must be, with the columns that they must have."""
OPTIONAL = {
    "calendar": (
        "service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "start_date",
        "end_date",
    ),
    "shapes": ("shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence"),
    "calendar_dates": ("service_id", "date", "exception_type"),
    "agency": ("agency_name",),
}  # fmt: skip
"""Tables that there may be; without a row (and with these columns) where the archive has none."""
MOST_COLUMNS = 60
"""The widest table of the standard has some 20; publishers add a few of their own."""
BLOCK_BYTES = 4 << 20


def read_gtfs(path: Path, progress: Progress = untold) -> dict[str, pa.Table]:
    """The tables of NEEDED and OPTIONAL by name, every column trimmed text, blank where a cell or column is missing.

    Columns that the standard has and the archive lacks are not added, but for those named here. Raises LoadRefused where
    the archive is unsafe, a table or column is missing, or a table cannot be told apart into columns.
    """
    with opened(path, TIMETABLE) as archive:
        members = {_table_of(member): member for member in archive.infolist() if _table_of(member)}
        missing = [f"{name}.txt" for name in NEEDED if name not in members]
        if missing:
            raise LoadRefused(
                f"The timetable has no {' and no '.join(missing)}. Ask for a complete GTFS archive."
            )
        wanted = {**NEEDED, **OPTIONAL}
        return {
            name: _table(content(archive, members[name]), name, columns, progress)
            if name in members
            else pa.table({column: pa.array([], pa.string()) for column in columns})
            for name, columns in wanted.items()
        }


def _table_of(member: zipfile.ZipInfo) -> str:
    folder, _, name = member.filename.rpartition("/")
    return name.removesuffix(".txt") if name.endswith(".txt") and not folder.startswith("__MACOSX") else ""


def _table(raw: bytes, name: str, needed: tuple[str, ...], progress: Progress) -> pa.Table:
    text = raw.removeprefix(b"\xef\xbb\xbf")
    header = _header(text, name)
    missing = [column for column in needed if column not in header]
    if missing and name in NEEDED:
        raise LoadRefused(f"{name}.txt of the timetable has no column {' and no '.join(missing)}.")
    source = ToldRead(memoryview(text), text.count(b"\n"), progress)
    try:
        table = pcsv.read_csv(
            source,
            read_options=pcsv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES),
            parse_options=pcsv.ParseOptions(newlines_in_values=True),
            convert_options=pcsv.ConvertOptions(
                column_types={column: pa.string() for column in header}, strings_can_be_null=False
            ),
        )
        columns = {column: pc.utf8_trim_whitespace(table.column(column)) for column in table.column_names}
    except (pa.ArrowInvalid, pa.ArrowKeyError, KeyError, UnicodeError) as fault:
        raise LoadRefused(
            f"{name}.txt of the timetable cannot be told apart into rows and columns."
        ) from fault
    added = {column: pa.array([""] * len(table), pa.string()) for column in missing}
    return pa.table({_plain(column): values for column, values in columns.items()} | added)


def _header(text: bytes, name: str) -> list[str]:
    line = text.split(b"\n", 1)[0]
    if len(line) > 100_000:
        raise LoadRefused(f"{name}.txt of the timetable has no header line.")
    try:
        cells = next(csv.reader(io.StringIO(line.decode("utf-8"))), [])
    except (UnicodeDecodeError, csv.Error) as fault:
        raise LoadRefused(f"{name}.txt of the timetable is not UTF-8 text in rows and columns.") from fault
    names = [_plain(cell) for cell in cells]
    if len(names) > MOST_COLUMNS or len(set(names)) < len(names):
        raise LoadRefused(f"{name}.txt of the timetable has too many columns, or two of the same name.")
    return names


def _plain(cell: str) -> str:
    return cell.strip()
