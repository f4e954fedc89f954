"""For every feed: what came from each district and month, what was due, and how likely it is that it was silent."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.coverage import AUGUST, due_months
from trigpoint.core.analysis.silence import Silence, find_silence
from trigpoint.gate.asked import Asked
from trigpoint.gate.kinds.coverage import last_due, received_by_month
from trigpoint.gate.kinds.series import months_of
from trigpoint.store.choices import FeedNamed
from trigpoint.store.coverage import fetch_coverage
from trigpoint.store.questions import Selection

__all__ = ["FeedHistory", "Histories", "histories"]


@dataclass(frozen=True, slots=True, eq=False)
class FeedHistory:
    """One feed: `received` int64[districts, months], `due` bool[months], and what they say. None before anything came."""

    feed: FeedNamed
    received: NDArray[np.int64]
    due: NDArray[np.bool_]
    found: Silence


@dataclass(frozen=True, slots=True, eq=False)
class Histories:
    """`first` is the first month (months since January 1970), `months` how many; `unplaced` lie in no district."""

    first: int
    months: int
    feeds: tuple[FeedHistory, ...]
    total: int
    unplaced: int


def histories(asked: Asked, selection: Selection | None = None) -> Histories:
    """Every permitted feed of records that sent anything, over the months of the answer.

    In a feed of terms only nothing is due in August. Months before a feed's first record are not due: it was not there.
    """
    chosen = asked.selection if selection is None else selection
    with asked.records() as cursor:
        found = fetch_coverage(cursor, chosen)
    first, months = months_of(*asked.period())
    feeds = [one for one in asked.version.vocabulary.feeds if one.code in asked.restrictions.granted]
    received = received_by_month(found, feeds, len(asked.version.areas("district").codes), first, months)
    told = []
    for feed, held in zip(feeds, received, strict=True):
        if held.any():
            due = _due(asked, feed, held, last_due(asked, found, feed), first)
            told.append(FeedHistory(feed, held, due, _found(asked, held, due)))
    unplaced = int(np.count_nonzero(found["district"] < 0))
    return Histories(first, months, tuple(told), int(found["district"].size), unplaced)


def _found(asked: Asked, held: NDArray[np.int64], due: NDArray[np.bool_]) -> Silence:
    """What the counts of one feed say; found again where they are the very same, whoever else was asked about with it.

    The chain over the months is most of the time that silence takes, and another agency, hour or agreement leaves the
    counts of most feeds as they are. Nothing but these numbers goes in, so nobody is told by another's.
    """
    numbers = ("silence", held.shape, held.tobytes(), due.tobytes())
    return asked.version.settle(numbers, lambda: find_silence(held, due))


def _due(asked: Asked, feed: FeedNamed, held: NDArray[np.int64], last: int, first: int) -> NDArray[np.bool_]:
    numbers = first + np.arange(held.shape[1])
    months = (numbers // 12 + 1970) * 100 + numbers % 12 + 1
    due = due_months(months, feed.cadence, last)
    begun = np.cumsum(held.sum(axis=0)) > 0
    closed = (months % 100 == AUGUST) & feed.terms_only
    return np.asarray(due & begun & ~closed, dtype=bool)
