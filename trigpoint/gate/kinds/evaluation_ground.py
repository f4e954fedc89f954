"""The ground of an evaluation: which units are the target, its ring and its comparable places, and which months are when."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, eye_array
from scipy.sparse.csgraph import connected_components

from trigpoint.core.analysis.nearby_counts import circles, month_counts
from trigpoint.gate.asked import EPOCH, Asked
from trigpoint.gate.denial import QuestionError
from trigpoint.gate.tested import TestedRecords
from trigpoint.gate.units import Units, units_of
from trigpoint.gate.within import Place

__all__ = ["MOST_PRIOR", "Ground", "Months", "ground_of", "months_about", "moved", "treated_places"]

Ids = NDArray[np.integer]
Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

MOST_PRIOR = 24
"""Months before the start that comparable places are chosen by, at most."""

MOST_LIKE = 40
"""Places looked at, at most, for how places like the target went on: at a like peak, or of a like level."""


@dataclass(frozen=True, slots=True, eq=False)
class Months:
    """Whole months either way of the start, by its day of the month: `edges` are days since 1970-01-01, int64[n + 1].

    Months `start` and later are after it.
    """

    edges: NDArray[np.int64]
    start: int
    first_of_year: int

    def of(self, day: NDArray[np.integer]) -> NDArray[np.int64]:
        """Which month each day lies in, -1 or n outside them."""
        return np.searchsorted(self.edges, day, side="right") - 1

    @property
    def after(self) -> int:
        return len(self.edges) - 1 - self.start


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Every unit of the level that the viewer may know of, and which of them are treated (positions in `ids`).

    `place_of` numbers the treated places: treated units whose circles touch are one place, such as the streets of one
    hotspot, so that no record is counted for two of them. `kind` numbers the kind of place each unit is; `around[i]` are
    the units within the radius of unit i, itself among them; nothing is compared with those `passed_over`, where a feed
    was silent.
    """

    units: Units
    ids: Ids
    easting_m: Floats
    northing_m: Floats
    kind: NDArray[np.int64]
    around: csr_array
    treated: NDArray[np.intp]
    place_of: NDArray[np.int64]
    radius_m: float
    buffer_m: float
    passed_over: NDArray[np.bool_]

    def away_m(self, positions: NDArray[np.intp]) -> Floats:
        """Metres from each unit to the nearest of those at the positions, float64[n]; infinite where there are none."""
        nearest = np.full(len(self.ids), np.inf)
        for one in positions.tolist():
            gap_m = np.hypot(self.easting_m - self.easting_m[one], self.northing_m - self.northing_m[one])
            nearest = np.minimum(nearest, gap_m)
        return nearest

    @property
    def places(self) -> int:
        """How many treated places there are."""
        return int(self.place_of.max()) + 1

    def series(self, counts: Counts) -> Counts:
        """The records of each treated place in each month, int64[places, months], from those of each unit."""
        units = [self.circle(self.treated[self.place_of == place]) for place in range(self.places)]
        return np.array([counts[one].sum(axis=0) for one in units], dtype=np.int64)

    def kinds(self, kind: NDArray[np.int64]) -> NDArray[np.int64]:
        """The commonest kind among the units of each treated place, of `kind` int64[n]; the lowest of equals."""
        own = kind[self.treated]
        return np.array([np.bincount(own[self.place_of == place]).argmax() for place in range(self.places)])

    @property
    def apart_m(self) -> float:
        """How far a comparable place must lie from a treated one, so that neither its circle nor its ring is touched."""
        return 2 * self.radius_m + self.buffer_m

    def pool(self) -> NDArray[np.intp]:
        """Positions of the units far enough from every treated one to be compared with it, and not passed over."""
        silent = np.asarray(self.around @ self.passed_over.astype(np.int64)) > 0
        return np.flatnonzero((self.away_m(self.treated) >= max(self.apart_m, 1.0)) & ~silent)

    def circle(self, positions: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Units within the radius of any of those at the positions, bool[n]."""
        return np.asarray(self.around[positions].sum(axis=0)).ravel() > 0

    def ring(self, positions: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Units beyond the radius and within the buffer of any of them, bool[n]."""
        if self.buffer_m == 0:
            return np.zeros(len(self.ids), dtype=bool)
        return (self.away_m(positions) <= self.radius_m + self.buffer_m) & ~self.circle(positions)

    def sides(self, controls: NDArray[np.intp]) -> tuple[NDArray[np.bool_], ...]:
        """Units of the target, of its ring, of the controls and of their rings, bool[n] each: a unit counts once, for the
        first of them."""
        target, ring = self.circle(self.treated), self.ring(self.treated)
        control = self.circle(controls) & ~target & ~ring & ~self.passed_over
        return target, ring, control, self.ring(controls) & ~target & ~ring & ~control & ~self.passed_over

    def thinned(self, ordered: NDArray[np.intp]) -> NDArray[np.intp]:
        """The first of the positions given whose circles overlap none before them, MOST_LIKE at most."""
        kept: list[int] = []
        for one in ordered.tolist():
            gaps_m = np.hypot(
                self.easting_m[kept] - self.easting_m[one], self.northing_m[kept] - self.northing_m[one]
            )
            if (gaps_m > 2 * self.radius_m).all():
                kept.append(one)
            if len(kept) == MOST_LIKE:
                break
        return np.array(kept, dtype=np.intp)

    def counts(self, tested: TestedRecords, months: Months) -> Counts:
        """The records of each unit in each month, int64[n, months]."""
        place = np.full(self.units.size + 1, -1, dtype=np.int64)
        place[self.ids] = np.arange(len(self.ids))
        month = months.of(tested.columns["day"])
        return month_counts(place[tested.unit], month, len(self.ids), len(months.edges) - 1).counts


def treated_places(asked: Asked) -> tuple[Place, ...]:
    """The places where the work was: `around` and `within`. Raises QuestionError for none, or for another level's."""
    places = (*((asked.around,) if asked.around else ()), *asked.within)
    if not places:
        raise QuestionError("Say where the work was: name a street, a hexagon or a ward with 'around'.")
    column = units_of(asked).column
    for one in places:
        if one.column != column or one.kind == "route":
            raise QuestionError(
                f"{one.code} is no {asked.question.level_word.replace('cell', 'hexagon')}: ask at its own level."
            )
    return tuple({one.code: one for one in places}.values())


def ground_of(asked: Asked, radius_m: float, buffer_m: float) -> Ground:
    """The ground of the question. Raises QuestionError for a place that is not known here.

    Wards are compared whole: they have neither radius nor ring.
    """
    units = units_of(asked)
    ids = _ids(asked, units)
    easting_m, northing_m = units.points(ids)
    place = np.full(units.size + 1, -1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    wanted = [(one, int(place[one.id]) if one.id >= 0 else -1) for one in treated_places(asked)]
    for one, at in wanted:
        if at < 0:
            raise QuestionError(f"Nothing is known of {one.code} here: choose another place.")
    whole = units.level == "ward"
    around = (
        eye_array(len(ids), dtype=np.int64, format="csr")
        if whole
        else circles(easting_m, northing_m, radius_m)
    )
    treated = np.array(sorted({at for _, at in wanted}), dtype=np.intp)
    return Ground(
        units=units,
        ids=ids,
        easting_m=easting_m,
        northing_m=northing_m,
        kind=_kinds(units, ids, easting_m, northing_m),
        around=csr_array(around),
        treated=treated,
        place_of=_touching(easting_m[treated], northing_m[treated], 0.0 if whole else 2 * radius_m),
        radius_m=0.0 if whole else radius_m,
        buffer_m=0.0 if whole else buffer_m,
        passed_over=np.zeros(len(ids), dtype=bool),
    )


def _touching(easting_m: Floats, northing_m: Floats, reach_m: float) -> NDArray[np.int64]:
    """Numbers from nought of the groups that points make which lie within `reach_m` of one another, one by one."""
    gap_m = np.hypot(easting_m[:, None] - easting_m, northing_m[:, None] - northing_m)
    _, group = connected_components(csr_array(gap_m <= reach_m), directed=False)
    return np.asarray(group, dtype=np.int64)


def _ids(asked: Asked, units: Units) -> Ids:
    """Every unit that does not depend on hidden records: streets that may be seen, the county's cells, every ward."""
    if units.level == "street":
        return units.in_order(np.flatnonzero(asked.streets_seen()))
    if units.resolution is not None:
        return np.arange(asked.version.cells(units.resolution).in_county)
    return np.arange(units.size)


def _kinds(units: Units, ids: Ids, easting_m: Floats, northing_m: Floats) -> NDArray[np.int64]:
    """In a town or not, and of streets the class of road: only like is compared with like."""
    towns = units.version.localities
    inside = np.zeros(len(ids), dtype=bool)
    for x, y, radius_m in zip(towns.easting_m, towns.northing_m, towns.radius_m, strict=True):
        inside |= np.hypot(easting_m - x, northing_m - y) <= radius_m
    if units.level != "street":
        return inside.astype(np.int64)
    classes = np.array([units.version.streets.road_class[number] for number in ids.tolist()] + [""])[:-1]
    _, road = np.unique(classes, return_inverse=True)
    return np.asarray(2 * road + inside, dtype=np.int64)


def months_about(start: date, before: int, after: int) -> Months:
    """So many months before the start and after it, by its day of the month."""
    days = [(moved(start, step) - EPOCH).days for step in range(-before, after + 1)]
    return Months(np.array(days, dtype=np.int64), before, (start.month - 1 - before) % 12)


def moved(day: date, months: int) -> date:
    """The day so many months later (earlier, if negative); the last of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
