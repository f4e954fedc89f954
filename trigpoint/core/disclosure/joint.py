"""A release beside those before it: what they tell together.

Somebody who keeps every release knows all of their cells. The same cell is told the same each time or not at all; where
cells of two releases overlap (a ward and its pieces, a quarter and its months, a layer within another), the attacker is
given them together. Records that came between two releases make them tell of different counts: cells that no counts agree
with any more are then compared one by one only, which is the limit of this proof (docs/methods/releases.md).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trigpoint.core.disclosure.attack import NotPossible, together
from trigpoint.core.disclosure.cells import (
    CellKey,
    Counted,
    Layer,
    Relation,
    Within,
    interval_of,
    relations_of,
)
from trigpoint.core.disclosure.protect import SECONDARY, CannotProtect, Protected, price, still_narrowed
from trigpoint.core.disclosure.rules import ReleaseRules

__all__ = ["Finding", "ToldCell", "beside", "joined_within", "joint_findings", "kept_apart"]


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell as a release told it: `told` None where withheld or never offered; `small` where its count was small."""

    key: CellKey
    told: int | None
    small: bool
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """What several releases give away together. `kind` is "differs" (a cell told as two numbers) or "narrowed"."""

    kind: str
    key: CellKey


def beside(
    new: Sequence[Counted], earlier: Iterable[Sequence[ToldCell]], rules: ReleaseRules
) -> tuple[Counted, ...]:
    """The new cells with what was told of them before, and beside them the other cells of earlier releases.

    Of those the count is not known here: a told one stands by what it told, a small one by nobody.
    """
    before: dict[CellKey, tuple[int, int]] = {}
    others: dict[CellKey, ToldCell] = {}
    touched = {(one.key.layer, _quarter(one.key)) for one in new}
    own = {one.key for one in new}
    for cells in earlier:
        for one in cells:
            if one.told is not None:
                before[one.key] = interval_of(one.told, rules)
            if one.key not in own and _touches(one.key, touched):
                kept = others.get(one.key)
                others[one.key] = kept if kept and kept.told is not None and one.told is None else one
    joined = [Counted(one.key, one.count, one.offered, before.get(one.key)) for one in new]
    return (*joined, *(_stand_in(one, before.get(one.key), rules) for _, one in sorted(others.items())))


def joined_within(known: Iterable[Within]) -> Within:
    """The ground of several releases as one."""
    districts: dict[str, str] = {}
    pieces: dict[str, tuple[str, str]] = {}
    for one in known:
        districts |= one.district_of_ward
        pieces |= one.of_piece
    return Within(districts, pieces)


def kept_apart(
    cells: Sequence[Counted],
    found: Protected,
    relations: Sequence[Relation],
    earlier: Sequence[Sequence[ToldCell]],
    within: Within,
    rules: ReleaseRules,
) -> Protected:
    """The cells `protect` would tell, less those that tell too much beside what earlier releases told of other counts.

    `cells` are those of the new release with the others beside them (`beside`), as `found` is. Where records went or
    came, an earlier number holds no more, and `protect` passes it over; somebody who kept it does not. Raises
    CannotProtect where nothing that could be withheld helps.
    """
    told, why = list(found.told), list(found.withheld)
    place = {one.key: number for number, one in enumerate(cells)}
    while findings := joint_findings([*earlier, _told_now(cells, told, rules)], within, rules):
        danger = place.get(findings[0].key)
        open_cells = [
            one for one, number in enumerate(told) if number is not None and cells[one].before is None
        ]
        if danger is None or not open_cells:
            raise CannotProtect("what earlier releases told of other counts gives a small count away")
        gone = min(open_cells, key=lambda one: price(one, danger, cells, relations))
        told[gone], why[gone] = None, SECONDARY
    return Protected(tuple(told), tuple(why))


def _told_now(
    cells: Sequence[Counted], told: Sequence[int | None], rules: ReleaseRules
) -> tuple[ToldCell, ...]:
    return tuple(
        ToldCell(one.key, number, number is None and one.count < rules.withhold_below, one.offered)
        for one, number in zip(cells, told, strict=True)
    )


def joint_findings(
    releases: Sequence[Sequence[ToldCell]], within: Within, rules: ReleaseRules
) -> tuple[Finding, ...]:
    """What somebody who has all of these releases could work out. Empty if nothing: then the last may leave."""
    told: dict[CellKey, set[int]] = {}
    small: dict[CellKey, bool] = {}
    offered: dict[CellKey, bool] = {}
    for cells in releases:
        for one in cells:
            if one.told is not None:
                told.setdefault(one.key, set()).add(one.told)
            small[one.key] = small.get(one.key, False) or one.small
            offered[one.key] = offered.get(one.key, False) or one.offered
    newest = {one.key: one.told for one in releases[-1]} if releases else {}
    differs = [
        Finding("differs", key) for key, ways in sorted(told.items()) if len(ways) > 1 and _tells(newest, key)
    ]
    keys = sorted(small)
    counted = [_standing(key, told.get(key, set()), small[key], offered[key], rules) for key in keys]
    return (*differs, *_narrowed(counted, relations_of(keys, within), rules))


def _narrowed(
    cells: Sequence[Counted], relations: Sequence[Relation], rules: ReleaseRules
) -> Iterable[Finding]:
    for group in together(len(cells), relations):
        inside = {cell: place for place, cell in enumerate(group)}
        own = [
            Relation(one.law, inside[one.whole], tuple(inside[part] for part in one.parts))
            for one in relations
            if one.whole in inside
        ]
        chosen = [cells[one] for one in group]
        try:
            found = still_narrowed(chosen, [None] * len(chosen), own, rules)
        except NotPossible:
            continue
        yield from (Finding("narrowed", chosen[one.cell].key) for one in found)


def _standing(key: CellKey, told: set[int], small: bool, offered: bool, rules: ReleaseRules) -> Counted:
    ways = [interval_of(one, rules) for one in told]
    if ways:
        low, high = min(low for low, _ in ways), max(high for _, high in ways)
        return Counted(key, low, offered, (low, high))
    return Counted(key, 0 if small else rules.withhold_below, offered)


def _stand_in(one: ToldCell, before: tuple[int, int] | None, rules: ReleaseRules) -> Counted:
    if before is not None:
        return Counted(one.key, before[0], False, before)
    return Counted(one.key, 0 if one.small else rules.withhold_below, False)


def _touches(key: CellKey, touched: set[tuple[Layer, tuple[int, int]]]) -> bool:
    return any(
        quarter == _quarter(key) and (layer == key.layer or layer.holds(key.layer) or key.layer.holds(layer))
        for layer, quarter in touched
    )


def _quarter(key: CellKey) -> tuple[int, int]:
    return key.first_on.year, (key.first_on.month - 1) // 3


def _tells(newest: Mapping[CellKey, int | None], key: CellKey) -> bool:
    return newest.get(key) is not None
