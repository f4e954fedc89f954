"""What an analyst asks of a county to learn what is going on there: the same questions whatever the county."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks._truths_releases import given_away, release_as_known
from trigpoint.core.disclosure.joint import ToldCell

__all__ = ["NEEDED", "QUESTIONS", "Told", "ask_all", "ask_as_known", "month_ends"]

Row = dict[str, Any]

_TO = "2026-11-01"
_YEAR, _HALF, _QUARTER = "2025-11-01", "2026-05-01", "2026-08-01"
_ALL = {"from": "2024-09-01", "to": _TO}
_PAST = {"level": "street", "background": "past", "to": _TO}
_AFTER_SCHOOL = {"hours": "15-16", "weekdays": "mon-fri"}
_BEFORE_MAY, _AFTER_MAY = (
    {"from": "2024-09-01", "to": "2025-05-01"},
    {"from": "2025-09-01", "to": "2026-05-01"},
)
"""The same eight months before the new wards of May 2025 and after them."""

QUESTIONS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "streets": ("hotspots", {"level": "street", "background": "records"}),
    "year": ("hotspots", {**_PAST, "from": _YEAR}),
    "half": ("hotspots", {**_PAST, "from": _HALF}),
    "quarter": ("hotspots", {**_PAST, "from": _QUARTER}),
    "discovered": ("hotspots", {**_PAST, "from": _YEAR, "detection": "discovered"}),
    "after_school": ("hotspots", {"level": "street", "background": "records", **_ALL, **_AFTER_SCHOOL}),
    "joined_year": ("joint", {**_PAST, "from": _YEAR}),
    "joined_half": ("joint", {**_PAST, "from": _HALF}),
    "history": ("emerging", {"level": "street", **_ALL}),
    "summer": ("emerging", {"level": "street", "from": "2024-09-01", "to": "2026-09-01"}),
    "ward_history": ("emerging", {"level": "ward", **_ALL}),
    "silence": ("silence", _ALL),
    "shifts": ("shifts", {}),
    "events": ("events", _ALL),
    "routes": (
        "times",
        {"clock": "15:15-17:00", "weekdays": "mon-fri", "text": "all", "radius": "100"},
    ),
    "wards": ("counts", {"level": "ward", **_ALL}),
    "wards_before": ("counts", {"level": "ward", **_BEFORE_MAY}),
    "wards_after": ("counts", {"level": "ward", **_AFTER_MAY}),
    "lsoas": ("counts", {"level": "lsoa", **_ALL}),
    "lsoas_before": ("counts", {"level": "lsoa", **_BEFORE_MAY}),
    "lsoas_after": ("counts", {"level": "lsoa", **_AFTER_MAY}),
    "meeting": ("questions", {"level": "street", "from": _YEAR, "to": _TO}),
    "meeting_quarter": ("questions", {"level": "street", "from": _QUARTER, "to": _TO}),
    "notices": ("notices", {}),
}
"""By name: the kind and the words. None of them depends on where anything was planted."""

_PICTURES, _RISES = ("year", "half", "quarter"), ("history", "summer")
NEEDED: Mapping[str, tuple[str, ...]] = {
    "a": ("joined_half",),
    "b": (*_PICTURES, "meeting", "joined_year", "joined_half"),
    "c": (*_PICTURES, *_RISES, "after_school"),
    "d": ("history", "year"),
    "e": ("notices",),
    "f": ("notices",),
    "g": ("silence",),
    "h": _RISES,
    "i": ("routes", "after_school"),
    "j": (*_PICTURES, "meeting", "meeting_quarter"),
    "k": (*_PICTURES, *_RISES, "events"),
    "l": (*_PICTURES, *_RISES, "discovered", "meeting"),
    "m": tuple(name for name in QUESTIONS if name.startswith(("ward", "lsoa"))),
    "n": ("shifts",),
    "o": (),
}
"""The questions that a letter is judged by, beside "streets"."""


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: its rows, its further tables and what it says of itself."""

    rows: list[Row]
    parts: Mapping[str, list[Row]] = field(default_factory=dict)
    about: Mapping[str, Any] = field(default_factory=dict)


def ask_all(letters: str = "".join(NEEDED)) -> dict[str, Told]:
    """Every answer that these letters take, by its name, and under "closures" the evaluation of each closure that the
    register lists.

    Asked as the analyst, of the home that Django is set up for.
    """
    needed = {"streets", *(name for letter in letters for name in NEEDED[letter])}
    answers = {name: _ask(kind, words) for name, (kind, words) in QUESTIONS.items() if name in needed}
    if "notices" not in needed:
        return answers
    closures = [one for one in answers["notices"].rows if one["kind"] == "closure"]
    evaluated = [_evaluated(one) for one in closures]
    verdicts = Counter(one["verdict"] for one in evaluated)
    return answers | {"closures": Told(evaluated, about={"verdicts": dict(verdicts)})}


def ask_as_known(truth: Mapping[str, Any]) -> dict[str, Told]:
    """The month that the truth (o) is about, by ward, as it was known at each month's end that the truth names; and under
    "released" what two releases of its quarter give away, as known before and after the two records came.

    Which months these are must be read from the truth: everything else is asked before it is opened.
    """
    first = date.fromisoformat(truth["from_day"])
    after = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    of_month = {"level": "ward", "from": first.isoformat(), "to": after.isoformat(), "feed": truth["feeds"]}
    expected = truth["expected"]
    two = release_as_known(truth, (expected["known_after"], expected["known_by"]))
    leaks = [{"leak": one} for one in given_away(two)]
    about = {
        "ward": two.of_ward(expected["ward"]),
        "told": [_told_of(one) for one in (two.first, two.second)],
    }
    return {"released": Told(leaks, about=about)} | {
        f"known {day}": _ask("counts", {**of_month, "known": day})
        for day in month_ends(truth["from_day"], truth["to_day"])
    }


def _told_of(cells: Sequence[ToldCell]) -> tuple[int, int]:
    """How many cells a release tells, of how many that it means to tell."""
    offered = [one for one in cells if one.offered]
    return sum(one.told is not None for one in offered), len(offered)


def month_ends(first: str, last: str) -> list[str]:
    """The last days of the months from that of the first day to that of the last, as ISO dates."""
    end, ends = date.fromisoformat(last), list[str]()
    day = date.fromisoformat(first).replace(day=1)
    while day <= end:
        day = (day + timedelta(days=32)).replace(day=1)
        ends.append((day - timedelta(days=1)).isoformat())
    return ends


def _ask(kind: str, words: Mapping[str, Any]) -> Told:
    from trigpoint.gate.ask import Viewer, ask
    from trigpoint.gate.questions import question_from_words
    from trigpoint.gate.show import rows

    answer = ask(Viewer("analyst", "", "analyst"), question_from_words(kind, words), datetime.now(UTC))
    parts = {name: list(rows(part)) for name, part in answer.parts.items()}
    return Told(list(rows(answer.columns)), parts, dict(answer.about))


def _evaluated(closure: Row) -> Row:
    """The closure with the verdict on it, or why it has none."""
    from trigpoint.gate.ask import QuestionError

    if not closure["place"]:
        return {**closure, "verdict": "no place", "sentence": ""}
    words = {"level": "street", "around": closure["place"], "start": closure["starts"]}
    try:
        about = _ask("evaluation", words).about
    except QuestionError as refusal:
        return {**closure, "verdict": "refused", "sentence": str(refusal)}
    return {**closure, "verdict": about["verdict"], "sentence": about["sentence"]}
