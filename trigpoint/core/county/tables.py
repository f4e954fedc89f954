"""A table of the synthetic county: named columns of equal length, and how its cells are spelt.

Cells are what an agency would have typed: text, blank where nothing was given. Turning numbers and
instants into text happens here, so that one feed differs from the next by a line.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Strings = NDArray[np.str_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Minutes = NDArray[np.datetime64]

NEVER = np.datetime64("NaT", "m")


@dataclass(frozen=True, slots=True)
class Table:
    """Columns by name, in file order; every column is an array of text of the same length.

    Raises ValueError where the lengths differ.
    """

    columns: Mapping[str, Strings]

    def __post_init__(self) -> None:
        lengths = {len(column) for column in self.columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")

    @property
    def rows(self) -> int:
        """Number of data rows."""
        return next((len(column) for column in self.columns.values()), 0)

    def take(self, chosen: NDArray[Any]) -> "Table":
        """The chosen rows (indices or a mask), in the order asked for."""
        return Table({name: column[chosen] for name, column in self.columns.items()})


def table_of(columns: Mapping[str, NDArray[Any] | Sequence[str]]) -> Table:
    """A table from columns of anything that spells itself as text."""
    return Table({name: np.asarray(column).astype(np.str_) for name, column in columns.items()})


def whole(values: NDArray[Any]) -> Strings:
    """Whole numbers as text; NaN becomes a blank."""
    numbers = np.asarray(values, dtype=np.float64)
    known = np.isfinite(numbers)
    text = np.where(known, numbers, 0.0).round().astype(np.int64).astype(np.str_)
    return np.where(known, text, "")


def decimal(values: Floats, places: int) -> Strings:
    """Decimal numbers as text with a fixed number of places; NaN becomes a blank."""
    return np.array([f"{v:.{places}f}" if v == v else "" for v in values.tolist()], dtype=np.str_)


def iso_date(at: Minutes) -> Strings:
    """2026-03-04; a missing instant becomes a blank."""
    return _spelt(at, lambda t: t[:10])


def iso_minute(at: Minutes) -> Strings:
    """2026-03-04T21:15; a missing instant becomes a blank."""
    return _spelt(at, lambda t: t)


def sql_datetime(at: Minutes) -> Strings:
    """2026-03-04 21:15:00.000, as a database export writes it; a missing instant becomes a blank."""
    return _spelt(at, lambda t: f"{t[:10]} {t[11:]}:00.000")


def british_date(at: Minutes) -> Strings:
    """04/03/2026; a missing instant becomes a blank."""
    return _spelt(at, _day_first)


def british_minute(at: Minutes) -> Strings:
    """04/03/2026 21:15; a missing instant becomes a blank."""
    return _spelt(at, lambda t: f"{_day_first(t)} {t[11:]}")


def clock(at: Minutes) -> Strings:
    """21:15; a missing instant becomes a blank."""
    return _spelt(at, lambda t: t[11:])


def month_of(at: Minutes) -> NDArray[np.datetime64]:
    """The calendar month each instant lies in."""
    return at.astype("datetime64[M]")


def numbered(prefix: str, numbers: NDArray[Any], digits: int) -> Strings:
    """References such as ZZ-000123: the prefix and the number padded with zeros."""
    return np.array([f"{prefix}{n:0{digits}d}" for n in numbers.tolist()], dtype=np.str_)


def comma_joined(first: Strings, second: Strings) -> Strings:
    """`Station Road, Wexmere`; blank where the first is blank."""
    pairs = zip(first.tolist(), second.tolist(), strict=True)
    return np.array([f"{a}, {b}" if a else "" for a, b in pairs], dtype=np.str_)


def _day_first(text: str) -> str:
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}"


def existing(at: Minutes) -> Minutes:
    """The instants as a British clock can show them: in the hour that is skipped each March, two o'clock.

    Order is kept; no other instant changes.
    """
    hour = at.astype("datetime64[h]")
    day = at.astype("datetime64[D]")
    sunday = (day.astype(np.int64) + 3) % 7 == 6
    last_of_march = (at.astype("datetime64[M]").astype(np.int64) % 12 == 2) & (
        (day + 7).astype("datetime64[M]") != day.astype("datetime64[M]")
    )
    skipped = sunday & last_of_march & (hour == day.astype("datetime64[h]") + 1) & ~np.isnat(at)
    return np.where(skipped, (hour + 1).astype("datetime64[m]"), at)


def _spelt(at: Minutes, spell: Callable[[str], str]) -> Strings:
    text = np.datetime_as_string(existing(at.astype("datetime64[m]"))).tolist()
    return np.array([spell(t) if t != "NaT" else "" for t in text], dtype=np.str_)
