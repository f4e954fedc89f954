"""The map's table, for those who read tables or have no JavaScript: the same question, the same values."""

from dataclasses import dataclass

from trigpoint.gate.answers import Answer
from trigpoint.gate.reasons import counted_noun, told_why
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.filters import LEVEL_NAMES
from trigpoint.web.presenters.plain import feed_codes, numbers, period_of, texts, whole, words
from trigpoint.web.presenters.words import attribution_lines, period_words, tellings

MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class Row:
    code: str
    name: str
    count: int
    rate: float | None


@dataclass(frozen=True, slots=True)
class CountsTable:
    sentence: str
    caption: str
    level_name: str
    count_heading: str
    rate_heading: str
    rows: tuple[Row, ...]
    breaks: tuple[str, ...]
    cannot_show: tuple[str, ...]
    attributions: tuple[str, ...]
    query: str


def counts_table(answer: Answer, *, query: str) -> CountsTable:
    """Rows with the most first. `query` is the question's own, for the download of the same rows."""
    level = LEVEL_NAMES.get(str(answer.about["level"]), str(answer.about["level"]))
    total = int(str(answer.about["total"]))
    reasons = [one["sentence"] for one in told_why(answer.about)]
    denominator = answer.about.get("denominator")
    silence = [str(answer.about["silence"])] if "silence" in answer.about else []
    noun = counted_noun(answer.about).capitalize()
    rows = _rows(answer)
    shown = rows[:MOST_ROWS]
    cut = (
        [f"The first {MOST_ROWS:,} of {len(rows):,} rows are shown; the download has all."]
        if len(rows) > MOST_ROWS
        else []
    )
    return CountsTable(
        sentence=f"{tellings(total, counted_noun(answer.about))}{_period(answer)}.",
        caption=f"{noun} by {level.lower()}{_period(answer)}, the most first",
        level_name=level,
        count_heading=noun,
        rate_heading=f"Per 1,000 {denominator}" if denominator else "Per 1,000 residents",
        rows=shown,
        breaks=tuple(one.sentence for one in definition_breaks(answer)),
        cannot_show=(*silence, *reasons, *cut),
        attributions=tuple(attribution_lines(texts(answer.about["attributions"]), feed_codes(answer))),
        query=query,
    )


def _rows(answer: Answer) -> tuple[Row, ...]:
    columns = answer.columns
    told = zip(
        words(columns["code"]),
        words(columns["name"]),
        whole(columns["count"]),
        numbers(columns["rate_per_1000"], 1),
        strict=True,
    )
    return tuple(sorted((Row(*one) for one in told), key=lambda row: (-row.count, row.name, row.code)))


def _period(answer: Answer) -> str:
    start, end = period_of(answer)
    return f", {period_words(start, end)}" if start and end else ""
