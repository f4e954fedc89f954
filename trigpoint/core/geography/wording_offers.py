"""What to offer where nothing was recognised: names that look like the words, never sure."""

from __future__ import annotations

from rapidfuzz import fuzz

from trigpoint.core.geography.gazetteer import Gazetteer
from trigpoint.core.geography.wording_decide import DOUBTED, Found
from trigpoint.core.geography.wording_hints import ELSEWHERE, Hint
from trigpoint.core.geography.wording_reading import Reading
from trigpoint.core.geography.wording_words import FILLERS, PREPOSITIONS, STOP, STREET_TYPES

__all__ = ["LEAST_ALIKE", "likeness", "offers"]

LEAST_ALIKE = 78.0
"""Least likeness, of 100, at which a name is worth showing."""

BELIEF = DOUBTED * DOUBTED


def offers(reading: Reading, hint: Hint, gazetteer: Gazetteer) -> Found:
    """The items whose names are most like the words, in the town where one was told; shares by likeness."""
    words = tuple(
        word for word in reading.words if word not in PREPOSITIONS and word not in FILLERS and word != STOP
    )
    if not words:
        return Found()
    found = []
    for at in _sharing_a_word(words, gazetteer):
        alike = likeness(words, gazetteer.items[at].words)
        if alike >= LEAST_ALIKE and not (
            hint.told and hint.tier(gazetteer.items[at], gazetteer) == ELSEWHERE
        ):
            found.append((alike, at))
    best = max((alike for alike, _ in found), default=0.0)
    return Found(tuple((at, "", alike) for alike, at in found if alike > best - 6.0), False, BELIEF)


def likeness(words: tuple[str, ...], name: tuple[str, ...]) -> float:
    """0 to 100; 0 where they share no word but those that many names have."""
    if not (set(words) & set(name)) - STREET_TYPES:
        return 0.0
    return float(fuzz.ratio(" ".join(words), " ".join(name)))


def _sharing_a_word(words: tuple[str, ...], gazetteer: Gazetteer) -> list[int]:
    """The items that share a telling word: no other can be like (see `likeness`)."""
    return sorted({at for word in set(words) - STREET_TYPES for at in gazetteer.by_word.get(word, ())})
