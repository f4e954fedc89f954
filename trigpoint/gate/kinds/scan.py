"""Scan: where and when was there more, for a time, than the place and the time explain?"""

from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.scan_chance import recurrence_days
from trigpoint.core.disclosure.people import Judged, People, Verdict, band_words, judge
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.hotspot_evidence import people_words, shipped_people_rules
from trigpoint.gate.kinds.hotspot_words import unit_word
from trigpoint.gate.kinds.scan_run import ENOUGH, LARGEST_P, VERSION, make_scan
from trigpoint.gate.runs import Worked, worked
from trigpoint.gate.tested import left_out_words
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_inside

__all__ = ["answer_scan"]

CLEAR_AT = 0.05
_STEP_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "quarter": 365.25 / 4}
_VERDICTS = {Verdict.MANY: "many", Verdict.FEW: "few", Verdict.CANNOT_TELL: "cannot tell"}


def answer_scan(asked: Asked) -> Answer:
    """Columns rank, name, code, ward, district, easting_m, northing_m, radius_m, first_day, last_day (both in it),
    observed, expected, ratio, llr, p, recurrence_days, verdict, people, people_min_band, people_max_band, units,
    agencies, silent_feeds: one row a cluster, the most likely first.

    name, code and point are the centre's. `recurrence_days` is NaN in a retrospective scan. A cluster that is a concern
    about one source has no place: no name, code, ward, point, radius, units, expected, ratio or llr. It is listed
    wherever was asked about, so that narrowing a question does not find it. The scan is the county's.
    """
    units, question = units_of(asked), asked.question
    parameters = (
        units.column,
        question.period_from,
        question.period_to,
        question.step,
        question.mode,
        question.ties,
        question.radius_m,
        question.months,
        question.replicates,
    )
    found = worked(asked, "scan", VERSION, parameters, lambda rng, done: make_scan(asked, units, rng, done))
    people = _people(found.tables["clusters"])
    judged = judge(people, shipped_people_rules())
    rows = _rows(asked, units, found, people, judged)
    inside = units_inside(asked.within, units, np.asarray(found.tables["clusters"]["centre"]))
    kept = np.flatnonzero(inside | judged.withheld)
    columns = {name: _taken(column, kept) for name, column in rows.items()}
    return Answer("scan", columns, _about(asked, units, found, columns))


def _taken(column: Any, at: NDArray[np.intp]) -> Any:
    return column[at] if isinstance(column, np.ndarray) else [column[row] for row in at.tolist()]


def _people(clusters: Table) -> People:
    names = ("people_min", "people_max", "events", "dates", "top_share", "alike_share")
    return People(**{name: np.asarray(clusters[name]) for name in names})


_BLANK: dict[str, Any] = {
    "name": "", "code": "", "ward": "", "units": [], "easting_m": np.nan, "northing_m": np.nan, "radius_m": np.nan,
    "expected": np.nan, "ratio": np.nan, "llr": np.nan,
}  # fmt: skip
_FLOATS = ("easting_m", "northing_m", "radius_m", "expected", "ratio", "llr", "p", "recurrence_days")


def _rows(asked: Asked, units: Units, found: Worked, people: People, judged: Judged) -> dict[str, Any]:
    clusters, step = found.tables["clusters"], str(found.facts["step"])
    centre = np.asarray(clusters["centre"])
    count = centre.size
    p = np.asarray(clusters["p"])
    prospective = asked.question.mode == "prospective"
    easting_m, northing_m = units.points(centre)
    agencies = {one.id: one.code for one in asked.version.vocabulary.agencies}
    feeds = {one.id: one.code for one in asked.version.vocabulary.feeds}
    columns: dict[str, Any] = {
        "rank": list(range(1, count + 1)),
        "name": units.names(centre),
        "code": units.codes(centre),
        "ward": _area_names(units, "ward", units.wards(centre)),
        "district": _area_names(units, "district", units.districts(centre)),
        "easting_m": easting_m.tolist(),
        "northing_m": northing_m.tolist(),
        "radius_m": np.asarray(clusters["radius_m"]).tolist(),
        "first_day": _days(clusters["first_day"]),
        "last_day": _days(clusters["last_day"]),
        "observed": np.asarray(clusters["observed"]).astype(np.int64).tolist(),
        **{name: np.asarray(clusters[name]).tolist() for name in ("expected", "ratio", "llr", "p")},
        "recurrence_days": [
            recurrence_days(one, _STEP_DAYS[step]) if prospective and one > 0 else np.nan
            for one in p.tolist()
        ],
        "verdict": [_VERDICTS[Verdict(one)] for one in judged.verdict.tolist()],
        "people": people_words(people, judged),
        "people_min_band": [band_words(one) for one in people.people_min.tolist()],
        "people_max_band": [band_words(one) for one in people.people_max.tolist()],
        "units": _members(units, found, count),
        "agencies": _words_of(found.tables["agencies"], "agency", agencies, count),
        "silent_feeds": _words_of(found.tables["silent"], "feed", feeds, count),
    }
    for name, blank in _BLANK.items():
        columns[name] = [
            blank if hide else value
            for hide, value in zip(judged.withheld.tolist(), columns[name], strict=True)
        ]
    return columns | {name: np.array(columns[name], dtype=np.float64) for name in _FLOATS}


def _days(days: Any) -> list[str]:
    return [(EPOCH + timedelta(days=day)).isoformat() for day in np.asarray(days).tolist()]


def _area_names(units: Units, level: str, ids: NDArray[np.integer]) -> list[str]:
    names = units.version.areas(level).names
    return [names[number] if number >= 0 else "" for number in ids.tolist()]


def _members(units: Units, found: Worked, count: int) -> list[list[str]]:
    cluster = np.asarray(found.tables["members"]["cluster"])
    unit = np.asarray(found.tables["members"]["unit"])
    return [units.codes(units.in_order(unit[cluster == number])) for number in range(1, count + 1)]


def _words_of(table: Table, name: str, words: dict[int, str], count: int) -> list[list[str]]:
    told: list[list[str]] = [[] for _ in range(count)]
    for cluster, value in zip(
        np.asarray(table["cluster"]).tolist(), np.asarray(table[name]).tolist(), strict=True
    ):
        told[cluster - 1].append(words[value])
    return told


def _about(asked: Asked, units: Units, found: Worked, told: dict[str, Any]) -> dict[str, object]:
    facts = found.facts
    concerns = told["verdict"].count(_VERDICTS[Verdict.FEW])
    return asked.about(
        **facts,
        clusters=len(told["rank"]) - concerns,
        clear=int(np.count_nonzero(told["p"] <= CLEAR_AT)),
        concerns=concerns,
        withheld=["A concern about one source is told without its place."] if concerns else [],
        mode=asked.question.mode,
        ties=asked.question.ties,
        radius_m=asked.question.radius_m,
        months=asked.question.months,
        method=_method(asked, units, facts),
        compared_with="how busy each place is over the whole period and how busy each "
        f"{facts['step']} is in the whole county, each feed by itself",
        left_out_of_test=left_out_words(asked),
        step_note=_step_note(asked, facts),
        silence_note=_SILENCE,
        sentence=_sentence(told),
        within_note="The scan is the county's; only what lies in the place asked about is listed."
        if asked.within
        else "",
    )


_SILENCE = (
    "A place that is always busy, and a time that is busy everywhere, make no cluster. Each feed is compared with itself, "
    "so one that goes quiet in the whole county makes none either. A feed that goes quiet in one place makes every other "
    "place look busier at that time: read the coverage beside this. Feeds that told nothing anywhere while a cluster "
    "lasted are named with it."
)


def _method(asked: Asked, units: Units, facts: Any) -> str:
    question, one = asked.question, unit_word(units)
    ends = (
        "that last to the end of the period"
        if question.mode == "prospective"
        else "at any time of the period"
    )
    ties = "equally far ones together" if question.ties == "all" else "one at a time, as SaTScan does"
    return (
        f"Space-time permutation scan: every circle of up to {question.radius_m:,} metres around every {one} with a record "
        f"(the {one}s entering {ties}, at most half of the records), over every run of up to {facts['longest_steps']} "
        f"{facts['step']}s {ends}. The chance p is the share of {facts['replicates']:,} shuffles of the days, each feed's "
        f"among its own records, whose most likely cluster anywhere is as strong; shuffling stops at the {ENOUGH}th that "
        f"is (Besag and Clifford). It allows for every circle and run looked at. Clusters share no {one}; after the first, "
        f"those with p above {LARGEST_P:g} are not listed."
    )


def _step_note(asked: Asked, facts: Any) -> str:
    if facts["step"] != asked.question.step:
        return "Most of these records are known by month only, so the steps are months."
    if facts["day_not_known"]:
        return f"{facts['day_not_known']:,} records that are known by month only are left out."
    return ""


def _sentence(told: dict[str, Any]) -> str:
    if not told["rank"]:
        return (
            "Nowhere was there, for a time, more than the place and the time explain. That does not say that nothing "
            "happened."
        )
    when = f"from {told['first_day'][0]} to {told['last_day'][0]}"
    p = float(told["p"][0])
    chance = (
        f"Shuffled days give a cluster as strong, somewhere in the county, {100 * p:.2g} times in a hundred."
    )
    if told["verdict"][0] == _VERDICTS[Verdict.FEW]:
        return f"The strongest cluster, {when}, is {told['people'][0]}. {chance}"
    strong = "" if p <= CLEAR_AT else " That is no finding: chance does it too often."
    return (
        f"Around {told['name'][0]}, {when}, {told['observed'][0]:,} were recorded where {told['expected'][0]:.1f} would be "
        f"expected from how busy the place is at other times and how busy the county was then. {chance}{strong}"
    )
