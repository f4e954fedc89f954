"""Places in people's own words: each part of a cell becomes a claim that holds only a digest of it."""

import re
from itertools import zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.ingest.definition_places import Way
from trigpoint.ingest.keys import SEPARATOR
from trigpoint.ingest.sheet import Mask, Sheet
from trigpoint.ingest.steps.places import without_house_number
from trigpoint.ingest.steps.said import Said, noted, present
from trigpoint.ingest.wordings import LONGEST_TEXT, WordingSaid, normal_wording, wording_digests

MOST_PARTS = 12
"""Places told in one cell beyond this are not read: such a cell is a diary."""
LINE = re.compile(r"[\r\n]+")


def say_texts(sheet: Sheet, way: Way, asked: Mask, secret: bytes) -> list[Said]:
    """One answer for every part that any cell has: the first parts of all rows, their second parts, and so on.

    The texts have passed the scanner before. House numbers go; what is left is kept outside the delivery's rows.
    """
    texts = sheet.text(str(way.text)).dictionary_encode()
    cells = [parts_of(cell, way.split) for cell in texts.dictionary.to_pylist()]
    towns = sheet.text(way.town) if way.town is not None else pa.array([""] * len(sheet.rows), pa.string())
    place = texts.indices.to_numpy()
    columns = list(zip_longest(*(cell[:MOST_PARTS] for cell in cells))) or [(None,) * len(cells)]
    said = []
    for part in columns:
        words = pa.array(part, pa.string()).take(pa.array(place)) if cells else pa.nulls(0, pa.string())
        said.append(_say_part(sheet, words, towns, asked, secret))
    return [_with_note(said[0], sheet, way, asked, _too_many(cells, place)), *said[1:]]


def _say_part(sheet: Sheet, words: pa.StringArray, towns: pa.StringArray, asked: Mask, secret: bytes) -> Said:
    """Digests are made once for every different pair of text and town."""
    joined = pc.binary_join_element_wise(words, towns, SEPARATOR).dictionary_encode()
    pairs = [pair.split(SEPARATOR, 1) for pair in joined.dictionary.to_pylist()]
    told = [pa.array([pair[n] for pair in pairs], pa.string()) for n in (0, 1)]
    digests = wording_digests(sheet.definition.agency, told[0], told[1], secret)
    wordings = tuple(
        WordingSaid(digest, text, town)
        for digest, (text, town) in zip(digests.to_pylist(), pairs, strict=True)
    )
    return Said(asked & present(words), {"wording": digests.take(joined.indices)}, wordings=wordings)


def parts_of(cell: str, split: str | None) -> list[str]:
    """The places one cell tells, in its order, each once, as they are kept."""
    lines = LINE.split(cell) if split else [LINE.sub(" ", cell)]
    parts = [part for line in lines for part in (line.split(split) if split else [line])]
    kept = (without_house_number(" ".join(part.split())) for part in parts)
    return list(dict.fromkeys(part for part in kept if normal_wording(part) and len(part) <= LONGEST_TEXT))


def _too_many(cells: list[list[str]], place: np.typing.NDArray[np.int32]) -> Mask:
    full = np.array([len(cell) > MOST_PARTS for cell in cells] or [False], dtype=np.bool_)
    return np.asarray(full[place], dtype=np.bool_)


def _with_note(said: Said, sheet: Sheet, way: Way, asked: Mask, full: Mask) -> Said:
    header = sheet.header(str(way.text))
    notes = (
        *noted(said.given, f"rows tell a place in words in '{header}'; it is looked up at publish."),
        *noted(
            asked & full, f"rows tell more than {MOST_PARTS} places in '{header}'; the rest are not read."
        ),
    )
    return Said(said.given, said.fields, said.faults, notes, said.quality, said.wordings)
