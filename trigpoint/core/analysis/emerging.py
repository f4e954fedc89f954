"""Emerging hotspots: which places are hot now, and have they always been, or only lately?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.cube import WINDOWS, CubeTest, judge_cube
from trigpoint.core.analysis.cube_laws import CubeBackground
from trigpoint.core.analysis.mann_kendall import mann_kendall, overlap_inflation
from trigpoint.core.geography.neighbours import Neighbours

__all__ = [
    "CATEGORIES",
    "ESRI_VERSIONS",
    "HOT_CATEGORIES",
    "LEAST_STEPS",
    "WINDOWS",
    "EmergingResult",
    "categories",
    "find_emerging",
]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]

LEAST_STEPS = 10
"""With fewer steps, "nine in ten of them" and a trend mean nothing."""
ESRI_VERSIONS = ("3", "2")

HOT_PATTERNS = (
    "new",
    "consecutive",
    "intensifying",
    "persistent",
    "diminishing",
    "sporadic",
    "oscillating",
    "historical",
)
CATEGORIES = (
    "no pattern",
    *(f"{one} hot spot" for one in HOT_PATTERNS),
    *(f"{one} cold spot" for one in HOT_PATTERNS),
)
"""Seventeen: none, eight hot, and the same eight cold. A place's category is an index into these."""

HOT_CATEGORIES = tuple(range(1, len(HOT_PATTERNS) + 1))
"""The eight that may be drawn. Cold ones are data only: a cold place may be a silent one."""

_COLD = len(HOT_PATTERNS)


@dataclass(frozen=True, slots=True, eq=False)
class EmergingResult:
    """The history of n places over m steps.

    cube       CubeTest    every bin's counts, z, p, and whether it is hot or cold, [n, m]
    category   int8[n]     an index into CATEGORIES
    trend_z    float64[n]  Mann–Kendall of the place's z, its variance widened for the steps windows share
    trend_p    float64[n]  two-sided
    first_hot  int32[n]    the first step in which the place was ever hot; -1 never
    since      int32[n]    the first step of the hot run that reaches the last step; -1 if the last is not hot
    `esri_version`, `window`, `rate` and `back` are what was asked; `corrected` whether the rate is a false discovery
    rate over every bin (version 3) or a chance for each bin alone (version 2).
    """

    cube: CubeTest
    category: NDArray[np.int8]
    trend_z: Floats
    trend_p: Floats
    first_hot: NDArray[np.int32]
    since: NDArray[np.int32]
    esri_version: str
    window: str
    rate: float
    back: int
    corrected: bool


def find_emerging(
    counts: ArrayLike,
    neighbours: Neighbours,
    *,
    esri_version: str = "3",
    window: str = "cube",
    rate: float = 0.05,
    trend_rate: float = 0.05,
    back: int = 1,
    background: CubeBackground | None = None,
) -> EmergingResult:
    """Test every place in every step, and name the pattern of each place's history.

    `counts` are whole numbers [n places, m steps], zeros included, the oldest step first. A bin's window is the place
    and its neighbours, in the step and the `back` before it; `window` says what that is compared with: the whole
    "cube", the bins of the same steps ("neighbourhood"), or those of the one "step" alone (its window is then of one
    step too). Evenly, unless a `background` is given. Hot is the upper tail at `rate`, cold the lower; a trend is
    Mann–Kendall at `trend_rate`.

    Method, rules, sources and when it misleads: docs/methods/emerging.md. A cold place may be a silent one. Raises
    ValueError for fewer than LEAST_STEPS steps, for words that are not known, and as `exact_p`.
    """
    held = np.asarray(counts)
    if held.ndim != 2 or held.shape[1] < LEAST_STEPS:
        raise ValueError(f"an emerging pattern needs at least {LEAST_STEPS} steps")
    if esri_version not in ESRI_VERSIONS:
        raise ValueError(f"the version of the rules is one of {', '.join(ESRI_VERSIONS)}")
    corrected = esri_version == "3"
    shared = 0 if window == "step" else back
    cube = judge_cube(
        held, neighbours, window=window, back=shared, rate=rate, corrected=corrected, background=background
    )
    steps = np.count_nonzero(~np.isnan(cube.z), axis=1)
    trend = mann_kendall(cube.z, inflation=overlap_inflation(steps, shared))
    direction = np.where(trend.p <= trend_rate, np.sign(trend.s), 0).astype(np.int8)
    return EmergingResult(
        cube=cube,
        category=categories(cube.hot, cube.cold, direction, esri_version=esri_version),
        trend_z=trend.z,
        trend_p=trend.p,
        first_hot=np.where(cube.hot.any(axis=1), cube.hot.argmax(axis=1), -1).astype(np.int32),
        since=_since(cube.hot),
        esri_version=esri_version,
        window=window,
        rate=rate,
        back=shared,
        corrected=corrected,
    )


def categories(
    hot: Bools, cold: Bools, trend: NDArray[np.integer], *, esri_version: str = "3"
) -> NDArray[np.int8]:
    """The category of each place, int8[n], from hot and cold bins [n, m] and the trend's sign [n] (0 for none).

    The rules overlap and Esri has not published which goes first. Here: hot before cold, and on either side the
    families of nine tenths (historical if the last step is not hot, else intensifying or diminishing by the trend,
    else persistent); then, hot at the last step, oscillating (ever cold before), new (never hot before), consecutive
    (one run of two or more, never hot before it), sporadic. Version "2" also calls sporadic what was hot at times,
    never cold, and is not hot now.
    """
    # cold first, so that hot overwrites it: no hot place is told as a cold one
    told = np.zeros(len(hot), dtype=np.int8)
    for one, other, direction, offset in ((cold, hot, -trend, _COLD), (hot, cold, trend, 0)):
        pattern = _patterns(one, other, direction, esri_version)
        told = np.where(pattern > 0, pattern + offset, told).astype(np.int8)
    return told


def _patterns(one: Bools, other: Bools, stronger: NDArray[np.integer], esri_version: str) -> NDArray[np.int8]:
    """1..8 in the order of HOT_PATTERNS, 0 for none, for one side; `stronger` is 1 where it intensifies."""
    steps = one.shape[1]
    times, now = one.sum(axis=1), one[:, -1]
    mostly = 10 * times >= 9 * steps
    run = steps - _run_start(one)
    chosen = np.select(
        [
            mostly & ~now,
            mostly & (stronger > 0),
            mostly & (stronger < 0),
            mostly,
            now & other.any(axis=1),
            now & (times == 1),
            now & (times == run),
            now,
            (times > 0) & ~other.any(axis=1) & (esri_version == "2"),
        ],
        [_place(name) for name in _ORDER],
        default=0,
    )
    return np.asarray(chosen, dtype=np.int8)


_ORDER = (
    "historical",
    "intensifying",
    "diminishing",
    "persistent",
    "oscillating",
    "new",
    "consecutive",
    "sporadic",
    "sporadic",
)


def _place(pattern: str) -> int:
    return HOT_PATTERNS.index(pattern) + 1


def _run_start(one: Bools) -> NDArray[np.int64]:
    """The first step of the unbroken run that ends at the last step, int64[n]; the number of steps if there is none."""
    broken = ~one[:, ::-1]
    length = np.where(broken.any(axis=1), broken.argmax(axis=1), one.shape[1])
    return np.asarray(one.shape[1] - length, dtype=np.int64)


def _since(hot: Bools) -> NDArray[np.int32]:
    start = _run_start(hot)
    return np.where(start < hot.shape[1], start, -1).astype(np.int32)
