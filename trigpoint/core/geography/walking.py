"""How far it is on foot: the nearest sites of every junction, all within a distance, and from one place to many."""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from trigpoint.core.geography.network import Positions, StreetNetwork

__all__ = [
    "WALKING_M_PER_MINUTE",
    "NearestSites",
    "SitesWithin",
    "nearest_sites",
    "sites_within",
    "walked_from",
]

WALKING_M_PER_MINUTE = 80.0
"""1.33 m/s, an adult's pace: ten minutes are 800 metres."""

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class NearestSites:
    """The k nearest sites of each of n junctions, nearest first; of equals the lowest number first.

    site        int32[n, k]    -1 where fewer can be reached
    distance_m  float64[n, k]  infinite there
    """

    site: Ints
    distance_m: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SitesWithin:
    """All sites within the distance of each of n junctions, as compressed sparse rows, ascending by site.

    indptr      int64[n+1]   those of junction i are site[indptr[i]:indptr[i+1]]
    site        int32[...]
    distance_m  float64[...]
    """

    indptr: Longs
    site: Ints
    distance_m: Floats


def nearest_sites(network: StreetNetwork, sites: Positions, k: int, limit_m: float = np.inf) -> NearestSites:
    """The k nearest of m sites for every junction, walked along the streets, none beyond the limit.

    One search for all sites at once: every junction keeps its k best labels (site, distance) and passes on only
    those, which is enough, since a site that is not among a junction's k nearest is not among those of a junction
    reached through it. Labels wait in buckets of equal width instead of a heap; one that is bettered after it was
    passed on is passed on again. Exact. Raises ValueError for k < 1.
    """
    if k < 1:
        raise ValueError("at least one site must be asked for")
    node, place, cost_m = _seeds(network, sites, limit_m)
    found = np.full((network.junctions, k), -1, dtype=np.int32)
    distance_m = np.full((network.junctions, k), np.inf)
    if node.size:
        width_m = max(float(np.median(network.length_m)) / 4, 1.0)
        span_m = max(float(network.length_m.max()), float(cost_m.max()))
        heads = np.full(int(span_m / width_m) + 3, -1, dtype=np.int32)
        _nearest(
            network.indptr, network.target, network.cost_m, node, place, cost_m, limit_m, width_m, heads,
            found, distance_m,
        )  # fmt: skip
    return NearestSites(found, distance_m)


def sites_within(network: StreetNetwork, sites: Positions, limit_m: float) -> SitesWithin:
    """All sites at most `limit_m` metres' walk from each junction. Raises ValueError for an endless limit."""
    if not np.isfinite(limit_m):
        raise ValueError("the limit must be a number of metres")
    node, place, cost_m = _seeds(network, sites, limit_m)
    order = np.argsort(place, kind="stable")
    starts = np.searchsorted(place[order], np.arange(sites.places + 1))
    reached, at, distance_m = _within(
        network.indptr, network.target, network.cost_m, node[order], cost_m[order], starts, limit_m
    )
    return _by_junction(reached, at, distance_m, network.junctions)


def walked_from(network: StreetNetwork, origins: Positions, limit_m: float = np.inf) -> Floats:
    """Metres from the nearest of the origins' stretches to each junction, float64[n]; infinite beyond the limit."""
    together = origins.of(np.arange(origins.places))
    return nearest_sites(network, together, 1, limit_m).distance_m[:, 0]


def _seeds(network: StreetNetwork, places: Positions, limit_m: float) -> tuple[Ints, Ints, Floats]:
    """Junction, place and metres: both ends of every stretch's segment, where they are within the limit."""
    segment = places.segment
    node = np.concatenate([network.start[segment], network.end[segment]])
    rest_m = network.length_m[segment] - places.to_m
    cost_m = np.concatenate([places.from_m + places.away_m, rest_m + places.away_m])
    near = cost_m <= limit_m
    return node[near], np.tile(places.place, 2)[near], cost_m[near]


def _by_junction(reached: Ints, at: Ints, distance_m: Floats, junctions: int) -> SitesWithin:
    indptr = np.zeros(junctions + 1, dtype=np.int64)
    np.cumsum(np.bincount(at, minlength=junctions), out=indptr[1:])
    site, sorted_m = np.empty_like(reached), np.empty_like(distance_m)
    _scatter(reached, at, distance_m, indptr[:-1].copy(), site, sorted_m)
    return SitesWithin(indptr, site, sorted_m)


@njit(cache=True, nogil=True)
def _scatter(reached: Ints, at: Ints, distance_m: Floats, place: Longs, site: Ints, sorted_m: Floats) -> None:
    for row in range(reached.size):
        spot = place[at[row]]
        site[spot], sorted_m[spot] = reached[row], distance_m[row]
        place[at[row]] = spot + 1


@njit(cache=True, nogil=True)
def _label(site: Ints, distance_m: Floats, one: int, away_m: float) -> bool:
    """Put a site among a junction's labels, in order. False where it is none of the nearest, or known as near."""
    last = site.size - 1
    if away_m > distance_m[last] or (away_m == distance_m[last] and one >= site[last] >= 0):
        return False
    spot = last
    for known in range(site.size):
        if site[known] == one:
            if away_m >= distance_m[known]:
                return False
            spot = known
            break
    while spot > 0 and (
        distance_m[spot - 1] > away_m or (distance_m[spot - 1] == away_m and site[spot - 1] > one)
    ):
        site[spot], distance_m[spot] = site[spot - 1], distance_m[spot - 1]
        spot -= 1
    site[spot], distance_m[spot] = one, away_m
    return True


@njit(cache=True, nogil=True)
def _holds(site: Ints, distance_m: Floats, one: int, away_m: float) -> bool:
    for known in range(site.size):
        if site[known] == one:
            return bool(distance_m[known] == away_m)
    return False


@njit(cache=True, nogil=True)
def _nearest(
    indptr: Longs,
    target: Ints,
    step_m: Floats,
    seed_node: Ints,
    seed_site: Ints,
    seed_m: Floats,
    limit_m: float,
    width_m: float,
    heads: Ints,
    site: Ints,
    distance_m: Floats,
) -> None:
    room = max(seed_node.size, 16)
    of_node, of_site = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    of_m, following = np.empty(room), np.empty(room, dtype=np.int32)
    free, used, waiting, buckets = -1, 0, 0, heads.size
    for seed in range(seed_node.size):
        node, one, away_m = seed_node[seed], seed_site[seed], seed_m[seed]
        if _label(site[node], distance_m[node], one, away_m):
            bucket = int(away_m / width_m) % buckets
            of_node[used], of_site[used], of_m[used] = node, one, away_m
            following[used], heads[bucket] = heads[bucket], used
            used, waiting = used + 1, waiting + 1
    bucket = 0
    while waiting:
        while heads[bucket] >= 0:
            entry = heads[bucket]
            heads[bucket] = following[entry]
            node, one, away_m = of_node[entry], of_site[entry], of_m[entry]
            following[entry], free = free, entry
            waiting -= 1
            if not _holds(site[node], distance_m[node], one, away_m):
                continue
            for edge in range(indptr[node], indptr[node + 1]):
                onward, onward_m = target[edge], away_m + step_m[edge]
                if onward_m > limit_m or not _label(site[onward], distance_m[onward], one, onward_m):
                    continue
                if free >= 0:
                    entry, free = free, following[free]
                else:
                    if used == room:
                        room *= 2
                        of_node, of_site = _longer(of_node, room), _longer(of_site, room)
                        of_m, following = _longer_m(of_m, room), _longer(following, room)
                    entry, used = used, used + 1
                later = int(onward_m / width_m) % buckets
                of_node[entry], of_site[entry], of_m[entry] = onward, one, onward_m
                following[entry], heads[later] = heads[later], entry
                waiting += 1
        bucket = (bucket + 1) % buckets


@njit(cache=True, nogil=True)
def _longer(values: Ints, room: int) -> Ints:
    longer = np.empty(room, dtype=np.int32)
    longer[: values.size] = values
    return longer


@njit(cache=True, nogil=True)
def _longer_m(values: Floats, room: int) -> Floats:
    longer = np.empty(room)
    longer[: values.size] = values
    return longer


@njit(cache=True, nogil=True)
def _within(
    indptr: Longs,
    target: Ints,
    step_m: Floats,
    seed_node: Ints,
    seed_m: Floats,
    starts: Longs,
    limit_m: float,
) -> tuple[Ints, Ints, Floats]:
    junctions, room = indptr.size - 1, 4096
    best_m = np.full(junctions, np.inf)
    queue, queued = np.empty(junctions, dtype=np.int32), np.zeros(junctions, dtype=np.bool_)
    touched = np.empty(junctions, dtype=np.int32)
    reached, at, away = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32), np.empty(room)
    found = 0
    for one in range(starts.size - 1):
        count = 0
        for seed in range(starts[one], starts[one + 1]):
            node = seed_node[seed]
            if best_m[node] == np.inf:
                touched[count] = queue[count] = node
                queued[node] = True
                count += 1
            best_m[node] = min(best_m[node], seed_m[seed])
        count = _spread(indptr, target, step_m, limit_m, best_m, queue, queued, touched, count)
        if found + count > room:
            room = 2 * (found + count)
            reached, at, away = _longer(reached, room), _longer(at, room), _longer_m(away, room)
        for place in range(count):
            node = touched[place]
            reached[found + place], at[found + place], away[found + place] = one, node, best_m[node]
            best_m[node] = np.inf
        found += count
    return reached[:found], at[:found], away[:found]


@njit(cache=True, nogil=True)
def _spread(
    indptr: Longs,
    target: Ints,
    step_m: Floats,
    limit_m: float,
    best_m: Floats,
    queue: Ints,
    queued: NDArray[np.bool_],
    touched: Ints,
    count: int,
) -> int:
    """Pass distances on from the junctions queued until none betters another; how many were touched in all.

    A plain queue: within a few hundred metres a junction is seldom bettered twice, and a heap costs more than that.
    """
    first, last, waiting, room = 0, count % queue.size, count, queue.size
    while waiting:
        node = queue[first]
        first, waiting, queued[node] = (first + 1) % room, waiting - 1, False
        for edge in range(indptr[node], indptr[node + 1]):
            onward, onward_m = target[edge], best_m[node] + step_m[edge]
            if onward_m > limit_m or onward_m >= best_m[onward]:
                continue
            if best_m[onward] == np.inf:
                touched[count] = onward
                count += 1
            best_m[onward] = onward_m
            if not queued[onward]:
                queued[onward] = True
                queue[last] = onward
                last, waiting = (last + 1) % room, waiting + 1
    return count
