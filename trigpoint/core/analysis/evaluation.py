"""Did it work? All that an evaluation says of one piece of work, from counts before and after, and its verdict.

The verdict is decided here and nowhere else, in this order: a fall that peaks have anyway, where there was
one; nothing to compare with; a fall that turned up round the corner; a fall beyond what similar places had, which may
have moved or may not; a rise; what could not have been seen; and otherwise, that it cannot be told from chance.
"""

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from trigpoint.core.analysis.detectable import Detectable, detectable
from trigpoint.core.analysis.displacement_quotient import Quotient, displacement_quotient
from trigpoint.core.analysis.e_test import MOST_EXPECTED, e_test
from trigpoint.core.analysis.regression_to_mean import Guard
from trigpoint.core.analysis.weighted_displacement import Displacement, weighted_displacement

__all__ = ["Compared", "Evaluation", "Verdict", "at_start", "before_after", "evaluate"]

Verdict = Literal[
    "fell",
    "spread",
    "displaced",
    "perhaps_moved",
    "peak",
    "rose",
    "cannot_tell",
    "not_detectable",
    "no_controls",
]

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """Records before and after of the target, of its controls together, and of the rings round both.

    `places` are the controls of one target, and `rings` how many times as much the rings round them held in the past as
    the target's own: rings are not matched, so that they are weighted instead. The rings are None where there are none.
    `months` are how many each count was taken over, before and after. `spread` is how many times Poisson's the variance is
    at such places and in the rings round such, `spread_before` the same of places as it could be known at the
    start; `freedom` are the degrees that `spread` was learnt with.
    """

    target: Pair
    control: Pair
    buffer: Pair | None
    buffer_control: Pair | None
    months: tuple[float, float]
    places: float
    rings: float = 1.0
    spread: tuple[float, float] = (1.0, 1.0)
    spread_before: float = 1.0
    freedom: float = inf


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`displacement` is in records of the target in as long a time as after; None without controls, and so `quotient`
    (None too without a ring). `e_p` compares the target before and after with nothing else: what a page must not
    stop at. `moved` is the share of the fall that turned up in the ring, NaN where nothing fell or nothing turned up.
    """

    displacement: Displacement | None
    quotient: Quotient | None
    e_p: float
    detectable: Detectable
    guard: Guard
    moved: float
    verdict: Verdict


def at_start(target: int, control: int, places: float, spread: float = 1.0) -> Detectable:
    """What could be found out, from the records before of the target and of all its controls, `places` for one target.

    Without any, comparable places are reckoned as so many that their own chance does not count.
    """
    of, share = (control, places) if places else (0, 1.0)
    return detectable(target, of, places=share, spread=spread)


def before_after(counts: NDArray[np.integer], start: int, months: Pair) -> Pair:
    """Records in the months before the start and in those after it: `counts` int[months in all], `start` the first
    month after. Raises ValueError where there are not so many."""
    before, after = months
    if start - before < 0 or start + after > len(counts):
        raise ValueError("there are not so many months before or after")
    return int(counts[start - before : start].sum()), int(counts[start : start + after].sum())


def evaluate(compared: Compared, guard: Guard, *, comparable: bool) -> Evaluation:
    """All of it. `comparable` is False where the controls are not balanced: then nothing is compared with them."""
    (before, after), months = compared.target, compared.months
    small = sum(compared.target) <= MOST_EXPECTED
    e_p = e_test(after, before, (months[1], months[0])) if small else float("nan")
    seen = at_start(before, compared.control[0], compared.places, compared.spread_before)
    peaked = guard.explains and _fell(compared)
    if not comparable or compared.places == 0:
        alone: Verdict = "peak" if peaked else "no_controls"
        return Evaluation(None, None, e_p, seen, guard, float("nan"), alone)
    difference = weighted_displacement(
        compared.target,
        compared.control,
        compared.buffer,
        compared.buffer_control,
        areas=(1.0, compared.places, 1.0, compared.rings),
        times=(months[0] / months[1], 1.0),
        spread=compared.spread,
        freedom=compared.freedom,
    )
    quotient = (
        displacement_quotient(compared.target, compared.buffer, compared.control) if compared.buffer else None
    )
    moved = _moved(difference)
    return Evaluation(
        difference, quotient, e_p, seen, guard, moved, _verdict(difference, seen, peaked=peaked)
    )


def _moved(difference: Displacement) -> float:
    near = difference.buffer
    if near is None or near.value <= 0 or difference.local.value >= 0:
        return float("nan")
    return near.value / -difference.local.value


def _fell(compared: Compared) -> bool:
    """Whether the target held less after than before, each as long: a run may end and the place still have more."""
    (before, after), (earlier, later) = compared.target, compared.months
    return after * earlier < before * later


def _verdict(difference: Displacement, seen: Detectable, *, peaked: bool) -> Verdict:
    if peaked:
        return "peak"
    local, near = difference.local, difference.buffer
    if local.upper < 0:
        if near is not None and near.lower > 0:
            return "displaced"
        if near is not None and near.upper < 0:
            return "spread"
        return "perhaps_moved" if near is not None and near.upper >= -local.value else "fell"
    if local.lower > 0:
        return "rose"
    return "cannot_tell" if seen.possible else "not_detectable"
