"""Cells that name places: postcodes, streets, numbers. A cell that tells more than a place is not kept."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.ingest.steps.coordinates import Floats

NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
LONGEST_NAME = 80
OUTWARD = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
POSTCODE, SECTOR = rf"{OUTWARD}\s*[0-9][A-Z]{{2}}", rf"{OUTWARD}\s+[0-9]"
MORE_THAN_A_PLACE = re.compile(
    r"\d{5,}|\d{3,}[ -]\d{3,}|@|https?:|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", re.IGNORECASE
)
"""Telephone numbers, handles and addresses of the web, number plates."""
HOUSE_NUMBER = re.compile(r"^(flat \w+,? )?\d+[a-z]?([-/]\d+[a-z]?)?,? +(?=[A-Za-z])", re.IGNORECASE)


STREET_WORD = (
    r"(?:st(?:reet)?|r(?:oa)?d|ave?(?:nue)?|l(?:a)?ne?|dr(?:ive)?|cl(?:ose)?|c(?:our)?t|pl(?:ace)?|sq(?:uare)?|"
    r"g(?:ar)?d(?:e)?ns|cres(?:cent)?|terr?(?:ace)?|p(?:ara)?de|way|walk|rise|hill|row|mews|green|view|end|grove)"
)
NUMBERED = re.compile(
    rf"^(?:(?:flat|apt|apartment|unit|room)\s+\w{{1,4}},?\s+)?(?:no\.?\s*)?\d+[a-z]?(?:\s?[-/]\s?\d+[a-z]?)?,?\s+"
    rf"(?=(?:[\w'’]+\s+){{1,3}}{STREET_WORD}\b)",
    re.IGNORECASE,
)
"""A house number before a street's name; other numbers ("24 hour garage") belong to the place's own name."""


def without_house_number(text: str) -> str:
    """A place in words without the number of a house or flat in a street."""
    return NUMBERED.sub("", text)


def numbers(values: pa.StringArray) -> Floats:
    """Cells as numbers, NaN where a cell is not one."""
    readable = pc.match_substring_regex(values, NUMBER)
    return np.asarray(
        pc.if_else(readable, values, "nan").cast(pa.float64()).to_numpy(zero_copy_only=False),
        dtype=np.float64,
    )


def filled(values: pa.StringArray) -> pa.StringArray:
    """The cells, null where blank."""
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def postcodes(values: pa.StringArray) -> pa.StringArray:
    """Postcodes in capitals without spaces."""
    return pc.replace_substring_regex(pc.utf8_upper(values), r"\s+", "")


def postcode_or_sector(values: pa.StringArray) -> pa.StringArray:
    """Postcodes and sectors in capitals without spaces; null where a cell is neither.

    A sector must be told with its space: without one `CM12` could as well be the whole district CM12.
    """
    tidy = pc.utf8_upper(pc.utf8_trim_whitespace(values))
    shaped = pc.match_substring_regex(tidy, f"^({POSTCODE}|{SECTOR})$")
    return pc.if_else(shaped, postcodes(tidy), pa.scalar(None, pa.string()))


def labels(values: pa.StringArray, prefix: str) -> pa.StringArray:
    """A publisher's own label of a point, without the prefix it puts before every one; null where blank."""
    encoded = values.dictionary_encode()
    words = [word.removeprefix(prefix).strip() or None for word in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


def streets(values: pa.StringArray) -> pa.StringArray:
    """Street names without house numbers; null where blank or where the cell tells more than a place."""
    encoded = values.dictionary_encode()
    words = [street(word) for word in encoded.dictionary.to_pylist()]
    return pa.array(words, pa.string()).take(encoded.indices)


def street_and_town(values: pa.StringArray) -> tuple[pa.StringArray, pa.StringArray]:
    """`Station Road, Wexmere` as street and town; the town is null where there is no comma."""
    encoded = values.dictionary_encode()
    pairs = [_parted(word) for word in encoded.dictionary.to_pylist()]
    found = pa.array([street_ for street_, _ in pairs], pa.string())
    towns = pa.array([town for _, town in pairs], pa.string())
    return found.take(encoded.indices), towns.take(encoded.indices)


def street(text: str) -> str | None:
    """One street name, or None where the text is blank, too long or tells more than a place."""
    word = HOUSE_NUMBER.sub("", " ".join(text.split()))
    if not word or len(word) > LONGEST_NAME or MORE_THAN_A_PLACE.search(text):
        return None
    return word


def _parted(text: str) -> tuple[str | None, str | None]:
    before, comma, after = text.rpartition(",")
    named = street(before if comma else after)
    return named, (street(after) if comma and named is not None else None)
