"""Two periods compared, unit by unit: fewer, more, or no difference that can be told from chance."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.change import STRENGTHS, Changes, find_changes, scatter_between_months
from trigpoint.core.tally import by_unit, month_of_day
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.change_panel import LeftOut, Period, comparable, left_out_feeds
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.events import counts_events, leading
from trigpoint.gate.kinds.counts import listed_units
from trigpoint.gate.kinds.geometry import geometry_part
from trigpoint.gate.kinds.series import months_of
from trigpoint.gate.units import Units, units_of
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Columns

__all__ = ["STATES", "answer_change"]

STATES = {
    -3: "halved or less", -2: "fewer by a third or more", -1: "fewer", 0: "no difference we can tell", 1: "more",
    2: "more by half or more", 3: "doubled or more",
}  # fmt: skip
NOT_COMPARED = "cannot be compared"
MOST_LEFT_OUT = 0.5
"""Where more than this share of a unit's records cannot be compared, and the rest shows no change, nothing is said."""
LEAST_MONTHS = 12
"""How many months up to the end of a period tell how much months scatter, where the period itself is shorter."""
METHOD = (
    "Each unit's records of the later period against those of the earlier, given their sum: binomial with the later one's "
    "share of the days (exact, Clopper–Pearson limits). Counts weigh less by as much as this level's months scatter more "
    "than chance. Benjamini–Hochberg over the units with enough records to show a change. A feed that was silent, or "
    f"counted otherwise, is left out of both periods. Strengths from a factor of {STRENGTHS[1]:g} and {STRENGTHS[2]:g}."
)
SENTENCE = "A change is of what was recorded; a change that cannot be told from chance may still be one."
ALONE = "Records that tell one event, or one child's, are not independent: count linked events for the fairer test."


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """Counts of each unit, int64[units]: all of them, and those that can be compared, earlier and later."""

    earlier: NDArray[np.int64]
    later: NDArray[np.int64]
    kept_earlier: NDArray[np.int64]
    kept_later: NDArray[np.int64]
    totals: tuple[int, int]
    unplaced: int
    scatter: float


def answer_change(asked: Asked) -> Answer:
    """Columns id (None where ids say nothing), code, name, earlier, later (counts as the map has them),
    compared_earlier, compared_later (those of feeds that can be compared), ratio, low, high, p, q, strength (-3 to 3) and
    state (STATES, or "cannot be compared").

    The question's own period and the one `with` names are set in order of time; the ratio is of the later to the earlier,
    for periods of unequal length by day. NaN (null as text): nothing to compare; a limit above that is not there; q of a
    unit with too few records ever to show a change. Areas are all listed; streets and hexagons where there is any record.
    Part "left_out": feed, district, themes, reason, sentence: what was left out of both periods, and why.
    """
    periods = _periods(asked)
    units = units_of(asked)
    left_out = left_out_feeds(asked, periods)
    counted = _count(asked, units, periods, left_out)
    days = (float((periods[0][1] - periods[0][0]).days), float((periods[1][1] - periods[1][0]).days))
    changes = find_changes(
        counted.kept_earlier, counted.kept_later, days, scatter=counted.scatter, months=sum(days) * 12.0 / 365.25,
        rate=asked.question.q,
    )  # fmt: skip
    ids = listed_units(asked, units, counted.earlier + counted.later)
    state = _states(counted, changes)
    columns = _columns(units, ids, counted, changes, state)
    about = asked.about(
        total=sum(counted.totals),
        totals=list(counted.totals),
        unplaced=counted.unplaced,
        earlier=[day.isoformat() for day in periods[0]],
        later=[day.isoformat() for day in periods[1]],
        tested=int(np.count_nonzero(changes.tested)),
        too_few=int(np.count_nonzero(~changes.tested[ids])),
        scatter=round(counted.scatter, 6),
        q=asked.question.q,
        not_compared=sorted({one.sentence for one in left_out}),
        method=METHOD,
        sentence=SENTENCE if counts_events(asked) else f"{SENTENCE} {ALONE}",
        compared_with=f"{periods[0][0]} to before {periods[0][1]}",
    )
    return Answer(
        "change", columns, about, {"left_out": _left_out(asked, left_out)} | geometry_part(asked, units, ids)
    )


def _periods(asked: Asked) -> tuple[Period, Period]:
    """The two periods, the earlier first. Left open: the last twelve months, and as long a time before.

    Raises QuestionError where they overlap: a record cannot be on both sides.
    """
    question = asked.question
    end = question.period_to or asked.period()[1] or asked.at.date()
    start = question.period_from or end.replace(year=end.year - 1, day=min(end.day, 28))
    here = (start, end)
    other = question.compared_period or (start - (end - start), start)
    earlier, later = sorted((here, other))
    if earlier[1] > later[0]:
        raise QuestionError("The two periods overlap: a record would stand on both sides.")
    return earlier, later


def _count(asked: Asked, units: Units, periods: tuple[Period, Period], left_out: list[LeftOut]) -> _Counted:
    found = _fetch(asked, units, _looked_back(asked, periods))
    kept = comparable(found, left_out)
    everything = np.ones(len(kept), dtype=bool)
    sides = [
        _by_unit(asked, units, found, _inside(found, period) & which)
        for which in (everything, kept)
        for period in periods
    ]
    scatter = _scatter(asked, units, {name: column[kept] for name, column in found.items()}, periods)
    (one, lost_one), (two, lost_two), (kept_one, _), (kept_two, _) = sides
    totals = (int(one.sum()) + lost_one, int(two.sum()) + lost_two)
    return _Counted(one, two, kept_one, kept_two, totals, lost_one + lost_two, scatter)


def _looked_back(asked: Asked, periods: tuple[Period, Period]) -> Period:
    """From the first day that anything is needed of to the end of the later period."""
    return min(_window_start(asked, period) for period in periods), periods[1][1]


def _window_start(asked: Asked, period: Period) -> date:
    """The first day of a period, or of the twelve months up to its end; never before the records begin."""
    months = months_of(EPOCH, period[1])[1] - LEAST_MONTHS
    twelve = EPOCH.replace(year=1970 + months // 12, month=months % 12 + 1)
    span = asked.span()
    begins = (EPOCH + timedelta(days=span[0])).replace(day=1) if span else period[0]
    return min(period[0], max(twelve, begins))


def _fetch(asked: Asked, units: Units, period: Period) -> Columns:
    selection = replace(asked.selection, from_day=(period[0] - EPOCH).days, to_day=(period[1] - EPOCH).days)
    number = ("number",) if counts_events(asked) else ()
    wanted = tuple(dict.fromkeys((units.column, "feed", "district", "day", "theme_mask", *number)))
    with asked.records() as cursor:
        return fetch_columns(cursor, selection, wanted)


def _inside(found: Columns, period: Period) -> NDArray[np.bool_]:
    first, end = ((day - EPOCH).days for day in period)
    return np.asarray((found["day"] >= first) & (found["day"] < end), dtype=bool)


def _by_unit(
    asked: Asked, units: Units, found: Columns, which: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], int]:
    chosen = {name: column[which] for name, column in found.items()}
    if counts_events(asked):
        at = leading(asked, chosen, units.column)
        chosen = {name: column[at] for name, column in chosen.items()}
    return by_unit(chosen[units.column], units.size)


def _scatter(asked: Asked, units: Units, kept: Columns, periods: tuple[Period, Period]) -> float:
    """How much this level's months scatter, from the months up to the end of each period."""
    if counts_events(asked):
        at = leading(asked, kept, units.column)
        kept = {name: column[at] for name, column in kept.items()}
    return scatter_between_months(
        [_by_month(units, kept, (_window_start(asked, one), one[1])) for one in periods]
    )


def _by_month(units: Units, kept: Columns, window: Period) -> NDArray[np.int64]:
    """Counts by unit that holds any and month of the window, int64[n, months]."""
    first, months = months_of(*window)
    inside = _inside(kept, window) & (kept[units.column] >= 0)
    unit, place = np.unique(kept[units.column][inside], return_inverse=True)
    month = month_of_day(kept["day"][inside]).astype(np.int64) - first
    counts = np.bincount(place.astype(np.int64) * months + month, minlength=len(unit) * months)
    return counts.reshape(len(unit), months)


def _states(counted: _Counted, changes: Changes) -> list[str]:
    """A change in what can be compared is told; else nothing, where most cannot."""
    whole = counted.earlier + counted.later
    lost = whole - counted.kept_earlier - counted.kept_later
    most = (lost > MOST_LEFT_OUT * whole) & (changes.strength == 0)
    words = [STATES[strength] for strength in changes.strength.tolist()]
    return [NOT_COMPARED if hidden else word for word, hidden in zip(words, most.tolist(), strict=True)]


def _columns(
    units: Units, ids: NDArray[np.integer], counted: _Counted, changes: Changes, state: list[str]
) -> dict[str, Any]:
    return {
        "id": ids if units.numbered else [None] * len(ids),
        "code": units.codes(ids),
        "name": units.names(ids),
        "earlier": counted.earlier[ids],
        "later": counted.later[ids],
        "compared_earlier": counted.kept_earlier[ids],
        "compared_later": counted.kept_later[ids],
        **{name: getattr(changes, name)[ids] for name in ("ratio", "low", "high", "p", "q")},
        "strength": changes.strength[ids].astype(np.int64),
        "state": [state[one] for one in ids.tolist()],
    }


def _left_out(asked: Asked, left_out: list[LeftOut]) -> Table:
    codes = asked.version.areas("district").codes
    themes = asked.version.vocabulary.themes
    return {
        "feed": [one.code for one in left_out],
        "district": ["" if one.district < 0 else codes[one.district] for one in left_out],
        "themes": [[each.code for each in themes if one.themes >> each.bit & 1] for one in left_out],
        "reason": [one.reason for one in left_out],
        "sentence": [one.sentence for one in left_out],
    }
