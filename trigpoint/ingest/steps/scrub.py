"""Cells that tell of a person are emptied before anything is checked, kept, shown or logged. The row stays."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_places import Way
from trigpoint.ingest.definition_records import ThemeRule
from trigpoint.ingest.definition_words import Choice
from trigpoint.ingest.receipt import Told, nobody_told
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.choose import plain
from trigpoint.ingest.steps.scanner import found_in
from trigpoint.ingest.steps.texts import LINE
from trigpoint.ingest.wordings import LONGEST_TEXT

KINDS = frozenset({"records", "notices", "totals"})
"""What agencies write by hand; publishers' registers of places are taken as they are."""
THREE_WORDS = re.compile(r"/{0,3}(?<![\w.])[a-z]{3,}\.[a-z]{3,}\.[a-z]{3,}(?![\w.])", re.IGNORECASE)
"""An address of what3words: never decoded, since only its owner may say where it is."""
MAY_TELL = r"[A-Za-z]{2}|@"
CODED = (
    r"^[A-Za-z]{0,4}[-_/ ]?[1-9][0-9/ _:.,+TZ-]*[A-Za-z]{0,2}$|^[A-Za-z]{1,4}[-_/ ]?0[0-9/ _-]*$"
    r"|^[0-9]{1,2}[- ][A-Za-z]{3}[- ][0-9]{2,4}$"
)
"""References, postcodes and dates, which name nobody."""
BLANK_OR_TIMED = r"^$|^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}/[0-9]{2}/[0-9]{4})[T ][0-9]{2}:[0-9]{2}[0-9:.Z]*$"
"""Nothing, or a date with the time of day: nobody's birthday."""
TELEPHONE = r"^(\+44|0044|0)([ ()-]*[0-9]){9,10}$"
DATED = re.compile(
    r"(?:^|_)(?:dates?|dt|day|month|start|end|starts|ends|time|closed|opened|created|updated|returned|reported)(?:_|$)"
)
"""Names of columns that hold dates of events: not every date in them is somebody's birthday."""
MOST_HARMLESS = 50_000
"""Texts remembered as telling of nobody: some megabytes."""
_harmless: set[tuple[str, bool]] = set()
LEFT_OUT = "(words left out)"
"""Stands where words stood in a column of numbers or dates: the cell stays as faulty as it was, and tells nothing."""
_HARMLESS = """
    a am and about approx approximately at between circa date day est from in is log n na nil no none
    not known of on ongoing open or pm see still tbc the time to unknown until week month year st nd rd
    th midnight midday noon morning afternoon evening night jan feb mar apr may jun jul aug sep sept oct
    nov dec january february march april june july august september october november december mon tue
    tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday bst gmt
    utc east north west south tba invalid error null nan ref value
"""
HARMLESS_WORDS = frozenset(_HARMLESS.split())
"""What people write in such columns that names nobody."""
_WORD = re.compile(r"[^\W\d_]+")
NamesOf = Callable[[], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Written:
    """How a column is written: in `words` (numbers in it tell of people), as a `reference`, or as dates and numbers
    (neither; `measured` where the definition reads it as nothing else). `known` are words of the definition's own,
    which pass; `split` parts several in one cell."""

    words: bool
    reference: bool = False
    known: frozenset[str] = frozenset()
    split: str | None = None
    measured: bool = False


def scrubbed(sheet: Sheet, place_names: NamesOf, told: Told = nobody_told) -> Sheet:
    """The sheet without what the scanner stops, with a note for every column that lost something."""
    if sheet.definition.kind not in KINDS or sheet.definition.open:
        return sheet
    columns = dict(sheet.columns)
    notes: list[str] = []
    there = {name: how for name, how in columns_written(sheet.definition).items() if name in columns}
    for done, (name, written) in enumerate(there.items()):
        told(done / len(there))
        columns[name], lost = _scrub(columns[name], written, place_names)
        notes += _notes(sheet.header(name), lost)
    return replace(sheet, columns=columns, notes=(*sheet.notes, *notes))


def columns_written(definition: Definition) -> dict[str, Written]:
    """Every column of a definition but the one that becomes a token. One that nothing uses counts as words, unless
    its name says that it holds dates."""
    ways = [way for claim in definition.records.claims for way in claim.ways] if definition.records else []
    known, splits = _known_words(definition), _splits(definition, ways)
    typed = {*definition.place_texts, *(name for way in ways for name in way.place_texts), *known}
    typed |= {name for name in set(definition.columns) - set(definition.named) if not DATED.search(name)}
    typed |= {definition.notices.basis} if definition.notices and definition.notices.basis else set()
    references = _references(definition, ways)
    measured = _measured(definition, ways) - typed
    token = definition.records.token.column if definition.records and definition.records.token else None
    return {
        name: Written(
            words=name in typed and name not in references,
            reference=name in references,
            known=known.get(name, frozenset()),
            split=splits.get(name),
            measured=name in measured,
        )
        for name in definition.columns
        if name != token
    }


def _known_words(definition: Definition) -> dict[str, frozenset[str]]:
    """Columns of listed words, with the words."""
    known: dict[str, set[str]] = {}
    for part in _parts(definition):
        if isinstance(part, Choice | ThemeRule) and part.column is not None:
            known.setdefault(part.column, set()).update(plain(word) for word in part.values)
    return {name: frozenset(words) for name, words in known.items()}


def _measured(definition: Definition, ways: list[Way]) -> set[str]:
    """Columns of coordinates, dates and times."""
    told = [name for way in ways for name in (way.lon, way.lat, way.easting, way.northing, way.x, way.y)]
    told += [way.grid_ref for way in ways]
    if definition.records:
        when = definition.records.when
        for moment in (*when.start, *([when.end] if when.end else [])):
            told += [moment.date, moment.time]
    if definition.notices:
        point = definition.notices.point
        told += [point.lon, point.lat, point.easting, point.northing, definition.notices.served]
        told += [definition.notices.starts, *definition.notices.ends, definition.notices.last_breach]
    return {str(name) for name in told if name is not None}


def _parts(part: object) -> Iterator[BaseModel]:
    """A section and all sections in it."""
    if isinstance(part, BaseModel):
        yield part
        for name in type(part).model_fields:
            yield from _parts(getattr(part, name))
    elif isinstance(part, tuple):
        for entry in part:
            yield from _parts(entry)


def _splits(definition: Definition, ways: list[Way]) -> dict[str, str]:
    told = {str(way.text): way.split for way in ways if way.text is not None and way.split}
    rules = definition.records.theme_rules if definition.records else ()
    return {**told, **{str(rule.column): rule.split for rule in rules if rule.split}}


def _references(definition: Definition, ways: list[Way]) -> frozenset[str]:
    """Columns of reference numbers, which look like telephone numbers by their nature."""
    told = [*definition.currency.key, definition.currency.scope]
    told += [name for way in ways for name in (way.uprn, way.station, way.grid_ref)]
    told += [way.site for way in ways]
    told += [definition.notices.ref] if definition.notices else []
    told += [definition.totals.site] if definition.totals else []
    return frozenset(name for name in told if name is not None)


def _scrub(
    values: pa.StringArray, written: Written, place_names: NamesOf
) -> tuple[pa.StringArray, Counter[str]]:
    """The column without what tells of people, and how many cells lost something to which rule."""
    encoded = values.dictionary_encode()
    cells = encoded.dictionary
    suspects = (
        pc.invert(pc.match_substring_regex(cells, BLANK_OR_TIMED)) if written.words else _worth_a_look(cells)
    )
    kept, rules = list(cells.to_pylist()), {}
    for at in pc.indices_nonzero(suspects).to_pylist():
        text, broken = _cell(kept[at], written, place_names)
        if broken:
            kept[at], rules[at] = text, broken
    lost: Counter[str] = Counter()
    if not rules:
        return values, lost
    rows = {entry["values"]: entry["counts"] for entry in encoded.indices.value_counts().to_pylist()}
    for at, broken in rules.items():
        lost.update({rule: rows.get(at, 0) for rule in broken})
    return pa.array(kept, pa.string()).take(encoded.indices), lost


def _worth_a_look(cells: pa.StringArray) -> pa.BooleanArray:
    """Of cells where no words belong, those that are neither a number, nor shaped like a reference or a date."""
    telling = pc.match_substring_regex(cells, rf"{MAY_TELL}|{TELEPHONE}")
    return pc.and_not(telling, pc.match_substring_regex(cells, CODED))


def _cell(cell: str, written: Written, place_names: NamesOf) -> tuple[str, frozenset[str]]:
    """One cell, part by part, and the rules that its lost parts break."""
    if not written.words:
        if written.measured and _has_words(cell):
            return LEFT_OUT, frozenset({"something in words where a number or a date belongs"})
        telephone = not written.reference and re.match(TELEPHONE, cell) is not None
        rule = "a telephone or another number" if telephone else _told(cell, place_names, numbers=False)
        return ("", frozenset({rule})) if rule else (cell, frozenset())
    parts = (
        [part for line in LINE.split(cell) for part in line.split(written.split)] if written.split else [cell]
    )
    kept, broken = [], set()
    for part in parts:
        text, rule = _part(part, written, place_names)
        kept.append(text)
        broken |= {rule} if rule else set()
    if not broken:
        return cell, frozenset()
    return (written.split or "").join(text for text in kept if text.strip()), frozenset(broken)


def _has_words(cell: str) -> bool:
    return any(word.casefold() not in HARMLESS_WORDS for word in _WORD.findall(cell) if len(word) > 2)


def _part(part: str, written: Written, place_names: NamesOf) -> tuple[str, str | None]:
    if plain(part) in written.known:
        return part, None
    text = THREE_WORDS.sub(" ", part)
    rule = _told(text, place_names)
    if rule is not None:
        return "", rule
    return (text.strip(), "an address of three words") if text != part else (part, None)


def _told(text: str, place_names: NamesOf, *, numbers: bool = True) -> str | None:
    """As `found_in`. The same words come again with every delivery of a feed: what told of nobody, whatever the places
    are called, is not looked at twice in a process. Nothing that told of somebody is remembered."""
    if (text, numbers) in _harmless:
        return None
    asked = False

    def names() -> frozenset[str]:
        nonlocal asked
        asked = True
        return place_names()

    rule = found_in(text, names, numbers)
    if rule is None and not asked and len(text) <= LONGEST_TEXT:
        if len(_harmless) >= MOST_HARMLESS:
            _harmless.clear()
        _harmless.add((text, numbers))
    return rule


def _notes(header: str, lost: Counter[str]) -> list[str]:
    """What the receipt says: how many cells told what; never what they told."""
    return [
        f"{count} {'cell' if count == 1 else 'cells'} in '{header}' told of {rule}: that was left out before anything "
        "was kept."
        for rule, count in sorted(lost.items())
    ]
