"""Places whose school holidays or seasons recur: more in each of them than the county's own calendar would give."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.discovery import discovery_q
from trigpoint.core.analysis.patches import touching_alike
from trigpoint.core.analysis.returning import LEAST_TIMES, Returning, find_returning, whole_stretches
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.emerging_test import CountyHistory
from trigpoint.gate.hotspot_evidence import people_behind, people_words
from trigpoint.gate.school_terms import home_school_terms
from trigpoint.gate.units import Units

__all__ = ["Recurring", "returning_places"]

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
SEASONS = {
    "winter": ("winter, December to February", 12),
    "spring": ("spring, March to May", 3),
    "summer_months": ("summer, June to August", 6),
    "autumn": ("autumn, September to November", 9),
}
_COLUMNS = (
    "calendar", "label", "name", "ward", "district", "code", "units", "count", "expected", "times", "q", "people",
    "sentence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Calendar:
    """A holiday or a season: its whole stretches of days in the period, `(first, end)` since 1970."""

    code: str
    label: str
    stretches: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Recurring:
    """The part "returning" and what is said of it."""

    table: Table
    about: dict[str, object]


def returning_places(
    asked: Asked, county: CountyHistory, units: Units, inside: Bools, withheld: Bools
) -> Recurring:
    """Units that touch and come back with the same holiday, then with the same season, in the order of the calendar.

    Tested over the county; told where their fullest unit is `inside`, bool[units tested]. One that too few people stand
    behind, in all or in those days, or that has a unit of `withheld`, is not told at all. A unit that comes back with a
    holiday is not told with a season again. q is over all units and calendars.
    """
    calendars = _calendars(county.edges)
    position = np.full(max(units.size, 1), -1, dtype=np.int64)
    position[county.ids] = np.arange(len(county.ids))
    placed = county.records.unit >= 0
    at = np.where(placed, position[np.where(placed, county.records.unit, 0)], -1)
    day = county.records.columns["day"].astype(np.int64)
    tested = [
        (one, found)
        for one in calendars
        if (found := find_returning(at[at >= 0], day[at >= 0], len(county.ids), one.stretches)) is not None
    ]
    q = discovery_q(np.concatenate([found.p for _, found in tested])) if tested else np.zeros(0)
    rows: list[dict[str, Any]] = []
    taken = np.zeros(len(county.ids), dtype=bool)
    for number, (calendar, found) in enumerate(tested):
        own = q[number * len(county.ids) : (number + 1) * len(county.ids)]
        passes = (np.nan_to_num(own, nan=1.0) <= asked.question.q) & found.each & ~taken
        taken |= passes
        rows += _rows(county, units, calendar, found, own, passes, at, day, inside, withheld)
    about = {
        "returning": len(rows),
        "returning_sentence": _sentence(calendars),
        "returning_source": home_school_terms().source,
    }
    return Recurring({name: [row[name] for row in rows] for name in _COLUMNS}, about)


def _calendars(edges: Sequence[date]) -> list[Calendar]:
    first, end = ((day - EPOCH).days for day in (edges[0], edges[-1]))
    holidays = [
        (one.code, one.label, [((a - EPOCH).days, (b - EPOCH).days + 1) for a, b in one.days])
        for one in home_school_terms().holidays
    ]
    years = range(edges[0].year - 1, edges[-1].year + 1)
    seasons = [
        (code, label, [_three_months(year, month) for year in years])
        for code, (label, month) in SEASONS.items()
    ]
    return [
        Calendar(code, label, whole_stretches(days, first, end))
        for code, label, days in (*holidays, *seasons)
    ]


def _three_months(year: int, month: int) -> tuple[int, int]:
    last = date(year + (month + 2) // 12, (month + 2) % 12 + 1, 1)
    return (date(year, month, 1) - EPOCH).days, (last - EPOCH).days


def _rows(
    county: CountyHistory,
    units: Units,
    calendar: Calendar,
    found: Returning,
    q: NDArray[np.float64],
    passes: Bools,
    at: Ints,
    day: Ints,
    inside: Bools,
    withheld: Bools,
) -> list[dict[str, Any]]:
    groups = touching_alike(passes.astype(np.int64), units.neighbours(county.ids))
    number = np.zeros(len(county.ids) + 1, dtype=np.int64)
    for place, members in enumerate(groups, start=1):
        number[members] = place
    of_record = number[at]
    within = np.any([(day >= first) & (day < end) for first, end in calendar.stretches], axis=0)
    people, judged = people_behind(county.records, of_record, len(groups))
    _, then = people_behind(county.records, np.where(within, of_record, 0), len(groups))
    few, words = judged.withheld | then.withheld, people_words(people, judged)
    rows = []
    for place, members in enumerate(groups):
        peak = int(members[np.argmax(found.observed[members])])
        if few[place] or withheld[members].any() or not inside[peak]:
            continue
        rows.append(_row(county, units, calendar, found, q, members, peak, words[place]))
    return rows


def _row(
    county: CountyHistory,
    units: Units,
    calendar: Calendar,
    found: Returning,
    q: NDArray[np.float64],
    members: Ints,
    peak: int,
    people: str,
) -> dict[str, Any]:
    ids = county.ids[[peak]]
    count, expected = int(found.observed[members].sum()), float(found.expected[members].sum())
    return {
        "calendar": calendar.code,
        "label": calendar.label,
        "name": units.names(ids)[0],
        "ward": _area(units, "ward", units.wards(ids)),
        "district": _area(units, "district", units.districts(ids)),
        "code": units.codes(ids)[0],
        "units": units.codes(county.ids[members]),
        "count": count,
        "expected": expected,
        "times": len(calendar.stretches),
        "q": float(np.nanmin(q[members])),
        "people": people,
        "sentence": f"Comes back each {calendar.label}: {count} records in {len(calendar.stretches)} of them, where the "
        f"county's calendar would give {expected:.0f}.",
    }


def _area(units: Units, level: str, ids: NDArray[np.integer]) -> str:
    names = units.version.areas(level).names
    return names[int(ids[0])] if ids[0] >= 0 else ""


def _sentence(calendars: list[Calendar]) -> str:
    """What was looked at, and what cannot be told for want of years."""
    able = [one.label for one in calendars if len(one.stretches) >= LEAST_TIMES]
    unable = [one.label for one in calendars if len(one.stretches) < LEAST_TIMES]
    told = f"Looked at: {'; '.join(able)}." if able else ""
    lack = f"Cannot tell, for want of {LEAST_TIMES} of them: {'; '.join(unable)}." if unable else ""
    return " ".join(filter(None, (told, lack)))
