"""The joint test of a question: its events by who tells them, and the county's own test for every group of agencies."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.hotspot import HotspotResult
from trigpoint.core.analysis.joint import Chance, EventsTold, Joint, Shown, joint_hotspots, standard_weights
from trigpoint.core.analysis.shapley import MOST_PLAYERS, coalition_sums
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.hotspot_evidence import people_behind
from trigpoint.gate.hotspot_test import TOO_MANY, CountyTest, as_asked, placed_among
from trigpoint.gate.runs import Progress
from trigpoint.gate.tested import TestedRecords
from trigpoint.gate.units import Units
from trigpoint.store.picture import fetch_columns
from trigpoint.store.questions import Selection

__all__ = ["JointTest", "joint_test"]

Ids = NDArray[np.integer]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class JointTest:
    """`agencies` are the codes, ascending, that the joint result's numbers stand for; `told` the events asked about.

    `test` is the county's test with the joined result in it: the same as without joining, unless feeds are weighted.
    `hot_by_feed` bool[units tested] are the units that each feed shows by itself, in hotspots that may be told, by the
    feed's code.
    """

    test: CountyTest
    joint: Joint
    agencies: tuple[str, ...]
    told: EventsTold
    weights: Ints
    hot_by_feed: dict[str, NDArray[np.bool_]]


def joint_test(asked: Asked, units: Units, test: CountyTest, done: Progress) -> JointTest:
    """Test every group of agencies, for a county test whose records have "agency".

    Raises QuestionError for more than fourteen agencies, and for weighted feeds with a background that takes records
    one by one.
    """
    weighted = asked.question.weighting != "none"
    if weighted and test.compared.background != "even":
        raise QuestionError("Weighted feeds can be compared evenly only: choose the background even.")
    both = [test.records] if test.everywhere is None else [test.records, test.everywhere]
    agencies = [_of_told(asked, one, "agency") for one in both]
    codes = _codes(asked, agencies)
    if len(codes) > MOST_PLAYERS:
        raise QuestionError(f"At most {MOST_PLAYERS} agencies can be told apart here: choose some of them.")
    bits = np.zeros(max(codes, default=0) + 1, dtype=np.int64)
    bits[list(codes)] = 1 << np.arange(len(codes))
    plain = np.ones(len(codes), dtype=np.int64)
    told = _told(test.records, test.records.unit, units, test.ids, bits[agencies[0]], plain)
    if weighted:
        totals = [np.count_nonzero(told.tellers >> one & 1) for one in range(len(codes))]
        told = replace(told, weights=standard_weights(totals))
    everything = None
    if test.everywhere is not None:
        everything = _told(test.everywhere, _units(test)[1], units, test.ids, bits[agencies[1]], plain)
    try:
        joint = joint_hotspots(
            told,
            _of_group(test, everything),
            chance=_chance(asked, units, test, everything),
            shown=_shown(test, bits[agencies[0]]),
            progress=done,
        )
    except ValueError as error:
        raise QuestionError(TOO_MANY) from error
    feeds = _hot_by_feed(asked, units, test, both)
    return JointTest(
        replace(test, result=joint.joined), joint, tuple(codes.values()), told, told.weights, feeds
    )


def _codes(asked: Asked, agencies: list[Ids]) -> dict[int, str]:
    """Those that tell anything tested, by dense id, in the order of their codes."""
    held = {agency for one in agencies for agency in np.unique(one).tolist()}
    named = sorted((one.code, one.id) for one in asked.version.vocabulary.agencies if one.id in held)
    return {agency: code for code, agency in named}


def _of_told(asked: Asked, records: TestedRecords, column: str) -> Ids:
    """A column of each record that tells of an event, by its number."""
    chosen = asked.selection
    known = Selection(known_at=chosen.known_at, without_categories=chosen.without_categories)
    with asked.records() as cursor:
        every = fetch_columns(cursor, known, ("number", column))
    order = np.argsort(every["number"], kind="stable")
    at = np.searchsorted(every["number"][order], records.told_by["number"])
    return np.asarray(every[column][order][at], dtype=np.int64)


def _told(
    records: TestedRecords, unit: Ids, units: Units, ids: Ids, teller: Ints, weights: Ints
) -> EventsTold:
    """Events that lie in a unit tested and have a teller; `teller` is each record's bit, 0 for one that is not asked."""
    order = np.argsort(records.event, kind="stable")
    of_told = np.searchsorted(records.event[order], records.told_by["event"])
    tellers = np.zeros(len(records), dtype=np.int64)
    np.bitwise_or.at(tellers, order[of_told], teller)
    lies = placed_among(unit, units, ids)
    kept = (lies >= 0) & (tellers > 0)
    return EventsTold(lies[kept], tellers[kept], len(ids), weights)


def _hot_by_feed(
    asked: Asked, units: Units, test: CountyTest, both: list[TestedRecords]
) -> dict[str, NDArray[np.bool_]]:
    """Which units are hot in the county's test of what one feed tells, of each feed."""
    feeds = [_of_told(asked, one, "feed") for one in both]
    found = {}
    for feed in asked.version.vocabulary.feeds:
        if (feeds[0] == feed.id).any():
            one = np.ones(1, dtype=np.int64)
            told = [
                _told(records, unit, units, test.ids, (of == feed.id).astype(np.int64), one)
                for records, of, unit in zip(both, feeds, _units(test), strict=True)
            ]
            result = test.test(told[0].counts(1), told[-1].counts(1))
            may = _may_be_told(test, result, feeds[0] == feed.id)
            found[feed.code] = np.append(False, may)[result.hotspot]
    return found


def _shown(test: CountyTest, teller: Ints) -> Shown:
    """As asking for a group's records alone would show them: not the place of a concern about one source."""

    def shown(coalition: int, result: HotspotResult) -> NDArray[np.bool_]:
        return _may_be_told(test, result, (teller & coalition) > 0)

    return shown


def _may_be_told(test: CountyTest, result: HotspotResult, told_by: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which hotspots of a map made of some of the records may be told with their place."""
    hotspot = replace(test, result=result).hotspot_of_record
    _, judged = people_behind(test.records, hotspot, len(result.hotspots), told_by)
    return np.logical_not(judged.withheld)


def _units(test: CountyTest) -> list[Ids]:
    if test.everywhere is None:
        return [test.records.unit]
    return [test.records.unit, as_asked(test.everywhere, test.records, "unit")]


def _of_group(test: CountyTest, everything: EventsTold | None) -> Callable[[int, Ints], HotspotResult]:
    """The county's test for a group: what it knows of what was asked about, and of everything."""
    nothing = np.zeros(len(test.ids), dtype=np.int64)

    def tested(coalition: int, counts: Ints) -> HotspotResult:
        return test.test(counts, nothing if everything is None else everything.counts(coalition))

    return tested


def _chance(asked: Asked, units: Units, test: CountyTest, everything: EventsTold | None) -> Chance | None:
    """How likely chance alone puts an event into some units, by the background of the test."""
    if everything is not None:
        total = coalition_sums(everything.tellers, everything.weights)

        def of_records(members: Ints) -> NDArray[np.float64]:
            inside = coalition_sums(everything.tellers[np.isin(everything.unit, members)], everything.weights)
            return np.divide(inside, total, out=np.zeros(total.size), where=total > 0)

        return of_records
    if test.compared.background != "children":
        return None
    known = asked.version.children(units.level, units.resolution)
    living = np.nan_to_num(known.people[test.ids]) if known is not None else np.ones(len(test.ids))

    def of_children(members: Ints) -> float:
        # units hot by what lies beside them may have nobody living in them: less than one child then stands for none
        return float(max(living[members].sum(), 0.5) / living.sum())

    return of_children
