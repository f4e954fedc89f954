"""The same event told by several feeds: pairs of records that are probably one event, linked and never merged.

Fellegi and Sunter's weights (1969, JASA 64:1183–1210) with fixed parameters: each piece of agreement adds its
log-odds. Nothing is estimated from the records, so whether two records are linked depends on those two alone:
a record that somebody may not see can never change what they see. A link joins records of different feeds only.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

__all__ = ["LEAST_PROBABILITY", "Links", "Told", "among", "event_of", "find_links", "reasons_in_words"]

FARTHEST_M = 250.0
FARTHEST_MIN = 6 * 60
LEAST_PROBABILITY = 0.5

_PRIOR = -2.2
_DISTANCE_M = (15.0, 50.0, 120.0, FARTHEST_M)
_DISTANCE_WEIGHT = (3.0, 2.0, -2.2, -3.5)
_TIME_MIN = (20, 60, 180, FARTHEST_MIN)
_TIME_WEIGHT = (2.8, 1.2, -2.0, -3.0)
_SAME_DAY_WEIGHT = 0.0
"""Where one of the two knows only the day: the same day says less than the same hour."""
_THEME_WEIGHT = (-0.7, 1.0)
"""No theme in common; at least one."""
_DAY_MIN = 24 * 60
_DISTANCE_WORDS = ("within 15 m", "within 50 m", "within 120 m", "within 250 m")
_TIME_WORDS = ("within 20 minutes", "within an hour", "within 3 hours", "within 6 hours", "on the same day")
_THEME_WORDS = ("no theme in common", "a theme in common")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """What linking needs of n records, all of them placed at a point: parallel arrays.

    `number` int64, ascending; `feed` int; `easting_m`, `northing_m` float64 (EPSG:27700, finite); `at` int64
    minutes (local clock, any origin that falls on a midnight); `by_day` bool where only the day is known;
    `theme_mask` uint64.
    """

    number: NDArray[np.int64]
    feed: NDArray[np.integer]
    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    at: NDArray[np.int64]
    by_day: NDArray[np.bool_]
    theme_mask: NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """m pairs, by descending probability, then by number: parallel arrays.

    `first` < `second` int64 record numbers; `feed_first`, `feed_second`; `probability` float64 in 0.5..1;
    `reason` int16, what `reasons_in_words` reads.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    feed_first: NDArray[np.integer]
    feed_second: NDArray[np.integer]
    probability: NDArray[np.float64]
    reason: NDArray[np.int16]


def find_links(told: Told) -> Links:
    """Every pair of records of two feeds that is at least as likely one event as two.

    Misleads where much happens at one spot within the hour (a station at closing time): two events told by one
    agency each then look like one told twice. Records known only by month, or placed less finely than a point,
    are not to be given here. The order of the records does not matter.
    """
    pairs = list(_near_pairs(told))
    first = np.concatenate([a for a, _ in pairs]) if pairs else np.empty(0, dtype=np.int64)
    second = np.concatenate([b for _, b in pairs]) if pairs else np.empty(0, dtype=np.int64)
    probability, reason = _weighed(told, first, second)
    kept = probability >= LEAST_PROBABILITY
    return _ordered(told, first[kept], second[kept], probability[kept], reason[kept])


def event_of(number: NDArray[np.int64], links: Links) -> NDArray[np.int64]:
    """The event of each record, int64[n]: the lowest record number among those linked to it; its own if none.

    `number` int64[n], ascending; links with an end that is not among them are passed over. The likeliest links
    are taken first, and no event ever holds two records of one feed: a link that would make it so is left out.
    """
    known = among(links.first, number) & among(links.second, number)
    linked = np.unique(np.concatenate([links.first[known], links.second[known]]))
    head = list(range(len(linked)))
    feeds: list[frozenset[int]] = [frozenset() for _ in head]
    ends = zip(
        np.searchsorted(linked, links.first[known]).tolist(), links.feed_first[known].tolist(),
        np.searchsorted(linked, links.second[known]).tolist(), links.feed_second[known].tolist(), strict=True,
    )  # fmt: skip
    for first, feed_first, second, feed_second in ends:
        _join(head, feeds, (first, feed_first), (second, feed_second))
    event = number.copy()
    heads = np.array([_head(head, i) for i in range(len(head))], dtype=np.int64)
    event[np.searchsorted(number, linked)] = linked[heads] if len(linked) else linked
    return event


def among(values: NDArray[np.int64], ascending: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which values are among those, bool[n]. `np.isin` would look at each of a million numbers for a few thousand links."""
    if ascending.size == 0:
        return np.zeros(values.size, dtype=bool)
    at = np.minimum(np.searchsorted(ascending, values), ascending.size - 1)
    return np.asarray(ascending[at] == values)


def reasons_in_words(reason: int) -> tuple[str, str, str]:
    """Distance, time and theme of a link as words; three times the same where an agency said so."""
    if reason < 0:
        return ("said in a sense-check",) * 3
    distance, rest = divmod(reason, 16)
    time, theme = divmod(rest, 2)
    return _DISTANCE_WORDS[distance], _TIME_WORDS[time], _THEME_WORDS[theme]


def _near_pairs(told: Told) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Pairs of two feeds within a box of 250 m and a day, as positions; each pair once."""
    scaled = np.column_stack(
        [told.easting_m / FARTHEST_M, told.northing_m / FARTHEST_M, told.at / (_DAY_MIN + FARTHEST_MIN)]
    )
    members = [np.flatnonzero(told.feed == feed) for feed in np.unique(told.feed)]
    trees = [cKDTree(scaled[here]) for here in members]
    for a in range(len(trees)):
        for b in range(a + 1, len(trees)):
            near = trees[a].sparse_distance_matrix(trees[b], 1.0, p=np.inf, output_type="ndarray")
            if len(near):
                yield members[a][near["i"]], members[b][near["j"]]


def _weighed(
    told: Told, first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int16]]:
    """Probability (0 where the pair is too far apart to be looked at) and reason of each pair."""
    apart_m = np.hypot(
        told.easting_m[first] - told.easting_m[second], told.northing_m[first] - told.northing_m[second]
    )
    apart_min = np.abs(told.at[first] - told.at[second])
    by_day = told.by_day[first] | told.by_day[second]
    same_day = told.at[first] // _DAY_MIN == told.at[second] // _DAY_MIN
    distance = np.minimum(np.searchsorted(_DISTANCE_M, apart_m), len(_DISTANCE_M) - 1)
    time = np.where(
        by_day, len(_TIME_MIN), np.searchsorted(_TIME_MIN, apart_min).clip(max=len(_TIME_MIN) - 1)
    )
    theme = ((told.theme_mask[first] & told.theme_mask[second]) != 0).astype(np.int64)
    odds = (
        _PRIOR
        + np.take(_DISTANCE_WEIGHT, distance)
        + np.take((*_TIME_WEIGHT, _SAME_DAY_WEIGHT), time)
        + np.take(_THEME_WEIGHT, theme)
    )
    comparable = (apart_m <= FARTHEST_M) & np.where(by_day, same_day, apart_min <= FARTHEST_MIN)
    probability = np.where(comparable, 1.0 / (1.0 + np.exp(-odds)), 0.0)
    return probability, (distance * 16 + time * 2 + theme).astype(np.int16)


def _ordered(
    told: Told,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    probability: NDArray[np.float64],
    reason: NDArray[np.int16],
) -> Links:
    turned = told.number[first] > told.number[second]
    low, high = np.where(turned, second, first), np.where(turned, first, second)
    order = np.lexsort((told.number[high], told.number[low], -probability))
    low, high = low[order], high[order]
    return Links(
        told.number[low],
        told.number[high],
        told.feed[low],
        told.feed[high],
        probability[order],
        reason[order],
    )


def _join(head: list[int], feeds: list[frozenset[int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    a, b = _head(head, one[0]), _head(head, other[0])
    of_a, of_b = feeds[a] or frozenset({one[1]}), feeds[b] or frozenset({other[1]})
    if a == b or of_a & of_b:
        return
    low, high = min(a, b), max(a, b)
    head[high] = low
    feeds[low] = of_a | of_b


def _head(head: list[int], i: int) -> int:
    while head[i] != i:
        head[i] = head[head[i]]
        i = head[i]
    return i
