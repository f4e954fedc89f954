"""Accuracy: had we drawn the hotspots then, how much of what came next would they have held?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.accuracy import captured, fullest, recapture_rate
from trigpoint.core.analysis.hotspot import find_hotspots
from trigpoint.core.tally import by_unit
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked, known_instant
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.steps import last_steps
from trigpoint.gate.tested import left_out_words, tested_records
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.units_tested import units_tested

__all__ = ["METHODS", "answer_accuracy"]

VERSION = 1
STEPS = 6
MOST_STEPS = 36
LOOK_BACK_DAYS = 365
DRAWS = 99
METHODS = {
    "hotspots": "Gi* hotspots of the 12 months before",
    "last year's count": "the same number of units, those with most records in the 12 months before",
    "at random": f"the same number of units, drawn at random: the mean of {DRAWS} draws",
}
NEVER_IN_TIME = (
    "No record of these steps had arrived by the time its forecast would have been made, so the forecasts use what is "
    "known now of each time. Nobody had that then: read these figures as kinder than the truth."
)
Counts = NDArray[np.int64]


def answer_accuracy(asked: Asked) -> Answer:
    """Columns method, forecasts, units, hits, records, hit_rate, pai, pei, rri: a row for each of METHODS.

    At the end of each of the last steps each method chooses units from the records that had arrived by then; the
    records of the next step judge it. `units`, `hits` and `records` are summed over the forecasts that chose any unit;
    pai, pei (of the best that was possible) and rri (the share kept of what the chosen units held before) are means
    over them, NaN without any. `hits` of random draws are a mean. Part "steps" has a row for each step and method.
    """
    if asked.within:
        raise QuestionError("Accuracy is told for the whole county: leave the place out.")
    if asked.question.level not in ("cell", "street"):
        raise QuestionError("Accuracy is told of hexagons or streets: choose the level cell or street.")
    units = units_of(asked)
    steps = asked.question.months or STEPS
    if not 1 <= steps <= MOST_STEPS:
        raise QuestionError(f"Forecasts are judged over 1 to {MOST_STEPS} steps.")
    end = _end(asked)
    edges = last_steps(end, asked.question.step, steps) if end else ()
    parameters = (asked.question.level_word, asked.question.q, *edges)
    found = worked(
        asked, "accuracy", VERSION, parameters, lambda rng, done: _work(asked, units, edges, rng, done)
    )
    about = asked.about(
        **found.facts,
        step=asked.question.step,
        q=asked.question.q,
        method="; ".join(f"{name}: {words}" for name, words in METHODS.items()) + ".",
        compared_with="last year's count and a random choice, of as many units each",
        left_out_of_test=left_out_words(asked),
        sentence=_sentence(found.tables["methods"])
        + (f" {NEVER_IN_TIME}" if found.facts["with_hindsight"] else ""),
    )
    return Answer("accuracy", found.tables["methods"], about, {"steps": found.tables["steps"]})


class _Judged(NamedTuple):
    """One method at the end of one step."""

    starts: date
    method: str
    units: int
    hits: float
    records: int
    pai: float
    pei: float
    rri: float


def _end(asked: Asked) -> date | None:
    """The first day that is not counted: of the question, else after the last permitted record; never after today."""
    _, end = asked.period()
    today = asked.at.date()
    return None if end is None else min(end, today)


def _work(
    asked: Asked, units: Units, edges: tuple[date, ...], rng: np.random.Generator, done: Progress
) -> Worked:
    ids = units_tested(asked, units)
    steps = list(pairwise(edges))
    known = [_then(asked, start) for start, _ in steps]
    past = [
        _counts(one, units, start - timedelta(days=LOOK_BACK_DAYS), start, ids)
        for one, (start, _) in zip(known, steps, strict=True)
    ]
    hindsight = bool(steps) and not any(counts.any() for counts in past)
    if hindsight:
        past = [
            _counts(asked, units, start - timedelta(days=LOOK_BACK_DAYS), start, ids) for start, _ in steps
        ]
    judged: list[_Judged] = []
    came = np.zeros(len(ids), dtype=np.int64)
    for at, (start, end) in enumerate(steps):
        now = _counts(asked, units, start, end, ids)
        came += now
        judged += _judge(start, past[at], now, lambda counts: _hot(asked, units, ids, counts), rng)
        done(at + 1, len(steps))
    facts = {
        "total": int(came.sum()),
        "steps": len(steps),
        "steps_without_forecast": sum(1 for one in judged if one.method == "hotspots" and one.units == 0),
        "with_hindsight": hindsight,
        "units_in_all": len(ids),
    }
    return Worked({"methods": _by_method(judged), "steps": _by_step(judged)}, facts)


def _then(asked: Asked, start: date) -> Asked:
    """The same asked as it was known just before a step began, or as known on the day asked where that is earlier."""
    then = known_instant(start - timedelta(days=1))
    known_at = asked.selection.known_at
    return replace(
        asked, selection=replace(asked.selection, known_at=min(then, known_at) if known_at else then)
    )


def _counts(asked: Asked, units: Units, start: date, end: date, ids: NDArray[np.integer]) -> Counts:
    """Records by unit that happened from `start` to before `end`, as this asking knows them, int64[len(ids)]."""
    days = replace(asked.selection, from_day=(start - EPOCH).days, to_day=(end - EPOCH).days, within=())
    narrowed = replace(asked, selection=days)
    counts, _ = by_unit(tested_records(narrowed, units, selection=days).unit, units.size)
    return np.asarray(counts[ids], dtype=np.int64)


def _hot(asked: Asked, units: Units, ids: NDArray[np.integer], counts: Counts) -> NDArray[np.bool_]:
    near = units.neighbours(ids)
    try:
        return find_hotspots(counts, near, q=asked.question.q).hot
    except ValueError as error:
        raise QuestionError(
            "There are too many records for the exact test at this level: choose a finer level or fewer feeds."
        ) from error


def _judge(
    start: date,
    past: Counts,
    came: Counts,
    hot: Callable[[Counts], NDArray[np.bool_]],
    rng: np.random.Generator,
) -> list[_Judged]:
    chosen = hot(past) if past.any() else np.zeros(len(past), dtype=bool)
    number = int(np.count_nonzero(chosen))
    year = fullest(past, number, rng)
    draws = [fullest(np.zeros(len(past), dtype=np.int64), number, rng) for _ in range(DRAWS)]
    names = list(METHODS)
    return [
        _one(start, names[0], [chosen], past, came),
        _one(start, names[1], [year], past, came),
        _one(start, names[2], draws, past, came),
    ]


def _one(start: date, method: str, choices: list[NDArray[np.bool_]], past: Counts, came: Counts) -> _Judged:
    """The mean over the choices."""
    told = [captured(chosen, came) for chosen in choices]
    rri = [recapture_rate(past[one].sum(), past.sum(), came[one].sum(), came.sum()) for one in choices]
    known = np.isfinite(rri)
    return _Judged(
        start,
        method,
        int(np.count_nonzero(choices[0])),
        float(np.mean([one.hits for one in told])),
        told[0].records,
        float(np.mean([one.pai for one in told])),
        float(np.mean([one.pei for one in told])),
        float(np.mean(np.array(rri)[known])) if known.any() else float("nan"),
    )


def _by_step(judged: list[_Judged]) -> Table:
    return {
        "starts": [one.starts.isoformat() for one in judged],
        "method": [one.method for one in judged],
        "units": np.array([one.units for one in judged], dtype=np.int64),
        "hits": np.array([one.hits for one in judged]),
        "records": np.array([one.records for one in judged], dtype=np.int64),
        "pai": np.array([one.pai for one in judged]),
        "pei": np.array([one.pei for one in judged]),
        "rri": np.array([one.rri for one in judged]),
    }


def _by_method(judged: list[_Judged]) -> Table:
    groups = [[one for one in judged if one.method == name and one.units and one.records] for name in METHODS]
    hits = np.array([sum(one.hits for one in group) for group in groups], dtype=float)
    records = np.array([sum(one.records for one in group) for group in groups], dtype=np.int64)
    rate = np.full(len(groups), np.nan)
    np.divide(hits, records, out=rate, where=records > 0)
    return {
        "method": list(METHODS),
        "forecasts": np.array([len(group) for group in groups], dtype=np.int64),
        "units": np.array([sum(one.units for one in group) for group in groups], dtype=np.int64),
        "hits": hits,
        "records": records,
        "hit_rate": rate,
        "pai": np.array([_mean([one.pai for one in group]) for group in groups]),
        "pei": np.array([_mean([one.pei for one in group]) for group in groups]),
        "rri": np.array([_mean([one.rri for one in group]) for group in groups]),
    }


def _mean(values: list[float]) -> float:
    told = [one for one in values if np.isfinite(one)]
    return float(np.mean(told)) if told else float("nan")


def _sentence(methods: Table) -> str:
    if int(methods["forecasts"][0]) == 0:
        return "No hotspot could have been drawn at the end of any of these steps, so none can be judged."
    ours, year, random = (float(one) for one in np.asarray(methods["hit_rate"]))
    better = "more" if ours > year else "no more"
    return (
        f"Hotspots held {ours:.0%} of the records that came next; as many units chosen by last year's count alone "
        f"{year:.0%}, at random {random:.0%}. They told {better} than last year's count did."
    )
