"""Cells that name places: postcodes, streets, numbers. A cell that tells more than a place is not kept."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from trigpoint.ingest.sheet import Mask
from trigpoint.ingest.steps.coordinates import Floats

NUMBER = r"^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$"
LONGEST_NAME = 80
MORE_THAN_A_PLACE = re.compile(
    r"\d{5,}|\d{3,}[ -]\d{3,}|@|https?:|\b[A-Z]{2}\d{2} ?[A-Z]{3}\b", re.IGNORECASE
)
"""Telephone numbers, handles and addresses of the web, number plates."""
HOUSE_NUMBER = re.compile(r"^(flat \w+,? )?\d+[a-z]?([-/]\d+[a-z]?)?,? +(?=[A-Za-z])", re.IGNORECASE)


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


def telling_more(values: pa.StringArray) -> Mask:
    """Which cells tell more than a place."""
    encoded = values.dictionary_encode()
    telling = [MORE_THAN_A_PLACE.search(word) is not None for word in encoded.dictionary.to_pylist()]
    return np.asarray(np.array(telling or [False])[encoded.indices.to_numpy()], dtype=np.bool_)


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
