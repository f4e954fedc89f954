"""Where one colour ends and the next begins, from the unfiltered counts of a level and period.

Filters do not move them, so a filter never recolours what did not change.
"""

from collections.abc import Sequence
from math import floor, log10

import numpy as np
from numpy.typing import ArrayLike

CLASSES = 6
SHARES = (0.35, 0.60, 0.80, 0.92, 0.98)


def breaks(counts: ArrayLike) -> list[int]:
    """Six lower bounds, rising, the first 1. `counts` is int[n] records a unit; zeros are passed over."""
    held = np.asarray(counts)
    held = held[held > 0]
    bounds = [1]
    wanted: Sequence[float] = np.quantile(held, SHARES).tolist() if held.size else [1.0] * len(SHARES)
    for value in wanted:
        bounds.append(max(_plain(value), bounds[-1] + 1))
    return bounds


def rate_breaks(rates: ArrayLike) -> list[float]:
    """Six lower bounds of rates, rising, the first 0. `rates` is float[n] a unit; NaN, not known, and 0 are passed over."""
    held = np.asarray(rates, dtype=np.float64)
    held = held[np.isfinite(held) & (held > 0)]
    wanted: Sequence[float] = np.quantile(held, SHARES).tolist() if held.size else [1.0] * len(SHARES)
    bounds = [0.0]
    for value in wanted:
        step = _step(value)
        rounded = round(round(value / step) * step, 6)
        while rounded <= bounds[-1]:
            rounded = round(rounded + step, 6)
        bounds.append(rounded)
    return bounds


def _step(value: float) -> float:
    """Half of the value's first figure: 0.5 for 7, 5 for 70."""
    return float(10.0 ** floor(log10(value)) / 2)


def _plain(value: float) -> int:
    """A number people remember: to one figure below a hundred (or its half), to two above."""
    if value <= 10:
        return max(round(value), 1)
    step = int(10 ** floor(log10(value))) // (2 if value < 100 else 10)
    return round(value / step) * step
