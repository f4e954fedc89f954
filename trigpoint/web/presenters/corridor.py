"""What may be seen from the corridor: the agenda of places, cut down to what is safe on a big screen with open doors.

Nothing is taken over unless it is named here. No exact count of records, events or people leaves this module, no
notice, no home, and no sentence that holds a number below the limit of what may be released or a word that points
to where somebody lives. A sentence that may not be shown is replaced by one that says so; it is never shortened.
"""

import re
from collections.abc import Iterable, Mapping
from itertools import compress
from typing import Any

import numpy as np

from trigpoint.core.disclosure.rules import ReleaseRules
from trigpoint.gate.answers import Answer
from trigpoint.web.presenters.breaks import breaks
from trigpoint.web.presenters.harm import harm_words
from trigpoint.web.presenters.plain import plain, words

__all__ = ["CLASSES_SHOWN", "ROLES_SHOWN", "cells_seen", "corridor_json", "safe", "sites_seen"]

Json = dict[str, object]
Row = Mapping[str, Any]
CLASSES_SHOWN = ("school", "station", "hotel", "park")
"""Kinds of place that stand on every printed map. Homes are never among them, whoever looks."""
ROLES_SHOWN = ("occurred", "found_at", "seen_at", "met_at")
"""What a place meant to a record, for colouring the map: never where somebody lives, is placed or went missing from."""
QUESTION_KEPT = "The question for this place is on its card: it is not one for a screen."
NOT_SHOWN = "No notice, home or small number is shown here. Hexagons are coloured from {limit} events up."
MANY = "Many people, not one."
CANNOT_TELL = "The feeds cannot tell whether it is many or one."
_DIGITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
SPELLED = {word: n for n, word in enumerate(_DIGITS, start=1)}
_PRIVATE = re.compile(
    r"warning notice|cawn|\bhomes?\b|supported accommodation|refuge|placement|foster|lives? (?:at|in|here)|residen"
    r"|cuckoo|one source|mace 1|victim|suspect"
    r"|\bmissing (?:\w+ ){0,2}from\b|these child",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"(?<![\w.])(\d[\d,]*|" + "|".join(SPELLED) + r")\b(?=((?:\W+\w+){0,4}))", re.IGNORECASE
)
_HARMLESS = re.compile(
    r"^\W+(?:of (?:the )?)?(?:\w+ )?(?:agenc(?:y|ies)|hotels?|schools?|stations?|stops?|parks?|feeds?|districts?|wards?"
    r"|years?|months?|weeks?|days?|hours?|minutes?|metres?|km)\b",
    re.IGNORECASE,
)
"""What a small number may be of: what stands on every map, spans of time and of distance, and those at the table."""
_DATES = re.compile(
    r"\b\d{1,2}(?= (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b|\bno one\b",
    re.IGNORECASE,
)


def safe(sentence: str, limit: int) -> bool:
    """Whether a sentence may stand on a screen that is seen from the corridor.

    It may not where it points to where somebody lives or to a notice, nor where it holds a number below `limit` that
    is not plainly of something harmless (agencies, schools, months, metres). Errs on the side of silence.
    """
    if _PRIVATE.search(sentence):
        return False
    found = _NUMBERS.finditer(_DATES.sub("", sentence))
    return all(_value(one[1]) >= limit or _HARMLESS.match(one[2]) for one in found)


def corridor_json(agenda: Row, *, rules: ReleaseRules) -> Json:
    """Places, questions, changes and health of an agenda, as the room may see them."""
    limit = rules.withhold_below
    places = [_place(one, limit) for one in agenda["places"]]
    letters = {str(one["letter"]) for one in places}
    return {
        "places": places,
        "questions": [_question(one, letters) for one in agenda["questions"] or () if _askable(one, limit)],
        "changes": [_change(one, letters) for one in agenda["changes"] or () if _nameable(one, limit)],
        "health": [_health(one) for one in agenda["health"]],
        "not_shown": NOT_SHOWN.format(limit=limit),
    }


def cells_seen(counted: Answer, limit: int) -> Json:
    """Hexagons that hold `limit` or more, each with its class alone: 1 to 6, the most 6. Counts stay here."""
    counts = np.asarray(counted.columns["count"], dtype=np.int64)
    enough = counts >= limit
    bounds = breaks(counts[enough])
    classes = np.maximum(np.searchsorted(bounds, counts[enough], side="right"), 1)
    return {"code": list(compress(words(counted.columns["code"]), enough.tolist())), "class": plain(classes)}


def sites_seen(sites: Row) -> list[Json]:
    """Where places of the kinds shown stand, without their names."""
    return [
        {"class": one["properties"]["class"], "at": one["geometry"]["coordinates"]}
        for one in sites["features"]
        if one["geometry"] and one["properties"]["class"] in CLASSES_SHOWN
    ]


def _place(place: Row, limit: int) -> Json:
    where = ", ".join(str(place[word]) for word in ("ward", "district") if place.get(word))
    return {
        "letter": str(place["letter"]),
        "name": _name(place, limit),
        "where": where,
        "since": " ".join(f"{one}." for one in (place["since"], place["class_words"]) if one),
        "sees": _sees(place["agencies"]),
        "chance": _kept(str(place["chance_words"]), limit, ""),
        "people": MANY if str(place["people_words"]).startswith("Many") else CANNOT_TELL,
        "harm": _harm(place["harm"], limit),
        "around": [
            {"class": one["class"], "label": one["label"], "n": one["n"]}
            for one in place["around"]
            if one["class"] in CLASSES_SHOWN
        ],
        "question": _kept(str(place["question"] or ""), limit, QUESTION_KEPT),
        "lon": place["lon"],
        "lat": place["lat"],
        "outline": place["outline"],
    }


def _harm(themes: Iterable[Row], limit: int) -> str:
    """The leading themes in words, of those that enough records tell of to be released."""
    return _kept(harm_words([str(one["name"]) for one in themes if one["count"] >= limit]), limit, "")


def _name(row: Row, limit: int) -> str:
    name = str(row.get("name") or "")
    return name if name and safe(name, limit) else f"A place in {row.get('ward') or row.get('district')}"


def _sees(agencies: Iterable[Row]) -> str:
    listed = list(agencies)
    seeing = sum(one["state"] == "sees" for one in listed)
    if not listed or not seeing:
        return ""
    return f"{seeing} of {len(listed)} agencies {'sees' if seeing == 1 else 'see'} it."


def _askable(question: Row, limit: int) -> bool:
    return safe(f"{question['text']} {question['place']}", limit)


def _question(question: Row, letters: set[str]) -> Json:
    """The question alone: what it rests on holds counts."""
    letter = str(question["letter"] or "")
    return {"letter": letter if letter in letters else "", "question": str(question["text"])}


def _nameable(change: Row, limit: int) -> bool:
    return safe(f"{change['words']} {change['name']}", limit)


def _change(change: Row, letters: set[str]) -> Json:
    letter = str(change["letter"] or "")
    where = ", ".join(str(change[word]) for word in ("ward", "district") if change[word])
    return {
        "letter": letter if letter in letters else "",
        "words": str(change["words"]),
        "name": str(change["name"]),
        "where": where,
    }


def _health(agency: Row) -> Json:
    months = [{"state": str(one["state"]), "words": str(one["words"])} for one in agency["months"]]
    return {"name": str(agency["name"]), "months": months, "phrase": str(agency["phrase"])}


def _kept(sentence: str, limit: int, otherwise: str) -> str:
    return sentence if safe(sentence, limit) else otherwise


def _value(number: str) -> int:
    return SPELLED[number.lower()] if number.lower() in SPELLED else int(number.replace(",", ""))
