"""The names by which one place may be called, from the name a register gives it, and how well each is its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trigpoint.core.geography.wording_words import (
    BRANDS,
    CLASS_PHRASES,
    DENOMINATIONAL,
    GENERIC_ENDINGS,
    SCHOOL_TYPES,
    STREET_TYPES,
)

__all__ = ["LOOSE", "OWN", "SHORT", "STOP_NAME", "TOWNLESS", "Alias", "aliases_of"]

OWN, TOWNLESS, SHORT, LOOSE, STOP_NAME = 0, 1, 2, 3, 4
"""The name itself; the name with its town put on or left off; a shorter form that is still its own; a form that others
may share; a bus stop called after its street."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name as compared words, and its grade, OWN to STOP_NAME."""

    words: Words
    grade: int


def aliases_of(kind: str, of_class: str, words: Words, town: Words, towns: set[Words]) -> set[Alias]:
    """Every name of one place in `town` (() for none). `towns` are all localities' names: none alone names a site."""
    if kind != "site":
        return {Alias(words, OWN)}
    made = {Alias(words, STOP_NAME if of_class == "bus_stop" else OWN)}
    if of_class == "school":
        made |= set(_school(words))
    elif of_class == "bus_stop":
        made |= {Alias((*words, "bus", "stop"), SHORT), Alias((*words, "stop"), SHORT)}
    elif of_class in ("station", "bus_station"):
        made |= set(_station(of_class, words, towns))
    elif of_class == "park":
        made |= set(_park(words))
    else:
        made |= set(_trimmed(of_class, words))
    whole = {alias for alias in made if alias.grade <= SHORT}
    made |= {
        Alias(rest, TOWNLESS if alias.grade == OWN else alias.grade)
        for alias in whole
        for rest in _without_town(alias.words, towns)
    }
    if town and not _has(words, town):
        made |= {Alias((*alias.words, *town), max(alias.grade, TOWNLESS)) for alias in whole}
    return {
        alias for alias in made if alias.words and alias.words not in towns and not _is_generic(alias.words)
    }


def _has(words: Words, part: Words) -> bool:
    return any(words[at : at + len(part)] == part for at in range(len(words)))


def _is_generic(words: Words) -> bool:
    return words in CLASS_PHRASES or words in (("st",), ("road",), ("house",), ("old",), ("new",))


def _school(words: Words) -> Iterator[Alias]:
    """With and without its church and its kind: "St Mary's C of E Primary School" is "St Mary's Primary"."""
    core = tuple(word for word in words if word not in DENOMINATIONAL)
    yield Alias(core, SHORT)
    stem = core
    while stem and stem[-1] in SCHOOL_TYPES:
        stem = stem[:-1]
        yield Alias(stem, SHORT if any(word in SCHOOL_TYPES for word in stem) else LOOSE)
    if stem:
        yield Alias((*stem, "school"), SHORT)
        kinds = [word for word in core[len(stem) :] if word != "school"]
        yield from (Alias((*stem, kind), SHORT) for kind in kinds)
        yield from (Alias((*stem, kind, "school"), SHORT) for kind in kinds)


def _station(of_class: str, words: Words, towns: set[Words]) -> Iterator[Alias]:
    ends = ("bus", "station") if of_class == "bus_station" else ("station",)
    stem = words
    while stem and stem[-1] in GENERIC_ENDINGS[of_class]:
        stem = stem[:-1]
    yield Alias((*stem, *ends), OWN)
    yield Alias((*ends, *stem), SHORT)


def _park(words: Words) -> Iterator[Alias]:
    """A park is called a rec and a rec a park; neither form is its name."""
    stem = words
    while len(stem) > 1 and stem[-1] in GENERIC_ENDINGS["park"]:
        stem = stem[:-1]
    if stem != words:
        yield Alias(stem, LOOSE)
        yield from (Alias((*stem, other), LOOSE) for other in ("park", "rec", "field", "fields"))
        yield Alias((*stem, "play", "area"), LOOSE)
        yield Alias((*stem, "playing", "field"), LOOSE)


def _trimmed(of_class: str, words: Words) -> Iterator[Alias]:
    """Without the words of its trade at the end, and a chain by its name alone."""
    stem = words
    while len(stem) > 1 and stem[-1] in GENERIC_ENDINGS.get(of_class, frozenset()):
        stem = stem[:-1]
        telling = len(stem) > 1 and stem[-1] not in STREET_TYPES
        yield Alias(stem, SHORT if telling or stem[0] in BRANDS else LOOSE)
    for word in words[:1]:
        if word in BRANDS:
            yield Alias((word,), SHORT)


def _without_town(words: Words, towns: set[Words]) -> Iterator[Words]:
    for long in range(1, len(words)):
        if words[:long] in towns:
            yield words[long:]
        if words[-long:] in towns:
            yield words[:-long]
