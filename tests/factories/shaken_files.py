"""Families of files as agencies really send them: shuffled, split, joined, cut, re-encoded, repeated, mutated.

Everything comes from one random number generator, so that a seed names a family.
"""

import io
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import xlsxwriter

from tests.factories.ingest_files import CRIME_HEADER, STREET_HEADER, csv_text, street_row

Row = list[str]
EXCLUSIONS_HEADER = ["UPN", "SchoolURN", "ExclusionType", "Reason", "StartDate", "Sessions", "AMPM"]
ODD_CELLS = (
    "",
    "=1+1",
    "31/12/9999",
    "Sorcery",
    "é",
    "\u2013",
    "0",
    "2026-13",
    "x" * 300,
    '"',
    ";",
    "1e309",
    "NaN",
    "‮",
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1")
FIRST_DAY = date(2026, 3, 1)
SAVED = datetime(2026, 3, 1)

DEFINITIONS = {
    "soak_crime": "{extends: police_crime, format: [csv, workbook]}",
    "soak_street": "{extends: police_uk_street, format: [csv, workbook]}",
    "soak_exclusions": "{extends: education_exclusions, format: [csv, workbook]}",
}
"""A home's own: by key, by scope and period, and by period with tokens; each as CSV and as a workbook."""


@dataclass(frozen=True, slots=True)
class ShakenFile:
    """One file: its definition, name and bytes, the day of its extract, and what was done to it."""

    definition: str
    name: str
    raw: bytes
    extracted_on: date
    done: tuple[str, ...]


def crime(rng: random.Random) -> Row:
    ref, flag = rng.choice(["k1", "k2", "k3", "k4", "k5", ""]), rng.choice(["", "CSE", "CCE"])
    when = rng.choice(["2026-01-01", "01/02/2026 10:30", "soon"]) if rng.random() < 0.2 else "2026-01-01"
    return [ref, "", when, "", rng.choice(["Harassment", "Public order"]), flag, "", "", ""]


def street(rng: random.Random) -> Row:
    return street_row(
        crime_id=rng.choice(["", "a" * 64, "b" * 64]),
        month=rng.choice(["2026-01", "2026-02", "2026-03"] if rng.random() < 0.9 else ["2026-13", ""]),
        force=rng.choice(["Marlshire Police", "Transport Police"]),
        lon=rng.choice(["0.5", "0.6", ""]),
        kind=rng.choice(
            ["Burglary", "Drugs", "Anti-social behaviour"] if rng.random() < 0.9 else ["Sorcery"]
        ),
    )


def exclusion(rng: random.Random) -> Row:
    start = rng.choice(["05/01/2026", "12/02/2026", "2026-01-05"] if rng.random() < 0.9 else ["soon", ""])
    kind = rng.choice(["PERM", "SUSP"] if rng.random() < 0.9 else ["EXCL"])
    return [
        f"P{rng.randrange(4)}",
        rng.choice(["100001", "100002"]),
        kind,
        rng.choice(["PP", "OW"]),
        start,
        "2",
        "AM",
    ]


FEEDS: dict[str, tuple[list[str], Callable[[random.Random], Row]]] = {
    "soak_crime": (CRIME_HEADER, crime),
    "soak_street": (STREET_HEADER, street),
    "soak_exclusions": (EXCLUSIONS_HEADER, exclusion),
}


def write_definitions(folder: Path) -> None:
    """Put the feeds' definitions into a home's own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in DEFINITIONS.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def family(rng: random.Random, files: int) -> list[ShakenFile]:
    """Files of one feed that have much in common. Each has an extract's date of its own."""
    feed = rng.choice(sorted(FEEDS))
    header, make = FEEDS[feed]
    base = [make(rng) for _ in range(rng.randrange(1, 10))]
    other = [make(rng) for _ in range(rng.randrange(1, 6))]
    days = rng.sample(range(60), files)
    return [
        _file(rng, feed, header, _shaken(rng, base, other), number, days[number]) for number in range(files)
    ]


def _shaken(rng: random.Random, base: Sequence[Row], other: Sequence[Row]) -> tuple[list[Row], list[str]]:
    rows = [list(row) for row in base]
    done = rng.sample(sorted(SHAKES), rng.randrange(0, 4))
    for name in done:
        rows = SHAKES[name](rng, rows, other)
    return rows, done


def _split(rng: random.Random, rows: list[Row], _: Sequence[Row]) -> list[Row]:
    at = rng.randrange(0, len(rows) + 1)
    return rows[:at] if rng.random() < 0.5 else rows[at:]


def _repeated(rng: random.Random, rows: list[Row], _: Sequence[Row]) -> list[Row]:
    return rows + [list(rng.choice(rows)) for _ in range(rng.randrange(1, 4))] if rows else rows


def _mutated(rng: random.Random, rows: list[Row], _: Sequence[Row]) -> list[Row]:
    changed = [list(row) for row in rows]
    for _ in range(rng.randrange(1, 4)):
        if changed:
            row = rng.choice(changed)
            what = rng.random()
            if what < 0.7 and row:
                row[rng.randrange(len(row))] = rng.choice(ODD_CELLS)
            elif what < 0.85:
                row.append(rng.choice(ODD_CELLS))
            else:
                del row[-1:]
    return changed


SHAKES: dict[str, Callable[[random.Random, list[Row], Sequence[Row]], list[Row]]] = {
    "shuffled": lambda rng, rows, _: rng.sample(rows, len(rows)),
    "split": _split,
    "joined": lambda rng, rows, other: [*rows, *(list(row) for row in other)],
    "repeated": _repeated,
    "mutated": _mutated,
}


def _file(
    rng: random.Random,
    feed: str,
    header: list[str],
    shaken: tuple[list[Row], list[str]],
    number: int,
    day: int,
) -> ShakenFile:
    rows, done = shaken
    if rng.random() < 0.3:
        name, raw = f"file-{number}.xlsx", _workbook(header, rows)
    else:
        encoding = rng.choice(ENCODINGS) if rng.random() < 0.3 else "utf-8"
        done += [encoding] if encoding != "utf-8" else []
        name, raw = f"file-{number}.csv", csv_text(header, rows).encode(encoding, errors="replace")
    if rng.random() < 0.1:
        done += ["cut"]
        raw = raw[: rng.randrange(0, len(raw))]
    return ShakenFile(feed, name, raw, FIRST_DAY + timedelta(days=day), tuple(done))


def _workbook(header: Sequence[str], rows: Sequence[Row]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    ) as book:
        book.set_properties({"created": SAVED})  # the clock would make the same draw a file of another length
        sheet = book.add_worksheet()
        for place, row in enumerate([header, *rows]):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(place, column, cell)
    return out.getvalue()
