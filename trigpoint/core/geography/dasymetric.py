"""People of areas shared out over smaller units, by where in the area homes are likely to be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["SharedOut", "Support", "share_out"]

Ids = NDArray[np.integer]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Support:
    """Where people may live: m pieces, each with the `area` and the `unit` it lies in (-1 for none) and its `weight`.

    Raises ValueError where lengths differ or a weight is negative or not finite.
    """

    area: Ids
    unit: Ids
    weight: Floats

    def __post_init__(self) -> None:
        if not self.area.shape == self.unit.shape == self.weight.shape:
            raise ValueError("every piece needs an area, a unit and a weight")
        if not np.all(np.isfinite(self.weight)) or np.any(self.weight < 0):
            raise ValueError("a weight is finite and never negative")


@dataclass(frozen=True, slots=True, eq=False)
class SharedOut:
    """`people` float64[units], none of it rounded; `areas_by` how many areas were shared out by each support in turn.

    `elsewhere` are the people of pieces that lie in no unit, and of areas that no support reaches: they are in no unit.
    """

    people: Floats
    areas_by: tuple[int, ...]
    elsewhere: float


def share_out(people: Floats, supports: Sequence[Support], units: int) -> SharedOut:
    """Share each area's people over its pieces by their weight (dasymetric: Wright 1936, Geographical Review 26: 103–110).

    `people` is float64[a] by area, NaN where none are known. An area takes the first of `supports` in which it has any
    weight. What goes in comes out: people of all units and `elsewhere` make the people known.

    Misleads inside an area: two streets of one length get as many children, a tower block and a row of villas alike.
    """
    left = np.isfinite(people) & (people > 0)
    given = np.zeros(units + 1)
    used = []
    for support in supports:
        inside = support.area >= 0
        area, unit, weight = support.area[inside], support.unit[inside], support.weight[inside]
        totals = np.bincount(area, weights=weight, minlength=people.size)
        reached = left & (totals > 0)
        share = np.divide(people, totals, out=np.zeros(people.size), where=reached)
        given += np.bincount(unit + 1, weights=weight * share[area], minlength=units + 1)
        used.append(int(np.count_nonzero(reached)))
        left = left & ~reached
    return SharedOut(given[1:], tuple(used), float(given[0] + people[left].sum()))
