"""A national county's records as rows of `counted`, in the order and the types that a store version keeps them in."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from trigpoint.core.county.streams import GRADES, STREAMS
from trigpoint.core.county.tables import Ints
from trigpoint.core.county.truths.truth import FEEDS_OF

AGENCIES = tuple(dict.fromkeys(FEEDS_OF[stream][1] for stream in STREAMS))
CATEGORIES_A_FEED = 3
THEMES = 17
_UNITS = ("district", "ward", "lsoa", "street", "locality", "cell_7", "cell_8", "cell_9", "cell_10")
_CURRENT_UNTIL = np.datetime64("9999-12-31T00:00:00", "us")
_WINDOW_DAYS = 182


class NationalRecords(NamedTuple):
    """Parallel arrays, one entry a record: `day` since 1970, `hour` -1 where none, `street` the segment or -1."""

    stream: NDArray[np.int8]
    day: NDArray[np.int32]
    hour: NDArray[np.int8]
    street: NDArray[np.int32]
    category: NDArray[np.int8]
    person: Ints

    def take(self, order: NDArray[np.intp]) -> "NationalRecords":
        """The records in another order."""
        return NationalRecords(
            self.stream[order],
            self.day[order],
            self.hour[order],
            self.street[order],
            self.category[order],
            self.person[order],
        )


def counted_table(number: int, records: NationalRecords, units: Mapping[str, Ints]) -> pa.Table:
    """The rows of `counted`, ordered by agency, category, day and number. `units` gives each segment's national ids."""
    agency = np.array([AGENCIES.index(FEEDS_OF[stream][1]) for stream in STREAMS], np.int16)[records.stream]
    category = (records.stream.astype(np.int16) * CATEGORIES_A_FEED + records.category).astype(np.int16)
    order = np.lexsort((records.day, category, agency))
    kept = records.take(order)
    columns = {
        "number": ((number + 1) << 32) + np.arange(1, len(order) + 1, dtype=np.int64),
        "agency": agency[order],
        "feed": kept.stream.astype(np.int16),
        "category": category[order],
        "theme_mask": np.uint64(1) << (category[order] % THEMES).astype(np.uint64),
        **_said(kept),
        **_placed(kept, units),
    }
    columns["event"] = columns["number"]
    return pa.table({name: pa.array(columns[name]) for name in _ORDER})


def _said(records: NationalRecords) -> dict[str, np.ndarray]:
    """What a record is and when, beside its place."""
    count, placed = len(records.day), records.street >= 0
    known = records.day.astype("datetime64[D]").astype("datetime64[us]") + np.timedelta64(2, "D")
    return {
        "detection": np.ones(count, np.int8),
        "grade": _grades(records),
        "marking": np.ones(count, np.int8),
        "handling": np.ones(count, np.int8),
        "day": records.day,
        "hour": records.hour,
        "weekday": ((records.day.astype(np.int64) + 3) % 7).astype(np.int8),
        "role": np.where(placed, 1, -1).astype(np.int8),
        "quality": np.where(placed, 2, 5).astype(np.int8),
        "token": records.person,
        "token_window": (records.day // _WINDOW_DAYS).astype(np.int16),
        "person": _people(records),
        "known_from": known,
        "known_to": np.full(count, _CURRENT_UNTIL),
    }


def _people(records: NationalRecords) -> NDArray[np.int32]:
    """Dense ids of this county's people, an agency and window at a time; they are told apart within a county alone."""
    held = np.flatnonzero(records.person)
    agency = np.array([AGENCIES.index(FEEDS_OF[stream][1]) for stream in STREAMS], np.int16)[records.stream]
    keys = np.column_stack([agency[held], records.day[held] // _WINDOW_DAYS, records.person[held]]).astype(
        np.int64
    )
    people = np.full(len(records.person), -1, dtype=np.int32)
    people[held] = np.unique(keys, axis=0, return_inverse=True)[1].ravel()
    return people


def _grades(records: NationalRecords) -> NDArray[np.int8]:
    """The assessment of an intelligence log as 1 to 5 (by its person, who is drawn evenly), 0 for any other record."""
    letters = np.array(["ABCDE".index(grade[2]) + 1 for grade in GRADES], np.int8)
    bounds = np.cumsum(list(GRADES.values()))
    drawn = letters[np.searchsorted(bounds, records.person % int(bounds[-1]), side="right")]
    intelligence = list(STREAMS).index("intelligence")
    return np.where(records.stream == intelligence, drawn, 0).astype(np.int8)


def _placed(records: NationalRecords, units: Mapping[str, Ints]) -> dict[str, np.ndarray]:
    placed, street = records.street >= 0, np.maximum(records.street, 0)
    nowhere = np.full(len(street), -1, np.int32)
    return {
        name: np.where(placed, units[name].astype(np.int32)[street], -1).astype(np.int32)
        if name in units
        else nowhere
        for name in _UNITS
    }


_ORDER = (
    *("number", "agency", "feed", "category", "theme_mask", "detection", "grade", "marking", "handling"),
    *(
        "day",
        "hour",
        "weekday",
        "role",
        "quality",
        "token",
        "token_window",
        "event",
        "person",
        "known_from",
        "known_to",
    ),
    *_UNITS,
)
"""The columns of `counted` in the order of a store version."""
