"""Circular reporting: one report that several agencies have written down, each from another."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["FIRST_HAND", "LEAST_AGENCIES", "circular_events", "first_hand"]

LEAST_AGENCIES = 3
REPORTED, DISCOVERED = 1, 2
NOT_GRADED, KNOWN_DIRECTLY = 0, 1
FIRST_HAND = "reported to the agency or discovered by it, and where graded, known directly (A)"


def first_hand(detection: NDArray[np.integer], grade: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which records say that their agency had it at first hand, bool[n].

    `detection` 0 unknown 1 reported 2 discovered 3 referral; `grade` 0 none 1..5 = A..E. A record that does not say
    how it came is not first hand: three such records are no better than one.
    """
    had = np.isin(detection, (REPORTED, DISCOVERED))
    return np.asarray(had & np.isin(grade, (NOT_GRADED, KNOWN_DIRECTLY)), dtype=bool)


def circular_events(
    event: NDArray[np.int64], agency: NDArray[np.integer], direct: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Events that look like one report told round, ascending, distinct.

    One entry a record: its event, its agency, whether it is first hand. An event looks circular where at least
    LEAST_AGENCIES agencies tell it and at most one of them at first hand. Misleads where several agencies truly
    saw the same thing and none said so: it is a question to ask, never a reason to strike a record out.
    """
    pairs = np.unique(np.column_stack([event, agency.astype(np.int64)]), axis=0)
    told, agencies = np.unique(pairs[:, 0], return_counts=True)
    sure = np.unique(np.column_stack([event[direct], agency[direct].astype(np.int64)]), axis=0)
    at_first_hand = np.searchsorted(sure[:, 0], told, side="right") - np.searchsorted(sure[:, 0], told)
    return np.asarray(told[(agencies >= LEAST_AGENCIES) & (at_first_hand <= 1)], dtype=np.int64)
