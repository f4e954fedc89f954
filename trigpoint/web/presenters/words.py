"""The sentences readers see, kept in one place. The reader's word, one idea a sentence, the finding first."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isnan

from trigpoint.gate.marking import NO_ADVERSE_USE_SENTENCE as NO_ADVERSE_USE_SENTENCE

CHANCE_HARDLY_EVER = "Chance hardly ever does this."
CHANCE_SELDOM = "Chance seldom does this."
CHANCE_COULD_WATCHED = "Chance could do this. It is being watched, not named a hotspot."
CHANCE_COULD = "Chance could do this. It is not a hotspot."
NOT_TESTED = "This was not tested."
HARDLY_EVER_BELOW = 0.001
WATCHED_BELOW = 0.05

POLICE_UK_SENTENCE = (
    "Police.uk counts are recorded crime at anonymised points: each point stands for at least eight addresses, "
    "so a street here is the nearest published point, not the exact place."
)
METHOD_SENTENCE = (
    "A hotspot is a street or hexagon where it and its neighbours together hold more records than the rest of the "
    "county would lead us to expect: the Getis–Ord Gi* statistic, tested exactly against every way the "
    "county's counts could have been shuffled, with the false discovery rate held by Benjamini and Hochberg's rule "
    "over every place tested."
)
METHOD_LIMIT_SENTENCE = (
    "It says that records gather here more than chance would gather them. "
    "It does not say why, who, or that a child is at risk here."
)


POLICE_UK_FEED = "police_uk_street"


def attribution_lines(attributions: Sequence[str], feeds: Iterable[str]) -> list[str]:
    """The lines a page on open data must carry; police.uk's own caution among them where it is shown."""
    caution = [POLICE_UK_SENTENCE] if POLICE_UK_FEED in set(feeds) else []
    return [*caution, *attributions]


def counted(n: int, one: str, many: str) -> str:
    """A number with its noun: '1 record', '1,284 records'."""
    return f"{n:,} {one if n == 1 else many}"


def tellings(n: int, noun: str) -> str:
    """What an answer counts, with its number: '1,284 records', '1 linked event'. `noun` as the gate names it."""
    return counted(n, noun.removesuffix("s"), noun)


def chance_sentence(p: float | None, *, hot: bool) -> str:
    """The test's result in words. p is the exact upper-tail probability; None or NaN means untested."""
    if p is None or isnan(p):
        return NOT_TESTED
    if not hot:
        return CHANCE_COULD_WATCHED if p < WATCHED_BELOW else CHANCE_COULD
    return CHANCE_HARDLY_EVER if p < HARDLY_EVER_BELOW else CHANCE_SELDOM


_TIMES = {
    2: "Twice",
    3: "Three times",
    4: "Four times",
    5: "Five times",
    6: "Six times",
    7: "Seven times",
    8: "Eight times",
    9: "Nine times",
    10: "Ten times",
}


def times_expected_sentence(around: float, expected: float) -> str:
    """How the place compares with what it was compared with, rounded down so that it never overstates."""
    if expected <= 0 or isnan(expected) or isnan(around):
        return ""
    ratio = around / expected
    if ratio >= 11:
        return "More than ten times what was expected here."
    if ratio >= 2:
        return f"{_TIMES[int(ratio)]} what was expected here."
    if ratio >= 1.2:
        return "More than was expected here."
    if ratio > 0.8:
        return "About what was expected here."
    return "Fewer than was expected here."


def events_tested_words(
    tested: int, *, around: int | None, expected: float | None, records: int | None = None
) -> str:
    """How much of a hotspot took part in the test, beside what was expected in its twelve months.

    `tested` are its events; `around` and `expected` are of its peak with what touches it, as the test has them;
    `records` are all that were told of it, None where that was not counted.
    """
    told = f"{counted(tested, 'event', 'events')} tested"
    if records is not None:
        told += f" ({counted(records, 'record', 'records')})"
    if expected is None or isnan(expected):
        return f"{told}."
    if around is None or around == tested:
        return f"{told}; {expected:,.0f} expected in twelve months."
    return f"{told}; {around:,} at its middle, where {expected:,.0f} were expected in twelve months."


def period_words(start: date, end: date) -> str:
    """The half-open period [start, end) as readers say it: '1 November 2025 to 31 October 2026'."""
    last = date.fromordinal(end.toordinal() - 1)
    if start == last:
        return day_words(start)
    return f"{day_words(start)} to {day_words(last)}"


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


_CITED = re.compile(r"\b(?P<code>[a-z_]+) v(?P<version>\d+)(?: clause (?P<clause>\d[\w.]*\w|\d))?")


def clause_in_words(told: str, titles: Mapping[str, str]) -> str:
    """Agreements by their names: "police v2 clause 4.2" is "Police sharing agreement, version 2, clause 4.2"."""

    def named(found: re.Match[str]) -> str:
        if found["code"] not in titles:
            return found[0]
        clause = f", clause {found['clause']}" if found["clause"] else ""
        return f"{titles[found['code']]}, version {found['version']}{clause}"

    return _CITED.sub(named, told)


def receipt_title(*, status: str, quarantined: int) -> str:
    """The finding of a delivery, as its heading."""
    if status == "duplicate":
        return "We had this file already. Nothing has changed."
    if status == "refused":
        return "This file was refused. Nothing of it was kept."
    if status == "waiting":
        return "This file waits for a decision."
    if quarantined == 0:
        return "The file is in. No row needs you."
    needs = "needs" if quarantined == 1 else "need"
    return f"The file is in. {counted(quarantined, 'row', 'rows')} {needs} you."


_FORMAT_WORDS = {
    "%d": "DD", "%m": "MM", "%Y": "YYYY", "%y": "YY", "%H": "HH", "%M": "MM", "%S": "SS", "%b": "Nov", "%B": "November",
    "%a": "Fri", "%A": "Friday", "%I": "HH", "%p": "am", "%f": "000",
}  # fmt: skip


def plain_formats(advice: str) -> str:
    """Advice that names a program's date formats ('%d/%m/%Y'), with formats that people read ('DD/MM/YYYY')."""
    return re.sub(r"%[a-zA-Z]", lambda found: _FORMAT_WORDS.get(found[0], found[0]), advice)
