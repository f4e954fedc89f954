"""The closed set of cells that a release is made of, and how the cells of one set bound one another.

A cell is an area in a period: a ward or a named area in a quarter, a whole district in a quarter or a month. Nothing else
is ever counted for a release, and no total over several cells is told, so that whoever has every cell has everything.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from trigpoint.core.disclosure.rules import ReleaseRules

__all__ = [
    "AREA_KINDS",
    "AreaKind",
    "CellKey",
    "Counted",
    "Layer",
    "PeriodKind",
    "Relation",
    "Within",
    "interval_of",
    "quarter_of",
    "relations_of",
]

AreaKind = Literal["district", "ward", "named_area", "piece"]
PeriodKind = Literal["quarter", "month"]
Counts = Literal["people", "events"]
AREA_KINDS: tuple[AreaKind, ...] = ("district", "ward", "named_area", "piece")
"""A piece is where one ward and one named area overlap. It is never told, and is protected all the same."""


@dataclass(frozen=True, slots=True, order=True)
class Layer:
    """What is counted: records of these themes in these feeds. `counts` is "people" or "events"."""

    themes: tuple[str, ...]
    feeds: tuple[str, ...]
    counts: Counts

    def holds(self, other: "Layer") -> bool:
        """Whether whatever the other counts is counted here too."""
        return (
            self.counts == other.counts
            and set(other.themes) <= set(self.themes)
            and set(other.feeds) <= set(self.feeds)
        )


@dataclass(frozen=True, slots=True, order=True)
class CellKey:
    """One cell. `first_on` is the first day of its quarter or month."""

    layer: Layer
    first_on: date
    period_kind: PeriodKind
    area_kind: AreaKind
    area: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A cell with what was counted in it: people (at least, as the agency that knows most of them) or linked events.

    `offered` is whether this release means to tell it. `before` are the least and the most that earlier releases let one
    hold it for, both included: what a told number is rounded from, 0 to 9 where it was withheld as small, anything where
    it was withheld for another reason; None where none offered it. `told_before` is the number they told, None where none
    did. `was_small` is whether it was small in one of them.
    """

    key: CellKey
    count: int
    offered: bool = True
    before: tuple[float, float] | None = None
    told_before: int | None = None
    was_small: bool = False

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a count is never negative")

    def stands(self, rules: ReleaseRules) -> bool:
        """Whether the number told before is told again: while what is known now lies within one less than
        `withhold_below` of it. That it is told no more then gives away a change of so many at least, and never of few."""
        if self.told_before is None or self.before is None:
            return False
        unseen = rules.withhold_below - 1
        return self.before[0] - unseen <= self.count <= self.before[1] + unseen


Law = Literal["union", "sum", "inside"]


@dataclass(frozen=True, slots=True)
class Relation:
    """How cells, by their places in a list, bound one another.

    union   the whole is covered by its parts: the largest part ≤ whole ≤ the sum of the parts (people)
    sum     the whole is the sum of its parts (events, which lie in one part each)
    inside  each part ≤ whole
    """

    law: Law
    whole: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Which district each ward lies in, and for each piece ("ward/named area") the two that it is a piece of."""

    district_of_ward: Mapping[str, str]
    of_piece: Mapping[str, tuple[str, str]]


def interval_of(told: int, rules: ReleaseRules) -> tuple[int, int]:
    """The least and the most that is rounded to `told`, both included. Raises ValueError for what is never told."""
    step = rules.round_to
    least = max((2 * told - step + 1) // 2, rules.withhold_below)
    most = (2 * told + step + 1) // 2 - 1
    if told % step or most < least:
        raise ValueError(f"a release never tells {told}")
    return least, most


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def relations_of(keys: Sequence[CellKey], within: Within) -> tuple[Relation, ...]:
    """Every bound that holds among the cells, whichever of them are told.

    A district's quarter is covered by its wards where each of them is there, and by its three months; a ward and a named
    area each by their pieces; a layer that holds another's records bounds it from above. The cells count what lies in a
    known ward only, so that these hold exactly.
    """
    place = {key: number for number, key in enumerate(keys)}
    if len(place) != len(keys):
        raise ValueError("a cell is there twice")
    groups = _grouped(keys, within)
    covers = [
        Relation("sum" if whole.layer.counts == "events" else "union", place[whole], tuple(sorted(parts)))
        for (whole, _), parts in ((one, [place[part] for part in of]) for one, of in groups.items())
        if whole in place and parts
    ]
    return (*sorted(covers, key=lambda one: (one.whole, one.parts)), *_layers_within(keys, place))


def _grouped(keys: Iterable[CellKey], within: Within) -> dict[tuple[CellKey, str], list[CellKey]]:
    """The cells that cover each whole together, by the whole and by what they are: wards, months, pieces."""
    found: dict[tuple[CellKey, str], list[CellKey]] = defaultdict(list)
    for key in keys:
        if key.area_kind == "ward":
            district = within.district_of_ward[key.area]
            found[CellKey(key.layer, key.first_on, key.period_kind, "district", district), "wards"].append(
                key
            )
        if key.area_kind == "piece":
            ward, named = within.of_piece[key.area]
            found[CellKey(key.layer, key.first_on, key.period_kind, "ward", ward), "pieces"].append(key)
            found[CellKey(key.layer, key.first_on, key.period_kind, "named_area", named), "pieces"].append(
                key
            )
        if key.period_kind == "month":
            quarter = quarter_of(key.first_on)
            found[CellKey(key.layer, quarter, "quarter", key.area_kind, key.area), "months"].append(key)
    return found


def _layers_within(keys: Sequence[CellKey], place: Mapping[CellKey, int]) -> tuple[Relation, ...]:
    """Of each cell, the cells of the same area and period whose layer holds it. Equal layers are the same cell."""
    beside: dict[tuple[object, ...], list[CellKey]] = defaultdict(list)
    for key in keys:
        beside[key.first_on, key.period_kind, key.area_kind, key.area].append(key)
    return tuple(
        Relation("inside", place[whole], (place[part],))
        for group in beside.values()
        for whole in sorted(group)
        for part in sorted(group)
        if whole != part and whole.layer.holds(part.layer)
    )
