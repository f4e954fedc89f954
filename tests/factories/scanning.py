"""The scan's slow obvious twin: every cylinder of every centre, one after another, in plain Python."""

from dataclasses import dataclass
from math import hypot, log

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Cylinder:
    centre: int
    places: tuple[int, ...]
    first: int
    last: int
    observed: int
    expected: float
    llr: float


@dataclass(frozen=True, slots=True, eq=False)
class Small:
    """A small world of cases. `stratum` is 0 throughout unless the world has several."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    place: NDArray[np.int64]
    step: NDArray[np.int64]
    stratum: NDArray[np.int64]
    steps: int


def slow_llr(observed: int, expected: float, total: int) -> float:
    if observed <= expected:
        return 0.0
    beyond = total - observed
    return observed * log(observed / expected) + (
        beyond * log(beyond / (total - expected)) if beyond else 0.0
    )


def circles(world: Small, centre: int, most_m: float, ties: str) -> list[tuple[int, ...]]:
    """The sets of places around a centre, the smallest first."""
    away = [
        round(1000 * hypot(world.x[i] - world.x[centre], world.y[i] - world.y[centre]))
        for i in range(len(world.x))
    ]
    near = [i for i in range(len(world.x)) if away[i] <= round(1000 * most_m)]
    near.sort(key=lambda i: (i != centre, away[i], world.x[i], world.y[i], i))
    ends = [
        k + 1
        for k in range(len(near))
        if ties == "one" or k + 1 == len(near) or away[near[k + 1]] != away[near[k]]
    ]
    return [tuple(near[:end]) for end in ends]


def expected_in(world: Small, places: tuple[int, ...], first: int, last: int) -> float:
    """Σ over strata of (cases of the places) × (cases of the steps) / (all cases)."""
    at = np.isin(world.place, places)
    during = (world.step >= first) & (world.step <= last)
    return sum(
        float((at & (world.stratum == kind)).sum() * (during & (world.stratum == kind)).sum())
        / float((world.stratum == kind).sum())
        for kind in np.unique(world.stratum).tolist()
    )


def every_cylinder(
    world: Small, most_m: float, *, ties: str, mode: str, longest: int, share: float = 0.5, fewest: int = 2
) -> list[Cylinder]:
    total, found = len(world.place), []
    for centre in range(len(world.x)):
        for places in circles(world, centre, most_m, ties):
            at = np.isin(world.place, places)
            if at.sum() > share * total:
                break
            for first in range(world.steps):
                for last in range(first, min(first + longest, world.steps)):
                    if mode == "prospective" and last != world.steps - 1:
                        continue
                    observed = int((at & (world.step >= first) & (world.step <= last)).sum())
                    if observed < fewest:
                        continue
                    expected = expected_in(world, places, first, last)
                    llr = slow_llr(observed, expected, total)
                    found.append(Cylinder(centre, places, first, last, observed, expected, llr))
    return found
