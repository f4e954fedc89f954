"""From what agencies write of a place to what the county's gazetteer says it may be.

Each wording is read for the names, kinds of place and towns it mentions (`wording_reading`), and a meaning is *sure*
only where one item of the gazetteer fits everything that was said and nothing was said that nobody understands.
Everything else is candidates with weights: what is left of 1 is the chance that it is somewhere else altogether.
Leaving a wording unplaced costs a minute in the tray; placing it wrongly costs trust. See docs/methods/places.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trigpoint.core.geography.gazetteer import Gazetteer
from trigpoint.core.geography.wording_decide import Found, decide
from trigpoint.core.geography.wording_hints import ELSEWHERE, Hint, hint_of_areas, hint_of_town
from trigpoint.core.geography.wording_offers import Offers
from trigpoint.core.geography.wording_reading import OWN_WORDS, Reading, read_wording
from trigpoint.core.geography.wording_spelling import mended
from trigpoint.core.geography.wording_words import PREPOSITIONS, STOP, place_words

__all__ = ["MOST_OFFERED", "SURE_WEIGHT", "Candidate", "Match", "match_wordings"]

SURE_WEIGHT = 1.0
"""The weight of a sure meaning. One that is not sure never weighs more than `MOST_UNSURE`."""

MOST_UNSURE = 0.8
MOST_OFFERED = 8
QUALITY_NAMED, QUALITY_WARD, QUALITY_TOWN = 3, 4, 5
_QUALITIES = {
    "ward": QUALITY_WARD,
    "locality": QUALITY_TOWN,
    "district": QUALITY_TOWN,
    "outside": QUALITY_TOWN,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing a wording may mean. `kind` is street, site, junction, locality, ward, district or outside.

    `ref` finds it again in a gazetteer; the point (metres; NaN for outside) stands in where a later one has no such
    ref. `weight` is its share of belief; `quality` the location quality of a record placed at it.
    """

    kind: str
    ref: str
    name: str
    easting_m: float
    northing_m: float
    weight: float
    quality: int


@dataclass(frozen=True, slots=True)
class Match:
    """What a wording may mean, the likeliest first. Weights sum to at most 1, and to 1 exactly where it is `sure`."""

    candidates: tuple[Candidate, ...]
    sure: bool


def match_wordings(said: Sequence[tuple[str, str]], gazetteer: Gazetteer) -> list[Match]:
    """Match wordings: (text, the town told beside it or ""), to one `Match` each, in their order.

    The result for one does not depend on the others. It misleads where a name means something else to the people who
    wrote it than to the registers: those are what the unplaced tray, and the aliases learned there, are for.
    """
    read = [(place_words(text), place_words(town)) for text, town in said]
    every = {word for pair in read for words in pair for word in words if word != STOP}
    spellings = mended(every, gazetteer.words | OWN_WORDS)
    offers = Offers(gazetteer)
    hints: dict[tuple[str, ...], Hint] = {}
    matches: dict[tuple[tuple[str, ...], tuple[str, ...]], Match] = {}
    for words, town in read:
        if town not in hints:
            hints[town] = hint_of_town(town, gazetteer, spellings)
        if (words, town) not in matches:
            matches[words, town] = _match(
                read_wording(words, gazetteer, spellings), hints[town], gazetteer, offers
            )
    return [matches[pair] for pair in read]


def _match(reading: Reading, told: Hint, gazetteer: Gazetteer, offers: Offers) -> Match:
    if reading.outside and not reading.unknown and not reading.areas and _apart(reading):
        return Match((_outside(reading, reading.outside[0].start, reading.outside[0].end),), True)
    hint = hint_of_areas(reading, gazetteer) if reading.areas else told
    if hint.outside and not reading.areas:
        named = Reading(hint.words, (), (), (), (), (), ())
        return Match((_outside(named, 0, len(hint.words)),), True)
    found = decide(reading, hint, gazetteer)
    if not found.shares or _all_elsewhere(found, hint, gazetteer):
        found = _both(offers.find(reading, hint), found)
    return _weighed(found, gazetteer)


def _apart(reading: Reading) -> bool:
    """A place far away stands by itself: alone, or after a mark or a word that leads to it. "Devon School" does not."""
    at = reading.outside[0].start
    leads = not at or reading.words[at - 1] == STOP or reading.words[at - 1] in PREPOSITIONS
    alone = not (reading.streets or reading.sites or reading.classes)
    return leads and (alone or at > 0) and reading.outside[0].end == len(reading.words)


def _all_elsewhere(found: Found, hint: Hint, gazetteer: Gazetteer) -> bool:
    return hint.told and all(
        hint.tier(gazetteer.items[at], gazetteer) == ELSEWHERE for at, _, _ in found.shares
    )


def _both(near: Found, far: Found) -> Found:
    """Names that look like the words in the town that was told, before the same name in other towns."""
    if not near.shares or not far.shares:
        return near if near.shares else far
    nearly = sum(share for _, _, share in near.shares)
    away = sum(share for _, _, share in far.shares)
    scaled = tuple((at, where, share / away * nearly / 2) for at, where, share in far.shares)
    return Found((*near.shares, *scaled), False, near.belief)


def _outside(reading: Reading, start: int, end: int) -> Candidate:
    name = " ".join(reading.words[start:end])
    nowhere = float("nan")
    return Candidate("outside", name, name.title(), nowhere, nowhere, SURE_WEIGHT, QUALITY_TOWN)


def _weighed(found: Found, gazetteer: Gazetteer) -> Match:
    total = sum(share for _, _, share in found.shares)
    if not total:
        return Match((), False)
    belief = SURE_WEIGHT if found.sure else found.belief
    made = [_candidate(at, where, belief * share / total, gazetteer) for at, where, share in found.shares]
    made.sort(key=lambda one: (-round(one.weight, 9), one.kind, one.ref))
    if found.sure:
        return Match(tuple(made[:1]), True)
    return Match(
        tuple(replace(one, weight=min(one.weight, MOST_UNSURE)) for one in made[:MOST_OFFERED]), False
    )


def _candidate(at: int, where: tuple[float, float] | str, weight: float, gazetteer: Gazetteer) -> Candidate:
    """`where` is a point of a junction, the town a long street is cut to, or "" for the whole item."""
    item = gazetteer.items[at]
    quality = _QUALITIES.get(item.kind, QUALITY_NAMED)
    if isinstance(where, tuple):
        x, y = where
        return Candidate("junction", f"{x:.0f} {y:.0f}", item.name, x, y, weight, quality)
    x, y = item.middle
    return Candidate(
        item.kind, f"{item.ref}@{where}" if where else item.ref, item.name, x, y, weight, quality
    )
