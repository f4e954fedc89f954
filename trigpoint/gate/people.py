"""Whom records are about: dense numbers to count people by, kept inside the gate and in no answer."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.gate.asked import Asked
from trigpoint.store.people import fetch_people

__all__ = ["People", "people_of"]


class People(NamedTuple):
    """Of some records: `person` int32[n], -1 without one, and `holder` int32[n], which key knows them, -1 without.

    A holder is one agency in one window of its keys: two persons of one holder are two people, two of different
    holders may be one.
    """

    person: NDArray[np.int32]
    holder: NDArray[np.int32]


class _Known(NamedTuple):
    number: NDArray[np.int64]
    person: NDArray[np.int32]
    holder: NDArray[np.int32]


def people_of(asked: Asked, number: NDArray[np.int64]) -> People:
    """The persons of permitted records, by their numbers; a record that is not permitted has none."""
    known = asked.version.recall(("people", asked.permitted), lambda: _known(asked))
    nobody = np.full(len(number), -1, dtype=np.int32)
    if known.number.size == 0:
        return People(nobody, nobody.copy())
    place = np.minimum(np.searchsorted(known.number, number), known.number.size - 1)
    has = known.number[place] == number
    return People(
        np.where(has, known.person[place], nobody).astype(np.int32),
        np.where(has, known.holder[place], nobody).astype(np.int32),
    )


def _known(asked: Asked) -> _Known:
    with asked.people() as cursor:
        found = fetch_people(cursor)
    keys = found["agency"].astype(np.int64) * 65_536 + found["token_window"].astype(np.int64)
    _, holder = np.unique(keys, return_inverse=True)
    return _Known(found["number"].astype(np.int64), found["person"].astype(np.int32), holder.astype(np.int32))
