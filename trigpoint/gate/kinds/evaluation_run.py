"""Working an evaluation out: which places are compared, what each held before and after, and what that says."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.detectable import Detectable
from trigpoint.core.analysis.evaluation import Compared, Evaluation, at_start, before_after, evaluate
from trigpoint.core.analysis.event_study import EventStudy, event_study
from trigpoint.core.analysis.matching import Matched, matched_controls, prior_pattern
from trigpoint.core.analysis.rate_ratio import RateRatio, randomisation_p, rate_ratio
from trigpoint.core.analysis.regression_to_mean import Guard, like_peaks, regression_to_mean
from trigpoint.gate.asked import Asked, known_instant
from trigpoint.gate.kinds.evaluation_counted import Counted, all_time, counted, start_of
from trigpoint.gate.kinds.evaluation_ground import Ground, Months
from trigpoint.gate.kinds.evaluation_spread import Spread, spread_of
from trigpoint.gate.tested import tested_records

__all__ = ["FEWEST_PRIOR", "RUN_MONTHS", "Found", "judged", "work_out"]

FEWEST_PRIOR = 12
"""Months before the start without which no place can be called comparable."""

MOST_CONTROLS = 5
RUN_MONTHS = 3
BLOCK_MONTHS = 3

Counts = NDArray[np.int64]
Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """All that was worked out. What has no comparable places, or no month after the start, is None.

    `controls` and `like` are positions on the ground; `counts` int64[units, months] as known now and `prior` as known
    at the start; `frozen` says whether anything had been received by then. `windows` are the months before and after,
    `spread` how much more than chance alone the likest places jump, `records` what was counted and what was left out.
    """

    ground: Ground
    months: Months
    windows: tuple[int, int]
    counts: Counts
    frozen: bool
    matched: Matched | None
    controls: Positions
    balanced: bool
    like: Positions
    guard: Guard
    evaluation: Evaluation | None
    ratio: RateRatio | None
    placebo_p: float
    study: EventStudy | None
    before: Detectable
    spread: Spread
    records: Counted


def work_out(
    asked: Asked,
    ground: Ground,
    locked: tuple[str, ...] | None,
    planned: frozenset[str] | None,
    rng: np.random.Generator,
    progress: Callable[[int, int], None],
) -> Found:
    """The evaluation of the question, whose start is given. `locked` are the codes of controls fixed by a plan, and
    `planned` those of the feeds it was made from. Raises NothingLeft where no feed sent throughout."""
    fixed = _fixed(ground, locked)
    records = counted(asked, ground, fixed if fixed is not None else ground.treated[:0], planned)
    asked, ground, tested, months = records.asked, records.ground, records.tested, records.months
    counts = ground.counts(tested, months)
    prior, frozen = _prior(asked, start_of(asked), ground, months, counts)
    return judged(records, (prior, counts), frozen, fixed, asked.question.replicates, rng, progress)


def judged(
    records: Counted,
    known: tuple[Counts, Counts],
    frozen: bool,
    fixed: Positions | None,
    draws: int,
    rng: np.random.Generator,
    progress: Callable[[int, int], None],
) -> Found:
    """What the counts say: `known` are those of each unit and month as known at the start, and as known now.

    `frozen` is whether anything was known then, `fixed` are the comparable places of a plan, `draws` how often a placebo
    is tried."""
    (prior, counts), ground, months, windows = known, records.ground, records.months, records.windows
    matched = _match(ground, months, prior, windows[0])
    controls = fixed if fixed is not None else matched.controls if matched is not None else ground.treated[:0]
    guard, like = _guard(ground, months, prior, counts, windows)
    balanced = bool(len(controls)) and (fixed is not None or (matched is not None and matched.balanced))
    near = matched.near if matched is not None else controls[:0]
    spread = spread_of(ground, near, known, months.start, windows)
    compared = replace(
        _compared(ground, months, prior, counts, controls if balanced else controls[:0], windows),
        spread=spread.errors,
        spread_before=spread.promised,
        freedom=spread.freedom,
    )
    before = at_start(compared.target[0], compared.control[0], compared.places, compared.spread_before)
    found = Found(
        ground, months, windows, counts, frozen, matched, controls, balanced, like, guard,
        None, None, float("nan"), None, before, spread, records,
    )  # fmt: skip
    if windows[1] == 0 or windows[0] == 0:
        return found
    found = replace(found, evaluation=evaluate(compared, guard, comparable=bool(compared.places)))
    if not compared.places:
        return found
    ratio, study = _beside(ground, months, counts, controls, windows)
    placebo = _placebo(ground, months, counts, near, windows, draws, rng, progress)
    return replace(found, ratio=ratio, study=study, placebo_p=placebo)


def _prior(asked: Asked, start: date, ground: Ground, months: Months, counts: Counts) -> tuple[Counts, bool]:
    """The months before the start as they were known at it, and whether they were known at all.

    Where less than half had been received by then (a home that was made later), they are taken as known now.
    """
    known = known_instant(start)
    chosen = asked.selection.known_at
    at: datetime = min(known, chosen) if chosen else known
    then = replace(asked, selection=replace(asked.selection, known_at=at))
    tested = tested_records(then, ground.units, "day", selection=all_time(then))
    prior = ground.counts(tested, months)[:, : months.start]
    now = counts[:, : months.start]
    frozen = bool(2 * prior.sum() >= now.sum())
    return (prior if frozen else now), frozen


def _fixed(ground: Ground, locked: tuple[str, ...] | None) -> Positions | None:
    """The comparable places of the plan, those that are still known; None without one."""
    if locked is None:
        return None
    places = {code: at for at, code in enumerate(ground.units.codes(ground.ids))}
    return np.array([places[code] for code in locked if code in places], dtype=np.intp)


def _match(ground: Ground, months: Months, prior: Counts, run: int) -> Matched | None:
    """Matched places as positions on the ground; None where less than a year is known before the start.

    Places of the same kind are looked for first; where none of them stood alike, those of any kind.
    """
    if months.start < FEWEST_PRIOR or not 0 < run < months.start:
        return None
    around = np.asarray(ground.around @ prior)
    pattern = prior_pattern(around, run, months.first_of_year)
    own = prior_pattern(ground.series(prior), run, months.first_of_year)
    pool = ground.pool()
    pool = pool[around[pool].sum(axis=1) > 0]
    at = (ground.easting_m[pool], ground.northing_m[pool])
    apart_m = max(2 * ground.radius_m, 1.0)

    def match(kind: NDArray[np.int64]) -> Matched:
        treated = own, ground.kinds(kind)
        found = matched_controls(
            treated, (pattern[pool], kind[pool]), at, apart_m=apart_m, most=MOST_CONTROLS
        )
        return replace(found, controls=pool[found.controls], near=pool[found.near])

    alike = match(ground.kind)
    return alike if alike.balanced else match(np.zeros_like(ground.kind))


def _guard(
    ground: Ground, months: Months, prior: Counts, counts: Counts, windows: tuple[int, int]
) -> tuple[Guard, Positions]:
    """Was the start at a peak, and how did places go on that were at a like one? These too are chosen by the past."""
    start, none = months.start, np.empty(0, dtype=np.intp)
    if start < 2:
        return regression_to_mean((0, 0, 0), (0.0, 1.0, 1.0), none, none), none
    run = min(RUN_MONTHS, start - 1)
    target = counts[ground.circle(ground.treated)].sum(axis=0)
    own = (int(target[: start - run].sum()), int(target[start - run : start].sum()))
    after = windows[1]
    around = np.asarray(ground.around @ prior)
    peak, earlier = around[:, start - run :].sum(axis=1), around[:, : start - run].sum(axis=1)
    treated = ground.places
    pool = ground.pool()
    chosen = pool[like_peaks(peak[pool], earlier[pool], (own[1] // treated, own[0] // treated))]
    distance = np.abs(np.sqrt(peak[chosen]) - np.sqrt(own[1] / treated))
    like = ground.thinned(chosen[np.argsort(distance, kind="stable")])
    circles = ground.around[like]
    since = np.asarray(circles @ counts[:, start : start + after]).sum(axis=1)
    runs = np.asarray(circles @ counts[:, start - run : start]).sum(axis=1)
    times = (float(start - run), float(run), float(max(after, 1)))
    return regression_to_mean((*own, int(target[start : start + after].sum())), times, runs, since), like


def _compared(
    ground: Ground,
    months: Months,
    prior: Counts,
    counts: Counts,
    controls: Positions,
    windows: tuple[int, int],
) -> Compared:
    target, ring, control, control_ring = ground.sides(controls)

    def both(units: NDArray[np.bool_]) -> tuple[int, int]:
        return before_after(counts[units].sum(axis=0), months.start, windows)

    rings, past = bool(ground.buffer_m), prior.sum(axis=1)
    held, beside = int(past[ring].sum()), int(past[control_ring].sum())
    return Compared(
        target=both(target),
        control=both(control),
        buffer=both(ring) if rings else None,
        buffer_control=both(control_ring) if rings else None,
        months=(float(max(windows[0], 1)), float(max(windows[1], 1))),
        places=len(controls) / ground.places,
        rings=beside / held if held and beside else max(len(controls) / ground.places, 1.0),
    )


def _beside(
    ground: Ground, months: Months, counts: Counts, controls: Positions, windows: tuple[int, int]
) -> tuple[RateRatio, EventStudy | None]:
    """The ratio over treated places and controls, and the event study over blocks of months."""
    series, treated = _side_by_side(ground, counts, controls)
    start, (before, after) = months.start, windows
    ratio = rate_ratio(
        series[:, start - before : start].sum(axis=1), series[:, start : start + after].sum(axis=1), treated
    )
    blocks, earlier = _blocks(series, start)
    if earlier == 0:
        return ratio, None
    return ratio, event_study(blocks[treated].sum(axis=0), blocks[~treated].sum(axis=0), earlier)


def _side_by_side(ground: Ground, counts: Counts, others: Positions) -> tuple[Counts, NDArray[np.bool_]]:
    """The records of the treated places and of the circles round others, month by month, and which are treated."""
    series = np.concatenate([ground.series(counts), np.asarray(ground.around[others] @ counts)])
    return series, np.arange(len(series)) < ground.places


def _blocks(series: Counts, start: int) -> tuple[Counts, int]:
    """Records by blocks of months counted from the start either way; months that fill no block are left out."""
    before, after = start // BLOCK_MONTHS, (series.shape[1] - start) // BLOCK_MONTHS
    kept = series[:, start - before * BLOCK_MONTHS : start + after * BLOCK_MONTHS]
    return kept.reshape(len(series), before + after, BLOCK_MONTHS).sum(axis=2), before


def _placebo(
    ground: Ground,
    months: Months,
    counts: Counts,
    near: Positions,
    windows: tuple[int, int],
    draws: int,
    rng: np.random.Generator,
    progress: Callable[[int, int], None],
) -> float:
    """How often as large a change shows where nothing was done, or before anything was: NaN with no such place."""
    width = min(windows)
    if not len(near):
        return float("nan")
    series, treated = _side_by_side(ground, counts, near)
    earlier = tuple(range(months.start - width, width - 1, -width))
    p = randomisation_p(
        series,
        treated,
        months=width,
        start=months.start,
        starts=earlier,
        draws=draws,
        rng=rng,
        progress=progress,
    )
    return p if isfinite(p) else float("nan")
