"""The filters of a question as words, and how each is read."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from trigpoint.gate.answers import QuestionError
from trigpoint.gate.words import parse_day, parse_hours, parse_level, parse_number, parse_weekdays

__all__ = ["COUNTS", "DAYS", "LISTED", "LISTS", "MOST_M", "NUMBERED", "SWITCHES", "TEXTS", "read_words"]

DAYS = {"from": "period_from", "to": "period_to", "known": "known", "on": "on", "start": "start"}
LISTED = {
    "agency": "agencies", "feed": "feeds", "theme": "themes", "category": "categories", "role": "roles",
    "detection": "detections", "quality": "qualities",
    "class": "classes", "grouping": "groupings", "within": "within", "rule": "rules",
}  # fmt: skip
NUMBERED = {"bands": "bands_m", "days": "bands_days"}
"""Lists of whole numbers, written 0-100-200."""
COUNTS = {"radius": "radius_m", "replicates": "replicates", "months": "months", "buffer": "buffer_m"}
"""Single whole numbers."""
TEXTS = {"around": "around", "text": "text", "plan": "plan", "clock": "clock", "with": "compared"}
SWITCHES = ("geometry", "names", "stability")
LISTS = ("hours", "weekdays", *LISTED.values(), *NUMBERED.values())
MOST_M = 5000
CHOSEN = (
    "variant", "counted", "background", "test", "esri", "window", "mode", "ties", "step", "flow", "weighting",
    "measure",
)  # fmt: skip
_RUNS: dict[str, Callable[[str], tuple[int, ...]]] = {"hours": parse_hours, "weekdays": parse_weekdays}
_SINGLE = {"level", "q", *CHOSEN, *_RUNS, *SWITCHES, *DAYS, *TEXTS, *NUMBERED, *COUNTS}


def read_words(words: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """The fields of a question from its words. Blank words are as if not written.

    Raises QuestionError for an unknown word, for a word given twice that may stand once, and for every value
    that cannot be read.
    """
    given = {word: kept for word, value in words.items() if (kept := _kept(value))}
    for word in given:
        if word not in _SINGLE and word not in LISTED:
            raise QuestionError(f"There is no filter '{word}'.")
        if word in _SINGLE and word not in _RUNS and len(given[word]) > 1:
            raise QuestionError(f"'{word}' is given twice.")
    fields: dict[str, Any] = {}
    fields |= {name: parse_day(given[word][0], word) for word, name in DAYS.items() if word in given}
    fields |= {name: tuple(given[word]) for word, name in LISTED.items() if word in given}
    fields |= {name: given[word][0] for word, name in TEXTS.items() if word in given}
    fields |= {name: _edges(given[word][0], word) for word, name in NUMBERED.items() if word in given}
    fields |= {name: _whole(given[word][0], word) for word, name in COUNTS.items() if word in given}
    fields |= {word: read(",".join(given[word])) for word, read in _RUNS.items() if word in given}
    fields |= {word: given[word][0] for word in CHOSEN if word in given}
    if "level" in given:
        fields["level"], fields["resolution"] = parse_level(given["level"][0])
    if "q" in given:
        fields["q"] = parse_number(given["q"][0], "q")
    return fields | {name: given[name][0] == "yes" for name in SWITCHES if name in given}


def _edges(text: str, word: str) -> tuple[int, ...]:
    parts = text.replace(",", "-").split("-")
    if not all(part.strip().isdigit() and len(part.strip()) < 10 for part in parts):
        raise QuestionError(f"'{text}' are not edges that '{word}' can use: write them as 0-100-200.")
    return tuple(int(part) for part in parts)


def _whole(text: str, word: str) -> int:
    number = parse_number(text, word)
    if word == "radius" and not 1 <= number <= MOST_M:
        raise QuestionError(f"The radius must be between 1 and {MOST_M} metres.")
    if not abs(number) < 1e9:
        raise QuestionError(f"'{text}' is no number that '{word}' can use.")
    return round(number)


def _kept(value: str | Sequence[str]) -> list[str]:
    values: Iterable[str] = [value] if isinstance(value, str) else value
    return [text for one in values if (text := str(one).strip())]
