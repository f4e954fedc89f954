"""Text whose encoding was taken for another on its way here: mended where that is exact, else told.

A dash written in UTF-8 and read as Windows-1252 arrives as three strange characters. Reading the bytes back the same way
gives the dash again, without any guessing. What was replaced by U+FFFD is gone for good.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel

from trigpoint.ingest.definition_model import Definition
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.sheet import Fault, Sheet

LOST = "\ufffd"
LOST_RULE = "characters lost"
LOST_ADVICE = "Ask for the file again, saved as UTF-8, or write the word anew."
TIMES = 3
"""A file may have been misread more than once; oftener than this was never seen."""
SHOWN_ONLY = frozenset(
    {
        "label", "text", "street", "town", "street_and_town", "site_name", "area_name", "shape_name", "street_name",
        "locality", "child_name", "parent_name", "route_name", "operator", "road_number",
    }
)  # fmt: skip
"""Entries of a definition whose column is a name or a text of a place: never compared with a list of words, so that
a row is not turned away for a lost letter in it."""

_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)
"""Windows-1252 leaves these five out; programs pass them on as they are."""
_BYTE_OF = {bytes([n]).decode("cp1252"): n for n in range(128, 256) if n not in _UNDEFINED}
_BYTE_OF |= {chr(n): n for n in _UNDEFINED}
_RUN = re.compile("[" + re.escape("".join(_BYTE_OF)) + "]{2,}")
_PLAUSIBLE = re.compile(
    "[\x81\x8d\x8f\x90\x9d\u00a0-\u017f\u0192\u02c6\u02dc\u2010-\u2044\u20ac\u2122\ufeff\ufffd]+"
)
"""What a misreading may turn into: Western letters and signs. Anything else was no misreading."""


def mended_text(word: str) -> str:
    """The word as it was before it was misread; the same word where nothing shows that it was."""
    for _ in range(TIMES):
        mended = _RUN.sub(_mended_run, word)
        if mended == word:
            return word
        word = mended
    return word


def _mended_run(found: re.Match[str]) -> str:
    raw = bytes(_BYTE_OF[letter] for letter in found[0])
    try:
        mended = raw.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return mended if _PLAUSIBLE.fullmatch(mended) else found[0]


def with_mended_words(sheet: Sheet) -> Sheet:
    """Misread text mended and counted in a note; lost letters in a column that matters become a fault of their row."""
    columns = dict(sheet.columns)
    matter = frozenset(columns_that_matter(sheet.definition))
    mended = lost = 0
    faults: list[Fault] = []
    for name, values in sheet.columns.items():
        if _all_plain(values):
            continue
        columns[name], count = _mended_column(values)
        mended += count
        gone = np.asarray(
            pc.match_substring(columns[name], LOST).to_numpy(zero_copy_only=False), dtype=np.bool_
        )
        if gone.any() and name in matter:
            faults.append(Fault(gone, sheet.header(name), LOST_RULE, LOST_ADVICE))
        elif gone.any():
            lost += int(gone.sum())
    return replace(
        sheet, columns=columns, faults=(*sheet.faults, *faults), notes=(*sheet.notes, *_notes(mended, lost))
    )


def _all_plain(values: pa.StringArray) -> bool:
    return len(values) == 0 or bool(pc.all(pc.string_is_ascii(values)).as_py())


def _mended_column(values: pa.StringArray) -> tuple[pa.StringArray, int]:
    encoded = values.dictionary_encode()
    words = encoded.dictionary.to_pylist()
    mended = [word if word.isascii() else mended_text(word) for word in words]
    changed = np.array([a != b for a, b in zip(words, mended, strict=True)], dtype=np.bool_)
    return pa.array(mended, pa.string()).take(encoded.indices), int(changed[encoded.indices.to_numpy()].sum())


def _notes(mended: int, lost: int) -> Iterator[str]:
    if mended:
        yield f"{mended} cells had been read in the wrong encoding before they came here; they were mended exactly."
    if lost:
        yield f"{lost} cells have letters that were lost before they came here (shown as {LOST}); they are kept so."


def columns_that_matter(definition: Definition) -> Iterator[str]:
    """Columns that are compared with something: references, dates, codes and words, not names or texts of places."""
    for part in (getattr(definition, definition.kind), definition.currency):
        yield from _compared(part)


def _compared(part: object) -> Iterator[str]:
    if isinstance(part, Ref):
        yield part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if name not in SHOWN_ONLY:
                yield from _compared(getattr(part, name))
    elif isinstance(part, dict):
        for key, entry in part.items():
            yield from _compared(key)
            yield from _compared(entry)
    elif isinstance(part, tuple):
        for entry in part:
            yield from _compared(entry)
