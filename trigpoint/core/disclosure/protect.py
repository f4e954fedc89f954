"""Which cells of a release are told, so that nobody can work out those that are not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trigpoint.core.disclosure.attack import Attacker, Narrowed, NotPossible, narrowed, together
from trigpoint.core.disclosure.cells import AREA_KINDS, Counted, Relation, interval_of
from trigpoint.core.disclosure.rules import ReleaseRules
from trigpoint.core.disclosure.suppress import Withheld, released

__all__ = [
    "BEFORE",
    "SECONDARY",
    "SMALL",
    "CannotProtect",
    "Protected",
    "known_of",
    "price",
    "protect",
    "still_narrowed",
]

SMALL, SECONDARY, BEFORE = "small", "secondary", "before"
"""Why a cell is withheld: it is small; it would give another away; it was told as another number before."""


class CannotProtect(RuntimeError):
    """Even with everything withheld that can be, some cell could be worked out. The release must not leave."""


@dataclass(frozen=True, slots=True)
class Protected:
    """Of each cell: the number told or None, and why it is withheld, "" where it is told or was never offered."""

    told: tuple[int | None, ...]
    withheld: tuple[str, ...]


def protect(cells: Sequence[Counted], relations: Sequence[Relation], rules: ReleaseRules) -> Protected:
    """Round, withhold what is small, and withhold more until the attacker finds nothing. Deterministic.

    Of several cells that could be withheld for one that is in danger, those beside it go before those that hold it, then
    the smaller number, then the order given. Raises CannotProtect.
    """
    told, why = _first_told(cells, rules)
    for group in together(len(cells), relations):
        inside = {cell: place for place, cell in enumerate(group)}
        own = [_moved(one, inside) for one in relations if one.whole in inside]
        _protect_group([cells[one] for one in group], own, rules, group, told, why)
    return Protected(tuple(told), tuple(why))


def still_narrowed(
    cells: Sequence[Counted], told: Sequence[int | None], relations: Sequence[Relation], rules: ReleaseRules
) -> tuple[Narrowed, ...]:
    """Which cells can be narrowed more than is allowed when these are told; the attacker over all cells at once."""
    known = known_of(cells, told, rules)
    guarded = _guarded(cells, told, rules)
    return narrowed([low for low, _ in known], [high for _, high in known], relations, guarded)


def known_of(
    cells: Sequence[Counted], told: Sequence[int | None], rules: ReleaseRules
) -> tuple[tuple[float, float], ...]:
    """What the attacker knows of each cell by itself, least and most.

    That a withheld cell is small is known (0 to 9): stronger than a reader, who is not told which are small. A cell
    withheld for another's sake, and one that was never offered, may be anything.
    """
    return tuple(_known(cell, number, rules) for cell, number in zip(cells, told, strict=True))


def _known(cell: Counted, told: int | None, rules: ReleaseRules) -> tuple[float, float]:
    low, high = cell.still or (0, float("inf"))
    if told is not None:
        least, most = interval_of(told, rules)
        return max(low, least), min(high, most)
    if cell.still is None and cell.offered and cell.count < rules.withhold_below:
        return 0, rules.withhold_below - 1
    return low, high


def _guarded(cells: Sequence[Counted], told: Sequence[int | None], rules: ReleaseRules) -> list[int]:
    """Small cells that nobody was told of, now or before, whether they were offered or not."""
    return [
        place
        for place, (cell, number) in enumerate(zip(cells, told, strict=True))
        if number is None and cell.still is None and cell.count < rules.withhold_below
    ]


def _first_told(cells: Sequence[Counted], rules: ReleaseRules) -> tuple[list[int | None], list[str]]:
    told: list[int | None] = []
    why: list[str] = []
    for cell in cells:
        number = released(cell.count, rules)
        differs = cell.before is not None and cell.still is None
        tells = cell.offered and not differs and not isinstance(number, Withheld)
        told.append(number if tells and not isinstance(number, Withheld) else None)
        why.append("" if tells or not cell.offered else BEFORE if differs else SMALL)
    return told, why


def _protect_group(
    cells: Sequence[Counted],
    relations: Sequence[Relation],
    rules: ReleaseRules,
    places: Sequence[int],
    told: list[int | None],
    why: list[str],
) -> None:
    """Withhold within one group of cells until the attacker finds none there: writes into `told` and `why`.

    What earlier releases told of cells that are not offered is let go where records since have made it impossible.
    """
    attacker = Attacker(len(cells), relations)
    try:
        found = _first_narrowed(cells, [told[one] for one in places], attacker, rules)
    except NotPossible:
        cells = [one if one.offered else replace(one, before=None) for one in cells]
        found = _first_narrowed(cells, [told[one] for one in places], attacker, rules)
    while found:
        open_cells = [one for one, place in enumerate(places) if told[place] is not None]
        if not open_cells:
            raise CannotProtect("a small count could be worked out even with everything beside it withheld")
        gone = min(open_cells, key=lambda one: price(one, found[0].cell, cells, relations))
        told[places[gone]], why[places[gone]] = None, SECONDARY
        found = _first_narrowed(cells, [told[one] for one in places], attacker, rules)


def _first_narrowed(
    cells: Sequence[Counted], told: Sequence[int | None], attacker: Attacker, rules: ReleaseRules
) -> tuple[Narrowed, ...]:
    known = known_of(cells, told, rules)
    low, high = [one for one, _ in known], [one for _, one in known]
    return attacker.narrowed(low, high, _guarded(cells, told, rules), first_only=True)


def price(
    one: int, danger: int, cells: Sequence[Counted], relations: Sequence[Relation]
) -> tuple[int, int, int]:
    """What withholding a cell costs, the least first: how far from the one in danger, how large, its place."""
    beside = any(danger in each.parts and one in each.parts for each in relations)
    touching = any({danger, one} <= {each.whole, *each.parts} for each in relations)
    distance = 0 if beside else 1 if touching else 2
    coarse = -AREA_KINDS.index(cells[one].key.area_kind)
    return (distance, coarse if distance else 0, cells[one].count * 10_000 + one)


def _moved(relation: Relation, inside: Mapping[int, int]) -> Relation:
    return Relation(relation.law, inside[relation.whole], tuple(inside[one] for one in relation.parts))
