"""When, where only a span is known: each record spread evenly over the time in which it may have happened."""

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

__all__ = ["NO_TIME", "WEEK_MIN", "aoristic_share", "aoristic_week"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WEEK_MIN = 7 * 24 * 60
NO_TIME = np.iinfo(np.int64).min
"""Stands for a beginning or an end that is not known."""


def aoristic_week(starts_min: ArrayLike, ends_min: ArrayLike, bin_min: int = 60) -> Floats:
    """Records by part of the week, float64[7·24·60 / bin_min]; bin 0 begins on Monday at 00:00.

    `starts_min` and `ends_min`, int64[n], are minutes of the local clock from any Monday at 00:00, NO_TIME where not
    known. A record weighs 1 in all, spread over [start, end) by the minute; one whose end is not known, or is its
    start, falls whole into the bin of its start; one longer than a week is even over all bins; one without a start
    is left out (Ratcliffe & McCullagh 1998, Int. J. GIS 12:751–764; Ratcliffe 2002, J. Quant. Criminology 18:23–43).

    Misleads where spans are long: what is spread evenly shows evenings, because people are out by day and find out
    when they come home. The local clock has an hour twice in October and one missing in March; both pass unmended.
    Raises ValueError for lengths that differ, an end before its start, or bins that do not divide an hour or are not
    whole hours of a day.
    """
    starts, ends = _checked(starts_min, ends_min)
    if bin_min < 1 or (24 * 60) % bin_min:
        raise ValueError("the parts of a week are as long as each other and part no day")
    return np.asarray(_spread(starts, ends, bin_min, np.zeros(WEEK_MIN // bin_min)))


def aoristic_share(starts_min: ArrayLike, ends_min: ArrayLike, wanted: NDArray[np.bool_]) -> Floats:
    """How much of each record falls in the wanted quarter hours of the week, float64[n] in 0..1; NaN without a start.

    `wanted` bool[672], quarter hours from Monday 00:00. Spread as for `aoristic_week`, so that the sum over records
    is that week's sum over the wanted bins. Raises ValueError as it does, or where `wanted` is of another length.
    """
    starts, ends = _checked(starts_min, ends_min)
    if wanted.shape != (WEEK_MIN // 15,):
        raise ValueError("a week has 672 quarter hours")
    return np.asarray(_shares(starts, ends, wanted.astype(np.float64), np.full(starts.size, np.nan)))


def _checked(starts_min: ArrayLike, ends_min: ArrayLike) -> tuple[Ints, Ints]:
    starts, ends = (np.ascontiguousarray(one, dtype=np.int64) for one in (starts_min, ends_min))
    if starts.ndim != 1 or starts.shape != ends.shape:
        raise ValueError("each record has a start and an end")
    known = (starts != NO_TIME) & (ends != NO_TIME)
    if (ends[known] < starts[known]).any():
        raise ValueError("a record ends before it starts")
    return starts, np.where(ends == NO_TIME, starts, ends)


@njit(cache=True, nogil=True)
def _spread(starts: Ints, ends: Ints, bin_min: int, week: Floats) -> Floats:
    for i in range(starts.size):
        if starts[i] != NO_TIME:
            _one(starts[i], ends[i], bin_min, week)
    return week


@njit(cache=True, nogil=True)
def _shares(starts: Ints, ends: Ints, wanted: Floats, shares: Floats) -> Floats:
    mean = wanted.mean()
    for i in range(starts.size):
        if starts[i] == NO_TIME:
            continue
        if ends[i] - starts[i] > WEEK_MIN:
            shares[i] = mean
        elif ends[i] == starts[i]:
            shares[i] = wanted[starts[i] // 15 % wanted.size]
        else:
            shares[i] = _wanted_minutes(starts[i], ends[i], wanted) / (ends[i] - starts[i])
    return shares


@njit(cache=True, nogil=True)
def _wanted_minutes(start: int, end: int, wanted: Floats) -> float:
    minutes, at = 0.0, start
    while at < end:
        until = min(end, (at // 15 + 1) * 15)
        minutes += wanted[at // 15 % wanted.size] * (until - at)
        at = until
    return minutes


@njit(cache=True, nogil=True)
def _one(start: int, end: int, bin_min: int, week: Floats) -> None:
    if end - start > WEEK_MIN:
        week += 1.0 / week.size
        return
    at = start
    while at < end:
        # to the end of the bin, or of the record
        until = min(end, (at // bin_min + 1) * bin_min)
        week[at // bin_min % week.size] += (until - at) / (end - start)
        at = until
    if start == end:
        week[start // bin_min % week.size] += 1.0
