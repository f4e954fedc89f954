"""Circular reporting: one report that several agencies have written down, each from another."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["FIRST_HAND", "LEAST_AGENCIES", "NO_MINUTE_TOLD", "ROUND_MIN", "circular_events", "first_hand"]

LEAST_AGENCIES = 3
REPORTED, DISCOVERED = 1, 2
NOT_GRADED, KNOWN_DIRECTLY = 0, 1
NO_MINUTE_TOLD = -1
ROUND_MIN = 5
"""People round what they saw to five minutes: such a time two agencies may well give independently."""
FIRST_HAND = "reported to the agency or discovered by it, and where graded, known directly (A)"


def first_hand(detection: NDArray[np.integer], grade: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Which records say that their agency had it at first hand, bool[n].

    `detection` 0 unknown 1 reported 2 discovered 3 referral; `grade` 0 none 1..5 = A..E. A record that does not say
    how it came is not first hand: three such records are no better than one.
    """
    had = np.isin(detection, (REPORTED, DISCOVERED))
    return np.asarray(had & np.isin(grade, (NOT_GRADED, KNOWN_DIRECTLY)), dtype=bool)


def circular_events(
    event: NDArray[np.int64],
    agency: NDArray[np.integer],
    direct: NDArray[np.bool_],
    minute: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Events that look like one report told round, ascending, distinct.

    One entry a record: its event, its agency, whether it is first hand, and the minute it gives (any origin on a whole
    hour; NO_MINUTE_TOLD where it gives none). An event looks circular where at least LEAST_AGENCIES agencies tell it and
    at most one of them at first hand; or where as many give it the very same minute, no multiple of ROUND_MIN: who
    writes down what they were told themselves seldom hits upon the minute of two others.

    Misleads where several agencies truly saw the same thing and none said so, and where a time is handed on by rule (a
    missing child's, from the police to all who look for it): it is a question to ask, never a reason to strike one out.
    """
    told, agencies = _agencies(event, agency)
    sure, at_first_hand = _agencies(event[direct], agency[direct])
    few = ~np.isin(told, sure[at_first_hand > 1])
    exact = (minute != NO_MINUTE_TOLD) & (minute % ROUND_MIN != 0)
    return np.union1d(
        told[(agencies >= LEAST_AGENCIES) & few], _copied(event[exact], agency[exact], minute[exact])
    )


def _agencies(
    event: NDArray[np.int64], agency: NDArray[np.integer]
) -> tuple[NDArray[np.int64], NDArray[np.intp]]:
    """Each event once, ascending, and how many agencies tell it."""
    pairs = np.unique(np.column_stack([event, agency.astype(np.int64)]), axis=0)
    return np.unique(pairs[:, 0], return_counts=True)


def _copied(
    event: NDArray[np.int64], agency: NDArray[np.integer], minute: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Events to which enough agencies give the same minute."""
    told = np.unique(np.column_stack([event, minute, agency.astype(np.int64)]), axis=0)
    same, agencies = np.unique(told[:, :2], axis=0, return_counts=True)
    return np.unique(same[agencies >= LEAST_AGENCIES, 0])
