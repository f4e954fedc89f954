"""What silence, theme shifts and evaluation say of a world in which nobody fell silent and nothing shifted or worked."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from tests.factories.alarm_maps import Found
from tests.factories.null_worlds import AGENCIES, MONTHS, SECTORS, THEMES, Ground, NullWorld
from trigpoint.core.analysis.evaluation import Compared, Evaluation, before_after, evaluate
from trigpoint.core.analysis.matching import matched_controls, prior_pattern
from trigpoint.core.analysis.nearby_counts import circles
from trigpoint.core.analysis.regression_to_mean import Guard, like_peaks, regression_to_mean
from trigpoint.core.analysis.shifts import Panel, find_shifts
from trigpoint.core.analysis.silence import VERDICTS, find_silence, verdicts

__all__ = ["work_alarms"]

Ints = NDArray[np.int64]

START, WINDOWS, RUN_MONTHS = 18, (6, 6), 3
RADIUS_M, BUFFER_M = 150.0, 250.0
PLACES, LEAST_BEFORE = 5, 6
"""Evaluations a world, each of a street that had so many records, of every theme, in the months before."""
FALLS = ("fell", "spread", "displaced", "perhaps_moved")


def work_alarms(cells: NullWorld, streets: NullWorld, rng: np.random.Generator) -> Found:
    """All methods that judge a feed, a theme, or a piece of work."""
    panel = np.zeros((THEMES, len(AGENCIES), SECTORS, MONTHS), dtype=np.int64)
    np.add.at(panel, (cells.theme, cells.agency, cells.ground.sector[cells.unit], cells.month), 1)
    return {**_silence(panel.sum(axis=0)), **_shifts(panel), **_evaluation(streets, rng)}


def _silence(received: Ints) -> Found:
    due = np.ones(MONTHS, dtype=bool)
    told = np.concatenate([verdicts(find_silence(feed, due)) for feed in received])
    silent, perhaps = (VERDICTS.index(one) for one in ("silent", "probably silent"))
    return {
        "silence, silent": (int((told == silent).sum()), told.size),
        "silence, silent or probably silent": (int(np.isin(told, (silent, perhaps)).sum()), told.size),
    }


def _shifts(panel: Ints) -> Found:
    strata = len(AGENCIES) * SECTORS
    held = panel.reshape(THEMES, strata, MONTHS)
    together = np.zeros((THEMES, THEMES, strata, MONTHS), dtype=np.int64)
    together[np.arange(THEMES), np.arange(THEMES)] = held
    agency = np.repeat(np.arange(len(AGENCIES)), SECTORS)
    found = find_shifts(
        Panel(
            together=together,
            total=held.sum(axis=0),
            agency=agency,
            feed=agency,
            after=np.arange(MONTHS) >= MONTHS // 2,
            silent=np.zeros(strata, dtype=bool),
            declared=np.zeros((THEMES, strata), dtype=bool),
        )
    )
    said = [one.verdict for one in found]
    blamed = sum(one in ("real", "the code changed", "an agency is silent") for one in said)
    return {"shifts, real": (said.count("real"), THEMES), "shifts, anything said": (blamed, THEMES)}


def _evaluation(world: NullWorld, rng: np.random.Generator) -> Found:
    counts = world.by_month()
    near = circles(world.ground.easting_m, world.ground.northing_m, RADIUS_M)
    around = np.asarray(near @ counts)
    busy = np.flatnonzero(around[:, START - WINDOWS[0] : START].sum(axis=1) >= LEAST_BEFORE)
    chosen = rng.choice(busy, min(PLACES, busy.size), replace=False)
    found = [_judged(world.ground, int(target), counts, around) for target in chosen]
    compared = [one.displacement for one in found if one.displacement is not None]
    rings = [one.buffer for one in compared if one.buffer is not None]
    said = [one.verdict for one in found]
    return {
        "evaluation, difference at p ≤ 0.05, each": _passed([one.local.p for one in compared]),
        "evaluation, ring at p ≤ 0.05, each": _passed([one.p for one in rings]),
        "evaluation, a fall claimed, each": (sum(one in FALLS for one in said), len(said)),
        "evaluation, a rise claimed, each": (said.count("rose"), len(said)),
        "evaluation, a peak, each": (said.count("peak"), len(said)),
    }


def _passed(chances: Iterable[float]) -> tuple[int, int]:
    known = [one for one in chances if not np.isnan(one)]
    return sum(one <= 0.05 for one in known), len(known)


def _judged(ground: Ground, target: int, counts: Ints, around: Ints) -> Evaluation:
    """As the product puts it together: comparable places from the past alone, each street counted once."""
    away_m = np.hypot(
        ground.easting_m - ground.easting_m[target], ground.northing_m - ground.northing_m[target]
    )
    pool = np.flatnonzero((away_m > 2 * RADIUS_M + BUFFER_M) & (around[:, :START].sum(axis=1) > 0))
    pattern = prior_pattern(around[:, :START], WINDOWS[0], 0)
    kinds = np.zeros(ground.units, dtype=np.int64)
    matched = matched_controls(
        (pattern[[target]], kinds[[target]]),
        (pattern[pool], kinds[pool]),
        (ground.easting_m[pool], ground.northing_m[pool]),
        apart_m=2 * RADIUS_M,
    )
    controls = pool[matched.controls] if matched.balanced else pool[:0]
    guard = _guard(ground, target, pool, around)
    return evaluate(_compared(ground, away_m, controls, counts), guard, comparable=bool(controls.size))


def _compared(
    ground: Ground, away_m: NDArray[np.float64], controls: NDArray[np.intp], counts: Ints
) -> Compared:
    target, ring = away_m <= RADIUS_M, (away_m > RADIUS_M) & (away_m <= RADIUS_M + BUFFER_M)
    gaps_m = np.full((1, ground.units), np.inf)
    if controls.size:
        gaps_m = np.hypot(
            ground.easting_m - ground.easting_m[controls][:, None],
            ground.northing_m - ground.northing_m[controls][:, None],
        )
    nearest_m = gaps_m.min(axis=0)
    control = (nearest_m <= RADIUS_M) & ~target & ~ring
    beyond = (nearest_m <= RADIUS_M + BUFFER_M) & ~target & ~ring & ~control
    held, beside = (int(counts[units, :START].sum()) for units in (ring, beyond))

    def both(units: NDArray[np.bool_]) -> tuple[int, int]:
        return before_after(counts[units].sum(axis=0), START, WINDOWS)

    return Compared(
        target=both(target),
        control=both(control),
        buffer=both(ring),
        buffer_control=both(beyond),
        months=(float(WINDOWS[0]), float(WINDOWS[1])),
        places=float(controls.size),
        rings=beside / held if held and beside else max(float(controls.size), 1.0),
    )


def _guard(ground: Ground, target: int, pool: NDArray[np.intp], around: Ints) -> Guard:
    first = START - RUN_MONTHS
    run, earlier = around[:, first:START].sum(axis=1), around[:, :first].sum(axis=1)
    after = around[:, START : START + WINDOWS[1]].sum(axis=1)
    alike = pool[like_peaks(run[pool], earlier[pool], (int(run[target]), int(earlier[target])))]
    like = _apart(
        ground, alike[np.argsort(np.abs(np.sqrt(run[alike]) - np.sqrt(run[target])), kind="stable")]
    )
    times = (float(first), float(RUN_MONTHS), float(WINDOWS[1]))
    own = (int(earlier[target]), int(run[target]), int(after[target]))
    return regression_to_mean(own, times, run[like], after[like])


def _apart(ground: Ground, ordered: NDArray[np.intp]) -> NDArray[np.intp]:
    kept: list[int] = []
    for one in ordered.tolist():
        gaps_m = np.hypot(
            ground.easting_m[kept] - ground.easting_m[one], ground.northing_m[kept] - ground.northing_m[one]
        )
        if (gaps_m > 2 * RADIUS_M).all():
            kept.append(one)
    return np.array(kept, dtype=np.intp)
