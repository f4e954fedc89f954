"""Times: at what hours of the week, precise to the quarter hour, and whether a place differs from elsewhere in it."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.aoristic import aoristic_share, aoristic_week
from trigpoint.core.analysis.discovery import discovery_q
from trigpoint.core.analysis.exact_tails import binomial_upper, hypergeometric_upper
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.events import COUNTED_WORDS, counts_events, leading
from trigpoint.gate.kinds.times_places import Corridor, corridors_of, near_place
from trigpoint.gate.week_parts import part_of_week, part_words
from trigpoint.gate.words import WEEKDAYS
from trigpoint.store.questions import Columns
from trigpoint.store.times import NO_MINUTE, fetch_times

__all__ = ["answer_times"]

FINE = "cell_10"
DAY_MIN = 24 * 60
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


def answer_times(asked: Asked) -> Answer:
    """Columns weekday, hour, count and share: records by hour of the week, each spread over the span it is known by.

    Part "hours" adds the days up, part "days" the hours. Where the question names a part of the week by `clock`, `hours`
    or `weekdays`, part "window" compares the share of records in it with an even spread and, asked within or around
    places or along a route (`text`), with the records elsewhere; with several routes ("all"), part "routes" does so for
    each. Records without a known minute, and those of feeds whose hours may not be told, are counted and not spread.
    """
    found = _fetch(asked)
    corridors = corridors_of(asked)
    here, placed = _here(asked, found, corridors)
    known = found["start_min"] != NO_MINUTE
    starts, ends = found["start_min"], np.maximum(found["end_min"], found["start_min"])
    week = aoristic_week(starts[here], ends[here])
    wanted = part_of_week(asked.question)
    parts = {"hours": _by_hour(week), "days": _by_day(week)}
    if wanted is not None:
        shares = aoristic_share(starts, ends, wanted)
        told = _Told(shares, here & known, placed & ~here & known, float(wanted.mean()))
        parts["window"] = _window(told)
        if len(corridors) > 1:
            parts["routes"] = _routes(corridors, found, told, placed & known)
    spread = known & here & (ends - starts > DAY_MIN)
    about = asked.about(
        total=int(np.count_nonzero(here)),
        unplaced=int(np.count_nonzero(~placed)),
        with_a_time=int(np.count_nonzero(here & known)),
        without_a_time=int(np.count_nonzero(here & ~known)),
        spread_over_more_than_a_day=int(np.count_nonzero(spread)),
        part_of_week=part_words(asked.question) if wanted is not None else "",
        routes=[one.name for one in corridors] if len(corridors) == 1 else [],
        radius_m=asked.question.radius_m if corridors or asked.around else None,
        counted=COUNTED_WORDS[asked.question.counted],
        method=_METHOD,
        sentence=_sentence(parts.get("window"), part_words(asked.question)),
        note=_HOLIDAYS,
    )
    return Answer("times", _by_week(week), about, parts)


class _Told(NamedTuple):
    """How much of each record falls in the part of the week, which are here and elsewhere, and the part's own share."""

    shares: Floats
    here: Flags
    elsewhere: Flags
    even: float


def _fetch(asked: Asked) -> Columns:
    """Of the whole county: what the question is narrowed to is told by columns, so that elsewhere is known too."""
    chosen = replace(asked.selection, within=(), hours=(), weekdays=())
    fine = (FINE,) if asked.around or asked.question.text else ()
    columns = tuple(dict.fromkeys(("number", *fine, *(place.column for place in asked.within))))
    with asked.times() as cursor:
        found = fetch_times(cursor, chosen, columns)
    if not counts_events(asked):
        return found
    # of an event, a record whose time is known stands before one whose is not
    at = leading(asked, found, first=found["start_min"] != NO_MINUTE)
    return {name: column[at] for name, column in found.items()}


def _here(asked: Asked, found: Columns, corridors: tuple[Corridor, ...]) -> tuple[Flags, Flags]:
    """Which records lie in the places asked about, and of which that can be told."""
    here = np.ones(len(found["number"]), dtype=bool)
    placed = here.copy()
    if asked.within:
        here = np.logical_or.reduce([np.isin(found[place.column], place.ids) for place in asked.within])
        # a town is no part of a division of the county: what lies in none lies elsewhere
        areas = [found[place.column] >= 0 for place in asked.within if place.kind != "locality"]
        placed &= np.logical_and.reduce(areas) | here if areas else True
    if asked.around is not None:
        placed &= found[FINE] >= 0
        here &= near_place(asked, found[FINE])
    if len(corridors) == 1:
        placed &= found[FINE] >= 0
        here &= corridors[0].holds(found[FINE])
    elif corridors:
        placed &= found[FINE] >= 0
    return here & placed, placed


def _by_week(week: Floats) -> Table:
    return {
        "weekday": np.repeat(WEEKDAYS, 24).tolist(),
        "hour": np.tile(np.arange(24), 7),
        "count": week,
        "share": _shares(week),
    }


def _by_hour(week: Floats) -> Table:
    hours = week.reshape(7, 24).sum(axis=0)
    return {"hour": np.arange(24), "count": hours, "share": _shares(hours)}


def _by_day(week: Floats) -> Table:
    days = week.reshape(7, 24).sum(axis=1)
    return {"weekday": list(WEEKDAYS), "count": days, "share": _shares(days)}


def _shares(counts: Floats) -> Floats:
    total = counts.sum()
    return counts / total if total > 0 else np.full(counts.shape, np.nan)


def _window(told: _Told) -> Table:
    """One row against an even spread and, where there is an elsewhere, one against it."""
    rows = [_against_even(told)]
    rows += [_against_elsewhere(told, told.here)] if told.elsewhere.any() else []
    return {
        name: [row[place] for row in rows] if place == 0 else np.array([row[place] for row in rows])
        for place, name in enumerate(_WINDOW_COLUMNS)
    }


_WINDOW_COLUMNS = ("compared_with", "count", "share", "expected_share", "ratio", "decided", "decided_in", "p")
_Row = tuple[str, float, float, float, float, int, int, float]


def _against_even(told: _Told) -> _Row:
    inside, decided = _decided(told.shares[told.here])
    p = float(binomial_upper(np.array([inside]), np.array([told.even]), decided)[0]) if decided else np.nan
    return _row("an even spread over the week", told.shares[told.here], told.even, decided, inside, p)


def _against_elsewhere(told: _Told, here: Flags) -> _Row:
    inside, decided = _decided(told.shares[here])
    other = told.shares[(told.elsewhere | told.here) & ~here]
    inside_other, decided_other = _decided(other)
    p = np.nan
    if decided and decided_other:
        drawn, marked = np.array([decided]), inside + inside_other
        p = float(hypergeometric_upper(np.array([inside]), drawn, marked, decided + decided_other)[0])
    expected = float(other.mean()) if other.size else np.nan
    return _row("records elsewhere", told.shares[here], expected, decided, inside, p)


def _row(compared_with: str, shares: Floats, expected: float, decided: int, inside: int, p: float) -> _Row:
    share = float(shares.mean()) if shares.size else np.nan
    ratio = share / expected if expected > 0.0 else np.nan
    return compared_with, float(shares.sum()), share, expected, ratio, decided, inside, p


def _decided(shares: Floats) -> tuple[int, int]:
    """Records that lie wholly in the part of the week, and those of which it is certain whether they do."""
    inside = int(np.count_nonzero(shares >= 1.0 - 1e-9))
    return inside, inside + int(np.count_nonzero(shares <= 1e-9))


def _routes(corridors: tuple[Corridor, ...], found: Columns, told: _Told, known: Flags) -> Table:
    rows = [_against_elsewhere(told, known & one.holds(found[FINE])) for one in corridors]
    p = np.array([row[7] for row in rows])
    return {
        "route": [one.code for one in corridors],
        "name": [one.name for one in corridors],
        "mode": [one.mode for one in corridors],
        **{name: np.array([row[at] for row in rows]) for at, name in enumerate(_WINDOW_COLUMNS) if at},
        "q": discovery_q(p),
    }


def _sentence(window: Table | None, words: str) -> str:
    if window is None:
        return "Each record counts once, spread evenly over the time in which it may have happened."
    share, expected = (float(np.asarray(window[name])[-1]) for name in ("share", "expected_share"))
    if not np.isfinite(share):
        return "No record here has a time that may be told."
    compared = str(window["compared_with"][-1])
    of = f"{expected:.1%}" if np.isfinite(expected) else "not known"
    return f"{share:.1%} of the records whose time is known fall in {words}; of {compared}, {of}."


_METHOD = (
    "Aoristic weights: a record known to have happened between two times is spread evenly over the minutes between; one "
    "longer than a week over all hours. p is exact and uses only records that lie wholly inside or outside the part of "
    "the week: binomial against an even spread, hypergeometric against elsewhere."
)
_HOLIDAYS = "School holidays are not left out: choose a period within a term."
