"""Place wordings of a second county with their truths, to judge a matcher of words by names it has not seen.

Six in ten name a place, two in ten none, eight in a hundred another city, and the rest are traps: names two towns
share, a wrong town beside a right name, people and shops named like streets, streets that are not there.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tests.factories import second_county_wordings as said
from tests.factories.second_county_places import Places, both, places_of, plain
from tests.factories.second_county_truths import Ambiguous, Named, Outside, Vague, Worded
from tests.factories.second_county_typing import cased, letters_apart, typed
from trigpoint.core.county.model import Geography
from trigpoint.core.county.sites import Sites

__all__ = ["Ambiguous", "Named", "Outside", "Vague", "Worded", "second_county_wordings"]

_T = TypeVar("_T")

AGENCIES = (said.POLICE, said.CARE, said.SCHOOL, said.YOUTH, said.RETURN, said.SAFETY)
NAMED_SHARE, VAGUE_SHARE, OUTSIDE_SHARE = 0.60, 0.20, 0.08
FAR_APART_M = 9_000.0
MOST_CANDIDATES = 40


@dataclass(frozen=True, slots=True)
class Desk:
    """What the writers know: the places, the county's words, its streets by town, its streets by town and stem."""

    places: Places
    words: frozenset[str]
    by_town: dict[str, tuple[Named, ...]]
    by_stem: dict[tuple[str, str], tuple[Named, ...]]
    rng: random.Random


def second_county_wordings(geography: Geography, sites: Sites, seed: int, count: int) -> list[Worded]:
    """`count` wordings of the places of a geography, mixed, the same for the same seed."""
    desk = _desk(places_of(geography, sites), random.Random(seed))
    named, vague, outside = (round(count * part) for part in (NAMED_SHARE, VAGUE_SHARE, OUTSIDE_SHARE))
    traps: list[Callable[[Desk], Worded]] = [_shared, _astray, _like_a_street, _not_there, _bare, _which_rec]
    told = [_named(desk, pattern) for pattern in _in_turn(said.NAMED, named, desk.rng)]
    told += [_vague(desk, words) for words in _in_turn(said.VAGUE, vague, desk.rng)]
    told += [_outside(desk, *row) for row in _in_turn(said.OUTSIDE, outside, desk.rng)]
    told += [trap(desk) for trap in _in_turn(traps, count - len(told), desk.rng)]
    desk.rng.shuffle(told)
    return told


def _in_turn(options: Sequence[_T], count: int, rng: random.Random) -> Iterator[_T]:
    """All of the options in a new order, again and again."""
    for i in range(count):
        if i % len(options) == 0:
            order = rng.sample(options, len(options))
        yield order[i % len(options)]


def _desk(places: Places, rng: random.Random) -> Desk:
    by_town, by_stem = defaultdict(list), defaultdict(list)
    for street in places.streets:
        by_town[street.town].append(street)
        by_stem[street.town, street.name.rsplit(" ", 1)[0]].append(street)
    names = (*places.holders, *places.country, *(plain(t.name) for t in places.towns))
    words = frozenset(word for name in names for word in name.split() if len(word) > 3)
    return Desk(
        places,
        words,
        {town: tuple(found) for town, found in by_town.items()},
        {key: tuple(found) for key, found in by_stem.items()},
        rng,
    )


def _named(desk: Desk, pattern: said.Pattern) -> Worded:
    place, second = _drawn(desk, pattern)
    says_town = "{t}" in pattern.words
    hint = place.town if desk.rng.random() < (0.4 if says_town else 0.5) else ""
    if not says_town and not hint and not _known_alone(desk, place, pattern.pool):
        hint = place.town
    return _worded(desk, pattern.agencies, pattern.words, place, hint, second=second, truth=place)


def _known_alone(desk: Desk, place: Named, pool: str) -> bool:
    """Whether words without a town can mean this place alone."""
    return pool in ("station", "town") or desk.places.alone(place.name)


def _drawn(desk: Desk, pattern: said.Pattern) -> tuple[Named, str]:
    """A place of the pattern's pool, the only one of its name in its town, and the second name if it takes one."""
    places, rng = desk.places, desk.rng
    pools = {
        "street": places.streets, "stop": places.streets, "main": places.main_roads, "school": places.schools,
        "park": places.parks, "rec": places.recs, "station": places.stations, "takeaway": places.takeaways,
        "hotel": places.hotels, "town": places.towns,
    }  # fmt: skip
    for _ in range(10_000):
        second = ""
        if pattern.pool == "high":
            place = rng.choice(desk.places.holders["high street"])
        elif pattern.pool == "junction":
            place, other = rng.choice(places.junctions)
            second = other.name
        elif pattern.pool == "by_station":
            place, _ = rng.choice(places.by_station)
        elif pattern.pool == "two":
            place, other = rng.choice(places.streets), rng.choice(places.schools + places.parks)
            if place.town != other.town or not places.alone(other.name, other.town):
                continue
            place, second = both(place, other), other.name
        else:
            place = rng.choice(pools[pattern.pool])
        if pattern.pool in ("station", "town", "rec") or places.alone(place.name, place.town):
            return place, second
    raise ValueError(f"This geography has no place for the pattern {pattern.words!r}")


def _worded(
    desk: Desk, agencies: Sequence[str], pattern: str, place: Named, hint: str, *, second: str = "", town: str = "",
    truth: Named | Ambiguous | Vague,
) -> Worded:  # fmt: skip
    rng, agency = desk.rng, desk.rng.choice(agencies)
    text = pattern.format(
        p=typed(place.name, rng, desk.words) if "{p}" in pattern else "",
        q=typed(second, rng, desk.words, slip=0.1) if second else "",
        t=typed(town or place.town, rng, desk.words, slip=0.12),
        n=rng.randrange(1, 140),
        f=rng.randrange(1, 30),
        shop=rng.choice(said.SHOPS),
        way=rng.choice(said.WAYS),
        pc=desk.places.outward(place),
        far=rng.choice([t.name for t in desk.places.towns[:20] if t.name != place.town]),
        s=typed(place.name.rsplit(" ", 1)[0], rng, desk.words, slip=0.0),
    )
    return Worded(agency, cased(text, agency, rng), hint, truth, pattern)


def _vague(desk: Desk, words: str) -> Worded:
    agency = desk.rng.choice(AGENCIES)
    return Worded(agency, cased(words, agency, desk.rng), _home(desk, 0.3), Vague("no place"), words)


def _outside(desk: Desk, words: str, city: str) -> Worded:
    agency = desk.rng.choice(AGENCIES)
    return Worded(agency, cased(words, agency, desk.rng), _home(desk, 0.15), Outside(city), words)


def _home(desk: Desk, share: float) -> str:
    """The child's own town in the town field of some records, whatever the words say."""
    return desk.rng.choice(desk.places.towns[:28]).name if desk.rng.random() < share else ""


def _shared(desk: Desk) -> Worded:
    """A street's name that two or more towns have, and nothing to choose by."""
    while True:
        place = desk.rng.choice(desk.places.streets)
        found = desk.places.holders[plain(place.name)]
        in_towns = len({p.town for p in found}) == len(found)
        if 2 <= len(found) <= MOST_CANDIDATES and in_towns and plain(place.name) not in desk.places.country:
            truth = Ambiguous("shared name", found)
            return _worded(desk, AGENCIES, desk.rng.choice(said.SHARED), place, "", truth=truth)


def _astray(desk: Desk) -> Worded:
    """A street of one town with the name of another town, far off, beside or in the words."""
    while True:
        place = desk.rng.choice(desk.places.streets)
        wrong = desk.rng.choice(desk.places.towns)
        gap = abs(place.easting_m - wrong.easting_m) + abs(place.northing_m - wrong.northing_m)
        if not desk.places.alone(place.name) or wrong.name in place.name or gap < FAR_APART_M:
            continue
        if not _like_one_of(desk, place.name, wrong.name):
            words, truth = desk.rng.choice(said.ASTRAY), Ambiguous("wrong town", (place, wrong))
            return _worded(desk, AGENCIES, words, place, wrong.name, town=wrong.name, truth=truth)


def _like_a_street(desk: Desk) -> Worded:
    """A person, a shop or a thing called like a street of the hinted town."""
    words, kind = desk.rng.choice(said.LIKE_A_STREET)
    names = said.FIRST_NAMES if kind == "name" else said.THINGS
    known = sorted((town, stem) for town, stem in desk.by_stem if stem in names)
    street = desk.by_stem[desk.rng.choice(known)][0]
    hint = street.town if desk.rng.random() < 0.7 else ""
    return _worded(desk, AGENCIES, words, street, hint, truth=Vague("person or thing named like a street"))


def _not_there(desk: Desk) -> Worded:
    """A street one word away from a real one: another ending, another side, another stem."""
    rng = desk.rng
    real = rng.choice([street for street in desk.places.streets if " " in street.name])
    stem, ending = real.name.rsplit(" ", 1)
    unused = next(w for w in _in_turn(said.NOT_IN_THE_COUNTY, 99, rng) if _is_no_word(desk, w))
    stem, ending = rng.choice(
        (
            (stem, rng.choice(said.STREET_ENDINGS)),
            (f"{rng.choice(said.SIDES)} {stem}", ending),
            (unused, ending),
        )
    )
    if _may_be_meant(desk, f"{stem} {ending}", real.town):
        return _not_there(desk)
    words, agency = rng.choice(said.LOOK_ALIKES), rng.choice(AGENCIES)
    text = words.format(s=stem, end=ending, n=rng.randrange(1, 140))
    return Worded(agency, cased(text, agency, rng), real.town, Vague("no such street"), words)


def _may_be_meant(desk: Desk, name: str, town: str) -> bool:
    """Whether the county has the name, or the town a street much like it."""
    if plain(name) in {*desk.places.holders, *desk.places.country}:
        return True
    return _like_one_of(desk, name, town)


def _like_one_of(desk: Desk, name: str, town: str) -> bool:
    """Whether two slips of the hand would turn the name into a street of the town."""
    return any(letters_apart(plain(street.name), plain(name)) <= 2 for street in desk.by_town.get(town, ()))


def _is_no_word(desk: Desk, word: str) -> bool:
    return all(letters_apart(word.lower(), other) > 2 for other in desk.words)


def _bare(desk: Desk) -> Worded:
    """The first word of two or three streets of a town, without Road or Close to tell them apart."""
    found = desk.rng.choice([v for v in desk.by_stem.values() if 2 <= len(v) <= 4])
    truth = Ambiguous("no ending", found)
    return _worded(desk, AGENCIES, desk.rng.choice(said.BARE), found[0], found[0].town, truth=truth)


def _which_rec(desk: Desk) -> Worded:
    """The rec of a town with several."""
    recs = defaultdict(list)
    for park in desk.places.parks:
        if park.name.endswith(("Rec", "Recreation Ground", "Playing Field")):
            recs[park.town].append(park)
    found = desk.rng.choice([v for v in recs.values() if len(v) > 1])
    words, truth = desk.rng.choice(said.WHICH_REC), Ambiguous("which rec", tuple(found))
    return _worded(desk, (said.YOUTH, said.RETURN, said.SCHOOL), words, found[0], found[0].town, truth=truth)
