"""Grid references of the British National Grid, such as `TQ 712 945`: two letters for a square of 100 km, then the
same number of digits east and north within it.

The lettering is Ordnance Survey's ("A beginner's guide to grid references"): squares of 500 km, each parted into
squares of 100 km, both lettered A to Z without I from the north-west corner, row by row; S lies with its south-west
corner at the false origin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

__all__ = ["LARGEST_M", "grid_references", "points_of_grid_references"]

LARGEST_M = 100_000
"""Side of a lettered square; no digits at all would mean the whole of it, which is no place."""
_MOST_DIGITS = 10
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_WRITTEN = re.compile(r"([A-HJ-Z])\s*([A-HJ-Z])[\s,]*(\d+)[\s,]*(\d*)", re.IGNORECASE)
_EAST_OF_ORIGIN, _NORTH_OF_ORIGIN = 7, 13
"""Squares of 100 km that the grid covers."""


def points_of_grid_references(
    words: Iterable[str],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Easting, northing and side in metres (EPSG:27700) of the squares that grid references name.

    `words` are n references of two letters and 2 to 10 digits, spaces and capitals as they please. All three answers
    are float64[n]: the centre of the square, and its side (100 for `TQ 712 945`, 1 for ten digits). NaN in all three
    where a word is no reference of the grid, or where east and north have different numbers of digits.

    Misleads where a reference was rounded rather than cut off: the true point then lies up to half a side outside.
    """
    squares = np.array([_square(word) for word in words], dtype=np.float64).reshape(-1, 3)
    return squares[:, 0] + squares[:, 2] / 2, squares[:, 1] + squares[:, 2] / 2, squares[:, 2]


def _square(word: str) -> tuple[float, float, float]:
    """West and south edge and side of one square."""
    nowhere = (np.nan, np.nan, np.nan)
    told = _WRITTEN.fullmatch(word.strip())
    if told is None:
        return nowhere
    column, row = _hundred_km(told[1].upper(), told[2].upper())
    if not (0 <= column < _EAST_OF_ORIGIN and 0 <= row < _NORTH_OF_ORIGIN):
        return nowhere
    east, north = told[3], told[4]
    if not north:
        east, north = told[3][: len(told[3]) // 2], told[3][len(told[3]) // 2 :]
    if len(east) != len(north) or not 2 <= len(east) + len(north) <= _MOST_DIGITS:
        return nowhere
    side = LARGEST_M / 10 ** len(east)
    return column * LARGEST_M + int(east) * side, row * LARGEST_M + int(north) * side, side


def _hundred_km(first: str, second: str) -> tuple[int, int]:
    """Column and row of a lettered square, counted in squares of 100 km from the false origin."""
    big, small = _LETTERS.index(first), _LETTERS.index(second)
    s_column, s_row = divmod(_LETTERS.index("S"), 5)[::-1]
    column = (big % 5 - s_column) * 5 + small % 5
    row = (s_row - big // 5) * 5 + 4 - small // 5
    return column, row


def grid_references(
    easting_m: NDArray[np.float64], northing_m: NDArray[np.float64], digits: int
) -> list[str]:
    """The grid references, of `digits` digits in all (even, 2 to 10), of the squares in which points lie.

    Both arguments are float64[n] metres (EPSG:27700); the answer has n words, written `TQ712945`, "" where a point is
    NaN or off the grid. Raises ValueError for an odd or impossible number of digits.
    """
    if digits % 2 or not 2 <= digits <= _MOST_DIGITS:
        raise ValueError("digits must be even, from 2 to 10")
    return [_written(x, y, digits // 2) for x, y in zip(easting_m.tolist(), northing_m.tolist(), strict=True)]


def _written(easting_m: float, northing_m: float, each: int) -> str:
    if not (0 <= easting_m < _EAST_OF_ORIGIN * LARGEST_M and 0 <= northing_m < _NORTH_OF_ORIGIN * LARGEST_M):
        return ""
    column, x = divmod(easting_m, LARGEST_M)
    row, y = divmod(northing_m, LARGEST_M)
    s_column, s_row = divmod(_LETTERS.index("S"), 5)[::-1]
    big = (s_row - int(row) // 5) * 5 + s_column + int(column) // 5
    small = (4 - int(row) % 5) * 5 + int(column) % 5
    side = LARGEST_M / 10**each
    return f"{_LETTERS[big]}{_LETTERS[small]}{int(x // side):0{each}d}{int(y // side):0{each}d}"
