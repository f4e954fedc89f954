"""Which items fit what a wording says, and whether only one of them can be meant."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.geography.gazetteer import Gazetteer, Item
from trigpoint.core.geography.gazetteer_names import OWN, SHORT, STOP_NAME, TOWNLESS
from trigpoint.core.geography.wording_hints import ELSEWHERE, IN_AREA, IN_TOWN, Hint
from trigpoint.core.geography.wording_reading import Mention, Reading
from trigpoint.core.geography.wording_words import FRONT, JOINERS

__all__ = ["Found", "decide"]

Where = tuple[float, float] | str
Share = tuple[int, Where, float]

CROSSING_M = 45.0
"""Ends of two streets this near to each other are a junction of theirs (two carriageways, a roundabout)."""
ON_STREET_M = 40.0
"""A site this near to a street is one on that street."""
BY_STREET_M = 220.0
"""A site that a wording names together with a street is at most this far from it."""
TOGETHER_M = 300.0
"""Two sites that one wording names together are at most this far apart."""
LONG_M = 2500.0
"""A street that is longer is cut to the town that was told; one told without a town is left in doubt."""

PLAIN, DOUBTED = 0.95, 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """Items with what part of each is meant and a share, in no order; belief in all of them together if not sure."""

    shares: tuple[Share, ...] = ()
    sure: bool = False
    belief: float = PLAIN


@dataclass(frozen=True, slots=True)
class _Pool:
    """The items a mention may mean here, all fitting the hint equally well."""

    items: tuple[int, ...]
    tier: int
    grade: int
    mended: bool
    rivalled: bool

    @property
    def clear(self) -> bool:
        """A name that fits the town, as its own, and better than any other does."""
        return self.tier < ELSEWHERE and self.grade <= SHORT and not self.rivalled


def decide(reading: Reading, hint: Hint, gazetteer: Gazetteer) -> Found:
    """What a wording means, by what it names: a crossing, a site by a street, a street, a site, a kind, a town."""
    streets = [_pool(one, hint, gazetteer) for one in reading.streets]
    sites = [_pool(one, hint, gazetteer) for one in reading.sites]
    doubt = hint.strange or bool(reading.unknown and not reading.on_street) or bool(reading.outside)
    if len(streets) > 1:
        found = _crossing(reading, streets, hint, gazetteer)
    elif streets and sites:
        found = _site_by_street(streets[0], sites[0], hint, gazetteer)
    elif streets:
        found = _on_street(reading, streets[0], hint, gazetteer)
    elif sites:
        found = _at_site(reading, sites, hint, gazetteer)
    elif reading.classes and any(one.of_class not in ("unlisted", "centre") for one in reading.classes):
        found = _of_class(reading, hint, gazetteer)
    elif reading.areas:
        return _in_town(reading, gazetteer)
    else:
        found = Found()
    if _several_towns(reading) or _strayed(reading):
        doubt = True
    return Found(found.shares, False, found.belief * DOUBTED) if doubt else found


def _several_towns(reading: Reading) -> bool:
    return len({one.items for one in reading.areas}) > 1


def _strayed(reading: Reading) -> bool:
    """ "From here to there": two ends, and no way to say which is meant."""
    named = len(reading.streets) + len(reading.sites)
    between = "between" in reading.words and named > 2
    return between or ("to" in reading.words and named + len(reading.areas) > 1)


def _pool(mention: Mention, hint: Hint, gazetteer: Gazetteer) -> _Pool:
    kinds = {gazetteer.items[at].kind for _, at in mention.items}
    wanted = [
        (hint.tier(gazetteer.items[at], gazetteer), grade, at)
        for grade, at in mention.items
        if not (grade == STOP_NAME and "street" in kinds)
    ]
    # A name with its town put on or left off is as good as the name: which of two was meant, nobody can tell.
    tier, rank = min((tier, max(grade, TOWNLESS)) for tier, grade, _ in wanted)
    kept = [(grade, at) for one, grade, at in wanted if (one, max(grade, TOWNLESS)) == (tier, rank)]
    rivalled = any(max(grade, TOWNLESS) < rank for _, grade, _ in wanted)
    # A column that says "Riverton" may mean the town or the whole district of that name.
    rivalled |= hint.vague and any(one == IN_AREA > tier and grade <= rank for one, grade, _ in wanted)
    return _Pool(tuple(at for _, at in kept), tier, min(kept)[0], mention.mended, rivalled)


def _spelled(pool: _Pool, hint: Hint) -> bool:
    """Whether a mended name may be sure: only with a town that has it."""
    return not pool.mended or (hint.told and pool.tier == IN_TOWN)


def _crossing(reading: Reading, pools: list[_Pool], hint: Hint, gazetteer: Gazetteer) -> Found:
    first, second = pools[0], pools[1]
    points = [
        (a, point)
        for a, b in product(first.items, second.items)
        for point in _crossings(gazetteer.items[a], gazetteer.items[b])
    ]
    between = reading.words[reading.streets[0].end : reading.streets[1].start]
    joined = (
        any(word in JOINERS for word in (*between, *reading.words[: reading.streets[0].start])) or not between
    )
    if points and len(pools) == 2:
        clear = first.tier < ELSEWHERE and second.tier < ELSEWHERE and joined
        apart = np.ptp(np.array([point for _, point in points]), axis=0).max()
        shares = tuple((a, point, 1.0) for a, point in points)
        return Found(shares[:1] if apart <= CROSSING_M else shares, bool(clear and apart <= CROSSING_M))
    streets = _along(first, hint, gazetteer)
    return Found(streets.shares, False, DOUBTED)


def _crossings(one: Item, other: Item) -> list[tuple[float, float]]:
    """Where two streets meet: the ends of one that are at an end of the other, at most one to a hundred metres."""
    ends, theirs = one.ends.reshape(-1, 2), other.ends.reshape(-1, 2)
    gap = np.hypot(ends[:, None, 0] - theirs[None, :, 0], ends[:, None, 1] - theirs[None, :, 1]).min(axis=1)
    met: list[tuple[float, float]] = []
    for at in np.argsort(gap, kind="stable"):
        if gap[at] > CROSSING_M:
            break
        x, y = float(ends[at, 0]), float(ends[at, 1])
        if all(np.hypot(x - a, y - b) > 100.0 for a, b in met):
            met.append((x, y))
    return met


def _along(pool: _Pool, hint: Hint, gazetteer: Gazetteer) -> Found:
    """The streets of a pool, each by its number of segments; sure where there is one and it is all in one place."""
    shares: list[Share] = []
    whole = True
    for at in pool.items:
        item = gazetteer.items[at]
        town = _town_cut(item, hint, gazetteer)
        whole &= bool(town) or item.extent_m <= 2 * LONG_M
        shares.append((at, town, float(len(item.members) or 1)))
    sure = len(shares) == 1 and pool.clear and whole and _spelled(pool, hint)
    belief = PLAIN if pool.clear and not pool.mended else DOUBTED
    return Found(tuple(shares), sure, belief if pool.tier < ELSEWHERE else belief * DOUBTED)


def _town_cut(item: Item, hint: Hint, gazetteer: Gazetteer) -> str:
    """The town to which a long street is cut; "" where it is meant whole."""
    if item.kind != "street" or item.extent_m <= LONG_M or hint.vague:
        return ""
    told = (
        " ".join(gazetteer.items[at].words) for at in hint.areas if gazetteer.items[at].kind == "locality"
    )
    return next((town for town in told if town in item.towns), "")


def _site_by_street(street: _Pool, site: _Pool, hint: Hint, gazetteer: Gazetteer) -> Found:
    near = [
        at
        for at in site.items
        if any(_gap_m(gazetteer.items[at], gazetteer.items[s]) <= BY_STREET_M for s in street.items)
    ]
    if near:
        clear = len(near) == 1 and street.tier < ELSEWHERE and site.tier < ELSEWHERE and site.grade <= SHORT
        sure = clear and _spelled(street, hint) and _spelled(site, hint)
        return Found(tuple((at, "", 1.0) for at in near), sure)
    along = _along(street, hint, gazetteer)
    # A site of that name in the town, but not by that street: one of the two is not what was meant.
    return along if site.tier == ELSEWHERE and hint.told else Found(along.shares, False, DOUBTED)


def _on_street(reading: Reading, street: _Pool, hint: Hint, gazetteer: Gazetteer) -> Found:
    along = _along(street, hint, gazetteer)
    # Right after a street's name a kind of place is part of another name: "Station Road Kebabs" is one shop.
    apart = (one for one in reading.classes if one.start != reading.streets[0].end)
    wanted = [one.of_class for one in apart if one.of_class in _SOUGHT_ON_STREETS]
    if not wanted or not along.sure:
        return along
    on = gazetteer.items[street.items[0]]
    about = gazetteer.within(street.items[0], ON_STREET_M)
    near = [
        at
        for at in _items_of(wanted[0], gazetteer)
        if at in about and _gap_m(gazetteer.items[at], on) <= ON_STREET_M
    ]
    return Found(((near[0], "", 1.0),), True) if len(near) == 1 else along


_SOUGHT_ON_STREETS = frozenset(
    {"takeaway", "park", "rec", "school", "station", "bus_station", "hotel", "bnb"}
)


def _at_site(reading: Reading, sites: list[_Pool], hint: Hint, gazetteer: Gazetteer) -> Found:
    first = sites[0]
    if len(sites) > 1:
        second = sites[1]
        together = [
            a
            for a in first.items
            if any(_gap_m(gazetteer.items[a], gazetteer.items[b]) <= TOGETHER_M for b in second.items)
        ]
        if len(set(together)) == 1:
            return Found(
                ((together[0], "", 1.0),), max(first.grade, second.grade) <= SHORT and first.tier < ELSEWHERE
            )
        return Found(tuple((at, "", 1.0) for at in together or first.items), False, DOUBTED)
    alone = len(first.items) == 1 and not _other_kind(reading, gazetteer.items[first.items[0]])
    sure = (
        alone and first.clear and _spelled(first, hint) and not _named_after_town(reading, first, gazetteer)
    )
    in_its_town = hint.told and first.tier == IN_TOWN
    if (
        first.grade == TOWNLESS
        and not in_its_town
        and not _says_town(reading, gazetteer.items[first.items[0]])
    ):
        sure = False
    belief = PLAIN if first.tier < ELSEWHERE and first.grade <= SHORT else DOUBTED
    return Found(tuple((at, "", 1.0) for at in first.items), sure and first.tier < ELSEWHERE, belief)


def _says_town(reading: Reading, item: Item) -> bool:
    first = reading.sites[0]
    return bool(item.towns[0]) and item.towns[0] in " ".join(reading.words[first.start : first.end])


def _other_kind(reading: Reading, item: Item) -> bool:
    """A kind of place that is not a part of the site: "the park near Lidl" is not at Lidl, nor a station hotel a station."""
    end = reading.sites[0].end
    return any(
        one.of_class in _APART or (one.start == end and one.of_class != item.of_class)
        for one in reading.classes
    )


_APART = frozenset({"park", "rec", "front", "station", "bus_station"})


def _named_after_town(reading: Reading, pool: _Pool, gazetteer: Gazetteer) -> bool:
    """Another site bears the name and the town together: "Hill School, Riverton" may be either of two."""
    site = reading.words[reading.sites[0].start : reading.sites[0].end]
    for area in reading.areas:
        both = (*site, *reading.words[area.start : area.end])
        if any(grade == OWN and at not in pool.items for grade, at in gazetteer.named.get(both, ())):
            return True
    return False


def _of_class(reading: Reading, hint: Hint, gazetteer: Gazetteer) -> Found:
    """A kind of place in a town. Sure only for what a town has one of and everybody calls by its kind."""
    of_class = next(one.of_class for one in reading.classes if one.of_class not in ("unlisted", "centre"))
    if not hint.told:
        return Found()
    about = {at for area in hint.areas for at in gazetteer.around(area)}
    tiers = [
        (hint.tier(gazetteer.items[at], gazetteer), at)
        for at in _items_of(of_class, gazetteer)
        if at in about
    ]
    best = min((tier for tier, _ in tiers), default=ELSEWHERE)
    near = [at for tier, at in tiers if tier == best]
    if best == ELSEWHERE or not near:
        return Found()
    sure = len(near) == 1 and best == IN_TOWN and of_class in ("station", "bus_station", "rec")
    if of_class == "rec" and any(
        "field" in gazetteer.items[at].words for at in _parks_in_town(gazetteer, hint)
    ):
        sure = False  # people call a playing field the rec too
    return Found(tuple((at, "", 1.0) for at in near), sure, DOUBTED)


def _parks_in_town(gazetteer: Gazetteer, hint: Hint) -> list[int]:
    parks = gazetteer.by_class.get("park", ())
    return [at for at in parks if hint.tier(gazetteer.items[at], gazetteer) == IN_TOWN]


def _items_of(of_class: str, gazetteer: Gazetteer) -> list[int]:
    """Items of a kind as people say it: a rec is a park that is called one; the front is a street along it."""
    if of_class == "rec":
        parks = gazetteer.by_class.get("park", ())
        return [at for at in parks if "rec" in gazetteer.items[at].words]
    if of_class == "front":
        streets = gazetteer.by_class.get("street", ())
        return [at for at in streets if FRONT & set(gazetteer.items[at].words)]
    return list(gazetteer.by_class.get(of_class, ()))


def _in_town(reading: Reading, gazetteer: Gazetteer) -> Found:
    """Only a town is named. It is sure unless something stands after it that may have been part of a name."""
    last = reading.areas[-1]
    kinds = ("locality", "district", "ward")
    meant: tuple[int, ...] = ()
    for kind in kinds:
        meant = meant or tuple(at for _, at in last.items if gazetteer.items[at].kind == kind)
    after = any(at >= last.end for at in reading.unknown)
    sure = (
        len(meant) == 1
        and not _several_towns(reading)
        and not last.mended
        and not after
        and not reading.outside
    )
    return Found(tuple((at, "", 1.0) for at in meant), sure, DOUBTED)


def _gap_m(one: Item, other: Item) -> float:
    """From the nearest point of one item to the nearest segment of the other."""
    return float(min(_to_segments(point, other.ends).min() for point in one.points))


def _to_segments(point: NDArray[np.float64], ends: NDArray[np.float64]) -> NDArray[np.float64]:
    start, along = ends[:, :2], ends[:, 2:] - ends[:, :2]
    length = np.maximum((along**2).sum(axis=1), 1e-9)
    share = np.clip(((point - start) * along).sum(axis=1) / length, 0.0, 1.0)
    gaps: NDArray[np.float64] = np.hypot(*(start + share[:, None] * along - point).T)
    return gaps
