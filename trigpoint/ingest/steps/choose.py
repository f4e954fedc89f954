"""Turn an agency's words into the words of a definition. All work is done once per different word, not per row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.ingest.definition_records import ThemeRule
from trigpoint.ingest.definition_words import Choice
from trigpoint.ingest.sheet import Fault, Mask, Sheet, blank


@dataclass(frozen=True, slots=True)
class Chosen:
    """A word for every row: the different words, and each row's place among them. "" where none could be chosen."""

    words: tuple[str, ...]
    place: NDArray[np.int32]

    def array(self) -> pa.StringArray:
        """The rows' words."""
        return pa.array(self.words, pa.string()).take(pa.array(self.place))

    def codes(self, table: Mapping[str, int]) -> NDArray[np.int8]:
        """The whole numbers that stand for the rows' words; 0 where there is no word."""
        return np.array([table.get(word, 0) for word in self.words] or [0], dtype=np.int8)[self.place]

    def where(self, word: str) -> Mask:
        """The rows with this word."""
        return np.array([other == word for other in self.words] or [False], dtype=np.bool_)[self.place]


def choose(sheet: Sheet, choice: Choice) -> tuple[Chosen, list[Fault]]:
    """The word chosen for every row; and the rows whose word is not in the definition."""
    if choice.always is not None:
        return Chosen((choice.always,), np.zeros(len(sheet.rows), dtype=np.int32)), []
    if choice.column is not None:
        chosen = _by_value(sheet.text(choice.column), choice)
        header = sheet.header(choice.column)
    else:
        chosen = _by_case(sheet, choice)
        header = sheet.header(next(iter(choice.cases[0].when)))
    advice = "Add the file's word to the definition, or correct the row."
    return chosen, [Fault(chosen.where(""), header, "a word that the definition does not know", advice)]


def plain(word: str) -> str:
    """A word as it is compared: case and runs of spaces do not matter."""
    return " ".join(word.split()).casefold()


def _by_value(values: pa.StringArray, choice: Choice) -> Chosen:
    known = {plain(text): code for text, code in choice.values.items()}
    if choice.blank is not None:
        known[""] = choice.blank
    encoded = values.dictionary_encode()
    words = [known.get(plain(word), choice.otherwise or "") for word in encoded.dictionary.to_pylist()]
    return Chosen(tuple(words), encoded.indices.to_numpy())


def _by_case(sheet: Sheet, choice: Choice) -> Chosen:
    words = (choice.otherwise or "", *(case.then for case in choice.cases))
    place = np.zeros(len(sheet.rows), dtype=np.int32)
    for number, case in enumerate(choice.cases, start=1):
        hit = place == 0
        for column, pattern in case.when.items():
            hit &= matches(sheet.text(column), pattern)
        place[hit] = number
    return Chosen(words, place)


def matches(values: pa.StringArray, pattern: str) -> Mask:
    """Which cells match the pattern somewhere, whatever the case."""
    encoded = values.dictionary_encode()
    fits = [re.search(pattern, word, re.IGNORECASE) is not None for word in encoded.dictionary.to_pylist()]
    if not fits:
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(np.array(fits, dtype=np.bool_)[encoded.indices.to_numpy()], dtype=np.bool_)


def theme_bits(
    sheet: Sheet, rule: ThemeRule, bits: Mapping[str, int]
) -> tuple[NDArray[np.uint64], str | None]:
    """The themes that a column's words tell, as masks; and a note where words are not in the definition."""
    encoded = sheet.text(rule.column).dictionary_encode()
    known = {plain(word): theme_mask(themes, bits) for word, themes in rule.values.items()}
    told = [_split(cell, rule.split) for cell in encoded.dictionary.to_pylist()]
    if not told:
        return np.zeros(0, dtype=np.uint64), None
    place = encoded.indices.to_numpy()
    masks = np.array([_union(known.get(word, 0) for word in words) for words in told], dtype=np.uint64)
    strange = np.array([any(word not in known for word in words) for words in told], dtype=np.bool_)
    rows = int(np.count_nonzero(strange[place]))
    note = f"{rows} rows have words in '{sheet.header(rule.column)}' that name no theme of the definition."
    return masks[place], note if rows else None


def _split(cell: str, separator: str | None) -> list[str]:
    # A spreadsheet's several choices in one cell come with the separator or on lines of their own.
    parts = cell.replace("\r", "\n").replace("\n", separator).split(separator) if separator else [cell]
    return [plain(part) for part in parts if part.strip()]


def theme_mask(themes: Sequence[str], bits: Mapping[str, int]) -> int:
    """Themes as one mask. Raises KeyError for a theme that themes.yaml does not have."""
    return _union(1 << bits[theme] for theme in themes)


def _union(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def required(sheet: Sheet, columns: Sequence[str]) -> list[Fault]:
    """Rows with nothing in a column that must be filled."""
    rule = "nothing in a column that must be filled"
    return [Fault(blank(sheet.text(name)), sheet.header(name), rule, "Fill it.") for name in columns]
