"""Did it work? One piece of work at a place, compared with places that stood alike before it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.matching import MOST_DIFFERENCE, PATTERN
from trigpoint.core.analysis.weighted_displacement import Difference
from trigpoint.gate.answers import Answer, Table
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.kinds.evaluation_basis import basis_of, covers, feeds_of_basis
from trigpoint.gate.kinds.evaluation_counted import NothingLeft, months_over, start_of, what_was_sent
from trigpoint.gate.kinds.evaluation_ground import Ground, ground_of
from trigpoint.gate.kinds.evaluation_run import BLOCK_MONTHS, Found, work_out
from trigpoint.gate.kinds.evaluation_words import (
    NOT_PLANNED,
    cautions_of,
    left_out_sentence,
    sentence_of,
    verdict_of,
)
from trigpoint.gate.runs import Progress, Worked, worked
from trigpoint.gate.tested import left_out_words

__all__ = ["METHOD_VERSION", "answer_evaluation"]

METHOD_VERSION = 4
"""Goes up when the same records would give another answer; a locked plan keeps the number it was locked with."""

USUAL_BUFFER_M = 250

METHOD = (
    "Weighted displacement difference (Wheeler & Ratcliffe 2018) of counts before and after against matched places, "
    "with the displacement quotient (Bowers & Johnson 2003), the E-test, the rate ratio, an event study, and a guard "
    "against regression to the mean. Comparable places are chosen by what was known before the start alone, and "
    "ranges are as wide as the likest places went up and down by themselves. A feed that "
    "did not send throughout the months before and after is left out of both; a silent district is not compared with."
)


def answer_evaluation(asked: Asked) -> Answer:
    """Columns part, title, places, before, after, value, lower, upper, p: one row for each thing counted or compared.

    Part "controls" has the comparable places, "balance" how alike they were before the start, "periods" the event
    study, "like_peaks" the places at a like peak. NaN where there is nothing to tell. `about` says the verdict, the
    sentence, what could have been seen, how it was planned and what to be careful of.
    """
    start, plan = start_of(asked), asked.plan
    if plan is not None and not covers(asked, plan.basis):
        raise QuestionError(
            f"Plan {plan.number} was made from records of which some are not shared with you at this level."
        )
    question = asked.question
    ground = ground_of(asked, float(question.radius_m), float(question.buffer_m or USUAL_BUFFER_M))
    locked = plan.controls if plan is not None else None
    planned = feeds_of_basis(plan.basis) if plan is not None else None
    treated = tuple(ground.units.codes(ground.ids[ground.treated]))
    parameters = (
        start, question.months, ground.radius_m, ground.buffer_m, question.level_word, question.replicates,
        treated, locked, tuple(sorted(planned)) if planned is not None else None, what_was_sent(asked),
        months_over(asked),
    )  # fmt: skip

    def make(rng: np.random.Generator, progress: Progress) -> Worked:
        try:
            return _kept(work_out(asked, ground, locked, planned, rng, progress), question.months)
        except NothingLeft as refusal:
            return Worked({}, {"refused": str(refusal)})

    run = worked(_without_period(asked), "evaluation", METHOD_VERSION, parameters, make)
    if "refused" in run.facts:
        raise QuestionError(str(run.facts["refused"]))
    tables = dict(run.tables)
    return Answer("evaluation", tables.pop("measures"), _about(asked, ground, run.facts, treated), tables)


def _without_period(asked: Asked) -> Asked:
    """The key of a run leaves out `within`; here the places are in its parameters."""
    return replace(asked, around=None)


def _kept(found: Found, wanted: int) -> Worked:
    """What was worked out, as plain columns and values that can be kept."""
    tables = {
        "measures": _measures(found),
        "controls": _places(found, found.controls, found.windows[0]),
        "balance": _balance(found),
        "periods": _periods(found),
        "like_peaks": _places(found, found.like, min(3, found.months.start)),
    }
    tested = found.records.tested
    facts: dict[str, Any] = {
        "verdict": verdict_of(found),
        "sentence": sentence_of(found),
        "said_before": found.before.sentence,
        "smallest_fall": found.before.fall,
        "expected": found.before.expected,
        "cautions": cautions_of(found, wanted),
        "known_at_start": found.frozen,
        "months_before": found.windows[0],
        "months_after": found.windows[1],
        "months_known_before": found.months.start,
        "comparable": len(found.controls),
        "could_be_compared": found.matched.pool if found.matched is not None else 0,
        "balanced": found.balanced,
        "left_out": sorted({(one.code, one.reason, one.sentence) for one in found.records.left_out}),
        "total": len(tested),
        "unplaced": tested.unplaced,
        "not_tested": tested.not_tested,
    }
    return Worked(tables, facts)


def _about(asked: Asked, ground: Ground, facts: Any, treated: Sequence[str]) -> dict[str, object]:
    plan = asked.plan
    planned = plan.label if plan is not None else NOT_PLANNED
    told = {name: value for name, value in facts.items() if name not in _NOT_TOLD}
    left_out = [tuple(one) for one in facts["left_out"]]
    said = [told["sentence"], left_out_sentence(left_out, _counted_when_locked(asked, left_out)), planned]
    return asked.about(
        total=facts["total"],
        unplaced=facts["unplaced"],
        not_tested=facts["not_tested"],
        **told | {"sentence": " ".join(one for one in said if one)},
        feeds_left_out=[
            {"feed": code, "name": _feed_name(asked, code), "reason": reason, "sentence": sentence}
            for code, reason, sentence in left_out
        ],
        planned=planned,
        plan=plan.number if plan is not None else None,
        basis=basis_of(asked, {code for code, _, _ in left_out}),
        said_when_locked=_said_when_locked(asked),
        start=start_of(asked).isoformat(),
        treated=list(treated),
        place=", ".join(dict.fromkeys(ground.units.names(ground.ids[ground.treated]))),
        radius_m=ground.radius_m,
        buffer_m=ground.buffer_m,
        method=METHOD,
        compared_with=_compared_with(facts),
        left_out_of_test=left_out_words(asked),
    )


_NOT_TOLD = ("total", "unplaced", "not_tested", "left_out")


def _feed_name(asked: Asked, code: str) -> str:
    return next(one.name for one in asked.version.vocabulary.feeds if one.code == code)


def _counted_when_locked(asked: Asked, left_out: Sequence[tuple[str, str, str]]) -> list[str]:
    """The names of the feeds that are left out and that the plan, if there is one, was locked with."""
    if asked.plan is None:
        return []
    then = feeds_of_basis(asked.plan.basis)
    return sorted({_feed_name(asked, code) for code, _, _ in left_out if code in then})


def _said_when_locked(asked: Asked) -> str:
    plan = asked.plan
    if plan is None or plan.smallest_fall is None or plan.expected is None:
        return ""
    earlier = (
        " That was worked out by an earlier version of the method." if plan.method != METHOD_VERSION else ""
    )
    return (
        f"Said on {plan.locked_on:%-d %B %Y}, from publication {plan.publication}: a fall of "
        f"{plan.smallest_fall:.0f} or more out of {plan.expected:.0f} could be seen.{earlier}"
    )


def _compared_with(facts: Any) -> str:
    if not facts["balanced"]:
        return "nothing: no place stood alike enough before the start"
    how = "by what was known at the start" if facts["known_at_start"] else "by what is known now"
    many = "1 place" if facts["comparable"] == 1 else f"{facts['comparable']} places"
    return f"{many} that stood alike before the start, chosen {how} out of {facts['could_be_compared']:,}"


def _measures(found: Found) -> Table:
    rows = [*_counted(found), *_differences(found), *_ratios(found)]
    names = ("part", "title", "places", "before", "after", "value", "lower", "upper", "p")
    columns: dict[str, Any] = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    return columns | {name: np.array(columns[name], dtype=np.float64) for name in names[2:]}


Row = tuple[str, str, float, float, float, float, float, float, float]


def _counted(found: Found) -> list[Row]:
    """The counts themselves: of the target, of its ring, and of its comparable places and theirs, all together."""
    ground, counts = found.ground, found.counts
    target, ring, control, beyond = ground.sides(found.controls)
    start, (before, after) = found.months.start, found.windows
    rows: list[Row] = []
    for part, title, units, places in (
        ("target", "Where the work was", target, ground.places),
        ("control", "Comparable places, together", control, len(found.controls)),
        ("buffer", "Round the work", ring, ground.places),
        ("buffer_control", "Round comparable places, together", beyond, len(found.controls)),
    ):
        held = counts[units].sum(axis=0)
        earlier, later = float(held[start - before : start].sum()), float(held[start : start + after].sum())
        late = later if after else nan
        rows.append((part, title, float(places), earlier, late, late - earlier, nan, nan, nan))
    return rows if ground.buffer_m else rows[:2]


def _differences(found: Found) -> list[Row]:
    evaluation = found.evaluation
    if evaluation is None:
        return []
    rows: list[Row] = []
    if evaluation.displacement is not None:
        parts: list[tuple[str, str, Difference | None]] = [
            ("difference", "Beyond comparable places (WDD, here)", evaluation.displacement.local),
            ("difference_buffer", "Beyond comparable places (WDD, round it)", evaluation.displacement.buffer),
            ("difference_total", "Beyond comparable places (WDD, both)", evaluation.displacement.total),
        ]
        rows += [
            (part, title, nan, nan, nan, one.value, one.lower, one.upper, one.p)
            for part, title, one in parts
            if one is not None
        ]
    if evaluation.quotient is not None:
        told = evaluation.quotient
        rows.append(("quotient", f"Displacement quotient (WDQ): {told.reading}", *_only(told.quotient)))
        for part, title, value in (
            ("gross", "Gross effect (GE)", told.gross),
            ("net", "Net effect (NE)", told.net),
            ("total_net", "Total net effect (TNE)", told.total_net),
        ):
            rows.append((part, title, *_only(value)))
    rows.append(("e_test", "Before and after alone (E-test)", nan, nan, nan, nan, nan, nan, evaluation.e_p))
    return rows


def _only(value: float) -> tuple[float, float, float, float, float, float, float]:
    return nan, nan, nan, value, nan, nan, nan


def _ratios(found: Found) -> list[Row]:
    rows: list[Row] = []
    if found.ratio is not None:
        one = found.ratio
        rows.append(
            (
                "rate_ratio",
                f"Rate ratio ({one.law})",
                nan,
                nan,
                nan,
                one.ratio,
                one.lower,
                one.upper,
                one.exact_p,
            )
        )
        rows.append(("placebo", "Where and when nothing was done", *_only(nan)[:6], found.placebo_p))
    if found.study is not None:
        rows.append(("earlier_level", "Alike before the start", *_only(nan)[:6], found.study.level_p))
        rows.append(("earlier_trend", "Parting before the start", *_only(nan)[:6], found.study.trend_p))
    guard = found.guard
    before, after = float(guard.before), float(guard.after) if found.windows[1] else nan
    rows.append(
        ("peak", "Just before, times its own usual", nan, nan, nan, guard.peak_ratio, nan, nan, guard.peak_p)
    )
    rows.append(
        (
            "like_peaks", "As places at a like peak went on", float(guard.like), before, after,
            guard.expected, nan, nan, guard.p,
        )
    )  # fmt: skip
    fall = found.before
    rows.append(
        ("detectable", "Smallest fall that can be seen", nan, fall.expected, nan, fall.fall, nan, nan, nan)
    )
    return rows


def _places(found: Found, positions: NDArray[np.intp], before: int) -> Table:
    """Places with their records in so many months before the start, and in those after it."""
    ground, start = found.ground, found.months.start
    series = np.asarray(ground.around[positions] @ found.counts) if len(positions) else found.counts[:0]
    ids = ground.ids[positions]
    return {
        "code": ground.units.codes(ids),
        "name": ground.units.names(ids),
        "easting_m": ground.easting_m[positions],
        "northing_m": ground.northing_m[positions],
        "before": series[:, start - before : start].sum(axis=1),
        "after": series[:, start : start + found.windows[1]].sum(axis=1),
    }


def _balance(found: Found) -> Table:
    matched = found.matched
    differences = matched.differences if matched is not None else np.full(len(PATTERN), nan)
    return {
        "measure": list(PATTERN),
        "difference": np.asarray(differences, dtype=np.float64),
        "most": np.full(len(PATTERN), MOST_DIFFERENCE),
    }


def _periods(found: Found) -> Table:
    """The event study, block by block of months; empty without one."""
    study = found.study
    if study is None:
        none = np.empty(0)
        return {"from": [], "after": [], "ratio": none, "lower": none, "upper": none}
    blocks = len(study.ratio)
    earlier = found.months.start // BLOCK_MONTHS
    first = found.months.start - earlier * BLOCK_MONTHS
    edges = found.months.edges[first : first + blocks * BLOCK_MONTHS : BLOCK_MONTHS].tolist()
    return {
        "from": [(EPOCH + timedelta(days=day)).isoformat() for day in edges],
        "after": [at >= earlier for at in range(blocks)],
        "ratio": study.ratio,
        "lower": study.lower,
        "upper": study.upper,
    }
