"""How unevenly records lie over units: on how few of them most are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["ByChance", "by_chance", "generalised_gini", "gini", "lorenz", "share_holding"]

Floats = NDArray[np.float64]


def lorenz(counts: ArrayLike) -> tuple[Floats, Floats]:
    """The Lorenz curve: share of the units, and of the records that they hold, float64[n + 1] each (Lorenz 1905).

    `counts` are at least 0, [n], at least one more than 0. Both run from 0 to 1, the emptiest units first, so that
    the curve lies under the diagonal; read from the other end it says on how few units the fullest part lies.
    Raises ValueError for no record, or a count below 0.
    """
    ascending = np.sort(_checked(counts))
    held = np.concatenate([[0.0], np.cumsum(ascending) / ascending.sum()])
    return np.linspace(0.0, 1.0, len(held)), held


def gini(counts: ArrayLike) -> float:
    """Gini's index, 0 for all alike to 1 − 1/n for all on one: twice the area between Lorenz curve and diagonal.

    Misleads with fewer records than units: the units that must be empty count as inequality. See
    `generalised_gini`. Errors as for `lorenz`.
    """
    ascending = np.sort(_checked(counts))
    n = len(ascending)
    return float(((2 * np.arange(1, n + 1) - n - 1) * ascending).sum() / (n * ascending.sum()))


def generalised_gini(counts: ArrayLike) -> float:
    """Gini's index against the evenest that is possible: G' = max(n/c, 1)·(G − 1) + 1, n units, c records.

    0 where c records lie on c units, one each, however many units there are (Bernasco & Steenbeek 2017, J. Quant.
    Criminology 33:451–467). Equal to `gini` where there are as many records as units. Chance alone makes it more than 0: see
    `by_chance`. `counts` are whole numbers; errors as for `lorenz`.
    """
    held = _checked(counts)
    return max(len(held) / float(held.sum()), 1.0) * (gini(held) - 1.0) + 1.0


def share_holding(counts: ArrayLike, share: float) -> float:
    """The smallest share of the units that holds at least this share of the records (Weisburd 2015).

    The fullest units first. Raises ValueError for a share outside (0, 1], and as `lorenz` does.
    """
    if not 0.0 < share <= 1.0:
        raise ValueError("a share of the records lies above 0 and is at most 1")
    descending = np.sort(_checked(counts))[::-1]
    # whole counts add up exactly; the share of them is rounded once
    units = int(np.searchsorted(np.cumsum(descending), share * descending.sum() * (1.0 - 1e-12))) + 1
    return units / len(descending)


@dataclass(frozen=True, slots=True)
class ByChance:
    """The same figures where each record falls on any unit alike: the mean, and the limits that hold 95 % of draws.

    `gini` is the generalised one; `holding` has (mean, lower, upper) for each share asked.
    """

    gini: tuple[float, float, float]
    holding: tuple[tuple[float, float, float], ...]


def by_chance(
    units: int, records: int, shares: tuple[float, ...], *, draws: int, rng: np.random.Generator
) -> ByChance:
    """What pure chance gives: few records on many units look concentrated whatever they are.

    Each draw throws `records` records at `units` units, each as likely. Raises ValueError for fewer than one of
    units, records or draws.
    """
    if units < 1 or records < 1 or draws < 1:
        raise ValueError("there must be at least one unit, one record and one draw")
    figures = np.empty((draws, 1 + len(shares)))
    for draw in range(draws):
        counts = np.bincount(rng.integers(0, units, records), minlength=units)
        figures[draw] = [generalised_gini(counts), *(share_holding(counts, share) for share in shares)]
    lower, upper = np.quantile(figures, (0.025, 0.975), axis=0)
    told = list(zip(figures.mean(axis=0).tolist(), lower.tolist(), upper.tolist(), strict=True))
    return ByChance(told[0], tuple(told[1:]))


def _checked(counts: ArrayLike) -> Floats:
    held = np.asarray(counts, dtype=np.float64)
    if held.ndim != 1 or not np.isfinite(held).all() or (held < 0.0).any() or not held.sum() > 0.0:
        raise ValueError("counts are never below 0, and there must be at least one record")
    return held
