"""Intelligence grades: 3x5x2 (`2/C/P`), the older 5x5x5 (`B24`) and their words, as one grade and one handling code.

3x5x2 is source 1–3, assessment A–E, handling P or C (with conditions such as A1 or S2 behind). 5x5x5, in use until
2016, is source A–E, evaluation 1–5, handling 1–5. What is kept is the assessment as `grade`; a source that is not
reliable makes it `d` at least, so that such a report is flagged wherever a doubtful one is (R6).

The older evaluation has no exact counterpart. The mapping here never makes a report look better than it was: 1 (known to
be true) is A; 2 (known personally to the source, not to the officer) is B; 3 (not known to the source, but
corroborated) is C; 4 (cannot be judged) is D; 5 (suspected false) is E. Of the older handling codes only 2 let a report
go to bodies that do not prosecute, which most members of a partnership are, so all others mean conditions. What nobody
can read gets grade D ("not known") and conditions; a blank cell is an ungraded report with conditions (R8).
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from trigpoint.ingest.codes import GRADE, HANDLING, MARKING
from trigpoint.ingest.definition_records import Grading
from trigpoint.ingest.definition_words import Ref
from trigpoint.ingest.sheet import Sheet
from trigpoint.ingest.steps.choose import plain
from trigpoint.ingest.steps.said import noted

_SEPARATED = r"[\s/.,|-]*"
_NEW = re.compile(
    rf"([123]){_SEPARATED}([a-e])(?:{_SEPARATED}([pc])(?:{_SEPARATED}\(?(?:[as][12]{_SEPARATED})+\)?)?)?"
)
_OLD = re.compile(rf"([a-e]){_SEPARATED}([1-5])(?:{_SEPARATED}([1-5]))?")
_OLD_ASSESSMENT = {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}
_OLD_SOURCE_NOT_RELIABLE = "d"
"""The older letters: A always, B mostly, C sometimes reliable, D unreliable, E untested."""
_OLD_HANDLING_PERMITTED = "2"
_WORDS = {
    "": "none",
    "reliable": "none",
    "untested": "none",
    "not reliable": "d",
    "unreliable": "d",
    "known directly": "a",
    "known directly to the source": "a",
    "known indirectly but corroborated": "b",
    "known indirectly": "c",
    "not known": "d",
    "suspected false": "e",
    "suspected to be false": "e",
    **{letter: letter for letter in "abcde"},
}
"""A source alone assesses nothing; a letter alone is an assessment, as 3x5x2 writes it."""
UNREADABLE = ("d", "c")

GSC = {
    "official": "official",
    "official-sensitive": "official_sensitive",
    "official sensitive": "official_sensitive",
    "official - sensitive": "official_sensitive",
    "official: sensitive": "official_sensitive",
    "os": "official_sensitive",
    "o-s": "official_sensitive",
    "protect": "official_sensitive",
    "restricted": "official_sensitive",
    "confidential": "secret",
    "secret": "secret",
}
"""Markings of today and of before 2014, the older ones as the nearest that is no weaker. Anything else, TOP SECRET and
a blank cell too, is `unknown`, which is the most restrictive."""


@dataclass(frozen=True, slots=True)
class Graded:
    """Grade and handling of every row (see codes.GRADE, codes.HANDLING), and its marking where the file has one."""

    grade: pa.Int8Array
    handling: pa.Int8Array
    marking: pa.Int8Array | None
    notes: tuple[str, ...]


def graded(sheet: Sheet, told: Grading) -> Graded:
    """The grades of a sheet. A cell nobody can read rejects no row: it is treated as the most restrictive, and counted."""
    encoded = sheet.text(told.column).dictionary_encode()
    found = [read_grade(cell) for cell in encoded.dictionary.to_pylist()]
    place = encoded.indices.to_numpy()
    pairs = [pair or UNREADABLE for pair in found] or [UNREADABLE]
    unreadable = np.array([pair is None for pair in found] or [False], dtype=np.bool_)[place]
    words = f"grades in '{sheet.header(told.column)}' could not be read: they count as not known, with conditions."
    return Graded(
        pa.array(np.array([GRADE[grade] for grade, _ in pairs], dtype=np.int8)[place]),
        pa.array(np.array([HANDLING[handling] for _, handling in pairs], dtype=np.int8)[place]),
        _markings(sheet, told.gsc) if told.gsc is not None else None,
        noted(unreadable, words),
    )


def read_grade(cell: str) -> tuple[str, str] | None:
    """Grade and handling that one cell tells, e.g. ("c", "p") for `2/C/P`; None where it cannot be read."""
    word = plain(cell)
    if word in _WORDS:
        return _WORDS[word], "c"
    new = _NEW.fullmatch(word)
    if new is not None:
        return _at_least_doubtful(new[2], new[1] == "3"), new[3] or "c"
    old = _OLD.fullmatch(word)
    if old is None:
        return None
    permitted = old[3] == _OLD_HANDLING_PERMITTED
    grade = _at_least_doubtful(_OLD_ASSESSMENT[old[2]], old[1] == _OLD_SOURCE_NOT_RELIABLE)
    return grade, "p" if permitted else "c"


def _at_least_doubtful(assessment: str, source_not_reliable: bool) -> str:
    return max(assessment, "d") if source_not_reliable else assessment


def _markings(sheet: Sheet, name: Ref) -> pa.Int8Array:
    encoded = sheet.text(name).dictionary_encode()
    codes = [MARKING[GSC.get(plain(cell), "unknown")] for cell in encoded.dictionary.to_pylist()]
    return pa.array(np.array(codes or [MARKING["unknown"]], dtype=np.int8)[encoded.indices.to_numpy()])
