"""By how much places like the target jump about more than independent records would: one child's episodes come in runs."""

from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.overdispersion import Overdispersion, overdispersion
from trigpoint.gate.kinds.evaluation_ground import Ground

__all__ = ["Spread", "spread_of"]

LIKEST = 20
"""Places it is learnt from, at most: those further from the target's past go other ways for reasons of their own."""
BLOCK_MONTHS = 3
"""Stretches in which the time before the start is looked at: the months compared are matched to each other there."""

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Spread:
    """The variance over Poisson's of changes at the likest places, `place`, and in the rings round them, `ring`, over the
    months compared; `before` at those places in the time before the start. None for too few places."""

    place: Overdispersion | None
    ring: Overdispersion | None
    before: Overdispersion | None

    @property
    def known(self) -> bool:
        """Whether there were places enough; where there were not, records are taken for independent, and it is said."""
        return self.place is not None

    @property
    def errors(self) -> tuple[float, float]:
        """For the errors at the place and round it."""
        return _factor(self.place), max(_factor(self.ring), _factor(self.place) if self.ring is None else 1.0)

    @property
    def freedom(self) -> float:
        """Degrees of freedom of those errors."""
        return min((float(one.freedom) for one in (self.place, self.ring) if one is not None), default=inf)

    @property
    def promised(self) -> float:
        """For what is said before: what could be known at the start."""
        return _factor(self.before)


def _factor(found: Overdispersion | None) -> float:
    return 1.0 if found is None else found.factor


def spread_of(
    ground: Ground,
    near: NDArray[np.intp],
    counts: tuple[Counts, Counts],
    start: int,
    windows: tuple[int, int],
) -> Spread:
    """From the likest places, `near` (positions, the likest first), where nothing is known to have been done.

    `counts` are those of each unit and month as known at the start and as known now.
    """
    like, (prior, now) = near[:LIKEST], counts
    blocks = start // BLOCK_MONTHS
    past = np.asarray(ground.around[like] @ prior[:, start - blocks * BLOCK_MONTHS : start])
    before = overdispersion(past.reshape(len(like), blocks, BLOCK_MONTHS).sum(axis=2))
    if 0 in windows:
        return Spread(None, None, before)
    place = _jumped(np.asarray(ground.around[like] @ now), start, windows)
    if not ground.buffer_m:
        return Spread(place, None, before)
    rings = [now[ground.ring(like[at : at + 1])].sum(axis=0) for at in range(len(like))]
    return Spread(place, _jumped(np.array(rings).reshape(len(like), now.shape[1]), start, windows), before)


def _jumped(series: Counts, start: int, windows: tuple[int, int]) -> Overdispersion | None:
    before, after = windows
    both = series[:, start - before : start], series[:, start : start + after]
    return overdispersion(np.column_stack([one.sum(axis=1) for one in both]))
