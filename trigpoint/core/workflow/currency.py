"""Which of several versions of the same thing was current when. Publish and the ledger ask this one rule.

A *version* is what one delivery said about one thing: a row under its key, or all rows of one (scope, period).
Versions of the same thing form a *group*. The newer extract wins, whatever the order of arrival: versions are
ordered by the extract's own date, then by when they were received, then by delivery number. A version is known
from the moment it was received until the earliest receipt of any version that is newer than it; one that
arrives after a newer one was never current.
"""

import numpy as np
from numpy.typing import NDArray

FOR_EVER = np.iinfo(np.int64).max
"""`known_to` of a version that nothing has superseded."""


def known_to(
    group: NDArray[np.int64],
    extracted: NDArray[np.int64],
    received: NDArray[np.int64],
    delivery: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Until when each version was current.

    All arguments have shape (n,) and one entry a version; `group` numbers the thing it is about (any integers),
    `extracted` its extract's date and `received` its receipt in any monotone units (days, microseconds),
    `delivery` its delivery's number. Returns (n,) in the units of `received`: FOR_EVER while current; equal to
    `received` where the version was never current (a late older extract). Raises ValueError where lengths differ.
    """
    if not (len(group) == len(extracted) == len(received) == len(delivery)):
        raise ValueError("group, extracted, received and delivery must be of one length")
    if len(group) == 0:
        return np.empty(0, dtype=np.int64)
    order = np.lexsort((delivery, received, extracted, group))
    earliest_newer = _earliest_newer(group[order], received[order])
    until = np.empty(len(group), dtype=np.int64)
    until[order] = np.maximum(earliest_newer, received[order])
    return until


def _earliest_newer(group: NDArray[np.int64], received: NDArray[np.int64]) -> NDArray[np.int64]:
    """For versions sorted by (group, newness): the earliest receipt among the later ones of its group."""
    instants, rank = np.unique(received, return_inverse=True)
    group_rank = np.cumsum(np.concatenate(([0], group[1:] != group[:-1])))
    # Walking backwards, a lower group always undercuts the minimum of the group after it: one pass does all.
    step = len(instants)
    lowest = np.minimum.accumulate((rank + group_rank * step)[::-1])[::-1]
    until = np.full(len(group), FOR_EVER, dtype=np.int64)
    followed = np.flatnonzero(group[1:] == group[:-1])
    until[followed] = instants[lowest[followed + 1] - group_rank[followed] * step]
    return until
