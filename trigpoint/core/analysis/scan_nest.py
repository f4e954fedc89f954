"""From cases and circles to nested sets: what the search walks over, and what shuffling the days leaves alone."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from trigpoint.core.analysis.scan_search import Nest, Rules
from trigpoint.core.analysis.scan_zones import Zones

__all__ = ["Nested", "nested"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Nested:
    """The sets of every centre, over the places that have cases.

    `place` int32[cases] is each case's place among those; `reach` int64[sets] how many of a centre's places, those
    without cases too, lie in a set's circle; `begin` the first step that is searched.
    """

    nest: Nest
    place: NDArray[np.int32]
    reach: Ints
    begin: int


def nested(
    place: NDArray[np.int32],
    step: NDArray[np.int32],
    stratum: NDArray[np.int32],
    zones: Zones,
    steps: int,
    share: float,
    rules: Rules,
) -> Nested:
    """Sets that hold at most `share` of all cases. Circles that add no case to a smaller one are left out."""
    strata = int(stratum.max()) + 1
    at_place = np.bincount(place, minlength=zones.centres)
    occupied = np.flatnonzero(at_place)
    number = np.full(zones.centres, -1, dtype=np.int32)
    number[occupied] = np.arange(occupied.size)
    most = int(np.floor(share * place.size + 1e-9))
    ends_set = (zones.starts, zones.places, zones.ends, number, at_place, most)
    starts, firsts, ends, members, reach = _sets(*ends_set)
    mine = number[place]
    cases = np.zeros((occupied.size, strata), dtype=np.int64)
    np.add.at(cases, (mine, stratum), 1)
    by_step = np.zeros((strata, steps), dtype=np.int64)
    np.add.at(by_step, (stratum, step), 1)
    totals = by_step.sum(axis=1)
    through = np.concatenate([np.zeros((strata, 1), dtype=np.int64), np.cumsum(by_step, axis=1)], axis=1)
    begin = steps - rules.longest if rules.at_the_end else 0
    through = np.ascontiguousarray(through[:, begin:])
    expected_to = (cases / totals) @ (through - through[:, :1])
    runs = expected_to[:, rules.longest :] - expected_to[:, : -rules.longest]
    nest = Nest(
        starts,
        firsts,
        ends,
        members,
        expected_to.astype(np.float32),
        np.diff(expected_to, axis=1).min(axis=1),
        runs.max(axis=1),
        cases,
        through,
        totals,
    )
    return Nested(nest, mine, reach, begin)


@njit(cache=True, nogil=True)
def _sets(
    starts: Ints,
    places: NDArray[np.int32],
    ends: NDArray[np.bool_],
    number: NDArray[np.int32],
    at_place: Ints,
    most: int,
) -> tuple[Ints, Ints, Ints, NDArray[np.int32], Ints]:
    """Each centre's sets: where they begin, where its members do, where each set ends, the members, each reach."""
    centres = starts.size - 1
    set_starts, firsts = np.zeros(centres + 1, dtype=np.int64), np.zeros(centres, dtype=np.int64)
    set_ends, reach = np.empty(places.size, dtype=np.int64), np.empty(places.size, dtype=np.int64)
    members = np.empty(places.size, dtype=np.int32)
    sets, kept = 0, 0
    for centre in range(centres):
        firsts[centre] = kept
        held, told = 0, 0
        for at in range(starts[centre], starts[centre + 1]):
            place = places[at]
            held += at_place[place]
            if held > most:
                break
            if at_place[place] > 0:
                members[kept] = number[place]
                kept += 1
            if ends[at] and held > told:
                set_ends[sets], reach[sets] = kept, at + 1 - starts[centre]
                sets += 1
                told = held
        # places of a circle that was too full, and were already written, belong to nobody
        kept = set_ends[sets - 1] if sets > set_starts[centre] else firsts[centre]
        set_starts[centre + 1] = sets
    return set_starts, firsts, set_ends[:sets].copy(), members[:kept].copy(), reach[:sets].copy()
