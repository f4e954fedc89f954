"""Mends words that no name has: the names' words that a slip or two away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from trigpoint.core.geography.wording_words import WHOLE_WORDS, same_word

__all__ = ["mended", "slips_allowed"]

SHORTEST = 4
LONG = 8


def slips_allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many or exchanged: none in short words, where all are meant."""
    if len(word) < SHORTEST or not word.isalpha():
        return 0
    return 2 if len(word) >= LONG else 1


def mended(words: Iterable[str], known: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """For each word, the known words fewest slips away (optimal string alignment), ascending; () where none is near.

    A known word is at a distance of nothing from itself and comes back alone.
    """
    found: dict[str, tuple[str, ...]] = {}
    asked: dict[int, list[str]] = defaultdict(list)
    for word in sorted(set(words)):
        if word in known:
            found[word] = (word,)
        elif slips_allowed(word):
            asked[len(word)].append(word)
        else:
            found[word] = ()
    by_length: dict[int, list[str]] = defaultdict(list)
    for word in sorted(known | WHOLE_WORDS):
        by_length[len(word)].append(word)
    for length, some in asked.items():
        most = slips_allowed("a" * length)
        # A slip changes the length by one at most, so no other word can be near enough.
        choices = [word for n in range(length - most, length + most + 1) for word in by_length.get(n, ())]
        found |= _nearest(some, choices, most)
    return found


def _nearest(words: list[str], choices: list[str], most: int) -> dict[str, tuple[str, ...]]:
    if not choices:
        return dict.fromkeys(words, ())
    slips = cdist(words, choices, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
    fewest = slips.min(axis=1)
    return {
        word: tuple(sorted({same_word(choices[at]) for at in np.flatnonzero(slips[i] == fewest[i])}))
        if fewest[i] <= most
        else ()
        for i, word in enumerate(words)
    }
