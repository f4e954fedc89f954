"""How many people can stand behind a hotspot, at least and at most, and what that allows to be shown of it.

A key of a person belongs to one agency and one window of time: two keys of two agencies may be one child or two, and
nothing here tries to find out. People are bounded, never counted. No key leaves: only numbers of people do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BAND_EDGES",
    "LEAST_PEOPLE_PROTECTION",
    "Judged",
    "People",
    "PeopleRules",
    "Reason",
    "Verdict",
    "band_words",
    "bounds_words",
    "judge",
    "people_bounds",
    "people_rules_from",
]

Ints = NDArray[np.int64]
Ids = NDArray[np.integer]

BAND_EDGES = (5, 10, 20, 50)
"""Where the words for a number of people change."""
LEAST_PEOPLE_PROTECTION = (5, 0.4, 3)
"""At least so many people, at most this share by one, on so many dates: the loosest rules allowed."""
LEADING_EVENTS, LEADING_SHARE = 3, 0.4
"""A key leads what an agency tells of a place if it makes so many events there, and more than this share of them."""


class Verdict(IntEnum):
    """What may be said: enough people are known, too few, or the feeds cannot tell."""

    MANY = 0
    FEW = 1
    CANNOT_TELL = 2


class Reason(IntEnum):
    """Why. Of several reasons for `FEW`, the first that `judge` names. Numbers stay as they are: runs keep them."""

    ENOUGH = 0
    ONE_PERSON = 1
    FEW_PEOPLE = 2
    TOO_LITTLE = 3
    NOT_KNOWN = 4
    MAY_BE_ONE = 5


@dataclass(frozen=True, slots=True)
class PeopleRules:
    """`least` people (k), `most_share` of the events by one of them, `least_dates` where the feeds cannot tell.

    Raises ValueError for rules looser than `LEAST_PEOPLE_PROTECTION`: that takes a signed change of policy.
    """

    least: int = LEAST_PEOPLE_PROTECTION[0]
    most_share: float = LEAST_PEOPLE_PROTECTION[1]
    least_dates: int = LEAST_PEOPLE_PROTECTION[2]

    def __post_init__(self) -> None:
        least, share, dates = LEAST_PEOPLE_PROTECTION
        if self.least < least or not 0.0 < self.most_share <= share or self.least_dates < dates:
            raise ValueError(
                f"a place is shown from {least} people or more, at most {share:g} of it by one of them, "
                f"and on {dates} dates or more"
            )


def people_rules_from(text: Mapping[str, Any]) -> PeopleRules:
    """Read the `people` part of the definition; the loosest rules allowed where it has none.

    Raises ValueError for a part that leaves a rule out or has one that is not known.
    """
    rules = text.get("people")
    if rules is None:
        return PeopleRules()
    if not isinstance(rules, Mapping) or set(rules) != {"least", "most_share", "least_dates"}:
        raise ValueError("disclosure rules for people must say least, most_share and least_dates")
    return PeopleRules(int(rules["least"]), float(rules["most_share"]), int(rules["least_dates"]))


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Of each of h hotspots:

    people_min  int64[h]    distinct people that the agency (in one window) that knows most of them knows
    people_max  int64[h]    people there can be at most, linked events counted once
    events      int64[h]    linked events
    dates       int64[h]    distinct days on which they fell
    top_share   float64[h]  share of the linked events that the one person makes who is known to make most; 0 where no
                            record has a key, NaN where there is no record
    alike_share float64[h]  share of the linked events that the keys make which lead what each agency (in one window)
                            tells: all of them may be one person's, and no key can say; 0 and NaN as top_share
    """

    people_min: Ints
    people_max: Ints
    events: Ints
    dates: Ints
    top_share: NDArray[np.float64]
    alike_share: NDArray[np.float64]


def people_bounds(
    hotspot: Ids, person: Ids, agency: Ids, window: Ids, event: Ids, day: Ids, hotspots: int
) -> People:
    """Bound the people behind each of `hotspots` hotspots.

    Parallel arrays of n records: `hotspot` 0..hotspots-1, or -1 for none; `person` any id that is distinct within
    (agency, window), -1 where the record has no key; `event` what tells one linked event (all its records are given,
    and lie in one hotspot); `day` any number that tells dates apart.

    people_min is valid if an agency gives one child one key within a window. people_max is valid if, besides, records
    linked as one event tell of the same people: each event is then represented by one agency's records, that of the
    key that makes most events there, and people_max is the number of keys so chosen, plus the events without any key.
    Where links contradict keys (one agency tells two people apart in what another gives one key), both count; people_max
    is never below people_min. It misleads where links are wrong, and where one record is about several children.
    Raises ValueError for lengths that differ, a hotspot that does not exist, an event that lies in two.
    """
    columns = [np.asarray(one, dtype=np.int64) for one in (hotspot, person, agency, window, event, day)]
    if len({one.shape for one in columns}) != 1 or columns[0].ndim != 1:
        raise ValueError("every record needs a hotspot, a person, an agency, a window, an event and a day")
    if columns[0].size and not -1 <= columns[0].min() <= columns[0].max() < hotspots:
        raise ValueError("a record lies in a hotspot that does not exist")
    lies, person, agency, window, event, day = (one[columns[0] >= 0] for one in columns)
    events = _Events.of(lies, event)
    keyed = person >= 0
    keys = _Keys.of(lies[keyed], agency[keyed], window[keyed], person[keyed])
    told = _Told.of(keys, events.number[keyed])
    leading = _leading(told, keys)
    least = _most_by_group(keys.lies, keys.knower, hotspots)
    chosen = _stand_for_events(told, keys)
    at_most = np.bincount(keys.lies[chosen], minlength=hotspots)
    keyless = np.ones(len(events.lies), dtype=bool)
    keyless[told.event] = False
    at_most += np.bincount(events.lies[keyless], minlength=hotspots)
    of_each = np.bincount(events.lies, minlength=hotspots)
    return People(
        people_min=least,
        people_max=np.maximum(at_most, least),
        events=of_each,
        dates=_dates(lies, day, hotspots),
        top_share=_top_share(told, keys, of_each, hotspots),
        alike_share=_alike_share(told, leading, events, of_each, hotspots),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The `Verdict` and its `Reason` of each of h hotspots, int8[h] each."""

    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]

    @property
    def withheld(self) -> NDArray[np.bool_]:
        """Whose place may not be told, bool[h]."""
        return np.asarray(self.verdict == Verdict.FEW)


def judge(people: People, rules: PeopleRules) -> Judged:
    """The verdict on each hotspot.

    Few where one person is known to make more than `most_share` of the linked events, whoever else is there (a place
    that one child makes points at that child), or may make it: where one key leads what each of several agencies
    tells, as where all of them know one child under keys of their own. Few where there can be fewer than `least`
    people; and where the feeds cannot tell and fewer than `least` events, or fewer than `least_dates` dates, stand
    behind it. Many where at least `least` are known. Otherwise the feeds cannot tell.
    """
    thin = (people.events < rules.least) | (people.dates < rules.least_dates)
    reasons = np.select(
        [
            people.top_share > rules.most_share,
            people.alike_share > rules.most_share,
            people.people_max < rules.least,
            people.people_min >= rules.least,
            thin,
        ],
        [Reason.ONE_PERSON, Reason.MAY_BE_ONE, Reason.FEW_PEOPLE, Reason.ENOUGH, Reason.TOO_LITTLE],
        Reason.NOT_KNOWN,
    )
    verdicts = np.full(reasons.size, Verdict.FEW)
    verdicts[reasons == Reason.ENOUGH] = Verdict.MANY
    verdicts[reasons == Reason.NOT_KNOWN] = Verdict.CANNOT_TELL
    return Judged(verdicts.astype(np.int8), reasons.astype(np.int8))


def band_words(people: int) -> str:
    """A number of people in words that do not tell it: "fewer than 5", "5 to 9", … "50 or more".

    Raises ValueError for a negative number.
    """
    if people < 0:
        raise ValueError("there are never fewer than no people")
    if people < BAND_EDGES[0]:
        return f"fewer than {BAND_EDGES[0]}"
    for low, high in pairwise(BAND_EDGES):
        if people < high:
            return f"{low} to {high - 1}"
    return f"{BAND_EDGES[-1]} or more"


def bounds_words(least: str, most: str, *, enough: bool) -> str:
    """What may be said of how many people there are, from the bands of the fewest and the most there can be.

    `enough` where at least `PeopleRules.least` are known: "at least 20 people"; else "perhaps fewer than 5 people, perhaps
    20 to 49; the feeds cannot tell". Bands are those of `band_words`: no number of people is told otherwise.
    """
    if enough:
        return f"at least {least.split()[0]} people"
    if least == most:
        return f"{least} people; the feeds cannot tell"
    return f"perhaps {least} people, perhaps {most}; the feeds cannot tell"


@dataclass(frozen=True, slots=True, eq=False)
class _Events:
    """`number` of each record: the place of its event; `lies`: the hotspot of each event."""

    number: Ints
    lies: Ints

    @classmethod
    def of(cls, lies: Ints, event: Ints) -> "_Events":
        _, first, number = np.unique(event, return_index=True, return_inverse=True)
        if np.any(lies[first][number] != lies):
            raise ValueError("an event lies in two hotspots")
        return cls(number.astype(np.int64), lies[first])


@dataclass(frozen=True, slots=True, eq=False)
class _Keys:
    """The distinct keys of each hotspot: its hotspot, and the `knower`: agency and window within that hotspot.

    `of_record` is the key of each record that was given.
    """

    lies: Ints
    knower: Ints
    of_record: Ints

    @classmethod
    def of(cls, lies: Ints, agency: Ints, window: Ints, person: Ints) -> "_Keys":
        _, knower = _distinct_rows(lies, agency, window)
        first, of_record = _distinct_rows(knower, person)
        return cls(lies[first], knower[first], of_record)


@dataclass(frozen=True, slots=True, eq=False)
class _Told:
    """Which key stands in which event, each pair once: ascending by event, then by key."""

    event: Ints
    key: Ints

    @classmethod
    def of(cls, keys: _Keys, event: Ints) -> "_Told":
        first, _ = _distinct_rows(event, keys.of_record)
        return cls(event[first], keys.of_record[first])


def _distinct_rows(*columns: Ints) -> tuple[Ints, Ints]:
    """Of rows given as columns: where each distinct one is first, in ascending order, and the place of each row."""
    first, place = np.arange(0), np.zeros(columns[0].size, dtype=np.int64)
    for column in columns:
        values, within = np.unique(column, return_inverse=True)
        _, first, place = np.unique(
            place * max(values.size, 1) + within, return_index=True, return_inverse=True
        )
    return first, place


def _most_by_group(lies: Ints, knower: Ints, hotspots: int) -> Ints:
    """The most keys that one knower has in each hotspot."""
    most = np.zeros(hotspots, dtype=np.int64)
    if lies.size:
        _, first, times = np.unique(knower, return_index=True, return_counts=True)
        np.maximum.at(most, lies[first], times)
    return most


def _dates(lies: Ints, day: Ints, hotspots: int) -> Ints:
    first, _ = _distinct_rows(lies, day)
    return np.bincount(lies[first], minlength=hotspots)


def _top_share(told: _Told, keys: _Keys, events: Ints, hotspots: int) -> NDArray[np.float64]:
    times = np.bincount(told.key, minlength=len(keys.lies))
    most = np.zeros(hotspots, dtype=np.int64)
    np.maximum.at(most, keys.lies, times)
    share = np.full(hotspots, np.nan)
    np.divide(most, events, out=share, where=events > 0)
    return share


def _leading(told: _Told, keys: _Keys) -> NDArray[np.bool_]:
    """Keys that make most of what their knower tells: at least `LEADING_EVENTS`, over `LEADING_SHARE` of it; bool[keys]."""
    times = np.bincount(told.key, minlength=len(keys.lies))
    knowers = int(keys.knower.max(initial=-1)) + 1
    most = np.zeros(knowers, dtype=np.int64)
    np.maximum.at(most, keys.knower, times)
    first, _ = _distinct_rows(keys.knower[told.key], told.event)
    tells = np.bincount(keys.knower[told.key][first], minlength=knowers)
    leads = (most >= LEADING_EVENTS) & (most > LEADING_SHARE * tells)
    return np.asarray(leads[keys.knower] & (times == most[keys.knower]))


def _alike_share(
    told: _Told, leading: NDArray[np.bool_], events: _Events, of_each: Ints, hotspots: int
) -> NDArray[np.float64]:
    made = np.unique(told.event[leading[told.key]])
    share = np.full(hotspots, np.nan)
    np.divide(np.bincount(events.lies[made], minlength=hotspots), of_each, out=share, where=of_each > 0)
    return share


def _stand_for_events(told: _Told, keys: _Keys) -> NDArray[np.bool_]:
    """Which keys are counted: those chosen to stand for an event, and those that links contradict, bool[keys]."""
    counted = _contradicted(told, keys)
    only = np.bincount(told.event)[told.event] == 1
    counted[told.key[only]] = True
    times = np.bincount(told.key, minlength=len(keys.lies))
    # the first of each event: a key that is counted anyway, else the one of most events, else the first
    order = np.lexsort((told.key, -times[told.key], ~counted[told.key], told.event))
    first = np.ones(order.size, dtype=bool)
    first[1:] = told.event[order][1:] != told.event[order][:-1]
    counted[told.key[order[first]]] = True
    return counted


def _contradicted(told: _Told, keys: _Keys) -> NDArray[np.bool_]:
    """Keys that stand, through linked events, beside two keys of one knower, and those two; bool[keys]."""
    found = np.zeros(len(keys.lies), dtype=bool)
    one, other = _beside(told)
    # each key, met with each knower, and each key of that knower met
    first, _ = _distinct_rows(one, keys.knower[other], other)
    one, other = one[first], other[first]
    _, met = _distinct_rows(one, keys.knower[other])
    several = np.bincount(met)[met] > 1
    found[one[several]] = True
    found[other[several]] = True
    return found


def _beside(told: _Told) -> tuple[Ints, Ints]:
    """Every ordered pair of keys that stand in one event, a key with itself among them."""
    times = np.bincount(told.event)
    starts = np.concatenate([[0], np.cumsum(times)])
    each = times[told.event]
    one = np.repeat(told.key, each)
    steps = np.arange(one.size) - np.repeat(np.cumsum(each) - each, each)
    return one, told.key[np.repeat(starts[told.event], each) + steps]
