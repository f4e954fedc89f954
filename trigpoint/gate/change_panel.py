"""Which feeds can be compared between two periods, and where: a feed that was silent, or counted otherwise, cannot."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.coverage import AUGUST, QUARTER_ENDS
from trigpoint.core.analysis.silence import PROBABLY
from trigpoint.gate.asked import LONDON, Asked
from trigpoint.gate.kinds.series import months_of
from trigpoint.gate.silences import FeedHistory, Histories, histories
from trigpoint.store.definition_breaks import DefinitionBreak
from trigpoint.store.questions import Columns, Selection

__all__ = [
    "EVERYWHERE", "REASONS", "LeftOut", "breaks_between", "comparable", "every_history", "interrupted_feeds",
    "left_out_feeds",
]  # fmt: skip

Period = tuple[date, date]
EVERYWHERE = -1
REASONS = ("silent", "not there yet", "not sent yet", "closed", "definition")
"""silent: probably sent nothing for that district in some month. not there yet: the feed began later. not sent yet: its
delivery is still to come. closed: one period has an August in which it never sends, the other none. definition: what it
counts changed in between."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records of a feed that cannot be compared: in one district (dense id) or everywhere (-1), and of them only those
    that carry one of the themes of the mask, where it is not nought. `sentence` says why."""

    feed: int
    code: str
    district: int
    themes: int
    reason: str
    sentence: str


def left_out_feeds(asked: Asked, periods: tuple[Period, Period]) -> list[LeftOut]:
    """What cannot be compared between the periods, of the feeds this question counts; by feed, then by district."""
    told = every_history(asked)
    months = [_months(period) for period in periods]
    found = [one for feed in told.feeds for one in _of_feed(asked, told, feed, months)]
    return [*found, *_of_breaks(asked, told, periods)]


def interrupted_feeds(asked: Asked, periods: tuple[Period, Period]) -> list[LeftOut]:
    """The feeds that did not send throughout both periods: silent, not there yet, or not sent yet; by feed, then district.

    Of them all an August without school feeds is no interruption: every place has the same one.
    """
    told = every_history(asked)
    touched = sorted({month for period in periods for month in _months(period)})
    return [
        one
        for feed in told.feeds
        for one in (_not_there(told, feed, touched) or _silences(asked, told, feed, touched))
    ]


def comparable(columns: Columns, left_out: list[LeftOut]) -> NDArray[np.bool_]:
    """Which records can be compared, bool[n]; columns feed, district and theme_mask are needed.

    A record that lies in no district is left out with any district of its feed: nobody can tell which it is.
    """
    feed, district = columns["feed"], columns["district"]
    mask = np.asarray(columns["theme_mask"], dtype=np.uint64)
    kept = np.ones(len(feed), dtype=bool)
    for one in left_out:
        out = feed == one.feed
        if one.district != EVERYWHERE:
            out &= (district == one.district) | (district < 0)
        if one.themes:
            out &= (mask & np.uint64(one.themes)) != 0
        kept &= ~out
    return kept


def breaks_between(asked: Asked, periods: tuple[Period, Period]) -> list[DefinitionBreak]:
    """The changes of definition after which one of the periods, or part of one, lies, and before which the rest."""
    first = min(start for start, _ in periods)
    last = max(end for _, end in periods)
    return [
        one
        for one in asked.version.breaks
        if first < one.day < last and (not one.levels or asked.question.level in one.levels)
    ]


def every_history(asked: Asked) -> Histories:
    """Of the feeds asked about, over all their months and whatever else the question narrows: silence is the feed's."""
    every = Selection(known_at=asked.selection.known_at)
    today = asked.question.known or asked.at.astimezone(LONDON).date()
    whole = replace(asked, question=replace(asked.question, period_from=None, period_to=None, compared=""))
    key = ("change: histories", asked.permitted, asked.restrictions.granted, every, today)
    return asked.version.recall(key, lambda: histories(whole, every))


def _months(period: Period) -> range:
    """The months a period touches, in months since January 1970."""
    first, many = months_of(*period)
    return range(first, first + many)


def _of_feed(asked: Asked, told: Histories, one: FeedHistory, months: list[range]) -> Iterator[LeftOut]:
    touched = sorted({month for period in months for month in period})
    absent = _not_there(told, one, touched)
    if absent:
        yield from absent
        return
    if one.feed.terms_only and len({_augusts(period) for period in months}) > 1:
        words = f"{one.feed.name} sends nothing in August, and only one of the periods has one."
        yield _left_out(one, "closed", words)
        return
    yield from _silences(asked, told, one, touched)


def _not_there(told: Histories, one: FeedHistory, touched: list[int]) -> list[LeftOut]:
    """That the feed began after the first month touched, or is still to send one of them; empty where neither is so."""
    began = told.first + int(np.argmax(one.received.any(axis=0)))
    if touched[0] < began:
        return [_left_out(one, "not there yet", f"{one.feed.name} sent nothing before {_spoken(began)}.")]
    late = _not_sent_yet(told, one, touched)
    if late is None:
        return []
    return [_left_out(one, "not sent yet", f"{one.feed.name} has not sent {_spoken(late)} yet.")]


def _not_sent_yet(told: Histories, one: FeedHistory, touched: list[int]) -> int | None:
    """The first month touched whose delivery is still to come, and of which nothing has."""
    last_due = told.first + int(np.flatnonzero(one.due)[-1]) if one.due.any() else told.first - 1
    for month in touched:
        place = month - told.first
        nothing = place >= told.months or not one.received[:, place].any()
        closed = one.feed.terms_only and month % 12 + 1 == AUGUST
        sends = one.feed.cadence != "quarterly" or month % 12 + 1 in QUARTER_ENDS
        if month > last_due and nothing and sends and not closed:
            return month
    return None


def _augusts(period: range) -> int:
    return sum(month % 12 + 1 == AUGUST for month in period)


def _silences(asked: Asked, told: Histories, one: FeedHistory, touched: list[int]) -> Iterator[LeftOut]:
    places = [month - told.first for month in touched if month - told.first < told.months]
    silent = np.nan_to_num(one.found.silent[:, places]) >= PROBABLY
    names = asked.version.areas("district").names
    everywhere = len(names) > 1 and bool(silent.all(axis=0).any())
    if everywhere:
        which = [told.first + places[at] for at in np.flatnonzero(silent.all(axis=0)).tolist()]
        yield _left_out(one, "silent", f"{one.feed.name} was silent {_run_words(which)}.")
        return
    for district in np.flatnonzero(silent.any(axis=1)).tolist():
        which = [told.first + places[at] for at in np.flatnonzero(silent[district]).tolist()]
        words = f"{one.feed.name} was silent in {names[district]} {_run_words(which)}."
        yield _left_out(one, "silent", words, district)


def _of_breaks(asked: Asked, told: Histories, periods: tuple[Period, Period]) -> Iterator[LeftOut]:
    bits = {theme.code: theme.bit for theme in asked.version.vocabulary.themes}
    for one in breaks_between(asked, periods):
        mask = sum(1 << bits[code] for code in one.themes if code in bits)
        if one.themes and not mask:
            continue
        for feed in (each.feed for each in told.feeds):
            if not one.feeds or feed.code in one.feeds:
                yield LeftOut(feed.id, feed.code, EVERYWHERE, mask, "definition", break_sentence(one))


def break_sentence(one: DefinitionBreak) -> str:
    """Why what lies before and after cannot be set against each other."""
    about = "about " if one.about else ""
    day = f"{one.day.day} {one.day:%B %Y}"
    return f"{one.title.rstrip('.')}, {about}{day}: before and after cannot be compared."


def _left_out(one: FeedHistory, reason: str, sentence: str, district: int = EVERYWHERE) -> LeftOut:
    return LeftOut(one.feed.id, one.feed.code, district, 0, reason, sentence)


def _spoken(month: int) -> str:
    return date(1970 + month // 12, month % 12 + 1, 1).strftime("%B %Y")


def _run_words(months: list[int]) -> str:
    """One month by its name, several by the first, the last and how many."""
    first, last = _spoken(months[0]), _spoken(months[-1])
    if len(months) == 1:
        return f"in {first}"
    if months[-1] - months[0] + 1 == len(months):
        return f"from {first} to {last}"
    return f"in {len(months)} months between {first} and {last}"
