"""What stands around a place, against comparable places: more hotels than elsewhere, or about the same?"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trigpoint.core.analysis.discovery import discovery_q

__all__ = [
    "LEAST_COMPARED",
    "MOST_COMPARED",
    "Compared",
    "Comparison",
    "Surroundings",
    "comparable_places",
    "compare_surroundings",
]

LEAST_COMPARED = 19
"""With fewer comparable places no rank could be rarer than one in twenty."""

MOST_COMPARED = 199
"""Comparable places taken, where there are so many."""

FARTHEST = 1.0
"""A place that differs by more than this, in standard deviations over all that is compared, is not comparable."""

SAMENESS = 0.25
"""A standardised difference of means above this is said: the comparable places differ in that respect."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """The places compared with one place, nearest in kind first.

    places     int64[m]    their positions
    apart      float64[m]  root mean square of the standardised differences of the covariates
    balance    float64[c]  the place's covariate less the mean of theirs, in standard deviations over all places of its
                           kind; NaN for a covariate that was not used
    candidates int         how many places they were chosen from
    """

    places: NDArray[np.int64]
    apart: Floats
    balance: Floats
    candidates: int

    @property
    def unlike(self) -> NDArray[np.bool_]:
        """In which covariates they differ from the place on average, bool[c]."""
        return np.asarray(np.abs(self.balance) > SAMENESS)


def comparable_places(
    place: int,
    kind: ArrayLike,
    covariates: ArrayLike,
    easting_m: ArrayLike,
    northing_m: ArrayLike,
    eligible: ArrayLike,
    *,
    away_m: float,
    most: int = MOST_COMPARED,
    farthest: float = FARTHEST,
) -> Comparison:
    """Places like one of n: of its kind, nearest in the covariates, far enough from it and from one another.

    `kind` is any whole number, [n]: only places of the same kind are compared. `covariates` is float[n, c], each
    divided by its standard deviation over the eligible places of the kind; one that is all alike there, or not known
    (NaN) of the place itself, is not used, and a place is left out where one that is used is not known of it.
    `eligible` bool[n]. A chosen place lies at least 2 × `away_m` from the place and `away_m` from every other chosen
    one, so that none counts the same surroundings twice over; chosen greedily, the most alike first (of equals, by
    easting and northing), and none at more than `farthest`. Matching within a caliper: Cochran & Rubin (1973),
    Sankhya A 35:417–446; the standardised difference: Austin (2009), Statistics in Medicine 28:3083–3107.

    It makes alike only what it is given. Raises ValueError for lengths that differ.
    """
    kinds, values = np.asarray(kind), np.asarray(covariates, dtype=np.float64)
    east, north = np.asarray(easting_m, dtype=np.float64), np.asarray(northing_m, dtype=np.float64)
    allowed = np.asarray(eligible, dtype=bool)
    if values.ndim != 2 or {one.shape for one in (kinds, east, north, allowed)} != {(values.shape[0],)}:
        raise ValueError("every place needs a kind, covariates, a point and whether it is eligible")
    distance_m = np.hypot(east - east[place], north - north[place])
    pool = np.flatnonzero(allowed & (kinds == kinds[place]) & (distance_m >= 2 * away_m))
    pool = pool[pool != place]
    used, scale = _scales(values[pool], values[place])
    pool = pool[np.isfinite(values[pool][:, used]).all(axis=1)]
    steps = (values[pool][:, used] - values[place][used]) / scale[used]
    apart = np.sqrt((steps**2).mean(axis=1)) if used.any() else np.zeros(pool.size)
    order = np.lexsort((north[pool], east[pool], apart))
    order = order[apart[order] <= farthest]
    chosen = _spaced(east[pool[order]], north[pool[order]], away_m, most)
    taken = order[chosen]
    balance = np.full(values.shape[1], np.nan)
    if taken.size:
        balance[used] = -steps[taken].mean(axis=0)
    return Comparison(pool[taken], apart[taken], balance, int(pool.size))


def _scales(values: Floats, own: Floats) -> tuple[NDArray[np.bool_], Floats]:
    """Which covariates are used, and the standard deviation of each."""
    scale = np.zeros(own.size)
    for column in range(own.size):
        known = values[np.isfinite(values[:, column]), column]
        if known.size and known.min() < known.max():
            scale[column] = known.std()
    return (scale > 0) & np.isfinite(own), scale


def _spaced(easting_m: Floats, northing_m: Floats, away_m: float, most: int) -> list[int]:
    """The first, then each that is far enough from all taken before it, until there are enough."""
    taken: list[int] = []
    for one in range(easting_m.size):
        if len(taken) == most:
            break
        apart_m = np.hypot(easting_m[taken] - easting_m[one], northing_m[taken] - northing_m[one])
        if (apart_m >= away_m).all():
            taken.append(one)
    return taken


class Compared(IntEnum):
    """What the comparison says of one class."""

    CANNOT_TELL = 0
    SAME = 1
    MORE = 2
    FEWER = 3


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """For each of c classes:

    observed  int64[c]    around the place
    mean, low, high       float64[c], around the comparable places: the mean, and the tenth and ninetieth percentiles;
                          NaN where there are none
    p_more, p_fewer       float64[c], the share of the m + 1 places (this one among them) around which stand at least,
                          at most, as many; NaN where the class was not compared
    q_more, q_fewer       float64[c], Benjamini–Hochberg over the classes compared
    verdict   int8[c]     a `Compared`
    """

    observed: NDArray[np.int64]
    mean: Floats
    low: Floats
    high: Floats
    p_more: Floats
    p_fewer: Floats
    q_more: Floats
    q_fewer: Floats
    verdict: NDArray[np.int8]

    def words(self, one: int, many: str) -> str:
        """The verdict on a class in words; `many` is what several of it are called: "hotels"."""
        return {
            Compared.MORE: f"More {many} than around comparable places",
            Compared.FEWER: f"Fewer {many} than around comparable places",
            Compared.SAME: f"About as many {many} as around comparable places",
            Compared.CANNOT_TELL: f"Too few comparable places to say whether there are more {many} here",
        }[Compared(int(self.verdict[one]))]


def compare_surroundings(observed: ArrayLike, elsewhere: ArrayLike, *, rate: float = 0.05) -> Surroundings:
    """Whether more, or fewer, of each class stand around a place than around m comparable ones.

    `observed` is int[c], `elsewhere` int[m, c]. p is the rank of the place among all m + 1, ties against it: exact if,
    but for chance, any of them could have been the one asked about (Davison & Hinkley 1997, Bootstrap Methods,
    section 4.2), and so never below 1/(m + 1). A class is compared where it stands around any of them. The verdict is
    MORE where q_more ≤ `rate`, FEWER where q_fewer ≤ `rate`; CANNOT_TELL where m < `LEAST_COMPARED`, or where the
    place outdoes, or falls below, every other and that many places cannot show it; else SAME, which includes
    differences too small to be seen. Raises ValueError for shapes that do not fit.

    It misleads where the comparable places differ in what was not matched: see `Comparison.balance`.
    """
    here, there = np.asarray(observed, dtype=np.int64), np.asarray(elsewhere, dtype=np.int64)
    if here.ndim != 1 or there.ndim != 2 or there.shape[1] != here.size:
        raise ValueError("every place needs a count for every class")
    compared = ((here > 0) | (there > 0).any(axis=0)) & (len(there) > 0)
    p_more = np.where(compared, (1 + (there >= here).sum(axis=0)) / (1 + len(there)), np.nan)
    p_fewer = np.where(compared, (1 + (there <= here).sum(axis=0)) / (1 + len(there)), np.nan)
    q_more, q_fewer = discovery_q(p_more), discovery_q(p_fewer)
    extreme = np.minimum(p_more, p_fewer) * (1 + len(there)) <= 1
    few = np.full(here.size, len(there) < LEAST_COMPARED)
    verdict = np.select(
        [few, q_more <= rate, q_fewer <= rate, extreme],
        [Compared.CANNOT_TELL, Compared.MORE, Compared.FEWER, Compared.CANNOT_TELL],
        Compared.SAME,
    )
    if len(there):
        mean = there.mean(axis=0)
        low, high = np.quantile(there, (0.1, 0.9), axis=0)
    else:
        mean = low = high = np.full(here.size, np.nan)
    return Surroundings(here, mean, low, high, p_more, p_fewer, q_more, q_fewer, verdict.astype(np.int8))
