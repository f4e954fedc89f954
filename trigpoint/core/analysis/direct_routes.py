"""Which areas a bus or a train joins without a change, and how often on a weekday."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["Calls", "DirectRoutes", "direct_routes"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Calls:
    """Where routes call: c rows, those of one route together and in the order it calls.

    route       int64[c]  the route, one direction of it
    area        int64[c]  the area whose people the stop serves; -1 for none. A stop that serves several has a row each
    position    int64[c]  place of the stop along the route
    departures  int64[c]  on a weekday
    """

    route: Ints
    area: Ints
    position: Ints
    departures: Ints


@dataclass(frozen=True, slots=True, eq=False)
class DirectRoutes:
    """For each of p pairs of areas: how many routes join them without a change, and departures on a weekday.

    routes, departures  int64[p]; nought where there is none
    """

    routes: Ints
    departures: Ints


def direct_routes(calls: Calls, origin: Ints, destination: Ints) -> DirectRoutes:
    """What runs without a change from `origin` to `destination`, int64[p] each: in that order along one route.

    A route's departures are those of its busiest call in the origin that has a later call in the destination; those
    of different routes are added up. A route that does not run on weekdays joins nothing. Within one area a route
    joins two different stops of it. It says nothing of how long one waits or travels, nor of journeys with a change.
    """
    pairs = {(int(a), int(b)): at for at, (a, b) in enumerate(zip(origin, destination, strict=True))}
    unique = np.zeros((2, len(pairs) and max(pairs.values()) + 1), dtype=np.int64)
    ends = np.append(np.flatnonzero(np.diff(calls.route, prepend=-1)), calls.route.size)
    for begin, end in pairwise(ends.tolist()):
        for pair, departures in _of_route(calls, slice(begin, end)).items():
            if pair in pairs:
                unique[:, pairs[pair]] += (1, departures)
    at = [pairs[int(a), int(b)] for a, b in zip(origin, destination, strict=True)]
    return DirectRoutes(unique[0, at], unique[1, at])


def _of_route(calls: Calls, rows: slice) -> dict[tuple[int, int], int]:
    """The pairs of areas one route joins, and its weekday departures for each."""
    last: dict[int, int] = {}
    area, position = calls.area[rows].tolist(), calls.position[rows].tolist()
    for one, place in zip(area, position, strict=True):
        last[one] = max(last.get(one, place), place)
    joined: dict[tuple[int, int], int] = {}
    for one, place, departures in zip(area, position, calls.departures[rows].tolist(), strict=True):
        for other, until in last.items():
            if one >= 0 and other >= 0 and until > place and departures > 0:
                joined[one, other] = max(joined.get((one, other), 0), departures)
    return joined
