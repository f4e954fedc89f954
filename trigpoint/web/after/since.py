"""What was recorded at a place since a meeting, in words with their uncertainty; never a before and after by itself.

The band is that of core/analysis/expected_band: what the place would have had if it kept its earlier share of the
county's records. See docs/methods/after.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from trigpoint.core.analysis.expected_band import expected_band
from trigpoint.core.workflow.after import months_between
from trigpoint.gate.answers import Answer
from trigpoint.gate.landing_questions import whole_months
from trigpoint.gate.show import rows
from trigpoint.gate.standing import months_that_are_over
from trigpoint.web.hot_now.sources import Heard
from trigpoint.web.place_months import MonthBar, MonthChart, month_chart
from trigpoint.web.presenters.definition_breaks import definition_breaks
from trigpoint.web.presenters.plain import mapping_list, whole, words
from trigpoint.web.presenters.words import counted

__all__ = ["NO_COMPARISON", "Bar", "Since", "since_at", "since_words"]

BEFORE, MOST_SINCE = 24, 24
NOTHING = "Nothing of what you are shown is recorded at this place, before or since."
NO_COMPARISON = (
    "A place is talked of when it is high, and what is high falls by itself: this alone does not say that anything "
    "worked."
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's count; `since` where it lies after the meeting's month."""

    month: str
    count: int
    since: bool


@dataclass(frozen=True, slots=True)
class Since:
    """`sentence` is the finding, `cautions` what must be read beside it, `left_out` the feeds that are not in it and why.
    `bars` are empty where nothing is told."""

    sentence: str
    cautions: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def bars_words(self) -> str:
        """What the bars show, for those who cannot see them."""
        parts = [[one.count for one in self.bars if one.since is side] for side in (False, True)]
        told = (f"{sum(one):,} records in {counted(len(one), 'month', 'months')}" for one in parts)
        return " up to the meeting’s month, ".join(told) + " since."

    @property
    def has_since(self) -> bool:
        return any(one.since for one in self.bars)

    @property
    def chart(self) -> MonthChart | None:
        """The bars with their scale and months, drawn as the place page draws them."""
        return month_chart([(one.month, one.count) for one in self.bars])

    @property
    def drawn(self) -> tuple[tuple[MonthBar, bool], ...]:
        """Each bar of the chart, and whether it lies since."""
        chart = self.chart
        if chart is None:
            return ()
        return tuple((bar, one.since) for bar, one in zip(chart.bars, self.bars, strict=True))


def since_at(heard: Heard, level: str, units: Sequence[str], day: date) -> Since:
    """Since the month of a day, at these units, as whoever asks may count them."""
    choices = heard.must("choices", {})
    today = heard.sources.today
    span = whole_months(choices, today=today)
    start, end = months_that_are_over(*span, months=BEFORE + MOST_SINCE + 1, today=today)
    over = months_between(day, end)
    first = max(start, _months_before(day, BEFORE))
    if first >= end:
        return Since("Nothing that you may see is recorded in these months.")
    put = {"level": level, "from": first.isoformat(), "to": end.isoformat()}
    before_asking = len(heard.refusals)
    place = heard.ask("picture", {**put, "within": list(units), "grouping": ["history"]})
    county = heard.ask("picture", {**put, "grouping": ["history", level]})
    if place is None or county is None:
        return Since(next(iter(heard.refusals[before_asking:]), "What is recorded here is not told to you."))
    return _told(place, county, day, end, over)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _told(place: Answer, county: Answer, day: date, end: date, over: int) -> Since:
    this, last = f"{day:%Y-%m}", f"{end:%Y-%m}"
    every = dict(
        zip(words(county.parts["history"]["month"]), whole(county.parts["history"]["count"]), strict=True)
    )
    history = place.parts["history"]
    months = [
        (month, count)
        for month, count in zip(words(history["month"]), whole(history["count"]), strict=True)
        if f"{_months_before(day, BEFORE):%Y-%m}" <= month < last
    ]
    left_out = tuple(str(one["sentence"]) for one in mapping_list(place.about["why"]))
    if not any(count for _, count in months):
        return Since(NOTHING, left_out=left_out)
    before = [(count, every.get(month, 0)) for month, count in months if month < this]
    later = [(count, every.get(month, 0)) for month, count in months if month > this]
    breaks = [one for one in definition_breaks(place) if day.replace(day=1) <= one.day < end]
    silent = _silent(place, this, last)
    sentence, plain = since_words(before, later, over, silent)
    cautions = [NO_COMPARISON] if plain else []
    cautions += [one.sentence for one in breaks]
    return Since(sentence, tuple(dict.fromkeys(cautions)), _bars(months, this), left_out)


def since_words(
    before: Sequence[tuple[int, int]], later: Sequence[tuple[int, int]], over: int, silent: Mapping[str, str]
) -> tuple[str, bool]:
    """The finding, and whether it needs the word that a fall by itself proves nothing.

    `before` and `later` are the place's and the county's records month by month, `over` how many whole months are over;
    `silent` are feeds that may have been silent there since, with the months in words.
    """
    if not over:
        return "No whole month is over since: too early to say.", False
    here, whole_county = (sum(one[at] for one in later) for at in (0, 1))
    found = f"{counted(here, 'record', 'records')} in the {_whole_months(over)} since"
    if silent:
        feeds = "; ".join(f"{feed} in {when}" for feed, when in silent.items())
        return (
            f"{found}. Silent there, not quiet: {feeds}. Fewer records may be silence, so nothing is compared.",
            False,
        )
    counts, county = zip(*before, (here, whole_county), strict=True) if before else ((here,), (whole_county,))
    band = expected_band(counts, county, [True] * len(before) + [False])
    if band is None:
        return f"{found}. Too few months before it to say what is usual here.", False
    low, high = int(band.low[-1]), int(band.high[-1])
    usual = f"At its earlier share of the county’s records, chance would give {low:,} to {high:,} in nine cases of ten"
    if low <= here <= high:
        return f"{found}. {usual}: no difference we can tell.", False
    return f"{found}. {usual}: {'fewer' if here < low else 'more'} than that.", here < low


def _whole_months(over: int) -> str:
    return "whole month" if over == 1 else f"{over} whole months"


def _silent(place: Answer, after: str, end: str) -> dict[str, str]:
    """Feeds that were silent there in months since, each with those months in words."""
    found: dict[str, list[str]] = {}
    for row in rows(place.parts["silent"]):
        if after < str(row["month"]) < end:
            found.setdefault(str(row["feed"]), []).append(_spoken(str(row["month"])))
    return {feed: ", ".join(months) for feed, months in found.items()}


def _spoken(month: str) -> str:
    return f"{date.fromisoformat(f'{month}-01'):%B %Y}"


def _bars(months: Sequence[tuple[str, int]], this: str) -> tuple[Bar, ...]:
    return tuple(Bar(month, count, month > this) for month, count in months)
