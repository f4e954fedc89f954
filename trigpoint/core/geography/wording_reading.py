"""What a wording mentions: names of the gazetteer, kinds of place, places far away, and words nobody knows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from trigpoint.core.geography.gazetteer import Gazetteer
from trigpoint.core.geography.wording_words import (
    CLASS_PHRASES,
    FILLERS,
    ON_WORDS,
    OUTSIDE,
    PREPOSITIONS,
    STOP,
    STREET_TYPES,
)

__all__ = ["OWN_WORDS", "Mention", "Reading", "read_wording"]

OWN_WORDS = frozenset(
    {word for phrase in CLASS_PHRASES for word in phrase} | {word for name in OUTSIDE for word in name}
    | PREPOSITIONS | FILLERS | STREET_TYPES
)  # fmt: skip
"""Words understood without any gazetteer: never taken for a slip of another."""

_NUMBER = re.compile(r"\d+[a-z]?|[a-z]")
_LONGEST_PHRASE = max(len(phrase) for phrase in (*CLASS_PHRASES, *OUTSIDE))
MOST_SPELLINGS = 8
_AREAS = ("locality", "ward", "district")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words `start` to before `end` that name something: items of the gazetteer (grade, item), a class, or far away."""

    start: int
    end: int
    items: tuple[tuple[int, int], ...] = ()
    of_class: str = ""
    outside: bool = False
    mended: bool = False

    @property
    def _rank(self) -> tuple[int, bool, int, int]:
        """Longest first; as spelled before mended; a name before a kind before far away."""
        grade = self.items[0][0] if self.items else 10 + self.outside
        return self.start - self.end, self.mended, grade, self.start


@dataclass(frozen=True, slots=True)
class Reading:
    """A wording taken apart. Mentions stand in the order of the words; `unknown` are positions of unknown words."""

    words: tuple[str, ...]
    streets: tuple[Mention, ...]
    sites: tuple[Mention, ...]
    areas: tuple[Mention, ...]
    classes: tuple[Mention, ...]
    outside: tuple[Mention, ...]
    unknown: tuple[int, ...]

    @property
    def on_street(self) -> bool:
        """All unknown words stand before an "on", "in" or "at" that leads to a street: something unlisted there."""
        starts = [one.start for one in self.streets]
        return bool(self.unknown) and any(
            self.words[start - 1] in ON_WORDS and max(self.unknown) < start - 1 for start in starts if start
        )


def read_wording(
    words: tuple[str, ...], gazetteer: Gazetteer, spellings: Mapping[str, tuple[str, ...]]
) -> Reading:
    """Take a wording apart, greedily: the longest mention first, none overlapping another."""
    taken: list[Mention | None] = [None] * len(words)
    kept: list[Mention] = []
    for one in sorted(_all_mentions(words, gazetteer, spellings), key=lambda one: one._rank):
        if not any(taken[one.start : one.end]):
            kept.append(one)
            taken[one.start : one.end] = [one] * (one.end - one.start)
    kept = [one for one in kept if not _is_part_of_a_street(one, words, taken)]
    covered = {at for one in kept for at in range(one.start, one.end)}
    unknown = tuple(
        at
        for at, word in enumerate(words)
        if at not in covered and (_ends_in_number(at, words) or not _says_nothing(word, spellings))
    )
    return _sorted(words, gazetteer, sorted(kept, key=lambda one: one.start), unknown)


def _sorted(
    words: tuple[str, ...], gazetteer: Gazetteer, kept: list[Mention], unknown: tuple[int, ...]
) -> Reading:
    streets, sites, areas = [], [], []
    for one in kept:
        kinds = {gazetteer.items[at].kind for _, at in one.items}
        if "street" in kinds:
            streets.append(one)
        elif "site" in kinds and not (kinds & set(_AREAS)):
            sites.append(one)
        elif kinds:
            areas.append(one)
    return Reading(
        words=words,
        streets=tuple(streets),
        sites=tuple(sites),
        areas=tuple(areas),
        classes=tuple(one for one in kept if one.of_class),
        outside=tuple(one for one in kept if one.outside),
        unknown=unknown,
    )


def _says_nothing(word: str, spellings: Mapping[str, tuple[str, ...]]) -> bool:
    if word == STOP or word in PREPOSITIONS or word in FILLERS or _NUMBER.fullmatch(word):
        return True
    return any(one in PREPOSITIONS or one in FILLERS for one in spellings.get(word, ()))


def _ends_in_number(at: int, words: tuple[str, ...]) -> bool:
    """A house's number stands before its street; a number or letter at the end is perhaps of a name ("Park School 2")."""
    return at == len(words) - 1 > 0 and (words[at].isdigit() or len(words[at]) == 1)


def _is_part_of_a_street(one: Mention, words: tuple[str, ...], taken: list[Mention | None]) -> bool:
    """ "Wexmere" in "Wexmere Road", where no Wexmere Road is known: the name of a street is not a town's."""
    if one.end >= len(words) or taken[one.end] is not None:
        return False
    after = words[one.end]
    return after in STREET_TYPES and after not in FILLERS and after not in PREPOSITIONS


def _all_mentions(
    words: tuple[str, ...], gazetteer: Gazetteer, spellings: Mapping[str, tuple[str, ...]]
) -> list[Mention]:
    found = []
    longest = max(gazetteer.longest, _LONGEST_PHRASE)
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + longest) + 1):
            if words[end - 1] == STOP:
                break
            mention = _mention(words, start, end, gazetteer, spellings)
            if mention is not None:
                found.append(mention)
    return found


def _mention(
    words: tuple[str, ...],
    start: int,
    end: int,
    gazetteer: Gazetteer,
    spellings: Mapping[str, tuple[str, ...]],
) -> Mention | None:
    span = words[start:end]
    if span in gazetteer.named:
        return Mention(start, end, gazetteer.named[span])
    if span in CLASS_PHRASES:
        return Mention(start, end, of_class=CLASS_PHRASES[span])
    if span in OUTSIDE:
        return Mention(start, end, outside=True)
    choices = [spellings.get(word, ()) for word in span]
    if all(choices) and any(one != (word,) for one, word in zip(choices, span, strict=True)):
        return _mended(start, end, choices, gazetteer)
    return None


def _mended(start: int, end: int, choices: list[tuple[str, ...]], gazetteer: Gazetteer) -> Mention | None:
    spelled = list(itertools.islice(itertools.product(*choices), MOST_SPELLINGS))
    items = {entry for words in spelled for entry in gazetteer.named.get(words, ())}
    if items:
        return Mention(start, end, tuple(sorted(items)), mended=True)
    classes = [CLASS_PHRASES[words] for words in spelled if words in CLASS_PHRASES]
    return Mention(start, end, of_class=classes[0], mended=True) if classes else None
