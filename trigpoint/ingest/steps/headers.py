"""Find a definition's columns in a file's header, and say in plain words when they are not there."""

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_words import Column
from trigpoint.ingest.receipt import LoadRefused

HEADER_WITHIN = 40
"""The header must be among this many first lines; what stands above it are title lines."""
MOST_COLUMNS = 5_000
"""The widest published table (people by age, sex and area) has some 600. More is a grid or a bomb."""
TOTALS_RULE = "a row of totals, not a record"
TOTALS_ADVICE = "Nothing need be done: totals are worked out here. It may be left out of the file."
TOTALS_WITHIN = 3
"""A row of totals stands among this many last rows."""
_TOTALS = re.compile(r"(grand |overall |sub-?)?totals?\b.{0,20}", re.IGNORECASE)
_NUMBER = re.compile(r"[-(£]*[0-9][0-9,.]*[%)]?|-|")


@dataclass(frozen=True, slots=True)
class Matched:
    """Where a definition's columns stand in a file."""

    definition: Definition
    positions: dict[str, int]
    headers: dict[str, str]
    missing: tuple[str, ...]
    vintage: str
    doubled: tuple[str, ...] = ()


def match(definition: Definition, header: Sequence[str]) -> Matched:
    """Find every column by header, then alias, then pattern; upper and lower case do not differ.

    Where two columns have one name, each is found by the name with its number, `Date (2)`; by the bare name neither is,
    and the column is among the `doubled`.
    """
    return _matched(definition, header, _line_of(header))


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a line as they are compared, and where each stands; `often` are the names that occur twice."""

    cells: list[str]
    place: dict[str, int]
    often: frozenset[str]


def _line_of(header: Sequence[str]) -> _Line:
    cells = [_plain(cell) for cell in header]
    numbered = _numbered(cells)
    place = {cell: at for at, cell in reversed(list(enumerate(numbered)))}
    return _Line(cells, place, frozenset(cell for cell, count in Counter(cells).items() if count > 1))


def _matched(definition: Definition, header: Sequence[str], line: _Line) -> Matched:
    found: dict[str, tuple[int, str]] = {}
    doubled: list[str] = []
    for name, column in definition.columns.items():
        names = _names_of(column.header, column.aliases)
        place = _find(column, names, line)
        if place is not None:
            found[name] = place
        elif line.often and not line.often.isdisjoint(names):
            doubled.append(name)
    lacking = [n for n, c in definition.columns.items() if c.required and n not in found]
    missing = tuple(name for name in lacking if name not in doubled)
    return Matched(
        definition=definition,
        positions={name: position for name, (position, _) in found.items()},
        headers={name: " ".join(header[position].split()) for name, (position, _) in found.items()},
        missing=missing,
        vintage=max((vintage for _, vintage in found.values()), default=""),
        doubled=tuple(doubled),
    )


@lru_cache(maxsize=4096)
def _names_of(header: str | None, aliases: tuple[str, ...]) -> tuple[str, ...]:
    """A definition's names for a column as they are compared; they come again with every file."""
    return tuple(_plain(name) for name in (header, *aliases) if name is not None)


def _numbered(cells: Sequence[str]) -> list[str]:
    """Each name that occurs more than once with its number; the others as they are."""
    if len(set(cells)) == len(cells):
        return list(cells)
    seen: Counter[str] = Counter()
    numbered = []
    often = Counter(cells)
    for cell in cells:
        seen[cell] += 1
        numbered.append(f"{cell} ({seen[cell]})" if cell and often[cell] > 1 else cell)
    return numbered


def is_totals(cells: Sequence[str]) -> bool:
    """Whether a row of a file adds up the others: it begins with the word, and what follows are numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or _TOTALS.fullmatch(filled[0]) is None:
        return False
    return all(_NUMBER.fullmatch(cell) is not None for cell in filled[1:])


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

    Where no line has, two lines that make up a header between them (merged cells above, parts below) are looked for;
    the number is then that of the lower. Raises LoadRefused, naming what is missing and the likely match, where there is
    none, and where a wanted name stands in the file twice.
    """
    found = look_for_header(definition, lines)
    if found is not None:
        return found
    tried = list(_tries(definition, lines))
    twice = next((matched for _, matched in tried if not matched.missing), None)
    raise LoadRefused(
        _told_twice(definition, twice) if twice is not None else _refusal(definition, lines, tried)
    )


def look_for_header(definition: Definition, lines: Sequence[Sequence[str]]) -> tuple[int, Matched] | None:
    """As `find_header`; None where there is none. Raises LoadRefused where a line is too wide."""
    if max((len(line) for line in lines), default=0) > MOST_COLUMNS:
        raise LoadRefused(
            f"The file has more than {MOST_COLUMNS:,} columns. Bring only those that the definition names."
        )
    for number, matched in _tries(definition, lines):
        if not matched.missing and not matched.doubled:
            return number, matched
    for number in range(1, len(lines)):
        for variant in definition.variants:
            joined = _of_two(variant, lines[number - 1], lines[number])
            if not joined.missing and not joined.doubled:
                return number, joined
    return None


def _tries(definition: Definition, lines: Sequence[Sequence[str]]) -> Iterator[tuple[int, Matched]]:
    """Every line under every layout, the layouts of one line after another."""
    for number, header in enumerate(lines):
        line = _line_of(header)
        for variant in definition.variants:
            yield number, _matched(variant, header, line)


def _of_two(definition: Definition, top: Sequence[str], bottom: Sequence[str]) -> Matched:
    """A header of two lines: a name above reaches over the blank cells to its right, as a merged cell does."""
    width = max(len(top), len(bottom))
    above = [*top, *[""] * (width - len(top))]
    below = [*bottom, *[""] * (width - len(bottom))]
    reach: list[str] = []
    for cell in above:
        reach.append(cell if cell.strip() or not reach else reach[-1])
    joined = [
        f"{over} {under}" if under.strip() else own
        for over, under, own in zip(reach, below, above, strict=True)
    ]
    whole = match(definition, joined)
    for other in (match(definition, below), match(definition, above)):
        whole = _filled_in(whole, other)
    return whole


def _filled_in(whole: Matched, other: Matched) -> Matched:
    more = {
        name: place
        for name, place in other.positions.items()
        if name not in whole.positions and place not in whole.positions.values()
    }
    return replace(
        whole,
        positions={**whole.positions, **more},
        headers={**whole.headers, **{name: other.headers[name] for name in more}},
        missing=tuple(name for name in whole.missing if name not in more),
        doubled=tuple(name for name in whole.doubled if name not in more),
        vintage=max(whole.vintage, other.vintage),
    )


def _told_twice(definition: Definition, matched: Matched) -> str:
    columns = matched.definition.columns
    parts = [f"'{columns[name].shown}'" for name in matched.doubled]
    first = matched.doubled[0]
    alias = json.dumps(f"{columns[first].shown} (2)", ensure_ascii=False)
    mending = _for_the_home(definition, f"{first}: {{aliases: [{alias}]}}")
    return (
        f"The file has more than one column named {', '.join(parts)}. Say which is meant; if it is the second, put this "
        f"in the home, {mending}"
    )


def _plain(cell: str) -> str:
    return " ".join(cell.removeprefix("\ufeff").split()).casefold()


def _find(column: Column, names: Sequence[str], line: _Line) -> tuple[int, str] | None:
    for name in names:
        if name in line.place:
            return line.place[name], ""
    for pattern in column.patterns:
        fits = [
            (m, place) for place, cell in enumerate(line.cells) if (m := re.fullmatch(pattern, cell, re.I))
        ]
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
    aliases = ", ".join(
        f"{name}: {{aliases: [{json.dumps(found, ensure_ascii=False)}]}}" for name, found in likely.items()
    )
    return f"If they mean the same, put this in the home, {_for_the_home(definition, aliases)}"


def _for_the_home(definition: Definition, columns: str) -> str:
    folder = "extracts" if definition.kind in ("records", "notices") else "layers"
    return f"in definitions/{folder}/{definition.name}.yaml: {{extends: {definition.name}, columns: {{{columns}}}}}"


def _likeness(matched: Matched, header: Sequence[str]) -> float:
    """The share of required columns that the line has, or has under a similar name."""
    columns = matched.definition.columns
    required = [name for name, column in columns.items() if column.required]
    near = sum(1 for name in matched.missing if _likely(columns[name], header) is not None)
    return (len(required) - len(matched.missing) + near) / max(len(required), 1)
