"""How well yesterday's hotspots told of today's records."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Captured", "captured", "cumulative_accuracy", "fullest", "recapture_rate"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Captured:
    """What some chosen units held of what came later.

    hits, records     records in the chosen units, and in all
    area_share        share of the area that was chosen
    hit_rate          hits / records; NaN with no record
    pai               hit rate / area share; NaN with no record or nothing chosen
    best_pai          the highest pai that any choice of so great an area could have had
    pei               pai / best_pai, 0 to 1
    """

    hits: int
    records: int
    area_share: float
    hit_rate: float
    pai: float
    best_pai: float
    pei: float


def captured(chosen: ArrayLike, observed: ArrayLike, area: ArrayLike | None = None) -> Captured:
    """The prediction accuracy index and its share of the possible (PEI*).

    PAI = (n/N)/(a/A) (Chainey, Tompson & Uhlig 2008, Security Journal 21:4–28). PEI* = PAI over the best PAI of the
    same area, chosen knowing what came (Hunt 2016), where the last unit taken counts in part. `chosen` bool[n],
    `observed` whole numbers [n], `area` above 0 [n], all alike where not given. PAI grows without limit as the
    area chosen shrinks: compare only choices of one size, and always beside the baselines. Raises ValueError for
    lengths that differ, counts below 0 or areas not above 0.
    """
    mask, counts, sizes = np.asarray(chosen, dtype=bool), *_checked(observed, area)
    if mask.shape != counts.shape:
        raise ValueError("each unit is either chosen or not")
    hits, records = float(counts[mask].sum()), float(counts.sum())
    share = float(sizes[mask].sum() / sizes.sum()) if sizes.size else 0.0
    told = records > 0.0
    hit_rate = hits / records if told else np.nan
    pai = hit_rate / share if share > 0.0 else np.nan
    best = _best_rate(counts, sizes, share) / share if told and share > 0.0 else np.nan
    return Captured(int(hits), int(records), share, hit_rate, pai, best, pai / best)


def cumulative_accuracy(predicted: ArrayLike, observed: ArrayLike) -> tuple[Floats, Floats, Floats]:
    """PAI, PEI* and predicted over observed, float64[n] each, at the k units of highest prediction, k = 1…n.

    Units of one size. Units predicted alike are taken in no order: each counts as their mean, so that nothing hangs
    on how units are numbered. NaN where nothing was observed so far. The third is how far the forecast's level is
    out; Levine's recapture rate is another (`recapture_rate`). Raises ValueError for lengths that differ, or counts
    below 0.
    """
    foretold, (counts, _) = np.asarray(predicted, dtype=np.float64), _checked(observed, None)
    if foretold.shape != counts.shape:
        raise ValueError("there must be one prediction for each unit")
    alike, place = np.unique(-foretold, return_inverse=True)
    mean = np.bincount(place, weights=counts, minlength=len(alike)) / np.bincount(place, minlength=len(alike))
    order = np.argsort(place, kind="stable")
    here, best = np.cumsum(mean[place[order]]), np.cumsum(np.sort(counts)[::-1])
    with np.errstate(divide="ignore", invalid="ignore"):
        pai = here / counts.sum() / (np.arange(1, len(counts) + 1) / max(len(counts), 1))
        level = np.where(here > 0.0, np.cumsum(foretold[order]) / here, np.nan)
        return pai, here / best, level


def recapture_rate(before: float, before_all: float, after: float, after_all: float) -> float:
    """Levine's recapture rate index: the share that the hotspots hold now over the share that they held then.

    1 where they keep their share, below 1 where the records moved away or the earlier peak was luck (Levine 2008,
    Security Journal 21:295–302). NaN where either share is not known or the earlier one was nothing.
    """
    if not (before > 0.0 and before_all > 0.0 and after_all > 0.0):
        return float("nan")
    return (after / after_all) / (before / before_all)


def fullest(counts: ArrayLike, number: int, rng: np.random.Generator) -> Flags:
    """The `number` units that hold most, bool[n]: the baseline of last year's count. Ties are drawn.

    With all counts alike it is a draw of any units: the random baseline. Raises ValueError for more than there are.
    """
    held = np.asarray(counts)
    if not 0 <= number <= held.size:
        raise ValueError("as many units cannot be chosen")
    chosen = np.zeros(held.size, dtype=bool)
    chosen[np.lexsort((rng.random(held.size), -held))[:number]] = True
    return chosen


def _best_rate(counts: Floats, sizes: Floats, share: float) -> float:
    """The largest share of the records that an area so great can hold, the last unit in part."""
    order = np.argsort(-counts / sizes, kind="stable")
    area = np.concatenate([[0.0], np.cumsum(sizes[order])]) / sizes.sum()
    held = np.concatenate([[0.0], np.cumsum(counts[order])]) / counts.sum()
    return float(np.interp(share, area, held))


def _checked(observed: ArrayLike, area: ArrayLike | None) -> tuple[Floats, Floats]:
    counts = np.asarray(observed, dtype=np.float64)
    sizes = np.ones(counts.shape) if area is None else np.asarray(area, dtype=np.float64)
    if counts.ndim != 1 or sizes.shape != counts.shape or (counts < 0.0).any() or not (sizes > 0.0).all():
        raise ValueError("each unit has a count of at least 0 and an area above 0")
    return counts, sizes
