"""What it is worth to place a record: how much the map of hotspots could change once somebody says where."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.hotspot import HotspotResult
from trigpoint.core.geography.neighbours import Neighbours

__all__ = ["Uncertain", "Worth", "worth_of_placing"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Test = Callable[[Ints], HotspotResult]
"""The map tested, for the counts of every unit."""

Law = Callable[[Ints], Floats]
"""p of every window of the map as it is, were each to hold the sum given; NaN where it is not tested."""


@dataclass(frozen=True, slots=True, eq=False)
class Uncertain:
    """w groups of records that stand or fall together: whoever places one places all of its group (a wording).

    `records` int64[w]; candidates of group g are `unit[starts[g]:starts[g + 1]]` with the same of `weight`, float64,
    the chance of each, at most 1 in all: what remains is that they lie in none of the units. `starts` int64[w + 1].
    Raises ValueError where these do not fit together.
    """

    records: Ints
    starts: Ints
    unit: Ints
    weight: Floats

    def __post_init__(self) -> None:
        if (
            self.starts.size != self.records.size + 1
            or self.starts[0] != 0
            or np.any(np.diff(self.starts) < 0)
        ):
            raise ValueError("every group needs its candidates")
        if not self.starts[-1] == self.unit.size == self.weight.size:
            raise ValueError("every candidate needs a unit and a weight")
        if np.any(self.records < 0) or np.any(self.weight < 0):
            raise ValueError("records and weights are never negative")
        if np.any(self.summed(self.weight) > 1 + 1e-6):
            raise ValueError("the candidates of a group weigh more than one")

    @property
    def group(self) -> Ints:
        """The group of each candidate, int64[k]."""
        return np.repeat(np.arange(self.records.size), np.diff(self.starts))

    def summed(self, of_candidates: Floats) -> Floats:
        """The sum over each group's candidates, float64[w]."""
        return np.bincount(self.group, of_candidates, minlength=self.records.size).astype(np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Worth:
    """Of w groups: what placing each by itself would change, all else as it is.

    change    float64[w]  units that would become hot or cease to be, expected over the candidates' weights
    entering  float64[w]  … of them become hot         leaving  float64[w]  … cease to be
    most      int64[w]    the most that any one candidate would change
    exact     bool[w]     whether the map was tested anew for each candidate, or the figures are the quick ones
    could_enter, could_leave   bool[units]  units that would become hot, or cease to be, at a candidate of a group
                                            that was looked at exactly
    order     int64[w]    groups, the worthiest first: those looked at exactly before the rest
    """

    change: Floats
    entering: Floats
    leaving: Floats
    most: Ints
    exact: Bools
    could_enter: Bools
    could_leave: Bools
    order: Ints


def worth_of_placing(
    counts: Ints,
    neighbours: Neighbours,
    uncertain: Uncertain,
    test: Test,
    law: Law,
    *,
    looked_at: int = 20,
    progress: Callable[[int, int], None] | None = None,
) -> Worth:
    """How much placing each group of records would change which units are hot: the expected value of knowing.

    A quick look at all: with the map's law and its level of significance held as they are, which windows around each
    candidate would pass if they held the group's records too. Then the `looked_at` groups of most expected change are
    looked at exactly: for every candidate the records are added there and the whole map is tested anew, so that what
    ceases to be hot because the map around it grew is counted too. The figure is for one group at a time; the worth of
    two together is not the sum. Definition and when it misleads: docs/methods/worth.md (value of information: Howard
    1966, IEEE Trans. Systems Science and Cybernetics 2: 22–26). Raises ValueError for counts that do not fit the units.
    """
    if counts.shape != (neighbours.units,):
        raise ValueError("there must be one count for each unit")
    if uncertain.unit.size and not 0 <= uncertain.unit.min() <= uncertain.unit.max() < counts.size:
        raise ValueError("a candidate lies outside the units")
    base = test(counts)
    entering, leaving = (
        _quick(base, neighbours, uncertain, law),
        np.zeros(uncertain.unit.size, dtype=np.int64),
    )
    quick = uncertain.summed(uncertain.weight * entering)
    chosen = _most_first(quick, uncertain.records)[:looked_at]
    exact = np.zeros(uncertain.records.size, dtype=np.bool_)
    exact[chosen] = True
    enters, leaves = np.zeros(counts.size, dtype=np.bool_), np.zeros(counts.size, dtype=np.bool_)
    asked = np.flatnonzero(exact[uncertain.group])
    for done, candidate in enumerate(asked.tolist()):
        if progress is not None:
            progress(done, asked.size)
        group = int(uncertain.group[candidate])
        after = counts.copy()
        after[uncertain.unit[candidate]] += uncertain.records[group]
        hot = test(after).hot
        entering[candidate] = np.count_nonzero(hot & ~base.hot)
        leaving[candidate] = np.count_nonzero(base.hot & ~hot)
        enters |= hot & ~base.hot
        leaves |= base.hot & ~hot
    return _worth(uncertain, entering, leaving, exact, enters, leaves)


def _worth(
    uncertain: Uncertain, entering: Ints, leaving: Ints, exact: Bools, enters: Bools, leaves: Bools
) -> Worth:
    come, go = (uncertain.summed(uncertain.weight * one) for one in (entering, leaving))
    most = np.zeros(uncertain.records.size, dtype=np.int64)
    possible = uncertain.weight > 0
    np.maximum.at(most, uncertain.group[possible], (entering + leaving)[possible])
    first = _most_first(come + go, uncertain.records)
    order = np.concatenate([first[exact[first]], first[~exact[first]]])
    return Worth(come + go, come, go, most, exact, enters, leaves, order)


def _most_first(change: Floats, records: Ints) -> Ints:
    """Groups by what they change, then by how many records they are, then as they come."""
    return np.lexsort((np.arange(change.size), -records, -np.round(change, 9)))


def _quick(base: HotspotResult, neighbours: Neighbours, uncertain: Uncertain, law: Law) -> Ints:
    """Units that would become hot at each candidate, int64[k], with the law and the level held as they are."""
    level = base.rate * (np.count_nonzero(base.hot) + 1) / max(base.tested, 1)
    entering = np.zeros(uncertain.unit.size, dtype=np.int64)
    added = uncertain.records[uncertain.group]
    for more in np.unique(added[added > 0]).tolist():
        would = (law(base.around + more) <= level) & ~base.hot & (base.around + more > base.expected)
        here = added == more
        entering[here] = _in_windows(would, neighbours, uncertain.unit[here])
    return entering


def _in_windows(chosen: Bools, neighbours: Neighbours, units: Ints) -> Ints:
    """How many of the chosen are each unit or beside it: whose windows would hold what is added there."""
    starts, sizes = neighbours.indptr[units], neighbours.degrees[units]
    rows = np.repeat(np.arange(units.size), sizes)
    steps = np.arange(rows.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    beside = chosen[neighbours.indices[np.repeat(starts, sizes) + steps]]
    return chosen[units] + np.bincount(rows[beside], minlength=units.size)
