"""The records that a shift of themes is judged by: feed by feed and district by district, before and after."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.shifts import Panel
from trigpoint.core.analysis.silence import PROBABLY
from trigpoint.core.tally import month_of_day
from trigpoint.gate.asked import EPOCH, LONDON, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.series import first_month
from trigpoint.gate.silences import Histories, histories
from trigpoint.store.choices import FeedNamed, ThemeNamed
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns

__all__ = ["Compared", "compared_months", "panel_of"]

Ints = NDArray[np.int64]

MONTHS = 12
"""On either side, unless the question says: whole years, so that no season is taken for a shift."""
LEAST_MONTHS = 2
SILENT_SHARE = 0.1
"""A feed and district silent in more than this share of the months, and in two at least, is left out on both sides."""


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """`first` the first month, `start` the first one after the change, `end` the month after the last; all since 1970.

    `strata` int64[s, 2] are feed and district (-1 for none) of the panel's rows; `themes` its themes in order.
    """

    panel: Panel
    first: int
    start: int
    end: int
    strata: Ints
    feeds: dict[int, FeedNamed]
    themes: tuple[ThemeNamed, ...]
    total: int


def panel_of(asked: Asked) -> Compared:
    """The panel of a question about shifts. Raises QuestionError for too few months."""
    every = replace(
        asked.selection,
        within=(),
        theme_mask=0,
        categories=(),
        hours=(),
        weekdays=(),
        roles=(),
        detections=(),
    )
    told = histories(asked, every)
    first, start, end = compared_months(asked, told)
    chosen = replace(asked.selection, theme_mask=0, from_day=_day(first), to_day=_day(end))
    with asked.records() as cursor:
        found = fetch_columns(cursor, chosen, ("feed", "district", "day", "theme_mask"))
    month = month_of_day(found["day"]).astype(np.int64) - first
    key = found["feed"].astype(np.int64) * 1_000_000 + found["district"] + 1
    keys, stratum = np.unique(key, return_inverse=True)
    strata = np.column_stack([keys // 1_000_000, keys % 1_000_000 - 1])
    themes = asked.version.vocabulary.themes
    together, total = _counted(found, stratum, month, len(keys), end - first, themes)
    feeds = {one.id: one for one in asked.version.vocabulary.feeds}
    panel = Panel(
        together=together,
        total=total,
        agency=np.array([feeds[one].agency for one in strata[:, 0].tolist()], dtype=np.int64),
        feed=strata[:, 0],
        after=np.arange(first, end) >= start,
        silent=_silent(told, strata, first, end),
        declared=_declared(asked, strata, feeds, themes, first, end),
    )
    return Compared(panel, first, start, end, strata, feeds, themes, len(key))


def compared_months(asked: Asked, told: Histories) -> tuple[int, int, int]:
    """First month, the first after the change, and the month after the last.

    Unless the question says, the last twelve months that are due from half of the feeds, against the twelve before.
    """
    question, many = asked.question, asked.question.months or MONTHS
    due = sorted(int(np.flatnonzero(one.due)[-1]) for one in told.feeds if one.due.any())
    over = first_month(question.known or asked.at.astimezone(LONDON).date()) - told.first
    last = min(told.months, over, due[len(due) // 2] + 1 if due else 0)
    if question.start:
        start = first_month(question.start) - told.first
        first, end = max(start - many, 0), min(start + many, last)
    else:
        start = max(last - many, last // 2)
        first, end = max(start - many, 0), last
    if start - first < LEAST_MONTHS or end - start < LEAST_MONTHS:
        raise QuestionError(
            f"A shift needs at least {LEAST_MONTHS} months before and after: choose a longer period or another start."
        )
    return told.first + first, told.first + start, told.first + end


def _day(month: int) -> int:
    return (date(1970 + month // 12, month % 12 + 1, 1) - EPOCH).days


def _counted(
    found: Columns,
    stratum: NDArray[np.integer],
    month: Ints,
    strata: int,
    months: int,
    themes: tuple[ThemeNamed, ...],
) -> tuple[Ints, Ints]:
    """Records that carry each two themes, by stratum and month, and all records. Alike ones are counted first."""
    bins = stratum.astype(np.int64) * months + month
    masks, kind = np.unique(found["theme_mask"].astype(np.uint64), return_inverse=True)
    pairs, times = np.unique(kind.astype(np.int64) * (strata * months) + bins, return_counts=True)
    mask, at = masks[pairs // max(strata * months, 1)], pairs % max(strata * months, 1)
    carried = [(mask >> np.uint64(one.bit)) & np.uint64(1) == 1 for one in themes]
    together = np.zeros((len(themes), len(themes), strata, months), dtype=np.int64)
    for one in range(len(themes)):
        for other in range(one, len(themes)):
            both = carried[one] & carried[other]
            held = np.bincount(at[both], weights=times[both], minlength=strata * months).astype(np.int64)
            together[one, other] = together[other, one] = held.reshape(strata, months)
    total = np.bincount(at, weights=times, minlength=strata * months).astype(np.int64)
    return together, total.reshape(strata, months)


def _silent(told: Histories, strata: Ints, first: int, end: int) -> NDArray[np.bool_]:
    between = slice(first - told.first, end - told.first)
    least = max(2, int(np.ceil(SILENT_SHARE * (end - first))))
    silent = np.zeros(len(strata), dtype=bool)
    for one in told.feeds:
        for at in np.flatnonzero(strata[:, 0] == one.feed.id).tolist():
            district = int(strata[at, 1])
            chance = one.found.whole if district < 0 else one.found.silent[district]
            silent[at] = np.count_nonzero(np.nan_to_num(chance[between]) >= PROBABLY) >= least
    return silent


def _declared(
    asked: Asked,
    strata: Ints,
    feeds: dict[int, FeedNamed],
    themes: tuple[ThemeNamed, ...],
    first: int,
    end: int,
) -> NDArray[np.bool_]:
    """Which theme of which feed a known change of definition touches within the months compared."""
    declared = np.zeros((len(themes), len(strata)), dtype=bool)
    for one in asked.version.breaks:
        if one.levels or not _day(first) < (one.day - EPOCH).days < _day(end):
            continue
        touched = np.array(
            [not one.feeds or feeds[feed].code in one.feeds for feed in strata[:, 0].tolist()], dtype=bool
        )
        for place, theme in enumerate(themes):
            if not one.themes or theme.code in one.themes:
                declared[place] |= touched
    return declared
