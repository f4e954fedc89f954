"""What to offer where nothing was recognised: names that look like the words, never sure."""

from __future__ import annotations

from rapidfuzz import fuzz, process

from trigpoint.core.geography.gazetteer import Gazetteer, Item
from trigpoint.core.geography.wording_decide import DOUBTED, Found
from trigpoint.core.geography.wording_hints import ELSEWHERE, Hint
from trigpoint.core.geography.wording_reading import Reading
from trigpoint.core.geography.wording_words import FILLERS, PREPOSITIONS, STOP, STREET_TYPES

__all__ = ["LEAST_ALIKE", "Offers", "likeness"]

LEAST_ALIKE = 78.0
"""Least likeness, of 100, at which a name is worth showing."""

NEARLY = 6.0
"""What is less like than the best by as much as this is not shown beside it."""

BELIEF = DOUBTED * DOUBTED
NAMED = frozenset({"street", "site"})


def likeness(words: tuple[str, ...], item: Item, hint: Hint, gazetteer: Gazetteer) -> float:
    """0 to 100 by letters; 0 unless the item is where the hint says, or without one, shares a telling word."""
    if item.kind not in NAMED:
        return 0.0
    if hint.told and hint.tier(item, gazetteer) == ELSEWHERE:
        return 0.0
    if not hint.told and not set(words) & set(item.words) - STREET_TYPES:
        return 0.0
    return float(fuzz.ratio(" ".join(words), " ".join(item.words)))


class Offers:
    """Finds names that look like the words; remembers what lies about each town while it lives."""

    PASSED_OVER = PREPOSITIONS | FILLERS | {STOP}

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._near: dict[tuple[int, ...], list[int]] = {}

    def find(self, reading: Reading, hint: Hint) -> Found:
        """The items whose names are most like the words, in the town where one was told; shares by likeness."""
        named = {at for one in reading.areas for at in range(one.start, one.end)}
        words = tuple(
            word for at, word in enumerate(reading.words) if at not in named and word not in self.PASSED_OVER
        )
        if not words:
            return Found()
        found = []
        for at in self._worth_comparing(words, hint):
            alike = likeness(words, self.gazetteer.items[at], hint, self.gazetteer)
            if alike >= LEAST_ALIKE:
                found.append((alike, at))
        best = max((alike for alike, _ in found), default=0.0)
        return Found(tuple((at, "", alike) for alike, at in found if alike > best - NEARLY), False, BELIEF)

    def _worth_comparing(self, words: tuple[str, ...], hint: Hint) -> list[int]:
        """Every item that can be like enough (see `likeness`), by its letters before its place is looked at."""
        items = self.gazetteer.items
        about = self._about(hint) if hint.told else self._sharing(words)
        names = {at: " ".join(items[at].words) for at in about}
        found = process.extract(
            " ".join(words), names, scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE, limit=None
        )
        return sorted(at for _, _, at in found)

    def _about(self, hint: Hint) -> list[int]:
        if hint.areas not in self._near:
            near = {at for area in hint.areas for at in self.gazetteer.around(area)}
            self._near[hint.areas] = sorted(near)
        return self._near[hint.areas]

    def _sharing(self, words: tuple[str, ...]) -> list[int]:
        telling = set(words) - STREET_TYPES
        return sorted({at for word in telling for at in self.gazetteer.by_word.get(word, ())})
