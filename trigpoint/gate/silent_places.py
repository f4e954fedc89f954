"""Hotspots that could exist where a feed is silent: those from before that rested on it."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.silence import PROBABLY
from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.hotspot_evidence import ONE_SOURCE, people_behind, people_words
from trigpoint.gate.hotspot_test import CountyTest, county_test
from trigpoint.gate.kinds.series import month_words
from trigpoint.gate.selecting import selection_of
from trigpoint.gate.silences import FeedHistory, Histories
from trigpoint.gate.units import Units, units_of

__all__ = ["silent_places"]

MONTHS_BEFORE = 12
"""How many months before a silence are searched for hotspots."""
EPOCH = np.datetime64("1970-01", "M")
COLUMNS = (
    "feed", "district", "name", "ward", "code", "units", "count", "from_feed", "only_from_feed", "hot_without", "hot_now",
    "missing", "since", "people", "sentence",
)  # fmt: skip


def silent_places(asked: Asked, told: Histories, most: int) -> tuple[Table, list[str]]:
    """A row for each hotspot of the year before a silence, in a district now silent, to which the silent feed told.

    count are its events in those months, from_feed those the feed told of, only_from_feed those that nobody else did;
    hot_without whether it would have been hot without these, hot_now whether it is hot since the silence began; missing
    the events that nobody else would have told of since, at the pace of before. A hotspot that is a concern about one
    source is counted in the sentences given beside the table, and has no row.
    """
    units, silent = units_of(asked), _silent(told)[:most]
    rows: list[tuple[Any, ...]] = []
    withheld = 0
    for since in sorted({int(one.found.since[at]) for one, at in silent}):
        before = _tested(asked, units, told.first + max(since - MONTHS_BEFORE, 0), told.first + since)
        now = _tested(asked, units, told.first + since, told.first + told.months)
        if before is None or now is None:
            continue
        for one, at in silent:
            if int(one.found.since[at]) == since:
                found, few = _of_one(asked, told, units, before, now, one, at)
                rows, withheld = rows + found, withheld + few
    rows.sort(key=lambda row: (row[COLUMNS.index("hot_without")], -row[COLUMNS.index("only_from_feed")]))
    table: dict[str, Any] = {name: [row[place] for row in rows] for place, name in enumerate(COLUMNS)}
    table["missing"] = np.array(table["missing"], dtype=np.float64)
    many = f"{withheld} former hotspot{'s are' if withheld > 1 else ' is'} {ONE_SOURCE}, and not listed."
    return table, [many] if withheld else []


def _silent(told: Histories) -> list[tuple[FeedHistory, int]]:
    """The feeds and districts that are silent more likely than not, the most records missing first."""
    found = [
        (one, int(at))
        for one in told.feeds
        for at in np.flatnonzero(np.nan_to_num(one.found.run_silent) >= PROBABLY)
        if one.found.since[at] > 0
    ]
    return sorted(
        found, key=lambda pair: (-float(pair[0].found.missing[pair[1]]), pair[0].feed.code, pair[1])
    )


def _tested(asked: Asked, units: Units, first: int, end: int) -> CountyTest | None:
    """The usual test of hotspots over some months; None where there is nothing to test."""
    question = replace(
        asked.question, kind="hotspots", counted="", within=(), period_from=_day(first), period_to=_day(end), months=0,
        stability=False, geometry=False,
    )  # fmt: skip
    of = replace(
        asked,
        question=question,
        within=(),
        selection=selection_of(question, asked.version, (), asked.exposure),
    )
    key = (
        "silent places",
        asked.permitted,
        of.selection,
        question.level_word,
        question.q,
        question.background,
    )
    found = asked.version.recall(
        key, lambda: county_test(of, replace(units, asked=of), "feed", "agency", "day")
    )
    return found if len(found.records) else None


def _day(month: int) -> Any:
    return (EPOCH + month).astype("M8[D]").astype(object)


def _of_one(
    asked: Asked,
    told: Histories,
    units: Units,
    before: CountyTest,
    now: CountyTest,
    one: FeedHistory,
    district: int,
) -> tuple[list[tuple[Any, ...]], int]:
    hotspots = before.result.hotspots
    if not hotspots:
        return [], 0
    records = before.records
    only, told_of = _only_from(before, one.feed.id)
    number = before.hotspot_of_record
    still = _hot_without(before, units, only)
    hot_now = np.zeros(units.size, dtype=bool)
    hot_now[now.ids] = now.result.hot
    people, judged = people_behind(records, number, len(hotspots))
    behind = people_words(people, judged)
    since, run = int(one.found.since[district]), int(one.found.run[district])
    months = min(since, MONTHS_BEFORE)
    districts = units.districts(before.ids)
    rows, few = [], 0
    for place in hotspots:
        inside = number == place.number
        given = int(np.count_nonzero(inside & told_of))
        if districts[place.peak] != district or not given:
            continue
        if judged.withheld[place.number - 1]:
            few += 1
            continue
        members = np.array(place.members)
        alone = int(np.count_nonzero(inside & only))
        ids = before.ids[[place.peak]]
        missing = alone / max(months, 1) * run
        without, remains = bool(still[members].any()), bool(hot_now[before.ids[members]].any())
        name = units.names(ids)[0]
        rows.append(
            (
                one.feed.code,
                asked.version.areas("district").codes[district],
                name,
                _ward(units, int(units.wards(ids)[0])),
                units.codes(ids)[0],
                units.codes(before.ids[members]),
                place.count,
                given,
                alone,
                without,
                remains,
                missing,
                month_words(told.first + since, 1)[0],
                behind[place.number - 1],
                _sentence(name, one.feed.name, place.count, given, without, remains),
            )
        )
    return rows, few


def _only_from(test: CountyTest, feed: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of the records tested: those whose event no other feed told of, and those whose event this feed told of."""
    told, event = test.records.told_by, test.records.event
    own = told["feed"] == feed
    told_of = np.isin(event, told["event"][own])
    return told_of & ~np.isin(event, told["event"][~own]), told_of


def _hot_without(test: CountyTest, units: Units, left_out: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which units tested would be hot without some of the records, the others as they are."""
    counts, _ = by_unit(test.records.unit[~left_out], units.size)
    everything = counts
    if test.everywhere is not None:
        kept = ~np.isin(test.everywhere.event, test.records.event[left_out])
        everything, _ = by_unit(test.everywhere.unit[kept], units.size)
        everything = np.maximum(everything, counts)
    return np.asarray(test.test(counts[test.ids], everything[test.ids]).hot)


def _ward(units: Units, ward: int) -> str:
    return units.version.areas("ward").names[ward] if ward >= 0 else ""


def _sentence(name: str, feed: str, count: int, given: int, without: bool, remains: bool) -> str:
    told = f"{name}: a hotspot before, {given} of its {count} told by {feed}, which is silent now."
    told += (
        " It would have been one without that feed too."
        if without
        else " Without that feed it would not have been one."
    )
    if remains:
        return f"{told} It is still hot by what the others send."
    return f"{told} It is not hot now, and that may be the silence."
