"""The run behind a scan: which records, cut into which steps, and what was found, in dense ids and days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.scan import Cluster, Mode, Scanned, ScanResult, scan
from trigpoint.core.analysis.scan_zones import Ties, zones_within
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.hotspot_evidence import people_behind
from trigpoint.gate.questions import Question
from trigpoint.gate.runs import Progress, Worked
from trigpoint.gate.tested import TestedRecords, tested_records
from trigpoint.gate.units import Units

__all__ = ["ENOUGH", "LARGEST_P", "LEAST_KNOWN", "VERSION", "make_scan", "step_starts"]

Days = NDArray[np.int64]

VERSION = 2
ENOUGH = 50
"""Shuffling stops once so many replicates reach the most likely cluster: chance plainly does as well."""
LARGEST_P = 0.5
"""Further clusters that chance makes in more than half of all shuffles are not listed."""
LEAST_KNOWN = 0.5
"""If less than this part of the records is known to the day, months are the steps."""
_DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """Tested records that take part: `at` their places among all tested, in the order of their numbers."""

    at: NDArray[np.intp]
    step: NDArray[np.int64]
    starts: Days
    word: str
    day_not_known: int
    outside: int


def step_starts(start: date, end: date, step: str) -> Days:
    """Where steps begin, days since 1970-01-01, and where the last ends: int64[steps + 1].

    Weeks and quarters are counted back from the end, so that the last is whole; what is left over at the beginning
    is in none. The first and the last month may be cut short by the period.
    """
    first, last = (start - EPOCH).days, (end - EPOCH).days
    if step == "day":
        return np.arange(first, last + 1, dtype=np.int64)
    if step == "week":
        return np.arange(last - (last - first) // 7 * 7, last + 1, 7, dtype=np.int64)
    months = (
        np.arange(np.datetime64(start, "M") + 1, np.datetime64(end, "M") + 1).astype("M8[D]").astype(np.int64)
    )
    starts = np.unique(np.concatenate([[first], months[months < last], [last]])).astype(np.int64)
    return starts[::-1][::3][::-1] if step == "quarter" else starts


def make_scan(asked: Asked, units: Units, rng: np.random.Generator, progress: Progress) -> Worked:
    """Scan the tested records of the county, each feed a stratum of its own."""
    question = asked.question
    tested = tested_records(asked, units, "day", "weekday", "feed", "agency", "quality")
    start, end = _period(asked)
    cut = _cut(tested, start, end, question.step)
    ids, place = _places(units, tested.unit[cut.at])
    zones = zones_within(*units.points(ids), float(question.radius_m), ties=_ties(question))
    feed = tested.columns["feed"][cut.at].astype(np.int32)
    result = scan(
        place,
        cut.step,
        zones,
        steps=max(cut.starts.size - 1, 1),
        rng=rng,
        stratum=feed,
        scanned=_scanned(question, cut.word),
        progress=progress,
    )
    facts: dict[str, object] = {
        "total": len(tested),
        "unplaced": tested.unplaced,
        "not_tested": tested.not_tested,
        "day_not_known": cut.day_not_known,
        "outside_steps": cut.outside,
        "scanned": int(place.size),
        "places": int(ids.size),
        "step": cut.word,
        "steps": int(cut.starts.size - 1),
        "longest_steps": result.longest,
        "replicates": result.done,
        "replicates_asked": question.replicates,
    }
    return Worked(_tables(tested, cut, ids, result), facts)


def _ties(question: Question) -> Ties:
    return "one" if question.ties == "one" else "all"


def _scanned(question: Question, step: str) -> Scanned:
    days = {"day": 1.0, "week": 7.0, "month": _DAYS_A_MONTH, "quarter": 3 * _DAYS_A_MONTH}[step]
    mode: Mode = "prospective" if question.mode == "prospective" else "retrospective"
    return Scanned(
        longest=max(1, round(question.months * _DAYS_A_MONTH / days)),
        mode=mode,
        replicates=question.replicates,
        enough=ENOUGH,
        largest_p=LARGEST_P,
    )


def _period(asked: Asked) -> tuple[date, date]:
    """The period asked about; a prospective scan without an end ends with the last day there is a record of."""
    start, end = asked.period()
    span = asked.span()
    if start is None or end is None or span is None:
        return EPOCH, EPOCH
    if asked.question.mode == "prospective" and asked.question.period_to is None:
        return start, date.fromordinal(EPOCH.toordinal() + span[1] + 1)
    return start, end


def _cut(tested: TestedRecords, start: date, end: date, step: str) -> _Cut:
    placed = tested.unit >= 0
    to_the_day = tested.columns["weekday"] >= 0
    known = int(np.count_nonzero(placed & to_the_day))
    word, part = step, placed
    if step in ("day", "week"):
        if known < LEAST_KNOWN * int(np.count_nonzero(placed)):
            word = "month"
        else:
            part = placed & to_the_day
    starts = step_starts(start, end, word)
    day = tested.columns["day"].astype(np.int64)
    number = np.searchsorted(starts, day, side="right") - 1
    inside = part & (number >= 0) & (number < starts.size - 1)
    at = np.flatnonzero(inside)
    # by number, so that which shuffle is drawn does not hang on the order of the store's rows
    at = at[np.argsort(tested.columns["number"][at], kind="stable")]
    left_out = int(np.count_nonzero(placed)) - int(np.count_nonzero(part))
    return _Cut(at, number[at], starts, word, left_out, int(np.count_nonzero(part)) - at.size)


def _places(units: Units, unit: NDArray[np.int32]) -> tuple[NDArray[np.integer], NDArray[np.int64]]:
    """The units that hold a record, in an order that no hidden record changes, and each record's place among them."""
    ids = units.in_order(np.unique(unit))
    place = np.full(units.size, -1, dtype=np.int64)
    place[ids] = np.arange(ids.size)
    return ids, place[unit]


def _tables(
    tested: TestedRecords, cut: _Cut, ids: NDArray[np.integer], result: ScanResult
) -> Mapping[str, Mapping[str, NDArray[np.generic]]]:
    clusters = result.clusters
    members = [ids[list(one.places)].astype(np.int64) for one in clusters]
    number = np.repeat(np.arange(1, len(clusters) + 1), [len(one) for one in members]).astype(np.int64)
    lies = _cluster_of_record(tested, cut, clusters, members)
    people, _ = people_behind(tested, lies, len(clusters))
    return {
        "clusters": {
            "centre": np.array([ids[one.centre] for one in clusters], dtype=np.int64),
            "first_day": np.array([cut.starts[one.first] for one in clusters], dtype=np.int64),
            "last_day": np.array([cut.starts[one.last + 1] - 1 for one in clusters], dtype=np.int64),
            **{
                name: np.array([getattr(one, name) for one in clusters], dtype=np.float64)
                for name in ("radius_m", "observed", "expected", "ratio", "llr", "p")
            },
            "people_min": people.people_min,
            "people_max": people.people_max,
            "events": people.events,
            "dates": people.dates,
            "top_share": people.top_share,
            "alike_share": people.alike_share,
        },
        "members": {"cluster": number, "unit": np.concatenate([*members, np.empty(0, dtype=np.int64)])},
        "agencies": _pairs(lies, tested.columns["agency"], "agency"),
        "silent": _silent(tested, cut, clusters),
    }


def _cluster_of_record(
    tested: TestedRecords, cut: _Cut, clusters: tuple[Cluster, ...], members: list[NDArray[np.int64]]
) -> NDArray[np.int64]:
    """The cluster of each tested record, 1 for the first; 0 for none."""
    lies = np.zeros(len(tested), dtype=np.int64)
    for number, (one, units) in enumerate(zip(clusters, members, strict=True), start=1):
        inside = np.isin(tested.unit[cut.at], units) & (cut.step >= one.first) & (cut.step <= one.last)
        lies[cut.at[inside]] = number
    return lies


def _pairs(
    cluster: NDArray[np.int64], values: NDArray[np.generic], name: str
) -> dict[str, NDArray[np.generic]]:
    """Each cluster with each different value among its records, ascending."""
    inside = cluster > 0
    pairs = np.unique(np.column_stack([cluster[inside], values[inside].astype(np.int64)]), axis=0)
    return {"cluster": pairs[:, 0], name: pairs[:, 1]}


def _silent(
    tested: TestedRecords, cut: _Cut, clusters: tuple[Cluster, ...]
) -> dict[str, NDArray[np.generic]]:
    """Feeds that tell something at another time, and nothing anywhere in the county while a cluster lasts."""
    feeds, which = np.unique(tested.columns["feed"][cut.at].astype(np.int64), return_inverse=True)
    steps = max(cut.starts.size - 1, 1)
    held = np.bincount(which * steps + cut.step, minlength=feeds.size * steps).reshape(feeds.size, steps)
    found = [
        (number, int(feeds[feed]))
        for number, one in enumerate(clusters, start=1)
        for feed in np.flatnonzero(held[:, one.first : one.last + 1].sum(axis=1) == 0)
    ]
    pairs = np.array(found, dtype=np.int64).reshape(-1, 2)
    return {"cluster": pairs[:, 0], "feed": pairs[:, 1]}
