"""The search of the scan: the cylinder with the largest likelihood ratio, of one centre or of all.

A centre has nested sets of places; a cylinder is a set and a run of steps. Sets are taken in halves. For a half, the
cases of its largest set and the expected of its smallest bound every cylinder between: if no run of steps rises
above a chord of the level to be beaten, none of the half's cylinders can beat it, and none is looked at. What is
left is looked at cylinder by cylinder.
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from trigpoint.core.analysis.scan_ratio import Bounds, level_of, limit_at, log_likelihood_ratio

__all__ = ["Best", "Nest", "Rules", "cases_to", "expected_of", "search", "search_each"]

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

ROUNDING = 1.2e-7  # twice the most by which one addition of single numbers is out, of itself


class Nest(NamedTuple):
    """The sets of every centre, over P places that have cases, T steps that are searched, and S strata.

    starts   int64[n+1]  where a centre's sets begin      expected_to float32[P, T+1] expected before each step
    firsts   int64[n]    where a centre's places begin    least       float64[P]      the least expected in one step
    ends     int64[sets] where a set's places end         most        float64[P]      the most in the longest run
    members  int32[m]    places, outwards                 cases       int64[P, S]     each place's cases of all time
    totals   int64[S]    all cases                        through     int64[S, T+1]   all cases before each step
    """

    starts: Ints
    firsts: Ints
    ends: Ints
    members: NDArray[np.int32]
    expected_to: Singles
    least: Floats
    most: Floats
    cases: Ints
    through: Ints
    totals: Ints


class Rules(NamedTuple):
    """`longest` run of steps, whether it must end with the last, and the fewest cases of a cluster."""

    longest: int
    at_the_end: bool
    fewest: int


class Best(NamedTuple):
    """The best cylinder of each centre, [n]: its ratio (0: none), its set (of the centre's), and its steps."""

    ratio: Floats
    set: Ints
    first: Ints
    last: Ints


class _Room(NamedTuple):
    held: Singles
    expected: Singles
    strata: Ints
    least: Floats
    most: Floats
    places: Ints
    found: Ints
    stack: Ints


@njit(cache=True, nogil=True)
def cases_to(
    place: NDArray[np.int32], step: NDArray[np.int32], places: int, steps: int, begin: int
) -> Singles:
    """Each place's cases from step `begin` on, before each step, float32[places, steps − begin + 1]."""
    counts = np.zeros((places, steps - begin + 1), dtype=np.float32)
    for i in range(place.size):
        if step[i] >= begin:
            counts[place[i], step[i] - begin + 1] += np.float32(1.0)
    for i in range(places):
        for t in range(steps - begin):
            counts[i, t + 1] += counts[i, t]
    return counts


@njit(cache=True, nogil=True)
def search(nest: Nest, held_to: Singles, rules: Rules, bounds: Bounds, floor: float, enough: float) -> float:
    """The largest ratio of all cylinders, or `floor` if none is above it; a ratio of at least `enough` ends it."""
    room = _room(nest)
    best = floor
    for centre in range(nest.firsts.size):
        best = _search_centre(nest, held_to, rules, bounds, centre, best, room)
        if best >= enough:
            break
    return best


@njit(cache=True, nogil=True)
def search_each(nest: Nest, held_to: Singles, rules: Rules, bounds: Bounds, floor: float, best: Best) -> None:
    """Write each centre's best cylinder of a ratio above `floor`; of equals the smallest set, then the earliest."""
    room = _room(nest)
    for centre in range(nest.firsts.size):
        ratio = _search_centre(nest, held_to, rules, bounds, centre, floor, room)
        if ratio > floor:
            best.ratio[centre] = ratio
            best.set[centre], best.first[centre], best.last[centre] = (
                room.found[0],
                room.found[1],
                room.found[2],
            )


@njit(cache=True, nogil=True)
def _room(nest: Nest) -> _Room:
    most, columns = 0, nest.expected_to.shape[1]
    for centre in range(nest.firsts.size):
        most = max(most, nest.starts[centre + 1] - nest.starts[centre])
    return _Room(
        np.zeros((most, columns), dtype=np.float32),
        np.zeros((most, columns), dtype=np.float32),
        np.zeros((most, nest.totals.size), dtype=np.int64),
        np.zeros(most),
        np.zeros(most),
        np.zeros(most, dtype=np.int64),
        np.zeros(3, dtype=np.int64),
        np.zeros((2 * most + 2, 2), dtype=np.int64),
    )


@njit(cache=True, nogil=True)
def _fill(nest: Nest, held_to: Singles, centre: int, room: _Room) -> int:
    """Add the places up, set by set; gives how many sets the centre has."""
    first_set, place = nest.starts[centre], nest.firsts[centre]
    sets = int(nest.starts[centre + 1] - first_set)
    columns = held_to.shape[1]
    for k in range(sets):
        if k == 0:
            room.held[0] = 0.0
            room.expected[0] = 0.0
            room.strata[0] = 0
            room.least[0] = room.most[0] = 0.0
        else:
            room.held[k] = room.held[k - 1]
            room.expected[k] = room.expected[k - 1]
            room.strata[k] = room.strata[k - 1]
            room.least[k], room.most[k] = room.least[k - 1], room.most[k - 1]
        while place < nest.ends[first_set + k]:
            member = nest.members[place]
            for t in range(columns):
                room.held[k, t] += held_to[member, t]
                room.expected[k, t] += nest.expected_to[member, t]
            for s in range(nest.totals.size):
                room.strata[k, s] += nest.cases[member, s]
            room.least[k] += nest.least[member]
            room.most[k] += nest.most[member]
            place += 1
        room.places[k] = place - nest.firsts[centre]
    return sets


@njit(cache=True, nogil=True)
def _search_centre(
    nest: Nest,
    held_to: Singles,
    rules: Rules,
    bounds: Bounds,
    centre: int,
    best: float,
    room: _Room,
) -> float:
    sets = _fill(nest, held_to, centre, room)
    waiting = 0
    if sets > 0:
        room.stack[0, 0], room.stack[0, 1] = 0, sets - 1
        waiting = 1
    while waiting > 0:
        waiting -= 1
        low, high = room.stack[waiting]
        if not _may_exceed(low, high, rules, bounds, level_of(best, bounds), room):
            continue
        if low == high:
            best = _search_set(nest, rules, bounds, low, best, room)
            continue
        middle = (low + high) // 2
        room.stack[waiting, 0], room.stack[waiting, 1] = middle + 1, high
        room.stack[waiting + 1, 0], room.stack[waiting + 1, 1] = low, middle
        waiting += 2
    return best


@njit(cache=True, nogil=True)
def _may_exceed(low: int, high: int, rules: Rules, bounds: Bounds, level: int, room: _Room) -> bool:
    """Whether any cylinder of the sets low..high can exceed the level: some run of steps lies above a chord.

    Four chords at a time. Chords beyond the ones needed do no harm: what lies above one, lies above the curve.
    """
    held, expected = room.held[high], room.expected[low]
    last = _chord_of(room.most[high], bounds)
    chord = min(_chord_of(room.least[low], bounds), bounds.slope.shape[1] - 4)
    loose = ROUNDING * (room.places[high] + 8)
    while chord <= last:
        slope, height = bounds.slope[level, chord : chord + 4], bounds.height[level, chord : chord + 4]
        if rules.at_the_end:
            if _rise_at_the_end(held, expected, slope, height, loose):
                return True
        elif _rise(held, expected, slope, height, loose, rules.longest):
            return True
        if chord == bounds.slope.shape[1] - 4:
            return False
        chord = min(chord + 4, bounds.slope.shape[1] - 4)
    return False


@njit(cache=True, nogil=True)
def _chord_of(expected: float, bounds: Bounds) -> int:
    chord = 0
    while chord < bounds.slope.shape[1] - 1 and bounds.corners[chord + 1] < expected:
        chord += 1
    return chord


@njit(cache=True, nogil=True)
def _rise_at_the_end(held: Singles, expected: Singles, slope: Floats, height: Floats, loose: float) -> bool:
    last = held.size - 1
    for chord in range(4):
        slant = np.float32(slope[chord])
        size = held[last] + slant * expected[last]
        rise = held[last] - slant * expected[last] - _lowest(held, expected, slant)
        if rise > height[chord] - loose * size:
            return True
    return False


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz", "contract", "reassoc"})
def _lowest(held: Singles, expected: Singles, slant: np.float32) -> np.float32:
    lowest = np.float32(0.0)
    for t in range(held.size):
        lowest = min(lowest, held[t] - slant * expected[t])
    return lowest


@njit(cache=True, nogil=True)
def _rise(
    held: Singles, expected: Singles, slope: Floats, height: Floats, loose: float, longest: int
) -> bool:
    """Whether held − slope·expected rises by more than `height` within a run; of runs a little too long too."""
    steps = held.size - 1
    begin = 0
    while True:
        # every run of at most `longest` steps lies within one of these stretches
        end = steps if begin + 2 * longest >= steps else begin + 2 * longest
        rises = _four_rises(held[begin : end + 1], expected[begin : end + 1], slope)
        for chord in range(4):
            size = held[steps] + slope[chord] * expected[steps]
            if rises[chord] > height[chord] - loose * size:
                return True
        if end == steps:
            return False
        begin += longest


@njit(cache=True, nogil=True, fastmath={"nnan", "nsz", "contract"})
def _four_rises(
    held: Singles, expected: Singles, slope: Floats
) -> tuple[np.float32, np.float32, np.float32, np.float32]:
    """The largest rise of held − slope·expected from an earlier to a later step, for four slopes side by side."""
    a, b, c, d = np.float32(slope[0]), np.float32(slope[1]), np.float32(slope[2]), np.float32(slope[3])
    low_a = low_b = low_c = low_d = np.float32(1e30)
    top_a = top_b = top_c = top_d = np.float32(0.0)
    for t in range(held.size):
        cases, mean = held[t], expected[t]
        at_a, at_b, at_c, at_d = cases - a * mean, cases - b * mean, cases - c * mean, cases - d * mean
        top_a, top_b = max(top_a, at_a - low_a), max(top_b, at_b - low_b)
        top_c, top_d = max(top_c, at_c - low_c), max(top_d, at_d - low_d)
        low_a, low_b = min(low_a, at_a), min(low_b, at_b)
        low_c, low_d = min(low_c, at_c), min(low_d, at_d)
    return top_a, top_b, top_c, top_d


@njit(cache=True, nogil=True)
def _search_set(nest: Nest, rules: Rules, bounds: Bounds, k: int, best: float, room: _Room) -> float:
    """Look at every run of steps that begins with a case, and ends with one or at the end."""
    held, expected = room.held[k], room.expected[k]
    steps = held.size - 1
    level = level_of(best, bounds)
    loose = ROUNDING * (room.places[k] + 8) * expected[steps]
    for first in range(steps):
        if held[first + 1] == held[first]:
            continue
        last = steps if rules.at_the_end else first + 1
        while last <= min(first + rules.longest, steps):
            cases = int(held[last] - held[first])
            ends_well = rules.at_the_end or held[last] > held[last - 1]
            expects = expected[last] - expected[first] - loose
            if ends_well and cases >= rules.fewest and expects < limit_at(level, cases, bounds):
                ratio = _ratio(nest, room.strata[k], first, last, cases, bounds)
                if ratio > best:
                    best = ratio
                    level = level_of(best, bounds)
                    room.found[0], room.found[1], room.found[2] = k, first, last - 1
            last += 1
    return best


@njit(cache=True, nogil=True)
def _ratio(nest: Nest, strata: Ints, first: int, last: int, cases: int, bounds: Bounds) -> float:
    """The ratio from whole numbers, so that one cylinder has one ratio however it was come by."""
    return log_likelihood_ratio(
        float(cases), expected_of(strata, nest.through, nest.totals, first, last), float(bounds.total)
    )


@njit(cache=True, nogil=True)
def expected_of(strata: Ints, through: Ints, totals: Ints, first: int, last: int) -> float:
    """What a set holds on average in steps first..last − 1: its share of each stratum's cases of those steps."""
    expected = 0.0
    for s in range(totals.size):
        expected += float(strata[s] * (through[s, last] - through[s, first])) / float(totals[s])
    return expected
