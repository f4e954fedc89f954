"""Near repeats: is one record soon followed by another near by, more often than chance, and by different people?"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.discovery import discovery_q, rejected
from trigpoint.core.analysis.near_repeat import NearRepeats, near_repeats, people_of_events
from trigpoint.core.disclosure.people import Verdict, judge, people_bounds
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.hotspot_evidence import shipped_people_rules
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import TestedRecords, left_out_words, tested_records
from trigpoint.gate.units import Units, units_of

__all__ = ["answer_repeats"]

VERSION = 1
FINEST = 10
BANDS_M = {"cell": (0, 1, 200, 400, 600), "street": (0, 1, 100, 200, 400)}
BANDS_DAYS = (0, 1, 8, 15, 29)
RATE = 0.05
NOTHING_TO_COMPARE = (
    "There are no two records here of which the place and the day are known, so nothing can be compared."
)


def answer_repeats(asked: Asked) -> Answer:
    """Columns from_m, to_m, from_days, to_days (each band [from, to)), observed, expected, ratio, p: pairs of records.

    Then `observed_apart`, `expected_apart`, `ratio_apart`, `p_apart`: the same without pairs that are known to be one
    person's; NaN where that may not be told (see about["people"]). `observed` are whole; ratio and p are NaN where
    nothing is expected. Asked within places, only records in them take part.
    """
    units = units_of(asked, asked.question.level, FINEST if asked.question.resolution is not None else None)
    bands = asked.question.bands_m or BANDS_M[units.level], asked.question.bands_days or BANDS_DAYS
    within = tuple(one.key for one in asked.within)
    parameters = (units.column, *bands, asked.question.replicates, within)
    found = worked(
        asked, "repeats", VERSION, parameters, lambda rng, done: _work(asked, units, bands, rng, done)
    )
    about = asked.about(
        **found.facts,
        method=_method(asked, units),
        sentence=_sentence(found.tables["bands"]) if found.facts["records_compared"] > 1 else NOTHING_TO_COMPARE,
        compared_with="the same places with the days dealt out over them anew",
        left_out_of_test=left_out_words(asked),
        note="Distances are between the middles of hexagons." if units.level == "cell" else
        "Distances are between the middles of streets, or between anchor points.",
    )  # fmt: skip
    return Answer("repeats", found.tables["bands"], about)


class _Records(NamedTuple):
    """What takes part: placed, and its day known."""

    easting_m: NDArray[np.float64]
    northing_m: NDArray[np.float64]
    day: NDArray[np.int64]
    event: NDArray[np.int64]


def _work(
    asked: Asked,
    units: Units,
    bands: tuple[tuple[int, ...], tuple[int, ...]],
    rng: np.random.Generator,
    done: Progress,
) -> Worked:
    tested = tested_records(asked, units, "day", "weekday", selection=asked.selection)
    day_known = tested.columns["weekday"] >= 0
    placed = tested.unit >= 0
    used = np.flatnonzero(day_known & placed)
    easting_m, northing_m = units.points(tested.unit[used])
    # by number, so that which permutation is drawn does not hang on the order of the store's rows
    used_order = np.argsort(tested.columns["number"][used], kind="stable")
    used = used[used_order]
    records = _Records(
        easting_m[used_order],
        northing_m[used_order],
        tested.columns["day"][used].astype(np.int64),
        tested.event[used],
    )
    facts: dict[str, object] = {
        "total": len(tested),
        "unplaced": tested.unplaced,
        "not_tested": tested.not_tested,
        "day_not_known": int(np.count_nonzero(placed & ~day_known)),
        "records_compared": len(used),
        "replicates": asked.question.replicates,
    }
    edges = tuple(float(edge) for edge in bands[0]), bands[1]
    whole = asked.question.replicates

    def knox(person: NDArray[np.int64] | None, before: int) -> NearRepeats:
        return near_repeats(
            records.easting_m, records.northing_m, records.day, *edges,
            replicates=whole, rng=rng, person=person, progress=lambda at, _: done(before + at, 2 * whole),
        )  # fmt: skip

    try:
        every = knox(None, 0)
        person, told = _people(tested, records)
        apart = knox(person, whole) if person is not None else None
    except ValueError as error:
        raise QuestionError(
            "Too many records lie near one another: choose shorter distances, a shorter period or fewer feeds."
        ) from error
    return Worked({"bands": _bands(every, apart)}, {**facts, "people": told})


def _people(tested: TestedRecords, records: _Records) -> tuple[NDArray[np.int64] | None, str]:
    """A person for each record that takes part, and the sentence that goes with it; none where it may not be told."""
    people = tested.people()
    if not (people.person >= 0).any():
        return None, "No feed here knows which records are of one person."
    part = np.isin(tested.told_by["event"], records.event)
    event, person = tested.told_by["event"][part], people.person[part]
    bounds = people_bounds(
        np.zeros(len(event), dtype=np.int64), person, people.holder[part], np.zeros(len(event), dtype=np.int64), event,
        _day_of_event(records, event), 1,
    )  # fmt: skip
    if judge(bounds, shipped_people_rules()).verdict[0] == Verdict.FEW:
        return None, "Too few people may stand behind these records to tell their pairs apart."
    return people_of_events(event, person, records.event), (
        "Pairs known to be of one person are left out of the columns that end in 'apart'. Two agencies' keys may still "
        "be one person."
    )


def _day_of_event(records: _Records, event: NDArray[np.int64]) -> NDArray[np.int64]:
    """The day of the record that stands for each event."""
    order = np.argsort(records.event)
    return records.day[order[np.searchsorted(records.event[order], event)]]


def _bands(every: NearRepeats, apart: NearRepeats | None) -> Table:
    rows, columns = every.observed.shape
    none = np.full(every.observed.shape, np.nan)
    without = (
        (none, none, none, none) if apart is None else (apart.observed, apart.expected, apart.ratio, apart.p)
    )
    edges_m, edges_days = np.array(every.edges_m, dtype=int), np.array(every.edges_days)
    return {
        "from_m": np.repeat(edges_m[:-1], columns),
        "to_m": np.repeat(edges_m[1:], columns),
        "from_days": np.tile(edges_days[:-1], rows),
        "to_days": np.tile(edges_days[1:], rows),
        "observed": every.observed.ravel(),
        "expected": every.expected.ravel(),
        "ratio": every.ratio.ravel(),
        "p": every.p.ravel(),
        "observed_apart": without[0].astype(float).ravel(),
        "expected_apart": without[1].ravel(),
        "ratio_apart": without[2].ravel(),
        "p_apart": without[3].ravel(),
    }


def _method(asked: Asked, units: Units) -> str:
    return (
        f"Knox: pairs of records by distance and days apart, each band from its lower edge up to but not with its upper. "
        f"Expected is exact; p is from {asked.question.replicates} deals of the days over the places "
        f"({'hexagons of resolution 10' if units.level == 'cell' else 'streets'})."
    )


def _sentence(bands: Table) -> str:
    ratio, p = np.asarray(bands["ratio"]), np.asarray(bands["p"])
    found = rejected(discovery_q(p), RATE) & (np.nan_to_num(ratio) > 1.0)
    if not found.any():
        return "Records do not follow one another near by and soon more often than chance would have it."
    first = int(np.argmax(np.where(found, ratio, 0.0)))
    return (
        f"A record is followed by another {bands['from_m'][first]} to {bands['to_m'][first]} metres away and "
        f"{bands['from_days'][first]} to {bands['to_days'][first]} days later {ratio[first]:.1f} times as often as chance "
        f"would have it. {_apart_sentence(bands, first)}"
    )


def _apart_sentence(bands: Table, band: int) -> str:
    apart = float(np.asarray(bands["ratio_apart"])[band])
    if not np.isfinite(apart):
        return "Whether by different people cannot be told."
    return f"Without pairs known to be of one person: {apart:.1f} times."
