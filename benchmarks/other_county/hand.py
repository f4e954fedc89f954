"""How the other county's truths are put into it: over several streets, on some weekdays, with some hours left out."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from trigpoint.core.county.tables import Bools, Ints, Minutes
from trigpoint.core.county.truths.planting import (
    Planting,
    Spot,
    add,
    moments,
    month_end,
    month_start,
    with_reports,
)

_WITHOUT_HOUR = 0.12
FRI_SAT, WED_TO_SAT, THU_TO_SAT = (4, 5), (2, 3, 4, 5), (3, 4, 5)


def on(days: np.ndarray, weekdays: Sequence[int]) -> np.ndarray:
    """The days that fall on the weekdays, Monday 0."""
    return days[np.isin((days.astype(np.int64) + 3) % 7, weekdays)]


def months(planting: Planting, first: int, last: int, weekdays: Sequence[int] = range(7)) -> np.ndarray:
    """The days of some months of the history (numbered from 1, both inclusive) that fall on the weekdays."""
    days = np.arange(month_start(planting, first), month_end(planting, last) + 1)
    return on(days, weekdays)


def uneven(
    planting: Planting, first: int, counts: Sequence[int], rng: np.random.Generator,
    hours: tuple[float, float], weekdays: Sequence[int] = range(7),
) -> Minutes:  # fmt: skip
    """So many instants in each month from the first on, on the weekdays and within the hours."""
    parts = [
        moments(months(planting, number, number, weekdays), count, rng, hours)
        for number, count in enumerate(counts, start=first)
    ]
    return np.concatenate([np.zeros(0, dtype="datetime64[m]"), *parts])


def streets_round(planting: Planting, spot: Spot, reach_m: float, most: int) -> Ints:
    """The spot's segment and the nearest others whose middles lie in reach, at most so many."""
    segments = planting.scene.segments
    gap_m = np.hypot(segments.easting_m - spot.easting_m, segments.northing_m - spot.northing_m)
    near = np.argsort(gap_m, kind="stable")[:most]
    chosen: Ints = near[gap_m[near] <= reach_m]
    return chosen


def strewn(
    planting: Planting, stream: str, at: Minutes, among: Ints, rng: np.random.Generator,
    *, hours_lost: float = _WITHOUT_HOUR, **told: object,
) -> Planting:  # fmt: skip
    """The county with a stream's happenings on streets drawn among some, a share of the notes without an hour."""
    where = among[rng.integers(0, len(among), len(at))]
    county = add(planting, stream, at, where, rng, **told)  # type: ignore[arg-type]
    fresh = county.history.reports[stream].event >= len(planting.history.events.at)
    return _hourless(county, stream, fresh, hours_lost, rng)


def _hourless(
    planting: Planting, stream: str, chosen: Bools, share: float, rng: np.random.Generator
) -> Planting:
    notes = planting.history.reports[stream]
    lost = chosen & (rng.random(len(chosen)) < share)
    told = replace(notes, day_only=notes.day_only | lost)
    return with_reports(planting, {**planting.history.reports, stream: told})
