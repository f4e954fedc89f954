"""The county's own names for places, ready to be recognised in what people write.

An *item* is one meaning a name may have: a street of one town (all its segments), a site (all its points, where a
register lists one place several times), a locality, a ward, a district. Sites whose place is nobody's business are
for the caller to leave out: whatever is in here may be offered to anyone who may see a wording.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from trigpoint.core.geography.gazetteer_names import Alias, aliases_of
from trigpoint.core.geography.wording_words import STOP, place_words

__all__ = ["Area", "Gazetteer", "Item", "NamedPoints", "StreetSegments", "gazetteer_of"]

RULES = "1"
"""Goes into the fingerprint: raised when the matcher would read the same wording otherwise."""

SAME_STREET_M = 300.0
"""Segments of one name are one street as far as the middle of each is this near to the next, or their ends meet."""

AROUND_M = 3000.0
"""How far about a town's last stop a place that is told as in it is looked for at all."""

SAME_SITE_M = 250.0
"""Entries of one class and name this near to each other are one site (the stands of a bus station)."""


@dataclass(frozen=True, slots=True, eq=False)
class StreetSegments:
    """Segments of named streets, by position: towns, wards and districts by name, "" where in none.

    `start`, `end`, `middle` float64[n, 2] in metres.
    """

    names: Sequence[str]
    towns: Sequence[str]
    wards: Sequence[str]
    districts: Sequence[str]
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    middle: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class NamedPoints:
    """Sites by position: class, reference, name; town, ward and district, "" where in none; a point in metres."""

    classes: Sequence[str]
    refs: Sequence[str]
    names: Sequence[str]
    towns: Sequence[str]
    wards: Sequence[str]
    districts: Sequence[str]
    points: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Area:
    """A locality, ward or district: a point in it and how far it reaches from there."""

    kind: str
    ref: str
    name: str
    easting_m: float
    northing_m: float
    reach_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One meaning. `members` are positions in what the gazetteer was made of; `points` float64[n, 2] their points.

    `towns` are the members' towns and `areas` their wards and districts, as words with a space between.
    `ends` float64[n, 4] are a street's segments from end to end; for other items the point twice.
    """

    kind: str
    of_class: str
    ref: str
    name: str
    words: tuple[str, ...]
    areas: frozenset[str]
    towns: tuple[str, ...]
    members: tuple[int, ...]
    points: NDArray[np.float64]
    ends: NDArray[np.float64]
    reach_m: float = 0.0

    @property
    def extent_m(self) -> float:
        """The diagonal of the box around its points."""
        return float(np.hypot(*(self.points.max(axis=0) - self.points.min(axis=0))))

    @property
    def middle(self) -> tuple[float, float]:
        """The member point nearest to the mean: a point that is really on the thing."""
        gap = np.hypot(*(self.points - self.points.mean(axis=0)).T)
        x, y = self.points[int(gap.argmin())]
        return float(x), float(y)


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Items and their names. Made by `gazetteer_of`; never changed, safe to share between threads.

    `named` gives the items of a name (words) with how well the name is theirs, best first (see `Alias`); `words` are
    all words of all names; `towns` the areas of a town's name.
    """

    items: tuple[Item, ...]
    fingerprint: str
    named: dict[tuple[str, ...], tuple[tuple[int, int], ...]] = field(repr=False)
    words: frozenset[str] = field(repr=False)
    towns: dict[str, tuple[int, ...]] = field(repr=False)
    by_class: dict[str, tuple[int, ...]] = field(repr=False)
    by_ref: dict[tuple[str, str], int] = field(repr=False)
    by_word: dict[str, tuple[int, ...]] = field(repr=False)
    by_area: dict[str, tuple[int, ...]] = field(repr=False)
    boxes: NDArray[np.float64] = field(repr=False)
    longest: int = 1

    def around(self, at: int) -> list[int]:
        """The items in an area, or, of a town, all whose box comes within its reach and three kilometres."""
        area = self.items[at]
        if area.kind != "locality":
            return list(self.by_area.get(" ".join(area.words), ()))
        point = np.hstack([area.points[0], area.points[0]])
        return [int(one) for one in self._near(point, area.reach_m + AROUND_M)]

    def within(self, at: int, limit_m: float) -> frozenset[int]:
        """The items whose box is within a distance of an item's box: no other can be as near to it."""
        return frozenset(self._near(self.boxes[at], limit_m).tolist())

    def _near(self, box: NDArray[np.float64], limit_m: float) -> NDArray[np.int64]:
        over = np.maximum(self.boxes[:, :2] - box[2:], box[:2] - self.boxes[:, 2:]).clip(min=0.0)
        near: NDArray[np.int64] = np.flatnonzero(np.hypot(*over.T) <= limit_m)
        return near


def gazetteer_of(streets: StreetSegments, sites: NamedPoints, areas: Iterable[Area]) -> Gazetteer:
    """Gather names. The order in which segments, sites and areas are given does not matter to any answer.

    Names that hold no letter or digit are left out. Raises ValueError where columns differ in length.
    """
    _same_lengths(*(getattr(streets, name) for name in StreetSegments.__slots__))
    _same_lengths(*(getattr(sites, name) for name in NamedPoints.__slots__))
    said = _Said()
    found = [*_street_items(streets, said), *_site_items(sites, said), *_area_items(areas)]
    items = tuple(sorted(found, key=lambda one: (one.kind, one.ref)))
    town_words = {one.words for one in items if one.kind == "locality"}
    aliases = {
        (alias.words, at): alias.grade
        for at, one in enumerate(items)
        for alias in sorted(
            aliases_of(one.kind, one.of_class, one.words, _town_of(one), town_words), key=_worst_first
        )
    }
    return _indexed(items, aliases)


def _town_of(item: Item) -> tuple[str, ...]:
    return tuple(item.towns[0].split()) if item.kind == "site" else ()


def _worst_first(alias: Alias) -> int:
    return -alias.grade


def _indexed(items: tuple[Item, ...], aliases: dict[tuple[tuple[str, ...], int], int]) -> Gazetteer:
    named: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for (words, at), grade in aliases.items():
        named[words].append((grade, at))
    by_class: dict[str, list[int]] = defaultdict(list)
    towns: dict[str, list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    by_area: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(items):
        by_class[one.of_class].append(at)
        for word in set(one.words):
            by_word[word].append(at)
        for area in {*one.towns, *one.areas}:
            by_area[area].append(at)
        if one.kind in ("locality", "ward", "district"):
            towns[" ".join(one.words)].append(at)
    return Gazetteer(
        items=items,
        fingerprint=_fingerprint(items),
        named={words: tuple(sorted(held)) for words, held in named.items()},
        words=frozenset(word for words in named for word in words),
        towns={name: tuple(held) for name, held in towns.items()},
        by_class={name: tuple(held) for name, held in by_class.items()},
        by_word={word: tuple(held) for word, held in by_word.items()},
        by_area={area: tuple(held) for area, held in by_area.items()},
        by_ref={(one.kind, one.ref): at for at, one in enumerate(items)},
        boxes=_boxes(items),
        longest=max((len(words) for words in named), default=1),
    )


def _boxes(items: tuple[Item, ...]) -> NDArray[np.float64]:
    """West, south, east and north of each item's points and segments."""
    corners = [np.vstack([one.points, one.ends.reshape(-1, 2)]) for one in items]
    made = [np.concatenate([one.min(axis=0), one.max(axis=0)]) for one in corners]
    return np.array(made, dtype=np.float64).reshape(len(items), 4)


def _fingerprint(items: tuple[Item, ...]) -> str:
    digest = hashlib.sha256(RULES.encode())
    for one in items:
        points = np.round(one.points)
        digest.update(
            f"{one.kind}|{one.of_class}|{one.ref}|{one.name}|{one.towns}|{one.reach_m:.0f}".encode()
        )
        digest.update(" ".join(sorted(one.areas)).encode())
        digest.update(points.tobytes())
    return digest.hexdigest()[:32]


def _street_items(streets: StreetSegments, said: _Said) -> Iterable[Item]:
    held: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at, name in enumerate(streets.names):
        if words := said.words(name):
            held[words].append(at)
    for words, members in held.items():
        for part in _joined(streets, members):
            order = sorted(part, key=lambda at: (*streets.middle[at], *streets.start[at]))
            points = streets.middle[order]
            yield Item(
                kind="street", of_class="street",
                ref=f"{' '.join(words)}|{points[0, 0]:.0f} {points[0, 1]:.0f}",
                name=min(streets.names[at] for at in part), words=words,
                areas=said.areas(streets, order), towns=tuple(said.text(streets.towns[at]) for at in order),
                members=tuple(order), points=points, ends=np.hstack([streets.start[order], streets.end[order]]),
            )  # fmt: skip


def _joined(streets: StreetSegments, members: list[int]) -> list[list[int]]:
    """The segments of one name in groups that hang together: by their ends, or nearly."""
    if len(members) == 1:
        return [members]
    corners = np.vstack([streets.middle[members], streets.start[members], streets.end[members]])
    whose = np.tile(np.arange(len(members)), 3)
    pairs = cKDTree(corners).query_pairs(SAME_STREET_M, output_type="ndarray")
    return _groups(members, whose[pairs])


def _site_items(sites: NamedPoints, said: _Said) -> Iterable[Item]:
    held: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for at, (of_class, name) in enumerate(zip(sites.classes, sites.names, strict=True)):
        words = tuple(word for word in said.words(name) if word != STOP)
        if words and np.isfinite(sites.points[at]).all():
            kind = "bus_station" if of_class == "bus_stop" and _is_bus_station(words) else of_class
            held[kind, words].append(at)
    for (of_class, words), members in held.items():
        for part in _near_each_other(sites.points, members):
            order = sorted(part, key=lambda at: (sites.refs[at], *sites.points[at]))
            points = sites.points[order]
            yield Item(
                kind="site", of_class=of_class, ref=f"{sites.classes[order[0]]}:{sites.refs[order[0]]}",
                name=sites.names[order[0]], words=words,
                areas=said.areas(sites, order), towns=tuple(said.text(sites.towns[at]) for at in order),
                members=tuple(order), points=points, ends=np.hstack([points, points]),
            )  # fmt: skip


def _near_each_other(points: NDArray[np.float64], members: list[int]) -> list[list[int]]:
    if len(members) == 1:
        return [members]
    return _groups(members, cKDTree(points[members]).query_pairs(SAME_SITE_M, output_type="ndarray"))


class _Said:
    """Names as compared, each worked out once while a gazetteer is made."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, ...]] = {}

    def words(self, name: str) -> tuple[str, ...]:
        if name not in self._known:
            self._known[name] = place_words(name)
        return self._known[name]

    def text(self, name: str) -> str:
        return " ".join(self.words(name))

    def areas(self, named: StreetSegments | NamedPoints, members: list[int]) -> frozenset[str]:
        told = {column[at] for column in (named.wards, named.districts) for at in members}
        return frozenset(self.text(name) for name in told if name)


def _is_bus_station(words: tuple[str, ...]) -> bool:
    return any(words[i : i + 2] == ("bus", "station") for i in range(len(words)))


def _area_items(areas: Iterable[Area]) -> Iterable[Item]:
    for one in areas:
        words = place_words(one.name)
        if words:
            points = np.array([[one.easting_m, one.northing_m]])
            yield Item(
                kind=one.kind, of_class=one.kind, ref=one.ref, name=one.name, words=words, areas=frozenset(),
                towns=(" ".join(words),), members=(), points=points, ends=np.hstack([points, points]),
                reach_m=one.reach_m,
            )  # fmt: skip


def _groups(members: list[int], pairs: NDArray[np.int64]) -> list[list[int]]:
    """The members in groups that the pairs (positions in `members`) connect."""
    leader = list(range(len(members)))
    for one, other in pairs.tolist():
        first, second = _leader(leader, one), _leader(leader, other)
        leader[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for at, member in enumerate(members):
        groups[_leader(leader, at)].append(member)
    return list(groups.values())


def _leader(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = at = leader[leader[at]]
    return at


def _same_lengths(*columns: Sequence[object] | NDArray[np.float64]) -> None:
    if len({len(column) for column in columns}) > 1:
        raise ValueError("every name needs a place, and every place a name")
