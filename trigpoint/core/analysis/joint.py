"""Joint insight: which hotspots each agency sees alone, which only the joined picture shows, and what each brings."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import xlogy

from trigpoint.core.analysis.hotspot import HotspotResult
from trigpoint.core.analysis.shapley import MOST_PLAYERS, coalition_sums, shapley

__all__ = ["EventsTold", "Joint", "evidence", "joint_hotspots", "standard_weights"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Test = Callable[[int, Ints], HotspotResult]
"""The map of a coalition, tested: its bits, and the counts of every unit as it knows them."""

Chance = Callable[[Ints], ArrayLike]
"""How likely chance alone puts an event into a window (its units): one number, or one for every coalition."""

Shown = Callable[[int, HotspotResult], Bools]
"""Which hotspots of a coalition's own map may be told with their place, bool[hotspots]; its bits come first."""

MOST_WEIGHT = 10
MOST_WHOLE = 10
"""For so many agencies every coalition is tested (1,023 maps), not only each, each two and all but each."""


@dataclass(frozen=True, slots=True, eq=False)
class EventsTold:
    """m linked events, each in the one of `units` units where all records together place it, whoever tells it.

    `unit` int[m], 0..units − 1; `tellers` int64[m], bit a set where agency a of `weights.size` tells it. `weights`
    whole numbers [agencies]: what an event counts where that agency tells it; all 1 unless feeds are weighted, and
    an event that several tell counts the largest of theirs. Raises ValueError where these do not fit together.
    """

    unit: NDArray[np.integer]
    tellers: Ints
    units: int
    weights: Ints

    def __post_init__(self) -> None:
        if self.unit.shape != self.tellers.shape:
            raise ValueError("every event needs its unit and its tellers")
        if self.unit.size and not (0 <= self.unit.min() <= self.unit.max() < self.units):
            raise ValueError("an event lies outside the units")
        if self.unit.size and not (0 < self.tellers.min() <= self.tellers.max() < 1 << self.agencies):
            raise ValueError("an event is told by nobody, or by somebody who is not there")
        if self.agencies > MOST_PLAYERS:
            raise ValueError(f"shares are worked out for at most {MOST_PLAYERS} agencies")

    @property
    def agencies(self) -> int:
        return int(self.weights.size)

    def counts(self, coalition: int) -> Ints:
        """What the coalition knows of each unit, int64[units]: of events, never the sum of its agencies' counts."""
        counted = _heaviest(self.weights)[self.tellers & coalition]
        return np.bincount(self.unit, weights=counted, minlength=self.units).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """H hotspots of all agencies together, beside what A agencies, and their P pairs, show.

    alone   float64[A, H]  share of the hotspot's units that are hot for the agency alone, in a hotspot that may be told
    pairs   float64[P, H]  … for the pair of agencies in `pair_of`
    without float64[A, H]  … for all but that agency
    shares  float64[H, A]  what each agency brings: exact Shapley values of `evidence`, which they sum to
    own     int64[A]       hotspots of the agency alone; `own_only` those of which no unit is hot when all are joined
    of_pair int64[P]       hotspots of the pair; `left` int64[A] those found without the agency
    events  int64[A]       events the agency tells; `told_alone` those that nobody else tells
    stays   bool[2^A, H]   whether the coalition, its bits the place, still shows any of the hotspot; one row, False, where
                           there are more than `MOST_WHOLE` agencies
    unshown int64[2^A]     hotspots of the coalition's own map that may not be told with their place
    """

    joined: HotspotResult
    alone: Floats
    pairs: Floats
    without: Floats
    pair_of: tuple[tuple[int, int], ...]
    own: Ints
    own_only: Ints
    of_pair: Ints
    left: Ints
    evidence: Floats
    shares: Floats
    events: Ints
    told_alone: Ints
    stays: Bools
    unshown: Ints

    @property
    def joined_only(self) -> Bools:
        """bool[H]: no unit of it is hot for any agency alone."""
        return np.logical_not((self.alone > 0).any(axis=0))

    @property
    def in_no_pair(self) -> Bools:
        """bool[H]: nor for any two together. Always False where there are fewer than three agencies."""
        return self.joined_only & np.logical_not((self.pairs > 0).any(axis=0))

    @property
    def gone(self) -> Bools:
        """bool[A, H]: without the agency no unit of it is hot any more."""
        return ~(self.without > 0)


def joint_hotspots(
    told: EventsTold,
    test: Test,
    *,
    chance: Chance | None = None,
    shown: Shown | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Joint:
    """Test the map of all agencies, of each, of each two and of all but each, and share every hotspot out.

    `test` is asked once for each of these coalitions, and for every other one where there are few agencies. `chance`
    defaults to every unit being as likely as any other. A hotspot is *seen* by another run where at least one of its
    units is hot there, in a hotspot that is `shown` (all are, unless told otherwise): so "joined only" and "gone" say
    that nothing of it would be told. Method, source and when it misleads: docs/methods/joint.md.
    """
    a = told.agencies
    every, singles = (1 << a) - 1, [1 << one for one in range(a)]
    pair_of = tuple(combinations(range(a), 2))
    coalitions = [every, *singles, *(every & ~one for one in singles), *(1 << i | 1 << j for i, j in pair_of)]
    whole = range(1, 1 << a) if a <= MOST_WHOLE else ()
    results = _tested(told, test, dict.fromkeys((*coalitions, *whole)), progress)
    joined, *others = (results[one] for one in coalitions)
    hot, unshown = _shown_units(results, shown)
    members = [list(one.members) for one in joined.hotspots]
    seen = np.array(
        [[hot[one][units].mean() for units in members] for one in coalitions[1:]], dtype=np.float64
    )
    seen = seen.reshape(len(others), len(members))
    found = np.array([len(other.hotspots) for other in others], dtype=np.int64)
    evidences, shares = _shared(told, joined, chance)
    known = _known(told)
    return Joint(
        joined, seen[:a], seen[2 * a :], seen[a : 2 * a], pair_of,
        own=found[:a], own_only=_unseen(others[:a], joined), of_pair=found[2 * a :], left=found[a : 2 * a],
        evidence=evidences, shares=shares,
        events=known.sum(axis=1), told_alone=known[:, np.bitwise_count(told.tellers) == 1].sum(axis=1),
        stays=np.array([[one in hot and bool(hot[one][units].any()) for units in members] for one in (0, *whole)],
                       dtype=np.bool_).reshape(1 + len(whole), len(members)),
        unshown=np.array([unshown.get(one, 0) for one in (0, *whole)], dtype=np.int64),
    )  # fmt: skip


def evidence(inside: ArrayLike, total: ArrayLike, chance: ArrayLike) -> Floats:
    """How strongly events gather in a window fixed beforehand, in powers of ten: float64, as the arguments.

    Of `total` events `inside` lie in the window, which chance alone would give each with probability `chance`:
    log10(e) · (c ln(c/Nπ) + (N − c) ln((N − c)/(N − Nπ))) where c > Nπ, else 0. It is Kulldorff's log likelihood
    ratio, and Chernoff's bound: chance alone gives as much with probability at most 10^−evidence. Closed in form,
    so that 16,384 coalitions can be asked; it takes events for independent, so it is no p of the hotspot's test.
    Raises ValueError where a window holds events that cannot be there.
    """
    c, n, p = (np.asarray(one, dtype=np.float64) for one in (inside, total, chance))
    if np.any((c < 0) | (c > n)) or np.any((p < 0) | (p > 1)) or np.any((p == 0) & (c > 0)):
        raise ValueError("a window holds events that cannot be there")
    c, n, p = np.broadcast_arrays(c, n, p)
    more = c > n * p
    with np.errstate(divide="ignore", invalid="ignore"):
        gathered = xlogy(c, c / (n * p)) + xlogy(n - c, (n - c) / (n * (1 - p)))
    powers: Floats = np.where(more, gathered, 0.0) * np.log10(np.e)
    return powers


def standard_weights(events: ArrayLike, most: int = MOST_WEIGHT) -> Ints:
    """Weights that let small feeds weigh as much as large ones, int64[agencies]: the largest total over one's own.

    Whole numbers from 1 to `most`, so that one record of a tiny feed is not a hotspot; an agency without events
    weighs 1. It changes what is asked ("where do agencies agree?"), and is to be shown wherever it is used.
    """
    held = np.asarray(events, dtype=np.int64)
    largest = held.max(initial=0)
    times = np.divide(largest, held, out=np.ones(held.size), where=held > 0)
    weights: Ints = np.clip(np.rint(times), 1, most).astype(np.int64)
    return weights


def _tested(
    told: EventsTold,
    test: Test,
    coalitions: Collection[int],
    progress: Callable[[int, int], None] | None,
) -> dict[int, HotspotResult]:
    results: dict[int, HotspotResult] = {}
    for done, coalition in enumerate(coalitions):
        if progress is not None:
            progress(done, len(coalitions))
        results[coalition] = test(coalition, told.counts(coalition))
    return results


def _shown_units(
    results: dict[int, HotspotResult], shown: Shown | None
) -> tuple[dict[int, Bools], dict[int, int]]:
    """Of each coalition: its hot units that lie in a hotspot that may be told, and how many hotspots may not."""
    hot, unshown = {}, {}
    for one, result in results.items():
        may = np.ones(len(result.hotspots), dtype=np.bool_) if shown is None else shown(one, result)
        hot[one] = np.append(False, may)[result.hotspot]
        unshown[one] = int(np.count_nonzero(~may))
    return hot, unshown


def _unseen(runs: list[HotspotResult], joined: HotspotResult) -> Ints:
    """Hotspots of each run of which no unit is hot in the joined one."""
    return np.array(
        [sum(not joined.hot[list(one.members)].any() for one in run.hotspots) for run in runs], dtype=np.int64
    )


def _shared(told: EventsTold, joined: HotspotResult, chance: Chance | None) -> tuple[Floats, Floats]:
    """The evidence of each hotspot's units, and each agency's share in it."""
    total = coalition_sums(told.tellers, told.weights)
    values, shares = np.zeros(len(joined.hotspots)), np.zeros((len(joined.hotspots), told.agencies))
    for at, one in enumerate(joined.hotspots):
        members = np.array(one.members, dtype=np.int64)
        likely = members.size / told.units if chance is None else chance(members)
        inside = coalition_sums(told.tellers[np.isin(told.unit, members)], told.weights)
        worth = evidence(inside, total, likely)
        values[at], shares[at] = worth[-1], shapley(worth)
    return values, shares


def _known(told: EventsTold) -> Bools:
    """Which agency tells which event, bool[agencies, m]."""
    agencies = np.arange(told.agencies)[:, None]
    return (told.tellers[None, :] >> agencies & 1).astype(np.bool_)


def _heaviest(weights: Ints) -> Ints:
    """The largest weight in every set of agencies, 0 in none."""
    heaviest = np.zeros(1 << weights.size, dtype=np.int64)
    for one, weight in enumerate(weights.tolist()):
        heaviest[1 << one : 2 << one] = np.maximum(heaviest[: 1 << one], weight)
    return heaviest
