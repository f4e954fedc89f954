"""What stands behind each hotspot: how many people, who tells of it, how it came to light, since when."""

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from trigpoint.core.analysis.onset import find_onsets
from trigpoint.core.disclosure.people import (
    Judged,
    People,
    PeopleRules,
    Reason,
    Verdict,
    band_words,
    bounds_words,
    judge,
    people_bounds,
    people_rules_from,
)
from trigpoint.core.tally import month_of_day
from trigpoint.gate.answers import Table
from trigpoint.gate.asked import Asked
from trigpoint.gate.hotspot_test import CountyTest
from trigpoint.gate.questions import DETECTIONS
from trigpoint.gate.tested import TestedRecords, county_wide
from trigpoint.gate.units import Units
from trigpoint.store.picture import fetch_columns

__all__ = ["NEEDED", "Evidence", "evidence_of", "people_behind", "people_words", "shipped_people_rules"]

Ints = NDArray[np.int64]

NEEDED = ("agency", "quality", "role")
"""Columns of tested records that the evidence is made of."""
NEW_AT = 0.05
MONTHS_BACK = 24
"""As many months as emerging hotspots look back on, unless they are told."""
DISCOVERED, UNKNOWN = DETECTIONS.index("discovered"), DETECTIONS.index("unknown")
ONE_SOURCE = "a concern about one source, for MACE 1"


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Of each of h hotspots, in the order of their numbers. `table` is what may be shown beside its place.

    `withheld` bool[h] are those whose place may not be told.
    """

    people: People
    judged: Judged
    table: Table

    @property
    def withheld(self) -> NDArray[np.bool_]:
        return self.judged.withheld


@cache
def shipped_people_rules() -> PeopleRules:
    """The rules of `definitions/disclosure.yaml`."""
    text = files("trigpoint").joinpath("definitions", "disclosure.yaml").read_text("utf-8")
    return people_rules_from(yaml.safe_load(text))


def people_behind(
    records: TestedRecords,
    hotspot: NDArray[np.integer],
    hotspots: int,
    told_by: NDArray[np.bool_] | None = None,
) -> tuple[People, Judged]:
    """Bounds and verdicts for hotspots 1..hotspots; `hotspot` is that of each record tested, 0 for none.

    Every record that tells one of the events counts, wherever it says that the event was; with `told_by` only those
    that it marks, as if the others had never been sent.
    """
    number = _of_told(records, hotspot)
    if told_by is not None:
        number = np.where(told_by, number, 0)
    at = np.flatnonzero(number > 0)
    known, told = records.people(), records.told_by
    bounds = people_bounds(
        number[at] - 1,
        known.person[at],
        known.holder[at],
        np.zeros(at.size, dtype=np.int64),
        told["event"][at],
        _dates(records)[at],
        hotspots,
    )
    return bounds, judge(bounds, shipped_people_rules())


def _dates(records: TestedRecords) -> Ints:
    """What tells dates apart. A published record known only by its month has a date of its own: it is no secret, and a
    month of published records would otherwise be two or three dates however many there are.
    """
    told = records.told_by
    published = [one.id for one in records.asked.version.vocabulary.feeds if one.open]
    own = (told["weekday"] < 0) & np.isin(told["feed"], published)
    return np.where(own, -1 - told["event"].astype(np.int64), told["day"].astype(np.int64))


def people_words(people: People, judged: Judged) -> list[str]:
    """Each verdict as a sentence part that a chair can read out."""
    rows = zip(judged.reason.tolist(), people.people_min.tolist(), people.people_max.tolist(), strict=True)
    return [_words(reason, least, most) for reason, least, most in rows]


def evidence_of(asked: Asked, units: Units, test: CountyTest) -> Evidence:
    """What stands behind each hotspot of a test whose records carry `NEEDED`."""
    records, hotspots = test.records, len(test.result.hotspots)
    hotspot = test.hotspot_of_record
    people, judged = people_behind(records, hotspot, hotspots)
    number = _of_told(records, hotspot)
    table: dict[str, Any] = {
        "verdict": [_VERDICTS[Verdict(one)] for one in judged.verdict.tolist()],
        "people": people_words(people, judged),
        "people_min_band": [band_words(one) for one in people.people_min.tolist()],
        "people_max_band": [band_words(one) for one in people.people_max.tolist()],
        "largest_share": people.top_share,
        "dates": people.dates,
        **_months_held(records, hotspot, hotspots),
        **_since(test, hotspots),
        **_routes(asked, units, test, number, hotspots),
        "agencies": _distinct(number, records.told_by["agency"], hotspots, _agency_codes(asked)),
        "qualities": _distinct(
            number, records.told_by["quality"], hotspots, {one: one for one in range(1, 6)}
        ),
    }
    return Evidence(people, judged, table)


_VERDICTS = {Verdict.MANY: "many", Verdict.FEW: "few", Verdict.CANNOT_TELL: "cannot tell"}


def _words(reason: int, least: int, most: int) -> str:
    if reason in (Reason.ENOUGH, Reason.NOT_KNOWN):
        return bounds_words(band_words(least), band_words(most), enough=reason == Reason.ENOUGH)
    if reason == Reason.ONE_PERSON:
        return f"{ONE_SOURCE}: one person makes much of it"
    if reason == Reason.MAY_BE_ONE:
        return f"{ONE_SOURCE}: it may be one person, known to each agency by a key of its own"
    if reason == Reason.FEW_PEOPLE:
        return f"{ONE_SOURCE}: fewer than {shipped_people_rules().least} people"
    return f"{ONE_SOURCE}: too little stands behind it to tell how many people there are"


def _of_told(records: TestedRecords, hotspot: NDArray[np.integer]) -> Ints:
    """The hotspot of every record that tells of an event: that of the record that stands for the event."""
    return np.asarray(hotspot, dtype=np.int64)[records.stands_for]


def _months_held(records: TestedRecords, hotspot: NDArray[np.int32], hotspots: int) -> dict[str, list[str]]:
    """The first and the last month of each hotspot's records."""
    if hotspots == 0 or len(records) == 0:
        return {"first_month": [], "last_month": []}
    first, held = _by_month(records, hotspot, hotspots)
    some = held[1:] > 0
    lasts = some.shape[1] - 1 - np.argmax(some[:, ::-1], axis=1)
    return {
        "first_month": [_month(first + one) for one in np.argmax(some, axis=1).tolist()],
        "last_month": [_month(first + one) for one in lasts.tolist()],
    }


def _since(test: CountyTest, hotspots: int) -> dict[str, list[Any]]:
    """From which month on there is more than the hotspot's own past and the county's months give; "" where never.

    Of all that is known of the place up to the end of the question's period, two years of it at most, where the test
    was of its own past; else of the period alone. So it is the month that emerging hotspots name.
    """
    past = test.everywhere if test.compared.background == "past" else None
    records = test.records if past is None else past
    if hotspots == 0 or len(test.records) == 0:
        return {"since": [], "since_p": []}
    first, held = _by_month(records, test.hotspot_of(records), hotspots)
    begin = max(0, held.shape[1] - MONTHS_BACK)
    first, held = first + begin, held[:, begin:]
    onset = find_onsets(held[1:], held.sum(axis=0))
    new = np.nan_to_num(onset.q, nan=1.0) <= NEW_AT
    since = np.where(new, onset.since, -1).tolist()
    return {
        "since": [_month(first + one) if one >= 0 else "" for one in since],
        "since_p": onset.p.tolist(),
    }


def _by_month(records: TestedRecords, hotspot: NDArray[np.integer], hotspots: int) -> tuple[int, Ints]:
    """The first month there is, and the records of each hotspot in each month from it on, int64[hotspots + 1, months]."""
    month = month_of_day(records.columns["day"].astype(np.int64)).astype(np.int64)
    first, months = int(month.min()), int(month.max() - month.min()) + 1
    table = np.bincount(hotspot.astype(np.int64) * months + month - first, minlength=(hotspots + 1) * months)
    return first, table.reshape(hotspots + 1, months)


def _month(number: int) -> str:
    return str(np.datetime64(number, "M"))


def _routes(asked: Asked, units: Units, test: CountyTest, number: Ints, hotspots: int) -> dict[str, Ints]:
    """Records of each hotspot by how they came to light; what our own work discovered is counted where it lies.

    Where an agreement keeps that back, its records came to light in a way that is not known.
    """
    telling = asked.feeds_telling("detection")
    known = np.isin(test.records.told_by["feed"], telling)
    told = np.where(known, test.records.told_by["detection"].astype(np.int64), UNKNOWN)
    table = np.bincount(number * len(DETECTIONS) + told, minlength=(hotspots + 1) * len(DETECTIONS))
    routes = table.reshape(hotspots + 1, len(DETECTIONS))[1:]
    found = dict(zip(DETECTIONS, routes.T, strict=True))
    if not asked.question.detections:
        found["discovered"] = _discovered(asked, units, test, hotspots, telling)
    return found


def _discovered(
    asked: Asked, units: Units, test: CountyTest, hotspots: int, telling: tuple[int, ...]
) -> Ints:
    chosen = replace(county_wide(asked), detections=(DISCOVERED,))
    with asked.records() as cursor:
        columns = fetch_columns(cursor, chosen, (units.column, "grade", "feed"))
    counted = (columns["grade"] != 5) & np.isin(columns["feed"], telling)
    number = np.zeros(units.size + 1, dtype=np.int64)
    number[test.ids] = test.result.hotspot
    inside = number[columns[units.column][counted]]
    return np.bincount(inside, minlength=hotspots + 1)[1:]


def _distinct(
    number: Ints, values: NDArray[np.integer], hotspots: int, words: dict[int, Any]
) -> list[list[Any]]:
    """The different values among the records of each hotspot, ascending, in words."""
    found: list[list[Any]] = [[] for _ in range(hotspots)]
    inside = number > 0
    pairs = np.unique(number[inside] * 65_536 + values[inside].astype(np.int64))
    for pair in pairs.tolist():
        found[pair // 65_536 - 1].append(words[pair % 65_536])
    return found


def _agency_codes(asked: Asked) -> dict[int, str]:
    return {one.id: one.code for one in asked.version.vocabulary.agencies}
