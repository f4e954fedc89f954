"""Which town a wording is about: what it says itself, else what stood in the column beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from trigpoint.core.geography.gazetteer import Gazetteer, Item
from trigpoint.core.geography.wording_reading import Reading
from trigpoint.core.geography.wording_words import OUTSIDE, STOP

__all__ = ["BESIDE", "ELSEWHERE", "IN_AREA", "IN_TOWN", "Hint", "hint_of_areas", "hint_of_town"]

IN_TOWN, BESIDE, IN_AREA, ELSEWHERE = 0, 1, 2, 3
"""How an item lies to a hint: in the town; beside it; in the ward or district of the name; none of these."""

BESIDE_M = 1500.0
"""How far beyond a town's last stop a place is still told as in it."""

NAMES_ALIKE = 90.0
"""Least likeness (rapidfuzz ratio) of a town's name to one in the gazetteer, where only one is as like."""


@dataclass(frozen=True, slots=True)
class Hint:
    """The towns a place is said to be in: items of the gazetteer, none where nothing was said.

    `outside`: a place far away was named; `strange`: something was said that nobody knows; `vague`: a column says a
    name that is both a town's and a wider area's.
    """

    areas: tuple[int, ...] = ()
    outside: bool = False
    strange: bool = False
    words: tuple[str, ...] = ()
    vague: bool = False

    @property
    def told(self) -> bool:
        return bool(self.areas)

    def tier(self, item: Item, gazetteer: Gazetteer) -> int:
        """IN_TOWN … ELSEWHERE; IN_TOWN where nothing was said."""
        if not self.areas:
            return IN_TOWN
        return min(_tier(item, gazetteer.items[at]) for at in self.areas)


def _tier(item: Item, area: Item) -> int:
    name = " ".join(area.words)
    if area.kind != "locality":
        return IN_AREA if name in item.areas else ELSEWHERE
    gap = float(np.hypot(*(item.points - area.points[0]).T).min())
    if name in item.towns and gap <= area.reach_m + 2 * BESIDE_M:
        return IN_TOWN
    return BESIDE if gap <= area.reach_m + BESIDE_M else ELSEWHERE


def hint_of_areas(reading: Reading, gazetteer: Gazetteer) -> Hint:
    """The towns a wording itself names: the last ones said."""
    last = reading.areas[-1]
    areas = tuple(at for _, at in last.items if gazetteer.items[at].kind in ("locality", "ward", "district"))
    return Hint(areas, strange=last.mended)


def hint_of_town(
    words: tuple[str, ...], gazetteer: Gazetteer, spellings: Mapping[str, tuple[str, ...]]
) -> Hint:
    """The town of a column, which may hold more than a town ("Riverton, Westshire")."""
    if not words:
        return Hint()
    parts = [tuple(part.split()) for part in " ".join(words).split(f" {STOP} ") if part]
    whole = tuple(word for word in words if word != STOP)
    for part in (whole, *parts):
        if (name := " ".join(part)) in gazetteer.towns:
            return _known(gazetteer.towns[name], part, gazetteer)
    for part in (whole, *parts):
        if part in OUTSIDE:
            return Hint(outside=True, words=part)
    return _alike(whole, gazetteer, spellings)


def _known(areas: tuple[int, ...], words: tuple[str, ...], gazetteer: Gazetteer) -> Hint:
    kinds = {gazetteer.items[at].kind for at in areas}
    return Hint(areas, words=words, vague="locality" in kinds and len(kinds) > 1)


def _alike(words: tuple[str, ...], gazetteer: Gazetteer, spellings: Mapping[str, tuple[str, ...]]) -> Hint:
    spelled = " ".join((spellings.get(word) or (word,))[0] for word in words)
    if spelled in gazetteer.towns:
        return _known(gazetteer.towns[spelled], words, gazetteer)
    best = process.extract(
        " ".join(words), list(gazetteer.towns), scorer=fuzz.ratio, score_cutoff=NAMES_ALIKE, limit=2
    )
    if len(best) == 1 or (len(best) == 2 and best[0][1] > best[1][1]):
        return _known(gazetteer.towns[best[0][0]], words, gazetteer)
    return Hint(strange=True, words=words)
