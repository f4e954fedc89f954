"""Find a definition's columns in a file's header, and say in plain words when they are not there."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_words import Column
from trigpoint.ingest.receipt import LoadRefused

HEADER_WITHIN = 40
"""The header must be among this many first lines; what stands above it are title lines."""


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a definition's columns stand in a file."""

    definition: Definition
    positions: dict[str, int]
    headers: dict[str, str]
    missing: tuple[str, ...]
    vintage: str


def match(definition: Definition, header: Sequence[str]) -> Matched:
    """Find every column by header, then alias, then pattern; upper and lower case do not differ."""
    cells = [_plain(cell) for cell in header]
    found: dict[str, tuple[int, str]] = {}
    for name, column in definition.columns.items():
        place = _find(column, cells)
        if place is not None:
            found[name] = place
    missing = tuple(n for n, c in definition.columns.items() if c.required and n not in found)
    return Matched(
        definition=definition,
        positions={name: position for name, (position, _) in found.items()},
        headers={name: " ".join(header[position].split()) for name, (position, _) in found.items()},
        missing=missing,
        vintage=max((vintage for _, vintage in found.values()), default=""),
    )


def by_position(definition: Definition, width: int) -> Matched:
    """For files without a header: the definition's columns in their own order.

    Raises LoadRefused where the file's first row has fewer (`width`).
    """
    if width < len(definition.columns):
        raise LoadRefused(
            f"The file has {width} columns where {definition.name}, which has no header row, has "
            f"{len(definition.columns)}."
        )
    positions = {name: place for place, name in enumerate(definition.columns)}
    return Matched(definition, positions, {name: name for name in positions}, (), "")


def find_header(definition: Definition, lines: Sequence[Sequence[str]]) -> tuple[int, Matched]:
    """The first line that has every required column of one of the layouts: its number from 0, and the columns.

    Raises LoadRefused, naming what is missing and the likely match, where there is none.
    """
    tried = [
        (number, match(variant, line)) for number, line in enumerate(lines) for variant in definition.variants
    ]
    for number, matched in tried:
        if not matched.missing:
            return number, matched
    raise LoadRefused(_refusal(definition, lines, tried))


def _plain(cell: str) -> str:
    return " ".join(cell.removeprefix("\ufeff").split()).casefold()


def _find(column: Column, cells: Sequence[str]) -> tuple[int, str] | None:
    for name in (column.header, *column.aliases):
        if name is not None and _plain(name) in cells:
            return cells.index(_plain(name)), ""
    for pattern in column.patterns:
        fits = [(m, place) for place, cell in enumerate(cells) if (m := re.fullmatch(pattern, cell, re.I))]
        if fits:
            found, place = max(fits, key=lambda fit: _vintage(fit[0]))
            return place, _vintage(found)
    return None


def _vintage(found: re.Match[str]) -> str:
    year = found.groupdict().get("yy") or ""
    return f"20{year}" if len(year) == 2 else year


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def _likely(column: Column, header: Sequence[str]) -> str | None:
    """The file's column that was probably meant."""
    squeezed = {_squeezed(cell): " ".join(cell.split()) for cell in header if _squeezed(cell)}
    near = difflib.get_close_matches(_squeezed(column.shown), squeezed, n=1, cutoff=0.8)
    return squeezed[near[0]] if near else None


def _refusal(
    definition: Definition, lines: Sequence[Sequence[str]], tried: Sequence[tuple[int, Matched]]
) -> str:
    scored = [(_likeness(matched, lines[number]), -number, number, matched) for number, matched in tried]
    likeness, _, number, matched = max(scored, key=lambda entry: entry[:2], default=(0.0, 0, 0, None))
    if matched is None or likeness < 0.3:
        # The line may be a record rather than a header: quote nothing of it.
        wanted = ", ".join(f"'{c.shown}'" for c in definition.variants[0].columns.values() if c.required)
        return f"No line of the file looks like the header of {definition.name}, which needs {wanted}."
    header = lines[number]
    parts = [_one_missing(name, matched.definition.columns[name], header) for name in matched.missing]
    there = ", ".join(f"'{' '.join(cell.split())}'" for cell in header if cell.strip())
    return f"{'; '.join(parts)}. {_how_to_mend(definition, matched, header)} The file's columns are {there}."


def _one_missing(name: str, column: Column, header: Sequence[str]) -> str:
    likely = _likely(column, header)
    told = f"'{column.shown}' is not in the file"
    return f"{told}, which has '{likely}'" if likely else told


def _how_to_mend(definition: Definition, matched: Matched, header: Sequence[str]) -> str:
    """The very lines that would mend it, for a file in the home."""
    columns = matched.definition.columns
    likely = {name: _likely(columns[name], header) for name in matched.missing}
    if definition.layouts or None in likely.values():
        return f"Is this a file for the definition {definition.name}? If so, add the file's names as `aliases` there."
    folder = "extracts" if definition.kind in ("records", "notices") else "layers"
    aliases = ", ".join(f'{name}: {{aliases: ["{found}"]}}' for name, found in likely.items())
    return (
        f"If they mean the same, put this in the home, in definitions/{folder}/{definition.name}.yaml: "
        f"{{extends: {definition.name}, columns: {{{aliases}}}}}"
    )


def _likeness(matched: Matched, header: Sequence[str]) -> float:
    """The share of required columns that the line has, or has under a similar name."""
    columns = matched.definition.columns
    required = [name for name, column in columns.items() if column.required]
    near = sum(1 for name in matched.missing if _likely(columns[name], header) is not None)
    return (len(required) - len(matched.missing) + near) / max(len(required), 1)
