"""Space-time permutation scan: where and when were there more cases than the place and the time explain?"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.scan_chance import ALIKE, exceeded, gumbel_p, monte_carlo_p, sequential_p
from trigpoint.core.analysis.scan_nest import Nested, nested
from trigpoint.core.analysis.scan_ratio import Bounds, bounds_for
from trigpoint.core.analysis.scan_search import Best, Rules, cases_to, expected_of, search, search_each
from trigpoint.core.analysis.scan_zones import Zones

__all__ = ["MODES", "Cluster", "Mode", "ScanResult", "Scanned", "scan"]

Floats = NDArray[np.float64]
Steps = NDArray[np.int32]
Mode = Literal["retrospective", "prospective"]
MODES: tuple[Mode, ...] = ("retrospective", "prospective")

MOST_CASES = 1 << 24  # counts are held in single numbers, which are whole up to here


@dataclass(frozen=True, slots=True)
class Scanned:
    """What is scanned for.

    longest     the longest cluster, in steps; 0 is half of all steps, which is also the most
    mode        "prospective": only clusters that last to the final step; "retrospective": any
    share       the largest part of all cases that a cluster's circle may hold, of all time; at most a half
    fewest      the fewest cases a cluster may have
    replicates  how often the days are shuffled; 0 gives no p
    enough      stop once so many replicates are as large as the primary cluster (Besag & Clifford); 0 is never
    gumbel      also fit p by a Gumbel law, from all replicates; then none is cut short
    largest_p   secondary clusters with a larger p are not listed
    """

    longest: int = 0
    mode: Mode = "retrospective"
    share: float = 0.5
    fewest: int = 2
    replicates: int = 999
    enough: int = 0
    gumbel: bool = False
    largest_p: float = 1.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cylinder: places around a centre, from step `first` to step `last`, both in it.

    `places` are all places of the circle, ascending, those without a case too; `radius_m` the farthest one's
    distance. `observed` and `expected` cases, their `ratio`; `llr` the logarithm of the likelihood ratio. `p` is
    how often shuffled days give a largest LLR as large; NaN without replicates. `gumbel_p` NaN unless asked for.
    """

    rank: int
    centre: int
    radius_m: float
    first: int
    last: int
    places: tuple[int, ...]
    observed: int
    expected: float
    llr: float
    p: float
    gumbel_p: float

    @property
    def ratio(self) -> float:
        return self.observed / self.expected


@dataclass(frozen=True, slots=True, eq=False)
class ScanResult:
    """Clusters, the most likely first; no two share a place. Empty where nothing exceeds its expectation.

    `largest` float64[done] is each replicate's largest LLR; a replicate that was cut short tells only that it
    reached the primary's. `done` replicates were drawn, fewer than asked only by the sequential rule.
    """

    clusters: tuple[Cluster, ...]
    largest: Floats
    cases: int
    longest: int

    @property
    def done(self) -> int:
        return self.largest.size


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    nested: Nested
    step: Steps
    strata: tuple[NDArray[np.intp], ...]
    zones: Zones
    bounds: Bounds
    rules: Rules
    steps: int

    def held_to(self, step: Steps) -> NDArray[np.float32]:
        places = self.nested.nest.cases.shape[0]
        return cases_to(self.nested.place, step, places, self.steps, self.nested.begin)

    def largest(self, step: Steps, enough: float) -> float:
        return float(search(self.nested.nest, self.held_to(step), self.rules, self.bounds, 0.0, enough))

    def shuffled(self, rng: np.random.Generator) -> Steps:
        if len(self.strata) == 1:
            return rng.permutation(self.step)
        drawn = self.step.copy()
        for cases in self.strata:
            drawn[cases] = rng.permutation(self.step[cases])
        return drawn


def scan(
    place: ArrayLike,
    step: ArrayLike,
    zones: Zones,
    *,
    steps: int,
    rng: np.random.Generator,
    stratum: ArrayLike | None = None,
    scanned: Scanned | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> ScanResult:
    """Kulldorff, Heffernan, Hartman, Assunção & Mostashari (2005), PLoS Medicine 2(3): e59.

    `place` and `step` are whole numbers, [cases]: a place of `zones`, and a step of 0..steps − 1, which may be
    days, weeks or months. Expected in a cylinder is Σ C_z·C_d / C over its places and steps. `rng` shuffles the
    steps among the cases, so that every place keeps its cases and every step keeps its own.

    `stratum`, whole numbers from 0, [cases]: expected is worked out, and steps are shuffled, within each stratum
    (say, each feed), so that a stratum that starts, stops or grows everywhere alike makes no cluster. Without it,
    a change in the mix of strata that differ in their places does.

    `progress` is told (replicates done, asked). Misleads where one event is many cases, where records of a month
    share a day, where population moves, and says nothing about places that are always busy. Raises ValueError for
    lengths that differ, places or steps beyond their range, too many cases, or unusable limits.
    """
    asked = scanned if scanned is not None else Scanned()
    at, when, kind = _checked(place, step, stratum, zones.centres, steps)
    longest = min(asked.longest or steps // 2, steps // 2)
    _refuse_unusable(asked)
    if at.size == 0 or longest == 0:
        return ScanResult((), np.empty(0), at.size, longest)
    rules = Rules(longest, asked.mode == "prospective", asked.fewest)
    world = _World(
        nested(at, when, kind, zones, steps, asked.share, rules),
        when,
        tuple(np.flatnonzero(kind == number) for number in range(int(kind.max()) + 1)),
        zones,
        bounds_for(at.size, asked.fewest),
        rules,
        steps,
    )
    primary = world.largest(when, np.inf)
    if primary <= 0.0:
        return ScanResult((), np.empty(0), at.size, longest)
    largest = _replicates(world, primary, asked, rng, progress)
    return ScanResult(_clusters(world, primary, largest, asked), largest, at.size, longest)


def _checked(
    place: ArrayLike, step: ArrayLike, stratum: ArrayLike | None, places: int, steps: int
) -> tuple[Steps, Steps, Steps]:
    at, when = np.asarray(place), np.asarray(step)
    kind = np.zeros(at.shape, dtype=np.int32) if stratum is None else np.asarray(stratum)
    if at.ndim != 1 or not at.shape == when.shape == kind.shape:
        raise ValueError("every case needs a place, a step and a stratum")
    if at.size >= MOST_CASES:
        raise ValueError(f"the scan takes fewer than {MOST_CASES:,} cases")
    if at.size == 0:
        return at.astype(np.int32), when.astype(np.int32), kind.astype(np.int32)
    if not all(np.issubdtype(one.dtype, np.integer) for one in (at, when, kind)):
        raise ValueError("places, steps and strata are whole numbers")
    if at.min() < 0 or at.max() >= places or when.min() < 0 or when.max() >= steps or kind.min() < 0:
        raise ValueError("a case lies beyond the places, the steps or the strata")
    # strata without a case would have nothing to divide by
    dense = np.unique(kind, return_inverse=True)[1]
    return at.astype(np.int32), when.astype(np.int32), dense.astype(np.int32)


def _refuse_unusable(asked: Scanned) -> None:
    if asked.mode not in MODES or not 0.0 < asked.share <= 0.5:
        raise ValueError(
            "a scan is retrospective or prospective, and a circle holds at most half of the cases"
        )
    if asked.longest < 0 or asked.fewest < 2 or asked.replicates < 0 or asked.enough < 0:
        raise ValueError("a cluster has two cases or more; lengths and replicates are not negative")
    if asked.gumbel and asked.enough:
        raise ValueError("a Gumbel law needs all replicates: it goes with no early stop")


def _replicates(
    world: _World,
    primary: float,
    asked: Scanned,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None,
) -> Floats:
    """Each replicate's largest ratio. One that has reached the primary's is looked at no further."""
    enough = np.inf if asked.gumbel else primary * (1.0 - ALIKE)
    largest = np.empty(asked.replicates)
    reached = 0
    for number in range(asked.replicates):
        largest[number] = world.largest(world.shuffled(rng), enough)
        reached += int(exceeded(largest[number], primary))
        if progress is not None:
            progress(number + 1, asked.replicates)
        if asked.enough and reached >= asked.enough:
            return largest[: number + 1]
    return largest


def _p(largest: Floats, llr: float, asked: Scanned) -> float:
    if asked.replicates == 0:
        return math.nan
    if asked.enough:
        return sequential_p(largest, llr, asked.replicates, asked.enough)
    return monte_carlo_p(largest, llr)


def _floor(largest: Floats, primary: float, asked: Scanned) -> float:
    """The ratio above which p is small enough to be listed; always a hair below the primary's."""
    below = primary * (1.0 - ALIKE)
    if asked.replicates == 0 or asked.largest_p >= 1.0:
        return 0.0
    for llr in np.sort(largest):
        if llr >= below or _p(largest, float(llr) * (1.0 + 2.0 * ALIKE), asked) <= asked.largest_p:
            return min(float(llr), below)
    return below


def _clusters(world: _World, primary: float, largest: Floats, asked: Scanned) -> tuple[Cluster, ...]:
    """Each centre's best cylinder, the largest first, without those that share a place with one before."""
    centres = world.zones.centres
    best = Best(np.zeros(centres), *(np.zeros(centres, dtype=np.int64) for _ in range(3)))
    nest = world.nested.nest
    search_each(
        nest, world.held_to(world.step), world.rules, world.bounds, _floor(largest, primary, asked), best
    )
    found = np.flatnonzero(best.ratio)
    reach = world.nested.reach[nest.starts[found] + best.set[found]]
    radius_m = world.zones.distance_m[world.zones.starts[found] + reach - 1]
    taken = np.zeros(centres, dtype=np.bool_)
    clusters: list[Cluster] = []
    for at in np.lexsort((found, reach, radius_m, -best.ratio[found])).tolist():
        centre = int(found[at])
        start = int(world.zones.starts[centre])
        places = world.zones.places[start : start + int(reach[at])]
        if not taken[places].any():
            taken[places] = True
            p = _p(largest, float(best.ratio[centre]), asked)
            if not clusters or math.isnan(p) or p <= asked.largest_p:
                clusters.append(_cluster(world, len(clusters) + 1, centre, best, places, p, largest, asked))
    return tuple(clusters)


def _cluster(
    world: _World,
    rank: int,
    centre: int,
    best: Best,
    places: Steps,
    p: float,
    largest: Floats,
    asked: Scanned,
) -> Cluster:
    nest, begin = world.nested.nest, world.nested.begin
    one_set = int(nest.starts[centre] + best.set[centre])
    members = nest.members[nest.firsts[centre] : nest.ends[one_set]]
    first, last = int(best.first[centre]), int(best.last[centre])
    inside = np.isin(world.nested.place, members)
    inside &= (world.step >= begin + first) & (world.step <= begin + last)
    strata = nest.cases[members].sum(axis=0)
    llr = float(best.ratio[centre])
    return Cluster(
        rank=rank,
        centre=centre,
        radius_m=float(world.zones.distance_m[world.zones.starts[centre] + places.size - 1]),
        first=begin + first,
        last=begin + last,
        places=tuple(np.sort(places).tolist()),
        observed=int(np.count_nonzero(inside)),
        expected=float(expected_of(strata, nest.through, nest.totals, first, last + 1)),
        llr=llr,
        p=p,
        gumbel_p=gumbel_p(largest, llr) if asked.gumbel else math.nan,
    )
