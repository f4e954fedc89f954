"""What a file says of itself: a table of metadata in plain words, and a name that says what and when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from trigpoint import __version__
from trigpoint.core.sharing.viewer import PURPOSES, Viewer
from trigpoint.db.home import current_home
from trigpoint.gate.answers import Answer
from trigpoint.gate.asked import LONDON
from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE, NOT_ZERO, marking_of_home
from trigpoint.gate.reasons import counted_noun, told_why

__all__ = ["COPY_SENTENCE", "LEVEL_NOUNS", "Made", "about_lines", "file_name", "made_by", "title_of"]

COPY_SENTENCE = (
    "This copy is not renewed: what is mended or withdrawn later stays in it. Ask again rather than keep it."
)
LEVEL_NOUNS = {
    "district": "district",
    "ward": "ward",
    "lsoa": "LSOA",
    "street": "street",
    "cell:7": "hexagons of 2.4 km",
    "cell:8": "hexagons of 920 m",
    "cell:9": "hexagons of 350 m",
    "cell:10": "hexagons of 130 m",
}
"""Across, from corner to corner; the sizes of H3 cells in these latitudes, rounded."""
_TITLES = {
    "counts": "Counts",
    "series": "Counts by month",
    "hotspots": "Hotspots",
    "sites": "Sites",
    "notices": "Notices and orders",
    "coverage": "What was received",
    "events": "Linked events",
    "totals": "What came already counted",
}
_WITHOUT_LEVEL = frozenset({"series", "sites", "notices", "coverage", "times", "questions"})
_SAID_ELSEWHERE = frozenset({"level", "from", "to", "known", "geometry", "names"})
_NOTES = (
    "silence",
    "exposure",
    "sentence",
    "step_note",
    "cold_note",
    "within_note",
    "note",
    "left_out_of_test",
)


@dataclass(frozen=True, slots=True)
class Made:
    """Who had a file made, when (`at`, an instant with its time zone), in which county and under which marking."""

    viewer: Viewer
    at: datetime
    county: str
    marking: str

    def to_dict(self) -> dict[str, str]:
        """As JSON has it, beside `about`."""
        return {
            "marking": self.marking,
            "county": self.county,
            "asked_by": self.viewer.user,
            "role": self.viewer.role,
            "agency": self.viewer.agency,
            "purpose": self.viewer.purpose,
            "at": self.at.astimezone(LONDON).isoformat(timespec="seconds"),
            "program": f"Trigpoint {__version__}",
            "use": NO_ADVERSE_USE_SENTENCE,
            "copy": COPY_SENTENCE,
            "empty": NOT_ZERO,
        }


def made_by(viewer: Viewer, at: datetime) -> Made:
    """Made in this home, under its marking."""
    return Made(viewer, at, current_home().county, marking_of_home())


def title_of(answer: Answer) -> str:
    """What an answer is, such as "Counts by ward"."""
    what = _TITLES.get(answer.kind, answer.kind.replace("_", " ").capitalize())
    if answer.kind in _WITHOUT_LEVEL:
        return what
    level = str(answer.about.get("level", ""))
    noun = LEVEL_NOUNS.get(level, level)
    return f"{what}, {noun}" if level.startswith("cell") else f"{what} by {noun}"


def about_lines(answer: Answer, made: Made) -> tuple[tuple[str, str], ...]:
    """Pairs of a name and what it says, in the order they are read. Built from what the answer says of itself alone."""
    return tuple((name, str(value)) for name, value in _lines(answer, made) if value not in (None, ""))


def _lines(answer: Answer, made: Made) -> Iterator[tuple[str, object]]:
    about = answer.about
    yield "Marking", made.marking
    yield "What", f"{title_of(answer)}, {made.county}"
    yield "Period", _period_words(about.get("period"))
    yield "As known on", _day_words(about.get("known"))
    yield from _filter_lines(about)
    if "total" in about:
        yield "In all", f"{about['total']:,} {counted_noun(about) if 'unplaced' in about else ''}".strip()
    yield from _trust_lines(about)
    yield "Publication", about.get("publication")
    yield from (("Source", line) for line in _listed(about, "attributions"))
    yield "Empty cells", NOT_ZERO
    yield "Use", NO_ADVERSE_USE_SENTENCE
    yield "This copy", COPY_SENTENCE
    viewer = made.viewer
    yield "Asked by", f"{viewer.user}, {viewer.role}" + (f", for {viewer.agency}" if viewer.agency else "")
    yield "Purpose", PURPOSES.get(viewer.purpose, viewer.purpose)
    yield "Made", f"{made.at.astimezone(LONDON):%d %B %Y, %H:%M} by Trigpoint {__version__}".lstrip("0")


def _filter_lines(about: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    filters = about.get("filters")
    for word, value in filters.items() if isinstance(filters, Mapping) else ():
        if word not in _SAID_ELSEWHERE:
            yield f"Filter: {word}", ", ".join(value) if isinstance(value, list) else value


def _trust_lines(about: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Where the figures come from, how, under which clauses, and what they leave out."""
    yield from (("Feed", f"{one['name']} ({one['agency']})") for one in _listed(about, "feeds"))
    yield "Method", about.get("method")
    yield "Compared with", about.get("compared_with")
    yield "A rate is per 1,000", about.get("denominator")
    yield from (("Note", _sentence(about.get(name))) for name in _NOTES)
    yield from (("Caution", line) for line in _listed(about, "cautions"))
    yield from (("Withheld", line) for line in _listed(about, "withheld"))
    yield from (
        ("Change of definition", f"{_day_words(one['date'])}: {one['title']}")
        for one in _listed(about, "definition_breaks")
    )
    yield from (("Allowed by", f"{one['feed']}: {one['clause']}") for one in _listed(about, "clauses"))
    for one in told_why(about) if "why" in about else ():
        if one["code"] != "exposure":
            clause = f" ({one['clause']})" if one["clause"] and one["clause"] not in one["sentence"] else ""
            yield "Not shown", f"{one['sentence']}{clause}"


def _sentence(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _listed(about: Mapping[str, Any], name: str) -> list[Any]:
    value = about.get(name)
    return list(value) if isinstance(value, list | tuple) else []


def _day_words(day: object) -> str:
    if not isinstance(day, str):
        return ""
    known = date.fromisoformat(day)
    return f"{known.day} {known:%B %Y}"


def _days(period: object) -> tuple[date, date] | None:
    """The first and the last day of a half-open period, both in it; None where an end is open."""
    if not isinstance(period, list | tuple) or len(period) != 2 or not all(period):
        return None
    start, end = (date.fromisoformat(str(one)[:10]) for one in period)
    return start, date.fromordinal(end.toordinal() - 1)


def _period_words(period: object) -> str:
    days = _days(period)
    return f"{_day_words(days[0].isoformat())} to {_day_words(days[1].isoformat())}" if days else ""


def file_name(answer: Answer, made: Made, form: str) -> str:
    """Such as marlshire-counts-by-ward-2025-11-01-to-2026-10-31-publication-3-official-sensitive.csv; plain ASCII."""
    days = _days(answer.about.get("period"))
    when = f"{days[0]} to {days[1]}" if days else ""
    what = title_of(answer).replace(".", " ")
    marking = made.marking.split("—")[0]
    words = f"{made.county} {what} {when} publication {answer.about['publication']} {marking}"
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-')}.{form}"
