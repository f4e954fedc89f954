"""Quiet or silent? For every feed and district, with a chance, and the hotspots that silence may hide."""

from typing import Any

import numpy as np

from trigpoint.core.analysis.silence import BEGINS, LASTS, VERDICTS, verdicts
from trigpoint.core.sharing.grain import Grain
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.series import month_spoken, month_words
from trigpoint.gate.silences import FeedHistory, Histories, histories
from trigpoint.gate.silent_places import silent_places

__all__ = ["answer_silence"]

METHOD = (
    "A feed either reports in a district, and then sends a number of records about its own mean there (negative "
    "binomial, as scattered as this feed's months are), or does not report, and sends none. Whether it reports goes from "
    "month to month; how often it stops, and for how long, is taken from this feed's own history, beginning with one gap "
    f"in {sum(BEGINS) / BEGINS[0]:.0f} months of sending that lasts {sum(LASTS) / LASTS[1]:.0f} months. The chance of "
    "silence follows by Bayes. Months in which nothing was due do not count; a record that says there was nothing does."
)
SENTENCE = "The first thing to ask of a silent feed is whether it sent; until then a fall there says nothing."
MOST_SILENCES = 8
"""For how many silent feeds and districts, the likeliest first, the hotspots that may be missing are looked for."""


def answer_silence(asked: Asked) -> Answer:
    """Columns feed, district, verdict, probability, since, months, chance_none, expected_a_month, missing, sentence.

    One row for each feed and district: the verdict is of the run of months without records that reaches the last month
    due; probability that it fell silent in that run (NaN where there is no yardstick); chance_none how often a feed that
    reports gives none in all those months; missing the records those months would have had. Part "months": what came,
    was expected and the chance of silence in each month due. Part "feeds": what is known of each feed's gaps. Part
    "places", at the level ward, street or cell: hotspots from before the silence that rested on the feed now silent.
    """
    told = histories(asked)
    if asked.question.level != "district" and any(
        grant.finest < asked.grain for grant in asked.restrictions.grants
    ):
        raise QuestionError("You are told of coverage by district: choose the level district.")
    rows = _rows(asked, told)
    parts: dict[str, Table] = {"months": _months(asked, told), "feeds": _feeds(told)}
    withheld: list[str] = []
    if asked.grain > Grain.DISTRICT and asked.question.level != "district":
        parts["places"], withheld = silent_places(asked, told, MOST_SILENCES)
    silent = rows["verdict"].count("silent") + rows["verdict"].count("probably silent")
    about = asked.about(
        total=told.total, unplaced=told.unplaced, silent=silent, method=METHOD, sentence=SENTENCE, withheld=withheld,
        compared_with="each feed's own months in the same district in which it reported",
    )  # fmt: skip
    return Answer("silence", rows, about, parts)


def _rows(asked: Asked, told: Histories) -> dict[str, Any]:
    districts, words = asked.version.areas("district"), [*month_words(told.first, told.months), ""]
    table: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    for one in told.feeds:
        found = one.found
        expected = np.nan_to_num(found.expected).max(axis=1, initial=0.0)
        for at, verdict in enumerate(verdicts(found).tolist()):
            row = (
                one.feed.code,
                districts.codes[at],
                VERDICTS[verdict],
                float(found.run_silent[at]),
                words[int(found.since[at])],
                int(found.run[at]),
                float(found.run_chance[at]),
                float(expected[at]) if expected[at] > 0 else float("nan"),
                float(found.missing[at]),
                _sentence(one, at, verdict, districts.names[at], words),
            )
            for name, value in zip(_COLUMNS, row, strict=True):
                table[name].append(value)
    return {
        name: np.array(column, dtype=np.float64) if name in _FLOATS else column
        for name, column in table.items()
    }


_COLUMNS = (
    "feed", "district", "verdict", "probability", "since", "months", "chance_none", "expected_a_month", "missing",
    "sentence",
)  # fmt: skip
_FLOATS = ("probability", "chance_none", "expected_a_month", "missing")


def _sentence(one: FeedHistory, at: int, verdict: int, district: str, words: list[str]) -> str:
    found, name = one.found, f"{one.feed.name} in {district}"
    if VERDICTS[verdict] == "sending":
        return f"{name}: sending."
    months = int(found.run[at])
    if np.isnan(found.run_silent[at]):
        return f"{name}: cannot tell. There never was a record to compare with."
    since = month_spoken(words[int(found.since[at])])
    run = f"{_nothing(one, at)} since {since}, {months} month{'s' if months > 1 else ''} due"
    expected = float(np.nanmax(found.expected[at]))
    usual = f"{f'{expected:,.0f}' if expected >= 10 else f'{expected:.2g}'} a month are usual"
    chance = f"a feed that reports would give that {_odds(float(found.run_chance[at]))}"
    opening = {
        "silent": "Silent, not quiet",
        "probably silent": "Probably silent",
        "quiet": "Quiet",
        "cannot tell": "Silent or quiet, one cannot tell",
    }[VERDICTS[verdict]]
    silence = _percent(float(found.run_silent[at]))
    return f"{opening}: {name}, {run}. {usual.capitalize()}; {chance}. Chance of silence {silence}."


def _nothing(one: FeedHistory, at: int) -> str:
    """Nothing, or next to it: records put there by mistake do not end a silence."""
    run = slice(int(one.found.since[at]), None)
    return "next to nothing" if one.received[at, run].any() else "nothing"


def _odds(chance: float) -> str:
    if chance < 1e-6:
        return "less than once in a million times"
    return f"once in {1 / chance:,.0f} times" if chance < 0.5 else "more often than not"


def _percent(chance: float) -> str:
    if chance > 0.99:
        return "over 99%"
    return f"{100 * chance:.0f}%" if chance >= 0.01 else "under 1%"


def _months(asked: Asked, told: Histories) -> Table:
    districts, words = asked.version.areas("district").codes, month_words(told.first, told.months)
    table: dict[str, list[Any]] = {
        name: [] for name in ("feed", "district", "month", "received", "expected", "chance_none", "silent")
    }
    for one in told.feeds:
        due = np.flatnonzero(one.due)
        for at, code in enumerate(districts):
            table["feed"] += [one.feed.code] * due.size
            table["district"] += [code] * due.size
            table["month"] += [words[month] for month in due.tolist()]
            table["received"] += one.received[at, due].tolist()
            for name, values in (
                ("expected", one.found.expected),
                ("chance_none", one.found.chance_none),
                ("silent", one.found.silent),
            ):
                table[name] += values[at, due].tolist()
    floats = ("expected", "chance_none", "silent")
    return {
        name: np.array(column, dtype=np.float64) if name in floats else column
        for name, column in table.items()
    }


def _feeds(told: Histories) -> Table:
    history = [one.found.history for one in told.feeds]
    return {
        "feed": [one.feed.code for one in told.feeds],
        "cadence": [one.feed.cadence for one in told.feeds],
        "dispersion": np.array([one.found.dispersion for one in told.feeds], dtype=np.float64),
        "months": [one.months for one in history],
        "gaps": [one.gaps for one in history],
        "gap_months": [one.gap_months for one in history],
        "begins": np.array([one.begins for one in history], dtype=np.float64),
        "goes_on": np.array([one.goes_on for one in history], dtype=np.float64),
    }
