"""From where to where: journeys between areas, told only where enough people stand behind them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.disclosure.people import PeopleRules, Verdict, judge, people_bounds

__all__ = ["FlowTable", "Journeys", "Returns", "flow_table", "returns_near", "share_words"]

RETURN_M = 250.0
"""Two journeys that end this near each other ended in the same place, as people would say it."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """n journeys, each one event: it began and it ended somewhere. Whom they were is for counting and nothing else.

    origin, destination  int64[n]  area 0..areas-1, `areas` for beyond the county, -1 where not known
    person               int64[n]  distinct within (agency, window); -1 without one
    agency, window       int64[n]  whose key knows the person, and in which window of keys
    event, day           int64[n]
    """

    origin: Ints
    destination: Ints
    person: Ints
    agency: Ints
    window: Ints
    event: Ints
    day: Ints

    def __post_init__(self) -> None:
        columns = (self.origin, self.destination, self.person, self.agency, self.window, self.event, self.day)
        if len({one.shape for one in columns}) > 1 or self.origin.ndim != 1:
            raise ValueError(
                "every journey needs two ends, a person, an agency, a window, an event and a day"
            )

    @property
    def placed(self) -> NDArray[np.bool_]:
        """Both ends of which are known, bool[n]."""
        return (self.origin >= 0) & (self.destination >= 0)


@dataclass(frozen=True, slots=True, eq=False)
class FlowTable:
    """What may be told of the journeys between areas. Whatever is not in it is withheld, none and few alike.

    origin, destination  int64[f]  flows that may be told, most journeys first
    journeys, people     int64[f]  how many, and how many distinct people at least
    rest_origin          int64[r]  areas whose other flows may be told together
    rest_journeys, rest_people     int64[r]
    others               int       journeys from all other areas that are in no flow above; -1 where withheld
    total                int       journeys between known ends; -1 where it would tell what is withheld
    unplaced             int       journeys an end of which is not known
    """

    origin: Ints
    destination: Ints
    journeys: Ints
    people: Ints
    rest_origin: Ints
    rest_journeys: Ints
    rest_people: Ints
    others: int
    total: int
    unplaced: int


def flow_table(journeys: Journeys, areas: int, rules: PeopleRules) -> FlowTable:
    """The flows between areas that at least k people make, and the rest as far as it gives none of them away.

    A flow is told where `judge` calls it many: at least `rules.least` people known to one agency in one window, and
    nobody making more than `rules.most_share` of its journeys. The rest of an area's journeys are told together, under
    the same rule. The journeys left are those of areas whose rest is too small; they are told as one number only if
    they are many together, and the rests of the smallest areas are given up to them until they are: otherwise the
    total, less what is told, would tell them. No number is told of the areas where journeys end, so the numbers told
    are sums over sets of flows that do not overlap, each of two flows or more: none can be worked out from others.
    Against other questions about the same journeys it protects nobody: their own rules do.

    Raises ValueError for an area that does not exist.
    """
    placed = journeys.placed
    origin, destination = journeys.origin[placed], journeys.destination[placed]
    if origin.size and max(origin.max(), destination.max()) > areas:
        raise ValueError("a journey begins or ends in an area that does not exist")
    flow, number = np.unique(origin * (areas + 1) + destination, return_inverse=True)
    many, people = _many(journeys, placed, number, flow.size, rules)
    count = np.bincount(number, minlength=flow.size)
    told = many[number]
    rest = np.where(told, -1, origin)
    rest_many, rest_people = _many(journeys, placed, rest, areas + 1, rules)
    rest_count = np.bincount(rest[rest >= 0], minlength=areas + 1)
    kept, others = _give_up(journeys, placed, rest, rest_many, rest_count, rules)
    order = np.lexsort((flow, -count))
    order = order[many[order]]
    shown = np.flatnonzero(kept)
    total = int(placed.sum()) if others >= 0 else -1
    return FlowTable(
        flow[order] // (areas + 1), flow[order] % (areas + 1), count[order], people[order],
        shown, rest_count[shown], rest_people[shown], others, total, int((~placed).sum()),
    )  # fmt: skip


def _many(
    journeys: Journeys, placed: NDArray[np.bool_], group: Ints, groups: int, rules: PeopleRules
) -> tuple[NDArray[np.bool_], Ints]:
    """Which groups of the placed journeys are many, bool[groups], and the people at least in each."""
    bounds = people_bounds(
        group, journeys.person[placed], journeys.agency[placed], journeys.window[placed],
        journeys.event[placed], journeys.day[placed], groups,
    )  # fmt: skip
    return judge(bounds, rules).verdict == Verdict.MANY, bounds.people_min


def _give_up(
    journeys: Journeys,
    placed: NDArray[np.bool_],
    rest: Ints,
    rest_many: NDArray[np.bool_],
    rest_count: Ints,
    rules: PeopleRules,
) -> tuple[NDArray[np.bool_], int]:
    """Areas whose rest is told, and the journeys of all others together; -1 if even together they are not many."""
    kept = rest_many.copy()
    by_size = [int(one) for one in np.lexsort((np.arange(kept.size), rest_count)) if kept[one]]
    while True:
        pooled = np.where((rest >= 0) & ~kept[rest], 0, -1)
        left = int(np.count_nonzero(pooled == 0))
        if not left or bool(_many(journeys, placed, pooled, 1, rules)[0][0]):
            return kept, left
        if not by_size:
            return kept, -1
        kept[by_size.pop(0)] = False


@dataclass(frozen=True, slots=True)
class Returns:
    """How many journeys were not their person's first, how many of these ended near an earlier one of theirs, and
    how many people at least stand behind them. `told` is whether enough do for the share to be said.
    """

    again: int
    near: int
    people: int
    told: bool

    @property
    def share(self) -> float:
        """NaN where it may not be told."""
        return self.near / self.again if self.told else float("nan")


def returns_near(
    journeys: Journeys,
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    rules: PeopleRules,
    *,
    near_m: float = RETURN_M,
) -> Returns:
    """Of journeys that were not their person's first: the share that ended within `near_m` of an earlier end.

    Ends in metres, [n]; NaN where not known: such a journey is not counted. Persons are compared within one agency's
    window of keys only, so what they did before it, or what another agency knows, is missed: the share is a floor
    where journeys are missed and no more than a rough one where people are few. Said only where at least `rules.least`
    people, known to one agency, came back anywhere, and none of them makes more than `rules.most_share` of it.
    """
    east, north = np.asarray(easting_m, dtype=np.float64), np.asarray(northing_m, dtype=np.float64)
    known = (journeys.person >= 0) & np.isfinite(east) & np.isfinite(north)
    where = np.flatnonzero(known)
    order = where[
        np.lexsort(
            (
                journeys.event[where], journeys.day[where], journeys.person[where], journeys.window[where],
                journeys.agency[where],
            )
        )
    ]  # fmt: skip
    again, near = np.zeros(known.size, dtype=bool), np.zeros(known.size, dtype=bool)
    before: list[int] = []
    for one in order.tolist():
        if before and not _same_person(journeys, before[-1], one):
            before = []
        if before:
            again[one] = True
            apart_m = np.hypot(east[before] - east[one], north[before] - north[one])
            near[one] = bool((apart_m <= near_m).any())
        before.append(one)
    many, people = _many(journeys, again, np.zeros(int(again.sum()), dtype=np.int64), 1, rules)
    return Returns(int(again.sum()), int(near.sum()), int(people[0]), bool(many[0]))


def _same_person(journeys: Journeys, one: int, other: int) -> bool:
    return bool(
        journeys.person[one] == journeys.person[other]
        and journeys.agency[one] == journeys.agency[other]
        and journeys.window[one] == journeys.window[other]
    )


_SHARES = (
    (0.0, "hardly any"), (0.1, "about a tenth"), (0.2, "about a fifth"), (0.25, "about a quarter"),
    (1 / 3, "about a third"), (0.4, "about two in five"), (0.5, "about half"), (0.6, "about three in five"),
    (2 / 3, "about two thirds"), (0.75, "about three quarters"), (0.8, "about four in five"),
    (0.9, "about nine in ten"), (1.0, "nearly all"),
)  # fmt: skip


def share_words(share: float) -> str:
    """A share in words, to the nearest that people use. Raises ValueError outside 0 to 1."""
    if not 0.0 <= share <= 1.0:
        raise ValueError("a share lies between 0 and 1")
    return min(_SHARES, key=lambda one: abs(one[0] - share))[1]
